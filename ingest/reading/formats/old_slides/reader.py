"""Old PowerPoint presentations (.ppt): one section per slide, its title as the heading, notes and comments below.

The reader is written here because the libraries that there are lose which text is the title, and fail as a whole where
one record is damaged (published format: [MS-PPT]).
"""

from collections.abc import Iterator
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.reading.clean import clean, one_line
from ingest.reading.contents import Contents
from ingest.reading.formats.old_slides.file import Slide, SlideFile
from ingest.reading.formats.old_slides.records import Record
from ingest.reading.formats.old_slides.shapes import Said, Shapes
from ingest.reading.formats.old_slides.text import texts

_HIDDEN = "hidden slide"
_SHOW, _HIDDEN_BIT = 0x03F9, 0x0004
_NOTES_TEXT = 2
_TAGS, _TAG, _TAG_DATA, _COMMENT, _TEXT = 0x1388, 0x138A, 0x138B, 0x2EE0, 0x0FBA
_MARGINS, _OF_SLIDES, _MARGIN_HEAD = 0x0FD9, 3, 0x0FDA
# Which texts a slide shows below: their number, and the bit that switches them on.
_SHOWN = ((1, 0x10), (2, 0x20))


def read(path: Path) -> Contents:
    """Read the slides that have text. `page` is the number of the slide.

    Raises CannotRead where the file has a password or is older than PowerPoint 97.
    """
    file = SlideFile(path)
    slides = file.slides()
    return Contents(_sections(file, slides), len(slides))


def _sections(file: SlideFile, slides: list[Slide]) -> Iterator[Section | NotRead]:
    objects, seen = file.objects(), set[str]()
    for number, slide in enumerate(slides, 1):
        if slide.record is None:
            yield NotRead("slide", str(number))
            continue
        heading, said = Shapes(list(texts(slide.outline)), objects).on(slide.record)
        said += list(_repeated(file.document, slide.record, seen))
        said += _notes(slide.notes, objects)
        said += _comments(slide.record)
        text = "\n\n".join(filter(None, (clean(part).strip() for part in said if isinstance(part, str))))
        if text or heading:
            yield Section(text or heading, page=number, heading=_heading(heading, bool(text), _is_hidden(slide.record)))
        yield from (part for part in said if isinstance(part, NotRead))


def _heading(title: str, has_text: bool, is_hidden: bool) -> str | None:
    if is_hidden:
        return f"{title} ({_HIDDEN})" if title else _HIDDEN.capitalize()
    return title if title and has_text else None


def _is_hidden(slide: Record) -> bool:
    show = slide.first(_SHOW)
    return show is not None and bool(show.number(10, 2) & _HIDDEN_BIT)


def _notes(notes: Record | None, objects: dict[int, str]) -> Iterator[Said]:
    """The text of the notes, without the number of the page and what else stands there."""
    if notes is None:
        return
    shapes = Shapes([], objects)
    lines = [words.lines() for _, _, words in shapes.drawn(notes) if words is not None and words.kind == _NOTES_TEXT]
    if text := "\n".join(lines).strip():
        yield f"Notes: {text}"


def _comments(slide: Record) -> Iterator[str]:
    for tags in slide.inside(_TAGS):
        for tag in tags.inside(_TAG):
            for data in tag.inside(_TAG_DATA):
                for comment in data.inside(_COMMENT):
                    said = {text.instance: one_line(_decoded(text)) for text in comment.inside(_TEXT)}
                    author, text = said.get(0, ""), said.get(1, "")
                    if text:
                        yield f"Comment by {author}: {text}" if author else f"Comment: {text}"


def _repeated(document: Record | None, slide: Record, seen: set[str]) -> Iterator[str]:
    """Header and footer of a slide, where they first stand. A slide without its own has those of all slides."""
    own = next(slide.inside(_MARGINS), None)
    if own is None and document is not None:
        own = next((one for one in document.inside(_MARGINS) if one.instance == _OF_SLIDES), None)
    head = own.first(_MARGIN_HEAD) if own is not None else None
    if own is None or head is None:
        return
    for number, bit in _SHOWN:
        for text in (one_line(_decoded(one)) for one in own.inside(_TEXT) if one.instance == number):
            if head.number(2, 2) & bit and text and text not in seen:
                seen.add(text)
                yield text


def _decoded(text: Record) -> str:
    return text.data.decode("utf-16-le", "replace").rstrip("\0")
