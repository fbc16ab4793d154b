"""Reads and asks with a marker in every text, name and question, with everything logged. `test_logs.py` runs it."""

import logging
import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy import text

from ingest import Library, PinpointError, Worker, page_image, read
from ingest.logs import keep_logs_clean
from pages.parts.boundary import sentence_for
from qa import Asker
from tests.conftest import settings_in, until
from tests.ingest.reading import files


def main(folder: Path, marker: str) -> None:
    """Go through what the app does with documents and questions, failures included."""
    logging.basicConfig(level=logging.DEBUG, stream=sys.stderr)
    keep_logs_clean()
    settings = settings_in(folder)
    with Library(settings) as library:
        worker = Worker(library, settings)
        for name, content in _hostile(folder, marker):
            worker.put(f"{marker} {name}", [content])
        until(lambda: all(job.over for job in worker.jobs()), seconds=200)
        asker = Asker(library, settings)
        for question in (f"Where is {marker}?", f"“{marker}” \x00\ud800 {marker}", marker * 500, "?" + marker):
            with suppress(PinpointError):
                asker.ask(question)
        _fail(library, marker)
        path = folder / f"{marker}.pdf"
        path.write_bytes(f"%PDF-1.7 {marker}".encode())
        with suppress(PinpointError):
            page_image(path, 1, settings)
        with suppress(PinpointError):
            read(path, path.name, settings)
    logging.getLogger("ingest").info("all done")


def _hostile(folder: Path, marker: str) -> list[tuple[str, bytes]]:
    word = files.word(folder / "a.docx").read_bytes()
    return [
        ("a.txt", f"The key is {marker}.".encode()),
        ("b.csv", f'{marker};=1\n"{marker}'.encode()),
        ("c.json", f'{{"{marker}": [{marker}'.encode()),
        ("d.xml", f"<a><{marker}>&{marker};</a>".encode()),
        ("e.pdf", f"%PDF-1.7\n1 0 obj << /{marker} >>".encode()),
        ("f.docx", word[: len(word) // 2] + marker.encode()),
        ("g.ipynb", f'{{"cells": ["{marker}", 7]}}'.encode()),
        ("h.eml", f"From: {marker}\nContent-Type: multipart/{marker}; boundary=x\n\n--x\n{marker}".encode()),
        ("i.html", f"<html><meta charset={marker}><p>{marker}".encode()),
        ("j.jsonl", f'{{"title": "{marker}"'.encode()),
        ("k.xlsx", b"PK\x03\x04" + marker.encode()),
    ]


def _fail(library: Library, marker: str) -> None:
    """Fail as the database, a page and the worker do, with the marker in the message."""
    try:
        with library.database.read() as connection:
            connection.execute(text("SELECT * FROM nothing WHERE a = :a"), {"a": marker})
    except Exception as error:  # noqa: BLE001 - whatever it is
        sentence_for(error)
    try:
        raise ValueError(marker)
    except ValueError:
        logging.getLogger("ingest.queue.worker").exception("a file could not be added")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
