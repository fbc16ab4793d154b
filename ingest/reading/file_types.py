"""The types of file that can be read, a row each, and how to tell which type a file is.

The content decides first and the name second, so a wrong ending is noticed. To support another type, add a row.
"""

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ingest.document import Document, Passage
from ingest.errors import CannotRead
from ingest.reading.decode import beginning, is_text

HEAD_BYTES = 65_536
# PDF readers allow other bytes before the mark, within the first kilobyte (ISO 32000-2, annex I).
PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
ZIP, OLE, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"
# What stands within a PDF or a zip archive whose first bytes are lost; the rest of it may well be letters.
_INNARDS = (b"endobj", b"startxref", ZIP, b"PK\x01\x02")


@dataclass(frozen=True, slots=True)
class FileType:
    """One kind of file.

    `name` is what the library remembers, `label` what the page and the sentences say ("This Word document …").
    `page_word` is what `Section.page` counts, or None. `reader` is `module:function`, imported when it is used.
    What makes its content known: `starts` (first bytes), `holds` (beginnings of the names inside a zip archive or
    an OLE file) or `looks` (a pattern that its text begins with). A kind with none of them goes by `suffixes`.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    reader: str
    page_word: str | None = None
    starts: tuple[bytes, ...] = ()
    holds: tuple[str, ...] = ()
    looks: re.Pattern[str] | None = None

    @property
    def is_text(self) -> bool:
        """Whether the file is text as it stands, so that any text may be taken for this kind."""
        return not self.starts and not self.holds


@dataclass(frozen=True, slots=True)
class RefusedType:
    """A kind of file that is known and not read, with the sentence that says what to do about it."""

    sentence: str
    starts: tuple[bytes, ...] = ()
    holds: tuple[str, ...] = ()


_SHEET = "sheet"
_MARKUP_PROLOGUE = r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"

FILE_TYPES: tuple[FileType, ...] = (
    FileType("PDF", "PDF", (".pdf",), "ingest.reading.formats.pdf.reader:read", "page", starts=(PDF_MARK,)),
    FileType("Word", "Word document", (".docx", ".docm"), "ingest.reading.formats.word:read", holds=("word/document",)),
    FileType(
        "PowerPoint",
        "PowerPoint presentation",
        (".pptx", ".pptm"),
        "ingest.reading.formats.slides:read",
        "slide",
        holds=("ppt/presentation",),
    ),
    FileType(
        "Excel",
        "Excel workbook",
        (".xlsx", ".xlsm"),
        "ingest.reading.formats.sheets:read_xlsx",
        _SHEET,
        holds=("xl/workbook",),
    ),
    FileType(
        "Excel 97",
        "Excel workbook",
        (".xls",),
        "ingest.reading.formats.sheets:read_xls",
        _SHEET,
        holds=("Workbook", "Book"),
    ),
    FileType("EPUB", "e-book", (".epub",), "ingest.reading.formats.epub:read", holds=("META-INF/container.xml",)),
    FileType("Outlook", "e-mail", (".msg",), "ingest.reading.formats.outlook:read", holds=("__properties_version1.0",)),
    FileType(
        "E-mail",
        "e-mail",
        (".eml",),
        "ingest.reading.formats.mail:read",
        looks=re.compile(r"\A(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|DKIM-Signature):\s", re.I),
    ),
    FileType(
        "HTML",
        "web page",
        (".html", ".htm", ".xhtml"),
        "ingest.reading.formats.html:read",
        looks=re.compile(_MARKUP_PROLOGUE + r"<(?:!doctype\s+html|html)\b", re.I | re.S),
    ),
    FileType(
        "RSS",
        "feed",
        (".rss", ".atom"),
        "ingest.reading.formats.feed:read",
        looks=re.compile(_MARKUP_PROLOGUE + r"<(?:rss|feed)\b", re.S),
    ),
    FileType("XML", "XML file", (".xml",), "ingest.reading.formats.xml:read", looks=re.compile(r"\A\s*<\?xml\s")),
    FileType(
        "Notebook",
        "Jupyter notebook",
        (".ipynb",),
        "ingest.reading.formats.notebook:read",
        looks=re.compile(r'\A\s*\{\s*"cells"\s*:\s*\['),
    ),
    FileType("JSON", "JSON file", (".json",), "ingest.reading.formats.json:read"),
    FileType(
        "Articles", "file of articles", (".jsonl.gz",), "ingest.reading.formats.articles:read_packed", starts=(GZIP,)
    ),
    FileType("JSON lines", "file of JSON lines", (".jsonl", ".ndjson"), "ingest.reading.formats.articles:read"),
    FileType("CSV", "table", (".csv",), "ingest.reading.formats.csv:read"),
    FileType("TSV", "table", (".tsv", ".tab"), "ingest.reading.formats.csv:read"),
    FileType("Markdown", "Markdown file", (".md", ".markdown"), "ingest.reading.formats.text:read_markdown"),
    FileType("Text", "text file", (".txt", ".text", ".log", ".rst"), "ingest.reading.formats.text:read"),
)
PLAIN_TEXT = FILE_TYPES[-1]

# Not worth a word where the kinds are listed to a person: most have another row that says as much.
_MINOR = frozenset({"Excel 97", "Outlook", "Articles", "JSON lines", "TSV", "Text"})

EMPTY = "This file is empty."
OCR_FOUND_NOTHING = (
    "This PDF contains only pictures of pages, and no words could be recognised in them. Make a copy with searchable "
    "text (OCR) and add that."
)
NOT_ARTICLES = "This is a compressed file (.gz) without articles in it. Unpack it and add what is inside."
_PROTECTED_BOOK = "This e-book has copy protection, so its text cannot be read. Add a copy without copy protection."
_IMAGE = "This is a picture. Save it as a PDF and add that."
_ARCHIVE = "This is an archive with other files inside. Unpack it and add the files themselves."

REFUSED_TYPES: tuple[RefusedType, ...] = (
    RefusedType(
        "This document is protected with a password. Save a copy without the password and add that.",
        holds=("EncryptedPackage",),
    ),
    RefusedType("This is an older Word file (.doc). Save it as .docx and add that.", holds=("WordDocument",)),
    RefusedType(
        "This is an older PowerPoint file (.ppt). Save it as .pptx and add that.", holds=("PowerPoint Document",)
    ),
    RefusedType("This is a binary Excel workbook (.xlsb). Save it as .xlsx and add that.", holds=("xl/workbook.bin",)),
    RefusedType(_PROTECTED_BOOK, holds=("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")),
    RefusedType(
        "This is an OpenDocument file. Save it as .docx, .xlsx, .pptx or PDF and add that.", holds=("content.xml",)
    ),
    RefusedType(
        "This is a Pages, Numbers or Keynote file. Export it as PDF and add that.",
        holds=("Index/Document.iwa", "Index.zip"),
    ),
    RefusedType("This is a rich text file (.rtf). Save it as .docx and add that.", starts=(b"{\\rtf",)),
    RefusedType(_IMAGE, starts=(b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")),
    RefusedType(_ARCHIVE, starts=(ZIP, b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")),
)


def suffixes() -> list[str]:
    """The endings of the files that can be read, with their dots, for a person choosing files."""
    return [suffix for kind in FILE_TYPES for suffix in kind.suffixes]


def file_type(name: str) -> FileType:
    """The row of this `FileType.name`, as `Document.type` keeps it; plain text for an unknown name."""
    return next((kind for kind in FILE_TYPES if kind.name == name), PLAIN_TEXT)


def page_label(document: Document, passage: Passage) -> str:
    """The page, slide or sheet that a passage is on, in words; empty where its document has none.

    A sheet is known by its name, which is the heading of what is on it, and by its number where it has none.

    >>> from datetime import UTC, datetime
    >>> manual, prices = (
    ...     Document("0" * 64, "file", name, 3, 9, 1000, datetime.now(UTC)) for name in ("PDF", "Excel")
    ... )
    >>> passage = Passage("0" * 64, 0, "The Otter costs 60.", 3, "Prices")
    >>> page_label(manual, passage), page_label(prices, passage)
    ('page 3', 'sheet Prices')
    """
    if passage.page is None:
        return ""
    word = file_type(document.type).page_word or "page"
    name = passage.heading if word == _SHEET and passage.heading else passage.page
    return f"{word} {name}"


def pages_label(document: Document) -> str:
    """How many pages, slides or sheets a document has, in words; empty where its type has none."""
    word = file_type(document.type).page_word
    if word is None or document.pages is None:
        return ""
    return f"{document.pages:,} {word}{'' if document.pages == 1 else 's'}"


def place_of(document: Document, passage: Passage) -> tuple[str, ...]:
    """Where a passage is in its document, in words, from the outside in: ("page 3", "Warranty")."""
    label, heading = page_label(document, passage), passage.heading
    is_said = heading is not None and label == f"{_SHEET} {heading}"
    return tuple(part for part in (label, None if is_said else heading) if part)


def without_suffix(name: str) -> str:
    """A file's name without its ending, where that is one that can be read.

    >>> without_suffix("Staff handbook 2.1.docx"), without_suffix("St. Louis")
    ('Staff handbook 2.1', 'St. Louis')
    """
    lowered = name.lower()
    longest = max((suffix for suffix in suffixes() if lowered.endswith(suffix)), key=len, default="")
    return name[: len(name) - len(longest)] or name


def file_type_of(path: Path, name: str) -> FileType:
    """Which kind of file this is, by its content first and its name second.

    Raises CannotRead where it is empty, damaged beyond recognition or of a kind that is not read; OSError where
    it cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if not head.strip():
        raise CannotRead(EMPTY)
    named = _by_name(name)
    inside = _names_inside(path, head, named)
    refused = next(
        (kind for kind in REFUSED_TYPES if _fits(kind, head, inside) and not _is_only_text(kind, head)), None
    )
    known = next((kind for kind in FILE_TYPES if _fits(kind, head, inside)), None)
    # A protected or binary workbook also looks like a workbook, and a document also looks like an archive: the
    # names inside say more than the first bytes do.
    if refused is not None and (refused.holds or known is None):
        raise CannotRead(refused.sentence)
    if known is not None:
        return known
    if named is not None and named.name == "PDF" and PDF_MARK in head[:PDF_MARK_WITHIN]:
        return named
    if named is not None and not named.is_text and any(mark in head for mark in _INNARDS):
        raise CannotRead(damaged(named))
    if is_text(head):
        return _text_type(head, named)
    # Zeros in a text are what a power cut leaves of it.
    if named is not None and (not named.is_text or is_text(head.replace(b"\0", b""))):
        raise CannotRead(damaged(named))
    raise CannotRead(not_supported())


