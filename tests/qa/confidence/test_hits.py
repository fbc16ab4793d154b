"""Places that were left empty, as in a form: they answer nothing, and this is said."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest import Library, add
from qa import Answer, Asker
from tests.conftest import settings_in, written

FIELDS = {"Mooring": "", "Date of survey": "", "Boat name": "Heron", "Skipper": "", "Berth": "14 b"}


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """A form with fields that are filled and fields that are not, a workbook that was never calculated, and a note."""
    folder = tmp_path_factory.mktemp("forms")
    settings = settings_in(folder)
    canvas = Canvas(str(folder / "survey.pdf"))
    for number, (label, value) in enumerate(FIELDS.items()):
        canvas.drawString(72, 760 - 40 * number, f"{label}:")
        canvas.acroForm.textfield(name=label, value=value, x=200, y=755 - 40 * number, width=200, height=18)
    canvas.save()
    book = openpyxl.Workbook()
    for row in (["Part", "Price"], ["Rope", 40], ["Anchor", 110], ["Sum of all parts", "=SUM(B2:B3)"]):
        book.active.append(row)
    book.save(folder / "parts.xlsx")
    written(
        folder, "crane.txt", "Crane form\n\nName of the crane driver: ________\n\nThe crane lifts at most 9 tonnes."
    )
    with Library(settings) as library:
        for name in ("survey.pdf", "parts.xlsx", "crane.txt"):
            assert add(folder / name, library, settings).status == "added"
        yield Asker(library, settings)


def quoted(answer: Answer) -> str:
    hit = answer.hits[0]
    return hit.best.words(hit.candidate.passage.text) if hit.best else ""


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("What is the date of survey?", "Date of survey: (empty)"),
        ("What is the sum of all parts?", "Part: Sum of all parts · Price: =SUM(B2:B3) (not calculated)"),
        ("What is the name of the crane driver?", "Name of the crane driver: ________"),
    ],
)
def test_a_place_that_was_left_empty_answers_nothing_and_this_is_said(asker: Asker, question: str, place: str) -> None:
    answer = asker.ask(question)
    assert (answer.outcome, answer.answered, quoted(answer)) == ("left empty", False, place)
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert {hit.verdict for hit in answer.hits[1:]} <= {"left empty", "related"}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the name of the boat?", "Boat name: Heron"),
        ("What does a rope cost?", "Part: Rope · Price: 40"),
        ("How much can the crane lift?", "The crane lifts at most 9 tonnes."),
    ],
)
def test_what_stands_beside_it_answers_as_ever(asker: Asker, question: str, said: str) -> None:
    answer = asker.ask(question)
    assert (answer.outcome, quoted(answer)) == ("answers", said)


def test_where_another_document_has_what_one_left_empty_the_other_is_first(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with Library(settings) as library:
        for name, date in (("a.txt", "________"), ("b.txt", "3 May 2026")):
            path = written(tmp_path, name, f"Survey of the boat {name[0]}\n\nThe date of survey is: {date}")
            assert add(path, library, settings).status == "added"
        answer = Asker(library, settings).ask("What is the date of survey?")
    assert answer.answered
    assert quoted(answer) == "The date of survey is: 3 May 2026"
    assert [hit.candidate.document.name for hit in answer.hits] == ["b.txt", "a.txt"]
    assert answer.hits[1].verdict == "left empty"
