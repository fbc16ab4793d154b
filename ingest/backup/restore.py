"""Restore a backup: checked whole, built beside the library, and only then put into its place."""

import logging
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from sqlalchemy import delete, insert

from ingest.backup.databases import check_database, is_untouched
from ingest.backup.manifest import DATABASE, Manifest, file_member
from ingest.backup.read import Backup, open_backup
from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import Distance, Vectors
from ingest.errors import LibraryUnavailable
from ingest.settings import Settings
from ingest.store.durable import sync_file, sync_folder
from ingest.store.library import Library
from ingest.store.lock import lock_folder
from ingest.store.switch import discard_switch, finish_switch, prepare_switch, switch, switch_at_next_start
from ingest.store.tables import FOLLOWED_FOLDERS, JOBS, SIGN_INS, TRASH, files_of_jobs

logger = logging.getLogger(__name__)

_AT_ONCE = 2000  # rows that go into Chroma at a time

Progress = Callable[[int, int], None]


def restore_backup(
    path: Path, settings: Settings, *, replace: bool = False, progress: Progress = lambda *_: None
) -> Manifest:
    """Put the library of a backup into the folder of the settings. No process may have it open.

    Args:
        path: The backup.
        settings: The folder of the library.
        replace: Whether what is in the library now is deleted; without it only an empty library takes a backup.
        progress: Called with how many documents are restored, and of how many. An exception from it is raised.

    Returns:
        What was restored.

    Raises:
        CannotRead: The backup is damaged, of a newer version, or no backup.
        LibraryUnavailable: The library is in use or not empty, or the disk is full. It is as it was then.
    """
    _check_store(settings)
    lock = lock_folder(settings.library)
    try:
        finish_switch(settings.library)
        if not replace and not is_untouched(settings.library):
            raise LibraryUnavailable(
                f"The library in {settings.library} is not empty. To delete all that is in it and put the backup in "
                "its place, add --replace; or set PINPOINT_LIBRARY to another folder."
            )
        manifest = _prepare(path, settings, progress)
        switch(settings.library)
        return manifest
    finally:
        lock.release()


def restore_at_next_start(path: Path, settings: Settings, progress: Progress = lambda *_: None) -> Manifest:
    """Make a backup ready beside the library that this process has open; at the next start it takes its place.

    Args:
        path: The backup, which is not needed afterwards.
        settings: The folder of the library, which goes on as it is.
        progress: Called with how many documents are ready, and of how many. An exception from it is raised.

    Returns:
        What will be restored.

    Raises:
        CannotRead: The backup is damaged, of a newer version, or no backup.
        LibraryUnavailable: The disk is full, or the library is at a Chroma server.
    """
    _check_store(settings)
    try:
        discard_switch(settings.library)
        manifest = _prepare(path, settings, progress)
        switch_at_next_start(settings.library)
    except OSError as error:
        raise LibraryUnavailable(_not_restored(settings)) from error
    return manifest


def _check_store(settings: Settings) -> None:
    if settings.chroma_url:
        raise LibraryUnavailable(
            "A backup is restored into a folder. Leave PINPOINT_CHROMA_URL out for it, and try again."
        )


def _prepare(path: Path, settings: Settings, progress: Progress) -> Manifest:
    """Check the backup whole, and make the new library of it."""
    with open_backup(path) as backup:
        backup.check(room_in=settings.library)
        _build(backup, settings, progress)
        return backup.manifest


def _not_restored(settings: Settings) -> str:
    return (
        f"The backup could not be restored, and the library is as it was: the disk is full or {settings.library} "
        "cannot be written to. Make room, then try again."
    )


def _build(backup: Backup, settings: Settings, progress: Progress) -> None:
    """Make the new library. Where this fails, nothing of it stays."""
    new = prepare_switch(settings.library)
    try:
        _write_files(backup, new)
        _write_member(backup, DATABASE, new / DATABASE)
        check_database(new / DATABASE)
        with Library(settings.model_copy(update={"library": new, "free_megabytes": 0}), mending=True) as library:
            _write_documents(backup, library, progress)
    except (OSError, LibraryUnavailable) as error:
        shutil.rmtree(new.parent, ignore_errors=True)
        logger.info("a backup could not be restored", exc_info=True)
        raise LibraryUnavailable(_not_restored(settings)) from error
    except BaseException:
        shutil.rmtree(new.parent, ignore_errors=True)
        raise


def _write_files(backup: Backup, new: Path) -> None:
    folder = new / "files"
    folder.mkdir()
    for file_hash in backup.names("files"):
        _write_member(backup, file_member(file_hash), folder / file_hash)
    sync_folder(folder)


def _write_member(backup: Backup, name: str, path: Path) -> None:
    with path.open("xb") as file:
        for piece in backup.pieces(name):
            file.write(piece)
    sync_file(path)


def _write_documents(backup: Backup, library: Library, progress: Progress) -> None:
    """Put every document into the new library, some thousand passages at a time, and those of the trash there."""
    manifest, removed = backup.manifest, list[dict[str, str]]()
    if manifest.bi_encoder and manifest.documents:
        library.prepare(manifest.bi_encoder, cast("Distance", manifest.distance))
    batch = _Batch(library)
    for number, document_id in enumerate(backup.document_ids()):
        progress(number, manifest.documents)
        document, removed_at, passages, vectors = backup.document(document_id)
        batch.add(document, passages, vectors)
        if removed_at:
            removed.append({"document_id": document_id, "removed_at": removed_at.isoformat()})
    batch.write()
    _agree(library, removed, set(backup.document_ids()))
    if library.rows() != manifest.passages or len(library.stored_documents()) != manifest.documents:
        raise LibraryUnavailable("The store did not take all that is in the backup.")
    progress(manifest.documents, manifest.documents)


def _agree(library: Library, removed: list[dict[str, str]], there: set[str]) -> None:
    """The database names what is there: of the trash, of jobs and of documents. One may have gone before its turn.

    Nobody is signed in: a sign-in that was ended since the backup was made must not come back. No folder is followed: a
    stranger's backup must not name one of this machine.
    """
    with library.database.write() as connection:
        connection.execute(delete(SIGN_INS))
        connection.execute(delete(FOLLOWED_FOLDERS))
        connection.execute(delete(TRASH))
        if removed:
            connection.execute(insert(TRASH), removed)
        for file_hash in files_of_jobs(connection):
            if library.files.path(file_hash) is None:
                connection.execute(delete(JOBS).where(JOBS.c.file == file_hash))
    for document in library.home.kept.documents():
        if document.id not in there:
            library.home.kept.delete(document.id)


class _Batch:
    """Passages of several documents on their way into the store; the folder is no library yet, so order is free."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._documents: list[Document] = []
        self._passages: list[Passage] = []
        self._vectors: list[Vectors] = []

    def add(self, document: Document, passages: Sequence[Passage], vectors: Vectors) -> None:
        self._documents.append(document)
        for start in range(0, len(passages), _AT_ONCE):
            self._passages += passages[start : start + _AT_ONCE]
            self._vectors.append(vectors[start : start + _AT_ONCE])
            if len(self._passages) >= _AT_ONCE:
                self.write()

    def write(self) -> None:
        collection = self._library.collection()
        if collection and self._passages:
            collection.store_all(self._documents, self._passages, np.concatenate(self._vectors))
        self._documents, self._passages, self._vectors = self._documents[-1:], [], []
