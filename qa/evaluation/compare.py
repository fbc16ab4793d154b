"""A run of `evaluate` that was kept and one of now, question by question: what differs, and whether it could be chance.

Only questions that both runs asked, with the same id and text, are compared.
"""

import statistics
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from ingest.store.durable import write_bytes
from qa.answer import DENIALS
from qa.evaluation.data_sets import CannotEvaluate
from qa.evaluation.metrics import Measures, QuestionResult

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

# The customary level: a difference as large is called chance where chance alone makes it this often.
CHANCE = 0.05
# Swaps of the two runs that are tried; with fewer possible ones all are.
_RESAMPLES = 9999


@dataclass(frozen=True, slots=True)
class Run:
    """What `--save` keeps: every question as every system answered it."""

    folder: str
    asked: tuple[QuestionResult, ...]

    @property
    def systems(self) -> list[str]:
        """Their names, in their order."""
        return list(dict.fromkeys(one.system for one in self.asked))


@dataclass(frozen=True, slots=True)
class Compared:
    """One metric of one system in both runs: its means over `questions` that both asked, and a paired test's p value.

    Beside the measures there are `denied`, the share of the questions with an answer whose outcome denies (`DENIALS`),
    and `promised`, the share of those without whose outcome was "answers". `left_out` are the questions that only one
    of the runs asked, or that had an answer in only one.
    """

    system: str
    metric: str
    questions: int
    left_out: int
    before: float
    now: float
    p: float

    @property
    def difference(self) -> float:
        """How much greater it is now."""
        return self.now - self.before

    @property
    def sentence(self) -> str:
        """Whether the difference could be chance."""
        if self.now == self.before:
            return "No difference"
        shown = f"p = {self.p:.2g}" if self.p >= 0.001 else "p < 0.001"
        return f"Could be chance ({shown})" if self.p >= CHANCE else f"Hardly chance ({shown})"


@dataclass(frozen=True, slots=True)
class _Metric:
    """What is compared: None for the questions that it does not tell of."""

    name: str
    value: Callable[[QuestionResult], float | None]
    test: Callable[[Sequence[float]], float]


def save(run: Run, path: Path) -> None:
    """Keep a run in this file, in place of what it held. Raises CannotEvaluate."""
    try:
        write_bytes(path, _RUN.dump_json(run, indent=1))
    except OSError as error:
        raise CannotEvaluate(f"The run could not be kept in {path}: {error.strerror}.") from error


def check_place(path: Path) -> None:
    """Raise CannotEvaluate where no run can be kept in this file, before the long run and not after it."""
    if not path.parent.is_dir() or path.is_dir():
        raise CannotEvaluate(f"No run can be kept in {path}: name a file in a folder that is there.")


def load(path: Path) -> Run:
    """The run that is kept in this file. Raises CannotEvaluate."""
    try:
        return _RUN.validate_json(path.read_bytes())
    except OSError as error:
        raise CannotEvaluate(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CannotEvaluate(f"{path} is not a run that `evaluate --save` has kept.") from error


def check_systems(kept: Run, systems: Collection[str]) -> None:
    """Raise CannotEvaluate where a kept run has none of these systems, so that nothing could be compared."""
    if not set(kept.systems) & set(systems):
        raise CannotEvaluate(
            f"The kept run measured {', '.join(kept.systems) or 'nothing'}: choose one of these modes."
        )


def compare(before: Run, now: Run) -> Iterator[Compared]:
    """A row for each system of both runs and each metric that tells of a question in both."""
    for system in now.systems:
        old, new = (_by_question(run, system) for run in (before, now))
        pairs = [(old[key], new[key]) for key in new if key in old and _alike(old[key], new[key])]
        left_out = len(old.keys() | new.keys()) - len(pairs)
        for metric in _METRICS if old else ():
            values = [(metric.value(one), metric.value(other)) for one, other in pairs]
            known = [(one, other) for one, other in values if one is not None and other is not None]
            if known:
                p = metric.test([other - one for one, other in known])
                then, today = (statistics.fmean(column) for column in zip(*known, strict=True))
                yield Compared(system, metric.name, len(known), left_out, then, today, p)


def permutation_p(differences: Sequence[float]) -> float:
    """How often chance alone makes a mean of paired differences as far from 0: the two-sided permutation test.

    Chance would have swapped the two runs, question by question. A question without a difference says nothing.

    >>> permutation_p([0.5, 0.25, 0.0, 0.5, 0.1, 0.2]), permutation_p([0.5, -0.5])
    (0.0625, 1.0)
    """
    from scipy import stats  # noqa: PLC0415 (it takes a second)

    apart = [difference for difference in differences if difference]
    if len(apart) < 2:  # swapped or not, one alone is as far from 0
        return 1.0
    result = stats.permutation_test(
        (apart, [0.0] * len(apart)),
        _mean_difference,
        permutation_type="samples",
        vectorized=True,
        n_resamples=_RESAMPLES,
        batch=1000,
        rng=0,
    )
    return float(result.pvalue)


def binomial_p(differences: Sequence[float]) -> float:
    """The same for what is 0 or 1 for each question: McNemar's test, in its exact form.

    >>> binomial_p([1, 1, 1, 1, 1, 0, 0]), binomial_p([1, -1])
    (0.0625, 1.0)
    """
    from scipy import stats  # noqa: PLC0415 (it takes a second)

    gained, lost = sum(value > 0 for value in differences), sum(value < 0 for value in differences)
    return float(stats.binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def _mean_difference(
    one: "npt.NDArray[np.float64]", other: "npt.NDArray[np.float64]", axis: int
) -> "npt.NDArray[np.float64]":
    difference: npt.NDArray[np.float64] = (one - other).mean(axis=axis)
    return difference


def _by_question(run: Run, system: str) -> dict[tuple[str, str], QuestionResult]:
    return {(one.id, one.question): one for one in run.asked if one.system == system}


def _alike(one: QuestionResult, other: QuestionResult) -> bool:
    """Whether both runs knew an answer, or neither."""
    return (one.measures is None) == (other.measures is None)


def _measured(read: Callable[[Measures], float]) -> Callable[[QuestionResult], float | None]:
    return lambda asked: read(asked.measures) if asked.measures else None


def _denied(asked: QuestionResult) -> float | None:
    return float(asked.outcome in DENIALS) if asked.outcome and asked.measures else None


def _promised(asked: QuestionResult) -> float | None:
    return float(asked.outcome == "answers") if asked.outcome and not asked.measures else None


_RUN = TypeAdapter(Run)
_METRICS = (
    _Metric("ndcg@10", _measured(lambda each: each.ndcg_at_10), permutation_p),
    _Metric("mrr@10", _measured(lambda each: each.mrr_at_10), permutation_p),
    _Metric("hit@1", _measured(lambda each: each.hit_at_1), binomial_p),
    _Metric("hit@5", _measured(lambda each: each.hit_at_5), binomial_p),
    _Metric("recall@100", _measured(lambda each: each.recall_at_100), permutation_p),
    _Metric("denied", _denied, binomial_p),
    _Metric("promised", _promised, binomial_p),
)
