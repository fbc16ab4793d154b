"""Headers and footers: each line once, before the text, without the number of the page."""

from pathlib import Path

from ingest.document import NotRead
from tests.ingest.reading.formats.word.documents import (
    document,
    field,
    not_read,
    p,
    parts,
    r,
    row,
    table,
    text,
    text_box,
)


def section(*references: str, more: str = "") -> str:
    """A section with these headers and footers: "header1 first"."""
    made = ""
    for reference in references:
        name, kind = reference.split()
        made += f'<w:{name.rstrip("0123456789")}Reference w:type="{kind}" r:id="{name}"/>'
    return f"<w:sectPr>{made}{more}</w:sectPr>"


def test_headers_and_footers_stand_once_at_the_beginning(tmp_path: Path) -> None:
    body = p("One.", properties=section("header1 default", "footer1 default")) + p("Two.") + section("header2 default")
    path = document(
        tmp_path / "a.docx", body, header1=p("Valid from 3 June"), header2=p("Valid from 3 June") + p("Copy 2"),
        footer1=p("Lake Office"),
    )  # fmt: skip
    assert text(path) == "Header: Valid from 3 June\nCopy 2\n\nFooter: Lake Office\n\nOne.\n\nTwo."


def test_only_what_is_shown_on_some_page_is_read(tmp_path: Path) -> None:
    body = p("One.") + section("header1 default", "header2 first", "header3 even")
    headers = {"header1": p("Always"), "header2": p("First"), "header3": p("Even")}
    assert text(document(tmp_path / "a.docx", body, None, **headers)) == "Header: Always\n\nOne."
    body = p("One.") + section("header1 default", "header2 first", "header3 even", more="<w:titlePg/>")
    path = document(tmp_path / "a.docx", body, None, settings="<w:evenAndOddHeaders/>", **headers)
    assert text(path) == "Header: First\nAlways\nEven\n\nOne."


def test_the_number_of_the_page_is_left_out(tmp_path: Path) -> None:
    pages = ("Page ", field("PAGE", "3"), " of ", field("NUMPAGES \\* Arabic", "9"))
    footer = (
        p(*pages) + p("Form 17-B", "<w:r><w:tab/></w:r>", *pages) + p("Form 18 – ", *pages)
        + table(row("Bay", "Ward")) + p(f'<w:fldSimple w:instr="PAGE">{r("3")}</w:fldSimple>')
    )  # fmt: skip
    path = document(tmp_path / "a.docx", p("One.") + section("footer1 default"), footer1=footer)
    assert text(path) == "Footer: Form 17-B\nForm 18\nBay | Ward\n\nOne."


def test_boxes_and_water_marks_in_a_header_are_read(tmp_path: Path) -> None:
    mark = '<w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
    header = p("Board", text_box(p("Room 4"))) + p(mark)
    path = document(tmp_path / "a.docx", p("One.") + section("header1 default"), header1=header)
    assert text(path) == "Header: Board\nRoom 4\nCONFIDENTIAL\n\nOne."


def test_a_header_that_repeats_a_heading_is_left_out(tmp_path: Path) -> None:
    body = p("House rules", style="Heading1") + p("No fires.") + section("header1 default")
    assert parts(document(tmp_path / "a.docx", body, header1=p("House Rules"))) == [("House rules", "No fires.")]


def test_a_damaged_header_does_not_lose_the_rest(tmp_path: Path) -> None:
    body = p("One.") + section("header1 default")
    path = document(tmp_path / "a.docx", body, {"header1.xml": ("header", "<w:hdr")})
    assert (text(path), not_read(path)) == ("One.", [NotRead("damaged part", "word/header1.xml")])
