"""Start the reader of a type of file."""

from importlib import import_module
from pathlib import Path

from ingest.reading.contents import Contents
from ingest.reading.file_types import FileType
from ingest.reading.unpacked import check_unpacked


def start_reader(kind: FileType, path: Path, megabytes: int) -> Contents:
    """The contents of a file of this type, which may unpack to so many megabytes.

    Raises:
        CannotRead: The file is refused or unpacks to more.
        Exception: Readers may raise anything else on a damaged file.
    """
    check_unpacked(path, kind.label, megabytes)
    module, _, function = kind.reader.partition(":")
    contents: Contents = getattr(import_module(module), function)(path)
    return contents
