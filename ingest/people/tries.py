"""Tries at passwords, slowed: after some that failed, each has to wait longer. They outlast a restart.

A try counts before the password is looked at, so that many at one time are slowed like many one after the other.
"""

import hashlib
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from ingest.errors import CannotSignIn
from ingest.store.database import Database
from ingest.store.tables import TRIES

_FORGOTTEN_AFTER = 24 * 3600.0  # seconds without a failure
_MOST_SECONDS = 900.0  # the longest wait


@dataclass(frozen=True, slots=True)
class Key:
    """Whose tries are counted: those for one account, or those from one address. `free` are not slowed."""

    text: str
    free: int

    @property
    def hashed(self) -> str:
        """What is kept of it: a password that was typed in the place of a name is not to be read there."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


def keys_for(name_folded: str, address: str) -> tuple[Key, Key]:
    """The two keys of a try: its account and its address. Many people may come from one address."""
    return Key(f"name {name_folded}", 5), Key(f"address {address}", 20)


class Tries:
    """The failed tries of one database. `now` is the clock, in seconds."""

    def __init__(self, database: Database, now: Callable[[], float] = time.time) -> None:
        """Use the database's table of tries."""
        self._database, self._now = database, now

    def begin(self, keys: Iterable[Key]) -> None:
        """Count a try. Raises CannotSignIn where it comes too early; then it does not count."""
        now = self._now()
        with self._database.write() as connection:
            connection.execute(delete(TRIES).where(TRIES.c.last_at < now - _FORGOTTEN_AFTER))
            keys = list(keys)
            wait = max(_seconds_to_wait(connection, key, now) for key in keys)
            if wait > 0:
                raise CannotSignIn(f"Too many tries. Wait {_in_words(wait)}, then try again.")
            for key in keys:
                _count(connection, key, now)

    def succeeded(self, keys: Iterable[Key]) -> None:
        """Forget the failures of an account, and take the try that was right from its address."""
        account, address = keys
        with self._database.write() as connection:
            connection.execute(delete(TRIES).where(TRIES.c.key == account.hashed))
            row = TRIES.c.key == address.hashed
            connection.execute(update(TRIES).where(row).values(failures=TRIES.c.failures - 1))


def _seconds_to_wait(connection: Connection, key: Key, now: float) -> float:
    row = connection.execute(select(TRIES).where(TRIES.c.key == key.hashed)).one_or_none()
    if row is None or row.failures < key.free:
        return 0.0
    pause: float = min(2.0 ** min(row.failures - key.free + 1, 20), _MOST_SECONDS)
    return float(row.last_at) + pause - now


def _count(connection: Connection, key: Key, now: float) -> None:
    counted = update(TRIES).where(TRIES.c.key == key.hashed).values(failures=TRIES.c.failures + 1, last_at=now)
    if not connection.execute(counted).rowcount:
        connection.execute(insert(TRIES).values(key=key.hashed, failures=1, last_at=now))


def _in_words(seconds: float) -> str:
    whole = int(seconds) + 1
    return f"{whole} {'second' if whole == 1 else 'seconds'}" if whole < 120 else f"{whole // 60 + 1} minutes"
