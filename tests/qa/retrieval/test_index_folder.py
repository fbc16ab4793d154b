"""The lexical index is kept beside the library: a start reads no text, and damage is mended without a word."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest import Library, Passage
from qa.analysis.acronyms import initial_letters, long_form, written_initials
from qa.retrieval import segment_file
from qa.retrieval.index_folder import FOLDER
from qa.retrieval.lexical import LexicalIndex
from qa.retrieval.occurrences import Occurrences, joined
from qa.retrieval.packed import Packed
from tests.qa.retrieval.test_lexical import found, shelve

TEXTS = st.lists(st.text(max_size=5), max_size=8)


@pytest.fixture
def texts_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the documents whose texts are read from the library while the test runs."""
    read: list[str] = []
    really = Library.passages

    def noted(self: Library, documents: list[object] | None = None) -> Iterator[Passage]:
        for passage in really(self, documents):  # type: ignore[arg-type]
            read.append(passage.document_id)
            yield passage

    monkeypatch.setattr(Library, "passages", noted)
    return read


def kept_files(library: Library) -> list[Path]:
    return sorted((library.home.folder / FOLDER).glob("*"))


def test_the_next_start_reads_no_text_and_finds_the_same(library: Library, texts_read: list[str]) -> None:
    for number in range(4):
        shelve(library, f"The lift number {number} is out of order.", "The recovery time objective is four hours.")
    coffee = shelve(library, "The coffee machine is on the second floor.")
    questions = ["lift", "coffee", "rto", "number 3"]
    before = [found(LexicalIndex(library), library, question) for question in questions]
    assert set(texts_read) == {document.id for document in library.documents()}
    texts_read.clear()
    again = LexicalIndex(library)
    assert [found(again, library, question) for question in questions] == before
    assert again.standing_for("rto") == "recovery time objective"
    assert again.mended("coffea machne").question == "coffee machine"
    assert texts_read == []
    library.remove(coffee.id)
    assert found(again, library, "coffee") == []
    assert found(LexicalIndex(library), library, "coffee") == []
    assert texts_read == []


def test_only_what_is_new_is_read(library: Library, texts_read: list[str]) -> None:
    index = LexicalIndex(library)
    for number in range(3):
        shelve(library, f"Nothing of interest in number {number}.")
        found(index, library, "interest")
    texts_read.clear()
    new = shelve(library, "The key is under the mat.", "And the mat is green.")
    assert len(found(index, library, "mat")) == 2
    assert texts_read == [new.id, new.id]
    assert len(kept_files(library)) == 1  # small segments become one


def test_a_document_that_has_changed_while_the_app_was_closed_is_read_again(
    library: Library, texts_read: list[str]
) -> None:
    other, document = shelve(library, "The lift is old."), shelve(library, "It weighs three kilos.", name="otter.txt")
    found(LexicalIndex(library), library, "otter")
    library.remove(document.id)
    shelve(library, "It weighs three kilos.", name="beaver.txt")
    texts_read.clear()
    index = LexicalIndex(library)
    assert found(index, library, "beaver") == ["It weighs three kilos."]
    assert found(index, library, "otter") == []
    assert other.id not in texts_read


@pytest.mark.parametrize("damage", ["gone", "empty", "half", "flipped", "other"])
def test_a_damaged_file_is_made_anew_from_the_library(library: Library, damage: str) -> None:
    for number in range(3):
        shelve(library, f"The lift number {number} is out of order.")
    expected = found(LexicalIndex(library), library, "lift 2")
    [path] = kept_files(library)
    content = path.read_bytes()
    if damage == "gone":
        path.unlink()
    elif damage == "flipped":
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes(255 - byte for byte in content[middle:]))
    else:
        path.write_bytes({"empty": b"", "half": content[: len(content) // 2], "other": b"PK\3\4"}[damage])
    assert found(LexicalIndex(library), library, "lift 2") == expected
    [again] = kept_files(library)
    assert again.read_bytes() == content


def test_an_index_that_another_version_made_is_made_anew(
    library: Library, texts_read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    document = shelve(library, "The lift is out of order.")
    found(LexicalIndex(library), library, "lift")
    texts_read.clear()
    monkeypatch.setattr(segment_file, "analysis", lambda: "of another version")
    assert found(LexicalIndex(library), library, "lift") == ["The lift is out of order."]
    assert texts_read == [document.id]


def test_where_the_folder_cannot_be_written_to_questions_are_answered_all_the_same(library: Library) -> None:
    (library.home.folder / FOLDER).write_text("no folder")
    shelve(library, "The lift is out of order.")
    index = LexicalIndex(library)
    assert found(index, library, "lift") == ["The lift is out of order."]
    shelve(library, "The coffee machine is on the second floor.")
    assert len(found(index, library, "coffee")) == 1


def test_what_a_killed_process_left_is_swept(library: Library) -> None:
    shelve(library, "The lift is out of order.")
    found(LexicalIndex(library), library, "lift")
    left = library.home.folder / FOLDER / "0123456789abcdef.part"
    left.write_bytes(b"half")
    copy = library.home.folder / FOLDER / "12345678.arrow"
    copy.write_bytes(kept_files(library)[0].read_bytes())
    assert len(found(LexicalIndex(library), library, "lift")) == 1
    assert not left.exists()
    assert not copy.exists()


# --- its parts


@given(texts=TEXTS)
def test_packed_texts_come_out_as_they_went_in_and_are_found(texts: list[str]) -> None:
    packed = Packed.of(texts)
    assert [packed.text(row) for row in range(len(packed))] == texts
    assert [text.decode("utf-8", "surrogatepass") for text in packed] == texts
    in_order = Packed.of(sorted({text.encode() for text in texts}))
    assert all(in_order.text(in_order.row_of(text)) == text for text in texts)
    assert in_order.row_of("longer than all") == -1


COUNTED = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(1, 70_000), max_size=5)


@given(parts=st.lists(st.lists(st.tuples(COUNTED, st.booleans()), max_size=4), max_size=4))
@examples(max_examples=60, deadline=None)
def test_joined_occurrences_are_those_of_the_rows_that_are_kept(
    parts: list[list[tuple[dict[str, int], bool]]],
) -> None:
    made = [
        (Occurrences.of(counted for counted, _ in part), np.array([kept for _, kept in part], dtype=np.bool_))
        for part in parts
    ]
    one = joined(made)
    anew = Occurrences.of(counted for part in parts for counted, kept in part if kept)
    assert list(one.terms) == list(anew.terms) == sorted(one.terms)
    for name in ("starts", "rows", "counts"):
        assert getattr(one, name).tolist() == getattr(anew, name).tolist()


SAMPLE = st.sampled_from(
    ["recovery", "time", "of", "the", "Objective", "service", "terms", "and", "is", "Ort", ".", "\n"]
)


@given(
    words=st.lists(SAMPLE, max_size=9), letters=st.sampled_from(["rto", "tos", "ts", "rt", "sat", "oot", "trt", "sos"])
)
@examples(max_examples=300, deadline=None)
def test_initials_are_found_exactly_where_there_is_a_long_form(words: list[str], letters: str) -> None:
    text = " ".join(words)
    lines = initial_letters(text)
    assert any(piece in lines for piece in written_initials(letters)) == (long_form(letters, text) is not None)
