"""Judged questions for measuring: a folder in the BEIR layout, or files with a `questions.jsonl` that quotes answers.

Either is put into a library that is already open; the person's own library is never touched. In the BEIR layout a
question without a judged document is left out; those that nothing answers stand in `unanswerable.jsonl`.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ingest.document import Document, Passage, Section
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.errors import PinpointError
from ingest.pipeline.add import add
from ingest.pipeline.make import add_passages
from ingest.reading.split import split
from ingest.settings import Settings
from ingest.store.library import Library

PLAIN, UNANSWERABLE = "plain", "unanswerable"
# Names of kinds that some folders have, and what they are here.
_SAME_KIND = {"answerable": PLAIN, "near miss": UNANSWERABLE}


Row = dict[str, object]


class CannotEvaluate(PinpointError):
    """A folder that holds no judged questions that can be read."""


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question and the units that answer it: documents in the BEIR layout, passages where answers are quoted.

    `kind` is what kind of question it is, such as "plain" or "reworded". Of kind "unanswerable" are those that nothing
    answers. Where a quotation is in no passage, `relevant` is empty although there is an answer. `id` is the
    folder's name for it, or its text.
    """

    question: str
    relevant: frozenset[str]
    kind: str = PLAIN
    id: str = field(default="", compare=False)

    @property
    def answerable(self) -> bool:
        """Whether something answers it."""
        return self.kind != UNANSWERABLE


@dataclass(frozen=True, slots=True)
class JudgedQuestions:
    """The questions, and what unit a retrieved passage stands for."""

    questions: tuple[JudgedQuestion, ...]
    unit: Callable[[Passage], str]


def load(folder: Path, library: Library, settings: Settings) -> JudgedQuestions:
    """Put the folder's documents into the library and read its questions.

    Args:
        folder: In the BEIR layout (`corpus.jsonl`, `queries.jsonl`, `qrels/test.tsv`), or with files in `documents/`
            and a `questions.jsonl` that quotes the answers.
        library: An open library, to which the documents are added.
        settings: The models and the length of a passage.

    Raises:
        CannotEvaluate: The folder has neither layout, or something in it cannot be read.

    Source:
        Thakur et al., "BEIR: A Heterogeneous Benchmark for Zero-shot Evaluation of Information Retrieval Models", 2021.
    """
    try:
        if (folder / "corpus.jsonl").is_file():
            return _beir_set(folder, library, settings)
        if (folder / "questions.jsonl").is_file():
            return _quoted_set(folder, library, settings)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CannotEvaluate(f"The questions in {folder} are not in a layout that can be read: {error!r}.") from error
    raise CannotEvaluate(
        f"{folder} holds no judged questions. A folder in the BEIR layout has corpus.jsonl, queries.jsonl and "
        "qrels/test.tsv; a folder of files has documents/ and questions.jsonl."
    )


def _beir_set(folder: Path, library: Library, settings: Settings) -> JudgedQuestions:
    encoder = load_bi_encoder(settings)
    tokenizer = encoder.tokenizer
    budget = min(settings.passage_tokens, encoder.passage_limit)
    for row in _json_rows(folder / "corpus.jsonl"):
        document_id, title, text = str(row["_id"]), str(row.get("title") or ""), str(row["text"])
        passages = list(split([Section(text)], document_id, tokenizer, budget))
        if passages:
            document = Document(document_id, title, "Text", None, len(passages), len(text.encode()), datetime.now(UTC))
            add_passages(document, passages, library, encoder)
    relevant = _relevant(folder / "qrels" / "test.tsv")
    rows = {str(row["_id"]): row for row in _json_rows(folder / "queries.jsonl")}
    questions = [
        JudgedQuestion(str(row["text"]), frozenset(relevant[query]), _answerable_kind(row), query)
        for query, row in rows.items()
        if query in relevant
    ]
    questions += _unanswerable(folder / "unanswerable.jsonl", rows, relevant)
    return JudgedQuestions(tuple(questions), lambda passage: passage.document_id)


def _relevant(path: Path) -> dict[str, set[str]]:
    relevant: defaultdict[str, set[str]] = defaultdict(set)
    with path.open(encoding="utf-8", newline="") as file:
        for judgement in csv.DictReader(file, delimiter="\t"):
            if int(judgement["score"]) > 0:
                relevant[judgement["query-id"]].add(judgement["corpus-id"])
    return dict(relevant)


def _unanswerable(path: Path, queries: Mapping[str, Row], relevant: Mapping[str, object]) -> Iterator[JudgedQuestion]:
    """The questions of this file, if it is there; one of `queries` need not repeat its text."""
    for row in _json_rows(path) if path.is_file() else ():
        query = str(row["_id"])
        if query in relevant:
            raise ValueError(f"{path.name} names {query}, which has a document that answers it")
        text = row["text"] if "text" in row else queries[query]["text"]
        yield JudgedQuestion(str(text), frozenset(), UNANSWERABLE, query)


def _quoted_set(folder: Path, library: Library, settings: Settings) -> JudgedQuestions:
    for path in sorted((folder / "documents").iterdir()):
        outcome = add(path, library, settings)
        if outcome.reason:
            raise CannotEvaluate(f"{path.name}: {outcome.reason}")
    passages = list(library.passages())
    folded = [(passage.id, _with_single_spaces(passage.text)) for passage in passages]
    questions = []
    for row in _json_rows(folder / "questions.jsonl"):
        quotes = _quotations(row)
        holding = frozenset(passage_id for passage_id, text in folded if any(quote in text for quote in quotes))
        question = str(row["question"])
        kind = _answerable_kind(row) if quotes else UNANSWERABLE
        questions.append(JudgedQuestion(question, holding, kind, str(row.get("id") or question)))
    return JudgedQuestions(tuple(questions), lambda passage: passage.id)


def _quotations(row: Row) -> list[str]:
    """The quotations of which any one is enough; none where nothing answers."""
    answer = row["answer"]
    if answer is None:
        return []
    quotes = [_with_single_spaces(str(quote)) for quote in (answer if isinstance(answer, list) else [answer])]
    if not quotes or not all(quotes):
        raise ValueError(f"an empty answer to {row['question']!r}")
    return quotes


def _answerable_kind(row: Row) -> str:
    kind = str(row.get("kind") or PLAIN)
    if _SAME_KIND.get(kind, kind) == UNANSWERABLE:
        raise ValueError(f"an answer to a question of kind {kind!r}")
    return _SAME_KIND.get(kind, kind)


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise TypeError(f"a line of {path.name} is no JSON object")
                yield row


def _with_single_spaces(text: str) -> str:
    return " ".join(text.split())
