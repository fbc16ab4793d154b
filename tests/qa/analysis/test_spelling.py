"""Typing errors are corrected with the words of the library, the change is shown, and known words stay."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.analysis.spelling import mended

SPELT = Counter(
    "probation holiday holidays warranty deposit insurance descale larking halliday Öffnung".casefold().split()
)


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("how long is the probaton", "how long is the probation"),
        ("how mutch holliday do I get", "how much holiday do I get"),
        ("Waranty", "Warranty"),
        ("depositt refund", "deposit refund"),
        ("insruance", "insurance"),
    ],
)
def test_typing_errors_are_mended_to_the_words_of_the_library(question: str, better: str) -> None:
    found = mended(question, SPELT)
    assert found.question == better
    assert found.changes


@pytest.mark.parametrize(
    "question",
    [
        "Can I bring my motorbike?",
        "Is Ann Larkin in?",
        "E-1042 and kx2210b",
        "the colour of the centre, organised",
        "I wouldn't, and dont ask",
        "asdfghjkl",
        "Offnung",
        "WARANTY@example.org",
        "東京 Öffnungg",
    ],
)
def test_what_is_a_word_a_name_or_a_code_is_left_as_it_is(question: str) -> None:
    assert mended(question, SPELT).question == question


@given(st.text())
def test_whatever_is_typed_what_changed_is_told(question: str) -> None:
    found = mended(question, SPELT)
    assert bool(found.changes) == (found.question != question)
