"""What the pipeline passes on and returns: candidates, hits and the answer. Frozen dataclasses, made once."""

from dataclasses import dataclass
from typing import Literal

from ingest.document import Document, Passage
from qa.options import Mode

Verdict = Literal["answers", "may answer", "related"]
VERDICTS: tuple[Verdict, ...] = ("answers", "may answer", "related")

# What is said of an answer as a whole: the first hit answers; not sure, these come closest; nothing is close.
Outcome = Literal["answers", "not sure", "nothing close"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to be re-ranked and its document.

    `retrieved_rank` is its rank in retrieval, from 1; None where nothing was retrieved because every passage could be
    re-ranked. `dense_rank` and `lexical_rank` are its ranks by meaning and by words, None where it is in neither list.
    `similarity` is the bi-encoder's similarity of question and passage, None where it was not computed.
    """

    passage: Passage
    document: Document
    retrieved_rank: int | None = None
    dense_rank: int | None = None
    lexical_rank: int | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class BestSentence:
    """A sentence of a passage, or list steps that belong together: from `start` to before `end` in its text.

    `score` is how well it answers, in [0, 1]; it compares the sentences of one passage.
    """

    start: int
    end: int
    score: float

    def words(self, text: str) -> str:
        """The sentence itself, where `text` is the text of its passage.

        >>> BestSentence(0, 12, 0.9).words("It is heavy. Lift it in pairs.")
        'It is heavy.'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Hit:
    """A re-ranked candidate: its rank from 1, and its score, how likely it is that it answers, in [0, 1].

    Rank, score and verdict never contradict one another. `also` are the other candidates that say the same or nearly
    the same, best first. `best` is the sentence that answers best, None where the passage has no sentence; `more` are
    further ones where a question has two parts. `verdict` is None until all candidates are scored. `cross_encoder` is
    the cross-encoder's score alone, in [0, 1].
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
    """The state while candidates are being scored: the best hits of the first `read` of `total`, best first."""

    read: int
    total: int
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and how, the hits, best first, and the time of each stage.

    `question` is the question with the typing errors corrected that `changes` lists, each as it was typed and what it
    was corrected to. `phrases` are those that had to be in a passage. `is_request` says that the question asks for a
    text to be written. `scores` are the cross-encoder's scores of all candidates, in their order.
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
        """How many candidates were scored."""
        return len(self.scores)

    @property
    def outcome(self) -> Outcome:
        """What is said of the answer as a whole. A request for a text is never answered by a passage."""
        if not self.hits or self.hits[0].verdict == "related":
            return "nothing close"
        return "answers" if self.hits[0].verdict == "answers" and not self.is_request else "not sure"

    @property
    def answered(self) -> bool:
        """Whether some hit answers the question, or may."""
        return any(hit.verdict in {"answers", "may answer"} for hit in self.hits)
