"""The jobs: a row of the database for each file on its way into the library. The only owner of what is known of it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, RowMapping, delete, insert, select, update

from ingest.document import NotRead
from ingest.errors import LibraryUnavailable
from ingest.pipeline.outcome import Outcome, Progress
from ingest.store.files import WrittenFile
from ingest.store.library import Library
from ingest.store.tables import JOBS, a_job_needs, is_kept

Status = Literal["waiting", "working", "cancelling", "asking", "added", "unchanged", "failed", "cancelled"]
Clash = Literal["keep", "replace"]

_REMEMBERED = 200  # files that went well and are still shown
_LONGEST_NAME = 150  # characters of an address that are shown


@dataclass(frozen=True, slots=True)
class Job:
    """One file's way into the library.

    `id` sorts by arrival and `file` is the hash of the file. The database knows no "cancelling" and no "cancelled": the
    row of such a job is deleted (`under_way.py`). "asking" is a file whose name another document bears,
    until somebody decides whether to "keep" both or to "replace" the other one: that is its `clash` then. `reason`
    is the sentence of a failed one. `put_at` says when somebody last wanted it to be added. `seconds_left` is for
    the stage that `progress` is in, None where it cannot be told. `collection` is where the document goes. `address` is
    that of a web page, which has no file until it is fetched: `file` is empty, and the address is its name. `followed`
    says that it comes from a followed folder, which takes care of what becomes of it; the documents `replaces` go when
    it is in.
    """

    id: int
    file: str
    name: str
    status: Status
    clash: Clash | None = None
    reason: str | None = None
    outcome: Outcome | None = None
    progress: Progress | None = None
    seconds_left: float | None = None
    put_at: datetime | None = None
    collection: int | None = None
    address: str | None = None
    followed: bool = False
    replaces: tuple[str, ...] = ()

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in {"added", "unchanged", "failed", "cancelled"}

    @property
    def going(self) -> bool:
        """Whether it goes on by itself."""
        return self.status in {"waiting", "working", "cancelling"}


@dataclass(frozen=True, slots=True)
class Followed:
    """What is further to be done for a file of a followed folder.

    Args:
        write: Called in the transaction that writes the job, with the job. What it raises undoes all of it.
        replaces: The documents that go when this one is in; until then both may bear the same name.
    """

    write: Callable[[Connection, Job], None]
    replaces: tuple[str, ...] = ()


class Jobs:
    """The jobs of one library. Safe for several threads; one process at a time works on them.

    Every method raises LibraryUnavailable where the disk or the database fails, and changes nothing then. A job that
    is not, or no longer, in the state that a change is for is left as it is.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._database = library.database
        self._files = library.files
        self._listed: tuple[int, list[Job]] | None = None  # the revision of the database, and the jobs then

    def start_again(self) -> None:
        """After a start: what was being worked on waits again; what went well is no longer shown."""
        with self._database.write() as connection:
            _set(connection, JOBS.c.status == "working", status="waiting")
            connection.execute(delete(JOBS).where(JOBS.c.status == "done", JOBS.c.followed == 0))

    def put(
        self,
        name: str,
        content: Iterable[bytes],
        collection: int | None = None,
        refused: Callable[[Path], str | None] = lambda _path: None,
        followed: Followed | None = None,
    ) -> Job:
        """Keep a file, given in pieces, and let it wait for its turn. Its document goes into this collection.

        Killed before the row is written, the file is cleared away at the next start; after it, it gets its place then.

        Args:
            name: The document's name.
            content: The bytes. What the iterable raises passes through, and nothing is kept then.
            collection: The number of a collection.
            refused: Gives the sentence why the file cannot be read, or None. With one, the job has failed at once.
            followed: What is further to be done for a file of a followed folder.
        """
        written = self._files.write(content)
        with self._placed(written):
            reason = refused(written.path)
            known: dict[str, object] = {"file": written.hash, "name": name, "collection": collection, "reason": reason}
            if followed:
                known |= {"followed": 1, "clash": "keep", "replaces": [*followed.replaces] or None}
            with self._database.write() as connection:
                job = _put(connection, **known, status="failed" if reason else "waiting")
                if followed:
                    followed.write(connection, job)
                return job

    def put_page(self, address: str, collection: int | None = None) -> Job:
        """Let a web page wait for its turn, when it is fetched. Its document goes into this collection."""
        name = address if len(address) <= _LONGEST_NAME else f"{address[:_LONGEST_NAME]}…"
        with self._database.write() as connection:
            return _put(connection, file="", name=name, address=address, collection=collection)

    def fetched(self, job: Job, name: str, address: str, written: WrittenFile) -> Job:
        """A web page that is worked on is here: its name, the address at which it was found, and its file."""
        known = {"file": written.hash, "name": name, "address": address}
        with self._placed(written), self._database.write() as connection:
            _set(connection, _is(job.id, "working"), **known)
        return replace(job, **known)  # type: ignore[arg-type]

    @contextmanager
    def _placed(self, written: WrittenFile) -> Iterator[None]:
        """Give a file its place after its row is written; without the row, it is dropped."""
        with self._files.changing:
            try:
                yield
            except BaseException:
                self._files.drop(written)
                raise
            self._files.place(written)

    def claim(self, job_id: int | None = None) -> Job | None:
        """A job that waits, by default the one that has waited longest, which is being worked on from now on.

        None where it does not wait.
        """
        waiting = select(JOBS.c.id).where(JOBS.c.status == "waiting").order_by(JOBS.c.id).limit(1)
        first = (waiting if job_id is None else waiting.where(JOBS.c.id == job_id)).scalar_subquery()
        claimed = update(JOBS).where(JOBS.c.id == first).values(status="working", changed_at=_now()).returning(JOBS)
        # A file gets its place right after its row is written.
        with self._files.changing, self._database.write() as connection:
            row = connection.execute(claimed).mappings().first()
        return _job(row) if row else None

    def all(self) -> list[Job]:
        """Every job, in order of arrival; read again only when something has been written."""
        revision, listed = self._database.revision, self._listed
        if listed is None or listed[0] != revision:
            with self._database.read() as connection:
                rows = connection.execute(select(JOBS).order_by(JOBS.c.id)).mappings().all()
            self._listed = listed = revision, [_job(row) for row in rows]
        return list(listed[1])

    def find(self, job_id: int) -> Job | None:
        """The job of this id; None where there is none."""
        with self._database.read() as connection:
            row = connection.execute(select(JOBS).where(JOBS.c.id == job_id)).mappings().first()
        return _job(row) if row else None

    def followed(self) -> list[Job]:
        """The jobs of files of followed folders, in order of arrival."""
        with self._database.read() as connection:
            rows = connection.execute(select(JOBS).where(JOBS.c.followed == 1).order_by(JOBS.c.id)).mappings().all()
        return [_job(row) for row in rows]

    def ask(self, job_id: int) -> None:
        """A job that is worked on waits for somebody's decision: its name is taken."""
        with self._database.write() as connection:
            _set(connection, _is(job_id, "working"), status="asking")

    def decide(self, job_id: int, clash: Clash) -> None:
        """A job that waited for a decision waits for its turn again."""
        with self._database.write() as connection:
            _set(connection, _is(job_id, "asking"), status="waiting", clash=clash, put_at=_now())

    def wait_again(self, job_id: int) -> None:
        """A job that is worked on waits for another turn."""
        with self._database.write() as connection:
            _set(connection, _is(job_id, "working"), status="waiting")

    def fail(self, job_id: int, reason: str) -> None:
        """A job that is worked on has failed. It stays, with its file, until it is dismissed or tried again."""
        with self._database.write() as connection:
            _set(connection, _is(job_id, "working"), status="failed", reason=reason)

    def retry(self, job_id: int) -> None:
        """A job that has failed waits for its turn again."""
        with self._database.write() as connection:
            _set(connection, _is(job_id, "failed"), status="waiting", reason=None, put_at=_now())

    def done(self, job_id: int, outcome: Outcome) -> None:
        """A job that is worked on went well. It stays to be shown, the file is its document's from now on.

        Where the document was removed right after it was finished, the file goes now.
        """
        shown_here = (JOBS.c.status == "done") & (JOBS.c.followed == 0)
        shown = select(JOBS.c.id).where(shown_here).order_by(JOBS.c.id.desc()).limit(_REMEMBERED)

        def change(connection: Connection) -> str | None:
            now_done = _set(connection, _is(job_id, "working"), status="done", outcome=asdict(outcome))
            connection.execute(delete(JOBS).where(shown_here, JOBS.c.id.not_in(shown)))
            return now_done

        self._change_and_drop(change)

    def dismiss(self, job_id: int, *statuses: str) -> bool:
        """Delete a job that is in one of these states, and its file where neither a job nor a document needs it.

        Args:
            job_id: The job.
            statuses: "waiting", "working", "asking", "failed" or "done".

        Returns:
            Whether it was deleted. Interrupted half way, either the job is there with its file, or neither is.
        """
        gone = delete(JOBS).where(_is(job_id, *statuses)).returning(JOBS.c.file)
        return self._change_and_drop(lambda connection: connection.execute(gone).scalar_one_or_none())

    def _change_and_drop(self, change: Callable[[Connection], str | None]) -> bool:
        """Change a job, and delete the file that `change` names where nobody needs it any more; False without one."""
        unplaced: WrittenFile | None = None
        with self._files.changing:
            try:
                with self._database.write() as connection:
                    file_hash = change(connection)
                    if file_hash and not self._is_needed(connection, file_hash):
                        unplaced = self._files.unplace(file_hash)
            except BaseException:
                if unplaced:
                    self._files.place(unplaced)
                raise
            if unplaced:
                self._files.drop(unplaced)
        return file_hash is not None

    def _is_needed(self, connection: Connection, file_hash: str) -> bool:
        """Whether a job or a document has this file, in the trash too, or may have it: the store cannot be read.

        The database's word counts first: a store that has been lost names no document.
        """
        if a_job_needs(connection, file_hash) or is_kept(connection, file_hash):
            return True
        try:
            return self._library.holds(file_hash)
        except LibraryUnavailable:
            return True


