"""Which passages are looked at sentence by sentence."""

from qa.reranking.alike import Group
from qa.reranking.evidence import Evidence
from qa.reranking.ranking import BY_WORDS_ALONE, shortlist


def evidence(words: float) -> Evidence:
    return Evidence(
        passage=-11.0, similarity=0.6, words=words, code_found=False, code_lacking=False, number_lacking=False
    )


def test_a_passage_with_the_words_is_looked_at_though_others_are_before_it() -> None:
    found = [evidence(0.0)] * 20 + [evidence(0.4)] + [evidence(0.0)] * 20
    groups = [Group(place) for place in range(len(found))]
    assert [each.first for each in shortlist(groups, found, 12)] == [*range(12), 20]


def test_only_a_few_are_added_those_with_most_words() -> None:
    found = [evidence(place / 100) for place in range(40)]
    groups = [Group(place) for place in range(len(found))]
    added = [each.first for each in shortlist(groups, found, 12)[12:]]
    assert added == [39, 38, 37][:BY_WORDS_ALONE]


def test_a_short_list_stays_as_it_is() -> None:
    found = [evidence(0.5)] * 3
    groups = [Group(place) for place in range(3)]
    assert shortlist(groups, found, 12) == groups
