"""What a library's folder says of itself, in the database: its format, the place of its store, its model."""

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from ingest.store.database import Database
from ingest.store.tables import FACTS

FORMAT = 1  # of the rows in the store; a version that changes them raises it


class Facts:
    """The facts of one library; each is None until it is known. Safe for several threads.

    `place` is "folder" or the address of a Chroma server, `bi_encoder` the model that made the vectors, `format` the
    form of the rows in the store, `seen` how the files of the store were when they were last known to be sound.
    Reading and writing raise LibraryUnavailable where the database fails.
    """

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database

    @property
    def place(self) -> str | None:
        """Where the store is."""
        return self._read("place")

    @property
    def bi_encoder(self) -> str | None:
        """The setting of the model that made the vectors."""
        return self._read("bi_encoder")

    @property
    def format(self) -> int | None:
        """The form of the rows in the store."""
        written = self._read("format")
        return int(written) if written else None

    @property
    def seen(self) -> str | None:
        """How the files of the store were when they were last known to be sound."""
        return self._read("seen")

    def write(self, **facts: str | int | None) -> None:
        """Write facts down, by name; what is as it was is not written again."""
        changed = {
            key: str(value) for key, value in facts.items() if value is not None and self._read(key) != str(value)
        }
        if changed:
            new = insert(FACTS)
            with self._database.write() as connection:
                connection.execute(
                    new.on_conflict_do_update(index_elements=["key"], set_={"value": new.excluded.value}),
                    [{"key": key, "value": value} for key, value in changed.items()],
                )

    def _read(self, key: str) -> str | None:
        with self._database.read() as connection:
            found: str | None = connection.execute(select(FACTS.c.value).where(FACTS.c.key == key)).scalar()
        return found
