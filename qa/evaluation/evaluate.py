"""How well and how fast each way of asking answers judged questions: every mode, with and without re-ranking.

Without re-ranking it measures the candidates, with it what people are shown.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ingest.errors import BadQuestion
from ingest.settings import Settings, load_settings
from ingest.store.library import Library
from qa.answer import DENIALS, Answer, Candidate, Hit
from qa.asker import Asker
from qa.evaluation import data_sets
from qa.evaluation.data_sets import CannotEvaluate, JudgedQuestion, JudgedQuestions
from qa.evaluation.metrics import QuestionResult, System, measure, summarise
from qa.options import DEFAULTS, MODES, Mode, Options
from qa.retrieval.retrieve import Retriever

# As many hits as the measures look at.
DEPTH = 10


def evaluate(
    folder: Path,
    settings: Settings | None = None,
    *,
    limit: int | None = None,
    modes: Sequence[Mode] = MODES,
    options: Options = DEFAULTS,
    progress: Callable[[str], None] = lambda _: None,
) -> Iterator[System]:
    """Measure how well and how fast judged questions are answered. The library for it is a temporary one.

    Args:
        folder: Judged questions and their documents, in one of the layouts of `qa.evaluation.data_sets`.
        settings: The models; by default those of the environment.
        limit: How many questions are asked, the first ones; by default all.
        modes: The modes that are measured.
        options: How the questions are asked, but for the mode. `top` says how many hits people see.
        progress: Is called with a line of text after each question.

    Returns:
        Two systems a mode: its candidates as they were retrieved, then what people see.

    Raises:
        CannotEvaluate: The folder has no judged questions that can be asked.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from ingest import Settings
        >>> with TemporaryDirectory() as name:
        ...     folder = Path(name)
        ...     (folder / "documents").mkdir()
        ...     _ = (folder / "documents" / "note.txt").write_text("The office opens at eight.")
        ...     _ = (folder / "questions.jsonl").write_text('{"question": "When does it open?", "answer": "at eight"}')
        ...     systems = list(evaluate(folder, Settings(library=folder / "library"), modes=["lexical"]))
        >>> [(system.measured.system, system.measured.hit_at_1) for system in systems]
        [('lexical', 1.0), ('lexical+rerank', 1.0)]
    """
    return _measured_systems(folder, settings or load_settings(), limit, modes, options, progress)


def _measured_systems(
    folder: Path,
    settings: Settings,
    limit: int | None,
    modes: Sequence[Mode],
    options: Options,
    progress: Callable[[str], None],
) -> Iterator[System]:
    with tempfile.TemporaryDirectory(prefix="pinpoint-evaluate-") as home:
        own = settings.model_copy(update={"library": Path(home) / "library", "chroma_url": None})
        with Library(own) as library:
            progress("building a library")
            judged = data_sets.load(folder, library, own)
            questions = judged.questions[:limit]
            if not any(item.answerable for item in questions):
                raise CannotEvaluate(f"{folder} holds no question with a judged answer.")
            asking = _JudgedAsking(library, _settings_for(questions, own), judged, options)
            clock = _Clock(len(modes) * len(questions), progress)
            for mode in modes:
                both = []
                for number, item in enumerate(questions, start=1):
                    both.append(asking.ask(item, mode))
                    clock.tell(f"{mode}: {number} of {len(questions)} questions done")
                yield from (summarise(asked) for asked in zip(*both, strict=True))


def _settings_for(questions: Sequence[JudgedQuestion], settings: Settings) -> Settings:
    """Settings that let all these questions in: some that are used for measuring are whole pages."""
    longest = max(len(item.question) for item in questions)
    return settings.model_copy(update={"question_characters": max(longest, settings.question_characters)})


class _JudgedAsking:
    """Asks the questions of one library, and judges what is found."""

    def __init__(self, library: Library, settings: Settings, judged: JudgedQuestions, options: Options) -> None:
        self._options = options
        self._unit = judged.unit
        self._retriever = Retriever(library, settings)
        self._asker = Asker(library, settings)
        self._asker.warm_up()
        self._retrieved("warm-up", MODES[0])  # the first question would be charged with what happens once

    def ask(self, item: JudgedQuestion, mode: Mode) -> tuple[QuestionResult, QuestionResult]:
        """The question as retrieval alone answers it, and as people see it."""
        started = time.perf_counter()
        found = self._retrieved(item.question, mode)
        retrieved = time.perf_counter()
        try:
            answer = self._asker.ask(item.question, replace(self._options, mode=mode, top=DEPTH))
        except BadQuestion as error:
            raise CannotEvaluate(f"The question {item.question!r} cannot be asked: {error}") from error
        ended = time.perf_counter()
        plain = _result(
            mode, item, self._units([each for one in found for each in (one, *one.alike)]), (retrieved - started) * 1000
        )
        return plain, self._reranked(item, answer, plain, (ended - retrieved) * 1000)

    def _retrieved(self, typed: str, mode: Mode) -> list[Candidate]:
        options = replace(self._options, mode=mode)
        return self._retriever.retrieve(self._retriever.understand(typed, options), options)

    def _reranked(
        self, item: JudgedQuestion, answer: Answer, plain: QuestionResult, milliseconds: float
    ) -> QuestionResult:
        ranking = [unit for hit in answer.hits for unit in self._units_of_hit(hit, item)]
        asked = _result(f"{answer.mode}+rerank", item, list(dict.fromkeys(ranking)), milliseconds)
        if asked.measures and plain.measures:  # no re-ranking finds what is no candidate
            asked = replace(asked, measures=replace(asked.measures, recall_at_100=plain.measures.recall_at_100))
        seen = [(hit, self._is_right(hit, item)) for hit in answer.hits[: self._options.top]]
        answering = [right for hit, right in seen if hit.verdict == "answers"]
        return replace(
            asked,
            outcome=answer.outcome,
            shown=answer.outcome not in DENIALS and any(right for _, right in seen),
            answering=len(answering),
            right=sum(answering),
        )

    def _units_of_hit(self, hit: Hit, item: JudgedQuestion) -> list[str]:
        """What a hit puts in its place: what it shows of the right units, otherwise the passage that it is."""
        units = self._units([hit.candidate, *hit.also])
        return [unit for unit in units if unit in item.relevant] or units[:1]

    def _is_right(self, hit: Hit, item: JudgedQuestion) -> bool:
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
        self._progress(f"{done}, about {_duration_words(seconds)} left" if self._left else done)


def _duration_words(seconds: float) -> str:
    """
    >>> _duration_words(1.2), _duration_words(300), _duration_words(9000)
    ('2 seconds', '5 minutes', '2.5 hours')
    """
    if seconds < 100:
        return f"{max(2, round(seconds))} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 6000 else f"{seconds / 3600:.1f} hours"


def _result(system: str, item: JudgedQuestion, ranking: Sequence[str], milliseconds: float) -> QuestionResult:
    ranks = tuple(place for place, unit in enumerate(ranking, start=1) if unit in item.relevant)
    measures = measure(ranking, item.relevant) if item.answerable else None
    return QuestionResult(system, item.id or item.question, item.question, item.kind, ranks, measures, milliseconds)
