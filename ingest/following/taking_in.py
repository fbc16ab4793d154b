"""Does what was planned for a followed folder: files to the queue, documents replaced and renamed, what is known noted.

Everything may be interrupted: what is known is written last, so that the next look plans what was not done again, and
doing it twice is doing it once.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sqlalchemy import Connection

from ingest.errors import CannotRead
from ingest.following.folders import FollowedFolder, FollowedFolders, sub_folder_of
from ingest.following.known_files import KnownFiles
from ingest.following.naming import Naming
from ingest.following.reconcile import Change, Known, New, changed, is_in, superseded
from ingest.following.scan import NotQuiet, Stamp, pieces
from ingest.pipeline.outcome import Outcome
from ingest.queue.jobs import Followed, Job, Jobs
from ingest.reading.read import check_readable
from ingest.settings import Settings
from ingest.store.library import Library
from ingest.units import MEGABYTE

_NO_STAMP = Stamp(-1, 0)


class TakingIn:
    """Brings the library after the folders. One thread uses it; `remove` and `keep` may come from others."""

    def __init__(self, library: Library, settings: Settings, known: KnownFiles, folders: FollowedFolders) -> None:
        """Do nothing yet."""
        self._library, self._settings, self._known, self._folders = library, settings, known, folders
        self._jobs = Jobs(library)

    # --- files to the queue

    def put(self, folder: FollowedFolder, new: New) -> bool:
        """Hand a file to the queue; False where it must wait, for it changes or what it was before is worked on.

        Raises CannotRead where it cannot be opened now, LibraryUnavailable where it cannot be kept.
        """
        before = new.before
        documents = before.documents if before else ()
        if before and before.job is not None and not self._job_is_given_up(before):
            return False

        def waiting(job: Job) -> Known:
            return Known(new.path, new.stamp, job.file, "waiting", documents, job.id)

        def write(connection: Connection, job: Job) -> None:
            self._known.write_in(connection, folder.id, before, waiting(job))

        try:
            if not 0 < new.stamp.size <= self._settings.file_megabytes * MEGABYTE:
                return self._refuse(folder, new, documents)
            collection = self._folders.collection_for(folder, new.path, self._library.shelf)
            content = pieces(folder.path, new.path, new.stamp)
            job = self._jobs.put(folder.name_of(new.path), content, collection, followed=Followed(write, documents))
        except NotQuiet:
            return False
        self._known.hold(folder.id, before, waiting(job))
        return True

    def _refuse(self, folder: FollowedFolder, new: New, documents: tuple[str, ...]) -> bool:
        """Note why a file is not even copied: it is empty or too large."""
        try:
            check_readable(folder.path / new.path, self._settings)
        except CannotRead as error:
            after = Known(new.path, new.stamp, "", "refused", documents, None, str(error))
            return self._known.write(folder.id, new.before, after)
        return False

    def _job_is_given_up(self, known: Known) -> bool:
        """Whether the job of a file hinders no more: others want it too, or it had not begun and is deleted."""
        job = known.job or 0
        if len(self._known.with_jobs().get(job, ())) > 1:
            return True
        return self._jobs.dismiss(job, "waiting") or self._jobs.find(job) is None

    # --- what the queue has done

    def settle(self) -> int:
        """Note how it went with the files that the queue is done with. Returns how many are still with it."""
        jobs = {job.id: job for job in self._jobs.followed()}
        added: dict[int, list[Change]] = {}
        for job_id, files in self._known.with_jobs().items():
            job = jobs.get(job_id) or self._jobs.find(job_id)
            if job is None:
                self._settle_cancelled(files)
            elif job.status == "failed":
                for folder, known in files:
                    self._known.write(folder, known, replace(known, state="refused", reason=job.reason, job=None))
            elif job.outcome:
                for folder, known in files:
                    after = replace(known, state="in", documents=_documents_of(job.outcome), job=None)
                    added.setdefault(folder, []).append(Change(known, after))
        called = {job.file: job.outcome.name for job in jobs.values() if job.outcome}
        for each in self._folders.all() if added else ():
            if each.id in added:
                self._change(each, added[each.id], called)
        for job in jobs.values():
            if job.over:
                self._jobs.dismiss(job.id, "done", "failed")
        return sum(job.going for job in jobs.values())

    def _settle_cancelled(self, files: Iterable[tuple[int, Known]]) -> None:
        """A person did not want these files, or has removed the document before its copy was read."""
        for folder, known in files:
            if self._library.document(known.hash):
                after = replace(known, state="in", documents=(known.hash,), job=None)
            else:
                after = replace(known, state="removed", job=None)
            self._known.write(folder, known, after)

    # --- what was planned

    def apply(self, folder: FollowedFolder, changes: Collection[Change]) -> bool:
        """Do what was planned for a folder; False where some of it must wait for the queue."""
        now = changed(changes, self._known.of(folder.id))
        wanted = {each.job for each in (*now.values(), *self._known.elsewhere(folder.id))}
        possible = [change for change in changes if not self._must_wait(change, wanted)]
        self._change(folder, possible, {})
        return len(possible) == len(changes)

    def _must_wait(self, change: Change, wanted: Collection[int | None]) -> bool:
        """Whether the bytes that a path had before are being worked on, and no path wants them any more."""
        before = change.before
        if before is None or before.job is None or before.job in wanted:
            return False
        return not self._job_is_given_up(before)

    def _change(self, folder: FollowedFolder, changes: Collection[Change], called: Mapping[str, str]) -> None:
        """Let the library follow these changes, then note them. `called` are names in it, by the files' hashes."""
        known, elsewhere = self._known.of(folder.id), self._known.elsewhere(folder.id)
        for document, successor in superseded(changes, known, elsewhere).items():
            self._replace(document, successor)
        now = changed(changes, known)
        naming = self._naming(folder, now)
        for change in changes:
            if change.after:
                naming.give(change.after, called.get(change.after.hash, ""))
            elif change.before:
                naming.give(change.before, folder.name_of(change.before.path))
        for change in changes:
            if change.after and change.after.state == "in":
                self._move(folder, change.after)
            if self._known.write(folder.id, change.before, change.after) and change.before and change.after is None:
                self._take_out(folder, change.before, now)

    def _replace(self, document_id: str, successor: Known) -> None:
        """Put a document into the trash, and its successor where it was."""
        held = {each.id: each for each in self._library.documents()}
        if document_id not in held:
            return
        named = {held[each].name: each for each in successor.documents if each in held}
        only = successor.documents[0] if len(successor.documents) == 1 else None
        if after := named.get(held[document_id].name, only):
            self._library.shelf.take_over(document_id, after)
        self._library.remove(document_id)

    def tidy_names(self, folder: FollowedFolder) -> None:
        """Give documents the names that were not free when they came in; also what an interrupted process left."""
        known = self._known.of(folder.id)
        naming = self._naming(folder, known)
        for each in known.values():
            naming.give(each)

    def _naming(self, folder: FollowedFolder, now: Mapping[str, Known]) -> Naming:
        elsewhere: dict[str, set[str]] = {}
        for other in self._folders.all():
            for each in self._known.of(other.id).values() if other.id != folder.id else ():
                elsewhere.setdefault(each.hash, set()).add(other.name_of(each.path))
        return Naming(self._library, folder, now.values(), elsewhere)

    def _move(self, folder: FollowedFolder, known: Known) -> None:
        """Put documents into the collection of the folder that their file lies in."""
        collection = self._folders.collection_for(folder, known.path, self._library.shelf)
        if collection and not self._library.shelf.now().members.get(collection, frozenset()) >= {*known.documents}:
            self._library.shelf.put(collection, known.documents)

    def _take_out(self, folder: FollowedFolder, known: Known, now: Mapping[str, Known]) -> None:
        """Take documents out of the collection of a folder that their file does not lie in any more."""
        sub_folder = sub_folder_of(known.path)
        left = {sub_folder_of(path) for path, each in now.items() if each.hash == known.hash}
        collection = self._folders.collections_of(folder).get(sub_folder)
        if collection and sub_folder not in left and known.documents:
            self._library.shelf.take_out(collection, known.documents)

    # --- what people have done

    def notice(self, folder: FollowedFolder) -> None:
        """Note what a person has removed from the library, or restored."""
        library = self._library
        held = {each.id for each in library.documents()}
        for known in self._known.of(folder.id).values():
            if known.state == "removed" and known.hash in held:
                self._known.write(folder.id, known, replace(known, state="in", documents=(known.hash,)))
            elif is_in(known) and known.documents and not held & {*known.documents} and self._are_removed(known):
                after = None if known.state == "vanished" else replace(known, state="removed", documents=())
                self._known.write(folder.id, known, after)

    def _are_removed(self, known: Known) -> bool:
        """Whether a person has removed the documents; what a damaged store lacks is named by the database still."""
        trash, kept = self._library.trash, self._library.home.kept
        return all(each in trash or each not in kept for each in known.documents)

    def remove(self, folder: int, paths: Iterable[str]) -> int:
        """Put into the trash what came from files that have vanished; how many documents that were."""
        files = self._known.of(folder)
        gone = [files[path] for path in paths if path in files and files[path].state == "vanished"]
        others = [each for path, each in files.items() if each not in gone]
        needed = {document for each in [*others, *self._known.elsewhere(folder)] for document in each.documents}
        removed = 0
        for known in gone:
            removed += sum(self._library.remove(each) for each in known.documents if each not in needed)
            self._known.write(folder, known, None)
        return removed

    def keep(self, folder: int, paths: Iterable[str]) -> None:
        """Keep what came from files that have vanished, as if it had been added by a person."""
        files = self._known.of(folder)
        for path in paths:
            if path in files and files[path].state == "vanished":
                self._known.write(folder, files[path], None)

    def forget_refused(self, folder: int) -> None:
        """Let the files that were refused be tried again."""
        for known in self._known.of(folder).values():
            if known.state == "refused":
                again = replace(known, stamp=_NO_STAMP, hash="")
                self._known.write(folder, known, again)


def _documents_of(outcome: Outcome) -> tuple[str, ...]:
    """What a file has become: its own document first, then those of the files inside it."""
    found = (outcome, *outcome.files)
    return tuple(dict.fromkeys(each.document_id for each in found if each.document_id))
