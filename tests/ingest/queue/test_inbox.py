"""The inbox: what was put into it is there after a restart, whatever it is called, until it is taken or dismissed."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest.errors import LibraryUnavailable
from ingest.queue.inbox import Inbox
from tests.conftest import is_one_sentence


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "library" / "inbox"


def test_what_was_put_survives_a_restart_in_its_order(folder: Path) -> None:
    inbox = Inbox(folder)
    assert inbox.waiting() == []
    put = [inbox.put(f"{number}.txt", [b"This is ", f"{number}.".encode()]) for number in range(5)]
    for there in (inbox, Inbox(folder)):
        assert there.waiting() == put
    assert [waiting.path.read_bytes() for waiting in put] == [f"This is {number}.".encode() for number in range(5)]
    assert [waiting.letter.reason for waiting in put] == [None] * 5


def test_an_empty_file_can_wait(folder: Path) -> None:
    assert Inbox(folder).put("empty.txt", []).path.read_bytes() == b""


def test_what_was_only_half_written_is_cleared_away_at_the_next_start(folder: Path) -> None:
    class Killed(BaseException):
        """The process ends in the middle of an upload."""

    def portions() -> Iterator[bytes]:
        yield b"the first half"
        raise Killed

    inbox = Inbox(folder)
    whole = inbox.put("whole.txt", [b"whole"])
    with pytest.raises(Killed):
        inbox.put("half.txt", portions())
    assert inbox.waiting() == [whole]
    assert Inbox(folder).waiting() == [whole]
    assert [entry.name for entry in folder.iterdir()] == [whole.id]


def test_a_file_that_cannot_be_kept_is_said_in_one_sentence_and_leaves_nothing(folder: Path) -> None:
    def portions() -> Iterator[bytes]:
        yield b"the first half"
        raise OSError(28, "No space left on device")

    inbox = Inbox(folder)
    with pytest.raises(LibraryUnavailable) as refused:
        inbox.put("large.txt", portions())
    assert is_one_sentence(str(refused.value))
    assert list(folder.iterdir()) == []


NAMES = [
    "a/b/c.txt",
    "../../outside.txt",
    "..",
    ".",
    "/etc/passwd",
    "C:\\Users\\me\\file.txt",
    "line\nbreak\tand\x07bell.txt",
    "x" * 300 + ".txt",
    "no ending",
    ".hidden",
    "",
    " ",
    "日本語 👩‍👩‍👧.pdf",
    "letter.json",
    '"quotes" {and} \\u0041.txt',
    "caf\udce9.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_ever_data(folder: Path, name: str) -> None:
    inbox = Inbox(folder)
    put = inbox.put(name, [b"content"])
    assert Inbox(folder).waiting() == [put]
    assert put.letter.name == name
    assert put.path.read_bytes() == b"content"
    assert put.path.resolve().is_relative_to(folder.resolve())
    inbox.discard(put.id)
    assert list(folder.iterdir()) == []
    assert [path.name for path in folder.parent.iterdir()] == ["inbox"]


@given(names=st.lists(st.text(), max_size=5))
@examples(max_examples=20, deadline=None)
def test_any_names_come_back_as_they_were(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    folder = tmp_path_factory.mktemp("inbox")
    for name in names:
        Inbox(folder).put(name, [b"content"])
    assert [waiting.letter.name for waiting in Inbox(folder).waiting()] == names


def test_a_failed_file_stays_with_its_reason_until_it_is_tried_again_or_dismissed(folder: Path) -> None:
    inbox = Inbox(folder)
    put = inbox.put("bad.pdf", [b"bad"])
    inbox.fail(put.id, "This PDF is damaged – save it anew.")
    (failed,) = Inbox(folder).waiting()
    assert (failed.id, failed.letter.name, failed.letter.reason) == (
        put.id,
        "bad.pdf",
        "This PDF is damaged – save it anew.",
    )
    assert failed.path.read_bytes() == b"bad"
    inbox.retry(put.id)
    assert Inbox(folder).waiting() == [put]
    inbox.discard(put.id)
    assert Inbox(folder).waiting() == []


def test_what_is_not_there_any_more_can_be_discarded_again(folder: Path) -> None:
    inbox = Inbox(folder)
    put = inbox.put("a.txt", [b"a"])
    inbox.discard(put.id)
    inbox.discard(put.id)
    assert inbox.waiting() == []


def test_the_inbox_can_be_looked_at_while_files_come_and_go(folder: Path) -> None:
    inbox = Inbox(folder)
    stays = inbox.put("stays.txt", [b"stays"])
    failures: list[BaseException] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                assert stays in inbox.waiting()
            except Exception as error:  # noqa: BLE001 (kept for the test's own thread)
                failures.append(error)
                return

    looking = threading.Thread(target=look)
    looking.start()
    for number in range(150):
        put = inbox.put(f"{number}.txt", [b"comes and goes"])
        inbox.fail(put.id, "It was no good.")
        inbox.retry(put.id)
        inbox.discard(put.id)
        if failures:
            break
    over.set()
    looking.join()
    assert failures == []


def test_what_a_person_laid_into_the_folder_by_hand_stops_nobody(folder: Path) -> None:
    inbox = Inbox(folder)
    put = inbox.put("a.txt", [b"a"])
    (folder / "Thumbs.db").write_bytes(b"not ours")
    (folder / "a folder").mkdir()
    assert inbox.waiting() == [put]
    assert Inbox(folder).waiting() == [put]
