"""The weights of the final order and of the confidence, the limits of what is said, and how well they do.

    python -m tests.benchmarks.calibrate [--fit] [--xquad FOLDER] [--article FILE] [--every 6] [--failures FILE]

Questions with an answer and without are asked of a library of their own: those of `ingest/example`, of the
folders in `tests/benchmarks/sets`, every sixth of XQuAD where its folder is given, and `questions-microsoft.jsonl` of
the English Wikipedia's article on Microsoft (test_wikipedia.html of microsoft/markitdown) where that is given. Each
that has an answer is asked once more without the passages that hold it, and then has none.

Each set is judged by weights that were fitted to the other sets. The order is fitted as a conditional logit: in each
question the passages that answer against all others. The confidence is a logistic regression over the first five
passages of each question. A set of fewer questions weighs each of them more.

Denied are questions with an answer of which "nothing is close" is said; promised those without one of which it is said
that something answers. `--fit` prints weights for `qa/reranking/order.py` and `qa/reranking/outlook.py`, and weights
and limits for `qa/confidence/confidence.py`; `--failures` writes every question whose right passage is not first.
"""

import argparse
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

import ingest
from ingest import Library, load_settings
from ingest.settings import BUNDLED, Settings
from qa import DEFAULTS, Options
from qa.confidence import confidence
from qa.confidence.confidence import Terms, confidence_terms
from qa.evaluation import data_sets
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.evidence import LOWEST_LOGIT, Evidence, logit, question_evidence
from qa.reranking.named import WithoutNames, read_without_names
from qa.reranking.order import FINAL_ORDER, Order, order_terms, value
from qa.reranking.outlook import Above, above_terms
from qa.reranking.ranking import Ranked, Read, ranking, with_sentences
from qa.reranking.rerank import score
from qa.retrieval.retrieve import Retriever
from tests.benchmarks.report import machine, print_table

Floats = npt.NDArray[np.float64]

EXAMPLE = Path(ingest.__file__).parent / "example"
SETS = Path(__file__).parent / "sets"
ARTICLE = Path(__file__).parent / "questions-microsoft.jsonl"
# So much is an answer denied, a promise broken, and a hit that is said to answer wrong, at most.
DENIED, PROMISED, PRECISION = 0.02, 0.08, 0.95
PENALTY, DEPTH = 0.001, 5


@dataclass
class Asked:
    """A question as it was asked once: what was read, in order, with which passages answer and the best sentences."""

    row: str
    question: data_sets.JudgedQuestion
    answerable: bool
    read: Read
    first: list[Evidence]  # of all candidates, before sentences are looked at
    first_right: list[bool]
    ranked: list[Ranked]
    right: list[bool]
    sentences: Callable[[Sequence[Ranked]], list[Ranked]]
    ranked_by_words: list[Ranked]  # as where the scales of scores and similarities are not known
    answers: Callable[[Ranked], bool]

    def as_of_other_models(self) -> "Asked":
        """The same as it is ranked for other models than the bundled ones."""
        return replace(self, ranked=self.ranked_by_words, right=[self.answers(each) for each in self.ranked_by_words])


