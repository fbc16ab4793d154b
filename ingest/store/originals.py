"""The files as they were uploaded, kept for showing their pages and for downloading, one a document."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from ingest.store.durable import sync_file, sync_folder

_ASIDE = ".removed"


class Originals:
    """A folder of files named by the id of their document, which is data of ours and never a stranger's name."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, document_id: str, source: Path) -> None:
        """Copy a document's file, whole or not at all. Raises OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        aside = self._folder / f".{document_id}"
        try:
            shutil.copyfile(source, aside)
            sync_file(aside)
            aside.replace(self._folder / document_id)
            sync_folder(self._folder)
        finally:
            aside.unlink(missing_ok=True)

    def path(self, document_id: str) -> Path | None:
        """Where a document's file lies; None where none was kept."""
        path = self._folder / document_id
        return path if path.is_file() else None

    def set_aside(self, document_id: str) -> None:
        """Mark a document's file for deletion: a person has asked for it. `path` no longer finds it."""
        with suppress(FileNotFoundError):
            (self._folder / document_id).replace(self._aside(document_id))

    def put_back(self, document_id: str) -> None:
        """Undo `set_aside`: the document could not be removed."""
        with suppress(FileNotFoundError):
            self._aside(document_id).replace(self._folder / document_id)

    def discard(self, document_id: str) -> None:
        """Delete a document's file, if there is one, set aside or not."""
        self._aside(document_id).unlink(missing_ok=True)
        (self._folder / document_id).unlink(missing_ok=True)

    def asides(self) -> list[str]:
        """The ids of the documents whose files are set aside: their removal was asked for and was interrupted."""
        return [name.removesuffix(_ASIDE) for name in self._names() if name.endswith(_ASIDE)]

    def drop_half_copies(self) -> None:
        """Delete what an interrupted `keep` left half written.

        A whole file is never deleted because no document names it: the store may be damaged, missing or another one,
        and the file may be the only copy that somebody has.
        """
        for name in self._names():
            if name.startswith("."):
                (self._folder / name).unlink(missing_ok=True)

    def _aside(self, document_id: str) -> Path:
        return self._folder / f"{document_id}{_ASIDE}"

    def _names(self) -> list[str]:
        if not self._folder.is_dir():
            return []
        with os.scandir(self._folder) as entries:
            return [entry.name for entry in entries]

    def bytes(self) -> int:
        """The size of all that is kept."""
        if not self._folder.is_dir():
            return 0
        with os.scandir(self._folder) as entries:
            return sum(entry.stat().st_size for entry in entries)
