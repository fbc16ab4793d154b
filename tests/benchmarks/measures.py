"""What `python -m tests.benchmarks` measures: each measure gives lines for one table."""

import random
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ingest import Library, Settings, example_documents
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.pipeline.add import add
from qa import Asker
from tests.benchmarks import at_scale, embed, rerank
from tests.benchmarks.asking import example_questions_of_all_kinds
from tests.benchmarks.corpus import Corpus, corpus
from tests.benchmarks.large_library import make_library, questions, texts
from tests.benchmarks.plain import plain_bi_encoder, plain_cross_encoder
from tests.benchmarks.report import timed
from tests.benchmarks.temporary import temporary_library

MANY, FEWER = 12_000, 5_000  # documents that the corpus is divided into
_PASSAGES = 128  # embedded at a time
_PAGE = 3_000  # characters
_PAGES = 50


@dataclass(frozen=True, slots=True)
class Line:
    """Milliseconds of one thing, ours and beside it those of `than`, measured in turns."""

    what: str
    ours: Sequence[float]
    beside: Sequence[float] = ()
    than: str = "the plain way"


def embedding(repeats: int) -> Iterator[Line]:
    """Passages of the example embedded."""
    with temporary_library(example_documents()) as (library, settings, spare):
        encoder, model = load_bi_encoder(settings), plain_bi_encoder(spare)
        some = embed._texts(library, encoder, _PASSAGES)
        ours, plain = list[float](), list[float]()
        embed.ours(encoder, some), embed.plain(model, some)
        for _ in range(repeats):
            timed(partial(embed.ours, encoder, some), ours)
            timed(partial(embed.plain, model, some), plain)
    yield Line(f"{len(some)} passages embedded", ours, plain)


def reranking(repeats: int) -> Iterator[Line]:
    """Questions of the example, stage by stage."""
    with temporary_library(example_documents()) as (library, settings, spare):
        asked = example_questions_of_all_kinds()[::24][:5]
        spent, _ = rerank.measure(asked, repeats, library, settings, plain_cross_encoder(spare))
    yield Line("100 candidates re-ranked, example", spent.rerank, spent.plain_rerank)
    yield Line("lexical search, example", spent.lexical, spent.plain_lexical)
    yield Line("a whole question, example", spent.question)


def retrieving(repeats: int) -> Iterator[Line]:
    """The large corpus, ours and the plain way."""
    made = corpus()
    with tempfile.TemporaryDirectory() as folder, Library(make_library(made, MANY)) as library:
        plain = at_scale.Plain(made, Path(folder))
        spent = at_scale.measured(library, plain, questions(made, 10), repeats)
    size = f"{len(made.vectors):,} passages"
    yield Line(f"hybrid retrieval, {size}", spent.retrieve, spent.plain_retrieve)
    yield Line(f"first passages, {size}", spent.first)
    yield Line(f"a question to five passages, {size}", spent.ask, spent.plain_ask)


def documents(repeats: int) -> Iterator[Line]:
    """The same questions of the corpus as many documents and as one."""
    made = corpus()
    asked = questions(made, 10)
    for count in (FEWER, MANY):
        with Library(make_library(made, count)) as many, Library(make_library(made, 1)) as one:
            askers = [Asker(each, each.home.settings) for each in (many, one)]
            spent: tuple[list[float], list[float]] = ([], [])
            for asker in askers:
                asker.ask("warm-up")
            for question in asked * repeats:
                for asker, took in zip(askers, spent, strict=True):
                    timed(partial(asker.ask, question), took)
        yield Line(f"a question to {count:,} documents", *spent, than="to one document")


def adding(repeats: int) -> Iterator[Line]:
    """A document of 50 pages added to the large library, and to an empty one."""
    made = corpus()
    large, empty = list[float](), list[float]()
    with tempfile.TemporaryDirectory() as home, Library(make_library(made, MANY)) as many:
        settings = Settings(_env_file=None).model_copy(update={"library": Path(home) / "library"})
        with Library(settings) as none:
            for number, path in enumerate(_long_texts(made, Path(home), 2 * (repeats + 1))):
                library, took = ((many, large), (none, empty))[number % 2]
                counted = took if number > 1 else []
                outcome = timed(partial(add, path, library, library.home.settings), counted)
                library.remove(outcome.document_id or "")
                library.empty_trash([outcome.document_id or ""])
    yield Line(f"a text of {_PAGES} pages added to {len(made.vectors):,} passages", large, empty, "to an empty library")


def _long_texts(made: Corpus, folder: Path, count: int) -> Iterator[Path]:
    """Files of 50 pages of the corpus's text, each another one."""
    every, chance = texts(made), random.Random(1)
    for number in range(count):
        path, text = folder / f"{number}.txt", ""
        while len(text) < _PAGES * _PAGE:
            text += chance.choice(every) + "\n\n"
        path.write_text(text, encoding="utf-8")
        yield path


MEASURES: dict[str, Callable[[int], Iterator[Line]]] = {
    "embedding": embedding,
    "reranking": reranking,
    "retrieving": retrieving,
    "documents": documents,
    "adding": adding,
}
