"""What `read` promises of any file: its text, or one sentence that says why not and what to do."""

import gzip
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import CannotRead
from ingest.reading.file_types import suffixes
from ingest.reading.read import read
from ingest.reading.refusals import refused_for_good
from ingest.settings import Settings
from tests.ingest.reading import files
from tests.ingest.reading.ole import ole_file, xls

DEFAULTS = Settings(_env_file=None)
PROTECTED = "is protected with a password. Save a copy without the password and add that."


def limits(**changed: int) -> Settings:
    return DEFAULTS.model_copy(update=changed)


def refusal(path: Path, name: str | None = None, within: Settings = DEFAULTS) -> str:
    with pytest.raises(CannotRead) as refused:
        read(path, name or path.name, within)
    return str(refused.value)


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_reading_tells_the_type_the_pages_and_the_sections(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", [["First page."], [], ["Third page."]])
    reading = read(path, "a.pdf", DEFAULTS)
    assert (reading.type, reading.pages) == ("PDF", 3)
    assert [(section.page, section.text) for section in reading.sections] == [(1, "First page."), (3, "Third page.")]


def test_a_file_is_read_from_any_folder_and_under_any_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, "--help; $(x) 'ü'.txt", b"Hello")
    monkeypatch.chdir(tmp_path)
    reading = read(Path("--help; $(x) 'ü'.txt"), "--help; $(x) 'ü'.txt", DEFAULTS)
    assert reading.sections[0].text == "Hello"


def test_a_wrong_ending_is_noticed(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.docx", [["Truly a PDF."]])
    assert read(path, "a.docx", DEFAULTS).type == "PDF"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, "a.pdf", b"")) == "This file is empty."
    assert refusal(written(tmp_path, "b.txt", b" \n\n ")) == "This file is empty."


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "This is a folder, not a file. Add the files in it."


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "gone.txt").startswith("This file was not found.")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"secret")
    path.chmod(0)
    assert refusal(path).startswith("This file cannot be opened.")


def test_a_protected_pdf_is_refused(tmp_path: Path) -> None:
    path = files.pdf(tmp_path / "a.pdf", [["Secret."]], protected=True)
    assert refusal(path) == f"This PDF {PROTECTED}"
    assert refused_for_good(refusal(path))


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx", "a.pptx"])
def test_protected_office_documents_are_refused(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, name, ole_file({"EncryptionInfo": b"x", "EncryptedPackage": b"x"}))
    assert refusal(path) == f"This document {PROTECTED}"


def test_a_protected_excel_97_workbook_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(written(tmp_path, "a.xls", xls({"A": [["x"]]}, protected=True))) == f"This Excel workbook {PROTECTED}"
    )


def test_a_scanned_pdf_is_refused_with_what_to_do(tmp_path: Path) -> None:
    sentence = refusal(files.scan(tmp_path / "scan.pdf"))
    assert sentence.startswith("This PDF contains only pictures of pages")
    assert "OCR" in sentence
    assert refused_for_good(sentence)


def test_a_document_without_text_is_refused(tmp_path: Path) -> None:
    sentence = refusal(written(tmp_path, "a.html", b"<html><body><br></body></html>"))
    assert sentence == "This web page contains no text."
    assert refused_for_good(sentence)


