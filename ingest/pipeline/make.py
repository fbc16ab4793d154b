"""Make a document of a file: read it and split it, embed its passages and store them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

import numpy as np

from ingest import priority
from ingest.document import Document, NotRead, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors
from ingest.embedding.embed import embed, in_groups
from ingest.pipeline.language import language_of
from ingest.pipeline.outcome import Progress
from ingest.reading.inside import Inside
from ingest.reading.read import read
from ingest.reading.split import Cut, passages_of
from ingest.settings import Settings
from ingest.store.files import WrittenFile
from ingest.store.library import Library

# Passages that are stored at a time. They are embedded in groups of about equal length.
BATCH = 64
# Seconds that a group waits for questions, at most: adding goes on, also where somebody always asks.
_LONGEST_WAIT = 2.0


class PassageStore(Protocol):
    """Stores passages and then finishes their document: the library, or a collection of it."""

    def store(self, passages: Sequence[Passage], vectors: Vectors) -> None: ...
    def finish(self, document: Document, first: Passage, vector: Vectors) -> None: ...


def cut_for(encoder: BiEncoder, settings: Settings) -> Cut:
    """How sections are cut into passages for this bi-encoder."""
    return Cut(encoder.tokenizer.to_str(), min(settings.passage_tokens, encoder.passage_limit))


def read_document(
    file: WrittenFile,
    name: str,
    encoder: BiEncoder,
    settings: Settings,
    progress: Callable[[Progress], None],
    inside: Inside | None = None,
) -> tuple[Document, list[Passage]]:
    """Read a file and split it for this bi-encoder: the document, added now, and its passages. Raises CannotRead.

    There are no passages where the file has only files inside. Where nobody takes these, they are named as not read.
    """
    progress(Progress("reading"))
    reading = read(
        file.path,
        name,
        settings,
        lambda done, total, ocr_pages: progress(Progress("reading", done, total, ocr_pages)),
        cut_for(encoder, settings),
        inside,
    )
    left = () if inside else tuple(NotRead(each.kind, each.name) for each in reading.files)
    passages = list(passages_of(reading.sections, file.hash))
    document = Document(
        id=file.hash,
        name=name,
        type=reading.type,
        pages=reading.pages,
        passages=len(passages),
        bytes=file.path.stat().st_size,
        added_at=datetime.now(UTC),
        ocr_pages=reading.ocr_pages,
        not_read=(*reading.not_read, *left),
        files=len(reading.files),
        dated=reading.dated,
        language=language_of([passage.text for passage in passages]),
    )
    return document, passages


def add_passages(
    document: Document,
    passages: Sequence[Passage],
    library: Library,
    encoder: BiEncoder,
    progress: Callable[[Progress], None] = lambda _: None,
    store: PassageStore | None = None,
) -> Document | None:
    """Embed the passages of a document, store them, and finish the document. Where this fails, no passage stays.

    They go into `store`. By default, this is the library. Returns the document where another process on the Chroma
    server has added it meanwhile, else None.
    """
    with library.adding(document.id, lambda: progress(Progress("embedding", 0, len(passages)))) as already:
        if already is None:
            library.prepare(encoder.name, encoder.distance)
            library.keep_places(document.id, passages)
            embed_into(store or library, document, passages, encoder, progress)
    return already


def embed_into(
    store: PassageStore,
    document: Document,
    passages: Sequence[Passage],
    encoder: BiEncoder,
    progress: Callable[[Progress], None],
) -> None:
    """Embed the passages of a document and store them, passage 0 with the document's metadata last."""
    total = len(passages)
    for start in range(1, total, BATCH):
        embedded, vectors = list[Passage](), list[Vectors]()
        for group in in_groups(passages[start : start + BATCH]):
            step = partial(progress, Progress("embedding", start - 1 + len(embedded), total))
            step()
            priority.questions.wait_until_idle(_LONGEST_WAIT, step)
            with priority.embedding.turn(total, step):
                vectors.append(embed(group, document.name, encoder))
            embedded += group
        step = partial(progress, Progress("embedding", start - 1 + len(embedded), total))
        with priority.embedding.turn(total, step):
            store.store(embedded, np.concatenate(vectors))
    step = partial(progress, Progress("embedding", total - 1, total))
    step()
    with priority.embedding.turn(total, step):
        first = embed(passages[:1], document.name, encoder)
        store.finish(document, passages[0], first[0])