def damaged(kind: FileType) -> str:
    """The sentence for a file of this kind whose content is not what it should be."""
    return f"This {kind.label} is damaged and cannot be read. Open it in its own program, save a new copy and add that."


def too_deep(kind: FileType) -> str:
    """The sentence for a file whose parts lie within each other over thousands of levels."""
    return f"This {kind.label} is nested too deeply to be read. Save it with fewer levels and add that."


def protected(kind: FileType) -> str:
    """The sentence for a file of this kind that opens only with a password."""
    return f"This {kind.label} is protected with a password. Save a copy without the password and add that."


def no_text(kind: FileType) -> str:
    """The sentence for a sound file of this kind in which nothing is written."""
    return f"This {kind.label} contains no text."


def readable_kinds() -> str:
    """The kinds that can be read, in a row, for a person: "PDF, Word, … and plain text"."""
    rows = (kind for kind in FILE_TYPES if kind.name not in _MINOR)
    # A name that is an ordinary word is not written with a capital letter here: "e-mail", "Jupyter notebook".
    names = (kind.label if kind.label.lower().endswith(kind.name.lower()) else kind.name for kind in rows)
    return f"{', '.join(dict.fromkeys(names))} and plain text"


def not_supported() -> str:
    """The sentence for a file of no known kind; it names the kinds that are."""
    return f"Pinpoint cannot read this kind of file. It reads {readable_kinds()}."


