"""Which hyphens at the ends of lines belong to their words."""

import pytest

from ingest.reading.formats.layout.hyphens import Vocabulary, vocabulary_of
from ingest.reading.formats.layout.line import Line

PROSE = "the pump of the boat is in the hull and it is to be cleaned with the brush that hangs by the door"


def vocabulary(*texts: str) -> Vocabulary:
    return vocabulary_of([Line(text, 72, 700, 500, 711) for text in texts])


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("sold to whole-", "sale and retail", "sold to wholesale and retail"),
        ("a short-", "and long-term loan", "a short- and long-term loan"),
        ("der Ein-", "und Ausgang", "der Ein- und Ausgang"),
        ("de aan-", "of afvoer", "de aan- of afvoer"),
        ("an x-", "ray of it", "an x-ray of it"),
        ("of 2-", "butanol", "of 2-butanol"),
        ("an HIV-", "positive test", "an HIV-positive test"),
        ("a COVID-19-", "related delay", "a COVID-19-related delay"),
        ("a day-", "to-day task", "a day-to-day task"),
        ("in West-", "Berlin", "in West-Berlin"),
        ("he said -", "and left", "he said - and left"),
        ("MAINTE-", "NANCE", "MAINTENANCE"),
        ("the win\ufffe", "ter", "the winter"),
    ],
)
def test_what_stands_before_and_after_the_hyphen_decides(above: str, below: str, joined: str) -> None:
    assert Vocabulary().without_break(above, below) == joined


def test_the_documents_own_words_come_first() -> None:
    assert vocabulary("a sea-going tug").without_break("for sea-", "going ships") == "for sea-going ships"
    assert vocabulary("MAINTENANCE").without_break("MAINTE-", "NANCE") == "MAINTENANCE"
    assert vocabulary("das Gebirge, die Gaben").without_break("das Ge-", "birge") == "das Gebirge"
    assert vocabulary("en gaven til havnen").without_break("gav-", "en til") == "gaven til"


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("the salt-", "resistant coat", "the salt-resistant coat"),
        ("the car-", "pets of it", "the carpets of it"),
        ("an over-", "heating pump", "an overheating pump"),
        ("of Black-", "wood", "of Blackwood"),
    ],
)
def test_in_an_english_text_two_words_keep_their_hyphen(above: str, below: str, joined: str) -> None:
    assert vocabulary(PROSE).without_break(above, below) == joined


def test_a_text_in_another_language_is_not_judged_by_english_words() -> None:
    german = vocabulary("der Wind weht über den Park und die alte Mauer am Rand der Stadt ist im Herbst ganz nass")
    assert german.without_break("wind-", "park") == "windpark"
