"""The parts of the app, opened once a process."""

import gc
import threading
from concurrent.futures import Future

from ingest.errors import LibraryUnavailable
from pages.parts import opened
from qa import Asker
from tests.conftest import SharedLibrary, until


def test_what_the_first_question_needs_is_kept_out_of_the_collection_after_each_drawing(notes: SharedLibrary) -> None:
    gc.unfreeze()
    asker = Future[Asker]()
    asker.set_result(Asker(notes.library, notes.settings))
    try:
        opened._warm_up(notes.settings, asker)
        assert asker.result().preparing is None
        assert gc.get_freeze_count() > 100_000  # the models' libraries alone
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    finally:
        gc.unfreeze()


def test_where_the_library_cannot_be_opened_nobody_waits_for_it(notes: SharedLibrary) -> None:
    asker = Future[Asker]()
    asker.set_exception(LibraryUnavailable("It is in use."))
    try:
        opened._warm_up(notes.settings, asker)
    finally:
        gc.unfreeze()
    until(lambda: all(thread.name != "freeze" for thread in threading.enumerate()))


def test_it_is_kept_out_while_it_is_still_being_loaded() -> None:
    gc.unfreeze()
    loaded = threading.Event()
    freezing = threading.Thread(target=opened._freeze_until, args=[loaded])
    freezing.start()
    try:
        until(lambda: gc.get_freeze_count() > 0)
        before = gc.get_freeze_count()
        more = [[number] for number in range(10_000)]
        until(lambda: gc.get_freeze_count() >= before + len(more))
    finally:
        loaded.set()
        freezing.join()
        gc.unfreeze()
