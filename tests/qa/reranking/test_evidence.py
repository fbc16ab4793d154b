"""Evidence: what a passage has and lacks of what its question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import Passage
from qa.analysis.concepts import Said, concepts
from qa.reranking.answer_kinds import kind_lacking
from qa.reranking.evidence import (
    Evidence,
    code_begins,
    gather,
    logit,
    question_evidence,
    stands_in,
    with_similarities,
)
from qa.reranking.order import FINAL_ORDER, value
from qa.retrieval.matches import Matches
from qa.retrieval.question import Question


def question(text: str) -> Question:
    about = tuple(concepts(text))
    return Question(text, text, text, (), (), about, about, False)


def evidence(
    text: str,
    present: list[bool],
    *,
    known: list[bool] | None = None,
    names: str = "",
    own_name: str = "",
    otherwise: list[bool] | None = None,
) -> Evidence:
    asked = question(text)
    count = len(asked.about)
    named = tuple(each.text in own_name.split() for each in asked.about)
    matches = Matches(
        (1.0,) * count,
        tuple(known or [True] * count),
        (tuple(present),),
        (tuple(otherwise or [False] * count),),
        (named,),
        frozenset(names.split()),
    )
    (found,) = gather(asked, matches, [0.5], [0.7])
    return found


@pytest.mark.parametrize(
    ("asked", "there", "stands"),
    [
        ("cleaned", "cleaning", True),
        ("holidays", "holiday", True),
        ("surrendered", "surrender", True),
        ("2016", "2015", False),
        ("toronto", "ottawa", False),
        ("car", "care", False),
        ("E-1042", "e1042", True),
        ("E-1042", "e1043", False),
    ],
)
def test_a_word_stands_there_in_any_inflection_and_a_code_only_as_it_is(asked: str, there: str, stands: bool) -> None:
    (thing,) = concepts(asked)
    assert stands_in(thing, Said.of(there)) is stands


@pytest.mark.parametrize(
    ("asked", "sentence", "lacking"),
    [
        ("When does the office open?", "The office opens at 8.", False),
        ("When does the office open?", "It opens on Mondays.", False),
        ("When does the office open?", "The office opens for guests.", True),
        ("How many people fit in?", "It carries eight people.", False),
        ("How many people fit in?", "It was built in 1987.", True),
        ("How much does it cost?", "The price is 30 euros.", False),
        ("How much does it cost?", "The price is high.", True),
        ("How many people fit in?", "It was checked on 3 May.", True),
        ("How much rent do I pay?", "The rent year runs from 1 May to 30 April.", True),
        ("How much rent do I pay?", "4.2 The rent was set in 2019.", True),
        ("How much rent do I pay?", "From 1 May it is 1,900 euros.", False),
        ("How much rest do I get?", "Drivers have half a day and every week a day.", False),
        ("How long was the war?", "It lasted from May 1618 to October 1648.", False),
        ("Who has the key?", "Mrs Larkin has it.", False),
        ("Who has the key?", "it is kept in a box.", True),
        ("Where is the key?", "It is in a box.", False),
    ],
)
def test_the_kind_of_answer_that_is_asked_for_is_looked_for(asked: str, sentence: str, lacking: bool) -> None:
    assert kind_lacking(asked, sentence) is lacking


def test_a_code_that_is_found_says_so_and_one_that_is_missing_too() -> None:
    found, missing = (evidence("error E-1042", [True, there]) for there in (True, False))
    assert (found.code_found, found.code_lacking) == (True, False)
    assert (missing.code_found, missing.code_lacking) == (False, True)


@pytest.mark.parametrize(
    ("asked", "heading", "text", "begins"),
    [
        ("What does E1042 mean?", "Faults > E1042 Overvoltage", "The link rose above 790 V.", True),
        ("What does E1042 mean?", "Faults > E1041", "It comes with E1042.", False),
        ("price of kx2210b", None, "Part: KX-2210-B · Price: 12", True),
        ("price of kx2210b", None, "Part: KX-2210-K · Note: has two KX-2210-B", False),
        ("price of kx2210b", None, "No.: 7 · Part: Seal set KX 2210 B · Price: 12", True),
        ("price of kx2210b", None, "No.: 8 · Part: Seal set KX 2210 B Plus · Price: 14", False),
        ("price of kx2210b", None, "No.: 9 · Part: Seal for KX 2210 B · Price: 2", False),
        ("price of kx2210b", None, "No.: 9 · Part: Seal · Price: 2 · Note: replaces KX-2210-B", False),
        ("f07.3", None, "Faults\n- F07.3 Frame error\n- F07.4", True),
        ("the fee of 3 May", None, "3 May: the fee is 5.", False),
    ],
)
def test_a_passage_is_about_a_code_that_begins_a_line_a_cell_or_its_heading(
    asked: str, heading: str | None, text: str, begins: bool
) -> None:
    assert code_begins(question(asked), Passage("0", 0, text, heading=heading)) is begins


def test_a_number_that_is_lacking_counts_by_itself() -> None:
    assert not evidence("room 12 key", [True, True]).number_lacking
    assert evidence("What happened in 1954?", [True, False]).number_lacking


def test_a_general_word_that_is_lacking_says_little() -> None:
    assert [each.text for each in concepts("warranty period")] == ["warranty", "period"]
    assert evidence("warranty period", [True, False]).words > evidence("warranty seals", [True, False]).words
    assert evidence("warranty period", [False, True]).words == pytest.approx(0.5)


def test_a_word_of_another_documents_name_counts_where_the_passage_has_it() -> None:
    # A file named "works notice" must not make "notice" worthless in the handbook.
    there = evidence("notice five", [True, True], names="notice")
    assert there.words == pytest.approx(1.0)
    lacking_five = evidence("notice five", [True, False], names="notice")
    assert lacking_five.words == pytest.approx(0.5)
    in_own_name_alone = evidence("notice five", [True, False], names="notice", own_name="notice")
    assert in_own_name_alone.words < 0.2


def test_words_that_the_library_never_holds_say_little() -> None:
    rare = evidence("Is frobnication blue?", [True, False], known=[True, False])
    common = evidence("Is frobnication blue?", [True, False])
    assert rare.words > common.words


def test_the_name_of_a_document_need_not_be_repeated_in_a_passage() -> None:
    named = evidence("How long is the otter warranty?", [False, False, True], names="otter")
    plain = evidence("How long is the otter warranty?", [False, False, True])
    assert named.words > plain.words


def test_a_word_with_the_same_meaning_is_evidence_of_its_own() -> None:
    same = evidence("broken elevator", [True, False], otherwise=[False, True])
    lacking = evidence("broken elevator", [True, False])
    assert same.synonyms == pytest.approx(0.5)
    assert lacking.synonyms == 0
    assert value(same, FINAL_ORDER) > value(lacking, FINAL_ORDER)


@pytest.mark.parametrize(
    ("asked", "known", "otherwise", "lacking"),
    [
        ("How many buses has Ilsen?", [False, True], [False, False], True),
        ("How many buses has Ilsen?", [False, True], [True, False], False),  # it says "coaches"
        ("How many buses has Ilsen?", [True, True], [False, False], False),  # another passage names them
        ("How are the buses of Ilsen?", [False, True], [False, False], False),
    ],
)
def test_nothing_says_how_many_there_are_of_what_no_document_names(
    asked: str, known: list[bool], otherwise: list[bool], lacking: bool
) -> None:
    assert evidence(asked, [False, True], known=known, otherwise=otherwise).kind_lacking is lacking


def test_a_number_of_something_else_does_not_make_up_for_it() -> None:
    asked = "How many buses has Ilsen?"
    found = evidence(asked, [False, True], known=[False, True])
    assert with_similarities(found, question(asked), "Ilsen has 12 trams.", 0.5, 0.5, 0.5).kind_lacking


def test_a_question_tells_how_much_of_it_the_library_knows() -> None:
    asked = question("zebra warranty")
    assert question_evidence(asked, Matches((1.0, 3.0), (False, True), (), (), (), frozenset())).known == pytest.approx(
        0.75
    )


@given(st.floats(0, 1))
def test_a_logit_is_a_number_and_grows_with_the_score(score: float) -> None:
    assert -20 < logit(0.0) <= logit(score) <= logit(1.0) < 20
