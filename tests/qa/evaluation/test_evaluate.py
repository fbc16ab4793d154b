"""Measuring: a row for every way of asking and every kind of question, figures that hold, a library left alone."""

import json
import math
import re
from pathlib import Path

import pytest

from ingest import Library, Settings
from qa import MODES
from qa.evaluation.data_sets import CannotEvaluate
from qa.evaluation.evaluate import evaluate
from qa.evaluation.metrics import Measured, OfKind, System
from tests.conftest import put_in, settings_in, written

TEXTS = {
    "d1": "The office opens at eight in the morning.",
    "d2": "The coffee machine is on the second floor.",
    "d3": "The lift carries eight people.",
}
QUESTIONS = {"q1": ("When does the office open?", "d1"), "q2": ("How many people fit into the lift?", "d3")}


def beir(folder: Path, texts: dict[str, str], questions: dict[str, tuple[str, str]]) -> Path:
    """A folder in the BEIR layout: documents by id, questions by id with the document that answers each."""
    (folder / "qrels").mkdir(parents=True)
    corpus = [json.dumps({"_id": name, "title": "", "text": text}) for name, text in texts.items()]
    queries = [json.dumps({"_id": name, "text": text}) for name, (text, _) in questions.items()]
    qrels = [f"{name}\t{document}\t1" for name, (_, document) in questions.items()]
    written(folder, "corpus.jsonl", "\n".join(corpus))
    written(folder, "queries.jsonl", "\n".join(queries))
    written(folder / "qrels", "test.tsv", "\n".join(["query-id\tcorpus-id\tscore", *qrels]))
    return folder


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return beir(tmp_path_factory.mktemp("judged") / "small", TEXTS, QUESTIONS)


