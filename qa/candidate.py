"""What asking passes on: candidates out of retrieval, hits out of re-ranking. Frozen, made once."""

from dataclasses import dataclass
from typing import Literal

from ingest.document import Document, Passage

Mode = Literal["hybrid", "dense", "lexical"]
MODES: tuple[Mode, ...] = ("hybrid", "dense", "lexical")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A retrieved passage and its document. `retrieved_at` is its place, from 1; None where nothing was retrieved."""

    passage: Passage
    document: Document
    retrieved_at: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A re-ranked candidate: its place from 1, and its score in [0, 1]."""

    rank: int
    score: float
    candidate: Candidate
