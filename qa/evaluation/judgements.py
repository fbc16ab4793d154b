"""Thumbs: what people say of a passage that a question found, kept line by line, the last word counts.

They become judged questions for `python -m qa evaluate`, in the BEIR layout, with the whole library to search in.
"""

import csv
import hashlib
import io
import json
import logging
import tempfile
import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import AwareDatetime, TypeAdapter

from ingest.document import Passage
from ingest.errors import LibraryUnavailable, PinpointError
from ingest.store.durable import append_line
from ingest.store.library import Library
from qa.answer import Candidate

logger = logging.getLogger(__name__)

FILE = "thumbs.jsonl"
CORPUS, QUERIES, QRELS = "corpus.jsonl", "queries.jsonl", "qrels/test.tsv"


class CannotExport(PinpointError):
    """Judgements that cannot be written: there are none, or the disk will not take them."""


@dataclass(frozen=True, slots=True)
class Thumb:
    """A person's word on a passage for a question; `up` is None where it was taken back.

    Passage and document's name are kept with it, so that it says something when the library no longer holds them.
    """

    question: str
    passage: Passage
    document: str
    up: bool | None
    given_at: AwareDatetime


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written: passages in all, questions, and judged pairs of a question and a passage."""

    passages: int
    questions: int
    judgements: int


_THUMB = TypeAdapter(Thumb)
_Key = tuple[str, str]  # a question, and a passage's id


class Thumbs:
    """The thumbs of one library, in the file `thumbs.jsonl` of its folder. Safe for several threads.

    One object a folder; one process at a time, the one that has the library open.
    """

    def __init__(self, folder: Path) -> None:
        """Read what was given before. A line that cannot be read is left as it is and left out."""
        self._path = folder / FILE
        self._writing = threading.Lock()
        self._thumbs: dict[_Key, Thumb] = {}
        for thumb in _kept(self._path):
            self._take(thumb)

    def __len__(self) -> int:
        """How many stand, up or down."""
        return len(self._thumbs)

    def give(self, question: str, candidate: Candidate, up: bool | None) -> None:
        """Keep that a passage answers a question, or does not, or, with None, that nothing is said of it any more.

        Raises LibraryUnavailable where the disk will not; then the word before still counts.
        """
        thumb = Thumb(_asked(question), candidate.passage, candidate.document.name, up, datetime.now(UTC))
        line = json.dumps(_THUMB.dump_python(thumb, mode="json"), ensure_ascii=False)
        with self._writing:
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                append_line(self._path, line.encode("utf-8", "surrogatepass"))
            except OSError as error:
                raise LibraryUnavailable(
                    "Your word on this passage could not be kept: the disk is full or cannot be written to. Make room, "
                    "then try again."
                ) from error
            self._take(thumb)

    def given(self, question: str, passage_id: str) -> bool | None:
        """The last word on this passage for this question: up, down, or None."""
        thumb = self._thumbs.get((_asked(question), passage_id))
        return thumb.up if thumb else None

    def export(self, folder: Path, library: Library) -> Exported:
        """Write the folder that `qa.evaluation.data_sets.load` reads: corpus.jsonl, queries.jsonl and qrels/test.tsv.

        The corpus is every passage of the library, and the judged ones whose text it no longer holds. A word on a
        passage holds for every passage that says the same, letter case and white space aside.
        Raises CannotExport and LibraryUnavailable.
        """
        with self._writing:
            thumbs = list(self._thumbs.values())
        if not thumbs:
            raise CannotExport("Nothing is judged yet. Give a passage in the chat a thumb up or down, then try again.")
        try:
            (folder / QRELS).parent.mkdir(parents=True, exist_ok=True)
            return _write(folder, thumbs, library)
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

    def _take(self, thumb: Thumb) -> None:
        key = (thumb.question, thumb.passage.id)
        self._thumbs.pop(key, None)  # so that the order is that of the last words
        if thumb.up is not None:
            self._thumbs[key] = thumb


def _kept(path: Path) -> Iterator[Thumb]:
    try:
        lines = path.read_bytes().split(b"\n")
    except FileNotFoundError:
        return
    except OSError as error:
        raise LibraryUnavailable(f"The file {path} cannot be read. See to it that it can, then try again.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _THUMB.validate_python(json.loads(line.decode("utf-8", "surrogatepass")))
            except (ValueError, RecursionError) as error:
                logger.warning("line %d of %s left out: %s", number, path.name, type(error).__name__)


def _write(folder: Path, thumbs: Sequence[Thumb], library: Library) -> Exported:
    passages, saying = _write_corpus(folder / CORPUS, thumbs, library)
    pairs = {
        (thumb.question, passage_id): thumb.up for thumb in thumbs for passage_id in saying[_said(thumb.passage.text)]
    }
    questions = dict.fromkeys(question for question, _ in pairs)
    names = {question: f"q{number}" for number, question in enumerate(questions, start=1)}
    with (folder / QUERIES).open("w", encoding="utf-8") as file:
        file.writelines(_line(name, question) for question, name in names.items())
    with (folder / QRELS).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter="\t", lineterminator="\n")
        table.writerow(["query-id", "corpus-id", "score"])
        table.writerows([names[question], passage_id, 1 if up else 0] for (question, passage_id), up in pairs.items())
    return Exported(passages, len(names), len(pairs))


def _write_corpus(path: Path, thumbs: Sequence[Thumb], library: Library) -> tuple[int, dict[str, list[str]]]:
    """Write the passages; return how many, and by what they say the ids of those that say what was judged."""
    saying: dict[str, list[str]] = {_said(thumb.passage.text): [] for thumb in thumbs}
    documents = library.documents()
    names = {document.id: document.name for document in documents}
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for passage in library.passages(documents):
            file.write(_line(passage.id, passage.text, _title(names[passage.document_id], passage)))
            count += 1
            said = _said(passage.text)
            if said in saying:
                saying[said].append(passage.id)
        for thumb in thumbs:
            said = _said(thumb.passage.text)
            if not saying[said]:
                # Not the passage's own id, by which a document that was cut anew may hold another passage.
                gone = f"gone:{hashlib.sha256(said.encode()).hexdigest()[:16]}"
                file.write(_line(gone, thumb.passage.text, _title(thumb.document, thumb.passage)))
                count += 1
                saying[said].append(gone)
    return count, saying


def _line(row_id: str, text: str, title: str | None = None) -> str:
    row = {"_id": row_id, "text": text} if title is None else {"_id": row_id, "title": title, "text": text}
    return _sound(json.dumps(row, ensure_ascii=False)) + "\n"


def _title(document: str, passage: Passage) -> str:
    return " · ".join(filter(None, [document, passage.heading]))


def _said(text: str) -> str:
    """What a passage says, as re-ranking compares it."""
    return _sound(" ".join(text.casefold().split()))


def _asked(question: str) -> str:
    return _sound(" ".join(question.split()))


def _sound(text: str) -> str:
    """`text` without halves of surrogate pairs, which no file in UTF-8 holds."""
    return text.encode("utf-8", "replace").decode()
