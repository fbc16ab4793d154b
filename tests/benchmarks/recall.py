"""How many of the 100 nearest passages Chroma's index finds, beside comparing all, at 169,597 passages.

    python -m tests.benchmarks.recall [--documents 12000] [--questions 60]

The corpus is made before, by `tests.benchmarks.corpus`. The questions are headings of it. For each number of passages
that are asked for, of which the first 100 are kept, the table has the share that is found, and the milliseconds of the
median. The index itself looks at as many passages as the library has set.
"""

import argparse
from functools import partial

import numpy as np

from ingest import Library
from ingest.embedding.bi_encoder import load_bi_encoder
from tests.benchmarks.corpus import corpus
from tests.benchmarks.large_library import make_library, questions
from tests.benchmarks.report import machine, print_table, timed

COUNT = 100
ASKED_FOR = (100, 200, 400, 800, 1600)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="The recall of Chroma's index.")
    parser.add_argument("--documents", type=int, default=12_000)
    parser.add_argument("--questions", type=int, default=60)
    options = parser.parse_args()
    made = corpus()
    settings = make_library(made, options.documents)
    encoder = load_bi_encoder(settings)
    asked = np.stack([encoder.embed_question(question) for question in questions(made, options.questions)])
    nearest = np.argsort(-(made.vectors @ asked.T), axis=0)[:COUNT].T
    with Library(settings) as library:
        collection = library.collection()
        assert collection is not None
        documents = sorted(library.documents(), key=lambda document: document.id)  # in the order of the corpus
        firsts = np.cumsum([0, *(document.passages for document in documents)])
        places = {document.id: int(first) for document, first in zip(documents, firsts, strict=False)}
        rows = []
        for number in ASKED_FOR:
            took, shares = list[float](), list[float]()
            for vector, exact in zip(asked, nearest, strict=True):
                query = partial(collection._collection.query, vector.reshape(1, -1), n_results=number, include=[])
                ids = [each.rpartition(":") for each in timed(query, took)["ids"][0][:COUNT]]
                found = {places[document_id] + int(ordinal) for document_id, _, ordinal in ids}
                shares.append(len(found & set(exact.tolist())) / COUNT)
            rows.append((f"{number:,}", f"{np.mean(shares):.3f}", f"{min(shares):.2f}", f"{np.median(took):.1f}"))
    print_table(("asked for", "recall@100", "least", "milliseconds"), rows)
    print(machine())


if __name__ == "__main__":
    main()
