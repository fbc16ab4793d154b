"""OpenDocument texts and presentations: numbers, lists, tables, notes, comments, what is hidden or drawn, slides."""

from pathlib import Path

import pytest

from ingest.document import NotRead, Section
from ingest.errors import CannotRead
from ingest.reading.contents import Contents
from ingest.reading.formats.opendocument import slides, text
from ingest.reading.recognise import file_type_of
from ingest.reading.refusals import protected
from tests.ingest.reading.old_office import SLIDES, SPACES, TEXT, frame, open_document, slide

HIDDEN = '<style:style style:name="h" style:family="text"><style:text-properties text:display="none"/></style:style>'
NUMBERS = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/></text:list-style>'
)
OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/><text:outline-level-style '
    'text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
)
CHART = (
    f"<office:document-content {SPACES}><office:body><office:chart><chart:chart><chart:title><text:p>Sales</text:p>"
    "</chart:title><table:table><table:table-row><table:table-cell><text:p>East</text:p></table:table-cell>"
    "<table:table-cell><text:p>3</text:p></table:table-cell></table:table-row></table:table></chart:chart>"
    "</office:chart></office:body></office:document-content>"
)
FORMULA = (
    '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi>'
    "<mn>2</mn></msup></mrow><annotation>E = m c^2</annotation></semantics></math>"
)


def found(contents: Contents) -> list[tuple[str | None, str]]:
    return [(one.heading, one.text) for one in contents.sections if isinstance(one, Section)]


def read(path: Path, body: str, styles: str = "", automatic: str = "", more: dict[str, str] | None = None) -> str:
    contents = text.read(open_document(path / "a.odt", body, styles, automatic, more))
    return "\n\n".join(words for _, words in found(contents))


def not_read(path: Path, body: str, more: dict[str, str] | None = None) -> list[NotRead]:
    contents = text.read(open_document(path / "a.odt", f"<text:p>a</text:p>{body}", more=more))
    return [one for one in contents.sections if isinstance(one, NotRead)]


def p(*content: str) -> str:
    return f"<text:p>{''.join(content)}</text:p>"


def items(*content: str, more: str = "") -> str:
    return f"<text:list{more}>{''.join(f'<text:list-item>{one}</text:list-item>' for one in content)}</text:list>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"


def cells(*words: str, more: str = "") -> str:
    return "".join(f"<table:table-cell{more}>{p(word)}</table:table-cell>" for word in words)


COVERED = "<table:covered-table-cell/>"


@pytest.mark.parametrize(
    ("inline", "shown"),
    [
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a   b\tc\nd"),
        ("a\n   b <text:span>c </text:span>d", "a b c d"),
        ('a<text:span text:style-name="h"> unseen</text:span>b', "ab"),
        ('a<text:bookmark text:name="x"/><text:soft-page-break/><text:placeholder>fill in</text:placeholder>b', "ab"),
        ('see <text:bookmark-ref text:ref-name="x">clause 3</text:bookmark-ref>', "see clause 3"),
        ('<text:a xlink:href="http://x">our site</text:a>', "our site"),
        (
            "<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>ひがし</text:ruby-text></text:ruby>",
            "東(ひがし)",
        ),
        ('a<text:s text:c="99999999999999999999"/>b<text:s text:c="x"/>c', "a b c"),
    ],
)
def test_a_paragraph_has_the_words_that_a_person_sees(tmp_path: Path, inline: str, shown: str) -> None:
    assert read(tmp_path, p(inline), automatic=HIDDEN) == shown


def test_headings_begin_sections_with_their_numbers(tmp_path: Path) -> None:
    body = (
        '<text:h text:outline-level="1">Gate</text:h><text:h text:outline-level="2">Hours</text:h><text:p>Six.</text:p>'
        '<text:h text:outline-level="2" text:is-list-header="true">Key</text:h><text:p>Inside.</text:p>'
    )
    path = open_document(tmp_path / "a.odt", body, styles=OUTLINE)
    assert found(text.read(path)) == [("1 Gate > 1.1 Hours", "Six."), ("1 Gate > Key", "Inside.")]


