"""Sign-ins: a random token for each, of which only the hash is kept. It ends at sign-out, with a new password, in time.

Whoever shows a token is looked up at most once a second, so that a page of many pictures does not ask for each.
"""

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, insert, select, update

from ingest.errors import CannotSignIn
from ingest.people.passwords import is_right
from ingest.people.people import People
from ingest.people.person import Person, folded_name
from ingest.people.record import Record
from ingest.people.roles import Role
from ingest.people.tries import Tries, keys_for
from ingest.store.database import Database
from ingest.store.tables import PEOPLE, SIGN_INS

_KEPT_SECONDS = 1.0  # how long an answer is kept; a change in this process is seen at once
_KEPT_MOST = 1000
_WRONG = "The name or the password is wrong. Try again."
_NOT_ADDED = "You have signed in, but no owner of this library has added you yet. Ask one to add {name}."
_UNPROVEN = (
    "The sign-in service does not say that your e-mail address was checked, so it does not prove who you are. Ask "
    "whoever runs it."
)


class SignIns:
    """The sign-ins of one database. Safe for several threads. Raises LibraryUnavailable where the database fails."""

    def __init__(self, database: Database, record: Record, days: int, now: Callable[[], float] = time.time) -> None:
        """Use the database's tables; a sign-in lasts `days`. `now` is the clock by which tries are slowed."""
        self._database, self._record, self._days = database, record, days
        self.people, self.tries = People(database, self.forget), Tries(database, now)
        self._kept: dict[str, tuple[float, Person | None]] = {}
        self._keeping = threading.Lock()

    def with_password(self, name: str, password: str, address: str) -> str:
        """Sign somebody in; the token. Raises CannotSignIn where name and password do not fit, or come too fast."""
        keys = keys_for(folded_name(name), address)
        self.tries.begin(keys)
        with self._database.read() as connection:
            row = connection.execute(select(PEOPLE).where(PEOPLE.c.name_folded == folded_name(name))).one_or_none()
        if not is_right(password, row.password if row else None) or row is None:
            self._record.write(row.name if row else "somebody unknown", "failed to sign in", address=address)
            raise CannotSignIn(_WRONG)
        self.tries.succeeded(keys)
        return self._begin(row.id, row.name, address)

    def from_service(self, subject: str, email: str, proven: bool, role: Role | None, address: str) -> str:
        """Sign in somebody whom a sign-in service knows; the token.

        Args:
            subject: Who it is for the service: its address and its own name of the person, which never changes.
            email: The e-mail address there, by which an owner may have added the person.
            proven: Whether the service says that this address is the person's.
            role: The role of whoever comes and was not added; None where nobody else is let in.
            address: The network address.

        Raises:
            CannotSignIn: Nobody was added by this address, or it is not proven.
        """
        with self._database.read() as connection:
            known = connection.execute(select(PEOPLE).where(PEOPLE.c.subject == subject)).one_or_none()
        if known is None:
            known_id, name = self._added(subject, email, proven, role, address)
        else:
            known_id, name = known.id, known.name
        return self._begin(known_id, name, address)

    def _added(self, subject: str, email: str, proven: bool, role: Role | None, address: str) -> tuple[int, str]:
        """The person of this e-mail address, who is from now on known by the subject."""
        found = self.people.named(email) if email.strip() else None
        sentence = None
        if not proven or not email.strip():
            sentence = _UNPROVEN
        elif found is None and role is None:
            sentence = _NOT_ADDED.format(name=email)
        elif found and found.comes_from_service:
            sentence = _UNPROVEN  # the address has gone to somebody else over there
        if sentence:
            self._record.write(found.name if found else "somebody unknown", "failed to sign in", address=address)
            raise CannotSignIn(sentence)
        if found is None and role is not None:
            found = self.people.add(email, role, subject=subject)
            self._record.write(found.name, "was added at the first sign-in", address=address)
        if found is None or found.id is None:
            raise CannotSignIn(_NOT_ADDED.format(name=email))
        with self._database.write() as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == found.id).values(subject=subject))
        return found.id, found.name

    def begin_first(self, address: str) -> None:
        """Count a try at the code for the first account. Raises CannotSignIn where they come too fast."""
        self.tries.begin(keys_for("the first account", address))

    def first_owner(self, name: str, password: str, address: str) -> str:
        """Make the first owner and sign them in; the token. Raises BadPerson, and CannotSignIn where there is one."""
        if self.people.has_owner():
            raise CannotSignIn("There is an owner already. Sign in, or ask the owner to add you.")
        person = self.people.add(name, "owner", password)
        self._record.write(person.name, "became the first owner", address=address)
        return self._begin(person.id or 0, person.name, address)

    def person(self, token: str) -> Person | None:
        """Who has signed in with this token; None where it is none, or is over."""
        if not 20 < len(token) < 100:
            return None
        its_hash, now = _hash(token), time.monotonic()
        with self._keeping:
            kept = self._kept.get(its_hash)
        if kept and now - kept[0] < _KEPT_SECONDS:
            return kept[1]
        found = self._look_up(its_hash)
        with self._keeping:
            if len(self._kept) > _KEPT_MOST:
                self._kept.clear()
            self._kept[its_hash] = (now, found)
        return found

    def change_password(self, person: Person, old: str, new: str, address: str) -> str:
        """Give oneself another password: all sign-ins end but this one, whose new token is returned."""
        if person.id is None:
            raise CannotSignIn(_WRONG)
        token = self.with_password(person.name, old, address)
        self.people.set_password(person.id, new)
        self._record.write(person.name, "changed their password", address=address)
        self.end(token)
        return self._begin(person.id, person.name, address, recorded=False)

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.write() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.token_hash == _hash(token)))
        self.forget()

    def forget(self) -> None:
        """Keep no answer: something has changed."""
        with self._keeping:
            self._kept.clear()

    def _begin(self, person_id: int, name: str, address: str, *, recorded: bool = True) -> str:
        token, now = secrets.token_urlsafe(32), datetime.now(UTC)
        ends_at = (now + timedelta(days=self._days)).isoformat()
        with self._database.write() as connection:
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.ends_at < now.isoformat()))
            row = {"token_hash": _hash(token), "person": person_id, "ends_at": ends_at}
            connection.execute(insert(SIGN_INS).values(row))
        if recorded:
            self._record.write(name, "signed in", address=address)
        return token

    def _look_up(self, its_hash: str) -> Person | None:
        chosen = select(PEOPLE).join(SIGN_INS, SIGN_INS.c.person == PEOPLE.c.id)
        now = datetime.now(UTC).isoformat()
        with self._database.read() as connection:
            row = connection.execute(
                chosen.where(SIGN_INS.c.token_hash == its_hash, SIGN_INS.c.ends_at > now)
            ).one_or_none()
        return None if row is None else Person(row.id, row.name, row.role, row.password is not None, bool(row.subject))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
