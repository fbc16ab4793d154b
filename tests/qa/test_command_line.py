"""The command line of the questions: ask, evaluate and judgements; JSON for programs, sentences for people."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest import Document, Library
from ingest.pipeline.add import add
from qa import MODES
from qa.__main__ import main
from qa.evaluation.compare import Run, save
from qa.evaluation.metrics import Measures, QuestionResult
from tests.conftest import ROOT, is_one_sentence, put_in, settings_in, written
from tests.ingest.reading import files

ASKED = [
    "question",
    "candidates",
    "answered",
    "outcome",
    "changes",
    "phrases",
    "missing",
    "hits",
    "milliseconds",
    "asked_of",
]
HIT = [
    "rank",
    "score",
    "confidence",
    "cross_encoder",
    "verdict",
    "document_id",
    "document",
    "page",
    "heading",
    "text",
    "retrieved_rank",
    "sentence",
    "more_sentences",
    "also_in",
    "cells",
    "source",
]
MEASURED = ["system", "queries", "ndcg@10", "mrr@10", "hit@1", "hit@5", "recall@100", "ms_p50", "ms_p95"]
OF_KIND = [
    "system",
    "kind",
    "questions",
    "hit@1",
    "mrr@10",
    "hit@5",
    "shown",
    "denied",
    "said_to_answer",
    "answering_hits",
    "answering_right",
]
COMPARED = ["system", "metric", "questions", "left_out", "before", "now", "difference", "p", "sentence"]

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a library that no process has open."""
    home = tmp_path_factory.mktemp("home")
    settings = settings_in(home)
    with Library(settings) as library:
        put_in(library, settings, "Öffnung.pdf", "The office opens at eight.", "It closes at six.", pages=True)
        put_in(library, settings, "lift.txt", *[f"Lift {number} carries {number} people." for number in range(2, 8)])
    return home


