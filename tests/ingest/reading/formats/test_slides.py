"""What people see on slides: diagrams, charts, merged cells, comments, hidden slides, equations, files inside."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.chart import data as chart_data
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import PROG_ID
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Inches

from ingest.document import NotRead
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading import files

# The types of the library leave out what a shape may have.
Drawn = Any
DATA: Any = chart_data
BOX = (Inches(1), Inches(2), Inches(6), Inches(3))
DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def of(path: Path, *fills: Callable[[Any], object]) -> Reading:
    """A presentation with a slide for each of these, which put something on it."""
    show = pptx.Presentation()
    for fill in fills:
        slide = show.slides.add_slide(show.slide_layouts[5])
        slide.shapes.title.text = "Plan"
        fill(slide)
    show.save(str(path))
    return read(path, path.name, Settings(_env_file=None))


def text(path: Path, fill: Callable[[Any], object]) -> str:
    return of(path, fill).sections[0].text


def part(slide: Drawn, name: str, content: str | bytes, kind: str, media: str = "application/xml") -> str:
    """Add a part of the file to a slide. Returns how the slide names it."""
    data = content.encode() if isinstance(content, str) else content
    return str(slide.part.relate_to(Part(PackURI(name), media, slide.part.package, data), kind))


def frame(slide: Drawn, uri: str, inside: str) -> None:
    """Put a frame with this XML on a slide."""
    slide.shapes.add_table(1, 1, *BOX)
    data = slide.shapes[-1].element.find(f".//{{{MAIN}}}graphicData")
    data.set("uri", uri)
    data[:] = [etree.fromstring(inside)]


def diagram(slide: Drawn, points: str, connections: str) -> None:
    content = (
        f'<d:dataModel xmlns:d="{DIAGRAM}" xmlns:a="{MAIN}"><d:ptLst>{points}</d:ptLst>'
        f"<d:cxnLst>{connections}</d:cxnLst></d:dataModel>"
    )
    name = part(slide, "/ppt/diagrams/data1.xml", content, OFFICE + "/diagramData")
    frame(slide, DIAGRAM, f'<d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{OFFICE}" r:dm="{name}"/>')


def point(number: str, words: str = "", kind: str = "node") -> str:
    said = f"<d:t><a:p><a:r><a:t>{words}</a:t></a:r></a:p></d:t>" if words else ""
    return f'<d:pt modelId="{number}" type="{kind}">{said}</d:pt>'


def line(above: str, below: str, place: int, **more: str) -> str:
    other = "".join(f' {name}="{value}"' for name, value in more.items())
    return f'<d:cxn modelId="{above}{below}" srcId="{above}" destId="{below}" srcOrd="{place}" destOrd="0"{other}/>'


def test_a_diagram_is_read_in_its_order_and_depth(tmp_path: Path) -> None:
    points = [point("d", kind="doc"), point("b", "Cut"), point("a", "Melt"), point("c", "At 400 degrees")]
    points += [point("p", "Never shown", "pres"), point("x", "then", "sibTrans")]
    lines = [line("d", "b", 1), line("d", "a", 0, sibTransId="x"), line("a", "c", 0), line("d", "p", 2, type="presOf")]
    found = text(tmp_path / "a.pptx", lambda slide: diagram(slide, "".join(points), "".join(lines)))
    assert found == "Melt\n  At 400 degrees\nthen\nCut"


def test_a_diagram_that_goes_in_circles_ends(tmp_path: Path) -> None:
    points, lines = point("a", "One") + point("b", "Two"), line("a", "b", 0) + line("b", "a", 0)
    assert text(tmp_path / "a.pptx", lambda slide: diagram(slide, points, lines)) == "One\n  Two"


def test_a_broken_diagram_is_named_and_the_slide_is_read(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        slide.shapes.add_textbox(*BOX).text_frame.text = "Read."
        frame(slide, DIAGRAM, f'<d:relIds xmlns:d="{DIAGRAM}" xmlns:r="{OFFICE}" r:dm="rId99"/>')

    reading = of(tmp_path / "a.pptx", fill)
    assert reading.sections[0].text == "Read."
    assert [left.kind for left in reading.not_read] == ["diagram"]


def chart(slide: Drawn) -> None:
    data = DATA.CategoryChartData(number_format="0.0%")
    data.categories = ["2023", "2024"]
    data.add_series("North", [0.25, 0.3])
    data.add_series("South", [0.1, None])
    made = slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *BOX, data).chart
    made.has_title = True
    made.chart_title.text_frame.text = "Share by region"
    made.value_axis.has_title = True
    made.value_axis.axis_title.text_frame.text = "Share of sales"


def test_a_chart_has_its_titles_and_each_value_by_category_and_series(tmp_path: Path) -> None:
    assert text(tmp_path / "a.pptx", chart) == (
        "Share by region\nAxis: Share of sales\nNorth: 2023: 25.0% · 2024: 30.0%\nSouth: 2023: 10.0%"
    )


def test_large_values_keep_their_digits(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        data = DATA.XyChartData()
        series = data.add_series("Weight")
        series.add_data_point(1.5, 1234567)
        slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *BOX, data)

    assert "1.5: 1234567" in text(tmp_path / "a.pptx", fill)


def test_a_merged_cell_stands_in_each_row_and_column(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        table = slide.shapes.add_table(3, 3, *BOX).table
        for row, words in enumerate([["Zone", "Day", "Night"], ["Inner", "4", "6"], ["", "5", ""]]):
            for column, word in enumerate(words):
                table.cell(row, column).text = word
        table.cell(1, 0).merge(table.cell(2, 0))
        table.cell(2, 1).merge(table.cell(2, 2))

    assert text(tmp_path / "a.pptx", fill) == "Zone: Inner · Day: 4 · Night: 6\nZone: Inner · Day: 5 · Night: 5"


def test_a_hidden_slide_says_so(tmp_path: Path) -> None:
    reading = of(tmp_path / "a.pptx", lambda slide: slide.element.set("show", "0"))
    assert [(section.heading, section.text) for section in reading.sections] == [("Plan (hidden slide)", "Plan")]


def test_comments_of_both_kinds_have_their_authors(tmp_path: Path) -> None:
    old = "http://schemas.openxmlformats.org/presentationml/2006/main"
    new = "http://schemas.microsoft.com/office/powerpoint/2018/8/main"
    said = "<n:txBody><a:p xmlns:a='{0}'><a:r><a:t>{1}</a:t></a:r></a:p></n:txBody>"

    def fill(slide: Drawn) -> None:
        first = f'<p:cmLst xmlns:p="{old}"><p:cm authorId="0"><p:text>Too dear.</p:text></p:cm></p:cmLst>'
        part(slide, "/ppt/comments/comment1.xml", first, OFFICE + "/comments")
        reply = f'<n:replyLst><n:reply authorId="{{B}}">{said.format(MAIN, "No.")}</n:reply></n:replyLst>'
        second = f'<n:cmLst xmlns:n="{new}"><n:cm authorId="{{A}}">{reply}{said.format(MAIN, "Late?")}</n:cm></n:cmLst>'
        kind = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
        part(slide, "/ppt/comments/modernComment1.xml", second, kind)
        whole = slide.part.package.presentation_part
        names = f'<p:cmAuthorLst xmlns:p="{old}"><p:cmAuthor id="0" name="Ada"/></p:cmAuthorLst>'
        others = '<n:author id="{A}" name="Bo"/><n:author id="{B}" name="Cy"/>'
        others = f'<n:authorLst xmlns:n="{new}">{others}</n:authorLst>'
        for name, content, ending in (("commentAuthors", names, "/commentAuthors"), ("authors", others, "/authors")):
            made = Part(PackURI(f"/ppt/{name}.xml"), "application/xml", slide.part.package, content.encode())
            whole.relate_to(made, OFFICE + ending)

    found = text(tmp_path / "a.pptx", fill)
    assert {"Comment by Ada: Too dear.", "Comment by Bo: Late?", "Reply by Cy: No."} == set(found.split("\n\n"))


def test_an_equation_is_text(tmp_path: Path) -> None:
    math = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = (
        f'<a14:m xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main" xmlns:m="{math}"><m:oMath>'
        "<m:r><m:t>v=</m:t></m:r><m:f><m:num><m:r><m:t>s</m:t></m:r></m:num><m:den><m:sSup><m:e><m:r><m:t>t</m:t></m:r>"
        "</m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:den></m:f></m:oMath></a14:m>"
    )

    def fill(slide: Drawn) -> None:
        shape = slide.shapes.add_textbox(*BOX)
        shape.text_frame.text = "Speed: "
        shape.text_frame.paragraphs[0]._p.append(etree.fromstring(formula))
        # PowerPoint puts the whole shape into an alternative.
        compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
        both = etree.fromstring(
            f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice Requires="a14"/></mc:AlternateContent>'
        )
        shape.element.addprevious(both)
        both[0].append(shape.element)

    assert text(tmp_path / "a.pptx", fill) == "Speed: v=s/(t^2)"


def test_what_stands_on_every_slide_is_read_once_and_numbers_are_not(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        for kind, words in (("ftr", "Valid to May"), ("sldNum", "")):
            shape = slide.shapes.add_textbox(*BOX)
            shape.text_frame.text = words
            shape.element.nvSpPr.find("{*}nvPr").append(
                etree.fromstring(
                    f'<p:ph xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" type="{kind}"/>'
                )
            )
        field = etree.fromstring(f'<a:fld xmlns:a="{MAIN}" id="{{0}}" type="slidenum"><a:t>7</a:t></a:fld>')
        shape.text_frame.paragraphs[0]._p.append(field)

    assert [section.text for section in of(tmp_path / "a.pptx", fill, fill).sections] == ["Valid to May", "Plan"]


def test_a_file_put_into_a_slide_is_handed_over(tmp_path: Path) -> None:
    book = files.workbook(tmp_path / "a.xlsx").read_bytes()

    def fill(slide: Drawn) -> None:
        slide.shapes.add_ole_object(io.BytesIO(book), PROG_ID.XLSX, *BOX)
        slide.shapes.add_ole_object(io.BytesIO(b"\0" * 40), "Other.Program", *BOX)

    reading = of(tmp_path / "a.pptx", fill)
    assert [(file.kind, file.name.endswith(".xlsx")) for file in reading.files] == [
        ("embedded file", True),
        ("embedded file", False),
    ]


def test_notes_and_grouped_shapes_are_read(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        group = slide.shapes.add_group_shape()
        group.shapes.add_group_shape().shapes.add_textbox(*BOX).text_frame.text = "Inside."
        slide.notes_slide.notes_text_frame.text = "Say it slowly."

    assert text(tmp_path / "a.pptx", fill) == "Inside.\n\nNotes: Say it slowly."


def test_a_chart_without_values_is_named(tmp_path: Path) -> None:
    def fill(slide: Drawn) -> None:
        chart(slide)
        shown = slide.shapes[-1].chart
        for values in list(shown._chartSpace.iter("{*}numCache")):
            values.getparent().remove(values)

    reading = of(tmp_path / "a.pptx", fill)
    assert reading.not_read == (NotRead("chart", "Share by region"),)


def test_a_waterfall_chart_is_read(tmp_path: Path) -> None:
    kind = "http://schemas.microsoft.com/office/drawing/2014/chartex"
    content = (
        f'<x:chartSpace xmlns:x="{kind}"><x:chartData><x:data id="0"><x:strDim type="cat"><x:lvl><x:pt idx="0">Start'
        '</x:pt><x:pt idx="1">Rent</x:pt></x:lvl></x:strDim><x:numDim type="val"><x:lvl formatCode="#,##0">'
        '<x:pt idx="0">5000</x:pt><x:pt idx="1">-1200</x:pt></x:lvl></x:numDim></x:data></x:chartData><x:chart>'
        '<x:plotArea><x:plotAreaRegion><x:series><x:tx><x:txData><x:v>Cash</x:v></x:txData></x:tx><x:dataId val="0"/>'
        "</x:series></x:plotAreaRegion></x:plotArea></x:chart></x:chartSpace>"
    )

    def fill(slide: Drawn) -> None:
        name = part(slide, "/ppt/charts/chartEx1.xml", content, RELATIONSHIP_TYPE.CHART)
        frame(slide, kind, f'<x:chart xmlns:x="{kind}" xmlns:r="{OFFICE}" r:id="{name}"/>')

    assert text(tmp_path / "a.pptx", fill) == "Cash: Start: 5,000 · Rent: -1,200"
