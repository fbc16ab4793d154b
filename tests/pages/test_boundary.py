"""What fails on a page ends as one sentence, with what to do: a full disk, a server that is gone.

Each failure is a real one. The pages run in this process, in Streamlit's own test harness, without a browser.
"""

import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import FileUploader

from ingest import Library, Settings
from ingest.logs import keep_logs_clean
from pages.parts import boundary, opened
from pages.parts.boundary import DISK_FULL, NO_FILE, UNFORESEEN, sentence_for
from pages.server.rules import rules
from qa import Turn
from tests.conftest import ROOT, is_one_sentence, no_room, until
from tests.ingest.store.stored import Server, a_document, add_document
from tests.ingest.store.test_opening import flip
from tests.qa.answers import answer, candidate

SECONDS = 240  # for a page to be drawn; the machine may be busy
WHAT_FAILED = "The disk is full or the library's database cannot be written to."
NO_DOCUMENTS = "There are no documents yet. Add some, then ask again."

Pages = Callable[[str], AppTest]


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of a library that the pages open; it is closed at the end."""
    folder = tmp_path / "library"
    monkeypatch.setenv("PINPOINT_LIBRARY", str(folder))
    monkeypatch.setenv("PINPOINT_SIGN_IN", "never")  # there is no server here that would know where it listens
    rules.cache_clear()
    monkeypatch.chdir(tmp_path)  # away from an .env
    st.cache_resource.clear()
    yield folder
    left = opened._open() if folder.is_dir() else None
    for thread in threading.enumerate():
        if thread.name == "warm-up":  # it reads the library; what it imports makes loggers, through which pytest goes
            thread.join()
    if left:
        left.library.close()
    st.cache_resource.clear()
    rules.cache_clear()


@pytest.fixture
def pages(library: Path, caplog: pytest.LogCaptureFixture) -> Iterator[Pages]:
    """Opens the app on a page of `pages/`. Where something unexpected goes wrong, the test says what it was."""

    def opens(name: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "pages" / "start.py"), default_timeout=SECONDS).run()
        return app if name == "chat" else app.switch_page(f"{name}.py").run()

    yield opens
    logged = [record for record in caplog.get_records("call") if record.name == boundary.__name__]
    assert all("OSError" in caplog.handler.format(record) for record in logged), caplog.handler.format(logged[-1])


def files_of(page: AppTest) -> FileUploader:
    """The field of the tray for files; the one of the backup is for one of another kind."""
    return next(field for field in page.file_uploader if field.label == "Choose files or drop them here")


def errors(page: AppTest) -> list[str]:
    """The sentences on what went wrong, without the marks that escape Markdown; no traceback is beside them."""
    assert not page.exception
    said = [error.value.replace("\\", "") for error in page.error]
    assert all(is_one_sentence(sentence) for sentence in said)
    return said


def press(page: AppTest, label: str) -> AppTest:
    """Press the button with this label and wait for the page."""
    return next(found for found in page.button if found.label == label).click().run()


def paste(page: AppTest) -> None:
    """Add a text by pasting it."""
    page.text_area[0].set_value("The porter has the key.")
    press(page, "Add")


def added(page: AppTest) -> None:
    """Wait until the worker has added what was given to it, and draw the page again."""
    until(lambda: not any(job.going for job in opened._open().worker.jobs()), SECONDS)
    page.run()


def test_where_two_parts_of_a_page_fail_each_has_its_sentence_and_trying_again_is_offered_once() -> None:
    def two_parts() -> None:
        from ingest import PinpointError  # Streamlit runs the text of this function alone
        from pages.parts.boundary import boundary

        for part in ("The first part is out of reach.", "The second part is out of reach."):
            with boundary():
                raise PinpointError(part)

    page = AppTest.from_function(two_parts, default_timeout=SECONDS).run()
    assert errors(page) == ["The first part is out of reach.", "The second part is out of reach."]
    assert [button.label for button in page.button] == ["Try again"]


# --- a full disk


def test_pasted_text_that_cannot_be_kept_is_said_and_the_next_one_is_added(pages: Pages) -> None:
    page = pages("documents")
    with no_room(0):
        paste(page)
    assert errors(page) == [
        "The file could not be saved: the disk is full or cannot be written to. Free some space, then add it again."
    ]
    paste(page)
    assert errors(page) == []
    added(page)
    assert any("was added" in line.value for line in page.markdown)


def test_a_file_that_cannot_be_kept_is_said(pages: Pages) -> None:
    page = pages("documents")
    with no_room(0):
        files_of(page).upload("hours.txt", b"We open at eight.").run()
    assert errors(page) == [
        "The file could not be saved: the disk is full or cannot be written to. Free some space, then add it again."
    ]


def test_the_example_that_cannot_be_added_is_said(pages: Pages) -> None:
    page = pages("chat")
    with no_room(0):
        press(page, "Try it with an example")
    assert len(errors(page)) == 1
    assert "disk is full" in errors(page)[0]


def test_an_answer_that_cannot_be_kept_is_shown_all_the_same(pages: Pages) -> None:
    page = pages("chat")
    with no_room(0):
        page.chat_input[0].set_value("Who has the key?").run()
    assert len(errors(page)) == 1
    assert WHAT_FAILED in errors(page)[0]
    assert NO_DOCUMENTS in [info.value.replace("\\", "") for info in page.info]
    page.run()
    assert errors(page) == []


def test_a_conversation_that_cannot_be_renamed_is_said(pages: Pages) -> None:
    kept(pages)
    page = pages("conversations")
    page.text_input[1].set_value("Keys")
    with no_room(0):
        press(page, "Save")
    assert len(errors(page)) == 1
    assert WHAT_FAILED in errors(page)[0]
    press(page, "Save")
    assert errors(page) == []
    assert "**Keys**" in [line.value for line in page.markdown]


def test_a_file_over_the_limit_is_refused_and_what_cannot_be_written_on_trying_again_is_said(
    pages: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A megabyte of the limit is 1,000,000 bytes. Streamlit's field counts 1,048,576, so it lets the file through."""
    monkeypatch.setenv("PINPOINT_FILE_MEGABYTES", "20")
    page = pages("documents")
    files_of(page).upload("long.txt", b"The porter has the key. " * 860_000).run()
    added(page)
    line = next(line.value for line in page.markdown if "was not added" in line.value)
    assert "This file is too large: it has 21 MB, and the limit is 20 MB." in line.replace("\\", "")
    with no_room(0):
        press(page, "Try again")
    assert len(errors(page)) == 1
    assert WHAT_FAILED in errors(page)[0]
    press(page, "Try again")
    assert errors(page) == []


