"""The text inside a paragraph as a person sees it: changes accepted, hidden text left out, results of fields kept."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.document import NotRead
from ingest.reading.formats.word.drawings import Description, Drawn, TextBox, drawn
from ingest.reading.formats.word.equations import equation
from ingest.reading.formats.word.markup import chosen, switch, value
from ingest.reading.formats.word.story import Story
from ingest.reading.formats.word.symbols import in_font, sign

_SOFT_HYPHEN = "\u00ad"
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_REFERENCES = {"w:commentReference": "comment", "w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
# What only wraps text. The text of w:del and w:moveFrom is gone once the changes are accepted.
_WRAPPERS = frozenset(
    {"w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo", "w:rubyBase"}
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A mark in the text that leads to a comment or a note. With `own_mark`, the text has a sign, not a number."""

    kind: str
    id: str
    own_mark: bool = False


@dataclass(slots=True)
class Line:
    """A paragraph's text in pieces, the references to notes among them, and what is shown beside it, in its order."""

    pieces: list[str | Reference] = field(default_factory=list)
    beside: list[TextBox | str | NotRead] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add text."""
        if text:
            self.pieces.append(text)

    def draw(self, found: Iterable[Drawn]) -> None:
        """Add what a drawing shows: its description stands in the text, the rest beside it."""
        for one in found:
            if isinstance(one, Description):
                last = self.pieces[-1] if self.pieces else ""
                self.add(f"{' ' if isinstance(last, str) and last[-1:].strip() else ''}{one.text} ")
            elif one:
                self.beside.append(one)


def is_placeholder(control: Element) -> bool:
    """Whether a content control (w:sdt) only shows what somebody is to write there."""
    return bool(switch(control.find("w:sdtPr"), "w:showingPlcHdr"))


def read_line(paragraph: Element, story: Story, line: Line, style_id: str) -> None:
    """Add the text of a paragraph to a line."""
    _read(paragraph, story, line, story.styles.hides(style_id))
    story.fields.paragraph_ends()


def _read(parent: Element, story: Story, line: Line, hidden: bool) -> None:
    for element in parent:
        tag = element.tag
        if tag == "w:r":
            _read_run(element, story, line, hidden)
        elif tag in _WRAPPERS:
            _read(element, story, line, hidden)
        elif tag == "w:sdt":
            content = element.find("w:sdtContent")
            if content is not None and not is_placeholder(element):
                _read(content, story, line, hidden)
        elif tag in {"m:oMath", "m:oMathPara"}:
            line.add(equation(element))
        elif tag == "w:fldSimple":
            line.add(story.fields.begin_simple(element.get("w:instr", "")))
            _read(element, story, line, hidden)
            line.add(story.fields.end_simple())
        elif tag == "mc:AlternateContent":
            _read_chosen(element, story, line, hidden)


def _read_run(run: Element, story: Story, line: Line, hidden: bool) -> None:
    properties = run.find("w:rPr")
    font = ""
    if properties is not None:
        hidden = _is_hidden(properties, story, hidden)
        font = value(properties, "w:rFonts", "w:ascii") or ""
    _read_content(run, story, line, hidden, font)


def _read_content(run: Element, story: Story, line: Line, hidden: bool, font: str) -> None:
    for element in run:
        tag = element.tag
        # The marks of a field count even where its text is hidden.
        if tag == "w:fldChar":
            text = story.fields.mark(element)
            line.add("" if hidden else text)
        elif tag == "w:instrText":
            story.fields.instruct(element.text or "")
        elif hidden or story.fields.hide:
            continue
        elif tag in _REFERENCES:
            own_mark = element.get("w:customMarkFollows", "0") not in {"0", "false", "off"}
            line.pieces.append(Reference(_REFERENCES[tag], element.get("w:id", ""), own_mark))
        elif tag in {"w:drawing", "w:pict", "w:object"}:
            line.draw(drawn(element, story))
        elif tag == "mc:AlternateContent":
            _read_chosen(element, story, line, hidden)
        elif tag == "w:ruby":
            _read_ruby(element, story, line)
        else:
            text = _text(element, font)
            line.add(text)
            if text.strip():
                story.fields.text_shown()


def _text(element: Element, font: str) -> str:
    if element.tag == "w:t":
        text = (element.text or "").replace(_SOFT_HYPHEN, "")
        return in_font(text, font) if font else text
    if element.tag == "w:sym":
        try:
            return sign(int(element.get("w:char", ""), 16), element.get("w:font", ""))
        except ValueError:
            return ""
    return _SIGNS.get(element.tag, "")


def _read_ruby(ruby: Element, story: Story, line: Line) -> None:
    """The text, then in brackets the small letters above it that say how it is spoken."""
    for name, before, after in (("w:rubyBase", "", ""), ("w:rt", "(", ")")):
        inner = Line()
        for part in ruby.findall(name):
            _read(part, story, inner, False)
        text = "".join(piece for piece in inner.pieces if isinstance(piece, str))
        line.add(f"{before}{text}{after}" if text.strip() else text)


def _read_chosen(alternatives: Element, story: Story, line: Line, hidden: bool) -> None:
    """Add the first form of some content that shows anything."""
    for form in chosen(alternatives):
        inner = Line()
        _read(form, story, inner, hidden)
        _read_content(form, story, inner, hidden, "")
        if inner.pieces or inner.beside:
            line.pieces += inner.pieces
            line.beside += inner.beside
            return


def _is_hidden(properties: Element, story: Story, inherited: bool) -> bool:
    own = switch(properties, "w:vanish")
    if own is not None:
        return own
    style = value(properties, "w:rStyle")
    return inherited or (style is not None and story.styles.hides(style))
