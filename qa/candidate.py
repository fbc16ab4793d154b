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
    """

    passage: Passage
    document: Document
    retrieved_at: int | None = None
    dense_at: int | None = None
    lexical_at: int | None = None


@dataclass(frozen=True, slots=True)
class BestSentence:
    """The sentence of a passage that answers best: its place in the passage's text, and its score in [0, 1]."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A re-ranked candidate: its place from 1, and its score in [0, 1].

    `also` are the other candidates that say the same, best first. `best` is None until the sentences are scored;
    `confidence`, how likely it is that the hit answers, in [0, 1], and the `verdict` that it comes to, until the
    evidence is gathered.
    """

    rank: int
    score: float
    candidate: Candidate
    also: tuple[Candidate, ...] = ()
    best: BestSentence | None = None
    confidence: float | None = None
    verdict: Verdict | None = None
