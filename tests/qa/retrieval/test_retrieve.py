"""The retrieval stage: never more candidates than asked for, only of the chosen documents, and none where few."""

import pytest

from ingest import Document, Library, Passage, Settings
from ingest.embedding.bi_encoder import load_bi_encoder
from qa import MODES, Candidate, Mode, Options
from qa.retrieval.retrieve import Retriever
from tests.conftest import KEYS, SharedLibrary, put_in

QUESTION = "Which locker is for badge 3077?"


def retrieve(
    retriever: Retriever,
    question: str,
    *,
    among: list[Document] | None = None,
    mode: Mode = "hybrid",
    count: int = 100,
) -> list[Candidate]:
    """The candidates of a question as somebody typed it."""
    ids = None if among is None else [document.id for document in among]
    options = Options(mode=mode, candidates=count, documents=ids)
    return retriever.retrieve(retriever.understand(question), options)


@pytest.fixture(scope="module")
def retriever(lockers: SharedLibrary) -> Retriever:
    return Retriever(lockers.library, lockers.settings)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", [1, 7, 100])
def test_there_are_at_most_as_many_candidates_as_asked_for_each_once_and_in_their_places(
    lockers: SharedLibrary, retriever: Retriever, mode: Mode, count: int
) -> None:
    documents = lockers.library.documents()
    candidates = retrieve(retriever, QUESTION, mode=mode, count=count)
    assert len(candidates) == count
    assert [candidate.retrieved_rank for candidate in candidates] == list(range(1, count + 1))
    assert len({candidate.passage.id for candidate in candidates}) == count
    assert all(candidate.document.id == candidate.passage.document_id for candidate in candidates)
    assert {candidate.document for candidate in candidates} <= set(documents)


def test_at_most_100_candidates_are_found_in_hybrid_mode_by_default(
    lockers: SharedLibrary, retriever: Retriever
) -> None:
    candidates = retrieve(retriever, QUESTION)
    assert len(candidates) == 100
    assert candidates == retrieve(retriever, QUESTION, mode="hybrid", count=100)


@pytest.mark.parametrize("mode", MODES)
def test_only_the_chosen_documents_are_asked(lockers: SharedLibrary, retriever: Retriever, mode: Mode) -> None:
    keys = lockers.named("keys.txt")
    candidates = retrieve(retriever, "Locker or key, hook or badge?", among=[keys], mode=mode, count=KEYS - 1)
    assert len(candidates) == KEYS - 1
    assert {candidate.document for candidate in candidates} == {keys}


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("count", [KEYS, KEYS + 1, 100])
def test_no_stage_where_the_chosen_documents_have_no_more_passages_than_that(
    lockers: SharedLibrary, retriever: Retriever, mode: Mode, count: int
) -> None:
    keys = lockers.named("keys.txt")
    candidates = retrieve(retriever, QUESTION, among=[keys], mode=mode, count=count)
    assert [candidate.passage for candidate in candidates] == list(lockers.library.passages([keys]))
    assert {candidate.retrieved_rank for candidate in candidates} == {None}
    assert {candidate.document for candidate in candidates} == {keys}


@pytest.mark.parametrize("mode", MODES)
def test_no_stage_in_a_small_library_whatever_the_mode(notes: SharedLibrary, mode: Mode) -> None:
    documents = notes.library.documents()
    candidates = retrieve(Retriever(notes.library, notes.settings), "zebra", mode=mode)
    assert [candidate.passage for candidate in candidates] == list(notes.library.passages(documents))
    assert {candidate.retrieved_rank for candidate in candidates} == {None}


def test_by_words_only_what_shares_a_word_is_found(lockers: SharedLibrary, retriever: Retriever) -> None:
    candidates = retrieve(retriever, "badge 3077", mode="lexical")
    assert "badge 3077" in candidates[0].passage.text
    assert {candidate.document.name for candidate in candidates} == {"lockers.txt"}
    assert retrieve(retriever, "zebra", mode="lexical") == []


