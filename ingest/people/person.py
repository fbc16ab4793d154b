"""A person who may use the library, and how names are compared."""

import unicodedata
from dataclasses import dataclass

from ingest.people.roles import Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may use the library.

    Args:
        id: The number; None of whoever is there where nobody signs in.
        name: An e-mail address or any other name, as it was typed.
        role: What the person may do.
        has_password: Whether they sign in with a password.
        comes_from_service: Whether they have signed in by the sign-in service of an organisation.
    """

    id: int | None
    name: str
    role: Role
    has_password: bool = False
    comes_from_service: bool = False


EVERYBODY = Person(None, "", "owner")  # who is there where nobody signs in


def folded_name(name: str) -> str:
    """A name as it is compared: letter case and the kind of white space make no difference.

    >>> folded_name(" Mia@Example.org ")
    'mia@example.org'
    """
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()
