"""Comments, footnotes and endnotes stand at the paragraph that they are about."""

from pathlib import Path

from tests.ingest.reading.formats.word.documents import (
    STYLES,
    cell,
    document,
    item,
    level,
    lists,
    p,
    parts,
    r,
    row,
    table,
    text,
)

COMMENTS = (
    f'<w:comment w:id="4" w:author="Nils Aho">{p("Is this still true?")}{p("Ask the landlord.")}</w:comment>'
    f'<w:comment w:id="5" w:author="Eva Roth">{p("Yes, since May.")}</w:comment>'
)


def mark(kind: str, number: int, more: str = "") -> str:
    """A mark in the text that leads to a comment or note."""
    return f'<w:r><w:{kind}Reference w:id="{number}"{more}/></w:r>'


def test_comments_stand_below_their_paragraph_with_their_authors(tmp_path: Path) -> None:
    body = p("Pets are allowed.", mark("comment", 4), mark("comment", 5)) + p("Music is not.")
    path = document(tmp_path / "a.docx", body, comments=COMMENTS)
    assert text(path) == (
        "Pets are allowed.\nComment by Nils Aho: Is this still true? Ask the landlord.\n"
        "Comment by Eva Roth: Yes, since May.\n\nMusic is not."
    )


def test_a_comment_on_a_heading_an_item_or_a_cell_is_kept(tmp_path: Path) -> None:
    body = (
        p("Pets", mark("comment", 4), style="Heading1") + item("Cats", of=1)
        + table(row("Animal", "Fee", "Since"), row("Dog", cell(p("9", mark("comment", 5))), "May"))
    )  # fmt: skip
    path = document(tmp_path / "a.docx", body, comments=COMMENTS, numbering=lists(level(0, "%1.")))
    assert parts(path) == [
        (
            "Pets",
            "Comment by Nils Aho: Is this still true? Ask the landlord.\n\n1. Cats\n\n"
            "Animal: Dog · Fee: 9 (Comment by Eva Roth: Yes, since May.) · Since: May",
        )
    ]


def test_footnotes_and_endnotes_are_numbered_and_stand_at_their_paragraph(tmp_path: Path) -> None:
    notes = "".join(f'<w:footnote w:id="{number}">{p(f"Note {number}.")}</w:footnote>' for number in (2, 3))
    body = (
        p("One", mark("footnote", 2), " and two", mark("endnote", 2), ".") + p("Three", mark("footnote", 3), ".")
        + p("Again", mark("footnote", 3), ".")
    )  # fmt: skip
    path = document(
        tmp_path / "a.docx", body, footnotes=notes, endnotes=f'<w:endnote w:id="2">{p("At the end.")}</w:endnote>'
    )
    assert text(path) == (
        "One[1] and two[i].\nFootnote 1: Note 2.\nEndnote i: At the end.\n\nThree[2].\nFootnote 2: Note 3.\n\nAgain."
    )


def test_a_note_with_a_sign_of_its_own_has_no_number(tmp_path: Path) -> None:
    body = p("Free", mark("footnote", 2, ' w:customMarkFollows="1"'), "*", " entry", mark("footnote", 3))
    notes = f'<w:footnote w:id="2">{p("* for children")}</w:footnote><w:footnote w:id="3">{p("till six")}</w:footnote>'
    path = document(tmp_path / "a.docx", body, footnotes=notes)
    assert text(path) == "Free* entry[1]\nFootnote: * for children\nFootnote 1: till six"


def test_notes_are_numbered_as_the_document_says(tmp_path: Path) -> None:
    settings = '<w:footnotePr><w:numFmt w:val="upperLetter"/><w:numStart w:val="3"/></w:footnotePr>'
    path = document(
        tmp_path / "a.docx", p("Free", mark("footnote", 2)),
        settings=settings, footnotes=f'<w:footnote w:id="2">{p("Not in May.")}</w:footnote>',
    )  # fmt: skip
    assert text(path) == "Free[C]\nFootnote C: Not in May."


def test_a_note_that_refers_to_itself_or_to_none_does_no_harm(tmp_path: Path) -> None:
    body = p("Free", mark("footnote", 2), mark("comment", 77))
    path = document(
        tmp_path / "a.docx", body, footnotes=f'<w:footnote w:id="2">{p("See", mark("footnote", 2))}</w:footnote>'
    )
    assert text(path) == "Free[1]\nFootnote 1: See"


def test_the_styles_of_a_document_may_be_missing(tmp_path: Path) -> None:
    assert STYLES
    path = document(tmp_path / "a.docx", p("Pets", style="Heading1") + p(r("Allowed.")), styles="")
    assert parts(path) == [("Pets", "Allowed.")]
