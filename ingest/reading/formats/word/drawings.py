"""What is drawn in a Word document: text boxes, shapes, pictures' descriptions, charts, diagrams, embedded objects."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.formats.word.charts import chart_lines
from ingest.reading.formats.word.diagrams import diagram_lines
from ingest.reading.formats.word.markup import chosen, number
from ingest.reading.formats.word.story import Story

# Smaller pictures are logos and ornaments: 5 by 2.5 centimetres, in the format's unit.
_PICTURE_WIDTH, _PICTURE_HEIGHT = 1_800_000, 900_000
_EQUATION_EDITOR = "Equation"


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text box: its paragraphs and tables are inside the element."""

    content: Element


@dataclass(frozen=True, slots=True)
class Description:
    """The alternative text of a picture or another drawing."""

    text: str


Drawn = TextBox | Description | str | NotRead


def drawn(drawing: Element, story: Story) -> list[Drawn]:
    """What a drawing (w:drawing, w:pict or w:object) shows, in its order. A text by itself is that of a shape."""
    if any(child.get("hidden") in {"1", "true"} for placed in drawing for child in placed.findall("wp:docPr")):
        return []
    found: list[Drawn] = []
    stack = [drawing]
    while stack:
        element = stack.pop()
        if element.tag == "mc:AlternateContent":
            found += next(filter(None, (drawn(form, story) for form in chosen(element))), [])
            continue
        shown = list(_shown(element, story))
        found += [one for one in shown if not isinstance(one, Description) or one not in found]
        if element.tag not in {"w:txbxContent", "a:txBody"}:
            stack += reversed(element)
    if drawing.tag == "w:drawing" and not found and _is_large_picture(drawing):
        return [NotRead("picture")]
    return found


def _shown(element: Element, story: Story) -> Iterator[Drawn]:
    """What this element shows by itself, without those inside it."""
    tag = element.tag
    if tag == "w:txbxContent":
        yield TextBox(element)
    elif tag == "a:txBody":
        yield "\n".join("".join(text.text or "" for text in line.iter("a:t")) for line in element.iter("a:p"))
    elif tag in {"wp:docPr", "pic:cNvPr", "v:shape", "v:rect", "v:imagedata"}:
        described = (element.get(name) for name in ("descr", "alt", "o:title", "title"))
        if text := one_line(next(filter(None, described), "")):
            yield Description(text)
    elif tag == "v:textpath":
        yield element.get("string", "")
    elif tag == "c:chart":
        yield _part_text(story, element.get("r:id"), "chart")
    elif tag == "cx:chart":
        yield NotRead("chart")
    elif tag == "dgm:relIds":
        yield _part_text(story, element.get("r:dm"), "diagram")
    elif tag == "o:OLEObject":
        name = element.get("ProgID", "")
        yield NotRead("equation") if name.startswith(_EQUATION_EDITOR) else NotRead("embedded object", name)
    elif tag == "w:control":
        yield NotRead("form control", element.get("w:name", ""))


def _part_text(story: Story, relation_id: str | None, kind: str) -> Drawn:
    """The text of the part that a drawing refers to; empty where it has been shown before."""
    if story.was_shown(relation_id):
        return ""
    part = story.target(relation_id)
    root = story.package.root(part) if part and story.package.has(part) else None
    if root is None:
        return NotRead(kind)
    text = "\n".join(filter(None, diagram_lines(root) if kind == "diagram" else chart_lines(root)))
    return text or NotRead(kind)


def _is_large_picture(drawing: Element) -> bool:
    """Whether a drawing is a picture that may well have something to read in it."""
    extent = next(drawing.iter("wp:extent"), None)
    if extent is None or next(drawing.iter("pic:pic"), None) is None:
        return False
    return number(extent.get("cx")) >= _PICTURE_WIDTH and number(extent.get("cy")) >= _PICTURE_HEIGHT