@pytest.fixture(scope="module")
def notes_with_questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three notes and five questions, one of which nothing answers."""
    folder = tmp_path_factory.mktemp("notes-with-questions")
    (folder / "documents").mkdir()
    written(
        folder / "documents", "hours.md", "# Opening\n\nThe office opens at eight.\n\n# Closing\n\nAt six it is over.\n"
    )
    written(
        folder / "documents",
        "leave.md",
        "# Holidays\n\nEverybody has thirty days off a year.\n\n# Sickness\n\nCall your manager before nine.\n",
    )
    written(folder / "documents", "kitchen.txt", "The coffee machine is on the second floor. It is cleaned on Fridays.")
    rows = [
        {"id": "n1", "question": "Who won the world cup in 1998?", "answer": None, "kind": "near miss"},
        {"id": "n2", "question": "When does the office open?", "answer": "opens at eight", "kind": "answerable"},
        {"id": "n3", "question": "Where is the coffee machine?", "answer": ["on the second floor", "in the cellar"]},
        {"id": "n4", "question": "call manager when", "answer": "before nine", "kind": "short"},
        {"id": "n5", "question": "What does the canteen cook on Mondays?", "answer": "lentil soup", "kind": "reworded"},
    ]
    written(folder, "questions.jsonl", "\n".join(map(json.dumps, rows)))
    return folder


@pytest.fixture(scope="module")
def measured(notes_with_questions: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[System, System]:
    """These notes measured once, without re-ranking and with it."""
    plain, reranked = evaluate(notes_with_questions, settings_in(tmp_path_factory.mktemp("home")), modes=["hybrid"])
    return plain, reranked


def test_there_is_a_row_for_every_mode_with_and_without_re_ranking(small: Path, settings: Settings) -> None:
    rows = [system.measured for system in evaluate(small, settings)]
    assert [row.system for row in rows] == [f"{mode}{added}" for mode in MODES for added in ("", "+rerank")]
    for row in rows:
        assert row.queries == 2
        measures = [row.ndcg_at_10, row.mrr_at_10, row.hit_at_1, row.hit_at_5, row.recall_at_100]
        assert all(0 <= measure <= 1 for measure in measures)
        assert 0 <= row.ms_p50 <= row.ms_p95


def test_the_figures_are_those_worked_out_by_hand(small: Path, settings: Settings) -> None:
    """So few passages are not retrieved but all taken in their order: the answers stand first and third."""
    plain, reranked = (system.measured for system in evaluate(small, settings, modes=["dense"]))
    figures = (plain.ndcg_at_10, plain.mrr_at_10, plain.hit_at_1, plain.hit_at_5, plain.recall_at_100)
    assert figures == pytest.approx(((1 + 1 / math.log2(4)) / 2, (1 + 1 / 3) / 2, 0.5, 1, 1))
    assert reranked == Measured("dense+rerank", 2, 1, 1, 1, 1, 1, reranked.ms_p50, reranked.ms_p95)


def test_only_the_first_questions_and_only_the_chosen_modes_are_asked(small: Path, settings: Settings) -> None:
    rows = [system.measured for system in evaluate(small, settings, limit=1, modes=["lexical"])]
    assert [(row.system, row.queries) for row in rows] == [("lexical", 1), ("lexical+rerank", 1)]


def test_more_documents_than_candidates_are_retrieved_first(settings: Settings, tmp_path: Path) -> None:
    sentence = "Locker {0} is for badge {1}; its owner wrote a name on the door in large blue letters."
    texts = {
        f"d{number}": "\n\n".join(sentence.format(n, n + 3000) for n in range(number * 6, number * 6 + 6))
        for number in range(18)
    }
    folder = beir(tmp_path / "many", texts, {"q": ("badge 3077", "d12"), "r": ("zebra", "d13")})
    in_small_passages = settings.model_copy(update={"passage_tokens": 32})
    plain, reranked = (system.measured for system in evaluate(folder, in_small_passages, modes=["lexical"]))
    for row in (plain, reranked):
        assert (row.hit_at_1, row.mrr_at_10, row.ndcg_at_10, row.recall_at_100) == (0.5, 0.5, 0.5, 0.5)


def test_the_means_are_those_of_the_questions_that_have_an_answer(measured: tuple[System, System]) -> None:
    """One quotation of n5 stands nowhere: it counts, as one that is never found."""
    for system in measured:
        assert system.measured.queries == 4
        assert system.measured.recall_at_100 == 0.75
        assert [one.id for one in system.asked] == ["n1", "n2", "n3", "n4", "n5"]
    assert measured[1].measured.hit_at_1 == 0.75


def test_there_is_a_row_for_every_kind_of_question_and_what_nothing_answers_comes_last(
    measured: tuple[System, System],
) -> None:
    plain, reranked = measured
    assert plain.kinds == ()
    assert [(row.kind, row.questions) for row in reranked.kinds] == [
        ("plain", 2),
        ("short", 1),
        ("reworded", 1),
        ("unanswerable", 1),
    ]
    assert {row.system for row in reranked.kinds} == {"hybrid+rerank"}


def test_a_row_of_a_kind_says_what_people_are_told(measured: tuple[System, System]) -> None:
    of = {row.kind: row for row in measured[1].kinds}
    plain, reworded, unanswerable = of["plain"], of["reworded"], of["unanswerable"]
    assert (plain.hit_at_1, plain.mrr_at_10, plain.hit_at_5, plain.shown, plain.denied) == (1, 1, 1, 1, 0)
    assert (reworded.hit_at_1, reworded.hit_at_5, reworded.shown) == (0, 0, 0)
    assert unanswerable == OfKind("hybrid+rerank", "unanswerable", 1, None, None, None, None, 1, 0, 0, None)


def test_each_question_is_kept_with_its_ranks_and_its_outcome(measured: tuple[System, System]) -> None:
    plain, reranked = ({one.id: one for one in system.asked} for system in measured)
    assert reranked["n2"].ranks == (1,)
    assert reranked["n2"].outcome == "answers"
    assert (reranked["n2"].answering, reranked["n2"].right, reranked["n2"].shown) == (1, 1, True)
    assert (reranked["n1"].measures, reranked["n1"].ranks, reranked["n1"].outcome) == (None, (), "nothing close")
    assert (reranked["n5"].ranks, reranked["n5"].shown) == ((), False)
    assert plain["n2"].outcome is None
    assert len(plain["n2"].ranks) == 1


def test_one_card_for_the_same_text_in_two_documents_is_right_for_either(settings: Settings, tmp_path: Path) -> None:
    """The card stands first and names both; the one that is judged is found there, and what follows is second."""
    same = "The office opens at eight in the morning."
    texts = {"d1": same, "d2": same, "d3": "The canteen opens at noon."}
    questions = {"q": ("When does the office open?", "d2"), "r": ("When does the canteen open?", "d3")}
    _, reranked = evaluate(beir(tmp_path / "same", texts, questions), settings, modes=["dense"])
    assert [one.ranks for one in reranked.asked] == [(1,), (1,)]
    assert [one.shown for one in reranked.asked] == [True, True]


def test_a_question_longer_than_people_may_type_is_measured_all_the_same(settings: Settings, tmp_path: Path) -> None:
    questions = {"q": ("When does the office open? " * 50, "d1")}
    _, reranked = evaluate(beir(tmp_path / "long", TEXTS, questions), settings, modes=["lexical"])
    assert reranked.measured.queries == 1


def test_a_question_that_cannot_be_asked_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match=r"'\?!' cannot be asked"):
        list(evaluate(beir(tmp_path / "blank", TEXTS, {"q": ("?!", "d1")}), settings, modes=["lexical"]))


def test_questions_of_the_beir_layout_that_nothing_answers_are_asked_too(settings: Settings, tmp_path: Path) -> None:
    folder = beir(tmp_path / "more", TEXTS, QUESTIONS)
    written(folder, "unanswerable.jsonl", json.dumps({"_id": "q3", "text": "Who won the world cup in 1998?"}))
    _, reranked = evaluate(folder, settings, modes=["lexical"])
    assert reranked.measured.queries == 2
    assert [(row.kind, row.questions) for row in reranked.kinds] == [("plain", 2), ("unanswerable", 1)]


def test_the_users_own_library_is_left_alone(small: Path, library: Library, settings: Settings) -> None:
    document = put_in(library, settings, "own.txt", "This is mine.")
    before = sorted(path.relative_to(settings.library) for path in settings.library.rglob("*"))
    assert len(list(evaluate(small, settings, limit=1, modes=["lexical"]))) == 2  # although the library is open
    assert library.documents() == [document]
    assert sorted(path.relative_to(settings.library) for path in settings.library.rglob("*")) == before


def test_no_library_is_made_where_there_was_none_and_nothing_is_left_behind(
    small: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    assert len(list(evaluate(small, settings, limit=1, modes=["lexical"]))) == 2
    assert not settings.library.exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_progress_tells_how_many_questions_are_done_and_the_time_left(small: Path, settings: Settings) -> None:
    progress: list[str] = []
    list(evaluate(small, settings, modes=["dense"], progress=progress.append))
    building, first, last = progress
    assert building == "building a library"
    assert re.fullmatch(r"dense: 1 of 2 questions done, about \d+ (seconds|minutes) left", first)
    assert last == "dense: 2 of 2 questions done"


def test_a_folder_whose_questions_have_no_answer_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match="no question"):
        list(evaluate(beir(tmp_path / "none", TEXTS, {}), settings))
    with pytest.raises(CannotEvaluate, match="judged questions"):
        list(evaluate(tmp_path, settings))
