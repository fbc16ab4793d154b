"""The day that a file says that it is of: from its own metadata, never from its text. Runs in the child process.

Where a file tells both, the day of its last change counts, not the one on which it was begun.
"""

import email
import email.policy
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from ingest.reading.file_types import FileType

logger = logging.getLogger(__name__)

# Machines whose clock is not set say 1 January 1970 or 1980. Nothing that people call a file is older than the first.
_FIRST, _UNSET = date(1971, 1, 1), frozenset([date(1980, 1, 1), date(2000, 1, 1)])
_HEAD, _MOST = 1 << 16, 1 << 20  # bytes that are looked at of a text, and of a part of an archive

_ISO = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})")
_META = re.compile(r"<meta\b[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""\b(name|property|http-equiv|itemprop|content)\s*=\s*["']([^"']{0,200})["']""", re.IGNORECASE
)
_HTML_NAMES = (
    *("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"),
    *("article:published_time", "datepublished", "dcterms.date", "dc.date", "dcterms.created", "date", "pubdate"),
)
_FRONT_MATTER = re.compile(r"\A\ufeff?---\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)\s*(?:\r?\n|\Z)", re.DOTALL)
_FRONT_NAMES = ("updated", "lastmod", "last_modified", "modified", "date", "created")
_RTF = re.compile(rb"\\(revtim|creatim)\\yr(\d{1,4})\\mo(\d{1,2})\\dy(\d{1,2})")
_XMP = tuple(re.compile(rb"xmp:%s[>=\"']{1,2}([\dT:+Z-]{10,30})" % name) for name in (b"ModifyDate", b"CreateDate"))


def date_of(kind: FileType, path: Path) -> date | None:
    """The day that a file is of; None where it does not tell, or tells what cannot be.

    Args:
        kind: The type of the file.
        path: The file, which may be damaged or hostile.
    """
    reader = _READERS.get(kind.name)
    if reader is None:
        return None
    try:
        return next((day for said in reader(path) if (day := plausible(said))), None)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - a file with damaged metadata may be readable; the libraries raise anything
        logger.info("the date of a file could not be read")
        return None


def plausible(said: str | datetime | None) -> date | None:
    """The day that a date of metadata means; None where it is none, or one at which the file cannot have been made.

    >>> plausible("2024-03-05T10:00:00Z"), plausible("D:20240305101500+01'00'")
    (datetime.date(2024, 3, 5), datetime.date(2024, 3, 5))
    >>> plausible("0001-01-01"), plausible("2024-13-45"), plausible("next week")
    (None, None, None)
    """
    try:
        day = said.date() if isinstance(said, datetime) else _day(said or "")
    except ValueError:
        return None
    if day is None or day < _FIRST or day in _UNSET or day > date.today() + timedelta(days=1):
        return None
    return day


def _day(said: str) -> date | None:
    found = _ISO.match(said.strip().removeprefix("D:"))
    return date(*map(int, found.groups())) if found and found.group(0).isascii() else None


def _pdf(path: Path) -> Iterator[str]:
    import pypdfium2  # noqa: PLC0415 - only where it is needed

    with pypdfium2.PdfDocument(path) as document:
        yield document.get_metadata_value("ModDate")
        yield document.get_metadata_value("CreationDate")
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - _MOST, 0))
        end = file.read(_MOST)
    for pattern in _XMP:
        if found := pattern.search(end):
            yield found.group(1).decode()


def _of_part(part: str, *names: str) -> Callable[[Path], Iterator[str]]:
    """Read the texts of elements of these names, in this order, from a part of a zip archive."""

    def read(path: Path) -> Iterator[str]:
        with zipfile.ZipFile(path) as archive, archive.open(part) as file:
            text = file.read(_MOST)
        yield from _elements(text, names)

    return read


def _elements(text: bytes, names: tuple[str, ...]) -> Iterator[str]:
    from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped] # noqa: PLC0415

    found = {element.tag.rpartition("}")[2]: element.text or "" for element in fromstring(text).iter()}
    yield from (found[name] for name in names if name in found)


