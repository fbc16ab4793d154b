"""Judgements are kept, the last word counts, and they become judged questions that `evaluate` measures."""

import io
import json
import logging
import threading
import zipfile
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from ingest import Database, Library, Passage, PinpointError, Settings
from ingest.store.tables import JUDGEMENTS
from qa import Asker, Candidate
from qa.__main__ import main
from qa.evaluation.data_sets import JudgedQuestion, load
from qa.evaluation.judgement_rows import judgement_of
from qa.evaluation.judgements import CORPUS, QRELS, QUERIES, CannotExport, Exported, Judgements
from tests.conftest import SharedLibrary, is_one_sentence, no_room, put_in, settings_in, tries
from tests.qa.answers import candidate

QUESTION = "When does the office open?"
EIGHT, SIX = (
    candidate("It opens at eight.", "hours.txt"),
    candidate("It closes at six.", "hours.txt", heading="Closing"),
)
TEXTS = st.text(st.characters(exclude_categories=()), max_size=30)


@pytest.fixture
def judged(database: Database) -> Judgements:
    """Judgements of a library in which nothing is judged yet."""
    return Judgements(database)


def judgement_rows(database: Database) -> int:
    with database.read() as connection:
        return int(connection.execute(select(func.count()).select_from(JUDGEMENTS)).scalar_one())


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def hit_in(shared: SharedLibrary, question: str) -> Candidate:
    return Asker(shared.library, shared.settings).ask(question).hits[0].candidate


def test_the_last_word_counts_and_outlives_a_restart(judged: Judgements, database: Database) -> None:
    assert judged.given(QUESTION, EIGHT.passage.id) is None
    judged.give(QUESTION, EIGHT, True)
    judged.give(QUESTION, SIX, True)
    judged.give(QUESTION, SIX, False)
    judged.give("Where is coffee?", EIGHT, False)
    judged.give("Where is tea?", EIGHT, True)
    judged.give("Where is tea?", EIGHT, None)
    for kept in (judged, Judgements(database)):
        assert kept.given(QUESTION, EIGHT.passage.id) is True
        assert kept.given(f" {QUESTION}\n", SIX.passage.id) is False
        assert kept.given("Where is coffee?", EIGHT.passage.id) is False
        assert kept.given("Where is tea?", EIGHT.passage.id) is None
        assert kept.given("Where is coffee?", SIX.passage.id) is None
        assert len(kept) == 3


@hypothesis_settings(max_examples=tries(40), deadline=None)
@given(TEXTS, TEXTS, TEXTS, st.none() | st.booleans())
def test_a_word_is_kept_whatever_the_texts(question: str, text: str, name: str, up: bool | None) -> None:
    found = candidate(text, name, heading=name)
    with TemporaryDirectory() as folder:
        with Database(Path(folder)) as database:
            Judgements(database).give(question, found, up)
        with Database(Path(folder)) as database:
            assert Judgements(database).given(question, found.passage.id) is up
            with database.read() as connection:
                kept = [judgement_of(row) for row in connection.execute(select(JUDGEMENTS))]
    assert [(one.passage, one.document, one.up) for one in kept] == [(found.passage, name, up)] * (up is not None)


