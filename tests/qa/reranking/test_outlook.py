"""What is to be expected of candidates that were not read."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.reranking.evidence import LOWEST_LOGIT, Evidence
from qa.reranking.order import FIRST_ORDER, value
from qa.reranking.outlook import Outlook

SHARES = st.floats(0, 1)


def evidence(similarity: float, words: float, logit: float = LOWEST_LOGIT) -> Evidence:
    return Evidence(logit, similarity, words, code_found=False, code_lacking=False, number_lacking=False)


ALL_KINDS = st.lists(st.builds(evidence, SHARES, SHARES), min_size=1, max_size=20)


@given(ALL_KINDS)
def test_the_order_is_that_of_the_values_without_what_the_cross_encoder_says(found: Sequence[Evidence]) -> None:
    order = Outlook(found).order()
    values = [value(found[at], FIRST_ORDER) for at in order]
    assert sorted(order) == list(range(len(found)))
    assert values == sorted(values, reverse=True)


@given(ALL_KINDS, st.floats(-50, 100), st.floats(0, 50))
def test_the_higher_the_limit_the_fewer_are_expected_above_it(
    found: Sequence[Evidence], limit: float, more: float
) -> None:
    outlook, every = Outlook(found), range(len(found))
    assert 0 <= outlook.expected(every, limit + more) <= outlook.expected(every, limit) <= len(found)


def test_what_is_above_the_limit_whatever_the_cross_encoder_says_is_expected_there() -> None:
    found = [evidence(0.8, 1.0), evidence(0.3, 0.0)]
    assert Outlook(found).expected([0], value(found[0], FIRST_ORDER)) == 1.0


def test_of_two_that_need_as_much_the_more_similar_one_is_more_likely_to_get_there() -> None:
    near, far = evidence(0.8, 0.5), evidence(0.5, 0.5)
    outlook = Outlook([near, far])
    needed = 6.0 * FIRST_ORDER.logit
    of_near, of_far = (outlook.expected([at], value(each, FIRST_ORDER) + needed) for at, each in enumerate((near, far)))
    assert of_near > of_far


def test_of_none_nothing_is_expected() -> None:
    assert Outlook([]).order() == []
    assert Outlook([evidence(0.5, 0.5)]).expected([], 0.0) == pytest.approx(0.0)
