"""What is meant to do harm does none: each file is read or refused within the limits, and questions go on.

What each of them took is shown by `pytest -n 0 -s tests/ingest/reading/test_hostile.py`; with PINPOINT_HOSTILE=full the
largest are taken too.
"""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from ingest import Library, Settings, Worker
from ingest.errors import CannotRead
from ingest.reading import child
from ingest.reading.box import limits
from ingest.reading.read import Reading, read
from qa import Asker, Options
from tests.conftest import SharedLibrary, is_one_sentence, until
from tests.ingest.reading import files
from tests.ingest.reading import hostile_files as hostile
from tests.ingest.reading.hostile_files import BOOK, EPUB, MEGABYTE, SLIDES, WORD, Archive

FULL = os.environ.get("PINPOINT_HOSTILE") == "full"
DEFAULTS = Settings(_env_file=None)
# What one process holds beside what is counted against its limit.
SLACK = 64
Make = Callable[[Path], Path]
MakeWithAddress = Callable[[Path, str], Path]
MakeWithEntities = Callable[[Path, str, str], Path]


@dataclass(frozen=True)
class Case:
    """A hostile file. `refused` is in the sentence that refuses it; None where it is read, and `text` is then in it."""

    name: str
    make: Make
    refused: str | None = None
    text: str = ""
    file_megabytes: int = DEFAULTS.file_megabytes


BOMBS = [
    Case("bomb.docx", lambda path: WORD.bomb(path, 3000), "This Word document unpacks to 3,146 MB"),
    Case("bomb.xlsx", lambda path: BOOK.bomb(path, 3000), "This Excel workbook unpacks to 3,145 MB"),
    Case("bomb.pptx", lambda path: SLIDES.bomb(path, 3000), "This PowerPoint presentation unpacks to 3,145 MB"),
    Case("bomb.epub", lambda path: EPUB.bomb(path, 3000), "This e-book unpacks to 3,145 MB"),
    Case("lying bomb.docx", lambda path: WORD.bomb(path, 3000, claimed=5000), ""),
    Case("lying bomb.xlsx", lambda path: BOOK.bomb(path, 3000, claimed=5000), ""),
    Case("lying bomb.pptx", lambda path: SLIDES.bomb(path, 3000, claimed=5000), ""),
    Case("lying bomb.epub", lambda path: EPUB.bomb(path, 3000, claimed=5000), ""),
    Case("many bombs.docx", lambda path: hostile.many_bombs(path, WORD, 1000), "unpacks to"),
    Case("many bombs.pptx", lambda path: hostile.many_bombs(path, SLIDES, 1000), "unpacks to"),
    Case("many parts.docx", lambda path: hostile.many_parts(path, WORD, 20_000), text="thirty days"),
    Case("many parts.xlsx", lambda path: hostile.many_parts(path, BOOK, 20_000), text="Apple"),
    Case("one line.jsonl.gz", lambda path: hostile.packed_articles(path, False, 3000), "needs too much memory to read"),
    Case("text bomb.pdf", lambda path: hostile.pdf_text_bomb(path, 3000), ""),
    Case("threefold bomb.pdf", lambda path: hostile.pdf_text_bomb(path, 3000, filters=3), ""),
    Case("blank bomb.pdf", lambda path: hostile.pdf_space_bomb(path, 3000), ""),
    Case(
        "picture bomb.pdf",
        lambda path: hostile.pdf_picture_bomb(path, 30_000 if FULL else 15_000),
        "contains only pictures of pages",
    ),
    Case("forms.pdf", lambda path: hostile.pdf_forms_bomb(path, depth=6, width=10), text="Word"),
]
NESTED = [
    Case(
        "nested.html",
        lambda path: hostile.nested_html(path, 100_000 if FULL else 40_000),
        text="The innermost words.",
    ),
    Case(
        "unclosed.html",
        lambda path: hostile.unclosed_html(path, 100_000 if FULL else 20_000),
        text="The innermost words.",
    ),
    Case("nested.xml", lambda path: hostile.nested_xml(path, 100_000), "is nested too deeply"),
    Case("nested.json", lambda path: hostile.nested_json(path, 100_000), "is nested too deeply"),
    Case("nested records.json", lambda path: hostile.nested_records(path, 100_000), "is nested too deeply"),
    Case("nested.md", lambda path: hostile.nested_markdown(path, 100_000), "contains no text"),
]
LONG = [
    Case("500 MB.csv", lambda path: hostile.long_line(path, 500), "too large: it has 524 MB, and the limit is 200 MB"),
    Case("150 MB.csv", lambda path: hostile.long_line(path, 150), "needs too much memory to read"),
]
if FULL:
    LONG += [
        Case("many lines.jsonl.gz", lambda path: hostile.packed_articles(path, True, 3000), "has more text"),
        Case(
            "500 MB of 600.csv",
            lambda path: hostile.long_line(path, 500),
            "needs too much memory to read",
            file_megabytes=600,
        ),
        Case("one cell.csv", lambda path: hostile.one_cell(path, 150), "needs too much memory to read"),
    ]

