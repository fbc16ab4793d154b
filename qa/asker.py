"""A question to the five passages that answer it: retrieve, re-rank, and how long each took."""

import logging
import time
from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from ingest import priority
from ingest.document import Document
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import BadQuestion, PinpointError
from ingest.settings import BUNDLED, Settings, load_settings
from ingest.store.library import Library
from qa.candidate import Candidate, Hit, Mode
from qa.confidence.confidence import CLOSE
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.final_order import Read, final_order, so_far
from qa.reranking.rerank import scoring
from qa.retrieval.lexical import Matches
from qa.retrieval.question import Question
from qa.retrieval.retrieve import Retriever

logger = logging.getLogger(__name__)

CANDIDATES = 100
TOP = 5

# What a person is told: it answers; not sure, these come closest; nothing is close.
Outcome = Literal["answers", "not sure", "nothing close"]


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """How long each stage of one question took."""

    retrieve: float
    rerank: float
    sentences: float  # the best sentence of each hit, and how likely it is that it answers

    @property
    def total(self) -> float:
        """All stages together."""
        return self.retrieve + self.rerank + self.sentences


@dataclass(frozen=True, slots=True)
class Interim:
    """How it stands while candidates are read: the best of the `read` first ones of `total`, best first."""

    read: int
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and how, the hits, best first, and the time of each stage.

    `question` is as it was asked, with the typing errors mended that `changes` names, each as it was typed and what was
    made of it. `phrases` are those that had to stand in a passage. `is_request` says that it asks for a text to be
    written. `scores` are the cross-encoder's of all candidates, in their order.
    """

    question: str
    mode: Mode
    scores: tuple[float, ...]
    hits: tuple[Hit, ...]
    milliseconds: Milliseconds
    changes: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    is_request: bool = False

    @property
    def candidates(self) -> int:
        """How many candidates were read."""
        return len(self.scores)

    @property
    def outcome(self) -> Outcome:
        """What a person is told. A request for a text is never answered by a passage."""
        if not self.hits or self.hits[0].score < CLOSE:
            return "nothing close"
        return "answers" if self.hits[0].verdict == "answers" and not self.is_request else "not sure"

    @property
    def answered(self) -> bool:
        """Whether some hit answers the question, or may."""
        return any(hit.verdict in {"answers", "may answer"} for hit in self.hits)


class Asker:
    """Answers questions from one library. Safe for several threads; models are loaded at the first question.

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

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._retriever = Retriever(library, settings)

    def ask(
        self,
        question: str,
        *,
        mode: Mode = "hybrid",
        candidates: int = CANDIDATES,
        top: int = TOP,
        documents: Collection[str] | None = None,
        mend: bool = True,
        new_words: str | None = None,
    ) -> Answer:
        """The best `top` of at most `candidates` passages of the documents with these ids, by default of all.

        Without `mend` the question is taken as it was typed. `new_words` are those of a follow-up that was put
        together with the question before it. Raises BadQuestion where it cannot be asked, ModelUnavailable, WrongModel
        and LibraryUnavailable.
        """
        steps = self.asking(
            question,
            mode=mode,
            candidates=candidates,
            top=top,
            documents=documents,
            mend=mend,
            new_words=new_words,
        )
        return next(step for step in steps if isinstance(step, Answer))

    def asking(
        self,
        question: str,
        *,
        mode: Mode = "hybrid",
        candidates: int = CANDIDATES,
        top: int = TOP,
        documents: Collection[str] | None = None,
        mend: bool = True,
        new_words: str | None = None,
    ) -> Generator[Interim | Answer, None, None]:
        """As `ask`, but tells how it stands after each portion of candidates; the answer comes last.

        The answer is that of scoring all candidates. Whoever closes the iterator stops the work. Raises as `ask` does.
        """
        question = self._checked(question)
        held = self._library.documents()
        among = _chosen(held, documents)
        with priority.questions.taken():
            started = time.perf_counter()
            asked = self._retriever.understand(question, held, mend=mend, new_words=new_words)
            found = self._retriever.retrieve(asked, held, among=among, mode=mode, count=candidates)
            matches = self._retriever.match(asked, found, held)
            retrieved = time.perf_counter()
            model = load_cross_encoder(self._settings)
            scores: list[float] = []
            for portion in scoring(asked.read, found, model):
                scores += portion
                if len(scores) < len(found):
                    best = so_far(self._read(asked, found, scores, matches), top)
                    yield Interim(len(scores), len(found), tuple(best))
            reranked = time.perf_counter()
            similar = partial(self._retriever.sentence_similarity, asked)
            hits = final_order(self._read(asked, found, scores, matches), top, model, similar)
            ended = time.perf_counter()
        yield Answer(
            asked.text,
            mode,
            tuple(scores),
            tuple(hits),
            Milliseconds((retrieved - started) * 1000, (reranked - retrieved) * 1000, (ended - reranked) * 1000),
            asked.changes,
            asked.phrases,
            asked.is_request,
        )

    def warm_up(self) -> None:
        """Load the models and the words of the library, so that the first question does not wait for them."""
        try:
            load_bi_encoder(self._settings)
            load_cross_encoder(self._settings)
            self._retriever.catch_up(self._library.documents())
        except PinpointError:
            logger.info("not warmed up; the first question will say why", exc_info=True)

    def _read(self, question: Question, found: Sequence[Candidate], scores: Sequence[float], matches: Matches) -> Read:
        """The candidates that have a score so far."""
        return Read(
            question,
            found[: len(scores)],
            scores,
            matches.first(len(scores)),
            known=self._settings.cross_encoder == BUNDLED and self._retriever.is_bundled(),
        )

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


def ask(
    question: str,
    *,
    mode: Mode = "hybrid",
    candidates: int = CANDIDATES,
    top: int = TOP,
    documents: Collection[str] | None = None,
    settings: Settings | None = None,
) -> Answer:
    """`Asker.ask` for one question: opens the library that is set, asks it, and lets go of it again."""
    settings = settings or load_settings()
    with Library(settings) as library:
        return Asker(library, settings).ask(question, mode=mode, candidates=candidates, top=top, documents=documents)


def _chosen(held: Sequence[Document], ids: Collection[str] | None) -> Sequence[Document]:
    if not held:
        raise BadQuestion("There are no documents yet. Add some, then ask again.")
    if ids is None:
        return held
    unknown = set(ids) - {document.id for document in held}
    if unknown:
        raise BadQuestion(
            f"There is no document {min(unknown)}. It may have been removed; choose among those that are there."
        )
    chosen = [document for document in held if document.id in ids]
    if not chosen:
        raise BadQuestion("No document is chosen. Choose at least one, then ask again.")
    return chosen
