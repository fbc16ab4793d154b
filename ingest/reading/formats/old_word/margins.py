"""The headers and footers of an old Word document that it shows on some page ([MS-DOC] 2.3.5)."""

from collections.abc import Iterator

from ingest.reading.formats.old_word.file import WordFile, plc
from ingest.reading.formats.old_word.properties import changes

# Each section has these, in this order; before the first stand six texts that part notes from pages.
_KINDS = ("header even", "header", "footer even", "footer", "header first", "footer first")
_BEFORE = 6
_HAS_FIRST = 0x300A
_MOST = 3000


def margin_ranges(file: WordFile) -> Iterator[tuple[str, int, int]]:
    """Each "header" and "footer" with where its text begins and ends."""
    begin, last = file.story("header")
    places = plc(file.part("header texts"), 0)[0]
    facing = bool((file.part("document") or b"\0")[0] & 1)
    has_first = list(_first_pages(file))
    for number, start in enumerate(places[_BEFORE : _BEFORE + _MOST]):
        section, kind = divmod(number, len(_KINDS))
        word, _, pages = _KINDS[kind].partition(" ")
        shown = {"": True, "even": facing, "first": section < len(has_first) and has_first[section]}[pages]
        end = places[_BEFORE + number + 1] if _BEFORE + number + 1 < len(places) else start
        if shown and begin + start < begin + end <= last:
            yield word, begin + start, begin + end


def _first_pages(file: WordFile) -> Iterator[bool]:
    """Whether the first page of each section has a header of its own."""
    for record in plc(file.part("sections"), 12)[1]:
        place = int.from_bytes(record[2:6], "little")
        length = int.from_bytes(file.text[place : place + 2], "little")
        found = dict(changes(file.text[place + 2 : place + 2 + length])) if place < len(file.text) else {}
        yield found.get(_HAS_FIRST, b"\0") != b"\0"
