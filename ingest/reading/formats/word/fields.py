"""Fields of a Word document: what Word computed is text that a person sees, and the instruction is not."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.reading.formats.word.markup import number, switch, value

# Stands for the number of a page in a header or footer.
PAGE_NUMBER = "\ufffc"
_PAGE_FIELDS = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES"})
_CHECKED, _UNCHECKED = "☒", "☐"


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    form: Element | None = None
    in_result: bool = False
    is_page_number: bool = False
    filled: bool = False


@dataclass(slots=True)
class Fields:
    """The fields that are open at one place in the text.

    `without_page_numbers` is for headers and footers, where the number of the page is another one on each page.
    """

    without_page_numbers: bool = False
    _open: list[_Field] = field(default_factory=list)
    _unshown: int = 0

    @property
    def hide(self) -> bool:
        """Whether text at this place is not shown: it is the result of a field inside an instruction, or a page number.

        The instruction itself is no text. What stands there all the same belongs to a field that never got a result.
        """
        return self._unshown > (1 if self._open and not self._open[-1].in_result else 0)

    def text_shown(self) -> None:
        """Note that the innermost field has a result."""
        if self._open:
            self._open[-1].filled = True

    def mark(self, element: Element) -> str:
        """Pass a mark (w:fldChar) of a field. Returns what the field itself shows, such as a ticked box."""
        kind = element.get("w:fldCharType")
        if kind == "begin":
            self._open.append(_Field(form=element.find("w:ffData")))
            self._unshown += 1
        elif kind == "separate" and self._open and not self._open[-1].in_result:
            return self._result_begins(self._open[-1])
        elif kind == "end" and self._open:
            return self._ends(self._open[-1])
        return ""

    def begin_simple(self, instruction: str) -> str:
        """Begin a field whose result is all inside one element; `end_simple` ends it."""
        self._open.append(_Field(instruction))
        self._unshown += 1
        return self._result_begins(self._open[-1])

    def end_simple(self) -> str:
        """End the innermost field."""
        return self._ends(self._open[-1]) if self._open else ""

    def instruct(self, text: str) -> None:
        """Take a piece of the innermost field's instruction."""
        if self._open and not self._open[-1].in_result and len(self._open[-1].instruction) < 100:
            self._open[-1].instruction += text

    def paragraph_ends(self) -> None:
        """Drop the fields that never got a result, so that a damaged one does not hide the rest of the document."""
        if self._unshown:
            self._open = [one for one in self._open if one.in_result and not one.is_page_number]
            self._unshown = 0

    def _result_begins(self, one: _Field) -> str:
        one.in_result = True
        name = (one.instruction.split() or [""])[0].upper()
        one.is_page_number = self.without_page_numbers and name in _PAGE_FIELDS
        if one.is_page_number:
            return PAGE_NUMBER
        self._unshown -= 1
        return ""

    def _ends(self, one: _Field) -> str:
        self._open.pop()
        if not one.in_result or one.is_page_number:
            self._unshown -= 1
        if self._unshown or one.filled:
            return ""
        return _form_value(one.form) if one.form is not None else _page_number(one, self.without_page_numbers)


def _page_number(one: _Field, without: bool) -> str:
    """A page field without a result, which Word fills in when it shows the page."""
    name = (one.instruction.split() or [""])[0].upper()
    return PAGE_NUMBER if without and not one.in_result and name in _PAGE_FIELDS else ""


def _form_value(form: Element) -> str:
    """What a form field shows that has no text of its own: a box, or the choice from a list."""
    box, choices = form.find("w:checkBox"), form.find("w:ddList")
    if box is not None:
        checked = switch(box, "w:checked")
        return _CHECKED if (switch(box, "w:default") if checked is None else checked) else _UNCHECKED
    if choices is not None:
        entries = [entry.get("w:val", "") for entry in choices.findall("w:listEntry")]
        place = number(value(choices, "w:result") or value(choices, "w:default"))
        return entries[place] if 0 <= place < len(entries) else ""
    return ""
