"""How well and how fast each way of asking answers judged questions: every mode, with and without re-ranking."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.library import Library
from ingest.settings import Settings
from qa import judged, metrics
from qa.asker import CANDIDATES
from qa.candidate import MODES, Candidate, Mode
from qa.cross_encoder import load_cross_encoder
from qa.rerank import rerank
from qa.retrieve import Retriever


@dataclass(frozen=True, slots=True)
class Measured:
    """A system's means over the questions, and its time a question in milliseconds: the median and the 95th percentile.

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
class _Run:
    """One system's rankings of units, a question each, and its seconds for each."""

    rankings: list[list[str]]
    seconds: list[float]


def evaluate(
    folder: Path,
    settings: Settings,
    *,
    limit: int | None = None,
    modes: Sequence[Mode] = MODES,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[Measured]:
    """Ask the first `limit` judged questions of a folder in every mode and yield a row a system.

    A library of its own is built for it in a temporary folder and deleted afterwards. Raises CannotEvaluate.
    """
    with tempfile.TemporaryDirectory(prefix="pinpoint-evaluate-") as home:
        own = settings.model_copy(update={"library": Path(home) / "library", "chroma_url": None})
        with Library(own) as library:
            progress("building a library")
            judgements = judged.load(folder, library, own)
            questions = judgements.questions[:limit]
            if not questions:
                raise judged.CannotEvaluate(f"{folder} holds no question with a judged answer.")
            for mode in modes:
                plain, reranked = _ask_all(mode, questions, judgements, library, own, progress)
                yield _measured(mode, plain, questions)
                yield _measured(f"{mode}+rerank", reranked, questions)


def _ask_all(
    mode: Mode,
    questions: Sequence[judged.Judged],
    judgements: judged.Judgements,
    library: Library,
    settings: Settings,
    progress: Callable[[str], None],
) -> tuple[_Run, _Run]:
    retriever = Retriever(library, settings)
    model = load_cross_encoder(settings)
    documents = library.documents()
    retriever.retrieve("warm-up", documents, mode=mode, count=CANDIDATES)
    plain, reranked = _Run([], []), _Run([], [])
    for number, item in enumerate(questions, start=1):
        progress(f"{mode}: question {number} of {len(questions)}")
        started = time.perf_counter()
        candidates = retriever.retrieve(item.question, documents, mode=mode, count=CANDIDATES)
        retrieved = time.perf_counter()
        hits = rerank(item.question, candidates, model, top=CANDIDATES)
        ended = time.perf_counter()
        plain.rankings.append(_units(candidates, judgements))
        plain.seconds.append(retrieved - started)
        reranked.rankings.append(_units([found for hit in hits for found in (hit.candidate, *hit.also)], judgements))
        reranked.seconds.append(ended - started)
    return plain, reranked


def _units(candidates: Sequence[Candidate], judgements: judged.Judgements) -> list[str]:
    """The units of a ranking, each where it first stands."""
    return list(dict.fromkeys(judgements.unit(candidate.passage) for candidate in candidates))


def _measured(system: str, run: _Run, questions: Sequence[judged.Judged]) -> Measured:
    def mean(measure: Callable[[Sequence[str], frozenset[str], int], float], depth: int) -> float:
        pairs = zip(run.rankings, questions, strict=True)
        return statistics.fmean(measure(ranking, item.relevant, depth) for ranking, item in pairs)

    milliseconds = sorted(seconds * 1000 for seconds in run.seconds)
    return Measured(
        system=system,
        queries=len(questions),
        ndcg_at_10=mean(metrics.ndcg, 10),
        mrr_at_10=mean(metrics.reciprocal_rank, 10),
        hit_at_1=mean(metrics.hit, 1),
        hit_at_5=mean(metrics.hit, 5),
        recall_at_100=mean(metrics.recall, 100),
        ms_p50=statistics.median(milliseconds),
        ms_p95=milliseconds[round(0.95 * (len(milliseconds) - 1))],
    )
