"""`python -m ingest people list|add|remove|role|password`: who may use the library. The app may go on running."""

import argparse
import getpass
import json
import secrets
import sys
from typing import TYPE_CHECKING

from ingest.errors import BadPerson
from ingest.people.people import People
from ingest.people.person import Person
from ingest.people.record import Record
from ingest.people.roles import ROLES, WHAT_ROLES_MAY, Role
from ingest.settings import Settings
from ingest.store.database import Database

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_WHO = "the command line"


def add_people_parser(commands: "Commands") -> None:
    """Add the command `people` to those of a parser."""
    people = commands.add_parser("people", help="list, add, change or remove the people who may sign in")
    what = people.add_subparsers(dest="people_command", required=True)
    listing = what.add_parser("list", help="list everybody")
    adding = what.add_parser("add", help="add somebody; the first one is an owner")
    removing = what.add_parser("remove", help="remove somebody, with their conversations")
    role = what.add_parser("role", help="give somebody another role")
    password = what.add_parser("password", help="give somebody another password; they are signed out everywhere")
    for command in (adding, removing, role, password):
        command.add_argument("name", metavar="NAME", help="an e-mail address or another name")
    roles = "; ".join(f"{name}: {words}" for name, words in WHAT_ROLES_MAY.items())
    adding.add_argument("--role", choices=ROLES, help=f"{roles}; the first is an owner, others readers")
    adding.add_argument("--no-password", action="store_true", help="they sign in at the sign-in service")
    role.add_argument("role", choices=ROLES, help=roles)
    for command in (listing, adding, removing, role, password):
        command.add_argument("--json", action="store_true", help="print one JSON object a line")


def run_people_command(options: argparse.Namespace, settings: Settings) -> int:
    """Run `people` as the parser understood it, and return the exit code. Raises PinpointError."""
    with Database(settings.library) as database:
        people, record = People(database), Record(database, settings.record_days)
        match options.people_command:
            case "list":
                for person in people.listed():
                    print(json.dumps(_row(person)) if options.json else _line(person))
                if not people.listed() and not options.json:
                    print("Nobody yet. Add an owner with: python -m ingest people add NAME")
            case "add":
                password = None if options.no_password else _typed_password()
                role: Role = options.role or ("reader" if people.has_owner() else "owner")
                with record.doing(_WHO, "added a person", options.name):
                    person = people.add(options.name, role, password)
                _tell(options, person)
            case command:
                _change(command, options, people, record)
    return 0


def _change(command: str, options: argparse.Namespace, people: People, record: Record) -> None:
    person = people.named(options.name)
    if person is None or person.id is None:
        raise BadPerson(f"There is nobody of the name {options.name}. `python -m ingest people list` lists everybody.")
    if command == "remove":
        with record.doing(_WHO, "removed a person", person.name):
            people.remove(person.id)
    elif command == "role":
        with record.doing(_WHO, "changed the role of", person.name):
            people.set_role(person.id, options.role)
    else:
        password = _typed_password()
        with record.doing(_WHO, "set the password of", person.name):
            people.set_password(person.id, password)
    _tell(options, people.find(person.id) or person)


def _typed_password() -> str:
    """A password from the keyboard, twice, or from a pipe; never from the command line, which others can read."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    proposal = secrets.token_urlsafe(12)
    password = getpass.getpass(f"Password (Enter for {proposal}): ") or proposal
    if password != proposal and password != getpass.getpass("Once more: "):
        raise BadPerson("The two passwords are not the same. Try again.")
    return password


def _tell(options: argparse.Namespace, person: Person) -> None:
    done = {"add": "added", "remove": "removed", "role": "changed", "password": "changed"}[options.people_command]
    print(json.dumps(_row(person) | {"status": done}) if options.json else f"{_line(person)}: {done}.")


def _row(person: Person) -> dict[str, str | int | bool | None]:
    return {"id": person.id, "name": person.name, "role": person.role, "password": person.has_password}


def _line(person: Person) -> str:
    return f"{person.name} ({person.role})"
