"""The types of file that can be read, one row per type. To support another type, add a row."""

import re
from dataclasses import dataclass

# The first bytes of a PDF, a zip archive, an OLE file and a gzipped file.
PDF_MARK, ZIP, OLE, GZIP = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b"
# A zip archive without members begins otherwise. A tar file has its mark further on.
EMPTY_ZIP, TAR = b"PK\x05\x06", re.compile(rb".{257}ustar", re.DOTALL)

# A zip archive may say what it is in a part of its own, `mimetype`. That goes by this beginning among the names inside.
MEDIA_TYPE = "mimetype:"


@dataclass(frozen=True, slots=True)
class FileType:
    """One type of file.

    `name` is kept in the library; `label` is for people ("This Word document …"). `page_word` names what `Section.page`
    counts, or is None. `reader` is `module:function` and is imported when it is used. The content is recognised by
    `starts` (the first bytes), `head` (a pattern of the first bytes), `holds` (beginnings of names inside a zip archive
    or an OLE file) or `looks` (a pattern at the beginning of the text). A type without any of these is recognised by
    `suffixes`.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    reader: str
    page_word: str | None = None
    starts: tuple[bytes, ...] = ()
    head: re.Pattern[bytes] | None = None
    holds: tuple[str, ...] = ()
    looks: re.Pattern[str] | None = None

    @property
    def is_text(self) -> bool:
        """Whether files of this type are plain text, so that any text may be of this type."""
        return not self.starts and not self.holds and self.head is None


SHEET = "sheet"
ZIP_ARCHIVE = "ZIP archive"
_MARKUP_PROLOGUE = r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*"

# PNG, JPEG, GIF, BMP (with the size of its second head), WebP, and HEIC and AVIF by their main brands.
_PICTURE = re.compile(
    rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|BM.{12}[\x0c\x10\x28\x34\x38\x40\x6c\x7c]\0\0\0|RIFF.{4}WEBP"
    rb"|.{4}ftyp(?:hei[cxms]|mif1|avif|avis)",
    re.DOTALL,
)
# TIFF and BigTIFF, in both orders of bytes.
_TIFF = re.compile(rb"II[*+]\0|MM\0[*+]")

FILE_TYPES: tuple[FileType, ...] = (
    FileType("PDF", "PDF", (".pdf",), "ingest.reading.formats.pdf.reader:read", "page", starts=(PDF_MARK,)),
    FileType("Word", "Word document", (".docx", ".docm"), "ingest.reading.formats.docx:read", holds=("word/document",)),
    FileType(
        "PowerPoint",
        "PowerPoint presentation",
        (".pptx", ".pptm"),
        "ingest.reading.formats.slides:read",
        "slide",
        holds=("ppt/presentation",),
    ),
    # Before Excel, whose mark is the beginning of its mark.
    FileType(
        "Excel binary",
        "Excel workbook",
        (".xlsb",),
        "ingest.reading.formats.binary_sheets:read",
        SHEET,
        holds=("xl/workbook.bin",),
    ),
    FileType(
        "Excel",
        "Excel workbook",
        (".xlsx", ".xlsm"),
        "ingest.reading.formats.sheets:read",
        SHEET,
        holds=("xl/workbook",),
    ),
    FileType(
        "Excel 97",
        "Excel workbook",
        (".xls",),
        "ingest.reading.formats.old_sheets:read",
        SHEET,
        holds=("Workbook", "Book"),
    ),
    FileType(
        "Word 97", "Word document", (".doc", ".dot"), "ingest.reading.formats.old_word:read", holds=("WordDocument",)
    ),
    FileType(
        "PowerPoint 97",
        "PowerPoint presentation",
        (".ppt", ".pps", ".pot"),
        "ingest.reading.formats.old_slides:read",
        "slide",
        holds=("PowerPoint Document",),
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
        "OpenDocument sheet",
        "OpenDocument sheet",
        (".ods", ".ots"),
        "ingest.reading.formats.ods:read",
        SHEET,
        holds=(f"{MEDIA_TYPE}application/vnd.oasis.opendocument.spreadsheet",),
    ),
    FileType(
        "OpenDocument text",
        "OpenDocument text",
        (".odt", ".ott", ".fodt"),
        "ingest.reading.formats.opendocument.text:read",
        holds=(f"{MEDIA_TYPE}application/vnd.oasis.opendocument.text",),
        looks=re.compile(
            _MARKUP_PROLOGUE + r'<office:document\s[^>]*office:mimetype="application/vnd\.oasis\.opendocument\.text"',
            re.S,
        ),
    ),
    FileType(
        "OpenDocument presentation",
        "OpenDocument presentation",
        (".odp", ".otp"),
        "ingest.reading.formats.opendocument.slides:read",
        "slide",
        holds=(f"{MEDIA_TYPE}application/vnd.oasis.opendocument.presentation",),
    ),
    FileType("Rich text", "rich text", (".rtf",), "ingest.reading.formats.rtf:read", starts=(b"{\\rtf",)),
    FileType(
        "TIFF", "TIFF picture", (".tif", ".tiff"), "ingest.reading.formats.pictures:read_pages", "page", head=_TIFF
    ),
    FileType(
        "Picture",
        "picture",
        (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".bmp", ".webp", ".heic", ".heif", ".avif"),
        "ingest.reading.formats.pictures:read",
        head=_PICTURE,
    ),
    FileType(
        "SVG",
        "drawing",
        (".svg",),
        "ingest.reading.formats.svg:read",
        looks=re.compile(_MARKUP_PROLOGUE + r"(?:<!doctype[^>\[]*>\s*)?<svg\b", re.I | re.S),
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
        "Articles",
        "compressed file",
        (".jsonl.gz", ".tar.gz", ".tgz", ".gz"),
        "ingest.reading.formats.packed:read",
        starts=(GZIP,),
    ),
    FileType("JSON lines", "file of JSON lines", (".jsonl", ".ndjson"), "ingest.reading.formats.articles:read"),
    FileType("CSV", "table", (".csv",), "ingest.reading.formats.csv:read"),
    FileType("TSV", "table", (".tsv", ".tab"), "ingest.reading.formats.csv:read"),
    FileType("Markdown", "Markdown file", (".md", ".markdown"), "ingest.reading.formats.text:read_markdown"),
    # Archives come after what is one inside. They are no documents themselves: the files in them are.
    FileType(ZIP_ARCHIVE, ZIP_ARCHIVE, (".zip",), "ingest.reading.formats.archives:read_zip", starts=(ZIP, EMPTY_ZIP)),
    FileType(
        "tar",
        "tar archive",
        (".tar",),
        "ingest.reading.formats.archives:read_tar",
        head=TAR,
    ),
    FileType("Text", "text file", (".txt", ".text", ".log", ".rst"), "ingest.reading.formats.text:read"),
)
PLAIN_TEXT = FILE_TYPES[-1]

# Left out of the list of types for people. Most of these have another row with the same meaning.
_MINOR = frozenset(
    {
        "Excel 97",
        "Excel binary",
        "Word 97",
        "PowerPoint 97",
        "Outlook",
        "Articles",
        "JSON lines",
        "TSV",
        "Text",
        "TIFF",
        "SVG",
        "tar",
    }
)


def suffixes() -> list[str]:
    """The endings of the files that can be read, with their dots, for a file chooser."""
    return [suffix for kind in FILE_TYPES for suffix in kind.suffixes]


def file_type(name: str) -> FileType:
    """The row of this `FileType.name`, as `Document.type` keeps it; plain text for an unknown name."""
    return next((kind for kind in FILE_TYPES if kind.name == name), PLAIN_TEXT)


def without_suffix(name: str) -> str:
    """Remove the ending of a file's name where it is one of a readable type.

    >>> without_suffix("Staff handbook 2.1.docx"), without_suffix("St. Louis")
    ('Staff handbook 2.1', 'St. Louis')
    """
    lowered = name.lower()
    longest = max((suffix for suffix in suffixes() if lowered.endswith(suffix)), key=len, default="")
    return name[: len(name) - len(longest)] or name


def _is_word(kind: FileType) -> bool:
    return kind.label.lower().endswith(kind.name.lower()) and kind.label[-1].islower()


def readable_kinds() -> str:
    """The types that can be read, as a list for people: "PDF, Word, … and plain text"."""
    rows = (kind for kind in FILE_TYPES if kind.name not in _MINOR)
    # A name that is an ordinary word has no capital letter here: "e-mails", "Jupyter notebooks".
    names = (f"{kind.label}s" if _is_word(kind) else kind.name for kind in rows)
    return f"{', '.join(dict.fromkeys(names))} and plain text"
