"""How well and how fast each way of asking answers judged questions: every mode, with and without re-ranking.

Without re-ranking it measures the candidates, with it what people are shown.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.errors import BadQuestion
from ingest.settings import Settings
from ingest.store.library import Library
from qa.asker import CANDIDATES, TOP, Answer, Asker
from qa.candidate import MODES, Candidate, Hit, Mode
from qa.evaluation import data_sets
from qa.evaluation.data_sets import CannotEvaluate, Judged, Judgements
from qa.evaluation.metrics import Asked, System, measure, summarised
from qa.retrieval.retrieve import Retriever

# As many hits as the measures look at.
DEPTH = 10


def evaluate(
    folder: Path,
    settings: Settings,
    *,
    limit: int | None = None,
    modes: Sequence[Mode] = MODES,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[System]:
    """Ask the first `limit` questions of a folder in every mode and yield two systems a mode, the second re-ranked.

    A library of its own is built for it in a temporary folder and deleted afterwards. Raises CannotEvaluate.
    """
    with tempfile.TemporaryDirectory(prefix="pinpoint-evaluate-") as home:
        own = settings.model_copy(update={"library": Path(home) / "library", "chroma_url": None})
        with Library(own) as library:
            progress("building a library")
            judgements = data_sets.load(folder, library, own)
            questions = judgements.questions[:limit]
            if not any(item.answerable for item in questions):
                raise CannotEvaluate(f"{folder} holds no question with a judged answer.")
            asking = _Asking(library, _taking(questions, own), judgements)
            clock = _Clock(len(modes) * len(questions), progress)
            for mode in modes:
                both = []
                for number, item in enumerate(questions, start=1):
                    both.append(asking.ask(item, mode))
                    clock.tell(f"{mode}: {number} of {len(questions)} questions done")
                yield from (summarised(asked) for asked in zip(*both, strict=True))


def _taking(questions: Sequence[Judged], settings: Settings) -> Settings:
    """Settings that let all these questions in: some that are used for measuring are whole pages."""
    longest = max(len(item.question) for item in questions)
    return settings.model_copy(update={"question_characters": max(longest, settings.question_characters)})


class _Asking:
    """Asks the questions of one library, and judges what is found."""

    def __init__(self, library: Library, settings: Settings, judgements: Judgements) -> None:
        self._documents = library.documents()
        self._unit = judgements.unit
        self._retriever = Retriever(library, settings)
        self._asker = Asker(library, settings)
        self._asker.warm_up()
        self._retrieved("warm-up", MODES[0])  # the first question would be charged with what happens once

    def ask(self, item: Judged, mode: Mode) -> tuple[Asked, Asked]:
        """The question as retrieval alone answers it, and as people see it."""
        started = time.perf_counter()
        found = self._retrieved(item.question, mode)
        retrieved = time.perf_counter()
        try:
            answer = self._asker.ask(item.question, mode=mode, candidates=CANDIDATES, top=DEPTH)
        except BadQuestion as error:
            raise CannotEvaluate(f"The question {item.question!r} cannot be asked: {error}") from error
        ended = time.perf_counter()
        plain = _asked(mode, item, self._units(found), (retrieved - started) * 1000)
        return plain, self._reranked(item, answer, plain, (ended - retrieved) * 1000)

    def _retrieved(self, typed: str, mode: Mode) -> list[Candidate]:
        question = self._retriever.understand(typed, self._documents)
        return self._retriever.retrieve(question, self._documents, mode=mode, count=CANDIDATES)

    def _reranked(self, item: Judged, answer: Answer, plain: Asked, milliseconds: float) -> Asked:
        ranking = [unit for hit in answer.hits for unit in self._units_of_hit(hit, item)]
        asked = _asked(f"{answer.mode}+rerank", item, list(dict.fromkeys(ranking)), milliseconds)
        if asked.measures and plain.measures:  # no re-ranking finds what is no candidate
            asked = replace(asked, measures=replace(asked.measures, recall_at_100=plain.measures.recall_at_100))
        seen = [(hit, self._is_right(hit, item)) for hit in answer.hits[:TOP]]
        answering = [right for hit, right in seen if hit.verdict == "answers"]
        return replace(
            asked,
            outcome=answer.outcome,
            shown=answer.outcome != "nothing close" and any(right for _, right in seen),
            answering=len(answering),
            right=sum(answering),
        )

    def _units_of_hit(self, hit: Hit, item: Judged) -> list[str]:
        """What a hit puts in its place: what it shows of the right units, otherwise the passage that it is."""
        units = self._units([hit.candidate, *hit.also])
        return [unit for unit in units if unit in item.relevant] or units[:1]

    def _is_right(self, hit: Hit, item: Judged) -> bool:
        return not item.relevant.isdisjoint(self._units([hit.candidate, *hit.also]))

    def _units(self, candidates: Sequence[Candidate]) -> list[str]:
        """The units of a ranking, each where it first stands."""
        return list(dict.fromkeys(self._unit(candidate.passage) for candidate in candidates))


class _Clock:
    """Tells how far the questions are, and about how long the others take."""

    def __init__(self, total: int, progress: Callable[[str], None]) -> None:
        self._left = total
        self._done = 0
        self._started = time.perf_counter()
        self._progress = progress

    def tell(self, done: str) -> None:
        """One more question is done."""
        self._done += 1
        self._left -= 1
        seconds = (time.perf_counter() - self._started) / self._done * self._left
        self._progress(f"{done}, about {_in_words(seconds)} left" if self._left else done)


def _in_words(seconds: float) -> str:
    """
    >>> _in_words(1.2), _in_words(300), _in_words(9000)
    ('2 seconds', '5 minutes', '2.5 hours')
    """
    if seconds < 100:
        return f"{max(2, round(seconds))} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 6000 else f"{seconds / 3600:.1f} hours"


def _asked(system: str, item: Judged, ranking: Sequence[str], milliseconds: float) -> Asked:
    ranks = tuple(place for place, unit in enumerate(ranking, start=1) if unit in item.relevant)
    measures = measure(ranking, item.relevant) if item.answerable else None
    return Asked(system, item.id or item.question, item.question, item.kind, ranks, measures, milliseconds)
