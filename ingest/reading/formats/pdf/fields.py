"""The fields of a form on a PDF page: what was typed, chosen or ticked, and where."""

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pypdfium2
from pypdfium2.raw import (
    FPDF_ANNOT_WIDGET,
    FPDF_FORMFIELD_CHECKBOX,
    FPDF_FORMFIELD_COMBOBOX,
    FPDF_FORMFIELD_LISTBOX,
    FPDF_FORMFIELD_RADIOBUTTON,
    FPDF_FORMFIELD_TEXTFIELD,
    FPDF_FORMFLAG_TEXT_PASSWORD,
    FPDFAnnot_GetFontSize,
    FPDFAnnot_GetFormFieldAlternateName,
    FPDFAnnot_GetFormFieldExportValue,
    FPDFAnnot_GetFormFieldFlags,
    FPDFAnnot_GetFormFieldType,
    FPDFAnnot_GetFormFieldValue,
    FPDFAnnot_GetOptionCount,
    FPDFAnnot_GetOptionLabel,
    FPDFAnnot_GetSubtype,
    FPDFAnnot_IsChecked,
    FPDFAnnot_IsOptionSelected,
)

from ingest.reading.formats.layout.line import HYPHEN_MARKS
from ingest.reading.formats.pdf.annotations import Annotation, annotation_box, annotations, wide_string
from ingest.reading.placed import Box, wholly

_CHOICES = (FPDF_FORMFIELD_COMBOBOX, FPDF_FORMFIELD_LISTBOX)
_BUTTONS = (FPDF_FORMFIELD_CHECKBOX, FPDF_FORMFIELD_RADIOBUTTON)
_MOST_OPTIONS = 2000
_LINE_END = re.compile(r"\s*[\r\n]+\s*")
_LETTER = re.compile(r"\w")
# In points: the text of a field that does not say its size.
_USUAL_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Field:
    """A field as a person sees it.

    `value` is what was typed or chosen, on one line, empty where nothing was. `ticked` is None where it is no check box
    or radio button. `tip` is the text that a viewer shows over the field. `size` is the height of its text.
    """

    value: str
    ticked: bool | None
    tip: str
    box: Box
    size: float = _USUAL_SIZE


def fields(page: pypdfium2.PdfPage) -> list[Field]:
    """Find the fields of a page. Buttons to press, signatures and passwords are left out, and so are hidden fields."""
    if page.formenv is None:
        return []
    with annotations(page) as found:
        return list(_page_fields(page, found))


def _page_fields(page: pypdfium2.PdfPage, found: list[Annotation]) -> Iterator[Field]:
    for one in found:
        box = annotation_box(page, one) if FPDFAnnot_GetSubtype(one) == FPDF_ANNOT_WIDGET else None
        if box is None or box[2] - box[0] < 1 or box[3] - box[1] < 1:
            continue
        kind = FPDFAnnot_GetFormFieldType(page.formenv, one)
        tip = _on_one_line(wide_string(partial(FPDFAnnot_GetFormFieldAlternateName, page.formenv, one)))
        size = ctypes.c_float()
        FPDFAnnot_GetFontSize(page.formenv, one, size)
        height = min(size.value if size.value > 1 else _USUAL_SIZE, box[3] - box[1])
        if kind in _BUTTONS:
            name = _on_one_line(wide_string(partial(FPDFAnnot_GetFormFieldExportValue, page.formenv, one)))
            yield Field(name, bool(FPDFAnnot_IsChecked(page.formenv, one)), tip, box, height)
        elif kind in _CHOICES:
            yield Field(wholly(_chosen(page, one) or _typed(page, one), box), None, tip, box, height)
        elif kind == FPDF_FORMFIELD_TEXTFIELD:
            yield Field(wholly(_typed(page, one), box), None, tip, box, height)


def _typed(page: pypdfium2.PdfPage, field: Annotation) -> str:
    if FPDFAnnot_GetFormFieldFlags(page.formenv, field) & FPDF_FORMFLAG_TEXT_PASSWORD:
        return ""
    return _on_one_line(wide_string(partial(FPDFAnnot_GetFormFieldValue, page.formenv, field)))


def _chosen(page: pypdfium2.PdfPage, field: Annotation) -> str:
    """The options that are chosen, as the list shows them. The file's own names of them may be numbers."""
    count = min(FPDFAnnot_GetOptionCount(page.formenv, field), _MOST_OPTIONS)
    chosen = [index for index in range(count) if FPDFAnnot_IsOptionSelected(page.formenv, field, index)]
    labels = [wide_string(partial(FPDFAnnot_GetOptionLabel, page.formenv, field, index)) for index in chosen]
    return ", ".join(filter(None, map(_on_one_line, labels)))


def _on_one_line(text: str) -> str:
    """A text of several lines on one, with a comma where a line ends without a sign."""
    text = text.strip().strip(HYPHEN_MARKS)
    text = _LINE_END.sub(lambda end: ", " if _LETTER.match(text[end.start() - 1 : end.start()]) else " ", text)
    return " ".join(text.split())