def test_a_row_that_cannot_be_read_is_left_out_of_the_export_and_as_it_is(
    judged: Judgements, library: Library, database: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    judged.give(QUESTION, EIGHT, True)
    judged.give(QUESTION, SIX, False)
    for body in ("", '{"passage": {"text": "It opens at eight."', "[1]", '{"document": "eight.txt"}', "[" * 100_000):
        with database.write() as connection:
            connection.execute(update(JUDGEMENTS).where(JUDGEMENTS.c.up == 1).values(body=body))
        caplog.clear()
        with caplog.at_level(logging.WARNING):
            written = judged.export(tmp_path / "judged", library)
        assert written == Exported(1, 1, 1), body
        assert len(caplog.records) == 1
        assert "eight" not in caplog.text
        assert judgement_rows(database) == 2


def test_a_full_disk_is_said_in_one_sentence_and_the_word_before_still_counts(
    judged: Judgements, database: Database
) -> None:
    judged.give(QUESTION, EIGHT, True)
    long = Candidate(replace(EIGHT.passage, text="It opens at eight. " * 50_000), EIGHT.document)
    with no_room(database.path.stat().st_size + 100_000), pytest.raises(PinpointError) as refused:
        judged.give(QUESTION, long, False)
    assert is_one_sentence(str(refused.value))
    assert judged.given(QUESTION, EIGHT.passage.id) is True
    assert Judgements(database).given(QUESTION, EIGHT.passage.id) is True
    judged.give(QUESTION, EIGHT, False)
    assert Judgements(database).given(QUESTION, EIGHT.passage.id) is False


def test_several_threads_give_at_once(judged: Judgements, database: Database) -> None:
    def give(number: int) -> None:
        for _ in range(10):
            judged.give(f"Question {number}?", EIGHT, True)
            judged.give(f"Question {number}?", SIX, None)

    threads = [threading.Thread(target=give, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(Judgements(database)) == len(judged) == judgement_rows(database) == 4


def test_the_library_and_the_judged_passages_are_written_in_the_beir_layout(
    judged: Judgements, notes: SharedLibrary, tmp_path: Path
) -> None:
    opening = hit_in(notes, QUESTION)
    holidays = hit_in(notes, "How many days off are there?")
    judged.give(QUESTION, opening, True)
    judged.give(QUESTION, holidays, False)
    judged.give("Is it\tclosed?", SIX, True)
    written = judged.export(tmp_path / "judged", notes.library)
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
    judged: Judgements, notes: SharedLibrary, library: Library, settings: Settings, tmp_path: Path
) -> None:
    opening = hit_in(notes, QUESTION)
    judged.give(QUESTION, opening, True)
    judged.give("Only down?", opening, False)
    judged.export(tmp_path / "judged", notes.library)
    judgements = load(tmp_path / "judged", library, settings)
    assert judgements.questions == (JudgedQuestion(QUESTION, frozenset({opening.passage.id})),)
    found = {judgements.unit(passage): passage.text for passage in library.passages(library.documents())}
    assert found[opening.passage.id] == opening.passage.text
    assert len(found) == sum(document.passages for document in notes.library.documents())


def test_a_word_holds_for_every_passage_that_says_the_same_and_for_one_that_moved(
    judged: Judgements, library: Library, settings: Settings, tmp_path: Path
) -> None:
    text = EIGHT.passage.text
    copies = [put_in(library, settings, name, "Hello.", text.upper()) for name in ("new hours.txt", "copy.txt")]
    judged.give(QUESTION, EIGHT, False)
    judged.give(QUESTION, Candidate(Passage(copies[0].id, 1, text), copies[0]), True)
    assert judged.export(tmp_path / "judged", library) == Exported(4, 1, 2)
    assert (tmp_path / "judged" / QRELS).read_text().splitlines()[1:] == [f"q1\t{one.id}:1\t1" for one in copies]


def test_another_passage_under_the_id_of_a_judged_one_is_not_taken_for_it(
    judged: Judgements, library: Library, settings: Settings, tmp_path: Path
) -> None:
    document = put_in(library, settings, "hours.txt", "Cut anew.")
    judged.give(QUESTION, Candidate(Passage(document.id, 0, "It opens at eight."), document), True)
    judged.export(tmp_path / "judged", library)
    rows = lines(tmp_path / "judged" / CORPUS)
    assert [row["text"] for row in rows] == ["Cut anew.", "It opens at eight."]
    assert (tmp_path / "judged" / QRELS).read_text().splitlines()[1:] == [f"q1\t{rows[1]['_id']}\t1"]


def test_any_text_is_written_so_that_it_can_be_read(judged: Judgements, library: Library, tmp_path: Path) -> None:
    judged.give("a\ud800?\x00\u2028", candidate("b\udfff\u2028\x85\n\tc", "\ud800.txt", heading='"\t'), True)
    assert judged.export(tmp_path / "judged", library) == Exported(1, 1, 1)
    (row,) = [json.loads(line) for line in (tmp_path / "judged" / CORPUS).open(encoding="utf-8")]
    assert row["text"] == "b\N{REPLACEMENT CHARACTER}\u2028\x85\n\tc"
    assert len((tmp_path / "judged" / QRELS).read_text().splitlines()) == 2


def test_the_zip_holds_the_same_files(judged: Judgements, notes: SharedLibrary, tmp_path: Path) -> None:
    judged.give(QUESTION, hit_in(notes, QUESTION), True)
    judged.export(tmp_path / "judged", notes.library)
    with zipfile.ZipFile(io.BytesIO(judged.as_zip(notes.library))) as archive:
        assert archive.namelist() == [CORPUS, QUERIES, QRELS]
        for name in archive.namelist():
            assert archive.read(name) == (tmp_path / "judged" / name).read_bytes()


def test_nothing_judged_and_a_folder_that_cannot_be_written_are_said_in_one_sentence(
    judged: Judgements, library: Library, tmp_path: Path
) -> None:
    with pytest.raises(CannotExport, match="Nothing is judged") as refused:
        judged.export(tmp_path / "judged", library)
    assert is_one_sentence(str(refused.value))
    assert not (tmp_path / "judged").exists()
    judged.give(QUESTION, EIGHT, True)
    (tmp_path / "judged").write_text("a file is in the way")
    with pytest.raises(CannotExport) as refused:
        judged.export(tmp_path / "judged", library)
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
    with Library(settings) as library, Database(settings.library) as database:
        put_in(library, settings, "lift.txt", "The lift carries eight people.", "The office opens at eight.")
        asker, judged = Asker(library, settings), Judgements(database)
        for hit in asker.ask(QUESTION).hits:
            judged.give(QUESTION, hit.candidate, hit.rank == 1)
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
