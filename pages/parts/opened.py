"""The parts of the app, opened once a process and shared by everybody who has it open in a browser."""

import gc
import runpy
import threading
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ingest import BackupKeeper, Library, PinpointError, Settings, Worker, answer_requests, load_settings
from pages.parts.boundary import is_bounded
from qa import Asker, Conversations, Judgements

_APP = Path(__file__).parents[2] / "app.py"


@dataclass(frozen=True)
class Pinpoint:
    """The open library; what adds documents to it and what answers questions; what people said."""

    settings: Settings
    library: Library
    worker: Worker
    asker: Asker
    conversations: Conversations
    judgements: Judgements
    backups: BackupKeeper


def pinpoint() -> Pinpoint:
    """The parts of the app. Raises PinpointError where they cannot be opened."""
    _run_app_first()
    return _open()


def _run_app_first() -> None:
    """See to it that app.py runs first, whichever page is asked for.

    Streamlit takes any folder named `pages` for its older kind of pages: until something has called `st.navigation`, it
    runs the page that the address names by itself. So it is for the first visit since the start of the server, where
    that is not to the first page. No setting of Streamlit turns this off, and the folder is called `pages` on purpose.
    """
    if not is_bounded():
        runpy.run_path(str(_APP))
        st.stop()


def _warm_up(asker: Asker) -> None:
    """Load what the first question needs, and keep it out of Streamlit's garbage collection.

    Streamlit looks through all objects whenever a page or a part of it was drawn. With the models and their libraries
    that is half a million: 0.4 s in which no other thread runs, and beside an open page files were added many times
    more slowly. What is frozen is not looked through; what comes later still is.
    """
    asker.warm_up()
    gc.collect()
    gc.freeze()


@st.cache_resource(show_spinner="Opening the library…")
def _open() -> Pinpoint:
    settings = load_settings()
    library = Library(settings)
    try:
        conversations, judgements = Conversations(library.database), Judgements(library.database)
    except PinpointError:
        library.close()  # so that the next try can open it
        raise
    library.database.reserve.keep()
    asker = Asker(library, settings)
    threading.Thread(target=_warm_up, args=[asker], name="warm-up", daemon=True).start()
    threading.Thread(target=answer_requests, args=[library], name="backups", daemon=True).start()
    return Pinpoint(
        settings, library, Worker(library, settings), asker, conversations, judgements, BackupKeeper(library)
    )
