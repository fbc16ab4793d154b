"""The lists of an old Word document: the numbers before its paragraphs ([MS-DOC] 2.9.131, LSTF, to 2.9.150, LVL)."""

import struct
from contextlib import suppress

from ingest.reading.formats.as_word import Level, list_parts
from ingest.reading.formats.old_word.file import WordFile, word_text

_LIST, _USE, _LEVEL = 28, 16, 28
_MOST = 4000
_DIGITS_ONLY, _STARTS, _FORMATS = 0x04, 0x10, 0x20


def lists_markup(file: WordFile) -> str:
    """The lists as those of a Word document. Where a table breaks off, those before it are there."""
    definitions = _definitions(file)
    uses = {number: use for number, use in _uses(file).items() if use[0] in definitions}
    return list_parts(definitions, uses)


def _definitions(file: WordFile) -> dict[str, list[Level]]:
    data, levels = file.part("lists"), file.after("lists")
    found: dict[str, list[Level]] = {}
    place = 0
    with suppress(struct.error, IndexError):
        (count,) = struct.unpack_from("<H", data)
        for number in range(min(count, _MOST)):
            record = data[2 + _LIST * number : 2 + _LIST * (number + 1)]
            (name,) = struct.unpack_from("<i", record)
            own = found[str(name)] = []
            for _ in range(1 if record[26] & 1 else 9):
                level, place = _level(levels, place)
                own.append(level)
    return found


def _uses(file: WordFile) -> dict[str, tuple[str, dict[int, int | Level]]]:
    data = file.part("list uses")
    found: dict[str, tuple[str, dict[int, int | Level]]] = {}
    with suppress(struct.error, IndexError):
        (count,) = struct.unpack_from("<I", data)
        count = min(count, _MOST, len(data) // _USE)
        place = 4 + _USE * count
        records = [struct.unpack_from("<iIIB", data, 4 + _USE * number) for number in range(count)]
        for number, (name, *_) in enumerate(records, 1):
            found[str(number)] = str(name), {}
        for number, (_, _, _, changed) in enumerate(records, 1):
            place += 4
            for _ in range(changed):
                start, flags = struct.unpack_from("<iI", data, place)
                place += 8
                other: int | Level | None = start if flags & _STARTS else None
                if flags & _FORMATS:
                    other, place = _level(data, place)
                if other is not None:
                    found[str(number)][1][min(flags & 0xF, 8)] = other
    return found


def _level(data: bytes, place: int) -> tuple[Level, int]:
    start, kind, flags = struct.unpack_from("<iBB", data, place)
    letters, paragraphs = struct.unpack_from("<BB", data, place + 24)
    text, end = word_text(data, place + _LEVEL + letters + paragraphs)
    return Level(text, kind, start, bool(flags & _DIGITS_ONLY)), end
