"""Read a document's kept file again, so that it can be made anew with the name and the time that it had."""

from collections.abc import Callable
from dataclasses import replace

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder
from ingest.errors import CannotRead
from ingest.pipeline.add import hash_of
from ingest.pipeline.make import read_document
from ingest.pipeline.outcome import Progress
from ingest.store.files import WrittenFile
from ingest.store.home import Home

NO_FILE = "Its file is not in the library. Add the document again."
CHANGED_FILE = "Its file in the library is damaged. Add the document again."


def read_again(
    document: Document, home: Home, encoder: BiEncoder, progress: Callable[[Progress], None] = lambda _: None
) -> tuple[Document, list[Passage]]:
    """The document as its file makes it now, with its old name and time, and its passages.

    Files inside it are not added: they have been, and may have been removed since. Where an earlier version had read
    them as part of the document, they are named as not read from now on, and come in when the file is added again.

    Raises CannotRead where the file is not there, has other bytes than it had, or cannot be read.
    """
    path = home.files.path(document.id)
    if path is None:
        raise CannotRead(NO_FILE)
    if hash_of(path) != document.id:
        raise CannotRead(CHANGED_FILE)
    file = WrittenFile(document.id, path)
    made, passages = read_document(file, document.name, encoder, home.settings, progress)
    made = replace(made, added_at=document.added_at, source=document.source)
    if document.files:
        made = replace(made, not_read=document.not_read, files=document.files)
    if not passages:
        names = ", ".join(each.name for each in made.not_read)
        passages = [Passage(document.id, 0, f"Files in this file: {names}")]
    return replace(made, passages=len(passages)), passages
