"""A judgement, and how it is a row of the database."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import AwareDatetime, TypeAdapter
from sqlalchemy import Connection, Row, delete, insert

from ingest.document import Passage
from ingest.reading.clean import without_lone_surrogates
from ingest.store.tables import JUDGEMENTS


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on a passage for a question; `up` is None where it was taken back.

    Passage and document's name are kept with it, so that it says something when the library no longer holds them.
    """

    question: str
    passage: Passage
    document: str
    up: bool | None
    given_at: AwareDatetime
    owner: int = 0  # the person's number; 0 where there is no sign-in

    @property
    def key(self) -> tuple[str, str]:
        """What there is one word on: a question, and a passage's id."""
        return question_key(self.question), without_lone_surrogates(self.passage.id)


_PASSAGE = TypeAdapter(Passage)


def question_key(question: str) -> str:
    """A question as it is judged: white space makes no difference.

    >>> question_key(" Is it  closed?")
    'Is it closed?'
    """
    return without_lone_surrogates(" ".join(question.split()))


def keep_judgements(connection: Connection, judgements: Sequence[Judgement]) -> None:
    """Write judgements in the place of what was said before; one that was taken back leaves nothing."""
    for judgement in judgements:
        question, passage_id = judgement.key
        connection.execute(
            delete(JUDGEMENTS).where(
                JUDGEMENTS.c.owner == judgement.owner,
                JUDGEMENTS.c.question == question,
                JUDGEMENTS.c.passage_id == passage_id,
            )
        )
    rows = [_judgement_row(judgement) for judgement in judgements if judgement.up is not None]
    if rows:
        connection.execute(insert(JUDGEMENTS), rows)


def judgement_of(row: Row[Any]) -> Judgement:
    """The judgement of a row. Raises ValueError, TypeError or RecursionError where it cannot be read."""
    body = json.loads(row.body)
    if not isinstance(body, dict) or not isinstance(body.get("document"), str):
        raise TypeError("a body without a document")
    given_at = datetime.fromisoformat(row.given_at)
    passage = _PASSAGE.validate_python(body.get("passage"))
    return Judgement(row.question, passage, body["document"], bool(row.up), given_at, row.owner)


def _judgement_row(judgement: Judgement) -> dict[str, str | int]:
    question, passage_id = judgement.key
    passage = _PASSAGE.dump_python(judgement.passage, mode="json")
    return {
        "question": question,
        "passage_id": passage_id,
        "up": int(bool(judgement.up)),
        "given_at": judgement.given_at.isoformat(),
        "owner": judgement.owner,
        # JSON in ASCII: halves of surrogate pairs, as file names may hold, stay as they are.
        "body": json.dumps({"passage": passage, "document": judgement.document}),
    }
