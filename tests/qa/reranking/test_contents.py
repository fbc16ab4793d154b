"""A table of contents never comes before what it points to, and its own words are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest import Library, add
from ingest.reading.contents_pages import is_contents
from qa import Asker
from tests.conftest import settings_in

CHAPTERS = {
    "Winter storage": ["Boats are lifted out in October and stand in the hall.", "The hall is kept above two degrees."],
    "Mooring fees": ["A berth costs 14 a night for boats of up to eight metres.", "Longer boats pay 21."],
    "Lost keys": ["The harbour office has a second key to each gate.", "A new one takes three days."],
    "Fuel and water": ["Diesel is sold at the west pier until six.", "Water is free of charge."],
}


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """A handbook with a contents page, which also names a chapter that is not there."""
    folder = tmp_path_factory.mktemp("contents")
    settings = settings_in(folder)
    canvas = Canvas(str(folder / "handbook.pdf"))
    canvas.setFont("Helvetica-Bold", 18)
    canvas.drawString(72, 760, "Contents")
    canvas.setFont("Helvetica", 11)
    for number, title in enumerate([*CHAPTERS, "Regatta calendar"], 1):
        canvas.drawString(72, 740 - 18 * number, f"{number} {title} {'.' * 60} {number + 1}")
    for number, (title, lines) in enumerate(CHAPTERS.items(), 1):
        canvas.showPage()
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 760, f"{number} {title}")
        canvas.setFont("Helvetica", 11)
        for place, line in enumerate(lines):
            canvas.drawString(72, 730 - 14 * place, line)
    canvas.save()
    with Library(settings) as library:
        assert add(Path(folder / "handbook.pdf"), library, settings).status == "added"
        yield Asker(library, settings)


@pytest.mark.parametrize("title", CHAPTERS)
def test_the_chapter_comes_before_the_contents_that_name_it(asker: Asker, title: str) -> None:
    hits = asker.ask(title).hits
    assert hits[0].candidate.passage.heading == f"{[*CHAPTERS].index(title) + 1} {title}"
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert [hit.verdict for hit in hits if is_contents(hit.candidate.passage.text, "Contents")] != ["answers"]


def test_words_that_only_the_contents_have_are_found_there_and_it_does_not_answer(asker: Asker) -> None:
    hit = asker.ask("Regatta calendar").hits[0]
    assert "Regatta calendar" in hit.candidate.passage.text
    assert hit.candidate.passage.page == 1
    assert hit.verdict != "answers"
