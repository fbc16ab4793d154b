"""No text of a document, no question and no name of a file comes into the log, whatever fails."""

import io
import logging
import os
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.logs import is_trace, keep_logs_clean, trace
from tests.conftest import ROOT

MARKER = "xylophonic-secret"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged while the rule is applied to this process. Everything is as before afterwards."""
    factory, hooks = logging.getLogRecordFactory(), (sys.excepthook, threading.excepthook, sys.unraisablehook)
    root, written = logging.getLogger(), io.StringIO()
    handler, level = logging.StreamHandler(written), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    keep_logs_clean()
    yield written
    root.removeHandler(handler)
    root.setLevel(level)
    logging.setLogRecordFactory(factory)
    logging.captureWarnings(False)
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def failing() -> None:
    """Fails as a parser does, with the text in the message of the error and of the one that caused it."""
    try:
        int(MARKER)
    except ValueError as error:
        raise KeyError(f"no row {MARKER}") from error


def test_an_exception_is_logged_by_its_type_and_its_places(log: io.StringIO) -> None:
    try:
        failing()
    except KeyError:
        logging.getLogger("ingest.reading").exception("a file could not be added")
    assert MARKER not in log.getvalue()
    for part in ("a file could not be added", "KeyError", "ValueError", "caused by", "ingest/test_logs.py:"):
        assert part in log.getvalue()


def test_of_other_libraries_only_the_words_of_their_code_are_logged(log: io.StringIO) -> None:
    other = logging.getLogger("pypdf.reader")
    other.warning("page %s cannot be parsed", MARKER)
    other.warning(f"page {MARKER} cannot be parsed")
    other.warning("an ordinary message")
    warnings.warn(f"strange text {MARKER}", stacklevel=1)
    assert MARKER not in log.getvalue()
    assert "page %s cannot be parsed" in log.getvalue()
    assert "an ordinary message" in log.getvalue()


def test_what_nobody_caught_is_logged_the_same_way(log: io.StringIO) -> None:
    thread = threading.Thread(target=failing)
    thread.start()
    thread.join()
    assert "an exception that nobody expected" in log.getvalue()
    assert "KeyError" in log.getvalue()
    assert MARKER not in log.getvalue()


def test_the_places_of_an_error_are_told_and_nothing_else() -> None:
    with pytest.raises(KeyError) as caught:
        failing()
    assert is_trace(trace(caught.value))
    assert MARKER not in trace(caught.value)
    for text in (f"{MARKER} said this", "KeyError\nfaked line", "a " * 2000, 7):
        assert not is_trace(text)


def test_nothing_of_hostile_documents_and_questions_is_logged_or_printed(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.ingest.logging_app", str(tmp_path), MARKER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    everything = ran.stdout + ran.stderr
    assert MARKER not in everything
    for part in ("added document", "a file was given up", "a file could not be added", "a page could not be drawn"):
        assert part in everything
    assert everything.rstrip().endswith("all done")
