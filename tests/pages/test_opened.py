"""The parts of the app, opened once a process."""

import gc

from pages.parts import opened
from qa import Asker
from tests.conftest import SharedLibrary


def test_what_the_first_question_needs_is_kept_out_of_the_collection_after_each_drawing(notes: SharedLibrary) -> None:
    gc.unfreeze()
    try:
        opened._warm_up(Asker(notes.library, notes.settings))
        assert gc.get_freeze_count() > 100_000  # the models' libraries alone
        assert len(gc.get_objects()) < gc.get_freeze_count() / 10
    finally:
        gc.unfreeze()
