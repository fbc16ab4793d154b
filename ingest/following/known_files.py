"""What is known of the files of followed folders: rows of the database, held in memory too."""

import json
import threading
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, RowMapping, delete, select
from sqlalchemy.dialects.sqlite import insert

from ingest.following.reconcile import Known
from ingest.following.scan import NotQuiet, Stamp
from ingest.store.database import Database
from ingest.store.tables import FOLLOWED_FILES


class KnownFiles:
    """The rows of all followed folders. Safe for several threads, of the one process that follows.

    Every method raises LibraryUnavailable where the database fails, and changes nothing then.
    """

    def __init__(self, database: Database) -> None:
        """Read every row."""
        self._database = database
        self._changing = threading.RLock()
        self._held: dict[int, dict[str, Known]] = {}
        self.changes = 0  # so many times what is held has changed
        self._read()

    def of(self, folder: int) -> Mapping[str, Known]:
        """What is known of the files of a folder, by path."""
        with self._changing:
            return dict(self._held.get(folder, {}))

    def elsewhere(self, folder: int) -> list[Known]:
        """What is known of the files of all other folders."""
        with self._changing:
            return [each for other, files in self._held.items() if other != folder for each in files.values()]

    def with_jobs(self) -> dict[int, list[tuple[int, Known]]]:
        """The files that wait for a job, each with its folder, by the job's number."""
        found: dict[int, list[tuple[int, Known]]] = {}
        with self._changing:
            for folder, files in self._held.items():
                for each in files.values():
                    if each.job is not None:
                        found.setdefault(each.job, []).append((folder, each))
        return found

    def write(self, folder: int, before: Known | None, after: Known | None) -> bool:
        """Let `after` be known in the place of `before`; False, and no change, where something else is known by now."""
        try:
            with self._database.write() as connection:
                self.write_in(connection, folder, before, after)
        except NotQuiet:
            return False
        self.hold(folder, before, after)
        return True

    def write_in(self, connection: Connection, folder: int, before: Known | None, after: Known | None) -> None:
        """`write` within a transaction of somebody else, who calls `hold` once that is committed.

        Raises NotQuiet where something else is known by now.
        """
        table, path = FOLLOWED_FILES, json.dumps((after or before or _nothing()).path)
        here = (table.c.folder == folder) & (table.c.path == path)
        row = connection.execute(select(table).where(here)).mappings().first()
        if (_known(row) if row else None) != before:
            raise NotQuiet
        if after is None:
            connection.execute(delete(table).where(here))
        else:
            new = insert(table).values(_row(folder, after))
            connection.execute(new.on_conflict_do_update(index_elements=["folder", "path"], set_=_row(folder, after)))

    def hold(self, folder: int, before: Known | None, after: Known | None) -> None:
        """What was written is committed: it is held from now on."""
        with self._changing:
            self.changes += 1
            files = self._held.setdefault(folder, {})
            if after:
                files[after.path] = after
            elif before:
                files.pop(before.path, None)

    def keep_only(self, folders: Iterable[int]) -> None:
        """Forget what is held of folders that are followed no more; their rows went with them."""
        with self._changing:
            for folder in set(self._held) - set(folders):
                del self._held[folder]

    def _read(self) -> None:
        with self._database.read() as connection:
            rows = connection.execute(select(FOLLOWED_FILES)).mappings().all()
        with self._changing:
            self._held = {}
            for row in rows:
                known = _known(row)
                self._held.setdefault(row["folder"], {})[known.path] = known


def _row(folder: int, known: Known) -> dict[str, object]:
    return {
        "folder": folder,
        "path": json.dumps(known.path),
        "size": known.stamp.size,
        "mtime_ns": known.stamp.mtime_ns,
        "hash": known.hash,
        "state": known.state,
        "documents": [*known.documents],
        "job": known.job,
        "reason": known.reason,
    }


def _known(row: RowMapping) -> Known:
    stamp, documents = Stamp(row["size"], row["mtime_ns"]), tuple(row["documents"])
    return Known(json.loads(row["path"]), stamp, row["hash"], row["state"], documents, row["job"], row["reason"])


def _nothing() -> Known:
    raise ValueError("neither before nor after")