WITH_ENTITIES: dict[str, MakeWithEntities] = {
    "entities.xml": hostile.xml_with,
    "entities.rss": hostile.feed_with,
    "entities.xhtml": hostile.xhtml_with,
    "entities.svg": hostile.svg_with,
    "entities.docx": hostile.word_with,
    "entities in styles.docx": hostile.styles_with,
    "entities.xlsx": hostile.sheet_with,
    "entities.pptx": hostile.slide_with,
    "entities in a chapter.epub": hostile.chapter_with,
    "entities in the contents.epub": hostile.contents_with,
}
WITH_ADDRESSES: dict[str, tuple[MakeWithAddress, str]] = {
    "links.html": (hostile.linked_page, "The report is here."),
    "links.eml": (hostile.linked_mail, "The report is here."),
    "links.epub": (hostile.linked_book, "The report is here."),
    "links.docx": (hostile.linked_word, "The report is here."),
    "links.pptx": (hostile.linked_slides, "The report is here."),
    "links.xlsx": (hostile.linked_workbook, "The report is here."),
    "actions.pdf": (hostile.pdf_actions, "The report has an appendix."),
}
ARCHIVES: dict[str, Archive] = {
    "climbing.docx": WORD,
    "climbing.xlsx": BOOK,
    "climbing.pptx": SLIDES,
    "climbing.epub": EPUB,
}
NAMES = [
    "../../climbed.txt",
    "{folder}/absolute.txt",
    "..\\..\\windows.txt",
    "C:\\windows.txt",
    "bell\x07 and \x1b[2J escape.txt",
    "line\r\nbreak.txt",
    "nul\0.txt",
    "x" * 300 + ".txt",
    "no ending",
    "...",
    "..",
    ".",
    " ",
    "invoice\u202efdp.txt",
    "\u2066turned\u2069.txt",
    "half\ud800.txt",
    "<script>alert(1)</script>.txt",
]


@dataclass
class Listener:
    """A server on this machine, and what was asked of it."""

    address: str
    asked: list[str]


@dataclass
class Watch:
    """What reading one file takes: the most memory of the process that reads it, and the time."""

    megabytes: float = 0
    seconds: float = 0


@dataclass
class Table:
    """What became of each file, to be shown when all are through."""

    rows: list[str] = field(default_factory=list)

    def add(self, name: str, size: int, outcome: str, watch: Watch) -> None:
        self.rows.append(f"{name:32} {size:>12,} {watch.seconds:>8.1f} {watch.megabytes:>8.0f}  {outcome}")


