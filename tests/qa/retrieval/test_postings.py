"""Postings give the scores of rank_bm25, whatever texts came and went before."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from qa.retrieval.held import Held
from qa.retrieval.occurrences import Occurrences
from qa.retrieval.packed import Packed
from qa.retrieval.postings import Floats, Postings
from qa.retrieval.segment import Segment, join
from tests.conftest import tries

WORDS = st.sampled_from(["the", "office", "opens", "eight", "coffee", "lift", "key", "東京", "京都", "café"])
TEXT = st.lists(WORDS, max_size=12)
Step = list[list[str]] | set[int]


def held_texts(texts: Sequence[Sequence[str]], further: Sequence[Collection[str]] = ()) -> Held:
    """A segment of documents of one passage each, given as their terms. `further` do not count towards the length."""
    counted = [Counter(text) for text in texts]
    for counts, more in zip(counted, further, strict=False):
        for term in more:
            counts.setdefault(term, 1)
    none = Packed.of("" for _ in texts)
    return Held.of(
        Segment(
            ids=Packed.of(f"{number}" for number in range(len(texts))),
            states=none,
            beginnings=none,
            firsts=np.arange(len(texts) + 1),
            words=Occurrences.of(counted),
            lengths=np.array([len(text) for text in texts], dtype=np.uint32),
            prints=np.zeros(len(texts), dtype=np.uint64),
            initials=none,
            terms=Occurrences.of(counted),
        )
    )


def scores_of(postings: Postings, question: Sequence[str], texts: int) -> Floats:
    """The score of each text, 0 where it has no term of the question."""
    scores = np.zeros(texts)
    places, found = postings.scores(question)
    scores[places] = found
    return scores


@st.composite
def changes(draw: st.DrawFn) -> list[Step]:
    """Steps: texts to add, or which of the texts that are there to drop."""
    steps: list[Step] = []
    size = 0
    for _ in range(draw(st.integers(1, 7))):
        if size and draw(st.booleans()):
            gone = draw(st.sets(st.integers(0, size - 1), min_size=1))
            steps.append(gone)
            size -= len(gone)
        else:
            texts = draw(st.lists(TEXT, max_size=6))
            steps.append(texts)
            size += len(texts)
    return steps


class Followed:
    """Segments, and beside them the texts that they are of, by their places."""

    def __init__(self) -> None:
        self.segments: list[Held] = []
        self.texts: list[list[str] | None] = []

    def take(self, step: Step, joins: bool) -> None:
        if isinstance(step, set):
            there = [place for place, text in enumerate(self.texts) if text is not None]
            for place in (there[number] for number in step):
                self._drop(place)
        else:
            self.segments.append(replace(held_texts(step), start=len(self.texts)))
            self.texts += step
        if joins and self.segments:
            self.segments = [Held.of(join([(each.segment, each.kept_documents) for each in self.segments]))]
            self.texts = [*self.there]

    def _drop(self, place: int) -> None:
        number = next(row for row, each in enumerate(self.segments) if place < each.end)
        held = self.segments[number]
        self.segments[number] = replace(held, gone=held.gone | {place - held.start})
        self.texts[place] = None

    @property
    def postings(self) -> Postings:
        return Postings(self.segments)

    @property
    def there(self) -> list[list[str]]:
        return [text for text in self.texts if text is not None]


@given(steps=changes(), question=st.lists(WORDS, min_size=1, max_size=4), joins=st.booleans())
@examples(max_examples=tries(400), deadline=None)
def test_scores_are_those_of_rank_bm25_whatever_was_added_and_dropped_before(
    steps: list[Step], question: list[str], joins: bool
) -> None:
    followed = Followed()
    for step in steps:
        followed.take(step, joins)
        texts, postings = followed.there, followed.postings
        assert len(postings) == len(texts)
        if any(texts):
            scores = scores_of(postings, question, len(followed.texts))
            kept = [place for place, text in enumerate(followed.texts) if text is not None]
            anew = BM25Okapi(texts).get_scores(question)
            np.testing.assert_allclose(scores[kept], anew, rtol=1e-9, atol=1e-9)
            assert not np.delete(scores, kept).any()


@given(steps=changes(), some=st.sets(WORDS, min_size=1, max_size=3), joins=st.booleans())
@examples(max_examples=tries(200), deadline=None)
def test_terms_are_counted_and_found_in_the_texts_that_are_there(
    steps: list[Step], some: set[str], joins: bool
) -> None:
    followed = Followed()
    for step in steps:
        followed.take(step, joins)
    postings = followed.postings
    for term in some:
        assert postings.count(term) == sum(term in text for text in followed.there)
    kept = [place for place, text in enumerate(followed.texts) if text is not None]
    for term in some:
        found = postings.have(term, np.array([*kept, -1], dtype=np.int64))
        assert found.tolist() == [*(term in (followed.texts[place] or ()) for place in kept), False]


def test_terms_that_do_not_count_towards_the_length_are_found_as_well() -> None:
    texts = [["tea", "at", "five"], ["tea"], ["milk"], ["water"]]
    plain, more = Postings([held_texts(texts)]), Postings([held_texts(texts, [{"5"}, (), (), ()])])
    assert more.count("5") == 1
    assert scores_of(more, ["milk"], 4) == pytest.approx(scores_of(plain, ["milk"], 4), rel=0.2)
    assert scores_of(more, ["5"], 4).argmax() == 0


def test_a_text_without_terms_and_a_question_without_any_are_no_error() -> None:
    postings = Postings([held_texts([[], ["tea"]])])
    assert scores_of(postings, [], 2).tolist() == [0, 0]
    assert scores_of(postings, ["milk"], 2).tolist() == [0, 0]
    assert len(Postings([])) == 0
    assert Postings([]).scores(["tea"])[0].tolist() == []
