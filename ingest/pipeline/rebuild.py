"""Make the store of a library anew: from the texts and vectors of the old store where it is sound, else from the files.

The new store is made beside the old one and takes its place at the end. Where this is interrupted, it goes on when it
is run again.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ingest.document import Document
from ingest.embedding.bi_encoder import BiEncoder, load_bi_encoder
from ingest.errors import CannotRead
from ingest.pipeline.make import embed_into
from ingest.pipeline.old_store import KeptText, OldStore
from ingest.pipeline.outcome import Outcome
from ingest.pipeline.read_again import read_again
from ingest.settings import Settings
from ingest.store import chroma
from ingest.store.collection import Collection
from ingest.store.durable import check_room
from ingest.store.examine import DATABASE_FILE, examine
from ingest.store.home import Home
from ingest.store.model_collections import make_current
from ingest.store.new_store import complete_switch, next_folder, switch
from ingest.store.opening import write_seen

_UNNAMED = "Unnamed"  # a file of a library that has lost its names too

Report = Callable[[Outcome], None]


def rebuild(settings: Settings, report: Report = lambda _: None) -> list[Outcome]:
    """Make the store in a library's folder anew. The old one is deleted only where every document is in the new one.

    Args:
        settings: The library, and the model that makes the vectors.
        report: Called with the outcome of each document, as soon as it is in the new store.

    Returns:
        An outcome for each document: "added", "unchanged" where an interrupted run had made it, or "failed".

    Raises:
        LibraryUnavailable: The folder is in use, or cannot be written to.
        ModelUnavailable: The bi-encoder cannot be loaded.
    """
    encoder = load_bi_encoder(settings)
    with Home(settings) as home:
        complete_switch(home.chroma)
        following = next_folder(home.chroma)
        _clear_damaged(following)
        with OldStore(home.chroma) as old, closing(chroma.open_folder(following)) as client:
            collection = make_current(client, encoder.name, encoder.distance)
            collection.sweep(collection.documents())
            work = _Rebuilding(home, old, collection, encoder)
            outcomes = []
            for document in work.documents():
                outcomes.append(work.outcome(document))
                report(outcomes[-1])
        switch(home.chroma, keep_old=any(outcome.status == "failed" for outcome in outcomes))
        write_seen(home, encoder.name)
    return outcomes


def _clear_damaged(following: Path) -> None:
    """Delete what an interrupted run left, where it cannot be gone on with."""
    if following.exists() and not ((following / DATABASE_FILE).is_file() and examine(following).sound):
        shutil.rmtree(following)


@dataclass(frozen=True, slots=True)
class _Rebuilding:
    """The old store, the new collection, and what is needed to fill it."""

    home: Home
    old: OldStore
    collection: Collection
    encoder: BiEncoder

    def documents(self) -> Iterator[Document]:
        """Every document that is to be in the new store; of a library that never said, what its files are."""
        known = {document.id: document for document in self.old.documents()}
        known |= {document.id: document for document in self.home.kept.documents()}
        yield from known.values()
        if self.home.facts.place is None:
            for file_hash in self.home.files.hashes():
                if file_hash not in known and not self.home.a_job_needs(file_hash):
                    name = f"{_UNNAMED} {file_hash[:8]}"
                    yield Document(file_hash, name, "", None, 0, 0, datetime.now(UTC))

    def outcome(self, document: Document) -> Outcome:
        """Put a document into the new collection."""
        started = time.monotonic()
        if self.collection.document(document.id):
            return Outcome(document.name, "unchanged", document.id, document.pages, document.passages, None, 0.0)
        try:
            made = self._made(document)
        except CannotRead as error:
            return Outcome(document.name, "failed", document.id, None, None, str(error), time.monotonic() - started)
        self.home.kept.write([made])
        seconds = time.monotonic() - started
        return Outcome(made.name, "added", made.id, made.pages, made.passages, None, seconds, made.not_read)

    def _made(self, document: Document) -> Document:
        """Make a document from the old store's texts, else from its file. Raises CannotRead where neither will do."""
        check_room(self.home.folder, self.home.settings.free_megabytes)
        kept = self.old.kept_text(document, self.encoder)
        if kept is not None:
            made = replace(document, passages=len(kept.passages))
            if kept.vectors is None:
                embed_into(self.collection, made, kept.passages, self.encoder, lambda _: None)
            else:
                _copy(kept, made, self.collection)
            return made
        made, passages = read_again(document, self.home, self.encoder)
        self.home.places.write(made.id, [passage.places for passage in passages])
        embed_into(self.collection, made, passages, self.encoder, lambda _: None)
        return made


def _copy(kept: KeptText, document: Document, collection: Collection) -> None:
    if kept.vectors is not None:
        collection.store(kept.passages[1:], kept.vectors[1:])
        collection.finish(document, kept.passages[0], kept.vectors[0])