def test_by_meaning_something_is_found_without_a_common_word(notes: SharedLibrary) -> None:
    retriever = Retriever(notes.library, notes.settings)
    (candidate,) = retrieve(retriever, "Need espresso upstairs?", mode="dense", count=1)
    assert candidate.document.name == "kitchen.txt"
    assert retrieve(retriever, "Need espresso upstairs?", mode="lexical", count=1) == []


def test_by_meaning_the_nearest_come_first(lockers: SharedLibrary, retriever: Retriever) -> None:
    documents = lockers.library.documents()
    vector = load_bi_encoder(lockers.settings).embed_question(QUESTION)
    candidates = retrieve(retriever, QUESTION, mode="dense", count=20)
    assert [candidate.passage for candidate in candidates] == lockers.library.nearest(vector, 20, documents)


def test_both_ways_together_hold_what_either_puts_first(lockers: SharedLibrary, retriever: Retriever) -> None:
    def best(mode: Mode, count: int) -> list[Passage]:
        return [candidate.passage for candidate in retrieve(retriever, QUESTION, mode=mode, count=count)]

    hybrid = best("hybrid", 10)
    assert best("dense", 10)[0] in hybrid
    assert best("lexical", 10)[0] in hybrid
    assert set(hybrid) <= set(best("dense", 10)) | set(best("lexical", 10))


def test_a_phrase_in_quotation_marks_stands_in_every_candidate(lockers: SharedLibrary, retriever: Retriever) -> None:
    for mode in MODES:
        found = retrieve(retriever, 'Where is "Key 3 hangs on HOOK"?', mode=mode)
        assert [candidate.passage.text.split(" hangs")[0] for candidate in found] == ["Key 3"]
        many = retrieve(retriever, '"wrote a name on the door" badge 3077', mode=mode)
        assert len(many) == 100
        assert all("wrote a name" in candidate.passage.text for candidate in many)
    assert retrieve(retriever, '"a phrase that stands nowhere"') == []


def test_a_candidate_says_how_similar_it_is_in_meaning(notes: SharedLibrary) -> None:
    found = retrieve(Retriever(notes.library, notes.settings), "Espresso machine")
    similar = {candidate.document.name: candidate.similarity or 0 for candidate in found}
    assert max(similar, key=lambda name: similar[name]) == "kitchen.txt"


@pytest.fixture
def growing(library: Library, settings: Settings) -> Library:
    for number in range(4):
        put_in(library, settings, f"{number}.txt", f"Nothing of interest, number {number}.", f"Nor here, {number}.")
    return library


@pytest.mark.parametrize("mode", MODES)
def test_what_is_not_completely_in_the_library_is_no_candidate(
    growing: Library, settings: Settings, mode: Mode
) -> None:
    retriever = Retriever(growing, settings)
    half = [Passage("half", ordinal, f"The zebra is in room {ordinal}.") for ordinal in range(1, 4)]
    growing.store(half, load_bi_encoder(settings).embed_passages([passage.text for passage in half]))
    for count in (3, 100):
        candidates = retrieve(retriever, "Where is the zebra?", mode=mode, count=count)
        assert "half" not in {candidate.passage.document_id for candidate in candidates}


@pytest.mark.parametrize("mode", MODES)
def test_documents_that_come_and_go_are_seen_by_the_next_question(
    growing: Library, settings: Settings, mode: Mode
) -> None:
    retriever = Retriever(growing, settings)

    def first() -> str | None:
        found = retrieve(retriever, "Where is the zebra?", mode=mode, count=2)
        return found[0].document.name if found else None

    assert first() != "zebra.txt"
    document = put_in(growing, settings, "zebra.txt", "The zebra is in room 7.")
    assert first() == "zebra.txt"
    growing.remove(document.id)
    assert first() != "zebra.txt"
    assert sum(document.passages for document in growing.documents()) == 8