@pytest.fixture(autouse=True)
def own_library(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The library that the commands use, found in the environment as a person sets it."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(home / "library"))
    return home / "library"


def documents(home: Path) -> list[Document]:
    with Library(settings_in(home)) as library:
        return library.documents()


def rows(captured: Captured) -> list[dict[str, object]]:
    """What was printed, all of which has to be JSON, an object a line."""
    out, err = captured.readouterr()
    assert err == ""
    return [json.loads(line) for line in out.splitlines()]


def hits_of(row: dict[str, object]) -> list[dict[str, object]]:
    hits = row["hits"]
    assert isinstance(hits, list)
    return hits


def test_an_answer_is_printed_as_the_promised_json(home: Path, capsys: Captured) -> None:
    assert main(["ask", "When does the office open?", "--json"]) == 0
    (answer,) = rows(capsys)
    assert list(answer) == ASKED
    assert (answer["question"], answer["candidates"]) == ("When does the office open?", 8)
    assert isinstance(answer["milliseconds"], dict)
    assert list(answer["milliseconds"]) == ["retrieve", "rerank", "sentences"]
    hits = hits_of(answer)
    assert [hit["rank"] for hit in hits] == [1, 2, 3, 4, 5]
    assert all(list(hit) == HIT for hit in hits)
    assert hits[0] == {
        "rank": 1,
        "score": hits[0]["score"],
        "confidence": hits[0]["score"],
        "cross_encoder": hits[0]["cross_encoder"],
        "verdict": "answers",
        "document_id": documents(home)[0].id,
        "document": "Öffnung.pdf",
        "page": 1,
        "heading": None,
        "text": "The office opens at eight.",
        "retrieved_rank": None,
        "sentence": "The office opens at eight.",
        "more_sentences": [],
        "also_in": [],
        "cells": None,
        "source": None,
    }


@pytest.mark.parametrize("mode", MODES)
def test_mode_candidates_and_top_can_be_chosen(mode: str, capsys: Captured) -> None:
    arguments = ["ask", "How many people does lift 5 carry?", "--mode", mode, "--candidates", "4", "--top", "2"]
    assert main([*arguments, "--json"]) == 0
    (answer,) = rows(capsys)
    assert answer["candidates"] == 4
    hits = hits_of(answer)
    assert len(hits) == 2
    assert hits[0]["text"] == "Lift 5 carries 5 people."
    assert hits[0]["retrieved_rank"] in {1, 2, 3, 4}


def test_documents_can_be_chosen_one_by_one(home: Path, capsys: Captured) -> None:
    first, second = documents(home)
    assert main(["ask", "When does it open?", "--document", second.id, "--json"]) == 0
    (answer,) = rows(capsys)
    assert {hit["document"] for hit in hits_of(answer)} == {"lift.txt"}
    assert main(["ask", "When does it open?", "--document", second.id, "--document", first.id, "--json"]) == 0
    (answer,) = rows(capsys)
    assert answer["candidates"] == 8


def test_people_are_shown_passages_with_their_score_and_their_place(capsys: Captured) -> None:
    assert main(["ask", "When does the office open?", "--top", "1"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.startswith("1. ")
    assert "Öffnung.pdf" in out
    assert "page 1" in out
    assert "The office opens at eight." in out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["ask"],
        ["ask", "When?", "--mode", "magic"],
        ["ask", "When?", "--top", "0"],
        ["ask", "When?", "--candidates", "-1"],
        ["ask", "When?", "--candidates", "many"],
        ["evaluate"],
        ["judgements"],
        ["evaluate", "folder", "--limit", "0"],
        ["evaluate", "folder", "--mode", "magic"],
        ["evaluate", "folder", "--save"],
    ],
)
def test_wrong_usage_makes_the_exit_code_2(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("usage: python -m qa")


def refused(arguments: list[str], captured: Captured, code: int | None = 1) -> str:
    assert main(arguments) in ({code} if code else {1, 2})
    out, err = captured.readouterr()
    assert out == ""
    assert is_one_sentence(err.strip())
    return err


@pytest.mark.parametrize("question", ["", "?!", "a" * 10_000])
def test_a_question_that_cannot_be_asked_is_wrong_usage(question: str, capsys: Captured) -> None:
    refused(["ask", question, "--json"], capsys, code=2)


def test_an_unknown_document_and_an_empty_library_are_said_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    assert "0000" in refused(["ask", "When?", "--document", "0" * 64, "--json"], capsys, code=None)
    monkeypatch.setenv("PINPOINT_LIBRARY", str(tmp_path / "empty"))
    assert "no documents" in refused(["ask", "When?", "--json"], capsys, code=None)


def test_a_library_in_use_and_a_wrong_setting_are_said_in_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with Library(settings_in(home)):
        assert "in use" in refused(["ask", "When?", "--json"], capsys)
    monkeypatch.setenv("PINPOINT_THREADS", "none")
    assert "PINPOINT_THREADS" in refused(["ask", "When?", "--json"], capsys)
    assert "PINPOINT_THREADS" in refused(["evaluate", str(home), "--json"], capsys)


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("judged")
    (folder / "qrels").mkdir()
    written(folder, "corpus.jsonl", '{"_id": "d1", "text": "It opens at eight."}\n{"_id": "d2", "text": "No."}\n')
    written(folder, "queries.jsonl", '{"_id": "q1", "text": "When?"}\n{"_id": "q2", "text": "Is it so?"}\n')
    written(folder / "qrels", "test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n")
    return folder


def test_measurements_are_printed_as_the_promised_json(judged: Path, home: Path, capsys: Captured) -> None:
    """A system's object, and after that of a system that re-ranks one for each kind of question."""
    before = documents(home)
    assert main(["evaluate", str(judged), "--json"]) == 0
    printed = rows(capsys)
    measured = [row for row in printed if "kind" not in row]
    of_kind = [row for row in printed if "kind" in row]
    assert all(list(row) == MEASURED for row in measured)
    assert [row["system"] for row in measured] == [f"{mode}{added}" for mode in MODES for added in ("", "+rerank")]
    assert {row["queries"] for row in measured} == {2}
    assert all(list(row) == OF_KIND for row in of_kind)
    assert [(row["system"], row["kind"]) for row in of_kind] == [(f"{mode}+rerank", "plain") for mode in MODES]
    assert [printed.index(row) - 1 for row in of_kind] == [printed.index(row) for row in measured[1::2]]
    assert documents(home) == before


def test_fewer_questions_and_some_modes_can_be_measured(judged: Path, capsys: Captured) -> None:
    assert main(["evaluate", str(judged), "--limit", "1", "--mode", "dense", "--json"]) == 0
    measured = [row for row in rows(capsys) if "kind" not in row]
    assert [(row["system"], row["queries"]) for row in measured] == [("dense", 1), ("dense+rerank", 1)]


def test_people_are_shown_measurements_as_tables(judged: Path, capsys: Captured) -> None:
    """The systems first, then the kinds of questions; what nothing answers has no hits to count."""
    written(judged, "unanswerable.jsonl", '{"_id": "q3", "text": "Who won the world cup in 1998?"}')
    try:
        assert main(["evaluate", str(judged), "--mode", "lexical"]) == 0
    finally:
        (judged / "unanswerable.jsonl").unlink()
    out, err = capsys.readouterr()
    assert err == ""
    systems, kinds = (table.splitlines() for table in out.split("\n\n"))
    assert systems[0].split() == MEASURED
    assert [line.split()[0] for line in systems[1:]] == ["lexical", "lexical+rerank"]
    assert kinds[0].split() == OF_KIND
    assert [line.split()[:3] for line in kinds[1:]] == [
        ["lexical+rerank", "plain", "2"],
        ["lexical+rerank", "unanswerable", "1"],
    ]
    assert kinds[2].split()[3:7] == ["–"] * 4
    assert len({len(line) for line in kinds}) == 1


def test_a_run_is_kept_and_another_compared_with_it(judged: Path, tmp_path: Path, capsys: Captured) -> None:
    kept = tmp_path / "run.json"
    assert main(["evaluate", str(judged), "--mode", "lexical", "--save", str(kept), "--json"]) == 0
    assert all("metric" not in row for row in rows(capsys))
    again = ["evaluate", str(judged), "--mode", "lexical", "--limit", "1", "--compare", str(kept)]
    assert main([*again, "--json"]) == 0
    compared = [row for row in rows(capsys) if "metric" in row]
    assert all(list(row) == COMPARED for row in compared)
    assert {row["system"] for row in compared} == {"lexical", "lexical+rerank"}
    assert {(row["questions"], row["left_out"], row["difference"]) for row in compared} == {(1, 1, 0)}
    assert main(again) == 0
    table = capsys.readouterr().out.split("\n\n")[2].splitlines()
    assert table[0].split() == COMPARED
    assert table[1].startswith("lexical ")
    assert table[1].endswith("No difference")


def test_what_cannot_be_kept_or_compared_is_refused_before_anything_is_asked(
    judged: Path, tmp_path: Path, capsys: Captured
) -> None:
    evaluate = ["evaluate", str(judged), "--mode", "dense"]
    assert "folder" in refused([*evaluate, "--save", str(tmp_path / "none" / "run.json")], capsys)
    assert "run.json" in refused([*evaluate, "--compare", str(tmp_path / "run.json")], capsys)
    written(tmp_path, "run.json", '{"folder": "other", "asked": []}')
    assert "nothing" in refused([*evaluate, "--compare", str(tmp_path / "run.json")], capsys)


def test_runs_without_a_common_question_are_said_to_have_none(judged: Path, tmp_path: Path, capsys: Captured) -> None:
    other = QuestionResult("lexical", "q9", "Why?", "plain", (1,), Measures(1, 1, 1, 1, 1), 5)
    save(Run("other", (other,)), tmp_path / "run.json")
    arguments = ["evaluate", str(judged), "--mode", "lexical", "--limit", "1", "--compare", str(tmp_path / "run.json")]
    assert main(arguments) == 0
    assert capsys.readouterr().out.endswith("\nNo question was asked in both runs.\n")


def test_a_folder_without_judged_questions_is_said_in_one_sentence(home: Path, capsys: Captured) -> None:
    assert "corpus.jsonl" in refused(["evaluate", str(home), "--json"], capsys)


def test_it_runs_as_a_program_of_its_own(home: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "qa", "ask", "When does it open?", "--json"],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=240,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert hits_of(json.loads(run.stdout))[0]["document"] == "Öffnung.pdf"


def test_a_passage_on_a_slide_is_said_to_be_on_a_slide(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setenv("PINPOINT_LIBRARY", str(tmp_path / "library"))
    settings = settings_in(tmp_path)
    with Library(settings) as library:
        assert add(files.slides(tmp_path / "talk.pptx"), library, settings).status == "added"
    assert main(["ask", "When is the step to hire?"]) == 0
    assert "talk.pptx · slide 3 · Plan" in capsys.readouterr().out
