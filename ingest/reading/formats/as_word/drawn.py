"""What is drawn in a Word document, as the markup of it: text boxes, descriptions, objects, fields of a form."""

from collections.abc import Mapping, Sequence

from ingest.reading.formats.as_word.markup import attribute

_CHECK_BOX, _LIST = 1, 2
_UNSET = 25


def text_box(content: str) -> str:
    """A text box with these blocks."""
    box = f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
    return f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r>"


def described(words: str) -> str:
    """The description of a picture."""
    return f"<w:r><w:pict><v:shape alt={attribute(words)}/></w:pict></w:r>" if words else ""


def word_art(words: str) -> str:
    """Words that are drawn."""
    return f"<w:r><w:pict><v:textpath string={attribute(words)}/></w:pict></w:r>" if words else ""


def embedded(program: str) -> str:
    """An object of another program, such as Excel.Sheet.8."""
    return f"<w:r><w:object><o:OLEObject ProgID={attribute(program)}/></w:object></w:r>"


def form_field(values: Mapping[str, int], choices: Sequence[str]) -> str:
    """What a field of a form holds, by the words of rich texts ("fftype", "ffres", "ffdefres"); empty for a text."""
    chosen = values.get("ffres", _UNSET)
    result = values.get("ffdefres", 0) if chosen == _UNSET else chosen
    if values.get("fftype") == _CHECK_BOX:
        return f'<w:ffData><w:checkBox><w:checked w:val="{int(result == 1)}"/></w:checkBox></w:ffData>'
    if values.get("fftype") == _LIST:
        entries = "".join(f"<w:listEntry w:val={attribute(choice)}/>" for choice in choices)
        return f'<w:ffData><w:ddList><w:result w:val="{result}"/>{entries}</w:ddList></w:ffData>'
    return ""