def test_lists_count_on_and_begin_anew_as_they_are_shown(tmp_path: Path) -> None:
    style = ' text:style-name="L"'
    body = (
        items(p("One") + items(p("Inner") + items(p("Dot"))), p("Two") + p("More of it"), more=f'{style} xml:id="a"')
        + p("Between.")
        + items(p("Three"), more=f'{style} text:continue-list="a"')
        + p("Again.")
        + items(p("First"), more=style)
        + '<text:list text:style-name="L"><text:list-item text:start-value="7"><text:p>Seven</text:p></text:list-item>'
        "<text:list-header><text:p>No number</text:p></text:list-header></text:list>"
    )
    assert read(tmp_path, body, automatic=NUMBERS) == (
        "1. One\n1.1 Inner\n    - Dot\n2. Two\n\nMore of it\n\nBetween.\n\n3. Three\n\nAgain.\n\n"
        "1. First\n7. Seven\n\nNo number"
    )


def test_merged_cells_are_in_each_row_and_column_that_they_cover(tmp_path: Path) -> None:
    body = table(
        cells("City") + cells("Prices", more=' table:number-columns-spanned="2"') + COVERED,
        cells("", "Low", "High"),
        cells("Oslo", more=' table:number-rows-spanned="2"') + cells("1", "2"),
        COVERED + cells("3", "4"),
    )
    assert (
        read(tmp_path, body)
        == "City: Oslo · Prices Low: 1 · Prices High: 2\nCity: Oslo · Prices Low: 3 · Prices High: 4"
    )


def test_repeated_cells_and_rows_are_bounded(tmp_path: Path) -> None:
    inner = cells("x", more=' table:number-columns-repeated="16384"')
    for _ in range(20):
        inner = (
            '<table:table-cell table:number-columns-repeated="1000"><table:table><table:table-row '
            f'table:number-rows-repeated="1000000">{inner}</table:table-row></table:table></table:table-cell>'
        )
    assert len(read(tmp_path, table(inner))) < 100_000


def test_notes_and_comments_stand_below_their_paragraph(tmp_path: Path) -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body>'
        "</text:note>"
    )
    comment = f"<office:annotation><dc:creator>Ada</dc:creator><dc:date>2024</dc:date>{p('Check.')}</office:annotation>"
    body = p(
        "Gate",
        note.format("footnote", p("Not on Sundays.")),
        " opens",
        note.format("endnote", p("Since 1990.")),
        comment,
    )
    assert read(tmp_path, body) == (
        "Gate[1] opens[i]\nFootnote 1: Not on Sundays.\nEndnote i: Since 1990.\nComment by Ada: Check."
    )


def test_changes_are_as_after_accepting_them(tmp_path: Path) -> None:
    region = f"<text:changed-region><text:deletion>{p('seven')}</text:deletion></text:changed-region>"
    gone = f"<text:tracked-changes>{region}</text:tracked-changes>"
    body = gone + p("At ", '<text:change text:change-id="a"/>', "<text:change-start/>six<text:change-end/>", ".")
    assert read(tmp_path, body) == "At six."


def test_a_hidden_section_is_left_out_and_headers_stand_once(tmp_path: Path) -> None:
    page = (
        '<style:master-page style:name="{}"><style:header><text:p>ACME</text:p></style:header><style:footer>'
        "<text:p>Page "
        "<text:page-number>1</text:page-number></text:p></style:footer></style:master-page>"
    )
    body = f'<text:section text:display="none">{p("unseen")}</text:section><text:section>{p("Seen.")}</text:section>'
    assert read(tmp_path, body, styles=page.format("A") + page.format("B")) == "Header: ACME\n\nSeen."


def test_a_table_of_contents_that_repeats_headings_is_left_out(tmp_path: Path) -> None:
    body = (
        "<text:table-of-content><text:index-body><text:index-title><text:p>Contents</text:p></text:index-title>"
        "<text:p>Gate<text:tab/>1</text:p></text:index-body></text:table-of-content>"
        '<text:h text:outline-level="1">Gate</text:h><text:p>Six.</text:p>'
    )
    assert read(tmp_path, body) == "Six."


def test_what_is_drawn_is_read_or_named(tmp_path: Path) -> None:
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    shape = "<draw:g><draw:custom-shape><text:p>In a group.</text:p></draw:custom-shape></draw:g>"
    described = "<draw:frame><draw:image/><svg:desc>A map</svg:desc></draw:frame>"
    assert read(tmp_path, p("Text ", box, shape, described)) == "Text A map\n\nIn a box.\n\nIn a group."
    large = '<draw:frame draw:name="Photo" svg:width="6in" svg:height="12cm"><draw:image/></draw:frame>'
    ole = '<draw:frame draw:name="Sheet"><draw:object-ole/></draw:frame>'
    assert not_read(tmp_path, p(large, ole)) == [NotRead("picture", "Photo"), NotRead("embedded object", "Sheet")]


