"""How the type of a file is recognised, and that the table of types is consistent."""

import zipfile
from importlib import import_module
from pathlib import Path

import pytest

from ingest.errors import CannotRead
from ingest.reading.file_types import FILE_TYPES, FileType, readable_kinds, suffixes
from ingest.reading.recognise import file_type_of
from ingest.reading.refusals import refused_for_good
from tests.ingest.reading import files, old_office


def kind(path: Path, content: str | bytes, name: str = "a.txt") -> str:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return file_type_of(path, name).name


@pytest.mark.parametrize("row", FILE_TYPES, ids=lambda row: row.name)
def test_every_kind_has_a_reader(row: FileType) -> None:
    module, _, function = row.reader.partition(":")
    assert callable(getattr(import_module(module), function))


def test_names_and_endings_are_told_apart() -> None:
    assert len({row.name for row in FILE_TYPES}) == len(FILE_TYPES)
    assert len(set(suffixes())) == len(suffixes())
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in suffixes())


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (files.word, "Word"), (files.slides, "PowerPoint"), (files.workbook, "Excel"), (files.old_workbook, "Excel 97"),
        (old_office.old_word, "Word 97"), (old_office.old_slides, "PowerPoint 97"), (old_office.rich_text, "Rich text"),
        (old_office.open_text, "OpenDocument text"), (old_office.open_slides, "OpenDocument presentation"),
        (files.epub, "EPUB"), (files.outlook, "Outlook"), (files.articles, "Articles"), (files.scan, "PDF"),
    ],
)  # fmt: skip
def test_the_content_decides_whatever_the_name(tmp_path: Path, make: object, name: str) -> None:
    assert callable(make)
    make(tmp_path / "x")
    assert file_type_of(tmp_path / "x", "x.txt").name == name
    assert file_type_of(tmp_path / "x", "x").name == name


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        ("Hello", "a.txt", "Text"),
        ("Hello", "a", "Text"),
        ("def f(): ...", "a.py", "Text"),
        ("Hello", "A.MD", "Markdown"),
        ("Hello, not a PDF", "a.pdf", "Text"),
        ("a,b\n1,2", "a.csv", "CSV"),
        ("a\tb", "a.tsv", "TSV"),
        ("<!DOCTYPE html><p>x", "a.xls", "HTML"),
        ('<?xml version="1.0"?>\n<!-- x --><html>', "a", "HTML"),
        ('<?xml version="1.0"?><rss/>', "a.xml", "RSS"),
        ('<?xml version="1.0"?><a/>', "a.txt", "XML"),
        ('{"cells": []}', "a.json", "Notebook"),
        ("Received: from x\nSubject: y\n\nz", "a.txt", "E-mail"),
        ("From: x\nSubject: y\n\nz", "a.eml", "E-mail"),
        ("BMW builds cars", "a.txt", "Text"),
        ("Größe".encode("utf-16"), "a.txt", "Text"),
        (b"\n\n%PDF-1.4\n", "a", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "a.txt", "Picture"),
        (b"RIFF\x99\0\0\0WEBPVP8 " + bytes(50), "a", "Picture"),
        (b"\0\0\0\x18ftypheic" + bytes(50), "a.jpg", "Picture"),
        (b"MM\0*" + bytes(50), "a.png", "TIFF"),
        ("<svg><text>x</text></svg>", "a", "SVG"),
        (b"#!shebang\n%PDF-1.4\n\x00\x01\x02", "a.pdf", "PDF"),
    ],
)
def test_text_goes_by_what_it_looks_like_and_then_by_its_name(
    tmp_path: Path, content: str | bytes, name: str, expected: str
) -> None:
    assert kind(tmp_path / "x", content, name) == expected


def zipped(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "hello")
    return path


def test_an_archive_is_told_from_the_files_of_programs(tmp_path: Path) -> None:
    assert file_type_of(zipped(tmp_path / "a", "notes.txt"), "a.zip").name == "ZIP archive"
    assert file_type_of(zipped(tmp_path / "a"), "a.zip").name == "ZIP archive"
    assert file_type_of(zipped(tmp_path / "a", "word/document-1.txt"), "a.zip").name == "ZIP archive"
    assert file_type_of(zipped(tmp_path / "a", "[Content_Types].xml", "word/document.xml"), "a.zip").name == "Word"
    with pytest.raises(CannotRead, match="cannot read this kind"):
        file_type_of(zipped(tmp_path / "a", "[Content_Types].xml", "visio/document.xml"), "a.vsdx")
    with pytest.raises(CannotRead, match="This Word document is damaged"):
        file_type_of(zipped(tmp_path / "a", "[Content_Types].xml"), "a.docx")


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"BZh9"])
def test_other_archives_are_refused(tmp_path: Path, start: bytes) -> None:
    with pytest.raises(CannotRead, match="Unpack it"):
        kind(tmp_path / "a", start + bytes(100), "a.zip")


@pytest.mark.parametrize(
    "content", [b"RIFF\x99\0\0\0WAVEfmt " + bytes(50), b"\0\0\0\x18ftypisom" + bytes(50)], ids=["sound", "film"]
)
def test_what_begins_nearly_as_a_picture_is_none(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CannotRead, match="Pinpoint cannot read this kind of file"):
        kind(tmp_path / "x", content, "a.bin")


def test_a_raw_photograph_goes_by_its_name_as_it_is_a_tiff(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="This is a raw photograph of a camera"):
        kind(tmp_path / "x", b"MM\0*" + bytes(50), "DSC_0042.NEF")


@pytest.mark.parametrize(
    "content",
    [
        b"/F1 9 0 R\nendobj\n2 0 obj\n<< /Type /Page >>\nendobj\n",
        b"0000000015 00000 n \ntrailer\n<< /Size 3 >>\nstartxref\n99\n%%EOF\n",
        b"application/epub+zip" + b"<p>A fox ran.</p>" * 200 + b"PK\x01\x02\x14\x03",
    ],
)
def test_a_file_that_lost_its_first_bytes_is_damaged_and_no_text(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(CannotRead, match="is damaged"):
        kind(tmp_path / "x", content, "a.epub" if b"epub" in content else "a.pdf")


def test_a_text_that_is_partly_zeros_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="This web page is damaged"):
        kind(tmp_path / "x", b"<!doctype html><p>Hello" + bytes(1000), "a.html")


def test_a_file_that_begins_with_ones_is_of_no_kind(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="Pinpoint cannot read this kind of file"):
        kind(tmp_path / "x", b"\xff" * 100 + bytes(1000), "a.bin")


def test_the_kinds_that_can_be_read_are_named_in_a_row() -> None:
    assert readable_kinds().startswith("PDF, Word, PowerPoint, Excel, EPUB, e-mails, HTML, ")
    assert readable_kinds().endswith(" and plain text")


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"\n", "a.txt"), (b"8BPS\0\1" + bytes(50), "a.psd"), (b"\xff" * 100 + bytes(1000), "a.bin"),
     (b"<!doctype html><p>Hello" + bytes(1000), "a.html"), (b"PK\x03\x04 and no more", "a.zip")],
)  # fmt: skip
def test_a_file_that_is_refused_for_what_it_is_is_refused_for_good(tmp_path: Path, content: bytes, name: str) -> None:
    with pytest.raises(CannotRead) as refused:
        kind(tmp_path / "x", content, name)
    assert refused_for_good(str(refused.value))


def test_one_colour_of_a_picture_without_its_beginning_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "sky.bmp"
    path.write_bytes(b"\xff" * 9000)
    with pytest.raises(CannotRead, match="damaged"):
        file_type_of(path, path.name)
