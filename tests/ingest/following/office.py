"""An office whose folder is followed: a real folder, library, worker and follower, which look often."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest import FolderState, Follower, Library, Settings, Worker
from ingest.following import follower as follower_module
from tests.conftest import settings_in, until


@dataclass(frozen=True)
class Office:
    """The open parts, and the folder."""

    folder: Path
    settings: Settings
    library: Library
    worker: Worker
    follower: Follower

    @property
    def state(self) -> FolderState:
        return self.follower.folders()[0]

    def names(self) -> list[str]:
        return sorted(document.name for document in self.library.documents())

    def texts(self) -> dict[str, str]:
        """The text of each document, by its name."""
        library = self.library
        return {each.name: " ".join(p.text for p in library.passages([each])) for each in library.documents()}

    def rests(self) -> None:
        """Wait until the folder has been looked at twice since now, and nothing is on the way."""
        for _ in range(3):
            before = self.state.looked_at
            self.follower._look_soon(self.state.folder.id)
            until(lambda before=before: self.state.looked_at != before)  # type: ignore[misc]
        until(lambda: self.state.waiting == 0)


def look_often(patch: pytest.MonkeyPatch) -> None:
    """Let the thread wait for nothing for long."""
    for name, seconds in {"_QUIET_SECONDS": 0.1, "_STEP_SECONDS": 0.05, "_IDLE_SECONDS": 0.1}.items():
        patch.setattr(follower_module, name, seconds)


@contextmanager
def an_office(home: Path, **changed: object) -> Iterator[Office]:
    """Open the library in `home`, and follow what is followed there."""
    settings = settings_in(home, folders_seconds=1, free_megabytes=0, **changed)
    with Library(settings) as library:
        worker = Worker(library, settings)
        follower = Follower(library, settings, worker)
        try:
            yield Office(home / "papers", settings, library, worker, follower)
        finally:
            follower.close()


def write(folder: Path, **texts: str) -> None:
    """Text files, by their names without the ending; two underscores stand for a sub-folder."""
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def hashes(folder: Path) -> set[str]:
    """The ids that the documents of a folder's files have."""
    return {hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}