def test_charts_and_formulas_are_read(tmp_path: Path) -> None:
    body = p('<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>')
    assert read(tmp_path, body, more={"Object 1/content.xml": CHART}) == "Sales\n\nEast | 3"
    assert read(tmp_path, body, more={"Object 1/content.xml": FORMULA}) == "E=mc^2"
    assert not_read(tmp_path, body, {"Object 1/content.xml": "<broken"}) == [NotRead("embedded object")]


def test_a_flat_file_is_read_and_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?>\n<office:document {SPACES} office:mimetype="{TEXT}"><office:body><office:text>'
        "<text:p>Six.</text:p></office:text></office:body></office:document>"
    )
    kind = file_type_of(path, "a.xml")
    assert kind.name == "OpenDocument text"
    assert found(text.read(path)) == [(None, "Six.")]


@pytest.mark.parametrize(("kind", "reader"), [(TEXT, text.read), (SLIDES, slides.read)])
def test_a_file_with_a_password_is_refused(tmp_path: Path, kind: str, reader: object) -> None:
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = f"<manifest:manifest {SPACES}>{entry}</manifest:manifest>"
    path = open_document(tmp_path / "a", "", kind=kind, more={"META-INF/manifest.xml": manifest})
    assert callable(reader)
    with pytest.raises(CannotRead) as refused:
        reader(path)
    assert str(refused.value) == protected(file_type_of(path, "a"))


def test_a_file_of_another_kind_inside_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no text"):
        text.read(open_document(tmp_path / "a.odt", "", kind=SLIDES))
    with pytest.raises(ValueError, match="no presentation"):
        slides.read(open_document(tmp_path / "a.odp", ""))


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = tmp_path / "a.fodt"
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "secret">]><office:document {SPACES}><office:body><office:text>'
        "<text:p>x&a;y</text:p></office:text></office:body></office:document>"
    )
    assert "secret" not in str(found(text.read(path)))


def show(path: Path, body: str, automatic: str = "") -> list[tuple[int | None, str | None, str]]:
    contents = slides.read(open_document(path / "a.odp", body, automatic=automatic, kind=SLIDES))
    return [(one.page, one.heading, one.text) for one in contents.sections if isinstance(one, Section)]


def test_each_slide_is_a_section_read_from_top_to_bottom(tmp_path: Path) -> None:
    body = slide("Results", frame("Second", 'svg:y="9cm"'), frame("First", 'svg:y="1in"')) + slide("Empty")
    assert show(tmp_path, body) == [(1, "Results", "First\n\nSecond"), (2, None, "Empty")]


def test_hidden_slides_notes_comments_and_footers(tmp_path: Path) -> None:
    style = (
        '<style:style style:name="h" style:family="drawing-page"><style:drawing-page-properties '
        'presentation:visibility="hidden"/></style:style>'
    )
    notes = (
        f"<presentation:notes>{frame('Mention it', kind='notes')}{frame('3', kind='page-number')}</presentation:notes>"
    )
    comment = "<office:annotation><dc:creator>Ada</dc:creator><text:p>Check.</text:p></office:annotation>"
    footer = '<presentation:footer-decl presentation:name="f">ACME</presentation:footer-decl>'
    used = ' presentation:use-footer-name="f"'
    body = footer + slide("Plan", frame("Hire"), comment, notes, more=used)
    body += slide("Secret", frame("Words"), more=f'{used} draw:style-name="h"')
    assert show(tmp_path, body, style) == [
        (1, "Plan", "Hire\n\nComment by Ada: Check.\n\nACME\n\nNotes: Mention it"),
        (2, "Secret (hidden slide)", "Words"),
    ]


def test_tables_and_lists_on_slides(tmp_path: Path) -> None:
    grid = f"<draw:frame>{table(cells('Step', 'Month', 'Who'), cells('Hire', 'May', 'Ada'))}</draw:frame>"
    listed = items(p("One") + items(p("Inner")), more=' text:style-name="L"')
    bullets = f"<draw:frame><draw:text-box>{listed}</draw:text-box></draw:frame>"
    numbers = NUMBERS.replace("list-level-style-number", "list-level-style-bullet")
    assert show(tmp_path, slide("Plan", grid, bullets), numbers) == [
        (1, "Plan", "Step: Hire · Month: May · Who: Ada\n\n- One\n  - Inner")
    ]
