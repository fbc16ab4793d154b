"""Judged questions for measuring: a folder in the BEIR layout, or files with a `questions.jsonl` that quotes answers.

Either is put into a library that is already open; the person's own library is never touched.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.add import add, put
from ingest.bi_encoder import load_bi_encoder
from ingest.document import Document, Passage, Section
from ingest.errors import PinpointError
from ingest.library import Library
from ingest.settings import Settings
from ingest.split import split


class CannotEvaluate(PinpointError):
    """A folder that holds no judged questions that can be read."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A question and the units that answer it: documents in the BEIR layout, passages where answers are quoted."""

    question: str
    relevant: frozenset[str]


@dataclass(frozen=True, slots=True)
class Judgements:
    """The questions, and what unit a retrieved passage stands for."""

    questions: tuple[Judged, ...]
    unit: Callable[[Passage], str]


def load(folder: Path, library: Library, settings: Settings) -> Judgements:
    """Put the folder's documents into the library and read its questions. Raises CannotEvaluate."""
    try:
        if (folder / "corpus.jsonl").is_file():
            return _beir(folder, library, settings)
        if (folder / "questions.jsonl").is_file():
            return _quoted(folder, library, settings)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotEvaluate(f"The questions in {folder} are not in a layout that can be read: {error!r}.") from error
    raise CannotEvaluate(
        f"{folder} holds no judged questions. A folder in the BEIR layout has corpus.jsonl, queries.jsonl and "
        "qrels/test.tsv; a folder of files has documents/ and questions.jsonl."
    )


def _beir(folder: Path, library: Library, settings: Settings) -> Judgements:
    encoder = load_bi_encoder(settings)
    tokenizer = encoder.tokenizer
    budget = min(settings.passage_tokens, encoder.passage_limit)
    for row in _lines(folder / "corpus.jsonl"):
        document_id, title, text = str(row["_id"]), str(row.get("title") or ""), str(row["text"])
        passages = list(split([Section(text)], document_id, tokenizer, budget))
        if passages:
            deed = Document(document_id, title, "Text", None, len(passages), len(text.encode()), datetime.now(UTC))
            put(deed, passages, library, encoder)
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    with (folder / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as file:
        for judgement in csv.DictReader(file, delimiter="\t"):
            if int(judgement["score"]) > 0:
                relevant[judgement["query-id"]].add(judgement["corpus-id"])
    questions = [
        Judged(str(row["text"]), frozenset(relevant[str(row["_id"])]))
        for row in _lines(folder / "queries.jsonl")
        if str(row["_id"]) in relevant
    ]
    return Judgements(tuple(questions), lambda passage: passage.document_id)


def _quoted(folder: Path, library: Library, settings: Settings) -> Judgements:
    for path in sorted((folder / "documents").iterdir()):
        outcome = add(path, library, settings)
        if outcome.reason:
            raise CannotEvaluate(f"{path.name}: {outcome.reason}")
    passages = list(library.passages(library.documents()))
    folded = [(passage.id, _folded(passage.text)) for passage in passages]
    questions = []
    for row in _lines(folder / "questions.jsonl"):
        if row["answer"] is not None:
            quote = _folded(str(row["answer"]))
            holding = frozenset(passage_id for passage_id, text in folded if quote in text)
            questions.append(Judged(str(row["question"]), holding))
    return Judgements(tuple(questions), lambda passage: passage.id)


def _lines(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise TypeError(f"a line of {path.name} is no JSON object")
                yield row


def _folded(text: str) -> str:
    return " ".join(text.split())
