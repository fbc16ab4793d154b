"""The cross-encoder reads the most promising candidates, and the five are the same as if it had read all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest import Library, add
from qa import DEFAULTS, Answer, Asker
from qa.reranking.cross_encoder import load_cross_encoder
from qa.reranking.named import WithoutNames
from qa.reranking.ranking import Read
from qa.reranking.reading import BATCH, Reading
from qa.reranking.rerank import score
from qa.retrieval.retrieve import Retriever
from tests.conftest import settings_in, written

TOWNS = (
    "Ambleside", "Bergen", "Coimbra", "Delft", "Evora", "Fulda", "Ghent", "Huesca", "Imola", "Jena", "Kotor", "Lund",
    "Mainz", "Namur", "Ostrava", "Parma", "Quedlinburg", "Riga", "Siena", "Turku",
)  # fmt: skip
KINDS = (
    "In {town} the ferry leaves from the old pier at a quarter past seven.",
    "The library of {town} lends maps for three weeks.",
    "Whoever parks at the market of {town} pays two euros an hour.",
)
MANUAL = """# Heron 40: instructions for the lawn mower

## Guarantee

It lasts for three years from the day of purchase and covers the motor and the frame.

## Blade

The blade is changed every 80 hours by two people with gloves.
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("reading")
    settings = settings_in(folder)
    with Library(settings) as opened:
        for at, kind in enumerate(KINDS):
            text = "\n\n".join(f"# {town}\n\n{kind.format(town=town)}" for town in TOWNS)
            assert add(written(folder, f"kind-{at}.md", text), opened, settings).status == "added"
        fairs = "\n\n".join(f"# Fair {at}\n\nThe Heron 40 was shown in {town}." for at, town in enumerate(TOWNS))
        for name, text in (("fairs.md", fairs), ("mower.md", MANUAL)):
            assert add(written(folder, name, text), opened, settings).status == "added"
        yield opened


def shown(answer: Answer) -> list[tuple[str, str]]:
    return [(hit.candidate.passage.id, hit.verdict or "") for hit in answer.hits]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When does the ferry leave in Kotor?", "In Kotor the ferry"),
        ("parking fee Siena", "market of Siena"),
        ("For how long can I borrow a map in Turku?", "library of Turku"),
        ("How long is the guarantee of the Heron 40?", "It lasts for three years"),
    ],
)
def test_what_is_shown_is_as_if_all_were_read(library: Library, question: str, words: str) -> None:
    settings = library.home.settings
    early = Asker(library, settings).ask(question)
    whole = Asker(library, settings, reads_all=True).ask(question)
    assert words in early.hits[0].candidate.passage.text
    assert shown(early) == shown(whole)
    assert (whole.not_read, len(whole.scores)) == (0, whole.candidates)
    assert early.candidates == whole.candidates
    assert 0 < early.not_read < early.candidates


def unnamed(found: Read) -> WithoutNames:
    """As where the question has no name of the candidates' documents."""
    return WithoutNames([None] * len(found.candidates), found.similarities)


def unread(library: Library, question: str, *, known: bool = True) -> Read:
    retriever = Retriever(library, library.home.settings)
    asked = retriever.understand(question)
    found = retriever.retrieve(asked, DEFAULTS)
    return Read(asked, found, [0.0] * len(found), retriever.match(asked, found), known)


@pytest.mark.parametrize(
    ("question", "known"), [("When does the ferry leave in Kotor?", False), ("渡船什么时候离开科托尔", True)]
)
def test_where_scales_or_script_are_not_known_all_are_read_as_they_were_found(
    library: Library, question: str, known: bool
) -> None:
    found, model = unread(library, question, known=known), load_cross_encoder(library.home.settings)
    reading = Reading(found, unnamed(found), 5, model)
    while not reading.is_over:
        reading.read_on()
    assert list(reading.read.candidates) == list(found.candidates)
    assert list(reading.read.scores) == pytest.approx(score(found.question.read, found.candidates, model), abs=1e-6)


def test_the_most_promising_are_read_first_a_batch_at_a_time(library: Library) -> None:
    found = unread(library, "When does the ferry leave in Kotor?")
    reading = Reading(found, unnamed(found), 5, load_cross_encoder(library.home.settings))
    reading.read_on()
    assert len(reading.read.scores) == BATCH
    assert "In Kotor the ferry" in reading.read.candidates[0].passage.text
    assert reading.groups[0].first == 0


def test_nothing_found_is_nothing_to_read(library: Library) -> None:
    found = unread(library, "When?")
    reading = Reading(found.of([], []), WithoutNames([], []), 5, load_cross_encoder(library.home.settings))
    assert reading.is_over
    assert reading.groups == []
