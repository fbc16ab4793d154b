"""Judgements that a version before kept in a file are taken over whole, whatever interrupts it."""

import json
import logging
import shutil
from pathlib import Path

import pytest
from sqlalchemy import select

from ingest import Database, PinpointError
from ingest.store.tables import JUDGEMENTS
from qa.evaluation.judgement_rows import judgement_of
from qa.evaluation.judgements import Judgements
from qa.evaluation.take_over import ASIDE, FILE
from tests.conftest import is_one_sentence
from tests.qa.answers import candidate

# Written by the last version that kept files.
KEPT = Path(__file__).parents[1] / "kept_as_files" / FILE
LIFT = candidate("The lift carries eight people. It is checked in May.", "lift \udcff.pdf", "PDF", 2, "Lift")
CAFE = candidate("Das Café öffnet um acht. 日本語 😀", "café.txt")


@pytest.fixture
def file(database: Database) -> Path:
    """The file of a version before, in the library."""
    return Path(shutil.copy(KEPT, database.folder / FILE))


def standing(database: Database) -> list[tuple[str, str, bool | None, str]]:
    """Question, document, word and time of every judgement, in their order."""
    with database.read() as connection:
        rows = connection.execute(select(JUDGEMENTS).order_by(JUDGEMENTS.c.number)).all()
    judgements = [judgement_of(row) for row in rows]
    return [(one.question, one.document, one.up, f"{one.given_at:%H:%M:%S.%f}") for one in judgements]


EXPECTED = [
    ("How many people does the lift carry?", "lift \udcff.pdf", True, "08:31:15.123456"),
    ("When does the café open?", "lift \udcff.pdf", False, "08:33:15.123456"),
    ("When does the café open?", "café.txt", False, "08:34:15.123456"),
    ("When does it open?", "café.txt", True, "08:37:15.123456"),
]


def test_the_last_words_of_a_file_are_taken_over_in_their_order_and_the_file_goes(
    database: Database, file: Path
) -> None:
    judgements = Judgements(database)
    assert standing(database) == EXPECTED
    assert len(judgements) == 4
    assert judgements.given("How many people does the lift carry?", LIFT.passage.id) is True
    assert judgements.given("How many people does the lift carry?", CAFE.passage.id) is None
    assert judgements.given("When does the café open?", CAFE.passage.id) is False
    assert not file.exists()
    assert len(Judgements(database)) == 4


def test_a_start_that_was_interrupted_after_the_commit_takes_nothing_twice(database: Database, file: Path) -> None:
    Judgements(database)
    shutil.copy(KEPT, file)
    assert len(Judgements(database)) == 4
    assert standing(database) == EXPECTED
    assert not file.exists()


def test_a_file_with_lines_that_cannot_be_read_is_kept_aside_whole(
    database: Database, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    whole = file.read_bytes()
    no_judgement = json.dumps({"question": "lift?", "up": True}).encode()
    content = whole + whole[:200] + b"\n" + no_judgement + b"\n\xff\n" + b"[" * 100_000 + b"\n"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert len(Judgements(database)) == 4
    assert len(caplog.records) == 5
    assert "lift" not in caplog.text
    assert not file.exists()
    assert file.with_name(ASIDE).read_bytes() == content


def test_a_file_that_is_not_there_is_not_missed_and_one_that_cannot_be_read_is_said(
    database: Database, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path) -> bytes:
        raise PermissionError("as on a disk of somebody else")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refused)
        with pytest.raises(PinpointError) as error:
            Judgements(database)
    assert is_one_sentence(str(error.value))
    assert standing(database) == []
    file.unlink()
    assert len(Judgements(database)) == 0
