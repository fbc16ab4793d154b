"""What a person gets to see of each kind of file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading import files
from tests.ingest.reading.mutations import members, zipped

# Each kind of file in a child that is started anew, as where none can be forked: it imports what it needs itself.
pytestmark = pytest.mark.usefixtures("started_children")

DEFAULTS = Settings(_env_file=None)


def of(path: Path, content: str | bytes | None = None) -> Reading:
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(path, path.name, DEFAULTS)


def changed(path: Path, member: str, old: bytes, new: bytes) -> Path:
    """The zipped file with this put in place of that in one of its members."""
    held = members(path.read_bytes())
    path.write_bytes(zipped(held | {member: held[member].replace(old, new)}))
    return path


def parts(reading: Reading) -> list[tuple[str | None, str]]:
    return [(section.heading, section.text) for section in reading.sections]


def test_a_pdf_names_its_chapters_page_by_page(tmp_path: Path) -> None:
    pages = [["Contents"], ["One begins."], ["One goes on."], ["Two begins."]]
    reading = of(files.pdf(tmp_path / "a.pdf", pages, outline={2: "One", 4: "Two"}))
    assert [section.heading for section in reading.sections] == [None, "One", "One", "Two"]


def test_a_pdf_paragraph_is_one_line_with_its_words_whole(tmp_path: Path) -> None:
    lines = [
        "The committee met in the large hall of the old town and dis-",
        "cussed the plans for the new bridge across the river, which the",
        "citizens had been waiting for since the flood.",
        "",
        "A second paragraph begins here.",
    ]
    assert of(files.pdf(tmp_path / "a.pdf", [lines])).sections[0].text == (
        "The committee met in the large hall of the old town and discussed the plans for the new bridge across the "
        "river, which the citizens had been waiting for since the flood.\n\nA second paragraph begins here."
    )


def test_a_pdf_address_keeps_its_lines(tmp_path: Path) -> None:
    lines = ["Ada Lovelace", "12 St James's Square", "London"]
    assert of(files.pdf(tmp_path / "a.pdf", [lines])).sections[0].text == "\n".join(lines)


def test_a_word_document_is_read_by_heading(tmp_path: Path) -> None:
    reading = of(files.word(tmp_path / "a.docx"))
    assert (reading.type, reading.pages) == ("Word", None)
    assert parts(reading) == [
        ("Handbook > Holidays", "Everyone has thirty days a year; 3 * 4 < 20 & a_b_c # [x].\n\n- Ask in time"),
        ("Handbook > Travel", "City: Oslo · Hotel: Fjord · Price: 120\nCity: Rome · Hotel: Foro · Price: 95"),
    ]


def test_a_presentation_is_read_by_slide(tmp_path: Path) -> None:
    reading = of(files.slides(tmp_path / "a.pptx"))
    assert (reading.type, reading.pages) == ("PowerPoint", 3)
    assert [(section.page, section.heading, section.text) for section in reading.sections] == [
        (1, "Results", "Sales grew by *a fifth*\n# not a heading"),
        (3, "Plan", "Step: Hire · Month: May\n\nNotes: Mention the budget"),
    ]


def test_a_slide_with_a_wild_indentation_is_read(tmp_path: Path) -> None:
    path = changed(
        files.slides(tmp_path / "a.pptx"), "ppt/slides/slide1.xml", b"<a:p>", b'<a:p><a:pPr lvl="4294967295"/>'
    )
    assert parts(of(path))[0][0] == "Results"


def test_a_workbook_is_read_by_sheet_and_row(tmp_path: Path) -> None:
    reading = of(files.workbook(tmp_path / "a.xlsx"))
    assert (reading.type, reading.pages) == ("Excel", 2)
    assert [(section.page, section.heading, section.text) for section in reading.sections] == [
        (1, "Prices", "Fruit: Apple · Price: 3\nFruit: Pear · Price: 2.5 · Since: May"),
        (2, "Staff > Staff of the year", "Name: Ada · Town: London"),
    ]


def test_a_damaged_sheet_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = changed(
        files.workbook(tmp_path / "a.xlsx"), "xl/worksheets/sheet1.xml", b'<row r="3"', b'<row r="4294967295"'
    )
    reading = of(path)
    assert parts(reading) == [("Staff > Staff of the year", "Name: Ada · Town: London")]
    assert reading.not_read == (NotRead("sheet", "Prices"),)


def test_a_workbook_whose_sheets_are_all_damaged_is_refused(tmp_path: Path) -> None:
    path = files.workbook(tmp_path / "a.xlsx")
    for sheet in ("sheet1", "sheet2"):
        changed(path, f"xl/worksheets/{sheet}.xml", b'<row r="1"', b'<row r="4294967295"')
    with pytest.raises(CannotRead, match="This Excel workbook is damaged"):
        of(path)


def test_an_excel_97_workbook_is_read_like_a_new_one(tmp_path: Path) -> None:
    reading = of(files.old_workbook(tmp_path / "a.xls"))
    assert (reading.type, reading.pages) == ("Excel 97", 1)
    assert parts(reading) == [("Prices", "Fruit: Apple · Price: 3\nFruit: Pear · Price: 2.5")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_is_read_whatever_parts_its_columns(tmp_path: Path, separator: str) -> None:
    content = separator.join(["Name", "Town"]) + "\r\n" + separator.join(["Ada", '"Lon\ndon"']) + "\r\n"
    assert parts(of(tmp_path / "a.csv", content)) == [(None, "Name: Ada · Town: Lon don")]


def test_a_japanese_table_is_read(tmp_path: Path) -> None:
    content = "名前,年齢\r\n佐藤太郎,30\r\n".encode("cp932")
    assert parts(of(tmp_path / "a.csv", content)) == [(None, "名前: 佐藤太郎 · 年齢: 30")]


def test_a_web_page_is_read_without_its_menus(tmp_path: Path) -> None:
    page = """<html><head><title>Oak - Site</title><script>var x</script></head><body><nav>Home | About</nav>
    <h1>Oak</h1><p>An <b>oak</b> is a <a href="/tree">tree</a>.<br>It is <i>old</i>.</p><h2>Uses</h2>
    <ul><li>Ships</li><li>Casks<ul><li>Wine</li></ul></li></ul><pre>x = 1\n  y</pre>
    <img src="data:image/png;base64,AAAA" alt="A leaf"></body></html>"""
    assert parts(of(tmp_path / "a.html", page)) == [
        ("Oak", "An oak is a tree.\nIt is old."),
        ("Oak > Uses", "- Ships\n- Casks\n  - Wine\n\nx = 1\n  y\n\nA leaf"),
    ]


def test_an_e_book_is_read_by_chapter(tmp_path: Path) -> None:
    assert parts(of(files.epub(tmp_path / "a.epub"))) == [
        (None, "Title: Two tales\nAuthors: Ada"),
        ("The fox", "A fox ran."),
        ("The owl", "An owl slept."),
    ]


def test_an_outlook_e_mail_is_read(tmp_path: Path) -> None:
    assert parts(of(files.outlook(tmp_path / "a.msg"))) == [
        ("Lunch", "From: ada@example.org\nTo: bob@example.org\n\nAt noon in the park, *not* at one.")
    ]


HEAD = "From: ada@example.org · Date: Fri, 01 Mar 2024 10:00:00 +0000\nTo: bob@example.org"


def test_an_e_mail_is_read(tmp_path: Path) -> None:
    assert parts(of(files.mail(tmp_path / "a.eml"))) == [
        ("Größe des Zelts", f"{HEAD}\n\nDas Zelt hat drei Meter.\n\nAttachment: plan.pdf")
    ]


def test_an_e_mail_with_only_a_formatted_body_is_read(tmp_path: Path) -> None:
    path = files.mail(tmp_path / "a.eml", html="<p>Das Zelt hat <b>drei</b> Meter.</p>")
    assert parts(of(path))[0][1] == f"{HEAD}\n\nDas Zelt hat drei Meter.\n\nAttachment: plan.pdf"


def test_a_feed_is_read_by_entry(tmp_path: Path) -> None:
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
    <item><title>Rain</title><pubDate>Mon</pubDate><description>&lt;p&gt;It &lt;b&gt;rains&lt;/b&gt;.&lt;/p&gt;
    </description></item></channel></rss>"""
    assert parts(of(tmp_path / "a.xml", feed)) == [("News > Rain", "Published on: Mon\n\nIt rains.")]


