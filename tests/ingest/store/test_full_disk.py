"""A disk without a byte left: what is there can be asked, removed, restored and deleted, and no original is lost.

The disk is a small one of its own (tmpfs), filled to the last byte by another program at each step. Where none may be
mounted, the tests are skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from ingest import Library, Settings
from ingest.backup.restore import restore_backup
from ingest.backup.write import write_backup
from ingest.errors import LibraryUnavailable
from ingest.queue.jobs import Jobs
from ingest.store.durable import free_bytes
from ingest.units import MEGABYTE
from qa import Conversations, Turn
from tests.conftest import is_one_sentence
from tests.ingest.store.stored import WIDTH, a_document, add_document, texts

SIZE = 96 * MEGABYTE
IDS = [f"{number:064x}" for number in range(6)]
PASSAGES = 30


class Disk:
    """A small disk with a library in it, and a file of another program that fills it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(_env_file=None).model_copy(update={"library": folder / "library"})
        self._other = folder / "of another program"

    def fill(self) -> None:
        """Take the last byte."""
        with self._other.open("ab", buffering=0) as file:
            for size in (MEGABYTE, 4096, 1):
                with suppress(OSError):
                    while file.write(bytes(size)) == size:
                        pass
        assert free_bytes(self.folder) == 0

    def clear(self) -> None:
        """Give all of it back."""
        self._other.unlink(missing_ok=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and shutil.which("mount") and subprocess.run(command, check=False).returncode == 0
    if not mounted:
        pytest.skip("no disk of its own can be mounted here: that takes root, and a container that allows it")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # Chroma lets go a moment later


@pytest.fixture
def opened(disk: Disk) -> Iterator[Library]:
    """A library of six documents with originals on that disk, which is then full."""
    with Library(disk.settings.model_copy(update={"free_megabytes": 0})) as library:
        library.database.reserve.keep()
        for number, document_id in enumerate(IDS):
            add_document(library, a_document(document_id, PASSAGES, minutes=number))
            original = disk.folder / "original"
            original.write_text(f"original {number}", encoding="utf-8")
            library.files.take_in(original, document_id)
        library.remove(IDS[5])
        disk.fill()
        yield library


def whole(library: Library, *there: str) -> bool:
    """Whether these documents are there with passages, vectors and originals."""
    passages = [passage for document_id in there for passage in texts(a_document(document_id, PASSAGES))]
    originals = [f"original {IDS.index(document_id)}" for document_id in there]
    paths = [library.files.path(document_id) for document_id in there]
    return (
        {document.id for document in library.stored_documents()} >= set(there)
        and len(library.vectors(passages)) == len(passages)
        and [path.read_text(encoding="utf-8") for path in paths if path] == originals
    )


def test_what_is_there_can_be_asked_removed_restored_and_deleted(opened: Library, disk: Disk) -> None:
    conversations = Conversations(opened.database)
    assert len(opened.nearest(np.ones(WIDTH, dtype=np.float32), 5, opened.documents())) == 5
    assert conversations.add(conversations.start(), Turn("When?", None, "There are no documents yet."))
    assert opened.remove(IDS[0])
    assert opened.trash.restore(IDS[5])
    assert opened.remove(IDS[1])
    assert opened.empty_trash([IDS[0], IDS[1]]) == 2
    assert [document.id for document in opened.documents()] == [IDS[2], IDS[3], IDS[4], IDS[5]]
    assert whole(opened, *IDS[2:])
    disk.clear()
    opened.database.reserve.keep()
    assert (disk.settings.library / "reserve").exists()


def test_it_opens_and_the_trash_can_be_emptied_after_a_restart(disk: Disk, opened: Library) -> None:
    opened.close()
    disk.fill()
    with Library(disk.settings) as library:
        assert library.empty_trash([IDS[5]]) == 1
        assert library.remove(IDS[0])
        assert whole(library, *IDS[:5])


def fails(action: Callable[[], object]) -> None:
    """It ends in one sentence."""
    with pytest.raises(LibraryUnavailable) as refused:
        action()
    assert is_one_sentence(str(refused.value))


def without_reserve(disk: Disk) -> None:
    """The reserve is given up and used up, too."""
    (disk.settings.library / "reserve").unlink(missing_ok=True)
    disk.fill()


def test_without_any_room_each_step_ends_in_a_sentence_and_nothing_is_lost(opened: Library, disk: Disk) -> None:
    without_reserve(disk)
    fails(lambda: Jobs(opened).put("new.txt", [b"a new file"]))
    fails(lambda: opened.remove(IDS[0]))
    fails(lambda: opened.trash.restore(IDS[5]))
    fails(lambda: opened.empty_trash([IDS[5]]))
    fails(lambda: opened.delete(IDS[1]))
    fails(lambda: add_document(opened, a_document("f" * 64, 200)))
    fails(lambda: write_backup(opened, disk.folder / "backup.zip"))
    conversations = Conversations(opened.database)
    fails(lambda: conversations.add(conversations.start(), Turn("When?", None, "There are no documents yet.")))
    assert len(opened.nearest(np.ones(WIDTH, dtype=np.float32), 5, opened.documents())) == 5
    assert sorted(path.name for path in disk.folder.iterdir()) == ["library", "of another program"]
    disk.clear()
    assert whole(opened, *IDS)
    assert [document.id for document in opened.documents()] == IDS[:5]
    assert opened.empty_trash([IDS[5]]) == 1
    opened.close()
    with Library(disk.settings) as library:
        assert whole(library, *IDS[:5])


def test_a_backup_that_does_not_fit_leaves_the_library_as_it_was(disk: Disk, opened: Library, tmp_path: Path) -> None:
    backup = tmp_path / "backup.zip"
    write_backup(opened, backup)
    opened.close()
    for room in (0, 300_000, 1_000_000):
        disk.clear()
        without_reserve(disk)
        _free(disk, room)
        with pytest.raises(Exception, match="room") as refused:
            restore_backup(backup, disk.settings, replace=True)
        assert is_one_sentence(str(refused.value))
        assert not (disk.settings.library / ".restore").exists()
    disk.clear()
    with Library(disk.settings) as library:
        assert whole(library, *IDS)


def _free(disk: Disk, room: int) -> None:
    path = disk.folder / "of another program"
    os.truncate(path, path.stat().st_size - room)
