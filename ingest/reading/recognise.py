"""Recognise the type of a file. Its content decides first, its name second, so a wrong ending does no harm."""

import zipfile
import zlib
from pathlib import Path

from ingest.errors import CannotRead
from ingest.reading.decode import beginning, is_binary, is_text, is_wide
from ingest.reading.file_types import (
    FILE_TYPES,
    MEDIA_TYPE,
    OLE,
    PDF_MARK,
    PLAIN_TEXT,
    ZIP,
    ZIP_ARCHIVE,
    FileType,
    file_type,
)
from ingest.reading.refusals import EMPTY, REFUSED_TYPES, RefusedType, damaged, not_supported

HEAD_BYTES = 65_536
_MEDIA_PART, _LONGEST_MEDIA_TYPE = "mimetype", 200
# PDF readers allow other bytes before the mark, within the first kilobyte (ISO 32000-2, annex I).
_PDF_MARK_WITHIN = 1024
# The pieces of a file that are looked at beyond its beginning.
_PIECES, _PIECE_BYTES = 16, 8192
# Text under the name of another type has at least so many different bytes.
_FEWEST_BYTES = 4
# Bytes within a PDF, a zip archive or a rich text that has lost its beginning. The rest of it may look like text.
_INNER_MARKS = (b"endobj", b"startxref", ZIP, b"PK\x01\x02", rb"\pard", rb"{\*")
# Parts by which programs know their own files. A zip archive with one of these at its top is no folder of documents.
_PARTS_OF_PROGRAMS = ("[Content_Types].xml", "META-INF/MANIFEST.MF", "META-INF/manifest.xml", MEDIA_TYPE)


def file_type_of(path: Path, name: str) -> FileType:
    """Recognise the type of a file, by its content first and its name second.

    Raises:
        CannotRead: The file is empty, damaged beyond recognition or of a type that is not read.
        OSError: The file cannot be opened.
    """
    head, named = head_of(path), _by_name(name)
    inside = _names_inside(path, head, named)
    known = _binary_type(head, inside, name)
    if known is not None:
        return known
    if not _stays_text(path, head):
        raise CannotRead(not_supported())
    return _text_type(head, named)


def head_of(path: Path) -> bytes:
    """The first bytes of a file. Raises CannotRead where they say nothing, OSError where it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise CannotRead(EMPTY)
    return head


def check_first_bytes(path: Path, name: str) -> None:
    """Raise CannotRead where the first bytes of a file tell that it cannot be read, as `file_type_of` will find.

    They are only compared, no parser sees them, so that the app may do this itself.
    Raises OSError where the file cannot be opened.
    """
    head = head_of(path)
    if not head.startswith((ZIP, OLE)):  # what such a file is, only the names inside it tell
        _binary_type(head, (), name)


def _binary_type(head: bytes, inside: tuple[str, ...], name: str) -> FileType | None:
    """The type of a file by its first bytes and the names inside it; None for text. Raises CannotRead."""
    named = _by_name(name)
    refused = next((kind for kind in REFUSED_TYPES if _fits(kind, head, inside) and _is_named(kind, name)), None)
    known = next((kind for kind in FILE_TYPES if _fits(kind, head, inside)), None)
    # A protected workbook also looks like a workbook, and a document also looks like an archive. The names inside
    # are more exact than the first bytes.
    if refused is not None and (refused.holds or refused.head or known is None):
        raise CannotRead(refused.sentence)
    if known is not None:
        return _archive_or(known, inside, named) if head.startswith(ZIP) else known
    if named is not None and named.name == "PDF" and PDF_MARK in head[:_PDF_MARK_WITHIN]:
        return named
    if named is not None and not named.is_text and any(mark in head for mark in _INNER_MARKS):
        raise CannotRead(damaged(named))
    if named is not None and not named.is_text and len(set(head)) < _FEWEST_BYTES:
        raise CannotRead(damaged(named))  # one colour of a picture that has lost its beginning
    if is_text(head):
        return None
    # After a power failure, a text file may contain zeros.
    if named is not None and (not named.is_text or is_text(head.replace(b"\0", b""))):
        raise CannotRead(damaged(named))
    raise CannotRead(not_supported())


def _by_name(name: str) -> FileType | None:
    lowered = name.lower()
    return next((kind for kind in FILE_TYPES if lowered.endswith(kind.suffixes)), None)


def _fits(kind: FileType | RefusedType, head: bytes, inside: tuple[str, ...]) -> bool:
    if kind.head is not None and kind.head.match(head):
        return True
    return head.lstrip().startswith(kind.starts) or any(name.startswith(kind.holds) for name in inside if kind.holds)


def _archive_or(known: FileType, inside: tuple[str, ...], named: FileType | None) -> FileType:
    """What a zip archive is: a document of a program, or an archive of documents, whatever these are called.

    Raises CannotRead for the file of another program.
    """
    is_of_program = any(name.startswith(_PARTS_OF_PROGRAMS) for name in inside)
    is_archive = known.name == ZIP_ARCHIVE
    if is_archive and is_of_program:
        raise CannotRead(not_supported() if named is None or named is known else damaged(named))
    if not is_archive and not is_of_program and named is not None and named.name == ZIP_ARCHIVE:
        return named
    return known


def _is_named(kind: RefusedType, name: str) -> bool:
    return not kind.suffixes or name.lower().endswith(kind.suffixes)


def _stays_text(path: Path, head: bytes) -> bool:
    """Whether a file that begins as text is text further on, too, and not a program or a dump of memory."""
    if is_wide(head):
        return True
    size = path.stat().st_size
    with path.open("rb") as file:
        for part in range(1, _PIECES + 1):
            file.seek(max(0, size - _PIECE_BYTES) * part // _PIECES)
            if is_binary(file.read(_PIECE_BYTES)):
                return False
    return True


def _text_type(head: bytes, named: FileType | None) -> FileType:
    text = beginning(head)
    for kind in FILE_TYPES:
        if kind.looks is not None and kind.looks.search(text):
            return kind
    return named if named is not None and named.is_text else PLAIN_TEXT


def _names_inside(path: Path, head: bytes, named: FileType | None) -> tuple[str, ...]:
    """The names inside a zip archive, with what it says it is, or inside an OLE file; empty for other files."""
    if head.startswith(ZIP):
        try:
            with zipfile.ZipFile(path) as archive:
                names = archive.namelist()
                return (*names, *_media_type(archive, names))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError) as error:
            raise CannotRead(damaged(named) if named else damaged(file_type(ZIP_ARCHIVE))) from error
    if head.startswith(OLE):
        import olefile  # noqa: PLC0415 - only for the few files that need it

        try:
            with olefile.OleFileIO(str(path)) as container:
                return tuple("/".join(entry) for entry in container.listdir())
        except (OSError, ValueError, IndexError, TypeError) as error:
            raise CannotRead(damaged(named) if named else not_supported()) from error
    return ()


def _media_type(archive: zipfile.ZipFile, names: list[str]) -> tuple[str, ...]:
    """What an archive says it is in a short part of its own, as OpenDocument files do."""
    if _MEDIA_PART not in names:
        return ()
    with archive.open(_MEDIA_PART) as part:
        return (MEDIA_TYPE + part.read(_LONGEST_MEDIA_TYPE).decode("ascii", "replace").strip(),)