@pytest.mark.parametrize("number", ["0", "-1", "x", "99", "00000000150000000", "9" * 5000, "²", "25"])
def test_an_address_that_names_a_passage_that_is_not_there_shows_the_document(pages: Pages, number: str) -> None:
    page = pages("documents")
    add_document(opened._open().library, a_document("tides", passages=25))
    page.query_params["id"] = "tides"
    page.query_params["passage"] = number
    page.switch_page("document.py").run()
    assert errors(page) == []
    first = 25 if number == "25" else 1
    assert any(f'id="passage-{first}"' in html.proto.body for html in page.get("html"))


def test_a_thumb_that_cannot_be_kept_is_said_beside_it_and_does_not_count(pages: Pages) -> None:
    page = pages("chat")
    app = opened._open()
    found = answer("When does it open?", candidate("It opens at eight."), best="It opens at eight.")
    conversation = app.conversations.start().with_turn(Turn("When does it open?", found, None))
    app.conversations.keep(conversation)
    page.query_params["conversation"] = conversation.id
    page.run()
    with no_room(0):
        page.feedback[0].set_value(1).run()
    assert errors(page) == []
    assert len(page.toast) == 1
    assert is_one_sentence(page.toast[0].value.replace("\\", ""))
    assert len(app.judgements) == 0
    page.feedback[0].set_value(1).run()
    assert [toast.value for toast in page.toast] == ["Thank you"]
    assert len(app.judgements) == 1


