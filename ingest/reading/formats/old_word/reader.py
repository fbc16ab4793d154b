"""Old Word documents (.doc), as a newer one that is made of them: their properties are the same under other names.

The reader is written here because the libraries that there are give the text alone, or refuse a whole document for one
broken property; LibreOffice writes such documents (published format: [MS-DOC]).
"""

from collections.abc import Iterable
from pathlib import Path

from ingest.document import NotRead
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents
from ingest.reading.formats.as_word import Flow, Parts
from ingest.reading.formats.as_word.drawn import text_box
from ingest.reading.formats.old_word.boxes import boxes, shapes_with
from ingest.reading.formats.old_word.file import WordFile
from ingest.reading.formats.old_word.lists import lists_markup
from ingest.reading.formats.old_word.margins import margin_ranges
from ingest.reading.formats.old_word.notes import Notes
from ingest.reading.formats.old_word.story import Story
from ingest.reading.formats.old_word.styles import Styles
from ingest.reading.formats.old_word.text import Text
from ingest.reading.formats.word import read as read_word


def read(path: Path) -> Contents:
    """Read the document. Raises CannotRead where it has a password or is older than Word 97."""
    document = _Document(WordFile(path))
    parts = document.parts()
    return Contents([*read_word(parts.archive()).sections, *document.not_read])


class _Document:
    """Makes the parts of a Word document, one text after the other."""

    def __init__(self, file: WordFile) -> None:
        self._file, self._text = file, Text(file)
        self._parts = Parts()
        self._notes, self._styles = Notes(file), Styles(file)
        self.not_read: list[NotRead] = []

    def parts(self) -> Parts:
        """The parts of the document."""
        parts, file = self._parts, self._file
        parts.styles, parts.lists = self._styles.markup(), lists_markup(file)
        start, end = file.story("body")
        anchored = {place: self._boxes([shape]) for place, shape in shapes_with(file).items()}
        body = self._flow(start, end, {place: box for place, box in anchored.items() if box})
        for shape in boxes(file, "box"):
            if shape not in shapes_with(file).values():
                body.add(self._boxes([shape]))
                body.end_paragraph("")
        parts.body = body.markup()
        for kind, first, last in margin_ranges(file):
            parts.margins.append((kind, self._flow(first, last, {}).markup()))
        for first, last in boxes(file, "header box").values():
            parts.margins.append(("header", self._flow(first, last, {}).markup()))
        return parts

    def _boxes(self, shapes: Iterable[int]) -> str:
        found = boxes(self._file, "box")
        ranges = [found[shape] for shape in shapes if shape in found]
        return "".join(text_box(self._flow(first, last, {}).markup()) for first, last in ranges)

    def _flow(self, start: int, end: int, anchored: dict[int, str]) -> Flow:
        """One text of the document, with what is anchored at places in it."""
        story = Story(self._file, self._text, self._styles, (start, end))
        for place, note in self._notes.marks(start, end):
            content = self._flow(note.start, note.end, {}).markup()
            story.marks[place] = self._parts, note.kind, content, one_line(note.author)
        story.anchored = anchored
        self.not_read += story.read()
        return story.flow
