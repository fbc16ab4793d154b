"""The time of one question, stage by stage, beside the plain way of doing the same.

    python -m tests.benchmarks.rerank [FILE_OR_FOLDER ...] [--question Q ...] [--questions 5] [--repeats 5]

How it is measured. A library of the files is made in a temporary folder, of the example where none are given, and
every question is asked once unmeasured. Then, `--repeats` times over, each question goes through both ways one right
after the other, so that what else the machine does falls on both; the table has the medians over all of these.

- retrieve, re-rank: the times that `Asker.ask` tells of its stages, mode hybrid, at most 100 candidates; whole
  question: the wall clock around that call. The plain way of re-ranking is `CrossEncoder.predict` of
  sentence-transformers in fp32 on torch, with its default batch size, over the question with all candidates and with
  the same weights, de-quantized (`tests.benchmarks.plain`). Ours reads the most promising candidates only.
- the same five: whether the five that are shown are those that are shown where this plain model reads all candidates.
- lexical search, a part of retrieve: `LexicalIndex.search_ids` over the index that is kept. The plain way is
  rank_bm25's `BM25Okapi` made anew from the passages' words and its `get_top_n`; cutting the texts into words is not
  counted.
- largest difference of a score: over the passages that both show.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from unittest.mock import patch

from rank_bm25 import BM25Okapi
from sentence_transformers import CrossEncoder

import ingest
from ingest import Library, Settings
from qa import DEFAULTS, Answer, Asker, Retriever
from qa.analysis.tokens import terms as words
from qa.reranking.cross_encoder import NamedCrossEncoder
from qa.reranking.rerank import read_text
from qa.retrieval.lexical import LexicalIndex
from tests.benchmarks.plain import plain_cross_encoder
from tests.benchmarks.report import compared, machine, print_table, timed
from tests.benchmarks.temporary import temporary_library

EXAMPLE = Path(ingest.__file__).parent / "example"
QUESTIONS = (
    "What is this document about?",
    "Who is responsible?",
    "What has to be done first?",
    "How much does it cost?",
    "What is the most important result?",
)


@dataclass
class Spent:
    """Milliseconds, a number a question and repeat."""

    retrieve: list[float] = field(default_factory=list)
    lexical: list[float] = field(default_factory=list)
    plain_lexical: list[float] = field(default_factory=list)
    rerank: list[float] = field(default_factory=list)
    plain_rerank: list[float] = field(default_factory=list)
    question: list[float] = field(default_factory=list)


@dataclass
class Agreement:
    """How the two ways agree: a value a question."""

    differences: list[float] = field(default_factory=list)
    same_set: list[bool] = field(default_factory=list)
    same_order: list[bool] = field(default_factory=list)

    def note(self, answer: Answer, whole: Answer) -> None:
        """Compare an answer with the one for which the plain model has read all candidates."""
        scores = {hit.candidate.passage.id: hit.cross_encoder for hit in whole.hits}
        ours = {hit.candidate.passage.id: hit.cross_encoder for hit in answer.hits}
        both = [abs((ours[each] or 0) - (scores[each] or 0)) for each in ours if each in scores]
        self.differences.append(max(both, default=0.0))
        self.same_order.append([*ours] == [*scores])
        self.same_set.append({*ours} == {*scores})


class Lexical:
    """Both ways of lexical search over one library."""

    def __init__(self, library: Library) -> None:
        self._documents = library.documents()
        self._index = LexicalIndex(library)
        self._index.catch_up()
        self._passages = list(library.passages(self._documents))
        names = {document.id: document.name for document in self._documents}
        self._words = [
            words(f"{names[passage.document_id]}\n{passage.heading or ''}\n{passage.text}")
            for passage in self._passages
        ]

    def ours(self, question: str) -> None:
        """The search of the index that is kept: the ids of the passages, whose texts are in the store."""
        self._index.search_ids(question, 100, self._documents)

    def plain(self, question: str) -> None:
        """The search of an index made for this question."""
        BM25Okapi(self._words).get_top_n(words(question), self._passages, n=100)


def measure(
    questions: Sequence[str], repeats: int, library: Library, settings: Settings, plain: CrossEncoder
) -> tuple[Spent, Agreement]:
    """Ask every question both ways, `repeats` times after one that is not counted."""
    spent, agreement = Spent(), Agreement()
    asker, whole = Asker(library, settings), Asker(library, settings, reads_all=True)
    retriever, lexical = Retriever(library, settings), Lexical(library)
    for repeat in range(repeats + 1):
        counted = spent if repeat else Spent()
        for question in questions:
            answer = timed(partial(asker.ask, question), counted.question)
            counted.retrieve.append(answer.milliseconds.retrieve)
            counted.rerank.append(answer.milliseconds.rerank)
            found = retriever.retrieve(retriever.understand(question))
            timed(partial(plain.predict, [(question, read_text(each)) for each in found]), counted.plain_rerank)
            timed(partial(lexical.ours, question), counted.lexical)
            timed(partial(lexical.plain, question), counted.plain_lexical)
            if not repeat:
                with patch("qa.asker.load_cross_encoder", return_value=NamedCrossEncoder(plain)):
                    agreement.note(answer, whole.ask(question))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return spent, agreement


def main() -> None:
    """Read the command line, measure, print."""
    arguments = _arguments()
    questions = _questions(arguments)
    with temporary_library(arguments.paths or [EXAMPLE / "documents"]) as (library, settings, spare):
        documents = library.documents()
        plain = plain_cross_encoder(spare)
        spent, agreement = measure(questions, arguments.repeats, library, settings, plain)
    passages = sum(document.passages for document in documents)
    print(f"{len(questions)} questions, {arguments.repeats} repeats, {passages} passages in {len(documents)} documents")
    rows = [
        compared("retrieve", spent.retrieve),
        compared("  lexical search alone", spent.lexical, spent.plain_lexical),
        compared("re-rank", spent.rerank, spent.plain_rerank),
        compared("whole question", spent.question),
    ]
    print_table(["stage", "ours, ms", "least", "plain, ms", "least", "plain / ours"], rows)
    print(f"largest difference of a score: {max(agreement.differences):.3f}")
    print(f"the same {DEFAULTS.top} shown: {sum(agreement.same_set)} of {len(questions)} questions,", end=" ")
    print(f"in the same order: {sum(agreement.same_order)}")
    print(machine())


def _questions(arguments: argparse.Namespace) -> list[str]:
    """Those given; else, for the example, some of its own, evenly spread over its documents."""
    if arguments.question:
        return list(arguments.question)
    if arguments.paths:
        return list(QUESTIONS[: arguments.questions])
    lines = (EXAMPLE / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines[:: max(1, len(lines) // arguments.questions)]][
        : arguments.questions
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rerank", description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path, metavar="FILE_OR_FOLDER")
    parser.add_argument("--question", action="append", help="a question to ask, instead of those built in")
    parser.add_argument("--questions", type=int, default=5, help="how many of the questions built in are asked")
    parser.add_argument("--repeats", type=int, default=5, help="how often each is measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
