"""What is recorded is written down before it is done: a process that dies in between loses no line."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest import Database, Library, Record, Settings
from ingest.errors import BadPerson
from ingest.people.gate import Gate
from ingest.people.people import People
from ingest.people.person import Person
from tests.conftest import ROOT, put_in

EDITOR, OWNER = Person(1, "mia", "editor"), Person(2, "tom", "owner")

_DIES = """
import os, sys
from pathlib import Path
from ingest import Database, Record
from ingest.people.gate import Gate
from ingest.people.person import Person

class Library:
    def remove(self, document_id):
        os._exit(9)  # as a power cut does

record = Record(Database(Path(sys.argv[1])), 30)
Gate("library", Library(), lambda: Person(1, "mia", "editor"), record).remove("5f3a")
"""


def behind(library: Library, record: Record) -> Gate:
    return Gate("library", library, lambda: EDITOR, record, lambda _action, arguments: str(arguments[0]))


def test_what_is_done_has_its_line(library: Library, settings: Settings, database: Database) -> None:
    document = put_in(library, settings, "rules.txt", "The office opens at eight.")
    record = Record(database, 30)
    behind(library, record).remove(document.id)
    assert [(line.person, line.action, line.what) for line in record.entries()] == [("mia", "removed", document.id)]


def test_what_fails_has_no_line(database: Database) -> None:
    record = Record(database, 30)
    people = Gate("people", People(database), lambda: OWNER, record, lambda _action, arguments: str(arguments[0]))
    people.add("mia", "owner")
    with pytest.raises(BadPerson):
        people.add("Mia", "reader")
    assert [line.what for line in record.entries()] == ["mia"]


def test_what_a_process_was_doing_when_it_died_has_its_line(database: Database, settings: Settings) -> None:
    command = [sys.executable, "-c", _DIES, str(settings.library)]
    assert subprocess.run(command, cwd=Path(ROOT), check=False).returncode == 9
    assert [(line.person, line.action) for line in Record(database, 30).entries()] == [("mia", "removed")]