def main() -> None:
    """Ask, judge, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.calibrate")
    parser.add_argument("--fit", action="store_true", help="print weights and limits, with the files where they go")
    parser.add_argument("--xquad", type=Path, metavar="FOLDER", help="XQuAD in the BEIR layout")
    parser.add_argument("--article", type=Path, metavar="FILE", help="test_wikipedia.html of microsoft/markitdown")
    parser.add_argument("--every", type=int, default=6, help="ask every so many questions of XQuAD")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="write the questions whose passage is not first")
    options = parser.parse_args()
    asked = [found for folder in (EXAMPLE, *sorted(SETS.iterdir())) for found in ask_all(folder, folder.name)]
    if options.xquad:
        asked += ask_all(options.xquad, "xquad", options.every)
    if options.article:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "documents").mkdir()
            shutil.copy(options.article, Path(folder) / "documents")
            shutil.copy(ARTICLE, Path(folder) / "questions.jsonl")
            asked += ask_all(Path(folder), "microsoft")
    print_table(HEAD, rows_of(asked, "as it is", FINAL_ORDER, confidence.BY_BOTH))
    if options.failures:
        options.failures.write_text("\n".join(failures(asked)), encoding="utf-8")
    if options.fit:
        fit(asked)
    print(machine())


# --- asking


def ask_all(
    folder: Path, row: str, every: int = 1, *, again: bool = True, options: Options = DEFAULTS, **changed: object
) -> Iterator[Asked]:
    """Ask the questions of a folder that `qa evaluate` takes, with some settings changed.

    `again` says whether those with an answer are asked once more without it.
    """
    with tempfile.TemporaryDirectory(prefix="pinpoint-benchmark-") as home:
        models = {"bi_encoder": BUNDLED, "cross_encoder": BUNDLED}
        own = {"library": Path(home), "chroma_url": None, **models, **changed}
        settings = load_settings().model_copy(update=own)
        with Library(settings) as library:
            judgements = data_sets.load(folder, library, settings)
            stages = _Stages(library, settings, judgements, options)
            for number, item in enumerate(judgements.questions[::every]):
                print(f"\r{row}: {number} ", end="", file=sys.stderr, flush=True)
                yield from stages.ask(row, item, again=again)
    print(file=sys.stderr)


class _Stages:
    """The stages of `Asker.asking` over one library, with passages held out."""

    def __init__(
        self, library: Library, settings: Settings, judgements: data_sets.JudgedQuestions, options: Options
    ) -> None:
        self._options = options
        self._unit = judgements.unit
        self._retriever = Retriever(library, settings)
        self._model = load_cross_encoder(settings)

    def ask(self, row: str, item: data_sets.JudgedQuestion, *, again: bool) -> Iterator[Asked]:
        """Once as it is and, where it has an answer and is asked `again`, once without it."""
        question = self._retriever.understand(item.question)
        found = self._retriever.retrieve(question, self._options)
        scores = score(question.read, found, self._model)
        right = [self._unit(candidate.passage) in item.relevant for candidate in found]
        for without in (False, True) if item.relevant and again else (False,):
            kept = [at for at in range(len(found)) if not (without and right[at])]
            if not kept:  # a phrase in quotation marks that is in no other passage: nothing is shown
                continue
            candidates = [found[at] for at in kept]
            read = Read(
                question,
                candidates,
                [scores[at] for at in kept],
                self._retriever.match(question, candidates),
                known=True,
            )
            without_names = self._retriever.without_names(question, candidates)
            named = WithoutNames.of(read.candidates, without_names, self._retriever.similarities_to)
            read = read_without_names(read, named, self._model)
            similar = partial(self._retriever.sentence_similarity, question)
            rank = partial(ranking, top=DEFAULTS.top, similarities=similar)
            answers = partial(self._answers, read, item)
            ranked = rank(read)
            yield Asked(
                row,
                item,
                bool(item.relevant) and not without,
                read,
                read.evidence(),
                [right[at] for at in kept],
                ranked,
                [answers(each) for each in ranked],
                partial(self._with_sentences, read),
                rank(replace(read, known=False)),
                answers,
            )

    def _with_sentences(self, read: Read, shown: Sequence[Ranked]) -> list[Ranked]:
        return with_sentences(read, shown, self._model)[0]

    def _answers(self, read: Read, item: data_sets.JudgedQuestion, each: Ranked) -> bool:
        return any(self._unit(read.candidates[at].passage) in item.relevant for at in _places(each))


def _places(each: Ranked) -> tuple[int, ...]:
    return (each.group.first, *each.group.same, *each.group.nearly)


# --- judging

HEAD = [
    "set", "weights", "questions", "hit@1", "MRR@10", "reworded: hit@1", "shown", "denied", "promised",
    "answers said", "hits right",
]  # fmt: skip


@dataclass(frozen=True)
class Judged:
    """The first passages of a question in the order of some weights, how likely each answers, and which do."""

    asked: Asked
    sure: list[float]
    right: list[bool]
    place: int | None  # of the first right one, from 1


def judge(item: Asked, order: Order, terms: Terms) -> Judged:
    """A question by these weights."""
    ranked, right = _reordered(item, order)
    shown = item.sentences(ranked[:DEPTH])
    sure = confidence.confidences(
        [each.evidence for each in shown],
        [(each.value, each.evidence.words) for each in ranked],
        max(map(logit, item.read.scores)),
        question_evidence(item.read.question, item.read.matches),
        terms,
    )
    return Judged(item, sure, right, right.index(True) + 1 if any(right) else None)


def rows_of(asked: Sequence[Asked], label: str, order: Order, terms: Terms) -> list[tuple[str, ...]]:
    """The table's rows of these questions, a set each."""
    found = [judge(item, order, terms) for item in asked]
    return [_row([each for each in found if each.asked.row == row], row, label) for row in _sets(asked)]


