"""Text boxes, shapes, pictures, charts, diagrams, embedded objects: their text, or that they are not read."""

from pathlib import Path

from ingest.document import NotRead
from tests.ingest.reading.formats.word.documents import (
    cell,
    document,
    drawing,
    element,
    not_read,
    p,
    parts,
    r,
    row,
    table,
    text,
    text_box,
)  # fmt: skip


def run(content: str) -> str:
    return f"<w:r>{content}</w:r>"


def test_a_text_box_is_read_once_after_its_paragraph(tmp_path: Path) -> None:
    box = text_box(p("Ring twice.", style="Heading1"), table(row("Day", "From", "To"), row("Friday", "8", "12")))
    path = document(tmp_path / "a.docx", p("Welcome", box, " in.") + p("Wipe your feet."))
    assert text(path) == "Welcome in.\n\nRing twice.\n\nDay: Friday · From: 8 · To: 12\n\nWipe your feet."


def test_a_text_box_of_an_old_program_is_read(tmp_path: Path) -> None:
    old = (
        "<w:pict><v:group><v:rect><v:textbox><w:txbxContent>"
        + p("Mind the step.")
        + "</w:txbxContent></v:textbox></v:rect></v:group></w:pict>"
    )
    assert text(document(tmp_path / "a.docx", p(run(old)))) == "Mind the step."


def test_boxes_in_boxes_cells_and_groups_are_read(tmp_path: Path) -> None:
    group = drawing(
        "<wpg>"
        + "".join(
            f"<wps:wsp><wps:txbx><w:txbxContent>{p(one)}</w:txbxContent></wps:txbx></wps:wsp>"
            for one in ("Left.", "Right.")
        )
        + "</wpg>"
    )
    body = p(text_box(p("Outer.", text_box(p("Inner."))))) + table(
        row("A", "B", "C"), row("1", cell(p("2", text_box(p("boxed")))), "3")
    )
    path = document(tmp_path / "a.docx", body + p(run(group)))
    assert text(path) == "Outer.\n\nInner.\n\nA: 1 · B: 2 boxed · C: 3\n\nLeft.\n\nRight."


def test_the_form_for_old_programs_is_read_where_the_new_one_shows_nothing(tmp_path: Path) -> None:
    both = (
        "<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:shape>"
        "<v:textpath string='DRAFT'/></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert text(document(tmp_path / "a.docx", p("Plan", run(both)))) == "Plan\n\nDRAFT"


def test_descriptions_of_pictures_stand_in_the_text(tmp_path: Path) -> None:
    picture = drawing("<pic:pic/>", "A heron by the lake")
    old = "<w:pict><v:shape><v:imagedata o:title='A swan'/></v:shape></w:pict>"
    path = document(tmp_path / "a.docx", p("Birds: ", run(picture), "and ", run(old)))
    assert text(path) == "Birds: A heron by the lake and A swan"


def test_a_large_picture_without_a_description_is_named_and_a_small_one_is_not(tmp_path: Path) -> None:
    large, small = drawing("<pic:pic/>", size=(5_000_000, 3_000_000)), drawing("<pic:pic/>", size=(300_000, 300_000))
    path = document(tmp_path / "a.docx", p("Plan", run(large), run(small)))
    assert (text(path), not_read(path)) == ("Plan", [NotRead("picture")])


def series(name: str, names: list[str], values: list[str]) -> str:
    points = [
        "".join(f'<c:pt idx="{place}"><c:v>{one}</c:v></c:pt>' for place, one in enumerate(ones))
        for ones in (names, values)
    ]
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
        f"<c:cat><c:strRef><c:strCache>{points[0]}</c:strCache></c:strRef></c:cat><c:val><c:numRef><c:numCache>{points[1]}</c:numCache>"
        "</c:numRef></c:val></c:ser>"
    )


