"""Libraries of the large corpus, made once and kept beside it, and questions about them."""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain, pairwise

import numpy as np

from ingest import Document, Library, Passage, Settings
from ingest.embedding.bi_encoder import Vectors, bi_encoder_name
from ingest.settings import BUNDLED
from tests.benchmarks.corpus import Corpus, cache

_AT_ONCE = 2000  # passages stored at a time
_ADDED = datetime(2024, 5, 1, tzinfo=UTC)
_QUESTION_WORDS = range(3, 10)


def settings_of(documents: int) -> Settings:
    """The settings of the library with the corpus in so many documents."""
    folder = cache() / f"library-{documents}"
    return Settings(_env_file=None).model_copy(
        update={"library": folder, "chroma_url": None, "bi_encoder": BUNDLED, "cross_encoder": BUNDLED}
    )


def make_library(corpus: Corpus, documents: int) -> Settings:
    """Make the library where it is not there. The documents have equally many passages, in the order of the corpus."""
    settings = settings_of(documents)
    done = settings.library / "whole"
    if not done.exists():
        with Library(settings) as library:
            library.prepare(bi_encoder_name(settings), "cosine")
            collection = library.collection()
            assert collection is not None
            for own, passages, vectors in _batches(corpus, documents):
                collection.store_all(own, passages, vectors)
                print(f"{settings.library.name}: {library.rows():,} passages", file=sys.stderr, flush=True)
        done.touch()
    return settings


def questions(corpus: Corpus, count: int, seed: int = 1) -> list[str]:
    """Headings of the corpus, by chance: what people look up there."""
    headings = {heading for page in corpus.pages for heading, _ in page.passages if heading}
    asked = sorted(each for each in headings if len(each.split()) in _QUESTION_WORDS)
    return random.Random(seed).sample(asked, count)


def texts(corpus: Corpus) -> list[str]:
    """The texts of all passages, each after its heading."""
    return [f"{heading}\n{text}" for page in corpus.pages for heading, text in page.passages]


def _batches(corpus: Corpus, documents: int) -> Iterator[tuple[list[Document], list[Passage], Vectors]]:
    """Documents whose passages are all there, with passages and vectors."""
    rows = [(page.name, heading, text) for page in corpus.pages for heading, text in page.passages]
    bounds = np.linspace(0, len(rows), documents + 1).astype(int).tolist()
    made = [_document(number, rows[start:end]) for number, (start, end) in enumerate(pairwise(bounds))]
    about = {document.id: document for document, _ in made}
    start = 0
    for batch in _batched(list(chain.from_iterable(passages for _, passages in made))):
        own = list(dict.fromkeys(passage.document_id for passage in batch))
        yield [about[each] for each in own], list(batch), corpus.vectors[start : start + len(batch)]
        start += len(batch)


def _document(number: int, rows: Sequence[tuple[str, str | None, str]]) -> tuple[Document, list[Passage]]:
    name = rows[0][0].rpartition("/")[2]
    document = Document(f"{number:064x}", f"{number} {name}", "HTML", None, len(rows), 1, _ADDED)
    return document, [Passage(document.id, at, text, heading=heading) for at, (_, heading, text) in enumerate(rows)]


def _batched(passages: Sequence[Passage]) -> Iterator[Sequence[Passage]]:
    for first in range(0, len(passages), _AT_ONCE):
        yield passages[first : first + _AT_ONCE]
