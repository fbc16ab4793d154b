"""Change the bi-encoder: embed the library again from its stored text, while the old vectors stay in use."""

from collections.abc import Callable

from ingest.document import Document
from ingest.embedding.bi_encoder import BiEncoder, load_bi_encoder
from ingest.pipeline.make import embed_into
from ingest.pipeline.outcome import Progress
from ingest.settings import Settings
from ingest.store.collection import Collection
from ingest.store.library import Library


def update(library: Library, settings: Settings, progress: Callable[[Progress], None] = lambda _: None) -> None:
    """Embed every passage with the bi-encoder of the settings, then replace all old vectors at once.

    That of documents in the trash too, so that they can still be restored.

    Documents that an interrupted update has finished are not embedded again.

    Args:
        library: The open library.
        settings: Its bi-encoder makes the new vectors.
        progress: Called with each step. An exception from it is raised, and the old vectors stay.

    Raises:
        ModelUnavailable: The bi-encoder cannot be loaded.
        LibraryUnavailable: The library cannot be read or written.
    """
    encoder = load_bi_encoder(settings)
    if library.bi_encoder() in {None, encoder.name}:
        return
    collection = library.next_collection(encoder.name, encoder.distance)
    while not library.switch():
        documents = library.stored_documents()
        total = sum(document.passages for document in documents)
        there = {document.id for document in collection.documents()}
        done = sum(document.passages for document in documents if document.id in there)
        for document in documents:
            if document.id not in there:
                _embed(document, library, collection, encoder, _shifted(progress, done, total))
                done += document.passages


def _embed(
    document: Document,
    library: Library,
    collection: Collection,
    encoder: BiEncoder,
    progress: Callable[[Progress], None],
) -> None:
    passages = list(library.passages([document]))
    if len(passages) == document.passages:  # otherwise it was removed meanwhile
        embed_into(collection, document, passages, encoder, progress)


def _shifted(progress: Callable[[Progress], None], done: int, total: int) -> Callable[[Progress], None]:
    """Turn the progress within one document into the progress of all documents."""
    return lambda step: progress(Progress(step.stage, done + step.done, total))
