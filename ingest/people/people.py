"""The people of one database: added, listed, changed and removed. There is always an owner, once there was one."""

import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from ingest.errors import BadPerson
from ingest.people.passwords import hashed
from ingest.people.person import Person, folded_name
from ingest.people.roles import ROLES, Role
from ingest.store.database import Database
from ingest.store.tables import CONVERSATIONS, JUDGEMENTS, PEOPLE, SIGN_INS

MOST_CHARACTERS = 100


class People:
    """Who may use the library. Every method raises LibraryUnavailable where the database fails.

    Args:
        database: The library's database.
        changed: Called after every change, so that whoever keeps an answer asks again.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        ...     people = People(database)
        ...     _ = people.add("Mia", "owner", "the heron stands still")
        ...     [(person.name, person.role) for person in people.listed()]
        [('Mia', 'owner')]
    """

    def __init__(self, database: Database, changed: Callable[[], None] = lambda: None) -> None:
        """Use the database's table of people."""
        self._database, self._changed = database, changed

    def add(self, name: str, role: Role, password: str | None = None, subject: str | None = None) -> Person:
        """Add somebody. What was asked without sign-in becomes the first owner's.

        Args:
            name: An e-mail address or another name; for who signs in at a service, the e-mail address known there.
            role: What the person may do.
            password: The password; None where they sign in at a service.
            subject: Who the person is for that service, where that is known.

        Raises:
            BadPerson: The name is empty, too long or taken, the password is not good, or the first is no owner.
        """
        name = _checked_name(name)
        its_hash = None if password is None else hashed(password, name)
        values = {"name": name, "name_folded": folded_name(name), "role": role, "password": its_hash}
        with self._database.write() as connection:
            if _find(connection, PEOPLE.c.name_folded == values["name_folded"]):
                raise BadPerson("Somebody of this name is there already. Take another name.")
            first = not _owners(connection)
            if first and role != "owner":
                raise BadPerson("The first person must be an owner. Add an owner first.")
            row = {**values, "subject": subject, "made_at": datetime.now(UTC).isoformat(timespec="seconds")}
            connection.execute(insert(PEOPLE).values(row))
            added = connection.execute(select(PEOPLE).where(PEOPLE.c.name_folded == values["name_folded"])).one()
            person = _person(added)
            if first:
                _give_what_is_nobodys(connection, added.id)
        self._changed()
        return person

    def listed(self) -> list[Person]:
        """Everybody, by name."""
        with self._database.read() as connection:
            return [_person(row) for row in connection.execute(select(PEOPLE).order_by(PEOPLE.c.name_folded)).all()]

    def has_owner(self) -> bool:
        """Whether there is an owner yet."""
        with self._database.read() as connection:
            return bool(_owners(connection))

    def find(self, person_id: int) -> Person | None:
        """The person of this number."""
        with self._database.read() as connection:
            return _find(connection, PEOPLE.c.id == person_id)

    def named(self, name: str) -> Person | None:
        """The person of this name."""
        with self._database.read() as connection:
            return _find(connection, PEOPLE.c.name_folded == folded_name(name))

    def remove(self, person_id: int) -> bool:
        """Remove somebody with their conversations and sign-ins; their ratings stay, without a name. False: not there.

        Raises BadPerson where it is the last owner.
        """
        with self._database.write() as connection:
            if _owners(connection) == [person_id]:
                raise BadPerson("This is the last owner. Make somebody else an owner first.")
            gone = connection.execute(delete(PEOPLE).where(PEOPLE.c.id == person_id)).rowcount
            if gone:
                connection.execute(delete(CONVERSATIONS).where(CONVERSATIONS.c.owner == person_id))
                connection.exec_driver_sql("INSERT INTO turn_texts (turn_texts) VALUES ('optimize')")
        if gone:
            self._database.empty_log()
        self._changed()
        return bool(gone)

    def set_role(self, person_id: int, role: Role) -> None:
        """Give somebody another role, at once. Raises BadPerson where it takes the last owner."""
        if role not in ROLES:
            raise BadPerson("There is no such role.")
        with self._database.write() as connection:
            if role != "owner" and _owners(connection) == [person_id]:
                raise BadPerson("This is the last owner. Make somebody else an owner first.")
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(role=role))
        self._changed()

    def set_password(self, person_id: int, password: str) -> None:
        """Give somebody another password, and end all their sign-ins. Raises BadPerson where it is not good."""
        person = self.find(person_id)
        if person is None:
            raise BadPerson("This person is not here any more.")
        its_hash = hashed(password, person.name)
        with self._database.write() as connection:
            connection.execute(update(PEOPLE).where(PEOPLE.c.id == person_id).values(password=its_hash))
            connection.execute(delete(SIGN_INS).where(SIGN_INS.c.person == person_id))
        self._changed()

    def claim(self) -> None:
        """Give what was asked without sign-in to the first owner, where there is one."""
        with self._database.write() as connection:
            if owners := _owners(connection):
                _give_what_is_nobodys(connection, owners[0])


def _give_what_is_nobodys(connection: Connection, owner: int) -> None:
    connection.execute(update(CONVERSATIONS).where(CONVERSATIONS.c.owner.is_(None)).values(owner=owner))
    mine = select(JUDGEMENTS.c.question, JUDGEMENTS.c.passage_id).where(JUDGEMENTS.c.owner == owner).subquery()
    has_one = (
        select(mine.c.question)
        .where(mine.c.question == JUDGEMENTS.c.question, mine.c.passage_id == JUDGEMENTS.c.passage_id)
        .correlate(JUDGEMENTS)
        .exists()
    )
    connection.execute(update(JUDGEMENTS).where(JUDGEMENTS.c.owner == 0, ~has_one).values(owner=owner))


def _owners(connection: Connection) -> list[int]:
    """The numbers of the owners, the first one first."""
    chosen = select(PEOPLE.c.id).where(PEOPLE.c.role == "owner").order_by(PEOPLE.c.id)
    return list(connection.execute(chosen).scalars())


def _find(connection: Connection, where: ColumnElement[bool]) -> Person | None:
    row = connection.execute(select(PEOPLE).where(where)).one_or_none()
    return None if row is None else _person(row)


def _person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.role, row.password is not None, row.subject is not None)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise BadPerson("The name is empty. Type an e-mail address or another name.")
    if len(name) > MOST_CHARACTERS:
        raise BadPerson(f"The name is too long. Take at most {MOST_CHARACTERS} characters.")
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} for character in name):
        raise BadPerson("The name has signs that cannot be seen. Type it again.")
    return name
