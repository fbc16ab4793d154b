"""Read a document's kept file again, so that it can be made anew with the name and the time that it had."""

from collections.abc import Callable
from dataclasses import replace

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder
from ingest.errors import CannotRead
from ingest.pipeline.add import hash_of, read_document
from ingest.pipeline.outcome import Progress
from ingest.store.files import WrittenFile
from ingest.store.home import Home

NO_FILE = "Its file is not in the library. Add the document again."
CHANGED_FILE = "Its file in the library is damaged. Add the document again."


def read_again(
    document: Document, home: Home, encoder: BiEncoder, progress: Callable[[Progress], None] = lambda _: None
) -> tuple[Document, list[Passage]]:
    """The document as its file makes it now, with its old name and time, and its passages.

    Raises CannotRead where the file is not there, has other bytes than it had, or cannot be read.
    """
    path = home.files.path(document.id)
    if path is None:
        raise CannotRead(NO_FILE)
    if hash_of(path) != document.id:
        raise CannotRead(CHANGED_FILE)
    file = WrittenFile(document.id, path)
    made, passages = read_document(file, document.name, encoder, home.settings, progress)
    return replace(made, added_at=document.added_at), passages
