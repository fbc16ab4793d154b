"""The search finds all that comparing the texts themselves would find, and is quick because of an index."""

import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ingest import Database
from qa import Conversations, Turn
from qa.conversations.search import excerpt
from tests.conftest import tries
from tests.qa.answers import answer, candidate

CHARACTERS = st.sampled_from("aAbBcäÄéßſﬁo\u0308İıЙйё한가ᄀ日本か\u3099が😀\"'*-+():^.,;0½²Ⅷ_\u00ad\u200d\0\ud800")
WORD = st.text(CHARACTERS, min_size=1, max_size=7)
TEXT = st.lists(WORD, min_size=1, max_size=5).map(" ".join)


def plainly(text: str) -> str:
    """As the search folded before there was an index."""
    return unicodedata.normalize("NFKC", text).casefold()


@hypothesis_settings(max_examples=tries(120), deadline=None)
@given(st.lists(TEXT, min_size=1, max_size=3), st.data())
def test_every_part_of_a_word_of_a_text_is_found(texts: list[str], data: st.DataObject) -> None:
    words = [word for text in texts for word in text.split()]
    with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        conversations = Conversations(database)
        turn = Turn(texts[0], answer(texts[0], *map(candidate, texts[1:])), None)
        conversation = conversations.start().with_turn(turn)
        conversations.keep(conversation)
        wanted = []
        for word in data.draw(st.lists(st.sampled_from(words), min_size=1, max_size=3)):
            start = data.draw(st.integers(0, len(word) - 1))
            wanted.append(word[start : data.draw(st.integers(start + 1, len(word)))])
        plain = plainly("\n".join(texts)).replace("\0", " ")
        for part in plainly(" ".join(wanted)).replace("\0", " ").split():
            if part in plain:
                assert [found.id for found in conversations.listed(part)] == [conversation.id], part


@pytest.fixture
def conversations(database: Database) -> Conversations:
    """One with every kind of word, one with none of them."""
    made = Conversations(database)
    passages = ("Das Café öffnet um 8.30 Uhr; see C++ or e-mail <a@b.org>.", 'He said "no" (50%) — 東京都.')
    made.keep(made.start().with_turn(Turn("Is it open?", answer("Is it open?", *map(candidate, passages)), None)))
    made.keep(made.start().with_turn(Turn("Other things?", answer("?", candidate("Nothing of the kind.")), None)))
    return made


@pytest.mark.parametrize(
    "words",
    [
        "café", "cafe", "CAFE\u0301", "oeffnet OPEN", "ffn", "af", "a@b", "8.30", "c++", "+", '"', '"no"',
        "50%", "(50%)", "e-mail", "-", "京都", "東", "org>.", "open uhr 8.30 said", " —\t;",
    ],
)  # fmt: skip
def test_words_parts_signs_and_other_scripts_are_found(conversations: Conversations, words: str) -> None:
    expected = [] if "oe" in words else ["Is it open?"]
    assert [summary.name for summary in conversations.listed(words)] == expected


@pytest.mark.parametrize(
    "words", ["closed", "open closed", "NOT", "NEAR", "text:", "*", "openuhr", "8.31", "ab" * 5000, "x y z " * 3000]
)
def test_what_stands_nowhere_is_not_found_and_no_word_is_a_command_of_the_index(
    conversations: Conversations, words: str
) -> None:
    found = [summary.name for summary in conversations.listed(words)]
    assert "Is it open?" not in found


def test_a_long_word_is_compared_to_its_end(conversations: Conversations) -> None:
    long = "Donau" * 60
    conversations.keep(conversations.start().with_turn(Turn(f"{long}1", None, "No.")))
    conversations.keep(conversations.start().with_turn(Turn(f"{long}2", None, "No.")))
    assert len(conversations.listed(long)) == 2
    assert len(conversations.listed(f"{long}2")) == 1


def test_an_excerpt_is_the_text_around_the_word_of_a_question_or_a_passage() -> None:
    long = " ".join(f"word{number}" for number in range(60)) + " Straße " + " ".join("abc" for _ in range(60))
    turns = [Turn("Where is it?", answer("Where is it?", candidate(long)), None)]
    found = excerpt(turns, "strasse nothing")
    assert found is not None
    assert found.startswith("… word48 ")
    assert " Straße abc" in found
    assert excerpt(turns, "WHERE") == "Where is it?"
    assert excerpt(turns, "absent") is None


def test_the_number_of_questions_follows_what_another_window_asks(tmp_path: Path) -> None:
    with Database(tmp_path) as database:
        one, other = Conversations(database), Conversations(database)
        kept = one.add(one.start(), Turn("When?", None, "There are no documents yet."))
        other.add(kept, Turn("Where?", None, "There are no documents yet."))
        assert (one.questions(kept.id), one.questions("0" * 16)) == (2, 0)
