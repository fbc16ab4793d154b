"""Files inside a file come out of the box as they are, within limits, or are named."""

import gzip
import io
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.inside import FileInside, Inside
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading.archives import mail, protected, tarred, zipped

DEFAULTS = Settings(_env_file=None)


class Taken:
    """Takes what is inside a file, within these limits."""

    def __init__(self, files: int = 100, total: int = 50_000_000, each: int = 20_000_000) -> None:
        self.held: dict[str, bytes] = {}
        self.limits = files, total, each

    def read(self, path: Path, content: bytes) -> Reading:
        path.write_bytes(content)
        return read(path, path.name, DEFAULTS, inside=Inside(*self.limits, self._keep))

    def _keep(self, file: FileInside, pieces: Iterator[bytes]) -> None:
        self.held[file.name] = b"".join(pieces)


BYTES = bytes(range(256)) * 9000 + b'\n{"done": true}\n{"characters": 99999999999}\n'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.eml", mail({"plan.bin": BYTES, "b.txt": b"Words."})),
        ("a.zip", zipped({"plan.bin": BYTES, "b.txt": b"Words."})),
        ("a.tar", tarred({"plan.bin": BYTES, "b.txt": b"Words."})),
        ("a.tgz", tarred({"plan.bin": BYTES, "b.txt": b"Words."}, "w:gz")),
    ],
)
def test_every_byte_comes_out(tmp_path: Path, name: str, content: bytes) -> None:
    taken = Taken()
    reading = taken.read(tmp_path / name, content)
    assert taken.held == {"plan.bin": BYTES, "b.txt": b"Words."}
    assert [file.name for file in reading.files] == ["plan.bin", "b.txt"]
    assert reading.not_read == ()
    assert bool(reading.sections) == name.endswith(".eml")


def test_a_file_that_is_compressed_alone_comes_out(tmp_path: Path) -> None:
    taken = Taken()
    taken.read(tmp_path / "notes.txt.gz", gzip.compress(b"Bring boots."))
    assert taken.held == {"": b"Bring boots."}


def test_what_nobody_sees_in_a_folder_is_left_out(tmp_path: Path) -> None:
    unseen = {"__MACOSX/._a.txt": b"x", ".DS_Store": b"x", "b/Thumbs.db": b"x", ".git/config": b"x", "empty/": b""}
    taken = Taken()
    assert taken.read(tmp_path / "a.zip", zipped({"a.txt": b"Words.", **unseen})).not_read == ()
    assert list(taken.held) == ["a.txt"]
    with pytest.raises(CannotRead, match="no files in it"):
        taken.read(tmp_path / "a.zip", zipped(unseen))


def test_what_is_over_a_limit_is_named(tmp_path: Path) -> None:
    names = [f"{number}.txt" for number in range(5)]
    taken = Taken(files=3)
    reading = taken.read(tmp_path / "a.eml", mail(dict.fromkeys(names, b"Words.")))
    assert list(taken.held) == names[:3]
    assert [left.name for left in reading.not_read] == names[3:]
    taken = Taken(total=100, each=50)
    held = {"a": b"x" * 40, "b": b"x" * 60, "c": b"x", "d": b"x"}
    reading = taken.read(tmp_path / "a.zip", zipped(held))
    assert list(taken.held) == ["a"]
    assert reading.not_read == tuple(NotRead("file", name) for name in "bcd")


def test_a_file_that_cannot_be_unpacked_does_not_lose_the_others(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": b"The first words. " * 99, "b.txt": b"Words."}))
    content[50:60] = bytes(10)
    taken = Taken()
    reading = taken.read(tmp_path / "a.zip", bytes(content))
    assert taken.held == {"b.txt": b"Words."}
    assert reading.not_read == (NotRead("file", "a.txt"),)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="protected with a password"):
        Taken().read(tmp_path / "a.zip", protected({"a.txt": b"Words."}))


def test_a_link_in_an_archive_leads_nowhere(tmp_path: Path) -> None:
    taken = Taken()
    reading = taken.read(tmp_path / "a.tar", tarred({"a.txt": b"Words."}, link="passwords"))
    assert (taken.held, reading.not_read) == ({"a.txt": b"Words."}, (NotRead("file", "passwords"),))


def test_an_archive_with_very_many_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="has 10,000 files in it, and the limit is 1,000"):
        Taken().read(tmp_path / "a.zip", zipped({f"{number}.txt": b"" for number in range(10_000)}))


def test_a_bomb_that_says_its_size_is_refused_and_one_that_lies_is_cut_off(tmp_path: Path) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(3):
            with archive.open(f"{number}.txt", "w", force_zip64=True) as member:
                for _ in range(800):
                    member.write(bytes(1_000_000))
    honest = made.getvalue()
    with pytest.raises(CannotRead, match="unpacks to 2,400 MB"):
        Taken().read(tmp_path / "a.zip", honest)
    # The sizes are those of ZIP64, in the extra fields of the directory too.
    lying = honest.replace(struct.pack("<Q", 800_000_000), struct.pack("<Q", 1000))
    lying = lying.replace(struct.pack("<L", 800_000_000), struct.pack("<L", 1000))
    taken = Taken()
    assert len(taken.read(tmp_path / "a.zip", lying).not_read) == 3
    assert taken.held == {}


def test_names_in_old_and_new_encodings_are_read(tmp_path: Path) -> None:
    new = zipped({"Größe.txt": b"Words."})
    old = new.replace("Größe.txt".encode(), b"Gr\x94\xe1e.txt".ljust(11, b"t"))
    old = old.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")  # without the mark for UTF-8
    unmarked = new.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")
    for content, name in ((new, "Größe.txt"), (unmarked, "Größe.txt"), (old, "Größe.txttt")):
        taken = Taken()
        taken.read(tmp_path / "a.zip", content)
        assert list(taken.held) == [name]


def test_a_file_of_which_the_end_is_missing_is_not_taken() -> None:
    taken = Taken()
    inside = Inside(*taken.limits, taken._keep)
    with pytest.raises(ValueError, match="end of a file"):
        inside.take(FileInside("a", "file"), iter([{"piece": "QQ=="}]))
    with pytest.raises(ValueError, match="more than it may"):
        Inside(1, 1, 1, taken._keep).take(FileInside("a", "file"), iter([{"piece": "QUFB"}, {"whole": True}]))
    assert taken.held == {}


def test_without_anybody_who_takes_them_files_are_told_by_name(tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail({"a.txt": b"Words."}))
    assert read(path, "a.eml", DEFAULTS).files == (FileInside("a.txt", "attachment"),)
