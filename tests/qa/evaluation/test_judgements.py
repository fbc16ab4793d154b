"""Thumbs are kept, the last word counts, and they become judged questions that `evaluate` measures."""

import io
import json
import logging
import threading
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import Library, Passage, PinpointError, Settings
from qa import Asker, Candidate
from qa.__main__ import main
from qa.evaluation.data_sets import JudgedQuestion, load
from qa.evaluation.judgements import CORPUS, FILE, QRELS, QUERIES, CannotExport, Exported, Thumbs
from tests.conftest import Shelf, is_one_sentence, no_room, put_in, settings_in
from tests.qa.answers import candidate

QUESTION = "When does the office open?"
EIGHT, SIX = (
    candidate("It opens at eight.", "hours.txt"),
    candidate("It closes at six.", "hours.txt", heading="Closing"),
)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)


@pytest.fixture
def thumbs(tmp_path: Path) -> Thumbs:
    """Thumbs of a library that is not there yet."""
    return Thumbs(tmp_path / "library")


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hit_in(shelf: Shelf, question: str) -> Candidate:
    return Asker(shelf.library, shelf.settings).ask(question).hits[0].candidate


def test_the_last_word_counts_and_outlives_a_restart(thumbs: Thumbs, tmp_path: Path) -> None:
    assert thumbs.given(QUESTION, EIGHT.passage.id) is None
    thumbs.give(QUESTION, EIGHT, True)
    thumbs.give(QUESTION, SIX, True)
    thumbs.give(QUESTION, SIX, False)
    thumbs.give("Where is coffee?", EIGHT, False)
    thumbs.give("Where is tea?", EIGHT, True)
    thumbs.give("Where is tea?", EIGHT, None)
    for kept in (thumbs, Thumbs(tmp_path / "library")):
        assert kept.given(QUESTION, EIGHT.passage.id) is True
        assert kept.given(f" {QUESTION}\n", SIX.passage.id) is False
        assert kept.given("Where is coffee?", EIGHT.passage.id) is False
        assert kept.given("Where is tea?", EIGHT.passage.id) is None
        assert kept.given("Where is coffee?", SIX.passage.id) is None
        assert len(kept) == 3


@hypothesis_settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.none() | st.booleans())
def test_a_word_is_kept_whatever_the_texts(question: str, text: str, name: str, up: bool | None) -> None:
    found = candidate(text, name, heading=name)
    with TemporaryDirectory() as folder:
        Thumbs(Path(folder)).give(question, found, up)
        assert Thumbs(Path(folder)).given(question, found.passage.id) is up