def refused_for_good(sentence: str) -> bool:
    """Whether this refusal is about what the file is, so that trying the same file again cannot end otherwise.

    A limit may be raised, a busy machine have time, a full disk room: those refusals are not for good.

    >>> refused_for_good("This file is empty."), refused_for_good("The disk is almost full.")
    (True, False)
    """
    about_kinds = {said(kind) for kind in FILE_TYPES for said in (damaged, too_deep, protected, no_text)}
    about_refused = {kind.sentence for kind in REFUSED_TYPES}
    return sentence in about_kinds | about_refused | {EMPTY, OCR_FOUND_NOTHING, NOT_ARTICLES, not_supported()}


def _by_name(name: str) -> FileType | None:
    lowered = name.lower()
    return next((kind for kind in FILE_TYPES if lowered.endswith(kind.suffixes)), None)


def _fits(kind: FileType | RefusedType, head: bytes, inside: tuple[str, ...]) -> bool:
    return head.lstrip().startswith(kind.starts) or any(name.startswith(kind.holds) for name in inside if kind.holds)


def _is_only_text(kind: RefusedType, head: bytes) -> bool:
    """Whether short first bytes, such as BM, are merely the first letters of a text."""
    return any(len(start) < 4 and start.isascii() for start in kind.starts) and is_text(head)


def _text_type(head: bytes, named: FileType | None) -> FileType:
    text = beginning(head)
    for kind in FILE_TYPES:
        if kind.looks is not None and kind.looks.search(text):
            return kind
    return named if named is not None and named.is_text else PLAIN_TEXT


def _names_inside(path: Path, head: bytes, named: FileType | None) -> tuple[str, ...]:
    """The names of what a zip archive or an OLE file holds; nothing for other files."""
    if head.startswith(ZIP):
        try:
            with zipfile.ZipFile(path) as archive:
                return tuple(archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
            raise CannotRead(damaged(named) if named else _ARCHIVE) from error
    if head.startswith(OLE):
        import olefile  # noqa: PLC0415 - only for the few files that need it

        try:
            with olefile.OleFileIO(str(path)) as container:
                return tuple("/".join(entry) for entry in container.listdir())
        except (OSError, ValueError, IndexError, TypeError) as error:
            raise CannotRead(damaged(named) if named else not_supported()) from error
    return ()
