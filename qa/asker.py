"""From a question to the five passages that answer it: retrieve, re-rank, and measure the time of each stage."""

import logging
import time
from collections.abc import Generator, Sequence
from functools import partial
from typing import Literal

from ingest import priority
from ingest.document import Passage
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import BadQuestion, PinpointError
from ingest.settings import BUNDLED, Settings, load_settings
from ingest.store.library import Library
from qa.analysis.synonyms import synonyms
from qa.answer import Answer, Candidate, Hit, Interim, Milliseconds
from qa.confidence.hits import hits_of, interim_hits
from qa.in_turn import InTurn
from qa.options import DEFAULTS, Options
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.named import WithoutNames, read_without_names
from qa.reranking.ranking import Read, ranking
from qa.reranking.reading import Reading
from qa.retrieval.matches import missing_codes
from qa.retrieval.question import Question
from qa.retrieval.retrieve import Retriever

logger = logging.getLogger(__name__)

Preparing = Literal["models", "index"]

_TOLD_SECONDS = 1.0  # how often somebody who waits for their turn is told how many are before them


class Asker:
    """Answers questions from one library. Safe for several threads. The models are loaded at the first question.

    Args:
        library: The open library.
        settings: The models, and how long a question may be.
        reads_all: Whether the cross-encoder reads the candidates, too, that can hardly be among the best.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> from ingest import Library, Settings, add
        >>> with TemporaryDirectory() as folder:
        ...     settings = Settings(library=Path(folder) / "library")
        ...     note = Path(folder) / "note.txt"
        ...     _ = note.write_text("The office opens at eight in the morning.")
        ...     with Library(settings) as library:
        ...         _ = add(note, library, settings)
        ...         answer = Asker(library, settings).ask("When can I get in?")
        >>> answer.hits[0].candidate.passage.text
        'The office opens at eight in the morning.'
    """

    def __init__(self, library: Library, settings: Settings, *, reads_all: bool = False) -> None:
        self._library = library
        self._settings = settings
        self._reads_all = reads_all
        self._retriever = Retriever(library, settings)
        self._in_turn = InTurn()
        self._preparing: Preparing | None = "models"

    @property
    def preparing(self) -> Preparing | None:
        """What the first question would still wait for. None once all is ready, or a question was answered."""
        return self._preparing

    def ask(self, question: str, options: Options = DEFAULTS) -> Answer:
        """Answer a question with the best passages.

        Args:
            question: The question as it was typed.
            options: How to ask it.

        Returns:
            The answer, with at most `options.top` hits, best first.

        Raises:
            BadQuestion: The question is empty or too long, or there is no document to search.
            ModelUnavailable: A model cannot be loaded.
            LibraryUnavailable: The library cannot be read.
        """
        return next(step for step in self.asking(question, options) if isinstance(step, Answer))

    def asking(self, question: str, options: Options = DEFAULTS) -> Generator[Interim | Answer, None, None]:
        """Like `ask`, but yield the best hits so far after each batch of candidates. The answer comes last.

        Where several ask at once, the first batch of each is read, and then one question after the other, in order of
        arrival. The answer is the same as that of `ask`. Close the iterator to stop the work. Raises the errors of
        `ask`.
        """
        question = self._checked(question)
        with priority.questions.running(), self._in_turn.asking() as turn:
            started = time.perf_counter()
            asked = self._retriever.understand(question, options)
            found = self._retriever.retrieve(asked, options)
            reading = self._reading(asked, found, options)
            retrieved = time.perf_counter()
            while not reading.is_over:
                reading.read_on()
                if not reading.is_over:
                    best = interim_hits(reading.read, reading.groups[: options.top])
                    read = len(reading.read.scores)
                    yield Interim(read, len(found), tuple(best), turn.before())
                    while before := turn.wait(_TOLD_SECONDS):
                        yield Interim(read, len(found), tuple(best), before)
            reranked = time.perf_counter()
            hits = self._hits(reading, options)
            ended = time.perf_counter()
        self._preparing = None
        yield Answer(
            asked.text,
            options.mode,
            tuple(reading.read.scores),
            tuple(hits),
            Milliseconds((retrieved - started) * 1000, (reranked - retrieved) * 1000, (ended - reranked) * 1000),
            asked.changes,
            asked.phrases,
            asked.is_request,
            sum(len(candidate.alike) for candidate in found),
            len(found) - len(reading.read.scores),
            missing_codes(asked.about, reading.read.matches),
        )

    def rerank(self, question: str, candidates: Sequence[Candidate], options: Options = DEFAULTS) -> list[Hit]:
        """Re-rank candidates of this library; see `qa.asker.rerank`. Raises the errors of `ask`."""
        asked = self._retriever.understand(self._checked(question), options)
        reading = self._reading(asked, candidates, options)
        while not reading.is_over:
            reading.read_on()
        return self._hits(reading, options)

    def like(self, passage: Passage, count: int = 5) -> list[Candidate]:
        """At most `count` passages of the library that are most similar in meaning to one, the most similar first.

        None where the passage is no longer in the library. Raises LibraryUnavailable.
        """
        return self._retriever.like(passage, count)

    def warm_up(self) -> None:
        """Load the models, the lexical index and the synonyms, so that the first question does not wait for them."""
        try:
            load_models(self._settings)
            self._preparing = "index"
            self._retriever.catch_up()
            synonyms("")  # reads its file
        except PinpointError:
            logger.info("not warmed up; the first question will say why", exc_info=True)
        finally:
            self._preparing = None

    def _hits(self, reading: Reading, options: Options) -> list[Hit]:
        model = load_cross_encoder(self._settings)
        read = read_without_names(reading.read, reading.named, model)
        similarities = partial(self._retriever.sentence_similarity, read.question)
        ranked = ranking(read, options.top, similarities)
        return hits_of(read, ranked, options.top, model)

    def _reading(self, question: Question, found: Sequence[Candidate], options: Options) -> Reading:
        """The candidates, none of them read yet."""
        known = self._settings.cross_encoder == BUNDLED and self._retriever.is_bundled()
        unread = Read(question, found, [0.0] * len(found), self._retriever.match(question, found), known)
        without_names = self._retriever.without_names(question, found)
        named = WithoutNames.of(found, without_names, self._retriever.similarities_to)
        return Reading(unread, named, options.top, load_cross_encoder(self._settings), whole=self._reads_all)

    def _checked(self, question: str) -> str:
        question = question.strip().encode("utf-8", "replace").decode()
        if not any(character.isalnum() for character in question):
            raise BadQuestion("The question is empty. Type what you would like to know.")
        limit = self._settings.question_characters
        if len(question) > limit:
            raise BadQuestion(
                f"The question is {len(question):,} characters long, and at most {limit:,} are read. "
                "Ask it in fewer words."
            )
        return question