def test_a_conversation_that_cannot_be_deleted_is_said_and_kept(pages: Pages) -> None:
    kept(pages)
    page = press(pages("conversations"), "Delete")
    with no_room(0):
        press(page, "Delete for good")
    assert len(errors(page)) == 1
    assert WHAT_FAILED in errors(page)[0]
    assert len(kept_turns()) == 1
    press(press(page, "Delete"), "Delete for good")
    assert errors(page) == []
    assert kept_turns() == []


# --- what is out of reach


def test_a_library_that_cannot_be_opened_is_said_on_every_page(pages: Pages, library: Path) -> None:
    library.write_text("a file in the place of the folder")
    for name in ("chat", "documents", "conversations", "document"):
        page = pages(name)
        assert len(errors(page)) == 1
        assert "PINPOINT_LIBRARY" in errors(page)[0]
        assert [found.label for found in page.button] == ["Try again"]
    library.unlink()
    assert errors(press(page, "Try again")) == []


def test_a_damaged_store_is_said_on_every_page_with_the_way_out(pages: Pages, library: Path) -> None:
    with Library(Settings(library=library, _env_file=None)) as opened:
        add_document(opened, a_document("note", 3))
    flip(library / "chroma" / "chroma.sqlite3")
    for name in ("chat", "documents", "conversations", "document"):
        page = pages(name)
        assert len(errors(page)) == 1
        assert "is damaged" in errors(page)[0]
        assert "python -m ingest rebuild" in errors(page)[0]
    shutil.rmtree(library)
    assert errors(press(page, "Try again")) == []


def test_a_server_that_is_gone_is_said_on_every_page_and_works_again_when_it_is_back(
    pages: Pages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = Server(tmp_path)
    monkeypatch.setenv("PINPOINT_CHROMA_URL", server.url)
    try:
        drawn = {name: pages(name) for name in ("chat", "documents")}
        assert [errors(page) for page in drawn.values()] == [[], []]
    finally:
        server.stop()
    for page in drawn.values():
        page.run()
        assert len(errors(page)) == 1
        assert "the Chroma server, can be reached" in errors(page)[0]
        assert "Try again" in [found.label for found in page.button]


def test_conversations_that_cannot_be_listed_are_said(pages: Pages, library: Path) -> None:
    kept(pages)
    page = pages("conversations")
    database = library / "pinpoint.db"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    database.write_bytes(b"no database at all" * 5000)
    assert len(errors(page.run())) == 1
    assert "is damaged or is no database. Put a copy of it back" in errors(page)[0]
    assert "Try again" in [found.label for found in page.button]


def test_a_folder_of_files_that_is_lost_is_said_where_a_file_is_added(pages: Pages, library: Path) -> None:
    page = pages("documents")
    shutil.rmtree(library / "files")
    paste(page)
    assert len(errors(page)) == 1
    assert "could not be saved" in errors(page)[0]


def kept(pages: Pages) -> None:
    """Ask something, so that a conversation is kept."""
    pages("chat").chat_input[0].set_value("Who has the key?").run()
    assert [turn.question for turn in kept_turns()] == ["Who has the key?"]


def kept_turns() -> list[Turn]:
    """The turns of every conversation that is kept."""
    conversations = opened._open().conversations
    found = [conversations.find(summary.id) for summary in conversations.listed()]
    return [turn for conversation in found if conversation for turn in conversation.turns]


# --- the sentences


def test_every_failure_has_a_sentence_and_one_that_was_not_foreseen_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    keep_logs_clean()
    with pytest.raises(OSError, match="No space left") as full:
        Path("/dev/full").write_text("x")
    assert sentence_for(full.value) == DISK_FULL
    with pytest.raises(FileNotFoundError) as missing:
        Path("/nowhere/at/all").read_text()
    assert sentence_for(missing.value) == NO_FILE
    assert sentence_for(ValueError("an innard")) == UNFORESEEN
    assert all(is_one_sentence(sentence) for sentence in (DISK_FULL, NO_FILE, UNFORESEEN))
    logged = [record.exc_text.split()[0] for record in caplog.records if record.exc_text]
    assert logged == ["OSError", "FileNotFoundError", "ValueError"]
    assert "test_boundary.py" in caplog.text
    assert "an innard" not in caplog.text  # a message may hold the text of a document
