"""Measuring: a row for every way of asking, figures that hold, and a library that nobody touches."""

import json
import math
from pathlib import Path

import pytest

from ingest import Library, Settings
from qa import MODES
from qa.evaluate import Measured, evaluate
from qa.judged import CannotEvaluate
from tests.conftest import put_in, written

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


def test_there_is_a_row_for_every_mode_with_and_without_re_ranking(small: Path, settings: Settings) -> None:
    rows = list(evaluate(small, settings))
    assert [row.system for row in rows] == [f"{mode}{added}" for mode in MODES for added in ("", "+rerank")]
    for row in rows:
        assert row.queries == 2
        measures = [row.ndcg_at_10, row.mrr_at_10, row.hit_at_1, row.hit_at_5, row.recall_at_100]
        assert all(0 <= measure <= 1 for measure in measures)
        assert 0 <= row.ms_p50 <= row.ms_p95


def test_the_figures_are_those_worked_out_by_hand(small: Path, settings: Settings) -> None:
    """So few passages are not retrieved but all taken in their order: the answers stand first and third."""
    plain, reranked = evaluate(small, settings, modes=["dense"])
    figures = (plain.ndcg_at_10, plain.mrr_at_10, plain.hit_at_1, plain.hit_at_5, plain.recall_at_100)
    assert figures == pytest.approx(((1 + 1 / math.log2(4)) / 2, (1 + 1 / 3) / 2, 0.5, 1, 1))
    assert reranked == Measured("dense+rerank", 2, 1, 1, 1, 1, 1, reranked.ms_p50, reranked.ms_p95)


def test_only_the_first_questions_and_only_the_chosen_modes_are_asked(small: Path, settings: Settings) -> None:
    rows = list(evaluate(small, settings, limit=1, modes=["lexical"]))
    assert [(row.system, row.queries) for row in rows] == [("lexical", 1), ("lexical+rerank", 1)]


def test_more_documents_than_candidates_are_retrieved_first(settings: Settings, tmp_path: Path) -> None:
    sentence = "Locker {0} is for badge {1}; its owner wrote a name on the door in large blue letters."
    texts = {
        f"d{shelf}": "\n\n".join(sentence.format(n, n + 3000) for n in range(shelf * 6, shelf * 6 + 6))
        for shelf in range(18)
    }
    folder = beir(tmp_path / "many", texts, {"q": ("badge 3077", "d12"), "r": ("zebra", "d13")})
    in_small_passages = settings.model_copy(update={"passage_tokens": 32})
    plain, reranked = evaluate(folder, in_small_passages, modes=["lexical"])
    for row in (plain, reranked):
        assert (row.hit_at_1, row.mrr_at_10, row.ndcg_at_10, row.recall_at_100) == (0.5, 0.5, 0.5, 0.5)


def test_a_folder_of_files_with_quoted_answers_is_measured_too(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    written(
        tmp_path / "documents",
        "hours.md",
        "# Opening\n\nThe office opens at eight.\n\n# Closing\n\nAt six it is over.\n",
    )
    rows = [
        {"question": "When does the office open?", "answer": "opens at eight"},
        {"question": "Is there tea?", "answer": None},
    ]
    written(tmp_path, "questions.jsonl", "\n".join(map(json.dumps, rows)))
    plain, reranked = evaluate(tmp_path, settings, modes=["hybrid"])
    assert (plain.queries, reranked.queries) == (1, 1)
    assert reranked.hit_at_1 == 1


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


def test_progress_tells_every_question(small: Path, settings: Settings) -> None:
    told: list[str] = []
    list(evaluate(small, settings, modes=["dense"], progress=told.append))
    assert [line for line in told if "of 2" in line] == ["dense: question 1 of 2", "dense: question 2 of 2"]


def test_a_folder_whose_questions_have_no_answer_is_refused(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotEvaluate, match="no question"):
        list(evaluate(beir(tmp_path / "none", TEXTS, {}), settings))
    with pytest.raises(CannotEvaluate, match="judged questions"):
        list(evaluate(tmp_path, settings))
