"""The text boxes of an old Word document, and where in its body they are anchored ([MS-DOC] 2.8.32, 2.8.37)."""

from ingest.reading.formats.old_word.file import WordFile, plc

_BOX, _SHAPE = 22, 26
_SHAPE_ID = 14


def boxes(file: WordFile, kind: str) -> dict[int, tuple[int, int]]:
    """Where the text of each "box" or "header box" begins and ends, by the number of its shape."""
    begin, last = file.story(kind)
    places, records = plc(file.part(f"{kind} texts"), _BOX)
    found: dict[int, tuple[int, int]] = {}
    for number, record in enumerate(records):
        start, end = begin + places[number], min(begin + places[number + 1], last)
        is_free = int.from_bytes(record[8:10], "little") & 1
        if start < end and not is_free:
            # The last letter only ends the text.
            found[int.from_bytes(record[_SHAPE_ID : _SHAPE_ID + 4], "little")] = start, end
    return found


def shapes_with(file: WordFile) -> dict[int, int]:
    """The number of the shape that is anchored at each place of the body."""
    places, records = plc(file.part("shapes"), _SHAPE)
    return {place: int.from_bytes(record[:4], "little") for place, record in zip(places, records, strict=False)}
