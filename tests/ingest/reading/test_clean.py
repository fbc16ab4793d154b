"""Cleaning: what a person sees stays, and no text takes long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.clean import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("one \t \ntwo", "one\ntwo"),
        ("one  two", "one  two"),
        ("one   ", "one"),
        ("one\u00a0\u2003\r\ntwo", "one\ntwo"),
        ("one\n\n\n\ntwo", "one\n\ntwo"),
    ],
)
def test_spaces_at_the_end_of_a_line_go(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_a_million_spaces_are_read_at_once() -> None:
    # Where each space were tried as the first of the run, this would not end within a day.
    spaces = " " * 1_000_000
    assert clean(f"one{spaces}two") == f"one{spaces}two"


@given(st.text(alphabet=" \t\n\u00a0ab"))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert once.split() == text.split()
