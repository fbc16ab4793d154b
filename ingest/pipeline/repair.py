"""Mend what can be mended of a library: its database, then each document that is not, or not whole, in the store."""

import time
from collections.abc import Callable

from ingest.document import Document
from ingest.embedding.bi_encoder import BiEncoder, load_bi_encoder
from ingest.errors import CannotRead
from ingest.pipeline.make import add_passages
from ingest.pipeline.outcome import Outcome
from ingest.pipeline.read_again import read_again
from ingest.settings import Settings
from ingest.store.check import Finding, findings
from ingest.store.library import Library

Report = Callable[[Outcome], None]


def repair(settings: Settings, report: Report = lambda _: None) -> tuple[list[Outcome], list[Finding]]:
    """Put documents into the store again that it lacks, from their files.

    Args:
        settings: The library, and the model that makes the vectors.
        report: Called with the outcome of each document.

    Returns:
        The outcome of each document that was to be mended, and what does not agree after that.

    Raises:
        LibraryUnavailable: The library cannot be opened: the sentence says why.
        ModelUnavailable: The bi-encoder cannot be loaded.
    """
    outcomes = []
    # In a folder, a store that is missing or empty is made anew by `rebuild`, which can be interrupted.
    with Library(settings, mending=settings.chroma_url is not None) as library:
        broken = [found.document for found in findings(library) if found.problem in {"not stored", "passages"}]
        encoder = load_bi_encoder(settings) if broken else None
        for document in broken:
            if document and encoder:
                outcomes.append(_put_again(document, library, encoder))
                report(outcomes[-1])
        return outcomes, list(findings(library))


def _put_again(document: Document, library: Library, encoder: BiEncoder) -> Outcome:
    started = time.monotonic()
    try:
        made, passages = read_again(document, library.home, encoder)
    except CannotRead as error:
        return Outcome(document.name, "failed", document.id, None, None, str(error), time.monotonic() - started)
    library.remove_passages(document.id)
    add_passages(made, passages, library, encoder)
    return Outcome(
        made.name, "added", made.id, made.pages, made.passages, None, time.monotonic() - started, made.not_read
    )
