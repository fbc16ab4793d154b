"""Retrieving and answering at 169,597 passages, beside the plain way, in turns.

    python -m tests.benchmarks.at_scale [--documents 12000] [--questions 20] [--repeats 3]

The corpus is made before, by `tests.benchmarks.corpus`. The plain way is that of the documentation of
sentence-transformers: `BM25Okapi.get_scores` over all passages and `util.semantic_search` over all vectors give 100
candidates each, fused by their ranks, and `CrossEncoder.predict` re-ranks the best 100; fp32, the same weights. Each
question goes through both ways one right after the other. The table has medians.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from rank_bm25 import BM25Okapi
from sentence_transformers import CrossEncoder, SentenceTransformer, util

from ingest import Library
from qa import DEFAULTS, Answer, Asker
from qa.analysis.tokens import terms
from qa.retrieval.retrieve import Retriever
from tests.benchmarks.corpus import Corpus, corpus
from tests.benchmarks.large_library import make_library, questions, texts
from tests.benchmarks.plain import plain_bi_encoder, plain_cross_encoder
from tests.benchmarks.report import compared, machine, print_table, timed

COUNT, SHOWN, RRF = 100, 5, 60


class Plain:
    """The plain way, with everything in memory."""

    def __init__(self, made: Corpus, folder: Path) -> None:
        self.texts = texts(made)
        self.bm25 = BM25Okapi([terms(text) for text in self.texts])
        self.vectors = torch.from_numpy(made.vectors)
        self.bi_encoder: SentenceTransformer = plain_bi_encoder(folder / "bi")
        self.cross_encoder: CrossEncoder = plain_cross_encoder(folder / "cross")

    def retrieve(self, question: str) -> list[int]:
        """The rows of the candidates."""
        scores = self.bm25.get_scores(terms(question))
        lexical = np.argpartition(scores, -COUNT)[-COUNT:]
        lexical = lexical[np.argsort(-scores[lexical])].tolist()
        vector = self.bi_encoder.encode_query(question, convert_to_tensor=True, show_progress_bar=False)
        found = util.semantic_search(vector, self.vectors, top_k=COUNT)[0]
        points: dict[int, float] = {}
        for ranking in (lexical, [int(each["corpus_id"]) for each in found]):
            for rank, row in enumerate(ranking, 1):
                points[row] = points.get(row, 0) + 1 / (RRF + rank)
        return sorted(points, key=lambda row: -points[row])[:COUNT]

    def ask(self, question: str) -> list[int]:
        """The rows of the five passages."""
        rows = self.retrieve(question)
        scores = self.cross_encoder.predict([(question, self.texts[row]) for row in rows], show_progress_bar=False)
        return [rows[at] for at in np.argsort(-np.asarray(scores))[:SHOWN]]


@dataclass
class Spent:
    """Milliseconds of each question."""

    retrieve: list[float] = field(default_factory=list)
    plain_retrieve: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    ask: list[float] = field(default_factory=list)
    plain_ask: list[float] = field(default_factory=list)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Retrieving and answering in a large library.")
    parser.add_argument("--documents", type=int, default=12_000)
    parser.add_argument("--questions", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    made = corpus()
    settings = make_library(made, options.documents)
    with tempfile.TemporaryDirectory() as folder, Library(settings) as library:
        spent = measured(library, Plain(made, Path(folder)), questions(made, options.questions), options.repeats)
    rows = [
        compared("hybrid retrieval", spent.retrieve, spent.plain_retrieve),
        compared("first passages", spent.first),
        compared("a question to five passages", spent.ask, spent.plain_ask),
    ]
    print(f"{len(made.vectors):,} passages in {options.documents:,} documents, {options.questions} questions")
    print_table(("milliseconds", "ours", "least", "plain", "least", "plain / ours"), rows)
    print(machine())


def measured(library: Library, plain: Plain, asked: Sequence[str], repeats: int) -> Spent:
    """Both ways in turns."""
    settings = library.home.settings
    retriever, asker = Retriever(library, settings), Asker(library, settings)
    retriever.retrieve(retriever.understand("warm-up"), DEFAULTS)
    asker.ask("warm-up")
    spent = Spent()
    for question in [*asked] * repeats:
        timed(lambda: retriever.retrieve(retriever.understand(question), DEFAULTS), spent.retrieve)  # noqa: B023
        timed(lambda: plain.retrieve(question), spent.plain_retrieve)  # noqa: B023
        started = time.perf_counter()
        for number, step in enumerate(asker.asking(question)):
            if number == 0:
                spent.first.append((time.perf_counter() - started) * 1000)
            if isinstance(step, Answer):
                spent.ask.append((time.perf_counter() - started) * 1000)
        timed(lambda: plain.ask(question), spent.plain_ask)  # noqa: B023
    return spent


if __name__ == "__main__":
    main()
