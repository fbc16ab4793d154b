"""A look at what a folder holds: only what is certainly in it, and bytes that stayed the same while they were read."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import CannotFollow, CannotRead
from ingest.following.scan import NotQuiet, Scan, Stamp, hash_of, pieces, scan
from tests.conftest import is_one_sentence
from tests.ingest.following.office import write


def test_all_files_are_found_with_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, a="one", sub__deep__b="three", ü="é")
    found = scan(tmp_path)
    assert set(found.files) == {"a.txt", "sub/deep/b.txt", "ü.txt"}
    about = (tmp_path / "a.txt").stat()
    assert found.files["a.txt"] == Stamp(3, about.st_mtime_ns)
    assert hash_of(tmp_path, "sub/deep/b.txt", found.files["sub/deep/b.txt"]) == hashlib.sha256(b"three").hexdigest()


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CannotFollow) as refused:
        scan(tmp_path / "not there")
    assert is_one_sentence(str(refused.value))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text("more than before"),
        lambda path: os.utime(path, (1, 1)),
        lambda path: path.unlink(),
        lambda path: path.rename(path.with_name("other")),
    ],
)
def test_a_file_that_is_not_as_it_was_seen_is_not_read(tmp_path: Path, change: Callable[[Path], object]) -> None:
    write(tmp_path, a="one")
    stamp = scan(tmp_path).files["a.txt"]
    change(tmp_path / "a.txt")
    with pytest.raises(NotQuiet):
        list(pieces(tmp_path, "a.txt", stamp))


def test_a_file_that_grows_while_it_is_read_is_not_taken(tmp_path: Path) -> None:
    write(tmp_path, a="one")
    reading = pieces(tmp_path, "a.txt", scan(tmp_path).files["a.txt"])
    assert next(reading) == b"one"
    with (tmp_path / "a.txt").open("a") as file:
        file.write(" and more")
    with pytest.raises(NotQuiet):
        list(reading)


def test_no_link_that_was_put_in_between_leads_out_of_the_folder(tmp_path: Path) -> None:
    folder, outside = tmp_path / "papers", tmp_path / "outside"
    write(folder, a="one", sub__a="one")
    write(outside, a="two")
    stamps = scan(folder).files
    for path, link, target in (
        ("a.txt", folder / "a.txt", outside / "a.txt"),
        ("sub/a.txt", folder / "sub", outside),
    ):
        link.rename(tmp_path / f"away {link.name}")
        link.symlink_to(target)
        os.utime(outside / "a.txt", ns=(stamps[path].mtime_ns, stamps[path].mtime_ns))  # as if it were the same
        with pytest.raises((NotQuiet, CannotRead)):
            list(pieces(folder, path, stamps[path]))
    assert scan(folder).files == {}


def test_what_could_not_be_looked_at_is_not_gone() -> None:
    found = Scan({"a.txt": Stamp(1, 1)}, ("b.txt", "b.txt/", "sub", "sub/"))
    assert [path for path in ("a.txt", "b.txt", "sub/c.txt", "subway.txt", "d.txt") if found.is_gone(path)] == [
        "subway.txt",
        "d.txt",
    ]
