"""PowerPoint presentations: one section per slide, its title as the heading, speaker notes and comments below its text.

Slides are read shape by shape. In Markdown, the asterisks and brackets on a slide would be read as marks.
"""

from collections.abc import Iterator
from pathlib import Path

import pptx
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.shapes.base import BaseShape
from pptx.slide import Slide

from ingest.document import NotRead, Section
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents, Embedded
from ingest.reading.formats.slide_comments import authors_of, comments_of
from ingest.reading.formats.slide_shapes import Said, body_text, choose_alternatives, in_reading_order, said_by

_HIDDEN = "hidden slide"
# What stands on every slide alike, and is read where it first stands.
_REPEATED = {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.HEADER}


def read(path: Path) -> Contents:
    """Read the slides that contain text. `page` is the number of the slide."""
    show = pptx.Presentation(str(path))
    return Contents(_sections(show.slides, authors_of(show)), len(show.slides))


def _sections(slides: "pptx.slide.Slides", authors: dict[str, str]) -> Iterator[Section | NotRead | Embedded]:
    repeated: set[str] = set()
    for number, slide in enumerate(slides, 1):
        choose_alternatives(slide.shapes._spTree)
        title = slide.shapes.title
        heading = one_line(body_text(title.element)) if title is not None else ""
        skipped = title.element if title is not None and heading else None
        said = list(_said_on(slide, skipped, repeated))
        said += comments_of(slide, authors)
        text = "\n\n".join(filter(None, (clean(part).strip() for part in said if isinstance(part, str))))
        yield from _section(slide, number, heading, text)
        yield from (part for part in said if not isinstance(part, str))


def _section(slide: Slide, number: int, heading: str, text: str) -> Iterator[Section]:
    is_hidden = slide.element.get("show", "1") in {"0", "false"}
    if is_hidden and (text or heading):
        shown = f"{heading} ({_HIDDEN})" if heading else _HIDDEN.capitalize()
        yield Section(text or heading, page=number, heading=shown)
    elif text or heading:
        yield Section(text or heading, page=number, heading=heading if text and heading else None)


def _said_on(slide: Slide, skipped: object, repeated: set[str]) -> Iterator[Said]:
    for shape in in_reading_order(slide.shapes):
        if shape.element is skipped:
            continue
        for part in said_by(shape):
            if not (isinstance(part, str) and _is_repeated(shape, part, repeated)):
                yield part
    if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame) is not None:
        text = body_text(notes._txBody).strip()
        if text:
            yield f"Notes: {text}"


def _is_repeated(shape: BaseShape, text: str, repeated: set[str]) -> bool:
    """Whether this is a footer or a header that stood on an earlier slide."""
    if not shape.is_placeholder or shape.placeholder_format.type not in _REPEATED:
        return False
    if text in repeated:
        return True
    repeated.add(text)
    return False