def _row(found: Sequence[Judged], row: str, label: str) -> tuple[str, ...]:
    answerable = [each for each in found if each.asked.answerable]
    others = [each for each in found if not each.asked.answerable]
    reworded = [each for each in answerable if each.asked.question.kind == "reworded"]
    said = [
        right
        for each in found
        for sure, right in zip(each.sure, each.right, strict=False)
        if sure >= confidence.ANSWERS
    ]
    shown = [
        bool(each.place and each.place <= DEFAULTS.top) and each.sure[0] >= confidence.CLOSE for each in answerable
    ]
    return (
        row,
        label,
        f"{len(answerable)} + {len(others)}",
        f"{np.mean([each.place == 1 for each in answerable]):.3f}",
        f"{np.mean([1 / each.place if each.place and each.place <= 10 else 0 for each in answerable]):.3f}",
        f"{np.mean([each.place == 1 for each in reworded]):.3f}" if reworded else "",
        f"{np.mean(shown):.1%}",
        f"{np.mean([each.sure[0] < confidence.CLOSE for each in answerable]):.1%}",
        f"{np.mean([each.sure[0] >= confidence.ANSWERS for each in others]):.1%}",
        f"{np.mean([each.sure[0] >= confidence.ANSWERS for each in answerable]):.1%}",
        f"{np.mean(said):.1%}" if said else "",
    )


def failures(asked: Sequence[Asked]) -> Iterator[str]:
    """The questions whose right passage is not first, a line each, with what is first."""
    for item in asked:
        if item.answerable and item.right[:1] != [True]:
            first = item.read.candidates[item.ranked[0].group.first].passage
            place = item.right.index(True) + 1 if any(item.right) else None
            row = {"set": item.row, "kind": item.question.kind, "question": item.question.question, "place": place}
            yield json.dumps({**row, "first": f"{first.heading}: {first.text[:150]}"}, ensure_ascii=False)


def _reordered(item: Asked, order: Order) -> tuple[list[Ranked], list[bool]]:
    values = [value(each.evidence, order) for each in item.ranked]
    places = sorted(range(len(values)), key=lambda at: -values[at])
    return [replace(item.ranked[at], value=values[at]) for at in places], [item.right[at] for at in places]


def _sets(asked: Sequence[Asked]) -> list[str]:
    return list(dict.fromkeys(item.row for item in asked))


# --- fitting


def fit(asked: Sequence[Asked]) -> None:
    """Print how each set does with weights of the others, then the weights of all, and the limits that they give."""
    judged_apart: list[Judged] = []
    rows = []
    for row in _sets(asked):
        others = [item for item in asked if item.row != row]
        order = (
            fit_order(others, lambda item: ([order_terms(each.evidence) for each in item.ranked], item.right))
            if others
            else FINAL_ORDER
        )
        terms = fit_terms(others, order)
        own = [judge(item, order, terms) for item in asked if item.row == row]
        judged_apart += own
        rows.append(_row(own, row, "of the others"))
    print_table(HEAD, rows)
    order = fit_order(asked, lambda item: ([order_terms(each.evidence) for each in item.ranked], item.right))
    first = fit_order(asked, lambda item: ([order_terms(each) for each in item.first], item.first_right))
    for name, weights in (("FIRST_ORDER", first), ("FINAL_ORDER", order), ("BY_BOTH", fit_terms(asked, order))):
        named = ", ".join(f"{name}={weight:.3f}" for name, weight in weights._asdict().items())
        file = "qa/reranking/order.py" if isinstance(weights, Order) else "qa/confidence/confidence.py"
        print(f"{file}: {name} = {type(weights).__name__}({named})")
    print("qa/reranking/outlook.py: ABOVE =", fit_above(asked))
    others = [item.as_of_other_models() for item in asked]
    print("qa/confidence/confidence.py: BY_WORDS =", fit_terms(others, None))
    print_limits(judged_apart)


