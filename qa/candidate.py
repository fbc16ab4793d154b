"""What asking passes on: candidates out of retrieval, hits out of re-ranking. Frozen, made once."""

from dataclasses import dataclass
from typing import Literal

from ingest.document import Document, Passage

Verdict = Literal["answers", "may answer", "related"]
VERDICTS: tuple[Verdict, ...] = ("answers", "may answer", "related")

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage to be re-ranked and its document.

    `retrieved_at` is its place, from 1, in retrieval; None where nothing was retrieved, because every passage could be
    read. `dense_at` and `lexical_at` are its places in meaning and in words, None where it stands in neither list.
    `similarity` is that of question and passage to the bi-encoder, None where it was not asked.
    """

    passage: Passage
    document: Document
    retrieved_at: int | None = None
    dense_at: int | None = None
    lexical_at: int | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class BestSentence:
    """A sentence of a passage, or list steps that belong together: its place in the passage's text.

    `score` is how well it answers, in [0, 1], to compare the sentences of one passage by.
    """

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A re-ranked candidate: its place from 1, and its score, how likely it is that it answers, in [0, 1].

    Rank, score and verdict never contradict one another. `also` are the other candidates that say the same or nearly
    the same, best first. `best` is the sentence that answers best, None where the passage has no sentence; `more` are
    further ones, where a question has two parts. `verdict` is None until all candidates are read. `cross_encoder` is
    what the cross-encoder alone says, in [0, 1].
    """

    rank: int
    score: float
    candidate: Candidate
    also: tuple[Candidate, ...] = ()
    best: BestSentence | None = None
    verdict: Verdict | None = None
    cross_encoder: float | None = None
    more: tuple[BestSentence, ...] = ()
