"""The files inside a PDF: those attached to the document, and those behind a paper clip on a page."""

import ctypes
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from typing import Any

import pypdfium2
from pypdfium2.raw import (
    FPDF_ANNOT_FILEATTACHMENT,
    FPDFAnnot_GetFileAttachment,
    FPDFAnnot_GetSubtype,
    FPDFAttachment_GetFile,
    FPDFAttachment_GetName,
    FPDFDoc_GetAttachment,
    FPDFDoc_GetAttachmentCount,
)

from ingest.document import NotRead
from ingest.reading.contents import Embedded
from ingest.reading.formats.pdf.annotations import annotations, wide_string

_KIND = "attachment"
# The list of a document with more is damaged.
_MOST_FILES = 1000

# PDFium's handle of an attached file. It is valid while the document is open.
Attachment = Any


class Attachments:
    """Collects the files inside a PDF, each of them once. Those of a page can be taken only while it is open."""

    def __init__(self) -> None:
        """Start without any file."""
        self._seen: set[tuple[str, bytes]] = set()
        self._files: list[Embedded | NotRead] = []

    def add_page(self, page: pypdfium2.PdfPage) -> None:
        """Take the files behind the paper clips of a page."""
        with annotations(page) as found:
            for one in found:
                if FPDFAnnot_GetSubtype(one) == FPDF_ANNOT_FILEATTACHMENT:
                    self._add(FPDFAnnot_GetFileAttachment(one))

    def of(self, document: pypdfium2.PdfDocument) -> Iterator[Embedded | NotRead]:
        """The files that are attached to the document, then those of its pages. An empty one is named as not read."""
        of_pages, self._files = self._files, []
        for index in range(min(FPDFDoc_GetAttachmentCount(document), _MOST_FILES)):
            self._add(FPDFDoc_GetAttachment(document, index))
        yield from self._files
        yield from of_pages

    def _add(self, attachment: Attachment) -> None:
        if not attachment or len(self._seen) >= _MOST_FILES:
            return
        name, data = wide_string(partial(FPDFAttachment_GetName, attachment)), _attached_bytes(attachment)
        key = name, sha256(data).digest()
        if key not in self._seen:
            self._seen.add(key)
            self._files.append(Embedded(name, data, _KIND) if data else NotRead(_KIND, name))


def _attached_bytes(attachment: Attachment) -> bytes:
    """The content of an attached file, unpacked; empty where the PDF has only its name."""
    size = ctypes.c_ulong()
    if not FPDFAttachment_GetFile(attachment, None, 0, size) or not size.value:
        return b""
    buffer = ctypes.create_string_buffer(size.value)
    if not FPDFAttachment_GetFile(attachment, buffer, size.value, size):
        return b""
    return buffer.raw
