"""What a conversation is called, and that it is never changed but made anew."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Database
from qa.conversations.conversations import Conversations
from qa.conversations.turn import NAME_CHARACTERS, Turn, short_name
from tests.qa.answers import answer, candidate


def test_a_conversation_is_called_as_its_first_question_until_it_is_renamed(database: Database) -> None:
    started = Conversations(database).start()
    assert started.name == ""
    asked = started.with_turn(Turn("When\ndoes it open?", None, "There are no documents yet."))
    again = asked.with_turn(Turn("And close?", answer("And close?", candidate("At six.")), None, "When does it open?"))
    assert (asked.name, again.name) == ("When does it open?", "When does it open?")
    assert again.renamed(" Hours \n").name == "Hours"
    assert again.renamed("Hours").with_turn(again.turns[0]).name == "Hours"
    assert again.renamed("Hours").renamed("  ").name == "When does it open?"
    assert (len(started.turns), len(asked.turns), len(again.turns)) == (0, 1, 2)
    assert started.changed_at <= asked.changed_at <= again.changed_at


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a" * 80, "a" * 80),
        ("a" * 81, "a" * 79 + "…"),
        ("a b " + "c" * 90, "a b " + "c" * 75 + "…"),
        ("word " * 16 + "more", "word " * 15 + "word…"),
        ("東京" * 50, "東京" * 39 + "東…"),
    ],
)
def test_a_long_question_is_cut_after_a_word_where_it_has_words(text: str, name: str) -> None:
    assert short_name(text) == name


@given(st.text(max_size=300))
def test_a_name_is_one_line_of_at_most_80_characters(text: str) -> None:
    name = short_name(text)
    assert len(name) <= NAME_CHARACTERS
    assert len(name.splitlines()) <= 1
    assert bool(name) == bool(text.split())
