"""Archives, pictures, drawings and older Office files that are meant to do harm do none."""

import gzip
import io
import os
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ingest import Library, Settings, add
from ingest.errors import CannotRead
from ingest.reading.inside import FileInside, Inside
from ingest.reading.read import Reading, read
from tests.conftest import is_one_sentence
from tests.ingest.reading import old_office, pictures
from tests.ingest.reading.archives import protected, tarred, zipped

DEFAULTS = Settings(_env_file=None)
MARKUP = '<img src=x onerror=alert(1)><script>alert("2")</script> ![a](http://203.0.113.1/a.png) $(touch /tmp/x)'
NAMES = [
    "../../climbed.txt",
    "/absolute.txt",
    "..\\..\\windows.txt",
    "C:\\Users\\drive.txt",
    "\\\\server\\share\\remote.txt",
    "bell\x07 and \x1b[2J escape.txt",
    "line\r\nbreak.txt",
    "invoice\u202efdp.txt",
    "\u2066turned\u2069.txt",
    "x" * 5000 + ".txt",
    "a/" * 2400 + "deep.txt",
    "con.txt",
    "a:b.txt",
    f"{MARKUP}.txt",
    "same.txt",
    "same.txt",
    "SAME.txt",
]


def zip_of(names: list[str]) -> bytes:
    """A ZIP file with one line of text for each of these names, which may be there twice."""
    made = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore")  # of names that are there already
        for number, name in enumerate(names):
            archive.writestr(name, f"Desk {number} stands by the window.")
    return made.getvalue()


def tar_of(names: list[str]) -> bytes:
    """The same as a tar file."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for number, name in enumerate(names):
            member, data = tarfile.TarInfo(name), f"Desk {number} stands by the window.".encode()
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return made.getvalue()


@pytest.mark.parametrize(("name", "make"), [("desks.zip", zip_of), ("desks.tar", tar_of)])
def test_names_in_an_archive_lead_nowhere_and_each_file_is_a_document(
    name: str, make: Callable[[list[str]], bytes], tmp_path: Path, library: Library, settings: Settings
) -> None:
    path = tmp_path / name
    path.write_bytes(make(NAMES))
    outcome = add(path, library, settings)
    documents = library.documents()
    assert (outcome.status, len(documents)) == ("added", len(NAMES))
    assert len({document.name for document in documents}) == len(NAMES)
    for document in documents:
        assert document.name.startswith(f"{name}/")
        assert len(document.name) <= 300
        assert document.name.isprintable()
        assert not {"..", ""} & set(document.name.split("/"))
        assert "\\" not in document.name
    held = {path.name for path in (settings.library / "files").iterdir()}
    assert {document.id for document in documents} <= held
    assert sorted(tmp_path.iterdir()) == sorted([path, settings.library])
    assert not list(tmp_path.parent.glob("climbed*"))


def test_a_name_with_a_zero_ends_there_or_is_refused(tmp_path: Path, library: Library, settings: Settings) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"nul_.txt": b"Words.", "b.txt": b"More words."}).replace(b"nul_", b"nul\0"))
    outcome = add(path, library, settings)
    assert outcome.status == "added" or is_one_sentence(outcome.reason or "")
    assert all(document.name.isprintable() for document in library.documents())


def read_inside(path: Path, content: bytes) -> tuple[Reading | str, dict[str, bytes]]:
    """The reading of a file or the sentence that refuses it, and the files inside."""
    held = dict[str, bytes]()

    def keep(file: FileInside, pieces: Iterator[bytes]) -> None:
        held[file.name] = b"".join(pieces)

    path.write_bytes(content)
    try:
        return read(path, path.name, DEFAULTS, inside=Inside(100, 20_000_000, 10_000_000, keep)), held
    except CannotRead as error:
        sentence = str(error)
    assert is_one_sentence(sentence)
    return sentence, held


def special_members() -> bytes:
    """A tar file with a document, and links, devices, a pipe and a file with a hole of a terabyte."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for number, kind in enumerate(
            [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
        ):
            member = tarfile.TarInfo(f"special {number}.txt")
            member.type, member.linkname, member.devmajor, member.devminor = kind, "/etc/passwd", 1, 8
            archive.addfile(member)
        hole = tarfile.TarInfo("hole.txt")
        hole.pax_headers = {"GNU.sparse.map": "0,1", "GNU.sparse.size": str(10**12), "GNU.sparse.numblocks": "1"}
        hole.size = 1
        archive.addfile(hole, io.BytesIO(b"x"))
        letter = tarfile.TarInfo("letter.txt")
        letter.size = 6
        archive.addfile(letter, io.BytesIO(b"Words."))
    return made.getvalue()