@pytest.mark.parametrize("name", ["a.docx", "a.pptx", "a.xlsx", "a.xls", "a.epub", "a.pdf"])
def test_half_a_file_is_refused_as_damaged(tmp_path: Path, name: str) -> None:
    makers: dict[str, Callable[[Path], Path]] = {
        "a.docx": files.word,
        "a.pptx": files.slides,
        "a.xlsx": files.workbook,
        "a.xls": files.old_workbook,
        "a.epub": files.epub,
        "a.pdf": files.scan,
    }
    content = makers[name](tmp_path / name).read_bytes()
    assert "is damaged and cannot be read. Open it in" in refusal(written(tmp_path, name, content[: len(content) // 3]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (ole_file({"WordDocument": b"\xdc\xa5\x68\0"}), "from before 1997. Save it in a newer format (.docx)"),
        (
            ole_file({"PowerPoint Document": b"x", "Current User": b"\x0f\0\x01\0"}),
            "from before 1997. Save it in a newer format (.pptx)",
        ),
        (ole_file({"WordDocument": b"x"}), "This Word document is damaged"),
        (ole_file({"PowerPoint Document": b"x"}), "This PowerPoint presentation is damaged"),
        (b"{\\rtf1 }", "This rich text contains no text"),
        (b"8BPS\0\1" + bytes(50), "This is a picture of a kind that is not read. Save it as a PNG or JPEG"),
        (b"II*\0\x10\0\0\0CR\2\0" + bytes(50), "This is a raw photograph of a camera. Save it as a JPEG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "This picture is damaged"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "This picture is damaged"),
        (b"Rar!\x1a\x07" + bytes(50), "Unpack it"),
        (gzip.compress(b"just something", mtime=0)[:15], "compressed file (.gz) is damaged"),
    ],
)
def test_a_kind_that_is_not_read_is_told_what_to_do(tmp_path: Path, content: bytes, sentence: str) -> None:
    said = refusal(written(tmp_path, "a.bin", content))
    assert sentence in said
    assert refused_for_good(said)


def test_what_is_no_document_is_told_which_kinds_are(tmp_path: Path) -> None:
    sentence = refusal(written(tmp_path, "a.bin", bytes(range(256)) * 4))
    assert sentence.startswith("Pinpoint cannot read this kind of file. It reads PDF, Word, ")


def test_a_file_over_the_size_limit_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"word " * 300_000)
    assert "the limit is 1 MB. Split it into parts" in refusal(path, within=limits(file_megabytes=1))


def test_a_file_with_too_much_text_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", b"word " * 300)
    sentence = refusal(path, within=limits(read_characters=1000))
    assert "(1,000 characters). Split it" in sentence
    assert not refused_for_good(sentence)  # the limit may be raised


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"title":"a","text":"b"}\n' * 2_000_000)
    assert refusal(path, within=limits(read_seconds=1)).startswith("This file took too long to read")


def test_a_file_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b'{"text":"')
        for _ in range(300):
            file.write(b"a" * 1_000_000)
        file.write(b'"}')
    assert refusal(path, within=limits(read_megabytes=256)).startswith("This file needs too much memory to read")


def test_nothing_that_a_document_links_to_is_fetched(tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    there = f"http://127.0.0.1:{server.server_port}/"
    page = f'<html><link rel="stylesheet" href="{there}a.css"><p>Text <img src="{there}a.png" alt="Oak"></p></html>'
    feed = f'<?xml version="1.0"?><!DOCTYPE x SYSTEM "{there}x.dtd"><x><a>Text</a></x>'
    try:
        assert read(written(tmp_path, "a.html", page.encode()), "a.html", DEFAULTS).sections[0].text == "Text Oak"
        assert read(written(tmp_path, "a.xml", feed.encode()), "a.xml", DEFAULTS).sections[0].text == "a: Text"
    finally:
        server.shutdown()
        server.server_close()
    assert asked == []


def test_entities_of_an_xml_file_do_not_bring_in_other_files(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", b"secret")
    content = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><x>&e;</x>'
    assert "entities" in refusal(written(tmp_path, "a.xml", content.encode()))


STARTS = st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b'{"cells": [', b"\x1f\x8b", b"From: a\n"])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=STARTS, rest=st.binary(min_size=1, max_size=300), suffix=st.sampled_from(suffixes()))
def test_any_bytes_under_any_ending_are_read_or_refused(tmp_path: Path, start: bytes, rest: bytes, suffix: str) -> None:
    path = written(tmp_path, "a" + suffix, start + rest)
    try:
        reading = read(path, path.name, DEFAULTS)
    except CannotRead as error:
        sentence = str(error)
    else:
        sentence = "This was read."
        assert all(section.text.strip() for section in reading.sections)
    assert sentence.startswith(("This ", "Pinpoint cannot read this kind of file."))
    assert "\n" not in sentence