@pytest.fixture(scope="module")
def table() -> Iterator[Table]:
    """Prints its rows at the end."""
    table = Table()
    yield table
    print("\n" + "\n".join([f"{'file':32} {'bytes':>12} {'seconds':>8} {'peak MB':>8}  outcome", *table.rows]))


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Nobody should ask it anything."""

    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(404)
            self.end_headers()

        do_HEAD = do_POST = do_GET

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Listener(f"http://127.0.0.1:{server.server_port}/", asked)
        server.shutdown()


@pytest.fixture(scope="module")
def asker(notes: SharedLibrary) -> Asker:
    return Asker(notes.library, notes.settings)


@contextmanager
def watched() -> Iterator[Watch]:
    """Watches the reading processes that this one starts. Where there is no /proc, the memory stays at 0."""
    watch, over = Watch(), threading.Event()

    def look() -> None:
        while not over.wait(0.03):
            for process in _children("self"):
                for reading in (process, *_children(process)):  # what is forked is a child of the fork server
                    with suppress(OSError):  # it ended just now
                        watch.megabytes = max(watch.megabytes, _peak(reading))

    looking = threading.Thread(target=look)
    started = time.monotonic()
    looking.start()
    try:
        yield watch
    finally:
        watch.seconds = time.monotonic() - started
        over.set()
        looking.join()


def _children(process: str) -> list[str]:
    found = list[str]()
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):  # its thread ended just now
            found += listed.read_text().split()
    return found


def _peak(process: str) -> float:
    # A process that has just been made has the memory of this one until it becomes the program that it is to run.
    if child.__name__.encode() not in Path(f"/proc/{process}/cmdline").read_bytes():
        return 0
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def read_through(path: Path, asker: Asker, table: Table, settings: Settings = DEFAULTS) -> Reading | str:
    """The reading of a file, or the sentence that refuses it, with all checked that every file has to keep."""
    size = path.stat().st_size
    with watched() as watch:
        try:
            outcome: Reading | str = read(path, path.name, settings)
        except CannotRead as error:
            outcome = str(error)
    path.unlink()
    answers(asker)
    table.add(path.name, size, outcome if isinstance(outcome, str) else "(read)", watch)
    assert watch.megabytes <= settings.read_megabytes + SLACK
    if isinstance(outcome, str):
        assert is_one_sentence(outcome)
    return outcome


def answers(asker: Asker) -> None:
    """A question is answered with the right passage first."""
    hits = asker.ask("When does the office open in the morning?", Options(candidates=2, top=1)).hits
    assert hits[0].candidate.passage.text.startswith("The office opens at eight")


def text_of(reading: Reading | str) -> str:
    """All words of a reading."""
    assert isinstance(reading, Reading), reading
    return "\n".join(section.text for section in reading.sections)


@pytest.mark.parametrize("case", [*BOMBS, *NESTED, *LONG], ids=lambda case: case.name)
def test_a_file_that_asks_too_much_is_read_or_refused(case: Case, tmp_path: Path, asker: Asker, table: Table) -> None:
    settings = DEFAULTS.model_copy(update={"file_megabytes": case.file_megabytes})
    outcome = read_through(case.make(tmp_path / case.name), asker, table, settings)
    if case.refused is None:
        assert case.text in text_of(outcome)
    else:
        assert isinstance(outcome, str)
        assert case.refused in outcome


def test_every_page_of_a_very_long_pdf_is_read(tmp_path: Path, asker: Asker, table: Table) -> None:
    pages = 20_000 if FULL else 6_000
    reading = read_through(hostile.pdf_pages(tmp_path / f"{pages} pages.pdf", pages), asker, table)
    assert isinstance(reading, Reading)
    assert [section.page for section in reading.sections] == list(range(1, pages + 1))


@pytest.mark.parametrize("name", WITH_ENTITIES)
@pytest.mark.parametrize("kind", ["laughs", "quadratic"])
def test_entities_do_not_grow(name: str, kind: str, tmp_path: Path, asker: Asker, table: Table) -> None:
    entities = (hostile.LAUGHS, hostile.LAUGH) if kind == "laughs" else hostile.quadratic(MEGABYTE // 5)
    outcome = read_through(WITH_ENTITIES[name](tmp_path / f"{kind} {name}", *entities), asker, table)
    assert isinstance(outcome, str) or text_of(outcome).count("ha ") < 10


@pytest.mark.parametrize("name", WITH_ENTITIES)
def test_entities_bring_in_nothing(name: str, tmp_path: Path, asker: Asker, table: Table, listener: Listener) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    path = WITH_ENTITIES[name](tmp_path / f"outer {name}", *hostile.outer(listener.address, secret))
    outcome = read_through(path, asker, table)
    assert isinstance(outcome, str) or "the secret" not in text_of(outcome)
    assert listener.asked == []


@pytest.mark.parametrize("name", WITH_ADDRESSES)
def test_nothing_that_a_document_names_is_fetched_or_started(
    name: str, tmp_path: Path, asker: Asker, table: Table, listener: Listener
) -> None:
    make, text = WITH_ADDRESSES[name]
    outcome = read_through(make(tmp_path / name, listener.address), asker, table)
    assert text in text_of(outcome)
    assert listener.asked == []


@pytest.mark.parametrize("name", ARCHIVES)
def test_parts_whose_paths_climb_are_written_nowhere(name: str, tmp_path: Path, asker: Asker, table: Table) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    path = hostile.climbing(tmp_path / name, ARCHIVES[name], outside)
    assert text_of(read_through(path, asker, table))
    assert list(tmp_path.rglob("*")) == [outside]


def test_names_that_climb_or_confuse_are_only_ever_data(
    tmp_path: Path, library: Library, settings: Settings, asker: Asker
) -> None:
    worker = Worker(library, settings)
    names = [name.replace("{folder}", str(tmp_path)) for name in NAMES]
    for number, name in enumerate(names):
        worker.put(name, [f"Desk {number} stands by the window.".encode()])
    until(lambda: all(job.over for job in worker.jobs()), seconds=300)
    assert {job.reason for job in worker.jobs()} == {None}
    answers(asker)
    held = {document.name: document.id for document in library.documents()}
    assert sorted(held) == sorted(name.encode("utf-8", "replace").decode() for name in names)
    assert sorted(path.name for path in (settings.library / "files").iterdir()) == sorted(held.values())
    assert list(tmp_path.iterdir()) == [settings.library]


def test_half_an_archive_inside_a_file_of_another_kind_does_not_matter(tmp_path: Path) -> None:
    end = files.word(tmp_path / "a.docx").read_bytes()[-100:]
    path = files.outlook(tmp_path / "a.msg")
    path.write_bytes(path.read_bytes() + end)
    assert "At noon in the park" in text_of(read(path, path.name, DEFAULTS))


ATTEMPTS = [
    "socket.create_connection(('127.0.0.1', {port}))",
    "urllib.request.urlopen('http://127.0.0.1:{port}/')",
    "socket.getaddrinfo('localhost', {port})",
    "socket.gethostbyname('localhost')",
    "socket.gethostbyaddr('127.0.0.1')",
    "socket.getnameinfo(('127.0.0.1', {port}), 0)",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', {port}))",
    "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendmsg([b'x'], [], 0, ('127.0.0.1', {port}))",
    "socket.socket().bind(('127.0.0.1', 0))",
    "subprocess.run(['true'])",
    "os.system('true')",
    "os.popen('true')",
    "os.fork()",
    "os.execv('/bin/true', ['true'])",
    "os.posix_spawn('/bin/true', ['true'], {{}})",
    "os.spawnv(os.P_WAIT, '/bin/true', ['true'])",
]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the ways to start a program are those of Unix")
def test_the_reading_process_can_neither_connect_nor_start_a_program(listener: Listener) -> None:
    port = listener.address.rsplit(":", 1)[1].strip("/")
    attempts = [attempt.format(port=port) for attempt in ATTEMPTS]
    script = f"""
import os, runpy, socket, subprocess, sys, urllib.request
sys.addaudithook(runpy.run_path({str(limits.__file__)!r})["_refuse_forbidden"])
for attempt in {attempts!r}:
    try:
        eval(attempt)
    except OSError as error:
        print("forbidden" if "is not allowed while a file is read" in str(error) else (attempt, error))
    else:
        print(attempt, "was allowed")
"""
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines() == ["forbidden"] * len(attempts)
    assert listener.asked == []
