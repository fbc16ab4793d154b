"""Read the files inside a file, such as the attachments of an e-mail, after the file itself.

Each is read as if it had been added alone, with its own reader. Its sections have headings that begin with its name:
`Attachment prices.xlsx > Spare parts`. What cannot be read, fails or is over a limit is named as not read.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.document import NotRead, Section
from ingest.errors import CannotRead, NoWords
from ingest.reading.box.scratch import scratch_file
from ingest.reading.clean import one_line
from ingest.reading.contents import Contents, Embedded, PagesRead
from ingest.reading.file_types import SHEET, FileType
from ingest.reading.outline import LONGEST_PATH
from ingest.reading.readers import start_reader
from ingest.reading.recognise import file_type_of
from ingest.units import MEGABYTE

# An attachment of an attachment of an attachment is read, nothing below it.
_DEEPEST = 3
_MOST_FILES = 50
_LONGEST_NAME = 100
_TOO_MUCH_TEXT = "There is more text than is taken from one file."  # nobody reads it: the file is named


@dataclass(frozen=True, slots=True)
class _Waiting:
    file: Embedded
    depth: int
    title: str  # how the headings of its sections begin


class EmbeddedFiles:
    """Collects the files inside a file, then reads them. `characters` and `bytes_left` are what they may still take."""

    def __init__(self, characters: int, bytes_left: int) -> None:
        self.characters = characters
        self.progress = PagesRead(0, 0)  # of the file itself
        self._bytes = bytes_left
        self._files = _MOST_FILES
        self._ocr_pages = 0
        self._waiting: deque[_Waiting] = deque()

    def add(self, file: Embedded) -> Iterator[NotRead]:
        """Keep a file to read it later, or yield that it is not read, where there are too many or it is too large."""
        yield from self._add(file, 1, "", self._waiting)

    def sections(self) -> Iterator[Section | PagesRead | NotRead]:
        """Read the files that were added, and those inside them, one after the other."""
        while self._waiting:
            waiting = self._waiting.popleft()
            inside: deque[_Waiting] = deque()
            try:
                yield from self._read(waiting, inside)
            except NoWords:
                pass  # a logo or an ornament: nobody misses its words
            except Exception:  # noqa: BLE001 - whatever is wrong with one file, the others are read
                yield NotRead(waiting.file.kind, waiting.file.name)
            self._waiting.extendleft(reversed(inside))

    def _add(self, file: Embedded, depth: int, above: str, queue: deque[_Waiting]) -> Iterator[NotRead]:
        if depth > _DEEPEST or not self._files or len(file.data) > self._bytes:
            yield NotRead(file.kind, file.name)
            return
        self._files -= 1
        self._bytes -= len(file.data)
        name = one_line(file.name)[:_LONGEST_NAME]
        queue.append(_Waiting(file, depth, _path(above, f"{file.kind.capitalize()} {name}".strip())))

    def _read(self, waiting: _Waiting, inside: deque[_Waiting]) -> Iterator[Section | PagesRead | NotRead]:
        file, ocr_pages, found = waiting.file, 0, False
        with scratch_file(file.data) as path:
            kind = file_type_of(path, file.name)
            contents: Contents = start_reader(kind, path, self._bytes // MEGABYTE)
            for section in contents.sections:
                if isinstance(section, Embedded):
                    yield from self._add(section, waiting.depth + 1, waiting.title, inside)
                elif isinstance(section, PagesRead):
                    ocr_pages = section.ocr_pages
                    yield replace(self.progress, ocr_pages=self.progress.ocr_pages + self._ocr_pages + ocr_pages)
                elif isinstance(section, NotRead):
                    yield section
                elif len(section.text) > self.characters:
                    raise CannotRead(_TOO_MUCH_TEXT)
                else:
                    found = found or bool(section.text.strip())
                    yield Section(section.text, heading=_heading(waiting.title, kind, section))
        self._ocr_pages += ocr_pages
        if not found:
            yield NotRead(file.kind, file.name)


def _heading(title: str, kind: FileType, section: Section) -> str:
    """The heading of a section of an embedded file. Its page is said there, as `Section.page` is one of the whole."""
    own = one_line(section.heading or "")
    if section.page is not None and not (own and kind.page_word == SHEET):
        title += f", {kind.page_word or 'page'} {one_line(section.page_name or '') or section.page}"
    return f"{title} > {own}" if own and len(title) + len(own) <= LONGEST_PATH else title


def _path(above: str, title: str) -> str:
    return f"{above} > {title}" if above and len(above) + len(title) <= LONGEST_PATH else title
