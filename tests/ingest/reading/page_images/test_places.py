"""A page that never finishes drawing takes at most two cores, once."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from ingest import Settings
from ingest.errors import CannotRead
from ingest.reading.page_images import child, page_image
from ingest.reading.page_images.places import AllTakenError, Places
from tests.ingest.reading import files
from tests.ingest.reading import hostile_files as hostile

DEFAULTS = Settings(_env_file=None)
LOOKS_AT_EACH = 6


@pytest.fixture(autouse=True)
def _nothing_is_remembered() -> Iterator[None]:
    page_image.places.forget()
    yield
    page_image.places.forget()


def never_ending(path: Path) -> Path:
    """A small PDF whose one page is drawn by 12 to the power of 12 forms."""
    hostile.pdf_forms_bomb(path, depth=12, width=12)
    assert path.stat().st_size < 4000
    return path


def children() -> set[str]:
    """The processes of this one that draw now."""
    found = set()
    for listed in Path("/proc/self/task").glob("*/children"):
        with suppress(OSError):  # it ended just now
            for process in listed.read_text().split():
                if child.__name__.encode() in Path(f"/proc/{process}/cmdline").read_bytes():
                    found.add(process)
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="only Linux tells the processes of a process")
def test_many_who_look_at_pages_that_never_finish_take_two_processes_and_each_page_is_tried_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_image, "_SECONDS", 2)
    paths = [never_ending(tmp_path / f"{number}.pdf") for number in range(3)]
    refused: Counter[str] = Counter()

    def look(path: Path) -> None:
        with pytest.raises(CannotRead) as error:
            page_image.page_image(path, 1, DEFAULTS)
        refused[str(error.value)] += 1

    looks = [threading.Thread(target=look, args=(path,)) for path in paths * LOOKS_AT_EACH]
    for thread in looks:
        thread.start()
    most, tried = 0, set[str]()
    while any(thread.is_alive() for thread in looks):
        now = children()
        most, tried = max(most, len(now)), tried | now
        threading.Event().wait(0.02)
    assert refused == {"This page cannot be shown as a picture. Its text is below.": len(looks)}
    assert most == 2
    assert len(tried) == len(paths)


def test_another_page_and_another_file_are_not_affected(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", [["One page of it."], ["Another page of it."]])
    with pytest.raises(CannotRead):
        page_image.page_image(path, 7, DEFAULTS)
    assert page_image.page_image(path, 2, DEFAULTS).png.startswith(b"\x89PNG")


def test_whoever_waits_too_long_for_a_place_is_told() -> None:
    places = Places()
    with places.taken("one", 1), places.taken("two", 1):
        with pytest.raises(AllTakenError), places.taken("three", 0.01):
            pass
        with pytest.raises(AllTakenError), places.taken("one", 0.01):
            pass
    with places.taken("three", 0.01):
        pass


def test_what_was_remembered_longest_is_forgotten_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.reading.page_images.places._REMEMBERED", 2)
    places = Places()
    for page in ("one", "two", "three"):
        places.remember(page)
    assert [places.has_failed(page) for page in ("one", "two", "three")] == [False, True, True]
