"""Postings give the scores of rank_bm25, whatever texts came and went before."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from qa.retrieval.postings import Floats, Postings
from tests.conftest import tries

WORDS = st.sampled_from(["the", "office", "opens", "eight", "coffee", "lift", "key", "東京", "京都", "café"])
TEXT = st.lists(WORDS, max_size=12)
Step = list[list[str]] | set[int]


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
    """Postings, and beside them the texts that they are of, by their places."""

    def __init__(self) -> None:
        self.postings = Postings()
        self.texts: list[list[str] | None] = []

    def take(self, step: Step, compacts: bool) -> None:
        if isinstance(step, set):
            there = [place for place, text in enumerate(self.texts) if text is not None]
            gone = [there[number] for number in step]
            self.postings.drop(gone)
            for place in gone:
                self.texts[place] = None
        else:
            self.postings.add(step)
            self.texts += step
        if compacts and (kept := self.postings.compact()) is not None:
            self.texts = [self.texts[place] for place in kept]

    @property
    def there(self) -> list[list[str]]:
        return [text for text in self.texts if text is not None]


@given(steps=changes(), question=st.lists(WORDS, min_size=1, max_size=4), compacts=st.booleans())
@examples(max_examples=tries(400), deadline=None)
def test_scores_are_those_of_rank_bm25_whatever_was_added_and_dropped_before(
    steps: list[Step], question: list[str], compacts: bool
) -> None:
    followed = Followed()
    for step in steps:
        followed.take(step, compacts)
        texts = followed.there
        assert len(followed.postings) == len(texts)
        if any(texts):
            scores = scores_of(followed.postings, question, len(followed.texts))
            kept = [place for place, text in enumerate(followed.texts) if text is not None]
            anew = BM25Okapi(texts).get_scores(question)
            np.testing.assert_allclose(scores[kept], anew, rtol=1e-9, atol=1e-9)
            assert not np.delete(scores, kept).any()


@given(steps=changes(), some=st.sets(WORDS, min_size=1, max_size=3), compacts=st.booleans())
@examples(max_examples=tries(200), deadline=None)
def test_terms_are_counted_and_found_in_the_texts_that_are_there(
    steps: list[Step], some: set[str], compacts: bool
) -> None:
    followed = Followed()
    for step in steps:
        followed.take(step, compacts)
    for term in some:
        assert followed.postings.count(term) == sum(term in text for text in followed.there)
    assert followed.postings.count_with_all(some) == sum(some <= set(text) for text in followed.there)
    kept = [place for place, text in enumerate(followed.texts) if text is not None]
    for term in some:
        found = followed.postings.have(term, np.array([*kept, -1], dtype=np.int64))
        assert found.tolist() == [*(term in (followed.texts[place] or ()) for place in kept), False]


def test_terms_that_do_not_count_towards_the_length_are_found_as_well() -> None:
    plain, more = Postings(), Postings()
    texts = [["tea", "at", "five"], ["tea"], ["milk"], ["water"]]
    plain.add(texts)
    more.add(texts, [{"5"}, (), (), ()])
    assert more.count("5") == 1
    assert scores_of(more, ["milk"], 4) == pytest.approx(scores_of(plain, ["milk"], 4), rel=0.2)
    assert scores_of(more, ["5"], 4).argmax() == 0


def test_places_stay_until_most_texts_are_gone_and_then_move_up() -> None:
    postings = Postings()
    postings.add([["tea"], ["milk"], ["tea", "milk"], ["water"]])
    postings.drop([0])
    assert postings.compact() is None
    assert postings.scores(["tea"])[0].tolist() == [2]
    postings.drop([1, 3])
    kept = postings.compact()
    assert kept is not None
    assert kept.tolist() == [2]
    assert postings.scores(["tea", "water"])[0].tolist() == [0]
    assert postings.count("water") == 0
    postings.add([["water"]])
    assert postings.scores(["water"])[0].tolist() == [1]
