"""The data that the pipeline passes on and returns: candidates, hits and the answer. All are frozen dataclasses."""

from dataclasses import dataclass
from typing import Literal

from ingest.document import Document, Passage
from qa.options import Mode

Verdict = Literal["answers", "may answer", "left empty", "related"]
VERDICTS: tuple[Verdict, ...] = ("answers", "may answer", "left empty", "related")

# The verdict on an answer as a whole: the first hit answers; it is not sure that one does; the place for the answer is
# there and was left empty, as in a form; nothing is close.
Outcome = Literal["answers", "not sure", "left empty", "nothing close"]

# The outcomes by which it is said that no passage answers.
DENIALS: frozenset[Outcome] = frozenset(["left empty", "nothing close"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage for re-ranking, and its document.

    `retrieved_rank` is its rank in retrieval, from 1; it is None where retrieval was not needed because all passages
    are re-ranked. `dense_rank` and `lexical_rank` are its ranks by meaning and by words; each is None where the passage
    is not in that list. `similarity` is the bi-encoder's similarity of question and passage, without the names that
    its document bears where that is higher; None where it was not computed. `alike` are passages of other documents
    with nearly the same text. They are not re-ranked: what is found about this one holds for them, too.
    """

    passage: Passage
    document: Document
    retrieved_rank: int | None = None
    dense_rank: int | None = None
    lexical_rank: int | None = None
    similarity: float | None = None
    alike: tuple["Candidate", ...] = ()


@dataclass(frozen=True, slots=True)
class BestSentence:
    """A sentence of a passage with what belongs to it, such as all steps of a list: from `start` to before `end`.

    `score` is how well it answers, in [0, 1]. It is comparable only with other sentences of the same passage.
    """

    start: int
    end: int
    score: float

    def words(self, text: str) -> str:
        """The sentence itself. `text` is the text of its passage.

        >>> BestSentence(0, 12, 0.9).words("It is heavy. Lift it in pairs.")
        'It is heavy.'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """A re-ranked candidate: its rank from 1, and its score, how likely it is that it answers, in [0, 1].

    Rank, score and verdict never contradict one another. `also` are the other passages with the same or nearly the same
    text, newest first. `best` is the sentence that answers best, None where the passage has no sentence; `more` are
    further sentences where a question has two parts. `verdict` is None until all candidates are scored.
    `cross_encoder` is the cross-encoder's score alone, in [0, 1].
    """

    rank: int
    score: float
    candidate: Candidate
    also: tuple[Candidate, ...] = ()
    best: BestSentence | None = None
    verdict: Verdict | None = None
    cross_encoder: float | None = None
    more: tuple[BestSentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Milliseconds:
    """The time of each stage of one question."""

    retrieve: float
    rerank: float
    sentences: float  # the best sentence and the score of each hit

    @property
    def total(self) -> float:
        """All stages together."""
        return self.retrieve + self.rerank + self.sentences


@dataclass(frozen=True, slots=True)
class Interim:
    """The state while candidates are being scored: the best hits among the first `read` of `total`, best first.

    `before` is how many other questions are read on before this one.
    """

    read: int
    total: int
    hits: tuple[Hit, ...]
    before: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """The question, how it was asked, the hits, best first, and the time of each stage.

    `question` is the question with corrected typing errors. `changes` are pairs of a typed word and its correction.
    Every hit has all `phrases`. `is_request` says that the question asks for a text to be written. `scores` are the
    cross-encoder's scores of the candidates that it read, in the order in which it read them. `near_copies` counts the
    passages that were found but not scored, as their text is nearly the same as that of a candidate; `not_read` the
    candidates that were not scored, because they could hardly be among the best. `missing` are the codes of the
    question that no passage of the library has: then nothing is said to answer.
    """

    question: str
    mode: Mode
    scores: tuple[float, ...]
    hits: tuple[Hit, ...]
    milliseconds: Milliseconds
    changes: tuple[tuple[str, str], ...] = ()
    phrases: tuple[str, ...] = ()
    is_request: bool = False
    near_copies: int = 0
    not_read: int = 0
    missing: tuple[str, ...] = ()

    @property
    def candidates(self) -> int:
        """How many candidates were found."""
        return len(self.scores) + self.not_read

    @property
    def outcome(self) -> Outcome:
        """The verdict on the answer as a whole. No passage answers a request for a text."""
        if not self.hits or self.hits[0].verdict == "related":
            return "nothing close"
        if self.hits[0].verdict == "left empty":
            return "left empty"
        return "answers" if self.hits[0].verdict == "answers" and not self.is_request else "not sure"

    @property
    def answered(self) -> bool:
        """Whether a hit answers the question, or may answer it."""
        return any(hit.verdict in {"answers", "may answer"} for hit in self.hits)