def _is(job_id: int, *statuses: str) -> ColumnElement[bool]:
    return (JOBS.c.id == job_id) & JOBS.c.status.in_(statuses)


def _put(connection: Connection, **known: object) -> Job:
    """A new job that waits."""
    row = {"status": "waiting", "put_at": (now := _now()), "changed_at": now} | known
    return _job(connection.execute(insert(JOBS).values(row).returning(JOBS)).mappings().one())


def _set(connection: Connection, where: ColumnElement[bool], **values: object) -> str | None:
    """Change jobs; the file of one that was changed, None where there was none."""
    changed = update(JOBS).where(where).values(changed_at=_now(), **values).returning(JOBS.c.file)
    return connection.execute(changed).scalars().first()


def _job(row: RowMapping) -> Job:
    outcome = _outcome(row["outcome"]) if row["outcome"] else None
    status = outcome.status if outcome else row["status"]
    put_at = datetime.fromisoformat(row["put_at"])
    known = row["id"], row["file"], row["name"], status, row["clash"], row["reason"], outcome
    of_folder = bool(row["followed"]), tuple(row["replaces"] or ())
    return Job(*known, None, None, put_at, row["collection"], row["address"], *of_folder)


def _outcome(kept: dict[str, Any]) -> Outcome:
    not_read = tuple(NotRead(**each) for each in kept.get("not_read", ()))
    return Outcome(**kept | {"not_read": not_read, "files": tuple(map(_outcome, kept.get("files", ())))})


def _now() -> str:
    return datetime.now(UTC).isoformat()
