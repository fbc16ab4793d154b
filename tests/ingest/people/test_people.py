"""People are added, changed and removed; there is always an owner; what was there before is the first owner's."""

from pathlib import Path

import pytest

from ingest import BadPerson, Database, People
from ingest.people.passwords import hashed, is_right
from qa import Conversations, Judgements, Turn
from tests.qa.answers import candidate

GOOD = "the heron stands still"


@pytest.fixture
def people(database: Database) -> People:
    """The people of a new library: nobody."""
    return People(database)


def test_the_first_person_must_be_an_owner_and_names_differ_in_more_than_case(people: People) -> None:
    with pytest.raises(BadPerson, match="first person must be an owner"):
        people.add("Tom", "reader", GOOD)
    people.add("Mia@Example.org", "owner", GOOD)
    people.add("Tom", "reader", GOOD)
    for name in ("mia@example.org", " MIA@EXAMPLE.ORG ", "ｍia@example.org"):
        with pytest.raises(BadPerson, match="there already"):
            people.add(name, "reader", GOOD)
    roles = {person.name: person.role for person in people.listed()}
    assert roles == {"Mia@Example.org": "owner", "Tom": "reader"}


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "Mi\u202ea", "Mi\u200ba", "Mi\x00a"])
def test_a_name_that_cannot_be_told_from_another_is_refused(people: People, name: str) -> None:
    with pytest.raises(BadPerson):
        people.add(name, "owner", GOOD)


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaa", "mia@example.org", "x" * 201])
def test_a_password_that_is_easily_guessed_is_refused(people: People, password: str) -> None:
    with pytest.raises(BadPerson):
        people.add("mia@example.org", "owner", password)
    assert people.listed() == []


def test_a_password_is_kept_only_as_an_argon2_hash(people: People, database: Database) -> None:
    people.add("mia", "owner", GOOD)
    database.empty_log()
    held = (database.folder / "pinpoint.db").read_bytes()
    assert b"$argon2id$" in held
    assert GOOD.encode() not in held


def test_a_password_is_right_or_not_and_nobody_has_none() -> None:
    its_hash = hashed(GOOD)
    assert is_right(GOOD, its_hash)
    assert not is_right(GOOD + " ", its_hash)
    assert not is_right("nobody's password", None)
    assert not is_right(GOOD, "no hash at all")


def test_the_last_owner_stays_one(people: People) -> None:
    mia, tom = people.add("mia", "owner", GOOD), people.add("tom", "editor", GOOD)
    assert mia.id
    assert tom.id
    with pytest.raises(BadPerson, match="last owner"):
        people.remove(mia.id)
    with pytest.raises(BadPerson, match="last owner"):
        people.set_role(mia.id, "reader")
    people.set_role(tom.id, "owner")
    assert people.remove(mia.id)
    assert not people.remove(mia.id)
    assert [person.name for person in people.listed()] == ["tom"]


def test_what_was_asked_and_rated_without_sign_in_is_the_first_owners(people: People, database: Database) -> None:
    before = Conversations(database)
    before.add(before.start(), Turn("Who has the key?", None, "There are no documents yet."))
    found = candidate("The porter has the key.")
    Judgements(database).give("Who has the key?", found, up=True)
    mia, tom = people.add("mia", "owner", GOOD), people.add("tom", "owner", GOOD)
    assert [each.name for each in Conversations(database).of(mia.id).listed()] == ["Who has the key?"]
    assert Conversations(database).of(tom.id).listed() == []
    judgements = Judgements(database)
    assert judgements.of(mia.id).given("Who has the key?", found.passage.id) is True
    assert judgements.of(tom.id).given("Who has the key?", found.passage.id) is None


def test_removing_somebody_deletes_their_conversations_from_the_disk(people: People, database: Database) -> None:
    people.add("mia", "owner", GOOD)
    tom = people.add("tom", "reader", GOOD)
    theirs = Conversations(database).of(tom.id)
    theirs.add(theirs.start(), Turn("Where is the xylophone?", None, "There are no documents yet."))
    assert tom.id
    people.remove(tom.id)
    assert Conversations(database).listed() == []
    assert all(b"xylophone" not in path.read_bytes() for path in Path(database.folder).glob("pinpoint.db*"))
