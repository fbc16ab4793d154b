"""Text files: data written as letters is kept out and said, and what is no text is refused, whatever its name."""

import base64
import os
import random
from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.formats.encoded import LEFT_OUT, without_encoded
from ingest.reading.read import Reading, read
from ingest.settings import Settings

RANDOM = random.Random(7).randbytes(2000)
BLOCK = base64.encodebytes(RANDOM).decode().strip()
HEX = "\n".join(RANDOM[place : place + 32].hex() for place in range(0, 640, 32))
DUMP = "\n".join(
    f"{place:08x}: {RANDOM[place : place + 16].hex(' ', 2)}  ..%..?/.Aa......" for place in range(0, 320, 16)
)


def of(path: Path, content: str | bytes) -> Reading:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, path.name, Settings(_env_file=None))


@pytest.mark.parametrize(
    "block",
    [
        BLOCK,
        BLOCK.replace("\n", ""),
        HEX,
        DUMP,
        "data:image/png;base64," + BLOCK.replace("\n", ""),
        "begin 644 photo.jpg\n" + 'M\'XL("$5V9&0"_W!H;W1O+FIP9P"M5FMOVS84_2Z@_X\'H\n' * 5 + "`\nend",
        "\n".join("> " + line for line in BLOCK.split("\n")),
    ],
)
def test_encoded_data_is_kept_out_and_said(tmp_path: Path, block: str) -> None:
    reading = of(tmp_path / "a.txt", f"The seal is blue.\n\n{block}\n\nIt weighs 4 kg.")
    assert reading.sections[0].text == f"The seal is blue.\n\n{LEFT_OUT}\n\nIt weighs 4 kg."
    assert reading.not_read == (NotRead("encoded block"),)


def test_of_a_key_the_lines_around_it_stay(tmp_path: Path) -> None:
    key = f"-----BEGIN CERTIFICATE-----\n{BLOCK}\n-----END CERTIFICATE-----"
    assert of(tmp_path / "a.txt", f"Ours:\n{key}\nEnd.").sections[0].text == (
        f"Ours:\n-----BEGIN CERTIFICATE-----\n{LEFT_OUT}\n-----END CERTIFICATE-----\nEnd."
    )


def test_the_picture_of_a_note_leaves_its_description(tmp_path: Path) -> None:
    address = "data:image/png;base64," + BLOCK.replace("\n", "")
    assert of(tmp_path / "a.md", f"# Seal\n\nSee ![a blue seal]({address}) here.").sections[0].text == (
        "See a blue seal here."
    )


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(" ".join(str(1000 + 7 * row * column) for column in range(12)) for row in range(1, 9)),
        "\n".join("12 34 56 78 90 11 22 33 44 55 66 77 88 99 10 20" for _ in range(9)),
        "\n".join(f"theUserOfTheLibraryCanOpenTheDocumentThatWasAddedLast{row}" for row in "abcde"),
        "\n".join(f"https://example.org/Products/2024/Spare_Parts/Rotor-Blades/{row}/Order" for row in range(9)),
        "\n".join(f"this-is-a-long-name-of-a-page-about-spare-parts-and-{row}" for row in "abcde"),
        "Commit 3f786850e387550fdab836ed7e6dc881de23001b is the last.",
        "私たちの図書館は月曜日から金曜日まで開いています。" * 30,
        "=" * 300 + "\n" + "-" * 300,
        "ATGCGTACGTTAGCATGCGTACGTTAGCATGCGTACGTTAGCATGCGTACGTTAGC",
    ],
)
def test_what_people_write_stays(text: str) -> None:
    assert without_encoded(text) == (text, 0)


@pytest.mark.parametrize("piece", ["a", "A1b2", "-----BEGIN A-----\n", "word "])
def test_a_text_of_five_megabytes_is_searched_within_the_time_of_a_file(piece: str, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("Minutes\n\n" + piece * (5_000_000 // len(piece)))
    assert read(path, path.name, Settings(_env_file=None)).sections[0].text.startswith("Minutes")


def _core_dump() -> bytes:
    return b"\x7fELF\2\1\1" + bytes(9) + os.urandom(1000) + bytes(5000) + os.urandom(9_900_000)


def _white_picture() -> bytes:
    size = 10_000_000
    head = b"BM" + size.to_bytes(4, "little") + bytes(4) + (54).to_bytes(4, "little") + (40).to_bytes(4, "little")
    return head.ljust(54, b"\0") + b"\xff" * (size - 54)


@pytest.mark.parametrize(
    "content",
    [_core_dump(), _white_picture(), b"Log of today\n" * 20_000 + os.urandom(9_000_000), b"MZ" + os.urandom(100_000)],
    ids=["core dump", "picture", "text and then a dump", "program"],
)
def test_what_is_no_text_is_refused_whatever_its_name(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CannotRead, match=r"cannot read this kind|is a picture|is damaged"):
        of(tmp_path / "a.txt", content)


def test_a_text_that_begins_like_a_picture_is_a_text(tmp_path: Path) -> None:
    assert of(tmp_path / "a.txt", "BMW and others. " * 9).type == "Text"
