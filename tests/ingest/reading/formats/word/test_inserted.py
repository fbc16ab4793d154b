"""Files inside a Word document that Word shows as part of the text; documents that are damaged or mean harm."""

from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.formats.docx import read
from ingest.reading.read import read as read_in_box
from ingest.settings import Settings
from tests.ingest.reading.formats.word.documents import (
    cell,
    document,
    element,
    item,
    level,
    lists,
    not_read,
    p,
    parts,
    row,
    table,
    text,
)
from tests.ingest.reading.mutations import members, zipped

CHUNK = '<w:altChunk r:id="chunk"/>'
PAGE = "<html><body><h1>Menu</h1><p>Soup &amp; bread</p></body></html>"
ARCHIVE = (
    "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    f"--x\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n--x--\r\n"
)


@pytest.mark.parametrize(("name", "content"), [("chunk.html", PAGE), ("chunk.mht", ARCHIVE), ("chunk.dat", PAGE)])
def test_an_inserted_web_page_is_read(name: str, content: str, tmp_path: Path) -> None:
    body = p("Today", style="Heading1") + p("Before.") + CHUNK + p("After.")
    path = document(tmp_path / "a.docx", body, {name: ("aFChunk", content)})
    assert parts(path) == [("Today", "Before."), ("Today > Menu", "Soup & bread\n\nAfter.")]


def test_inserted_text_and_documents_are_read(tmp_path: Path) -> None:
    inner = document(
        tmp_path / "inner.docx", p("Soup", style="Heading2") + item("Peas"), numbering=lists(level(0, "%1."))
    )
    path = document(
        tmp_path / "a.docx", p("Menu", style="Heading1") + CHUNK, {"chunk.docx": ("aFChunk", inner.read_bytes())}
    )
    assert parts(path) == [("Menu > Soup", "1. Peas")]
    path = document(
        tmp_path / "b.docx", p("Menu:") + CHUNK + CHUNK, {"chunk.txt": ("aFChunk", "Größe\nklein".encode("cp1252"))}
    )
    assert (text(path), not_read(path)) == ("Menu:\n\nGröße\nklein", [])


def test_an_inserted_rich_text_is_read_with_its_table_and_says_what_it_lacks(tmp_path: Path) -> None:
    rich = (
        r"{\rtf1\ansi Soup: peas \u8212? {\b today}\par{\pict\pngblip\picwgoal9000\pichgoal9000 89504e47}"
        r"\trowd\cellx900\cellx1800 Bread\cell 2\cell\row\pard End.\par}"
    )
    path = document(tmp_path / "a.docx", p("Menu:") + CHUNK + p("After."), {"chunk.rtf": ("aFChunk", rich)})
    said = text(path)
    assert said.startswith("Menu:\n\nSoup: peas — today")
    assert "Bread" in said
    assert said.endswith("End.\n\nAfter.")
    assert not_read(path) == [NotRead("picture")]


def test_an_inserted_file_that_is_not_read_is_named(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", p("Menu:") + CHUNK, {"chunk.rtf": ("aFChunk", "{\\rtf1 Soup")})
    assert (text(path), not_read(path)) == ("Menu:", [NotRead("inserted file", "chunk.rtf")])
    path = document(tmp_path / "b.docx", p("Menu:") + CHUNK, {"chunk.docx": ("aFChunk", b"PK\x03\x04 broken")})
    assert (text(path), [one.kind for one in not_read(path)]) == ("Menu:", ["inserted file"])


def test_documents_in_documents_come_to_an_end(tmp_path: Path) -> None:
    path = document(tmp_path / "0.docx", p("Level 0"))
    for number in range(1, 8):
        chunks = {f"chunk{place}.docx": ("aFChunk", path.read_bytes()) for place in range(9)}
        body = p(f"Level {number}") + "".join(f'<w:altChunk r:id="chunk{place}"/>' for place in range(9))
        path = document(tmp_path / f"{number}.docx", body, chunks if number < 5 else dict(list(chunks.items())[:1]))
    read = read_in_box(path, path.name, Settings(_env_file=None))  # within the time of a file
    assert read.sections[0].text.startswith("Level 7\n\nLevel 6")
    assert read.not_read


@pytest.mark.parametrize("part", ["styles", "numbering", "comments", "settings"])
def test_a_damaged_part_is_named_and_the_text_is_read(part: str, tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.docx", p("Rules", style="Heading1") + item("No fires."),
        {f"{part}.xml": (part, "<w:broken")}, **({} if part == "numbering" else {"numbering": lists(level(0, "%1."))}),
    )  # fmt: skip
    if part == "styles":
        held = members(path.read_bytes())
        path.write_bytes(zipped(held | {"word/styles.xml": b"<w:broken"}))
    found = list(read(path).sections)
    assert "No fires." in str(found)
    assert [one.name for one in found if isinstance(one, NotRead)] == (
        [f"word/{part}.xml"] if part != "comments" else []
    )


def test_the_strict_form_of_the_format_is_read(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", p("Rules", style="Heading1") + p("No fires."))
    old, new = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    path.write_bytes(zipped({name: data.replace(old, new) for name, data in members(path.read_bytes()).items()}))
    assert parts(path) == [("Rules", "No fires.")]


def test_a_document_nested_without_end_is_refused_with_a_sentence(tmp_path: Path) -> None:
    inner = p("deep")
    for _ in range(3000):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    path = document(tmp_path / "a.docx", inner)
    with pytest.raises(CannotRead, match="nested too deeply"):
        read_in_box(path, path.name, Settings(_env_file=None))


@pytest.mark.parametrize("body", [
    p("".join('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' for _ in range(30_000)), "end") + p("The end."),
    "".join(item("x", number % 9) for number in range(30_000)),
    p(*["<w:r><w:t>word </w:t></w:r>"] * 60_000),
    table(*[row(*[cell("x", down="continue")] * 20)] * 2000),
    "".join(p("x", style="Heading1") for _ in range(20_000)),
], ids=["fields", "items", "runs", "cells", "headings"])  # fmt: skip
def test_a_long_document_takes_no_more_than_its_length(body: str, tmp_path: Path) -> None:
    path = document(
        tmp_path / "a.docx", body, numbering=lists(*(level(number, f"%{number + 1}.") for number in range(9)))
    )
    assert read_in_box(path, path.name, Settings(_env_file=None)).sections  # within the time of a file


def test_a_part_that_defines_entities_is_left_out(tmp_path: Path) -> None:
    evil = '<!DOCTYPE x [<!ENTITY a "ha ha">]>' + element("w:comments", "&a;")
    body = p("Seen.", '<w:r><w:commentReference w:id="1"/></w:r>')
    path = document(tmp_path / "a.docx", body, {"comments.xml": ("comments", evil)})
    assert (text(path), not_read(path)) == ("Seen.", [NotRead("damaged part", "word/comments.xml")])
