"""A question that names a section, clause, article or page by its number finds it among many like it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest import Library, add
from qa import Asker
from qa.confidence.verdict_words import quotation
from tests.conftest import SharedLibrary, settings_in, written

SUBJECTS = ("Subject", "Delivery", "Defects", "Payment", "Liability", "Secrecy", "Notice", "Disputes", "Law", "Ending")
SAID = "Both parties keep to what is agreed here and tell each other in writing what changes."


def minutes(path: Path) -> Path:
    """A page for each subject."""
    canvas = Canvas(str(path))
    for name in SUBJECTS:
        canvas.drawString(72, 700, f"We talked about the {name.lower()} for an hour.")
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def contracts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedLibrary]:
    folder = tmp_path_factory.mktemp("contracts")
    settings = settings_in(folder)
    numbered = list(enumerate(SUBJECTS, start=1))
    sections = "".join(f"## {at}. {name}\n\n{at}.1 {SAID}\n{at}.2 {name} is free.\n\n" for at, name in numbered)
    articles = "".join(f"## Article {at}\n\n{name}: {SAID}\n\n" for at, name in numbered)
    paragraphs = "".join(f"## § {20 + at} {name}\n\n{SAID}\n\n" for at, name in numbered)
    with Library(settings) as library:
        for name, text in {"supply.md": sections, "charter.md": articles, "Satzung.md": paragraphs}.items():
            assert add(written(folder, name, f"# Agreement\n\n{text}"), library, settings).status == "added"
        assert add(minutes(folder / "minutes.pdf"), library, settings).status == "added"
        yield SharedLibrary(settings, library)


@pytest.mark.parametrize(
    ("question", "document", "place"),
    [
        ("What is section 2?", "supply.md", "2. Delivery"),
        ("what's in section 7", "supply.md", "7. Notice"),
        ("What does clause 5.1 say?", "supply.md", "5. Liability"),
        ("What does article 6 say?", "charter.md", "Article 6"),
        ("What is § 29?", "Satzung.md", "§ 29 Law"),
        ("What is on page 4?", "minutes.pdf", 4),
    ],
)
def test_it_comes_first(contracts: SharedLibrary, question: str, document: str, place: str | int) -> None:
    first = Asker(contracts.library, contracts.settings).ask(question).hits[0].candidate
    assert first.document.name == document
    assert place in {(first.passage.heading or "").rpartition(" > ")[2], first.passage.page}


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("What does clause 8.2 of the agreement say?", "8.2 Disputes is free."),
        ("clause 8.2", "8.2 Disputes is free."),
        ("article 6 of the charter", f"Secrecy: {SAID}"),
    ],
)
def test_what_is_asked_for_by_its_number_alone_answers_and_is_quoted_whole(
    contracts: SharedLibrary, question: str, quoted: str
) -> None:
    answer = Asker(contracts.library, contracts.settings).ask(question)
    assert answer.outcome == "answers"
    assert quotation(answer) == [quoted]


def test_a_number_that_no_document_has_does_not_answer(contracts: SharedLibrary) -> None:
    assert Asker(contracts.library, contracts.settings).ask("What does clause 14.2 say?").outcome != "answers"


def test_the_clause_that_is_named_is_highlighted(contracts: SharedLibrary) -> None:
    best = Asker(contracts.library, contracts.settings).ask("What does clause 8.2 say?").hits[0]
    assert best.best is not None
    assert "Disputes is free." in best.best.words(best.candidate.passage.text)
