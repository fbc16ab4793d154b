"""What a person typed, understood: phrases, requests, acronyms; nothing changes in silence."""

import pytest

from ingest import Library, Settings
from qa.options import Options
from qa.retrieval.question import is_request, phrases
from qa.retrieval.retrieve import Retriever
from tests.conftest import put_in


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ('who wrote "the late shift"?', ("the late shift",)),
        ("wer schrieb „die Spätschicht“ und «Nacht»", ("die Spätschicht", "Nacht")),
        ("Ann's and Bob's keys", ()),
        ('an empty "" or " ? "', ()),
        ('half a "phrase', ()),
    ],
)
def test_what_stands_in_quotation_marks_is_a_phrase(question: str, found: tuple[str, ...]) -> None:
    assert phrases(question) == found


@pytest.mark.parametrize(
    ("question", "asks_for_a_text"),
    [
        ("Summarise the handbook", True),
        ("please give me a short summary of chapter 3", True),
        ("Translate the warranty", True),
        ("write an e-mail to the tenant", True),
        ("What is the summary of changes?", False),
        ("How do I write a complaint?", False),
        ("give notice", False),
        ("report a repair", False),
    ],
)
def test_a_request_for_a_text_is_told_from_a_question(question: str, asks_for_a_text: bool) -> None:
    assert is_request(question) is asks_for_a_text


def test_the_models_read_what_an_acronym_stands_for(library: Library, settings: Settings) -> None:
    put_in(library, settings, "terms.txt", "The recovery time objective is four hours.", "Nothing else is promised.")
    found = Retriever(library, settings).understand("What is the RTO?")
    assert found.read == "What is the RTO (recovery time objective)?"
    assert found.text == "What is the RTO?"


def test_words_with_small_ones_among_them_seldom_are_what_an_acronym_stands_for(
    library: Library, settings: Settings
) -> None:
    put_in(
        library, settings, "a.txt", "The price per excavator rose.", "Price per employee: none.", "Radio to the office."
    )
    put_in(library, settings, "b.txt", "Wear personal protective equipment.", "Two days of work from home are allowed.")
    retriever = Retriever(library, settings)
    assert retriever.understand("Which PPE is worn?").read == "Which PPE (personal protective equipment) is worn?"
    assert retriever.understand("Is WFH allowed?").read == "Is WFH (work from home) allowed?"
    assert retriever.understand("What is the RTO?").read == "What is the RTO?"


@pytest.mark.parametrize(
    ("passage", "asked", "read"),
    [
        ("Accounts need MFA.", "Is multi-factor authentication on?", "Is multi-factor authentication (MFA) on?"),
        ("Members of the CSP only.", "the Court Society of Painters", "the Court Society of Painters (CSP)"),
        ("All fish has the MSC label.", "Has it the MSC (Marine Stewardship Council) label?", None),
        ("The map of all parking places", "Where may all private cars stand? My all-purpose car", None),
        ("Send the RFP. A request for payment (RFP) is due.", "Who writes the request for proposal?", None),
        ("Ask the SENCO.", "special educational needs coordinator", "special educational needs coordinator (SENCO)"),
        ("A PIN is needed.", "my personal identification number", "my personal identification number (PIN)"),
        ("PTO is granted by the manager.", "How much paid time off?", "How much paid time off (PTO)?"),
    ],
)  # fmt: skip
def test_the_models_read_the_acronym_of_words_where_the_library_may_mean_them(
    library: Library, settings: Settings, passage: str, asked: str, read: str | None
) -> None:
    put_in(library, settings, "terms.txt", passage, "Nothing else is promised.")
    found = Retriever(library, settings).understand(asked)
    assert found.read == (read or asked)
    assert found.text == asked


def test_words_whose_initials_are_the_same_by_chance_are_not_what_an_acronym_stands_for(
    library: Library, settings: Settings
) -> None:
    put_in(library, settings, "marks.txt", "NEA marks are given in May.", "Switch the network. End the account.")
    put_in(library, settings, "help.txt", "The network may end the account.", "Marks of the non-exam assessment (NEA).")
    retriever = Retriever(library, settings)
    assert retriever.understand("the non-exam assessment").read == "the non-exam assessment (NEA)"
    assert retriever.understand("What is NEA?").read == "What is NEA (non-exam assessment)?"


def test_words_that_the_library_writes_as_an_acronym_are_searched_and_matched_as_one(
    library: Library, settings: Settings
) -> None:
    put_in(library, settings, "staff.txt", "The SENCO, Mrs Brockett, is in room G3.", "The porter is in room G1.")
    retriever = Retriever(library, settings)
    found = retriever.understand("special educational needs coordinator")
    assert found.searched == "special educational needs coordinator SENCO"
    assert all("senco" in each.terms for each in found.about)
    assert retriever.retrieve(found, Options(mode="lexical"))[0].passage.text.startswith("The SENCO")


def test_what_is_mended_can_be_asked_as_it_was_typed(library: Library, settings: Settings) -> None:
    put_in(library, settings, "terms.txt", "The probation period is six months.")
    retriever = Retriever(library, settings)
    found = retriever.understand("How long is probaton?")
    assert (found.text, found.changes) == ("How long is probation?", (("probaton", "probation"),))
    as_typed = retriever.understand("How long is probaton?", Options(mend=False))
    assert (as_typed.text, as_typed.changes) == ("How long is probaton?", ())


@pytest.mark.parametrize(
    ("asked", "changes"),
    [
        ("What is P171 for?", (("P171", "P0171"),)),
        ("e-7", (("e-7", "e-07"),)),
        ("F7.3?", (("F7.3", "F07.3"),)),
        ("the code E007b", ()),
        ("P0172 and P09 at 7.30", ()),
        ("p171-2, x.p171", ()),
    ],
)
def test_the_zeros_of_a_code_are_mended_where_the_library_has_one_such_code(
    library: Library, settings: Settings, asked: str, changes: tuple[tuple[str, str], ...]
) -> None:
    put_in(
        library,
        settings,
        "codes.txt",
        "P0171: the dry run.",
        "Fault E-07 is a lost frame.",
        "P9 or P009: the fan.",
        "F07.3: a clash.",
    )
    assert Retriever(library, settings).understand(asked).changes == changes
