"""`python -m ingest people`: the first owner and everybody after, also while the app runs."""

import io
import json
import sys

import pytest

from ingest import Database, Library, People, Record, Settings
from ingest.__main__ import main
from tests.conftest import is_one_sentence

GOOD = "the heron stands still"


@pytest.fixture(autouse=True)
def _this_library(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PINPOINT_LIBRARY", str(settings.library))


def people(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = GOOD) -> int:
    """Run the command with a password from a pipe."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{typed}\n"))
    return main(["people", *arguments])


def test_people_are_added_changed_and_removed_while_the_library_is_open(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with Library(settings):
        assert people(monkeypatch, "add", "mia") == 0
        assert people(monkeypatch, "add", "tom@example.org", "--no-password") == 0
        assert people(monkeypatch, "role", "tom@example.org", "editor") == 0
        assert people(monkeypatch, "password", "mia", typed="a kestrel in the wind") == 0
        assert people(monkeypatch, "add", "eve", "--json") == 0
        assert people(monkeypatch, "remove", "eve") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:2] == ["mia (owner): added.", "tom@example.org (reader): added."]
    assert json.loads(said[4])["status"] == "added"
    with Database(settings.library) as database:
        assert [(each.name, each.role) for each in People(database).listed()] == [
            ("mia", "owner"),
            ("tom@example.org", "editor"),
        ]
        recorded = [(each.person, each.action, each.what) for each in Record(database, 365).entries()]
    assert ("the command line", "set the password of", "mia") in recorded
    assert len(recorded) == 6


@pytest.mark.parametrize(
    "arguments", [["add", "tom", "--role", "reader"], ["remove", "nobody"], ["add", " "], ["role", "nobody", "owner"]]
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert people(monkeypatch, *arguments) == 1
    assert is_one_sentence(capsys.readouterr().err.strip())
