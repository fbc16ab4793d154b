"""Archives: ZIP and tar files, and a file that is compressed alone. They have no text; the files in them go on.

What nobody sees in a folder is left out in silence: folders themselves, hidden files, what systems put beside files.
"""

import gzip
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, cast

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.contents import MOST_FILES, Contents, Embedded
from ingest.reading.refusals import EMPTY_ARCHIVE, PROTECTED_ARCHIVE

_KIND = "file"
_PIECE = 1 << 19
_ENCRYPTED, _UTF_8 = 0x1, 0x800  # the bits of a member's flags (PKWARE's APPNOTE, 4.4.4)
_OF_SYSTEMS = {"__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"}

_TOO_MANY = (
    "This archive has {number:,} files in it, and the limit is {limit:,}. Unpack it and add the files as a folder."
)


def read_zip(path: Path) -> Contents:
    """Hand over the files in a ZIP file. Raises CannotRead where there are none, too many, or all need a password."""
    return Contents(_zipped(path))


def read_tar(path: Path) -> Contents:
    """Hand over the files in a tar file, compressed or not. Raises CannotRead where there are none or too many."""
    return Contents(_tarred(path))


def read_single(path: Path) -> Contents:
    """Hand over the file that is compressed alone, without a name: it is called as the packed file is."""
    return Contents([Embedded("", partial(_pieces, partial(_unpacked, path)), _KIND)])


def _unpacked(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path))


def _zipped(path: Path) -> Iterator[Embedded | NotRead]:
    with zipfile.ZipFile(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir() and _is_seen(_zip_name(member))]
        _check_number(members)
        readable = [member for member in members if not (_is_protected(member) or _is_link(member))]
        if not readable:
            raise CannotRead(PROTECTED_ARCHIVE if any(map(_is_protected, members)) else EMPTY_ARCHIVE)
        yield from (NotRead(_KIND, _zip_name(member)) for member in members if member not in readable)
        for member in readable:
            yield Embedded(_zip_name(member), partial(_pieces, partial(archive.open, member)), _KIND)


def _is_protected(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & _ENCRYPTED)


def _is_link(member: zipfile.ZipInfo) -> bool:
    return stat.S_ISLNK(member.external_attr >> 16)


def _zip_name(member: zipfile.ZipInfo) -> str:
    """The name of a member. Without the mark for UTF-8, it may be in UTF-8 all the same, as macOS writes it."""
    if member.flag_bits & _UTF_8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode()
    except UnicodeError:
        return member.filename


def _tarred(path: Path) -> Iterator[Embedded | NotRead]:
    with tarfile.open(path) as archive:
        members = [member for member in archive if not member.isdir() and _is_seen(member.name)]
        readable = [member for member in members if member.isreg()]
        _check_number(readable)
        yield from (NotRead(_KIND, member.name) for member in members if not member.isreg())
        for member in readable:
            yield Embedded(member.name, partial(_pieces, partial(_opened, archive, member)), _KIND)


def _opened(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    opened = archive.extractfile(member)
    if opened is None:
        raise ValueError("This member has no content.")
    return opened


def _pieces(start: Callable[[], IO[bytes]]) -> Iterator[bytes]:
    with start() as file:
        while piece := file.read(_PIECE):
            yield piece


def _is_seen(name: str) -> bool:
    """Whether a person who unpacks the archive sees this file in its folder."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any(part.startswith(".") and part not in {".", ".."} for part in parts)
    return not hidden and _OF_SYSTEMS.isdisjoint(part.lower() for part in parts)


def _check_number(members: Sequence[object]) -> None:
    if not members:
        raise CannotRead(EMPTY_ARCHIVE)
    if len(members) > MOST_FILES:
        raise CannotRead(_TOO_MANY.format(number=len(members), limit=MOST_FILES))
