"""Passages that say the same in several documents are one; what differs in what is asked for stays apart."""

from qa.reranking.alike import Group, group, newest_first, says
from tests.qa.answers import candidate

NOTICE = (
    "What to do when the lift fails: take the stairs and tell the caretaker. In {} the office is open from nine to "
    "five and the caretaker lives on the ground floor."
)


def test_passages_of_the_same_words_are_one_whatever_their_case_and_white_space() -> None:
    found = [candidate("The lift is out."), candidate("THE LIFT\nis out.", "b.txt"), candidate("The door is out.")]
    groups = group(found, [1, 0, 2], [(True,)] * 3)
    assert [(each.first, each.same, each.nearly) for each in groups] == [(1, (0,), ()), (2, (), ())]


def test_circulars_in_which_a_word_differs_are_one_and_named_together() -> None:
    found = [candidate(NOTICE.format(month), f"{month}.txt") for month in ("May", "June", "July")]
    (together,) = group(found, [0, 1, 2], [(True,)] * 3)
    assert together.nearly == (1, 2)


def test_they_stay_apart_where_the_question_is_about_what_differs() -> None:
    found = [candidate(NOTICE.format(month), f"{month}.txt") for month in ("May", "June")]
    assert len(group(found, [0, 1], [(True, True), (True, False)])) == 2


def test_entries_of_one_document_stay_apart_however_alike_they_are() -> None:
    found = [candidate(NOTICE.format(month), "one.txt") for month in ("May", "June")]
    same_document = [found[0], type(found[1])(found[1].passage, found[0].document)]
    assert len(group(same_document, [0, 1], [(True,)] * 2)) == 2


def test_a_sentence_is_said_word_for_word() -> None:
    assert says(candidate("Take the  STAIRS, please."), "take the stairs,")
    assert not says(candidate("Take the lift."), "take the stairs")


def test_the_newest_is_first_by_the_date_in_its_name_among_those_with_the_same_words_of_the_question() -> None:
    found = [candidate(NOTICE.format(month), f"2025-{month}.txt") for month in ("03", "11", "12")]
    together = Group(0, nearly=(1, 2))
    assert newest_first(together, found, [(True,)] * 3) == Group(2, nearly=(0, 1))
    assert newest_first(together, found, [(True,), (True,), (False,)]) == Group(1, nearly=(0, 2))
    assert newest_first(Group(2, nearly=(0, 1)), found, [(True,)] * 3) == Group(2, nearly=(0, 1))
