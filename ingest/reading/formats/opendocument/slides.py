"""OpenDocument presentations (.odp): one section per slide, its title as the heading, notes and comments below."""

from collections.abc import Iterator
from pathlib import Path

from ingest.document import NotRead, Section
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.file_types import file_type
from ingest.reading.formats.as_word import Flow, Parts
from ingest.reading.formats.opendocument.body import STYLES, Body, Shared, is_shape
from ingest.reading.formats.opendocument.drawn import drawn_markup, length
from ingest.reading.formats.opendocument.inline import add_inline
from ingest.reading.formats.opendocument.lists import Lists
from ingest.reading.formats.opendocument.source import Element, Source, attribute
from ingest.reading.formats.opendocument.styles import Styles
from ingest.reading.formats.word import read as read_word

_HIDDEN = "hidden slide"
_TITLE, _NOTES = "title", "notes"
# What the program fills in on each slide anew.
_FILLED_IN = frozenset({"page-number", "date-time", "page"})
_REPEATED = ("header", "footer")


def read(path: Path) -> Contents:
    """Read the slides that have text. `page` is the number of the slide.

    Raises CannotRead where the file is protected, ValueError where there are no slides in it.
    """
    source = Source(path, file_type("OpenDocument presentation"))
    show = next(source.content.iter("{*}presentation"), None)
    if show is None:
        raise ValueError("There is no presentation in this file.")
    slides = list(show.iterchildren("{*}page"))
    return Contents(_Show(source, show).sections(slides), len(slides))


class _Show:
    """Reads a presentation slide by slide."""

    def __init__(self, source: Source, show: Element) -> None:
        self._shared = Shared(source, Styles(source), Lists(source), Parts(), [])
        self._repeated = {
            (kind, attribute(one, "name")): one_line("".join(one.itertext()))
            for kind in _REPEATED
            for one in show.iterchildren(f"{{*}}{kind}-decl")
        }
        self._seen: set[str] = set()

    def sections(self, slides: list[Element]) -> Iterator[Section | NotRead]:
        """The section of each slide, and what is not read of it."""
        for number, slide in enumerate(slides, 1):
            shapes = [one for one in slide if is_shape(one)]
            title = next((one for one in shapes if attribute(one, "class") == _TITLE), None)
            heading = one_line(self._text(self._drawn([title]))) if title is not None else ""
            others = [one for one in shapes if (one is not title or not heading) and not _is_filled_in(one)]
            said = [self._text(self._drawn(sorted(others, key=_place), slide)), *self._repeated_on(slide)]
            notes = [
                one
                for page in slide.iterchildren("{*}notes")
                for one in page.iterchildren("{*}frame")
                if attribute(one, "class") == _NOTES
            ]
            noted = self._text(self._drawn(notes))
            said.append(f"Notes: {noted}" if noted else "")
            text = "\n\n".join(filter(None, said))
            is_hidden = (
                self._shared.styles.says("drawing-page", attribute(slide, "style-name"), "visibility") == "hidden"
            )
            if text or heading:
                yield Section(text or heading, page=number, heading=_heading(heading, bool(text), is_hidden))
            yield from self._shared.not_read
            self._shared.not_read.clear()

    def _drawn(self, shapes: list[Element], slide: Element | None = None) -> str:
        """The shapes as blocks, and the comments on the slide."""
        self._shared.parts = Parts(styles=STYLES)
        self._shared.lists.afresh()
        body = Body(self._shared, Flow(), add_inline)
        for shape in shapes:
            body.flow.add(drawn_markup(shape, body))
            body.flow.end_paragraph("")
        if slide is not None:
            for comment in slide.iterchildren("{*}annotation"):
                add_inline(comment, body, False)
                body.flow.end_paragraph("")
        return body.flow.markup()

    def _text(self, markup: str) -> str:
        """The text of blocks."""
        parts = self._shared.parts
        parts.body, parts.lists = markup, self._shared.lists.markup()
        found = list(read_word(parts.archive()).sections)
        self._shared.not_read += [one for one in found if isinstance(one, NotRead)]
        return "\n\n".join(one.text.strip() for one in found if isinstance(one, Section))

    def _repeated_on(self, slide: Element) -> Iterator[str]:
        """What stands on every slide alike, where it first stands."""
        for kind in _REPEATED:
            text = self._repeated.get((kind, attribute(slide, f"use-{kind}-name")), "")
            if text and text not in self._seen:
                self._seen.add(text)
                yield text


def _heading(title: str, has_text: bool, is_hidden: bool) -> str | None:
    if is_hidden:
        return f"{title} ({_HIDDEN})" if title else _HIDDEN.capitalize()
    return title if title and has_text else None


def _place(shape: Element) -> tuple[float, float]:
    """Where a shape is: from top to bottom, then from left to right. A group is where its first shape is."""
    first = next((one for one in shape.iter() if attribute(one, "y") or attribute(one, "y1")), shape)
    return length(first, "y") or length(first, "y1"), length(first, "x") or length(first, "x1")


def _is_filled_in(shape: Element) -> bool:
    return attribute(shape, "class") in _FILLED_IN
