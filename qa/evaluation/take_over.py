"""Judgements that versions before the database kept in a file, a line each: taken into the database at the first start.

The file is removed once what it holds is committed. One with lines that cannot be read is kept aside whole.
"""

import json
import logging
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import select

from ingest.errors import LibraryUnavailable
from ingest.store.database import Database
from ingest.store.durable import sync_folder
from ingest.store.tables import JUDGEMENTS
from qa.evaluation.judgement_rows import Judgement, keep_judgements

logger = logging.getLogger(__name__)

FILE, ASIDE = "thumbs.jsonl", "thumbs-not-readable.jsonl"
_JUDGEMENT = TypeAdapter(Judgement)


def take_over(database: Database) -> None:
    """Move the judgements of the file in the library folder into its database; nothing where there is none.

    Raises LibraryUnavailable where the disk will not.
    """
    path = database.folder / FILE
    try:
        if not path.is_file():
            return
        judgements, damaged = _judgements_in(path)
        with database.write() as connection:
            keys = select(JUDGEMENTS.c.question, JUDGEMENTS.c.passage_id)
            there = {(question, passage_id) for question, passage_id in connection.execute(keys).all()}
            # What is there was taken over by a start that was interrupted.
            keep_judgements(connection, [one for key, one in judgements.items() if key not in there])
        if damaged:
            path.replace(path.with_name(ASIDE))
            logger.warning("%d lines of %s cannot be read: the file is kept as %s", damaged, FILE, ASIDE)
        else:
            path.unlink()
        sync_folder(path.parent)
    except OSError as error:
        raise LibraryUnavailable(
            f"The judgements of an older version, in {path}, could not be taken over: the file cannot be read or "
            "removed. Check who may write to it, then start again."
        ) from error


def _judgements_in(path: Path) -> tuple[dict[tuple[str, str], Judgement], int]:
    """The last words, in their order, and how many lines cannot be read."""
    found: dict[tuple[str, str], Judgement] = {}
    damaged = 0
    for number, line in enumerate(path.read_bytes().split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            judgement = _JUDGEMENT.validate_python(json.loads(line))
        except (ValueError, RecursionError) as error:
            damaged += 1
            logger.warning("line %d of %s left out: %s", number, path.name, type(error).__name__)
            continue
        found.pop(judgement.key, None)  # so that the order is that of the last words
        if judgement.up is not None:
            found[judgement.key] = judgement
    return found, damaged