def test_a_line_that_broke_off_is_left_out_and_what_comes_after_is_whole(
    thumbs: Thumbs, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "library" / FILE
    thumbs.give(QUESTION, EIGHT, True)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[: len(whole) // 2])
    with caplog.at_level(logging.WARNING):
        Thumbs(tmp_path / "library").give(QUESTION, SIX, False)
        reopened = Thumbs(tmp_path / "library")
    assert len(caplog.records) == 2
    assert "eight" not in caplog.text
    assert (reopened.given(QUESTION, EIGHT.passage.id), reopened.given(QUESTION, SIX.passage.id)) == (True, False)
    assert len(path.read_bytes().splitlines()) == 3


def test_a_full_disk_is_said_in_one_sentence_and_the_word_before_still_counts(thumbs: Thumbs, tmp_path: Path) -> None:
    thumbs.give(QUESTION, EIGHT, True)
    path = tmp_path / "library" / FILE
    before = path.read_bytes()
    with no_room(len(before) + 50), pytest.raises(PinpointError) as refused:
        thumbs.give(QUESTION, EIGHT, False)
    assert is_one_sentence(str(refused.value))
    assert thumbs.given(QUESTION, EIGHT.passage.id) is True
    assert path.read_bytes() == before
    thumbs.give(QUESTION, EIGHT, False)
    assert Thumbs(tmp_path / "library").given(QUESTION, EIGHT.passage.id) is False


def test_several_threads_give_at_once(thumbs: Thumbs, tmp_path: Path) -> None:
    def give(number: int) -> None:
        for _ in range(10):
            thumbs.give(f"Question {number}?", EIGHT, True)
            thumbs.give(f"Question {number}?", SIX, None)

    threads = [threading.Thread(target=give, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Thumbs(tmp_path / "library")) == len(thumbs) == 4
    assert len((tmp_path / "library" / FILE).read_bytes().splitlines()) == 80


def test_the_library_and_the_judged_passages_are_written_in_the_beir_layout(
    thumbs: Thumbs, notes: Shelf, tmp_path: Path
) -> None:
    opening = hit_in(notes, QUESTION)
    holidays = hit_in(notes, "How many days off are there?")
    thumbs.give(QUESTION, opening, True)
    thumbs.give(QUESTION, holidays, False)
    thumbs.give("Is it\tclosed?", SIX, True)
    written = thumbs.export(tmp_path / "judged", notes.library)
    corpus = {str(row["_id"]): row for row in lines(tmp_path / "judged" / CORPUS)}
    held = list(notes.library.passages(notes.library.documents()))
    assert written == Exported(len(held) + 1, 2, 3)
    assert list(corpus)[:-1] == [passage.id for passage in held]
    assert [corpus[passage.id]["text"] for passage in held] == [passage.text for passage in held]
    assert corpus[holidays.passage.id]["title"] == "leave.md · Holidays"
    assert corpus[opening.passage.id]["title"] == "opening hours.txt"
    gone = list(corpus)[-1]
    assert corpus[gone] == {"_id": gone, "title": "hours.txt · Closing", "text": "It closes at six."}
    assert lines(tmp_path / "judged" / QUERIES) == [
        {"_id": "q1", "text": QUESTION},
        {"_id": "q2", "text": "Is it closed?"},
    ]
    assert (tmp_path / "judged" / QRELS).read_text().splitlines() == [
        "query-id\tcorpus-id\tscore",
        f"q1\t{opening.passage.id}\t1",
        f"q1\t{holidays.passage.id}\t0",
        f"q2\t{gone}\t1",
    ]


def test_what_is_written_is_read_by_evaluate(
    thumbs: Thumbs, notes: Shelf, library: Library, settings: Settings, tmp_path: Path
) -> None:
    opening = hit_in(notes, QUESTION)
    thumbs.give(QUESTION, opening, True)
    thumbs.give("Only down?", opening, False)
    thumbs.export(tmp_path / "judged", notes.library)
    judgements = load(tmp_path / "judged", library, settings)
    assert judgements.questions == (JudgedQuestion(QUESTION, frozenset({opening.passage.id})),)
    found = {judgements.unit(passage): passage.text for passage in library.passages(library.documents())}
    assert found[opening.passage.id] == opening.passage.text
    assert len(found) == sum(document.passages for document in notes.library.documents())


def test_a_word_holds_for_every_passage_that_says_the_same_and_for_one_that_moved(
    thumbs: Thumbs, library: Library, settings: Settings, tmp_path: Path
) -> None:
    text = EIGHT.passage.text
    copies = [put_in(library, settings, name, "Hello.", text.upper()) for name in ("new hours.txt", "copy.txt")]
    thumbs.give(QUESTION, EIGHT, False)
    thumbs.give(QUESTION, Candidate(Passage(copies[0].id, 1, text), copies[0]), True)
    assert thumbs.export(tmp_path / "judged", library) == Exported(4, 1, 2)
    assert (tmp_path / "judged" / QRELS).read_text().splitlines()[1:] == [f"q1\t{one.id}:1\t1" for one in copies]


def test_another_passage_under_the_id_of_a_judged_one_is_not_taken_for_it(
    thumbs: Thumbs, library: Library, settings: Settings, tmp_path: Path
) -> None:
    document = put_in(library, settings, "hours.txt", "Cut anew.")
    thumbs.give(QUESTION, Candidate(Passage(document.id, 0, "It opens at eight."), document), True)
    thumbs.export(tmp_path / "judged", library)
    rows = lines(tmp_path / "judged" / CORPUS)
    assert [row["text"] for row in rows] == ["Cut anew.", "It opens at eight."]
    assert (tmp_path / "judged" / QRELS).read_text().splitlines()[1:] == [f"q1\t{rows[1]['_id']}\t1"]


def test_any_text_is_written_so_that_it_can_be_read(thumbs: Thumbs, library: Library, tmp_path: Path) -> None:
    thumbs.give("a\ud800?\x00\u2028", candidate("b\udfff\u2028\x85\n\tc", "\ud800.txt", heading='"\t'), True)
    assert thumbs.export(tmp_path / "judged", library) == Exported(1, 1, 1)
    (row,) = [json.loads(line) for line in (tmp_path / "judged" / CORPUS).open(encoding="utf-8")]
    assert row["text"] == "b?\u2028\x85\n\tc"
    assert len((tmp_path / "judged" / QRELS).read_text().splitlines()) == 2


def test_the_zip_holds_the_same_files(thumbs: Thumbs, notes: Shelf, tmp_path: Path) -> None:
    thumbs.give(QUESTION, hit_in(notes, QUESTION), True)
    thumbs.export(tmp_path / "judged", notes.library)
    with zipfile.ZipFile(io.BytesIO(thumbs.as_zip(notes.library))) as archive:
        assert archive.namelist() == [CORPUS, QUERIES, QRELS]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "judged" / name).read_bytes()


def test_nothing_judged_and_a_folder_that_cannot_be_written_are_said_in_one_sentence(
    thumbs: Thumbs, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(CannotExport, match="Nothing is judged") as refused:
        thumbs.export(tmp_path / "judged", library)
    assert is_one_sentence(str(refused.value))
    assert not (tmp_path / "judged").exists()
    thumbs.give(QUESTION, EIGHT, True)
    (tmp_path / "judged").write_text("a file is in the way")
    with pytest.raises(CannotExport) as refused:
        thumbs.export(tmp_path / "judged", library)
    assert is_one_sentence(str(refused.value))


def test_the_command_writes_a_folder_that_evaluate_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_in(tmp_path)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(settings.library))
    monkeypatch.chdir(tmp_path)
    assert main(["judgements", "judged", "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert is_one_sentence(err.strip())
    with Library(settings) as library:
        put_in(library, settings, "lift.txt", "The lift carries eight people.", "The office opens at eight.")
        asker, thumbs = Asker(library, settings), Thumbs(settings.library)
        for hit in asker.ask(QUESTION).hits:
            thumbs.give(QUESTION, hit.candidate, hit.rank == 1)
    assert main(["judgements", "judged", "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out) == {"folder": "judged", "passages": 2, "questions": 1, "judgements": 2}
    assert main(["judgements", "judged"]) == 0
    assert "Judgements: 2" in capsys.readouterr().out
    assert main(["evaluate", "judged", "--mode", "hybrid", "--json"]) == 0
    measured = [row for row in map(json.loads, capsys.readouterr().out.splitlines()) if "kind" not in row]
    assert [(row["system"], row["queries"]) for row in measured] == [("hybrid", 1), ("hybrid+rerank", 1)]
    assert measured[1]["hit@1"] == 1