def fit_order(asked: Sequence[Asked], described: Callable[[Asked], tuple[list[Order], list[bool]]]) -> Order:
    """The weights that put the passages that answer before the others, as a conditional logit."""
    counts = {row: sum(item.row == row and item.answerable for item in asked) for row in _sets(asked)}
    lists = []
    for item in asked:
        terms, right = described(item)
        if item.answerable and any(right) and not all(right):
            lists.append((np.array(terms), np.array(right), counts[item.row] ** -0.5))
    spread = np.concatenate([matrix for matrix, _, _ in lists]).std(axis=0)
    spread[spread == 0] = 1
    total = sum(weight for _, _, weight in lists)

    def loss(weights: Floats) -> tuple[float, Floats]:
        cost, slope = 0.0, np.zeros_like(weights)
        for matrix, right, weight in lists:
            scaled = matrix / spread
            odds = np.exp(scaled @ weights - (scaled @ weights).max())
            every, answering = odds / odds.sum(), odds * right / (odds * right).sum()
            cost -= weight / total * np.log((odds * right).sum() / odds.sum())
            slope -= weight / total * (scaled.T @ (answering - every))
        return float(cost + PENALTY * weights @ weights), slope + 2 * PENALTY * weights

    found = minimize(loss, np.zeros(len(spread)), jac=True, method="L-BFGS-B").x / spread
    return Order(*map(float, found))


# From the lowest logit that means something to the highest that passages get.
LIMITS = (-10.5, *range(-9, 9, 2))


def fit_above(asked: Sequence[Asked]) -> Above:
    """The weights that tell how likely a logit is above a limit, a logistic regression over all candidates and limits.

    Questions asked again without their answer are left out: they have the same candidates but for that.
    """
    found = [each for item in asked if item.answerable == bool(item.question.relevant) for each in item.first]
    table = np.array([above_terms(each, limit) for limit in LIMITS for each in found])
    model = LogisticRegression(max_iter=3000, C=100).fit(
        table[:, 1:], [max(LOWEST_LOGIT, each.passage) > limit for limit in LIMITS for each in found]
    )
    return Above(float(model.intercept_[0]), *map(float, model.coef_[0]))


# What has a scale that is not known with another model.
UNKNOWN = ("value", "lead_by_words", "logit", "score", "best_score", "logit_and_words")


def fit_terms(asked: Sequence[Asked], order: Order | None) -> Terms:
    """The weights of the confidence, a logistic regression over the first five passages of each question.

    Without an order they are for other models than the bundled ones.
    """
    matrix, right, weight = [], [], []
    counts = {row: sum(item.row == row for item in asked) for row in _sets(asked)}
    for item in asked:
        ranked, answering = _reordered(item, order) if order else (item.ranked, item.right)
        shown = item.sentences(ranked[:1])
        best = max(map(logit, item.read.scores))
        values = [(each.value, each.evidence.words) for each in ranked]
        about = question_evidence(item.read.question, item.read.matches)
        for at in range(min(DEPTH, len(ranked))):
            matrix.append(confidence_terms(shown[0].evidence, values, at, best, about))
            right.append(answering[at])
            weight.append(counts[item.row] ** -0.5)
    table = np.array(matrix)
    if order is None:
        table[:, [at for at, name in enumerate(Terms._fields) if name in UNKNOWN]] = 0
    mean, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1
    model = LogisticRegression(max_iter=5000).fit((table - mean) / spread, right, sample_weight=weight)
    weights = model.coef_[0] / spread
    weights[0] = model.intercept_[0] - weights[1:] @ mean[1:]
    return Terms(*map(float, weights))


def print_limits(found: Sequence[Judged]) -> None:
    """The lowest limit at which promises and hits are as good as they shall be, and the highest one of denials."""
    rows = _sets([each.asked for each in found])

    def promised(limit: float) -> float:
        return max(
            float(
                np.mean(
                    [each.sure[0] >= limit for each in found if each.asked.row == row and not each.asked.answerable]
                )
            )
            for row in rows
        )

    def right(limit: float) -> float:
        said = [ok for each in found for sure, ok in zip(each.sure, each.right, strict=False) if sure >= limit]
        return float(np.mean(said)) if said else 1.0

    def denied(limit: float) -> float:
        return float(np.mean([each.sure[0] < limit for each in found if each.asked.answerable]))

    limits = np.arange(0.3, 0.99, 0.01)
    for limit in np.arange(0.5, 0.96, 0.05):
        print(f"  from {limit:.2f}: promised at most {promised(limit):.1%}, of the hits right {right(limit):.1%}")
    print(f"ANSWERS = {next((x for x in limits if promised(x) <= PROMISED and right(x) >= PRECISION), 0.99):.2f}")
    print(f"CLOSE = {max((x for x in np.arange(0.005, 0.3, 0.005) if denied(x) <= DENIED), default=0.005):.3f}")


if __name__ == "__main__":
    main()
