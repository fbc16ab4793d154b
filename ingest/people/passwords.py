"""Passwords: hashed with argon2id, never kept, never logged. Each takes memory, so few are checked at one time."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ingest.errors import BadPerson

LEAST_CHARACTERS, MOST_CHARACTERS = 10, 200
_AT_ONCE = 2

_hasher = PasswordHasher()  # the parameters of RFC 9106 for little memory: 64 MiB
_turns = threading.BoundedSemaphore(_AT_ONCE)


def hashed(password: str, name: str = "") -> str:
    """The hash of a new password. Raises BadPerson where it is too short, too long or the name itself."""
    if len(password) < LEAST_CHARACTERS:
        raise BadPerson(f"The password is too short. Take at least {LEAST_CHARACTERS} characters; a sentence is good.")
    if len(password) > MOST_CHARACTERS:
        raise BadPerson(f"The password is too long. Take at most {MOST_CHARACTERS} characters.")
    if password.casefold() == name.casefold() or len(set(password)) < 4:
        raise BadPerson("This password is easily guessed. Take another one; a sentence is good.")
    with _turns:
        return _hasher.hash(_bytes(password))


def is_right(password: str, its_hash: str | None) -> bool:
    """Whether this is the password of the hash. Where there is none it takes as long, and is not."""
    with _turns:
        try:
            _hasher.verify(its_hash or _NOBODYS, _bytes(password[: MOST_CHARACTERS + 1]))
        except (VerificationError, InvalidHashError):
            return False
        return its_hash is not None


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "surrogatepass")


_NOBODYS = _hasher.hash(b"nobody's password")
