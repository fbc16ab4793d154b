"""Judged questions: read from either layout into a library, or refused in one sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest import Library, Passage, Settings
from qa.evaluation.data_sets import CannotEvaluate, JudgedQuestion, load
from tests.conftest import is_one_sentence, written


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    """Three documents, four questions of which two are judged to have an answer."""
    folder = tmp_path / "beir"
    (folder / "qrels").mkdir(parents=True)
    written(
        folder,
        "corpus.jsonl",
        lines(
            {"_id": "d1", "title": "Hours", "text": "The office opens at eight."},
            {"_id": "d2", "title": "Kitchen", "text": "The coffee machine is on the second floor."},
            {"_id": "d3", "title": "Lift", "text": "Der Aufzug trägt acht Personen."},
        ),
    )
    written(
        folder,
        "queries.jsonl",
        lines(
            {"_id": "q1", "text": "When does it open?"},
            {"_id": "q2", "text": "Where is coffee?"},
            {"_id": "q3", "text": "Who knows?"},
            {"_id": "q4", "text": "Not judged at all."},
        ),
    )
    written(
        folder / "qrels",
        "test.tsv",
        "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t2\nq1\td2\t0\nq2\td2\t1\nq3\td1\t0\n",
    )
    return folder


@pytest.fixture
def quoted(tmp_path: Path) -> Path:
    """Two documents, three questions of which one has no answer."""
    folder = tmp_path / "quoted"
    (folder / "documents").mkdir(parents=True)
    written(
        folder / "documents", "hours.md", "# Opening\n\nThe office opens\nat eight.\n\n# Closing\n\nIt closes at six.\n"
    )
    written(folder / "documents", "kitchen.txt", "The coffee machine is on the second floor.")
    written(
        folder,
        "questions.jsonl",
        lines(
            {"question": "When does it open?", "answer": "office opens at  eight"},
            {"question": "Where is coffee?", "answer": "on the second floor"},
            {"question": "Is there tea?", "answer": None},
        ),
    )
    return folder


def test_the_beir_layout_is_read_and_documents_are_what_is_found(
    beir: Path, library: Library, settings: Settings
) -> None:
    judgements = load(beir, library, settings)
    assert judgements.questions == (
        JudgedQuestion("When does it open?", frozenset({"d1", "d3"})),
        JudgedQuestion("Where is coffee?", frozenset({"d2"})),
    )
    assert [(document.id, document.name) for document in library.documents()] == [
        ("d1", "Hours"),
        ("d2", "Kitchen"),
        ("d3", "Lift"),
    ]
    assert [judgements.unit(passage) for passage in library.passages(library.documents())] == ["d1", "d2", "d3"]


def test_a_long_document_of_the_beir_layout_is_one_thing_to_find(
    beir: Path, library: Library, settings: Settings
) -> None:
    text = " ".join(f"Sentence {number} says a little more about the office." for number in range(60))
    written(beir, "corpus.jsonl", lines({"_id": "d1", "title": "Long", "text": text}))
    judgements = load(beir, library, settings)
    passages = list(library.passages(library.documents()))
    assert len(passages) > 1
    assert {judgements.unit(passage) for passage in passages} == {"d1"}


@pytest.mark.parametrize("title", [{}, {"title": None}, {"title": ""}])
def test_a_document_of_the_beir_layout_needs_no_title(
    beir: Path, library: Library, settings: Settings, title: dict[str, str | None]
) -> None:
    written(beir, "corpus.jsonl", lines({"_id": "d1", "text": "The office opens at eight."} | title))
    load(beir, library, settings)
    assert [document.name for document in library.documents()] == [""]


def test_quoted_answers_are_found_in_passages_whatever_the_white_space(
    quoted: Path, library: Library, settings: Settings
) -> None:
    judgements = load(quoted, library, settings)
    by_text = {passage.text.split()[-1]: passage for passage in library.passages(library.documents())}
    assert judgements.questions == (
        JudgedQuestion("When does it open?", frozenset({by_text["eight."].id})),
        JudgedQuestion("Where is coffee?", frozenset({by_text["floor."].id})),
        JudgedQuestion("Is there tea?", frozenset(), "unanswerable"),
    )
    assert judgements.unit(by_text["eight."]) == by_text["eight."].id


def test_the_example_that_pinpoint_carries_is_such_a_folder(library: Library, settings: Settings, quoted: Path) -> None:
    """Its questions are looked up; adding all its documents would take long here."""
    example = Path(__file__).resolve().parents[3] / "ingest" / "example"
    rows = (example / "questions.jsonl").read_text(encoding="utf-8")
    written(quoted, "questions.jsonl", rows)
    judgements = load(quoted, library, settings)
    expected = [json.loads(row) for row in rows.splitlines()]
    assert [(item.id, item.kind, item.answerable) for item in judgements.questions] == [
        (row["id"], row["kind"], row["answer"] is not None) for row in expected
    ]


def test_any_one_of_several_quotations_is_enough(quoted: Path, library: Library, settings: Settings) -> None:
    written(
        quoted,
        "questions.jsonl",
        lines({"question": "Until when?", "answer": ["nowhere", "closes at six"]}, {"question": "?", "answer": ["no"]}),
    )
    found, lost = load(quoted, library, settings).questions
    (passage,) = (each for each in library.passages(library.documents()) if "six" in each.text)
    assert found.relevant == {passage.id}
    assert (lost.relevant, lost.answerable) == (frozenset(), True)


@pytest.mark.parametrize(
    ("row", "kind", "answerable"),
    [
        ({"answer": "at six"}, "plain", True),
        ({"answer": "at six", "kind": None}, "plain", True),
        ({"answer": "at six", "kind": "answerable"}, "plain", True),
        ({"answer": "at six", "kind": "reworded"}, "reworded", True),
        ({"answer": "at six", "kind": "of my own"}, "of my own", True),
        ({"answer": None}, "unanswerable", False),
        ({"answer": None, "kind": "near miss"}, "unanswerable", False),
        ({"answer": None, "kind": "unanswerable"}, "unanswerable", False),
    ],
)
def test_a_question_has_a_kind(
    quoted: Path, library: Library, settings: Settings, row: dict[str, object], kind: str, answerable: bool
) -> None:
    written(quoted, "questions.jsonl", lines({"question": "Until when?"} | row))
    (item,) = load(quoted, library, settings).questions
    assert (item.kind, item.answerable) == (kind, answerable)


def test_a_question_is_known_by_its_id_or_by_its_text(
    beir: Path, quoted: Path, library: Library, settings: Settings
) -> None:
    assert [item.id for item in load(beir, library, settings).questions] == ["q1", "q2"]
    written(
        quoted,
        "questions.jsonl",
        lines({"id": "h1", "question": "A?", "answer": "six"}, {"question": "B?", "answer": "six"}),
    )
    assert [item.id for item in load(quoted, library, settings).questions] == ["h1", "B?"]


def test_what_nothing_answers_stands_in_a_file_of_its_own_in_the_beir_layout(
    beir: Path, library: Library, settings: Settings
) -> None:
    """One that is not judged is not for that reason one that nothing answers: q4 is left out."""
    written(beir, "unanswerable.jsonl", lines({"_id": "q3"}, {"_id": "u1", "text": "Is there tea?"}))
    assert load(beir, library, settings).questions[2:] == (
        JudgedQuestion("Who knows?", frozenset(), "unanswerable"),
        JudgedQuestion("Is there tea?", frozenset(), "unanswerable"),
    )


Break = Callable[[Path], object]


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda folder: (folder / "corpus.jsonl").unlink(), id="no corpus"),
        pytest.param(lambda folder: (folder / "queries.jsonl").unlink(), id="no queries"),
        pytest.param(lambda folder: (folder / "qrels" / "test.tsv").unlink(), id="no judgements"),
        pytest.param(lambda folder: written(folder, "corpus.jsonl", "{not json\n"), id="a corpus that is no JSON"),
        pytest.param(lambda folder: written(folder, "corpus.jsonl", "[1, 2]\n"), id="a corpus of lists"),
        pytest.param(
            lambda folder: written(folder, "corpus.jsonl", lines({"_id": "d1"})), id="a document without text"
        ),
        pytest.param(lambda folder: (folder / "corpus.jsonl").write_bytes(b"\xff\xfe\xff"), id="a corpus of bytes"),
        pytest.param(lambda folder: written(folder, "queries.jsonl", lines({"text": "?"})), id="a question without id"),
        pytest.param(
            lambda folder: written(folder / "qrels", "test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\thigh\n"),
            id="a score that is no number",
        ),
        pytest.param(
            lambda folder: written(folder / "qrels", "test.tsv", "q1 d1 1\nq2 d2 1\n"), id="judgements without columns"
        ),
        pytest.param(
            lambda folder: written(folder / "qrels", "test.tsv", "query-id\tcorpus-id\tscore\nq1\n"),
            id="judgements cut off",
        ),
        pytest.param(
            lambda folder: written(folder, "unanswerable.jsonl", lines({"_id": "q1"})), id="answered and unanswerable"
        ),
        pytest.param(
            lambda folder: written(folder, "unanswerable.jsonl", lines({"_id": "q9"})), id="unanswerable without text"
        ),
    ],
)
def test_a_broken_beir_folder_is_said_in_one_sentence(
    beir: Path, library: Library, settings: Settings, broken: Break
) -> None:
    broken(beir)
    refused(beir, library, settings)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(lambda folder: written(folder, "questions.jsonl", "nothing"), id="questions that are no JSON"),
        pytest.param(lambda folder: written(folder, "questions.jsonl", lines({"question": "?"})), id="no answer"),
        pytest.param(lambda folder: written(folder, "questions.jsonl", lines({"answer": "six"})), id="no question"),
        pytest.param(
            lambda folder: written(folder, "questions.jsonl", lines({"question": "?", "answer": []})), id="no quotation"
        ),
        pytest.param(
            lambda folder: written(folder, "questions.jsonl", lines({"question": "?", "answer": ["six", " "]})),
            id="an empty quotation",
        ),
        pytest.param(
            lambda folder: written(
                folder, "questions.jsonl", lines({"question": "?", "answer": "six", "kind": "near miss"})
            ),
            id="an answer to what nothing answers",
        ),
        pytest.param(lambda folder: (folder / "documents").rename(folder / "papers"), id="no documents"),
        pytest.param(lambda folder: written(folder / "documents", "empty.txt", ""), id="an empty document"),
    ],
)
def test_a_broken_folder_of_files_is_said_in_one_sentence(
    quoted: Path, library: Library, settings: Settings, broken: Break
) -> None:
    broken(quoted)
    refused(quoted, library, settings)


def refused(folder: Path, library: Library, settings: Settings) -> str:
    with pytest.raises(CannotEvaluate) as failure:
        load(folder, library, settings)
    sentence = str(failure.value)
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    return sentence


@pytest.mark.parametrize("name", ["", "not there", "a file"])
def test_what_is_no_such_folder_is_said_with_what_is_expected(
    tmp_path: Path, library: Library, settings: Settings, name: str
) -> None:
    written(tmp_path, "a file", "text")
    sentence = refused(tmp_path / name, library, settings)
    assert is_one_sentence(sentence)
    assert "corpus.jsonl" in sentence
    assert "questions.jsonl" in sentence


def test_a_passage_is_the_unit_only_where_answers_are_quoted(
    beir: Path, quoted: Path, library: Library, settings: Settings
) -> None:
    passage = Passage("d1", 3, "Text.")
    assert load(beir, library, settings).unit(passage) == "d1"
    assert load(quoted, library, settings).unit(passage) == "d1:3"
