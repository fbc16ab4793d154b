"""Old Word documents: numbers, changes as accepted, hidden words, notes, comments, merged cells, text boxes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.formats.old_word import read
from ingest.reading.formats.old_word.file import plc
from ingest.reading.formats.old_word.properties import Properties, changes
from ingest.reading.formats.old_word.rows import row_shapes
from ingest.reading.recognise import file_type_of
from ingest.reading.refusals import BEFORE_WORD_97, protected
from tests.ingest.reading.old_office import contract, old_word
from tests.ingest.reading.ole import ole_file

# How the text stream begins, and where the marks in its head are.
HEAD = 0xA5EC.to_bytes(2, "little")
FLAGS = 10


def changed(path: Path, change: Callable[[bytearray], None]) -> Path:
    data = bytearray(contract())
    assert data.count(HEAD) == 1
    change(data)
    path.write_bytes(data)
    return path


def test_everything_that_a_person_sees_is_read(tmp_path: Path) -> None:
    sections = [one for one in read(old_word(tmp_path / "a.doc")).sections if isinstance(one, Section)]
    assert [(one.heading, one.text) for one in sections] == [
        (None, "Header: ACME confidential"),
        (
            "1. Delivery > 1.1 Dates",
            "The goods leave on Friday.[1] Größe €5 – Привет.[i]\nFootnote 1: Except on holidays.\n"
            "Comment by Ada: Check the size.\nEndnote i: An end note.\n\n"
            "    (a) First point\n    (b) Second point\n- Bullet one\n  - Bullet two",
        ),
        (
            "Supply contract > 2. Payment",
            "See Error: Reference source not found and \tafter tab\nnext line.\n\n"
            "City: Oslo · Hotel: Fjord · Prices Low: 100 · Prices High: 120\n"
            "City: Oslo · Hotel: Bryggen · Prices Low: 80 · Prices High: 95\n"
            "City: Rome · Hotel: Foro · Prices Low: 70 · Prices High: 90\n\nWords in a box.\n\nLast words.",
        ),
    ]


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    assert file_type_of(old_word(tmp_path / "a"), "a.txt").name == "Word 97"


def test_a_document_with_a_password_is_refused(tmp_path: Path) -> None:
    def protect(data: bytearray) -> None:
        data[data.index(HEAD) + FLAGS + 1] |= 0x01

    path = changed(tmp_path / "a.doc", protect)
    with pytest.raises(CannotRead) as refused:
        read(path)
    assert str(refused.value) == protected(file_type_of(path, "a.doc"))


def test_a_document_from_before_1997_is_refused(tmp_path: Path) -> None:
    def age(data: bytearray) -> None:
        start = data.index(HEAD)
        data[start : start + 4] = b"\xdc\xa5\x68\x00"

    with pytest.raises(CannotRead) as refused:
        read(changed(tmp_path / "a.doc", age))
    assert str(refused.value) == BEFORE_WORD_97


def test_a_document_whose_text_breaks_off_is_damaged(tmp_path: Path) -> None:
    def cut(data: bytearray) -> None:
        del data[data.index("First point".encode("utf-16-le")) :]

    with pytest.raises((ValueError, OSError)):
        read(changed(tmp_path / "a.doc", cut))


def test_a_document_without_its_pieces_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(ole_file({"WordDocument": HEAD + b"\xc1\x00" + bytes(2000), "1Table": b""}))
    with pytest.raises(ValueError, match="pieces"):
        read(tmp_path / "a.doc")


def test_pieces_that_overlap_without_end_are_damage(tmp_path: Path) -> None:
    count = 2000
    numbers = b"".join((place * 4000).to_bytes(4, "little") for place in range(count + 1))
    pieces = numbers + (bytes(2) + 0x40000000.to_bytes(4, "little") + bytes(2)) * count
    table = b"\x02" + len(pieces).to_bytes(4, "little") + pieces
    head = bytearray(HEAD + b"\xc1\x00" + bytes(2000))
    head[76:80] = (count * 4000).to_bytes(4, "little")
    head[154 + 8 * 33 : 154 + 8 * 34] = bytes(4) + len(table).to_bytes(4, "little")
    (tmp_path / "a.doc").write_bytes(ole_file({"WordDocument": bytes(head), "0Table": table}))
    with pytest.raises(ValueError, match="overlap"):
        read(tmp_path / "a.doc")


def test_what_is_not_read_is_named_only_where_there_is_something(tmp_path: Path) -> None:
    assert [one for one in read(old_word(tmp_path / "a.doc")).sections if isinstance(one, NotRead)] == []


def test_a_broken_list_of_changes_ends_where_it_breaks() -> None:
    assert dict(changes(bytes.fromhex("0324006124004124 0092"))) == {0x2403: b"\0", 0x2461: b"\0", 0x2441: b"\0"}
    assert dict(changes(b"\x0b\x46\x01")) == {}


def test_the_cells_of_a_row_are_told_from_its_changes() -> None:
    cell = 0x60.to_bytes(2, "little") + bytes(18)
    table = bytes([2]) + b"".join(edge.to_bytes(2, "little") for edge in (0, 500, 900)) + cell + bytes(20)
    shapes = row_shapes(Properties({0xD608: table}))
    assert [(shape.right, shape.down) for shape in shapes] == [(500, "restart"), (900, "")]
    assert row_shapes(Properties({0xD608: b"\x09\x01"})) == []


def test_a_list_of_places_may_be_too_short() -> None:
    assert plc(b"\x01", 4) == ([], [])
    assert plc(bytes(4), 4) == ([0], [])
