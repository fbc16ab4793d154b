"""Signing in: with a password, at a service, slowed where it fails; a sign-in ends when it should."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from ingest import CannotSignIn, Database, Record, SignIns
from ingest.people.tries import Tries, keys_for
from ingest.store.tables import SIGN_INS, TRIES

GOOD, HERE = "the heron stands still", "192.0.2.7"
SUBJECT = "https://login.example.org 42"


def clock() -> float:
    """A clock that stands still, so that it does not matter how long a try takes on a busy machine."""
    return 1_000_000.0


@pytest.fixture
def sign_ins(database: Database) -> SignIns:
    """The sign-ins of a library with an owner, mia, and a reader without a password, tom@example.org."""
    opened = SignIns(database, Record(database, 365), 14, clock)
    opened.people.add("mia", "owner", GOOD)
    opened.people.add("tom@example.org", "reader")
    return opened


def named(sign_ins: SignIns, token: str) -> str | None:
    """Who has this token."""
    person = sign_ins.person(token)
    return person.name if person else None


def test_the_right_password_gives_a_token_that_is_kept_only_as_a_hash(sign_ins: SignIns, database: Database) -> None:
    token = sign_ins.with_password("MIA", GOOD, HERE)
    assert named(sign_ins, token) == "mia"
    assert named(sign_ins, token[:-1]) is None
    assert named(sign_ins, "") is None
    database.empty_log()
    assert token.encode() not in (database.folder / "pinpoint.db").read_bytes()


@pytest.mark.parametrize(("name", "password"), [("mia", "wrong"), ("nobody", GOOD), ("tom@example.org", ""), ("", "")])
def test_what_does_not_fit_is_refused_with_one_sentence_for_all(sign_ins: SignIns, name: str, password: str) -> None:
    with pytest.raises(CannotSignIn, match=r"^The name or the password is wrong\. Try again\.$"):
        sign_ins.with_password(name, password, HERE)


def test_a_sign_in_ends_at_sign_out_on_another_password_on_removal_and_in_time(
    sign_ins: SignIns, database: Database
) -> None:
    mia = sign_ins.people.named("mia")
    assert mia
    assert mia.id

    def sign_out(token: str) -> None:
        sign_ins.end(token)

    def new_password(_token: str) -> None:
        sign_ins.people.set_password(mia.id or 0, GOOD)

    def time_passes(_token: str) -> None:
        gone = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
        with database.write() as connection:
            connection.execute(update(SIGN_INS).values(ends_at=gone))
        sign_ins.forget()

    def removed(_token: str) -> None:
        sign_ins.people.add("eve", "owner", GOOD)
        sign_ins.people.remove(mia.id or 0)

    ends: list[Callable[[str], None]] = [sign_out, new_password, time_passes, removed]
    for end in ends:
        token = sign_ins.with_password("mia", GOOD, HERE)
        assert named(sign_ins, token) == "mia"
        end(token)
        assert named(sign_ins, token) is None, end


def test_another_role_counts_at_once(sign_ins: SignIns) -> None:
    sign_ins.people.add("eve", "owner", GOOD)
    token = sign_ins.with_password("eve", GOOD, HERE)
    eve = sign_ins.person(token)
    assert eve
    sign_ins.people.set_role(eve.id or 0, "reader")
    changed = sign_ins.person(token)
    assert changed
    assert changed.role == "reader"


def test_ones_own_password_is_changed_with_the_old_one_and_all_other_sign_ins_end(sign_ins: SignIns) -> None:
    other = sign_ins.with_password("mia", GOOD, HERE)
    mia = sign_ins.person(other)
    assert mia
    with pytest.raises(CannotSignIn):
        sign_ins.change_password(mia, "wrong", "a kestrel in the wind", HERE)
    token = sign_ins.change_password(mia, GOOD, "a kestrel in the wind", HERE)
    assert (named(sign_ins, token), named(sign_ins, other)) == ("mia", None)
    assert sign_ins.with_password("mia", "a kestrel in the wind", HERE)


# --- guessing


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait_also_after_a_restart(
    sign_ins: SignIns, database: Database
) -> None:
    for guess in range(5):
        with pytest.raises(CannotSignIn, match="wrong"):
            sign_ins.with_password("mia", f"guess {guess}", f"192.0.2.{guess}")
    restarted = SignIns(database, Record(database, 365), 14, clock)
    for _ in range(2):
        with pytest.raises(CannotSignIn, match=r"Too many tries. Wait \d+ seconds?, then try again."):
            restarted.with_password("mia", GOOD, "192.0.2.200")


def test_many_guesses_at_one_time_are_slowed_like_many_one_after_the_other(sign_ins: SignIns) -> None:
    said: list[str] = []

    def guess(number: int) -> None:
        with pytest.raises(CannotSignIn) as refused:
            sign_ins.with_password("mia", f"guess {number}", f"192.0.2.{number}")
        said.append(str(refused.value))

    threads = [threading.Thread(target=guess, args=[number]) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum("wrong" in sentence for sentence in said) == 5
    assert sum("Too many tries" in sentence for sentence in said) == 15


def test_each_wait_is_longer_up_to_a_limit_and_a_day_later_all_is_forgotten(database: Database) -> None:
    seconds = [1_000_000.0]
    tries, keys = Tries(database, lambda: seconds[0]), keys_for("mia", HERE)
    waits = []
    for _ in range(16):
        waited = 0
        while True:
            try:
                tries.begin(keys)
                break
            except CannotSignIn:
                seconds[0] += 1
                waited += 1
        waits.append(waited)
    assert waits[:5] == [0] * 5
    assert waits[5:12] == sorted(waits[5:12])
    assert max(waits) == 900
    seconds[0] += 24 * 3600 + 1
    tries.begin(keys)
    with database.read() as connection:
        assert set(connection.execute(select(TRIES.c.failures)).scalars()) == {1}


def test_one_address_that_tries_many_names_is_slowed_and_others_are_not(sign_ins: SignIns) -> None:
    refusals = []
    for number in range(22):
        with pytest.raises(CannotSignIn) as refused:
            sign_ins.with_password(f"name {number}", "guess", HERE)
        refusals.append(str(refused.value))
    assert "Too many tries" in refusals[-1]
    assert sign_ins.with_password("mia", GOOD, "192.0.2.99")


def test_a_password_typed_in_the_place_of_the_name_is_kept_nowhere(sign_ins: SignIns, database: Database) -> None:
    with pytest.raises(CannotSignIn):
        sign_ins.with_password("my secret pass phrase", "", HERE)
    assert [(each.person, each.action) for each in Record(database, 365).entries()] == [
        ("somebody unknown", "failed to sign in")
    ]
    database.empty_log()
    assert b"secret pass phrase" not in (database.folder / "pinpoint.db").read_bytes()


# --- the service of an organisation


def test_whom_an_owner_added_by_e_mail_address_comes_in_and_is_then_known_by_more_than_that(sign_ins: SignIns) -> None:
    token = sign_ins.from_service(SUBJECT, "Tom@Example.org", True, None, HERE)
    assert named(sign_ins, token) == "tom@example.org"
    assert named(sign_ins, sign_ins.from_service(SUBJECT, "new@example.org", False, None, HERE)) == "tom@example.org"
    with pytest.raises(CannotSignIn):  # somebody else who has got the address over there
        sign_ins.from_service("https://login.example.org 43", "tom@example.org", True, "reader", HERE)


@pytest.mark.parametrize(("email", "proven"), [("eve@example.org", True), ("tom@example.org", False), ("", True)])
def test_nobody_else_comes_in_nor_whose_address_is_not_proven(sign_ins: SignIns, email: str, proven: bool) -> None:
    with pytest.raises(CannotSignIn):
        sign_ins.from_service(SUBJECT, email, proven, None, HERE)


def test_whoever_comes_is_added_where_a_setting_says_so(sign_ins: SignIns) -> None:
    token = sign_ins.from_service(SUBJECT, "eve@example.org", True, "reader", HERE)
    person = sign_ins.person(token)
    assert person
    assert (person.name, person.role, person.has_password) == ("eve@example.org", "reader", False)


def test_there_is_only_one_first_owner(sign_ins: SignIns) -> None:
    with pytest.raises(CannotSignIn, match="an owner already"):
        sign_ins.first_owner("eve", GOOD, HERE)
