"""Old PowerPoint presentations: titles, lists, notes, merged cells, groups, hidden slides, comments, objects."""

import struct
from pathlib import Path

import pytest

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.formats.old_slides import read
from ingest.reading.formats.old_slides.records import records
from ingest.reading.recognise import file_type_of
from ingest.reading.refusals import BEFORE_POWERPOINT_97, protected
from tests.ingest.reading.old_office import old_slides, plan_streams
from tests.ingest.reading.ole import ole_file

SLIDE, DRAWING, PAGE, GROUP, SHAPE, TEXT = 0x03EE, 0x040C, 0xF002, 0xF003, 0xF004, 0xF00D


def record(kind: int, data: bytes, instance: int = 0) -> bytes:
    return struct.pack("<HHI", instance << 4 | 0xF, kind, len(data)) + data


def text(words: str, kind: int = 4) -> bytes:
    return record(0x0F9F, struct.pack("<I", kind)) + record(0x0FA0, words.encode("utf-16-le"))


def shape(*inside: bytes, top: int = 0) -> bytes:
    return record(SHAPE, record(0xF010, struct.pack("<4h", top, 0, 9, 9)) + b"".join(inside))


def slide(*shapes: bytes, more: bytes = b"") -> bytes:
    return record(SLIDE, more + record(DRAWING, record(PAGE, record(GROUP, b"".join(shapes)))))


def show(path: Path, *slides: bytes, current: bytes = b"") -> Path:
    """A presentation whose list of slides is lost, so that all its slides are read."""
    path.write_bytes(ole_file({"Current User": current, "PowerPoint Document": b"".join(slides)}))
    return path


def parts(path: Path) -> list[tuple[int | None, str | None, str]]:
    return [(one.page, one.heading, one.text) for one in read(path).sections if isinstance(one, Section)]


def test_everything_that_a_person_sees_is_read(tmp_path: Path) -> None:
    path = old_slides(tmp_path / "a.ppt")
    assert read(path).pages == 3
    assert parts(path) == [
        (1, "Results", "Sales grew by a fifth\n  Costs – 5 € – fell\n\nNotes: Mention the budget"),
        (
            2,
            "Plan",
            "Step: Hire · Month: May · Owner: Ada\nStep: Train · Month: June · Owner: Bob\n"
            "Step: Open · Month: July · Owner: Bob\n\nA remark in a box\n\nInside a group",
        ),
        (3, "Secret plan (hidden slide)", "Hidden words"),
    ]


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    assert file_type_of(old_slides(tmp_path / "a"), "a.txt").name == "PowerPoint 97"


def test_shapes_are_read_from_top_to_bottom_and_breaks_are_lines(tmp_path: Path) -> None:
    lower, upper = shape(record(TEXT, text("Second")), top=50), shape(record(TEXT, text("First\x0bline\rNext")), top=10)
    path = show(tmp_path / "a.ppt", slide(shape(record(TEXT, text("Title", 0))), lower, upper))
    assert parts(path) == [(1, "Title", "First\nline\nNext\n\nSecond")]


def test_numbers_of_slides_are_left_out_and_descriptions_are_read(tmp_path: Path) -> None:
    numbered = record(TEXT, text("Page *") + record(0x0FD8, struct.pack("<I", 5)))
    words = "A map\0".encode("utf-16-le")
    described = record(0xF00B, struct.pack("<HI", 0x8000 | 0x0381, len(words)) + words, instance=1)
    assert parts(show(tmp_path / "a.ppt", slide(shape(numbered), shape(described, top=5)))) == [
        (1, None, "Page\n\nA map")
    ]


def test_comments_are_named_by_their_author(tmp_path: Path) -> None:
    said = [record(0x0FBA, words.encode("utf-16-le"), number) for number, words in enumerate(("Ada", "Check this."))]
    tags = record(0x1388, record(0x138A, record(0x138B, record(0x2EE0, b"".join(said)))))
    path = show(tmp_path / "a.ppt", slide(shape(record(TEXT, text("Plan"))), more=tags))
    assert parts(path) == [(1, None, "Plan\n\nComment by Ada: Check this.")]


def test_an_embedded_object_is_named(tmp_path: Path) -> None:
    embedded = record(0xF011, record(0x0BC1, struct.pack("<I", 7)))
    path = show(tmp_path / "a.ppt", slide(shape(embedded)))
    assert list(read(path).sections) == [NotRead("embedded object")]


def test_a_presentation_with_a_password_is_refused(tmp_path: Path) -> None:
    current = bytearray(plan_streams()["Current User"])
    current[12:16] = b"\xdf\xc4\xd1\xf3"
    path = show(tmp_path / "a.ppt", slide(), current=bytes(current))
    with pytest.raises(CannotRead) as refused:
        read(path)
    assert str(refused.value) == protected(file_type_of(path, "a.ppt"))


def test_a_presentation_from_before_1997_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead) as refused:
        read(show(tmp_path / "a.ppt", record(1, b"x"), current=record(1, bytes(20))))
    assert str(refused.value) == BEFORE_POWERPOINT_97


def test_a_file_without_slides_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no slides"):
        read(show(tmp_path / "a.ppt", b"nothing of the kind", current=plan_streams()["Current User"]))


def test_a_slide_that_is_lost_is_named(tmp_path: Path) -> None:
    streams = plan_streams()
    data = bytearray(streams["PowerPoint Document"])
    place = data.index(struct.pack("<HH", 0xF, SLIDE))
    data[place + 2 : place + 4] = b"\x11\x11"
    (tmp_path / "a.ppt").write_bytes(ole_file(streams | {"PowerPoint Document": bytes(data)}))
    found = list(read(tmp_path / "a.ppt").sections)
    assert [one.page for one in found if isinstance(one, Section)] == [2, 3]
    assert [one for one in found if isinstance(one, NotRead)] == [NotRead("slide", "1")]


def test_groups_without_end_are_refused(tmp_path: Path) -> None:
    inner = shape(record(TEXT, text("a")))
    for _ in range(200):
        inner = record(GROUP, inner)
    with pytest.raises(RecursionError):
        list(read(show(tmp_path / "a.ppt", slide(inner))).sections)


def test_a_record_that_is_too_long_ends_with_its_data() -> None:
    assert [found.data for found in records(struct.pack("<HHI", 0, 1, 1 << 31) + b"abc")] == [b"abc"]