def test_the_names_and_values_of_a_chart_are_read(tmp_path: Path) -> None:
    title = "<c:title><c:tx><c:rich><a:p><a:r><a:t>Visitors</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    chart = element(
        "c:chartSpace", f"<c:chart>{title}{series('2030', ['May', 'June'], ['12', '15.250000000000002'])}</c:chart>"
    )
    body = p("Here:", run(drawing('<c:chart r:id="chart1"/>')))
    path = document(tmp_path / "a.docx", body, {"chart1.xml": ("chart", chart)})
    assert (text(path), not_read(path)) == ("Here:\n\nVisitors\n2030: May: 12 · June: 15.25", [])


def test_the_values_of_a_chart_are_shown_in_its_formats(tmp_path: Path) -> None:
    def chart(name: str, form: str) -> str:
        made = series("Share", ["46000", "46031"], ["0.254", "0.5"])
        place = "<c:strRef><c:strCache>" if name == "cat" else "<c:numRef><c:numCache>"
        made = made.replace(f"<c:{name}>{place}", f"<c:{name}>{place}<c:formatCode>{form}</c:formatCode>")
        return element("c:chartSpace", made)

    files = {"chart1.xml": ("chart", chart("val", "0.0%")), "chart2.xml": ("chart", chart("cat", "mmm\\-yy;@"))}
    body = p(run(drawing('<c:chart r:id="chart1"/>')), run(drawing('<c:chart r:id="chart2"/>')))
    assert text(document(tmp_path / "a.docx", body, files)) == (
        "Share: 46000: 25.4% · 46031: 50.0%\n\nShare: 2025-12-09: 0.254 · 2026-01-09: 0.5"
    )


def test_a_chart_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    body = p("Here:", run(drawing('<c:chart r:id="chart1"/>')), run(drawing('<cx:chart r:id="no"/>')))
    path = document(tmp_path / "a.docx", body, {"chart1.xml": ("chart", "<broken")})
    assert text(path) == "Here:"
    assert [one.kind for one in not_read(path)] == ["chart", "chart", "damaged part"]


def test_the_points_of_a_diagram_are_read_in_their_order(tmp_path: Path) -> None:
    def point(name: str, words: str = "", kind: str = "node") -> str:
        return (
            f'<dgm:pt modelId="{name}" type="{kind}"><dgm:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></dgm:t></dgm:pt>'
        )

    links = [("0", "b", 1), ("0", "a", 0), ("a", "c", 0), ("c", "a", 0), ("x", "y", 0), ("y", "x", 0)]
    cxn = [f'<dgm:cxn srcId="{above}" destId="{below}" srcOrd="{order}"/>' for above, below, order in links]
    data = element(
        "dgm:dataModel",
        "<dgm:ptLst>" + point("0", kind="doc") + point("b", "Bake") + point("a", "Mix") + point("c", "with milk")
        + point("t", "unseen", "sibTrans") + point("x", "round") + point("y", "and round") + "</dgm:ptLst><dgm:cxnLst>"
        + "".join(cxn) + "</dgm:cxnLst>",
    )  # fmt: skip
    body = p("Steps:", run(drawing('<dgm:relIds r:dm="data1"/>')))
    path = document(tmp_path / "a.docx", body, {"data1.xml": ("diagramData", data)})
    # Two points of a circle hang below none of the others, and are read all the same.
    assert text(path) == "Steps:\n\n- Mix\n  - with milk\n- Bake\n- round\n- and round"


def test_what_is_embedded_and_not_read_is_named(tmp_path: Path) -> None:
    sheet = "<w:object><v:shape/><o:OLEObject ProgID='Excel.Sheet.12'/></w:object>"
    formula = "<w:object><v:shape/><o:OLEObject ProgID='Equation.3'/></w:object>"
    body = p("Costs", run(sheet)) + table(row("A", cell(p("x", run(formula)))), row("B", "y"))
    path = document(tmp_path / "a.docx", body)
    assert not_read(path) == [NotRead("embedded object", "Excel.Sheet.12"), NotRead("equation")]


def test_a_hidden_drawing_is_not_read(tmp_path: Path) -> None:
    hidden = drawing("<pic:pic/>", "secret").replace("<wp:docPr ", '<wp:docPr hidden="1" ')
    assert parts(document(tmp_path / "a.docx", p(r("Seen."), run(hidden)))) == [(None, "Seen.")]
