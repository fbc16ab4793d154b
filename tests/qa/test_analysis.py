"""Words: which a question is about, and where they stand in a text."""

from hypothesis import given
from hypothesis import strategies as st

from qa import content_words, spans


@given(st.text(), st.lists(st.text(min_size=1)))
def test_what_is_found_stands_there_in_order_and_apart(text: str, wanted: list[str]) -> None:
    end = 0
    for start, after in spans(text, {word for asked in wanted for word in content_words(asked)}):
        assert end <= start < after <= len(text)
        end = after


def test_letter_case_and_typography_are_set_aside() -> None:
    text = "The ﬁlter: FILTER, filters."
    assert [text[start:end] for start, end in spans(text, {"filter"})] == ["ﬁlter", "FILTER"]


def test_words_that_only_ask_are_not_what_a_question_is_about() -> None:
    assert content_words("How many days off do I get, and when?") == ["days"]
