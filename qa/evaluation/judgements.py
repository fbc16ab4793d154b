"""Judgements: what people say of a passage that a question found, kept in the database; the last word counts.

They become judged questions for `python -m qa evaluate`, in the BEIR layout, with the whole library to search in.
"""

import copy
import csv
import hashlib
import io
import json
import logging
import tempfile
import threading
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlalchemy import select

from ingest.document import Passage
from ingest.errors import PinpointError
from ingest.reading.clean import without_lone_surrogates
from ingest.store.database import Database
from ingest.store.library import Library
from ingest.store.tables import JUDGEMENTS
from qa.answer import Candidate
from qa.evaluation.judgement_rows import Judgement, judgement_of, keep_judgements, question_key
from qa.evaluation.take_over import take_over

logger = logging.getLogger(__name__)

CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"


class CannotExport(PinpointError):
    """Judgements that cannot be written: there are none, or the disk will not take them."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written: passages in all, questions, and judged pairs of a question and a passage."""

    passages: int
    questions: int
    judgements: int


class Judgements:
    """The judgements of one database, or one person's. Safe for several threads; one process has the library open.

    Each person has a word of their own. Where several judged the same, the last one counts for measuring.

    Every method raises LibraryUnavailable where the database fails; then the word before still counts.
    """

    def __init__(self, database: Database) -> None:
        """Take over what an older version kept in a file, then use the database alone."""
        take_over(database)
        self._database = database
        # Pages ask for every card that they show. Only what a word was, not the passages.
        columns = (JUDGEMENTS.c.owner, JUDGEMENTS.c.question, JUDGEMENTS.c.passage_id, JUDGEMENTS.c.up)
        with database.read() as connection:
            rows = connection.execute(select(*columns)).all()
        self._given = {(owner, question, passage_id): bool(up) for owner, question, passage_id, up in rows}
        self._giving = threading.Lock()
        self._owner: int | None = None

    def of(self, person_id: int | None) -> Self:
        """The judgements of one person; with None all of them, and what is given is nobody's."""
        theirs = copy.copy(self)
        theirs._owner = person_id
        return theirs

    def __len__(self) -> int:
        """How many stand, up or down."""
        return sum(self._owner in {None, owner} for owner, *_ in list(self._given))

    def give(self, question: str, candidate: Candidate, up: bool | None) -> None:
        """Keep that a passage answers a question, or does not, or, with None, that nothing is said of it any more."""
        owner, now = self._owner or 0, datetime.now(UTC)
        judgement = Judgement(question_key(question), candidate.passage, candidate.document.name, up, now, owner)
        with self._giving:
            with self._database.write() as connection:
                keep_judgements(connection, [judgement])
            if up is None:
                self._given.pop((owner, *judgement.key), None)
            else:
                self._given[owner, *judgement.key] = up

    def given(self, question: str, passage_id: str) -> bool | None:
        """The last word on this passage for this question: up, down, or None."""
        return self._given.get((self._owner or 0, question_key(question), without_lone_surrogates(passage_id)))

    def export(self, folder: Path, library: Library) -> Exported:
        """Write the folder that `qa.evaluation.data_sets.load` reads: corpus.jsonl, queries.jsonl and qrels/test.tsv.

        The corpus is every passage of the library, and the judged ones whose text it no longer holds. A word on a
        passage holds for every passage that says the same, letter case and white space aside.
        Raises CannotExport and LibraryUnavailable.
        """
        judgements = self._standing()
        if not judgements:
            raise CannotExport("Nothing is judged yet. Give a passage in the chat a thumb up or down, then try again.")
        try:
            (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
            return _write(folder, judgements, library)
        except OSError as error:
            raise CannotExport(
                f"The judgements could not be written to {folder}: it is no folder, is full or cannot be written to."
            ) from error

    def as_zip(self, library: Library) -> bytes:
        """The same folder as a zip archive. Raises as `export` does."""
        written = io.BytesIO()
        with tempfile.TemporaryDirectory(prefix="pinpoint-judgements-") as home:
            self.export(Path(home), library)
            with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in (CORPUS, QUERIES, QRELS):
                    archive.write(Path(home) / name, name)
        return written.getvalue()

    def _standing(self) -> list[Judgement]:
        """All that can be read, in the order of the last words."""
        chosen = select(JUDGEMENTS).order_by(JUDGEMENTS.c.number)
        if self._owner is not None:
            chosen = chosen.where(JUDGEMENTS.c.owner == self._owner)
        with self._database.read() as connection:
            rows = connection.execute(chosen).all()
        found = []
        for row in rows:
            try:
                found.append(judgement_of(row))
            except (ValueError, TypeError, RecursionError) as error:  # its words would quote the texts
                logger.warning("judgement %d left out: it cannot be read (%s)", row.number, type(error).__name__)
        return found


def _write(folder: Path, judgements: Sequence[Judgement], library: Library) -> Exported:
    passages, saying = _write_corpus(folder / CORPUS, judgements, library)
    pairs = {
        (judgement.question, passage_id): judgement.up
        for judgement in judgements
        for passage_id in saying[_said(judgement.passage.text)]
    }
    questions = dict.fromkeys(question for question, _ in pairs)
    names = {question: f"q{number}" for number, question in enumerate(questions, start=1)}
    with (folder / QUERIES).open("w", encoding="utf-8") as file:
        file.writelines(_json_line(name, question) for question, name in names.items())
    with (folder / QRELS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(["query-id", "corpus-id", "score"])
        table.writerows([names[question], passage_id, 1 if up else 0] for (question, passage_id), up in pairs.items())
    return Exported(passages, len(names), len(pairs))


def _write_corpus(path: Path, judgements: Sequence[Judgement], library: Library) -> tuple[int, dict[str, list[str]]]:
    """Write the passages; return how many, and by what they say the ids of those that say what was judged."""
    saying: dict[str, list[str]] = {_said(judgement.passage.text): [] for judgement in judgements}
    documents = library.documents()
    names = {document.id: document.name for document in documents}
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for passage in library.passages(documents):
            file.write(_json_line(passage.id, passage.text, _title(names[passage.document_id], passage)))
            count += 1
            said = _said(passage.text)
            if said in saying:
                saying[said].append(passage.id)
        for judgement in judgements:
            said = _said(judgement.passage.text)
            if not saying[said]:
                # Not the passage's own id, by which a document that was cut anew may hold another passage.
                gone = f"gone:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
                file.write(_json_line(gone, judgement.passage.text, _title(judgement.document, judgement.passage)))
                count += 1
                saying[said].append(gone)
    return count, saying


def _json_line(row_id: str, text: str, title: str | None = None) -> str:
    row = {"_id": row_id, "text": text} if title is None else {"_id": row_id, "title": title, "text": text}
    return without_lone_surrogates(json.dumps(row, ensure_ascii=False)) + "\n"


def _title(document: str, passage: Passage) -> str:
    return " · ".join(filter(None, [document, passage.heading]))


def _said(text: str) -> str:
    """What a passage says, as re-ranking compares it."""
    return without_lone_surrogates(" ".join(text.casefold().split()))
