"""Pieces of WordprocessingML (ISO/IEC 29500-1) as texts: runs, fields, marks of notes, properties of paragraphs."""

import re
from xml.sax.saxutils import escape, quoteattr

from ingest.reading.clean import without_lone_surrogates

_HEADING_LEVELS = 9
# What no XML may hold. Tabs and line ends have become elements before.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_PAIRS = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_BREAKS = re.compile("([\t\n])")
_BREAK_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def text(words: str) -> str:
    """Words as the text of an element."""
    return escape(_clean(words))


def attribute(words: str) -> str:
    """Words as an attribute, in quotation marks."""
    return quoteattr(_clean(words))


def symbol(code: int, font: str) -> str:
    """A sign of a symbol font by its number."""
    return f'<w:r><w:sym w:font={attribute(font)} w:char="{code:04X}"/></w:r>'


def run(words: str, hidden: bool | None = None, font: str = "") -> str:
    """A run of text. A tab and a line end in it become those of Word.

    Args:
        words: The text.
        hidden: Whether it is hidden; None where its style says it.
        font: Its font, where that is one of signs.
    """
    if not words:
        return ""
    properties = ("" if hidden is None else f'<w:vanish w:val="{int(hidden)}"/>') + (
        f"<w:rFonts w:ascii={attribute(font)}/>" if font else ""
    )
    pieces = (
        _BREAK_MARKS.get(piece) or f'<w:t xml:space="preserve">{text(piece)}</w:t>'
        for piece in _BREAKS.split(words)
        if piece
    )
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{''.join(pieces)}</w:r>"


def field_mark(kind: str, form: str = "") -> str:
    """The mark where a field begins ("begin"), its result begins ("separate") or the field ends ("end").

    `form` is what a field of a form holds.
    """
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{form}</w:fldChar></w:r>'


def instruction(words: str) -> str:
    """The instruction of a field, such as PAGE."""
    return f"<w:r><w:instrText>{text(words)}</w:instrText></w:r>"


def reference(kind: str, number: int) -> str:
    """The mark of a "footnote", an "endnote" or a "comment"."""
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def paragraph_properties(
    style_id: str = "",
    outline: int | None = None,
    list_id: str = "",
    level: int = 0,
    mark: str = "",
    drop_cap: bool = False,
) -> str:
    """The properties of a paragraph.

    Args:
        style_id: Its style.
        outline: Its level as a heading, from 0 on; any larger number than 8 says that it is none.
        list_id: The list that numbers it.
        level: Its level in that list.
        mark: What is true of its end: "vanish" where it is hidden, "del" where it is deleted.
        drop_cap: Whether it is the large first letter of the next paragraph.
    """
    parts = [f"<w:pStyle w:val={attribute(style_id)}/>" if style_id else ""]
    if list_id:
        parts.append(f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val={attribute(list_id)}/></w:numPr>')
    if outline is not None:
        parts.append(f'<w:outlineLvl w:val="{min(outline, _HEADING_LEVELS)}"/>')
    if drop_cap:
        parts.append('<w:framePr w:dropCap="drop"/>')
    if mark:
        parts.append(f"<w:rPr><w:{mark}/></w:rPr>")
    return "".join(parts)


def style(style_id: str, name: str, based_on: str = "", properties: str = "", hidden: bool | None = None) -> str:
    """A style of paragraphs. `properties` are those of its paragraphs."""
    base = f"<w:basedOn w:val={attribute(based_on)}/>" if based_on else ""
    vanish = "" if hidden is None else f'<w:rPr><w:vanish w:val="{int(hidden)}"/></w:rPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId={attribute(style_id)}><w:name w:val={attribute(name)}/>{base}'
        f"<w:pPr>{properties}</w:pPr>{vanish}</w:style>"
    )


def _clean(words: str) -> str:
    whole = _PAIRS.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), words)
    return _NO_XML.sub("", without_lone_surrogates(whole))
