"""Lexical retrieval: always the scores of an index made anew, however documents came and went before."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest import Document, Library, Passage
from qa.analysis.concepts import concepts, question_terms
from qa.analysis.tokens import further_terms, terms
from qa.retrieval.lexical import LexicalIndex
from qa.retrieval.postings import Postings
from tests.conftest import settings_in
from tests.qa.retrieval.test_postings import held_texts, scores_of

WORDS = st.sampled_from(["the", "office", "opens", "eight", "coffee", "lift", "key", "東京", "京都", "café"])
START = datetime(2024, 5, 1, 12, tzinfo=UTC)


def shelve(library: Library, *texts: str, name: str = "note", heading: str | None = None) -> Document:
    """A document of these passages in the library; lexical retrieval does not look at the vectors."""
    document_id = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    added_at = START + timedelta(seconds=len(library.documents()))
    document = Document(document_id, name, "Text", None, len(texts), 1, added_at)
    passages = [Passage(document_id, ordinal, text, heading=heading) for ordinal, text in enumerate(texts)]
    vectors = np.ones((len(texts), 2), dtype=np.float32)
    library.prepare("a model", "cosine")
    library.store(passages[1:], vectors[1:])
    library.finish(document, passages[0], vectors[0])
    return document


def found(index: LexicalIndex, library: Library, question: str, *among: Document, count: int = 100) -> list[str]:
    return [passage.text for passage in searched(index, question, among or library.documents(), count)]


def searched(index: LexicalIndex, question: str, among: Sequence[Document], count: int) -> list[Passage]:
    index.catch_up()
    return index.search(question, count, among)


@pytest.fixture(scope="module")
def shared_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library(settings_in(tmp_path_factory.mktemp("lexical"))) as library:
        yield library


DOCUMENT = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=3).map(tuple)


@given(
    come_and_go=st.lists(st.tuples(DOCUMENT, st.booleans()), min_size=1, max_size=5),
    question=st.lists(WORDS, min_size=1, max_size=3).map(" ".join),
    chosen=st.sets(st.integers(0, 6)),
)
@example(come_and_go=[(("the", "the", "office opens"), True), (("the eight",), True)], question="the", chosen=set())
@examples(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_an_index_that_saw_documents_come_and_go_ranks_as_one_that_sees_only_the_last_state(
    shared_library: Library, come_and_go: list[tuple[tuple[str, ...], bool]], question: str, chosen: set[int]
) -> None:
    for document in shared_library.documents():
        shared_library.remove(document.id)
    index = LexicalIndex(shared_library)
    for texts, stays in come_and_go:
        document = shelve(shared_library, *texts)
        found(index, shared_library, question)
        if not stays:
            shared_library.remove(document.id)
            found(index, shared_library, question)
    documents = shared_library.documents()
    among = [document for place, document in enumerate(documents) if place in chosen]
    assume(documents)
    for asked in (documents, among):
        lived = searched(index, question, asked, 4)
        anew = searched(LexicalIndex(shared_library), question, asked, 4)
        assert len(lived) == len(anew)
        assert {passage.document_id for passage in lived} <= {document.id for document in asked}
        corpus = list(shared_library.passages(documents))
        # rank_bm25's scoring, by `test_postings`; a word such as "eight" is found as a number too.
        read = [f"note\n\n{passage.text}" for passage in corpus]
        once = Postings([held_texts([terms(text) for text in read], [further_terms(text) for text in read])])
        scores = scores_of(once, question_terms(question), len(corpus))
        by_id = {passage.id: score for passage, score in zip(corpus, scores, strict=True)}
        np.testing.assert_allclose([by_id[p.id] for p in lived], [by_id[p.id] for p in anew], atol=1e-9)
        assert [by_id[p.id] for p in lived] == sorted((by_id[p.id] for p in lived), reverse=True)


# --- what a person notices of it


def test_documents_that_come_and_go_are_seen_by_the_next_search(library: Library) -> None:
    index = LexicalIndex(library)
    for number in range(5):
        shelve(library, f"Nothing of interest in number {number}.")
    assert found(index, library, "coffee") == []
    kitchen = shelve(library, "The coffee machine is on the second floor.")
    assert found(index, library, "coffee") == ["The coffee machine is on the second floor."]
    library.remove(kitchen.id)
    assert found(index, library, "coffee") == []
    for document in library.documents():
        library.remove(document.id)
    assert found(index, library, "nothing") == []


def test_a_document_that_is_removed_and_added_again_under_another_name_is_found_by_the_new_name(
    library: Library,
) -> None:
    index = LexicalIndex(library)
    for number in range(5):
        shelve(library, f"Nothing of interest in number {number}.")
    document = shelve(library, "It weighs three kilos.", name="otter.txt")
    assert found(index, library, "otter") == ["It weighs three kilos."]
    library.remove(document.id)
    shelve(library, "It weighs three kilos.", name="beaver.txt")
    assert found(index, library, "beaver") == ["It weighs three kilos."]
    assert found(index, library, "otter") == []


def test_only_the_chosen_documents_are_searched(library: Library) -> None:
    index = LexicalIndex(library)
    for number in range(8):
        shelve(library, f"Nothing of interest in number {number}.")
    first = shelve(library, "Coffee on the first floor.")
    second = shelve(library, "Coffee on the second floor.", "Tea on the second floor.")
    assert len(found(index, library, "coffee")) == 2
    assert found(index, library, "coffee", first) == ["Coffee on the first floor."]
    assert found(index, library, "coffee", second) == ["Coffee on the second floor."]
    assert found(index, library, "tea", first) == []


def test_the_best_come_first_and_no_more_than_were_asked_for(library: Library) -> None:
    index = LexicalIndex(library)
    shelve(
        library,
        "The key is lost.",
        "The key of the lift is lost.",
        "The key of the lift is on the third floor.",
        "Nothing.",
        "Nobody.",
        "No.",
        "Never.",
    )
    assert found(index, library, "lift floor")[0] == "The key of the lift is on the third floor."
    assert len(found(index, library, "key")) == 3
    assert len(found(index, library, "key", count=2)) == 2


@pytest.mark.parametrize("question", ["zebra", "?!", "", " ", "zebra unicorn"])
def test_a_question_without_a_known_word_finds_nothing(library: Library, question: str) -> None:
    shelve(library, "The coffee machine.", "The lift.", "The door.")
    assert found(LexicalIndex(library), library, question) == []


def test_case_typography_and_accents_of_either_kind_do_not_matter(library: Library) -> None:
    index = LexicalIndex(library)
    shelve(library, "Das CAFE\u0301 in der Straße ①.", "Anderes.", "Weiteres.", "Nichts.")
    for question in ("café", "STRASSE", "1", "Cafe\u0301?"):
        assert len(found(index, library, question)) == 1


def test_words_are_found_in_scripts_that_write_no_spaces(library: Library) -> None:
    index = LexicalIndex(library)
    shelve(library, "東京都は日本の首都です。", "大阪は商業の町です。", "札幌の冬は寒い。", "ラーメンがおいしい。")
    assert found(index, library, "日本の首都はどこですか")[0] == "東京都は日本の首都です。"
    assert found(index, library, "ラーメン") == ["ラーメンがおいしい。"]
    assert found(index, library, "大阪") == ["大阪は商業の町です。"]


def test_a_passage_is_found_by_its_heading_and_the_name_of_its_document(library: Library) -> None:
    index = LexicalIndex(library)
    for number in range(5):
        shelve(library, f"Nothing of interest in number {number}.")
    shelve(library, "It is 24 months.", name="Otter 60 manual.pdf", heading="Warranty")
    assert found(index, library, "warranty") == ["It is 24 months."]
    assert found(index, library, "otter") == ["It is 24 months."]


@pytest.mark.parametrize("texts", [["The lift."], ["The lift.", "The door."], ["The lift.", "A lift.", "Lift!"]])
def test_a_passage_that_shares_a_word_is_found_in_the_smallest_library_too(library: Library, texts: list[str]) -> None:
    shelve(library, *texts)
    assert "The lift." in found(LexicalIndex(library), library, "lift")


def test_passages_without_any_word_do_no_harm(library: Library) -> None:
    index = LexicalIndex(library)
    shelve(library, "?!", "…", name="—")
    assert found(index, library, "lift") == []
    shelve(library, "The lift.", "The door.", "The key.")
    assert found(index, library, "lift") == ["The lift."]


def test_a_phrase_is_whole_words_in_a_row_and_what_is_removed_has_none(library: Library) -> None:
    index = LexicalIndex(library)
    key = shelve(library, "The spare key hangs in the gatehouse.", "Part KX-2210-B: see maxFlowRate.", heading="Keys")
    shelve(library, "Keyboards are blue. A key to the spare room is lost.", "東京都庁の鍵")

    def with_phrases(*phrases: str) -> list[str]:
        index.catch_up()
        return [passage.text[:9] for passage in index.with_phrases(phrases, library.documents())]

    assert with_phrases("SPARE  key") == ["The spare"]
    assert with_phrases("spare key", "gatehouse.") == ["The spare"]
    assert with_phrases("key to the spare") == ["Keyboards"]
    assert with_phrases("pare key") == with_phrases("spare keys") == []
    assert with_phrases("KX-2210") == with_phrases("2210-B: see") == ["Part KX-2"]
    assert with_phrases("京都") == ["東京都庁の鍵"]
    assert len(with_phrases("Keys")) == 2  # the heading
    library.remove(key.id)
    assert with_phrases("spare key") == with_phrases("KX-2210") == []


@pytest.mark.parametrize(
    ("asked", "having"),
    [
        ("F70.1", ["Fault f 70 1"]),
        ("version 5.4", []),
        ("TB-4", ["the bench tb 4"]),
        ("kx2210b", ["Part KX-2210-B", "part kx 2210 b"]),
        ("ramp_up_ms", ["the ramp up, ms"]),
        ("room 12", ["Rooms 11 and 12"]),
    ],
)
def test_a_code_is_there_where_its_parts_stand_together_and_known_if_it_is_anywhere(
    library: Library, asked: str, having: list[str]
) -> None:
    texts = [
        "F70.3 Card unreadable, F07.1 bus silent", "Fault f 70 1", "Version 5.3, chapter 4", "4. Benches TB-1 to TB-3",
        "the bench tb 4", "Part KX-2210-B", "part kx 2210 b", "ramp_delay_ms: up to 5000", "the ramp up, ms",
        "Rooms 11 and 12",
    ]  # fmt: skip
    document = shelve(library, *texts)
    index = LexicalIndex(library)
    index.catch_up()
    about = [each for each in concepts(asked) if each.text != "version"]
    matches = index.match(asked, about, list(library.passages([document])))
    assert [text for text, present in zip(texts, matches.present, strict=True) if all(present)] == having
    assert matches.known == (bool(having),)


def test_a_code_is_not_called_unknown_while_a_passage_that_was_not_read_may_have_it(library: Library) -> None:
    document = shelve(library, "the bench tb 4", "Benches TB-1 and 4 chairs", "The lift is blue")
    index = LexicalIndex(library)
    index.catch_up()
    every, about = list(library.passages([document])), concepts("TB-4")
    assert index.match("TB-4", about, every).known == (True,)
    assert index.match("TB-4", about, every[1:]).known == (True,)
    assert index.match("TB-9", concepts("TB-9"), every[2:]).known == (False,)