def load_models(settings: Settings) -> None:
    """Load both models, which takes seconds, once a process. Raises ModelUnavailable where one cannot be loaded."""
    load_bi_encoder(settings)
    load_cross_encoder(settings)


def ask(question: str, options: Options = DEFAULTS, *, settings: Settings | None = None) -> Answer:
    """Ask the library one question: open it, retrieve, re-rank, close it.

    To ask more than one question, open the library and make one `Asker`.

    Args:
        question: The question as it was typed.
        options: How to ask it.
        settings: The library and the models. By default, the settings are read from the environment.

    Returns:
        The answer, with at most `options.top` hits, best first.

    Raises:
        BadQuestion: The question is empty or too long, or there is no document to search.
        ModelUnavailable: A model cannot be loaded.
        LibraryUnavailable: The library cannot be opened or read.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> from ingest import Library, Settings, add
        >>> with TemporaryDirectory() as folder:
        ...     settings = Settings(library=Path(folder) / "library")
        ...     note = Path(folder) / "note.txt"
        ...     _ = note.write_text("The office opens at eight in the morning.")
        ...     with Library(settings) as library:
        ...         _ = add(note, library, settings)
        ...     answer = ask("When does the office open?", Options(top=1), settings=settings)
        >>> [(hit.rank, hit.candidate.document.name) for hit in answer.hits]
        [(1, 'note.txt')]
    """
    settings = settings or load_settings()
    with Library(settings) as library:
        return Asker(library, settings).ask(question, options)


def rerank(
    question: str,
    candidates: Sequence[Candidate],
    library: Library,
    options: Options = DEFAULTS,
    *,
    settings: Settings | None = None,
) -> list[Hit]:
    """Put candidates in their final order and keep the best: the second stage of `ask`.

    The order combines the cross-encoder's scores with the similarity in meaning and the words of the question.

    Args:
        question: The question as it was typed.
        candidates: The result of `retrieve` for this question.
        library: The open library of the candidates.
        options: `top` is the most hits to return.
        settings: The models. By default, the settings are read from the environment.

    Returns:
        The hits, best first, with scores in [0, 1] that never rise down the list. Raises the errors of `ask`.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> from ingest import Library, Settings, add
        >>> from qa import retrieve
        >>> with TemporaryDirectory() as folder:
        ...     settings, note = Settings(library=Path(folder) / "library"), Path(folder) / "note.txt"
        ...     _ = note.write_text("The office opens at eight in the morning.")
        ...     with Library(settings) as library:
        ...         _ = add(note, library, settings)
        ...         hits = rerank("When?", retrieve("When?", library, settings=settings), library, settings=settings)
        >>> [hit.rank for hit in hits]
        [1]
    """
    return Asker(library, settings or load_settings()).rerank(question, candidates, options)
