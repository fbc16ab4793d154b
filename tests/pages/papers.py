"""Makes the documents that the tests add: a PDF and a Word file with facts that stand nowhere else."""

from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate

LIGHTHOUSE = (
    "The lighthouse of Skerry Point was built in 1871 by two brothers from the village, who cut every stone themselves "
    "and brought it over at low tide. It has been white ever since, with a single red band below the gallery.",
    "A stair of 217 steps leads from the door up to the lamp room. There is a bench after every fiftieth step, and "
    "whoever is short of breath may turn round there, for the stair is wide enough for two.",
    "The lamp turns once in eighteen seconds and is seen from 24 sea miles away. Its lens weighs three tons and floats "
    "on mercury, so that a child can move it with one finger.",
    "Visitors are let in from May to September, on Wednesdays and Sundays between ten and four. Dogs wait outside, "
    "where a bowl of water and a ring for the lead are found beside the well.",
    "In a storm the keeper lights the second lamp and rings the bell every two minutes. The boat is then drawn up to "
    "the boathouse and fastened with both chains.",
    "The tower is painted anew every fifth year with lime from the mainland. The work takes three weeks and is done "
    "from a plank that hangs from the gallery.",
)
CHOIR = {
    "Rehearsals": "The choir rehearses on Thursdays at half past seven in the hall of the old school. The door is "
    "locked at a quarter to eight, so that the warming-up is not disturbed.",
    "Fees": "Membership costs 48 euros a year, and half of that for pupils and students. It is paid in January, to the "
    "treasurer or by standing order.",
    "Concert dress": "At concerts singers wear dark green with a grey scarf, which the choir lends. Shoes are black. "
    "Jewellery that rattles stays at home.",
    "Absence": "Whoever misses more than three rehearsals in a row sings the piece to the conductor before the "
    "concert. Illness is told to the section leader by noon.",
    "Sheet music": "The sheet music belongs to the choir and goes back into the cupboard after the last concert. Marks "
    "are made in pencil only.",
    "Travel": "On journeys two singers share a room. The choir pays for the coach; everybody pays for their own meals.",
}


def lighthouse_pdf(folder: Path) -> Path:
    """A PDF of six pages, a fact or two on each."""
    path, style = folder / "lighthouse.pdf", getSampleStyleSheet()["BodyText"]
    story: list[Flowable] = [part for text in LIGHTHOUSE for part in (Paragraph(text, style), PageBreak())]
    SimpleDocTemplate(str(path), pagesize=A4).build(story[:-1])
    return path


def choir_word(folder: Path) -> Path:
    """A Word file of six headings, a fact or two below each."""
    return word(folder / "choir.docx", CHOIR)


def word(path: Path, parts: dict[str, str]) -> Path:
    """A Word file with these headings and the text below each."""
    document = docx.Document()
    for heading, text in parts.items():
        document.add_heading(heading, 1)
        document.add_paragraph(text)
    document.save(str(path))
    return path