def test_xml_is_read_record_by_record(tmp_path: Path) -> None:
    item = '<item id="7"><name>Pear</name><price>2</price></item>'
    content = f'<?xml version="1.0"?><shop>{item}<note>So <b>so</b></note></shop>'
    assert parts(of(tmp_path / "a.xml", content)) == [(None, "id: 7 · name: Pear · price: 2\nSo so")]


def test_json_is_read_as_names_and_values(tmp_path: Path) -> None:
    content = {"name": "Ada", "tags": ["x", "y"], "trips": [{"to": "Rome", "days": 3}], "none": None}
    text = "name: Ada\ntags:\n  - x\n  - y\ntrips:\n  - to: Rome · days: 3"
    assert parts(of(tmp_path / "a.json", json.dumps(content))) == [(None, text)]


def test_a_notebook_is_read_with_its_code_and_output(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Sums\n", "With **care**."]},
        {"cell_type": "code", "source": "print(1 + 1)  # *x*", "outputs": [{"output_type": "stream", "text": ["2\n"]}]},
    ]
    assert parts(of(tmp_path / "a.ipynb", json.dumps({"cells": cells, "nbformat": 4}))) == [
        ("Sums", "With care.\n\nprint(1 + 1)  # *x*\n\n2")
    ]


def test_the_simple_wikipedia_file_is_read_by_article(tmp_path: Path) -> None:
    reading = of(files.articles(tmp_path / "wiki.jsonl.gz"))
    assert (reading.type, reading.pages) == ("Articles", None)
    assert parts(reading) == [("Town 0", "It is old.\n\nIt has a river."), ("Town 1", "It is old.\n\nIt has a river.")]