def test_links_devices_pipes_and_holes_are_named_and_not_followed(tmp_path: Path) -> None:
    reading, held = read_inside(tmp_path / "a.tar", special_members())
    assert isinstance(reading, Reading)
    assert held == {"letter.txt": b"Words."}
    assert {each.name for each in reading.not_read} == {*(f"special {number}.txt" for number in range(5)), "hole.txt"}


def overlapping(copies: int, size: int) -> bytes:
    """A ZIP file whose many entries all lead to the same packed bytes."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", bytes(size))
        first = archive.infolist()[0]
        for number in range(copies):
            twin = zipfile.ZipInfo(f"{number}.txt")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset", "flag_bits"):
                setattr(twin, field, getattr(first, field))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    return made.getvalue()


def nested(depth: int) -> bytes:
    """A gzipped file in a gzipped file, and so on."""
    data = b"Words."
    for _ in range(depth):
        data = gzip.compress(data)
    return data


BOMBS = {
    "zeros.gz": gzip.compress(bytes(300_000_000), 1),
    "zeros.tgz": tarred({"zeros.txt": bytes(60_000_000)}, "w:gz"),
    "overlapping.zip": overlapping(90, 5_000_000),
    "nested.gz": nested(200),
    "endless.svg": b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 100_000 + b"<text>Words.</text></svg>",
    "uses.svg": (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">'
        + b"".join(b'<g id="g%d"><use x:href="#g%d"/><use x:href="#g%d"/></g>' % (n, n + 1, n + 1) for n in range(60))
        + b'<g id="g60"><text>Words.</text></g><use x:href="#g0"/></svg>'
    ),
    "cut.gif": b"GIF89a\xff\xff\xff\xff\xf7\0\0" + bytes(768) + b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x08\xff",
    "huge.bmp": b"BM"
    + b"\xff\xff\xff\x7f"
    + bytes(4)
    + b"\x36\0\0\0\x28\0\0\0"
    + b"\xff\xff\xff\x7f" * 2
    + b"\1\0\x18\0"
    + bytes(40),
    "loop.tiff": b"II*\0\x08\0\0\0\1\0" + b"\0\1\3\0\1\0\0\0\1\0\0\0" + b"\x08\0\0\0",
    "deep.rtf": rb"{\rtf1 " + b"{" * 100_000 + b"Words." + b"}" * 100_001,
    "binary.rtf": rb"{\rtf1 \bin2147483647 Words.}",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_grows_nests_or_loops_is_read_or_refused_within_the_limits(name: str, tmp_path: Path) -> None:
    outcome, held = read_inside(tmp_path / name, BOMBS[name])
    assert sum(map(len, held.values())) <= 20_000_000
    if isinstance(outcome, Reading):
        assert sum(len(section.text) for section in outcome.sections) < 100_000


def test_a_picture_of_very_many_points_is_refused(tmp_path: Path) -> None:
    outcome, _ = read_inside(tmp_path / "bomb.png", pictures.bomb(tmp_path / "made.png").read_bytes())
    assert isinstance(outcome, str)


def test_of_members_with_a_password_the_others_are_read(tmp_path: Path) -> None:
    locked = bytearray(zipped({"open.txt": b"Words.", "locked.txt": b"Secret."}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.rfind(mark) + flags] |= 1
    reading, held = read_inside(tmp_path / "a.zip", bytes(locked))
    assert isinstance(reading, Reading)
    assert held == {"open.txt": b"Words."}
    assert [each.name for each in reading.not_read] == ["locked.txt"]
    refused, _ = read_inside(tmp_path / "b.zip", protected({"locked.txt": b"Secret."}))
    assert isinstance(refused, str)
    assert "password" in refused


def test_markup_in_a_drawing_and_in_old_office_files_stays_text(tmp_path: Path) -> None:
    escaped = MARKUP.replace("<", "&lt;").replace(">", "&gt;")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{escaped}</text><script>alert(3)</script></svg>'
    rich = "{\\rtf1 " + MARKUP + "}"
    for name, content in {"a.svg": drawing, "a.rtf": rich}.items():
        reading, _ = read_inside(tmp_path / name, content.encode())
        assert isinstance(reading, Reading)
        assert MARKUP in " ".join(section.text for section in reading.sections)
        assert "alert(3)" not in " ".join(section.text for section in reading.sections)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.doc", old_office.old_word),
        ("a.ppt", old_office.old_slides),
        ("a.rtf", old_office.rich_text),
        ("a.odt", old_office.open_text),
        ("a.odp", old_office.open_slides),
    ],
)
def test_random_bytes_within_office_files_end_in_a_reading_or_a_sentence(
    name: str, make: Callable[[Path], Path], tmp_path: Path
) -> None:
    content = make(tmp_path / name).read_bytes()
    noise = zlib.compress(os.urandom(2000))
    for at in (len(content) // 4, len(content) // 2):
        read_inside(tmp_path / name, content[:at] + noise + content[at + len(noise) :])
