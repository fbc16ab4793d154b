"""Answers made by hand, with the dataclasses that asking makes them of."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ingest import Document, Passage
from qa import Answer, BestSentence, Candidate, Hit, Milliseconds
from qa.analysis.wording import is_same_text
from qa.conversations.turn import Turn

ADDED = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)


def candidate(
    text: str,
    name: str = "notes.txt",
    kind: str = "Text",
    page: int | None = None,
    heading: str | None = None,
    cells: str | None = None,
) -> Candidate:
    """A passage of a document of this name and type."""
    document_id = hashlib.sha256(repr((name, text)).encode()).hexdigest()
    passage = Passage(document_id, 0, text, page, heading, cells=cells)
    return Candidate(passage, Document(document_id, name, kind, page, 1, 1, ADDED))


def answer(question: str, *candidates: Candidate, best: str = "", also: Sequence[Candidate] = ()) -> Answer:
    """These candidates as hits, the first with `also` and with its best sentence."""
    hits = []
    for rank, found in enumerate(candidates, start=1):
        start = found.passage.text.find(best) if rank == 1 and best else -1
        sentence = BestSentence(start, start + len(best), 0.75) if start >= 0 else None
        hits.append(Hit(rank, 1 / (rank + 1), found, tuple(also) if rank == 1 else (), sentence))
    return Answer(question, "hybrid", tuple(hit.score for hit in hits), tuple(hits), Milliseconds(1.5, 2.5, 0.5))


def with_kept_copies(turn: Turn) -> Turn:
    """A turn whose near copies are as they are kept: with the text of the hit, or where theirs is another with none."""
    hits = [
        replace(hit, also=tuple(_kept_copy(each, hit.candidate.passage.text) for each in hit.also))
        for hit in (turn.answer.hits if turn.answer else ())
    ]
    return replace(turn, answer=turn.answer and replace(turn.answer, hits=tuple(hits)))


def _kept_copy(copy: Candidate, text: str) -> Candidate:
    text = text if is_same_text(copy.passage.text, text) or is_same_text("", text) else ""
    return replace(
        copy, passage=replace(copy.passage, text=text), document=replace(copy.document, not_read=()), alike=()
    )
