"""The files as they were uploaded, kept for showing their pages and for downloading, one a document."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path

from ingest.durable import sync_file, sync_folder


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

    def discard(self, document_id: str) -> None:
        """Delete a document's file, if there is one."""
        (self._folder / document_id).unlink(missing_ok=True)

    def sweep(self, document_ids: Collection[str]) -> None:
        """Delete every file but those of these documents."""
        if self._folder.is_dir():
            with os.scandir(self._folder) as entries:
                strays = [entry.name for entry in entries if entry.name not in document_ids]
            for name in strays:
                self.discard(name)

    def bytes(self) -> int:
        """The size of all that is kept."""
        if not self._folder.is_dir():
            return 0
        with os.scandir(self._folder) as entries:
            return sum(entry.stat().st_size for entry in entries)
