"""What is quoted: of a list of questions in any format the answer, in a follow-up what its new words ask."""

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest

from ingest import Library, Settings, add
from qa import Asker, Options
from qa.confidence.verdict_words import quotation
from tests.conftest import settings_in

# Of each file the question that it has, what is asked, and what answers; the other questions are in all files.
FILES = {
    "kiln.jsonl": ("How long is the guarantee on the kiln?", "kiln guarantee", "Thirty months from delivery."),
    "loom.csv": ("How long may I rent the loom?", "How long may I rent the loom?", "Up to nine weeks at a time."),
    "lathe.html": ("Who may use the lathe?", "Who may use the lathe?", "Only members who passed the course."),
    "press.md": ("What does the press cost per hour?", "price of the press", "It costs £4 for members."),
    "anvil.docx": ("Where is the anvil kept?", "Where is the anvil kept?", "It stands in the shed behind the gate."),
    "wheel.txt": ("When is the wheel repaired?", "When is the wheel repaired?", "The smith comes on 4 May."),
}
HOLIDAY = "Full-time staff have 26 days of holiday. Part-time staff have days of holiday by their share of the week."
OTHERS = [
    ("Is there coffee?", "Yes, in the kitchen on the first floor."),
    ("May I bring my children?", "From the age of six, with an adult."),
]


def write(path: Path, rows: list[tuple[str, str]]) -> None:
    """Write a list of questions and answers in the format that the name of the file tells."""
    kind = path.suffix
    if kind == ".docx":
        document = docx.Document()
        for question, answer in rows:
            document.add_paragraph(question)
            document.add_paragraph(answer)
        document.save(str(path))
    elif kind == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [("id", "question", "answer", "kind"), *((f"r{n}", *row, "plain") for n, row in enumerate(rows))]
            )
    else:
        as_text: dict[str, Callable[[int, str, str], str]] = {
            ".jsonl": lambda n, q, a: json.dumps({"id": f"r{n}", "question": q, "answer": a, "kind": "plain"}) + "\n",
            ".html": lambda n, q, a: f"<h3>{q}</h3><p>{a}</p>",
            ".md": lambda n, q, a: f"**{q}**\n\n{a}\n\n",
            ".txt": lambda n, q, a: f"Q: {q}\nA: {a}\n\n",
        }
        path.write_text("".join(as_text[kind](n, *row) for n, row in enumerate(rows)), encoding="utf-8")


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """Of a library of all these files, and one that lists no questions."""
    folder = tmp_path_factory.mktemp("questions")
    settings: Settings = settings_in(folder / "library")
    with Library(settings) as library:
        for name, (question, _, answer) in FILES.items():
            write(folder / name, [OTHERS[0], (question, answer), OTHERS[1]])
            assert add(folder / name, library, settings).status == "added"
        (folder / "holiday.txt").write_text(HOLIDAY, encoding="utf-8")
        assert add(folder / "holiday.txt", library, settings).status == "added"
        yield Asker(library, settings)


@pytest.mark.parametrize("name", FILES)
def test_the_answer_is_quoted_and_not_the_question_that_the_file_repeats(asker: Asker, name: str) -> None:
    _, asked, answer = FILES[name]
    found = asker.ask(asked)
    assert found.hits[0].candidate.document.name == name
    assert quotation(found) == [answer]


def test_a_follow_up_is_answered_with_the_sentence_for_its_new_words(asker: Asker) -> None:
    first, then = "How many days of holiday do full-time staff have?", "and part-time staff?"
    full, part = HOLIDAY.split(". ")
    assert quotation(asker.ask(first)) == [f"{full}."]
    assert quotation(asker.ask(f"{first} {then}", Options(new_words=then))) == [part]