def _epub(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        package = next(name for name in archive.namelist() if name.endswith(".opf"))
        with archive.open(package) as file:
            yield from _elements(file.read(_MOST), ("date",))


def _old_office(path: Path) -> Iterator[datetime | None]:
    import olefile  # noqa: PLC0415 - only where it is needed

    with olefile.OleFileIO(str(path)) as file:
        found = file.get_metadata()
        yield found.last_saved_time
        yield found.create_time


def _outlook(path: Path) -> Iterator[datetime | None]:
    import olefile  # noqa: PLC0415 - only where it is needed

    with olefile.OleFileIO(str(path)) as file:
        properties = file.openstream("__properties_version1.0").read()[32:]
    for wanted in (0x00390040, 0x0E060040):  # sent, delivered; 8 bytes each of tag and of value, in 100 nanoseconds
        for start in range(0, len(properties) - 15, 16):
            if int.from_bytes(properties[start : start + 4], "little") == wanted:
                ticks = int.from_bytes(properties[start + 8 : start + 16], "little")
                yield datetime(1601, 1, 1) + timedelta(microseconds=min(ticks // 10, 10**17))


def _mail(path: Path) -> Iterator[datetime]:
    with path.open("rb") as file:
        head = email.message_from_bytes(file.read(_HEAD), _class=EmailMessage, policy=email.policy.compat32)
    yield parsedate_to_datetime(str(head["Date"]))


def _html(path: Path) -> Iterator[str]:
    told = dict[str, str]()
    for tag in _META.findall(_head(path)):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(tag)}
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        told.setdefault((name or attributes.get("http-equiv") or "").lower(), attributes.get("content", ""))
    yield from (told[name] for name in _HTML_NAMES if name in told)


def _front_matter(path: Path) -> Iterator[str]:
    found = _FRONT_MATTER.match(_head(path))
    lines = (line.partition(":") for line in found.group(1).splitlines()) if found else ()
    told = {name.strip().lower(): value.strip().strip("\"'") for name, _, value in lines}
    yield from (told[name] for name in _FRONT_NAMES if name in told)


def _rich_text(path: Path) -> Iterator[str]:
    with path.open("rb") as file:
        found = {name: numbers for name, *numbers in _RTF.findall(file.read(_HEAD))}
    for name in (b"revtim", b"creatim"):
        if name in found:
            yield "-".join(f"{int(number):0{4 if not place else 2}}" for place, number in enumerate(found[name]))


def _picture(path: Path) -> Iterator[str]:
    from PIL import Image  # noqa: PLC0415 - only where it is needed

    with Image.open(path) as picture:
        exif = picture.getexif() if picture.format == "TIFF" else Image.Exif()
        if own := picture.info.get("exif"):
            exif.load(own)  # `getexif` of a PNG would draw all of the picture
    taken = exif.get_ifd(0x8769).get(0x9003), exif.get(0x0132)
    yield from (str(said).replace(":", "-", 2) for said in taken if said)


def _head(path: Path) -> str:
    with path.open("rb") as file:
        return file.read(_HEAD).decode("utf-8", "replace")


_OFFICE = _of_part("docProps/core.xml", "modified", "created")
_OPEN_DOCUMENT = _of_part("meta.xml", "date", "creation-date")

_READERS: dict[str, Callable[[Path], Iterator[str] | Iterator[datetime] | Iterator[datetime | None]]] = {
    "PDF": _pdf,
    **dict.fromkeys(("Word", "PowerPoint", "Excel", "Excel binary"), _OFFICE),
    **dict.fromkeys(("Word 97", "PowerPoint 97", "Excel 97"), _old_office),
    **dict.fromkeys(("OpenDocument sheet", "OpenDocument text", "OpenDocument presentation"), _OPEN_DOCUMENT),
    **dict.fromkeys(("Picture", "TIFF"), _picture),
    "EPUB": _epub,
    "Outlook": _outlook,
    "E-mail": _mail,
    "HTML": _html,
    "Markdown": _front_matter,
    "Text": _front_matter,
    "Rich text": _rich_text,
}
