"""The field's measures of a ranking, worked out by ir-measures, and what the questions of a system come to together."""

import statistics
from collections.abc import Callable, Collection, Sequence
from dataclasses import astuple, dataclass

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, Success, nDCG

from qa.answer import DENIALS, Outcome
from qa.evaluation.data_sets import UNANSWERABLE


@dataclass(frozen=True, slots=True)
class Measures:
    """How well a ranking finds what is relevant, each in [0, 1]. All that is relevant is worth the same."""

    ndcg_at_10: float
    mrr_at_10: float
    hit_at_1: float
    hit_at_5: float
    recall_at_100: float


@dataclass(frozen=True, slots=True)
class Measured:
    """A system's means over the questions that have an answer, and its milliseconds a question, p50 and p95.

    `system` is a mode, or a mode with `+rerank`.
    """

    system: str
    queries: int
    ndcg_at_10: float
    mrr_at_10: float
    hit_at_1: float
    hit_at_5: float
    recall_at_100: float
    ms_p50: float
    ms_p95: float


@dataclass(frozen=True, slots=True)
class OfKind:
    """The outcomes and hits that people see for the questions of one kind: shares of them, but for the counts.

    `shown` are those with something right among the five hits that people see and an outcome that denies nothing,
    `denied` those with one that does (`DENIALS`), `said_to_answer` those with the outcome "answers".
    `answering_hits` counts the hits of the five with the verdict "answers", and `answering_right` is the share of these
    that do. What nothing answers has no first four; without such hits `answering_right` is None.
    """

    system: str
    kind: str
    questions: int
    hit_at_1: float | None
    mrr_at_10: float | None
    hit_at_5: float | None
    shown: float | None
    denied: float
    said_to_answer: float
    answering_hits: int
    answering_right: float | None


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question as one system answered it.

    `ranks` are the places, from 1, of the units that answer it; a unit stands where it comes first. `measures` is None
    where nothing answers it. `outcome` is None without re-ranking; `right` counts the hits of the `answering` ones, of
    the five that people see, that do answer.
    """

    system: str
    id: str
    question: str
    kind: str
    ranks: tuple[int, ...]
    measures: Measures | None
    milliseconds: float
    outcome: Outcome | None = None
    shown: bool = False
    answering: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class System:
    """All that was measured of one system: its means, a row a kind where it re-ranks, and every question."""

    measured: Measured
    kinds: tuple[OfKind, ...]
    asked: tuple[QuestionResult, ...]


# In the order of the fields of Measures.
_MEASURES = (nDCG @ 10, RR @ 10, Success @ 1, Success @ 5, R @ 100)


def measure(ranking: Sequence[str], relevant: Collection[str]) -> Measures:
    """Measure one question's ranking.

    Args:
        ranking: What was found, best first, each once.
        relevant: What answers the question. Where nothing does, all measures are 0.

    Example:
        >>> measure(["x", "right"], {"right"})
        Measures(ndcg_at_10=0.6309297535714575, mrr_at_10=0.5, hit_at_1=0.0, hit_at_5=1.0, recall_at_100=1.0)

    Source:
        Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", 2002, for nDCG.
    """
    if not ranking or not relevant:
        return Measures(0.0, 0.0, 0.0, 0.0, 0.0)
    judged = [Qrel("question", thing, 1) for thing in relevant]
    ranked = [ScoredDoc("question", thing, -float(place)) for place, thing in enumerate(ranking)]
    found = ir_measures.calc_aggregate(_MEASURES, judged, ranked)
    return Measures(*(float(found[wanted]) for wanted in _MEASURES))


def summarise(asked: Sequence[QuestionResult]) -> System:
    """The figures of one system that was asked these questions, of which some has an answer."""
    answerable = [one for one in asked if one.measures]
    milliseconds = sorted(one.milliseconds for one in answerable)
    means = _means(answerable)
    measured = Measured(
        asked[0].system,
        len(answerable),
        means.ndcg_at_10,
        means.mrr_at_10,
        means.hit_at_1,
        means.hit_at_5,
        means.recall_at_100,
        statistics.median(milliseconds),
        milliseconds[round(0.95 * (len(milliseconds) - 1))],
    )
    kinds = sorted(dict.fromkeys(one.kind for one in asked if one.outcome), key=lambda kind: kind == UNANSWERABLE)
    return System(measured, tuple(_of_kind([one for one in asked if one.kind == kind]) for kind in kinds), tuple(asked))


def _means(asked: Sequence[QuestionResult]) -> Measures:
    columns = zip(*(astuple(one.measures) for one in asked if one.measures), strict=True)
    return Measures(*map(statistics.fmean, columns))


def _of_kind(asked: Sequence[QuestionResult]) -> OfKind:
    def share(holds: Callable[[QuestionResult], bool]) -> float:
        return statistics.fmean(map(holds, asked))

    means = _means(asked) if asked[0].measures else None
    hits = sum(one.answering for one in asked)
    return OfKind(
        system=asked[0].system,
        kind=asked[0].kind,
        questions=len(asked),
        hit_at_1=means.hit_at_1 if means else None,
        mrr_at_10=means.mrr_at_10 if means else None,
        hit_at_5=means.hit_at_5 if means else None,
        shown=share(lambda one: one.shown) if means else None,
        denied=share(lambda one: one.outcome in DENIALS),
        said_to_answer=share(lambda one: one.outcome == "answers"),
        answering_hits=hits,
        answering_right=sum(one.right for one in asked) / hits if hits else None,
    )
