"""Word documents as files (.docx): rich texts that are inserted into them are read as Word documents too."""

from pathlib import Path

from ingest.reading.contents import Contents
from ingest.reading.formats.rtf import as_word
from ingest.reading.formats.word import read as read_word


def read(path: Path) -> Contents:
    """Read the document's text, with that of the files inserted into it."""
    return read_word(path, as_word)