def test_markdown_is_read_by_heading(tmp_path: Path) -> None:
    text = "# Bees\n\nThey *fly*.\n<!-- secret -->\n## Food\n\n| Plant | Month |\n|--|--|\n| Lime | June |\n"
    assert parts(of(tmp_path / "a.md", text)) == [("Bees", "They fly."), ("Bees > Food", "Plant: Lime · Month: June")]


def test_what_a_note_says_about_itself_is_no_heading(tmp_path: Path) -> None:
    text = "---\r\ntitle: Bees\r\ntags: [a, b]\r\n---\r\n# Food\r\n\r\nLime."
    assert parts(of(tmp_path / "a.md", text)) == [(None, "title: Bees\ntags: [a, b]"), ("Food", "Lime.")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_web_page_that_does_not_say_its_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    assert parts(of(tmp_path / "a.html", "<p>Größe und Maße</p>".encode(encoding))) == [(None, "Größe und Maße")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Größe und Maße", "utf-8"),
        ("Größe und Maße", "utf-8-sig"),
        ("Größe und Maße", "utf-16"),
        ("Plain words", "utf-16-le"),
        ("Größe und Maße, wie üblich – „schön“", "cp1252"),
        ("これは日本語の文章です。", "cp932"),
        ("これは日本語の文章です。", "euc_jp"),
        ("Привет, это письмо от бабушки.", "cp1251"),
        ("这是一个中文的句子。", "gb18030"),
    ],
)
def test_plain_text_is_read_in_any_encoding(tmp_path: Path, text: str, encoding: str) -> None:
    assert parts(of(tmp_path / "a.txt", text.encode(encoding))) == [(None, text)]


@pytest.mark.parametrize("make", [files.word, files.slides, files.workbook, files.epub, files.outlook, files.articles])
def test_no_section_is_empty_or_has_control_characters(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    for section in of(make(tmp_path / "x")).sections:
        assert section.text.strip()
        assert not any(character < " " and character not in "\n\t" for character in section.text)
