"""The types of file that are known and not read, and the sentences for people about files that cannot be read."""

import re
from dataclasses import dataclass

from ingest.reading.file_types import FILE_TYPES, MEDIA_TYPE, FileType, readable_kinds

EMPTY = "This file is empty."
OCR_FOUND_NOTHING = (
    "This PDF contains only pictures of pages, and no words could be recognised in them. Make a copy with searchable "
    "text (OCR) and add that."
)
EMPTY_PAGES = "The pages of this PDF are empty."
DAMAGED_PACKED = "This compressed file (.gz) is damaged and cannot be unpacked. Get a new copy and add that."
_BEFORE_97 = "This {kind} was saved by a {program} from before 1997. Save it in a newer format ({format}) and add that."
BEFORE_WORD_97 = _BEFORE_97.format(kind="document", program="Word", format=".docx")
BEFORE_POWERPOINT_97 = _BEFORE_97.format(kind="presentation", program="PowerPoint", format=".pptx")
_PROTECTED_BOOK = "This e-book has copy protection, so its text cannot be read. Add a copy without copy protection."
EMPTY_ARCHIVE = "This archive has no files in it."
PROTECTED_ARCHIVE = "This archive is protected with a password. Unpack it and add the files themselves."
NO_WORDS = "This picture has no words that could be recognised. If there are some in it, add a larger or sharper one."
_RAW = "This is a raw photograph of a camera. Save it as a JPEG picture and add that."
_IMAGE = "This is a picture of a kind that is not read. Save it as a PNG or JPEG picture and add that."
ARCHIVE = "This is an archive with other files inside. Unpack it and add the files themselves."


@dataclass(frozen=True, slots=True)
class RefusedType:
    """A known type of file that is not read, with a sentence that says what to do instead.

    It is recognised as a `FileType` is. Where it has `suffixes`, the name must have one of these, too.
    """

    sentence: str
    starts: tuple[bytes, ...] = ()
    head: re.Pattern[bytes] | None = None
    holds: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()


REFUSED_TYPES: tuple[RefusedType, ...] = (
    RefusedType(
        "This document is protected with a password. Save a copy without the password and add that.",
        holds=("EncryptedPackage",),
    ),
    RefusedType(_PROTECTED_BOOK, holds=("META-INF/rights.xml", "META-INF/sinf.xml", "META-INF/license.lcpl")),
    RefusedType(
        "This is an OpenDocument file of a kind that is not read. Save it as PDF and add that.",
        holds=tuple(
            f"{MEDIA_TYPE}application/vnd.oasis.opendocument.{kind}"
            for kind in ("graphics", "formula", "database", "base", "chart", "image")
        ),
    ),
    RefusedType(
        "This is a Pages, Numbers or Keynote file. Export it as PDF and add that.",
        holds=("Index/Document.iwa", "Index.zip"),
    ),
    RefusedType(_RAW, head=re.compile(rb"II\*\0.{4}CR|.{4}ftypcrx|FUJIFILMCCD-RAW|IIU\0|IIR[OS]|FOVb", re.DOTALL)),
    RefusedType(_RAW, head=re.compile(rb"II\*\0|MM\0\*"), suffixes=(".dng", ".nef", ".arw", ".sr2", ".pef", ".3fr")),
    # JPEG 2000, JPEG XL, Photoshop, GIMP, DjVu, Windows metafiles.
    RefusedType(
        _IMAGE,
        head=re.compile(
            rb"\0\0\0\x0c(?:jP  |JXL )\r\n|\xff\x4f\xff\x51|\xff\x0a.{2}|8BPS\0|gimp xcf |AT&TFORM|\xd7\xcd\xc6\x9a"
            rb"|\x01\0\0\0.{36} EMF",
            re.DOTALL,
        ),
    ),
    RefusedType(ARCHIVE, starts=(b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ")),
)


def damaged(kind: FileType) -> str:
    """The sentence for a file of this type with damaged content."""
    return f"This {kind.label} is damaged and cannot be read. Open it in its own program, save a new copy and add that."


def too_deep(kind: FileType) -> str:
    """The sentence for a file whose parts are nested over thousands of levels."""
    return f"This {kind.label} is nested too deeply to be read. Save it with fewer levels and add that."


def protected(kind: FileType) -> str:
    """The sentence for a file of this type that is protected with a password."""
    return f"This {kind.label} is protected with a password. Save a copy without the password and add that."


def no_text(kind: FileType) -> str:
    """The sentence for an intact file of this type without text."""
    return f"This {kind.label} contains no text."


def not_supported() -> str:
    """The sentence for a file of unknown type. It lists the types that can be read."""
    return f"Pinpoint cannot read this kind of file. It reads {readable_kinds()}."


def refused_for_good(sentence: str) -> bool:
    """Whether the refusal is about the file itself, so that trying the same file again cannot succeed.

    A refusal for a limit, for time or for a full disk is not: these may change.

    >>> refused_for_good("This file is empty."), refused_for_good("The disk is almost full.")
    (True, False)
    """
    about_kinds = {said(kind) for kind in FILE_TYPES for said in (damaged, too_deep, protected, no_text)}
    about_refused = {kind.sentence for kind in REFUSED_TYPES}
    return sentence in about_kinds | about_refused | {
        EMPTY,
        EMPTY_PAGES,
        OCR_FOUND_NOTHING,
        DAMAGED_PACKED,
        EMPTY_ARCHIVE,
        PROTECTED_ARCHIVE,
        NO_WORDS,
        BEFORE_WORD_97,
        BEFORE_POWERPOINT_97,
        not_supported(),
    }
