"""Whether a filter makes retrieval slower or worse: 5,000 documents of invented words, and filters of many widths.

`python -m tests.benchmarks.filters [--documents 5000] [--passages 8]`: the time of dense and of lexical retrieval, in
milliseconds, and which share of the 100 passages of an exact search the dense one finds (recall@100).
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from ingest import Document, Library, Passage, Settings
from qa.retrieval.lexical import LexicalIndex
from tests.benchmarks.report import machine, print_table

WIDTH, SUBJECTS, COUNT, QUESTIONS = 384, 60, 100, 30
WORDS = [a + b for a in ("ba", "ke", "li", "mo", "nu", "pra", "sto", "ti") for b in ("dar", "fen", "gol", "mis", "rup")]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Retrieval with filters and without.")
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--passages", type=int, default=8)
    options = parser.parse_args()
    draw = np.random.default_rng(1)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(_env_file=None).model_copy(update={"library": Path(folder) / "library"})
        with Library(settings) as library:
            documents, vectors, subjects = filled(library, options.documents, options.passages, draw)
            asked = [unit(subjects[draw.integers(SUBJECTS)] + draw.normal(0, 0.06, WIDTH)) for _ in range(QUESTIONS)]
            lexical = LexicalIndex(library)
            lexical.catch_up()
            rows = [
                measured(name, chosen, library, lexical, vectors, asked)
                for name, chosen in filters(documents, random.Random(1))
            ]
    print_table(("filter", "documents", "dense p50", "dense p95", "recall@100", "lexical p50"), rows)
    print(machine())


def filters(documents: Sequence[Document], chance: random.Random) -> list[tuple[str, Sequence[Document]]]:
    """Filters by chance, and by subject, where what is nearest is all within or all without."""
    count = len(documents)
    by_chance = [(f"{share:.0%} by chance", chance.sample(list(documents), int(share * count))) for share in SHARES]
    return [("none", documents), *by_chance, ("one subject", documents[: count // SUBJECTS])]


SHARES = (0.9, 0.5, 0.1, 0.02, 0.002)


def filled(
    library: Library, count: int, passages: int, draw: np.random.Generator
) -> tuple[list[Document], dict[str, np.ndarray], np.ndarray]:
    """Put documents of invented words into the library; their vectors lie around those of some subjects."""
    chance, documents, kept = random.Random(1), list[Document](), dict[str, np.ndarray]()
    subjects = np.stack([unit(draw.normal(0, 1, WIDTH)) for _ in range(SUBJECTS)])
    library.prepare("bundled", "cosine")
    collection = library.collection() or library.next_collection("bundled", "cosine")
    for number in range(count):
        made = Document(f"{number:064x}", f"{number}.txt", "Text", None, passages, 1, datetime.now(UTC))
        texts = [Passage(made.id, at, " ".join(chance.choices(WORDS, k=60))) for at in range(passages)]
        near = subjects[number * SUBJECTS // count] + draw.normal(0, 0.06, (passages, WIDTH))
        vectors = np.stack([unit(row) for row in near]).astype(np.float32)
        kept |= {text.id: vector for text, vector in zip(texts, vectors, strict=True)}
        documents.append(made)
        if number % 200 == 0:
            batch: list[tuple[Document, list[Passage], np.ndarray]] = []
        batch.append((made, texts, vectors))
        if number % 200 == 199 or number == count - 1:
            together = [text for _, own, _ in batch for text in own]
            collection.store_all([one for one, _, _ in batch], together, np.concatenate([own for *_, own in batch]))
    library._list.forget()
    return library.documents(), kept, subjects


def measured(
    name: str,
    chosen: Sequence[Document],
    library: Library,
    lexical: LexicalIndex,
    vectors: dict[str, np.ndarray],
    asked: Sequence[np.ndarray],
) -> tuple[str, ...]:
    """One filter's row."""
    ids = [f"{each.id}:{at}" for each in chosen for at in range(each.passages)]
    matrix = np.stack([vectors[each] for each in ids])
    spent, recalls = list[float](), list[float]()
    for vector in asked:
        exact = {ids[at] for at in np.argsort(-(matrix @ vector))[:COUNT]}
        found, took = timed(lambda vector=vector: library.nearest(vector, COUNT, chosen))  # type: ignore[misc]
        spent.append(took)
        recalls.append(len(exact & {each.id for each in found}) / len(exact))
    words = [" ".join(random.Random(at).choices(WORDS, k=3)) for at in range(len(asked))]
    by_words = [timed(lambda text=text: lexical.search(text, COUNT, chosen))[1] for text in words]  # type: ignore[misc]
    p95 = statistics.quantiles(spent, n=20)[-1]
    figures = f"{statistics.median(spent):.0f}", f"{p95:.0f}", f"{statistics.fmean(recalls):.3f}"
    return name, f"{len(chosen):,}", *figures, f"{statistics.median(by_words):.0f}"


def timed(work: Callable[[], list[Passage]]) -> tuple[list[Passage], float]:
    """What work gives, and the milliseconds that it took."""
    started = time.perf_counter()
    return work(), (time.perf_counter() - started) * 1000


def unit(vector: np.ndarray) -> np.ndarray:
    """The vector of length 1 in the same direction."""
    return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


if __name__ == "__main__":
    main()
