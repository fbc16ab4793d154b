"""What every page stands on, opened once a process and shared by everybody who has the app open."""

import runpy
import threading
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from ingest import Database, Library, PinpointError, Settings, Worker, load_settings
from pages.parts.plain import plain_markdown
from qa import Asker, Conversations, Judgements

_FRONT_DOOR = Path(__file__).parents[2] / "app.py"


@dataclass(frozen=True)
class Pinpoint:
    """The open library with the two who work on it: one adds documents, the other answers questions; what they said."""

    settings: Settings
    library: Library
    worker: Worker
    asker: Asker
    conversations: Conversations
    judgements: Judgements


def pinpoint() -> Pinpoint:
    """The app's parts; where they cannot be opened the page says why and ends here."""
    _come_in_by_the_front_door()
    try:
        return _open()
    except PinpointError as error:
        st.error(plain_markdown(str(error)), icon=":material/error:")
        st.button("Try again", icon=":material/refresh:")
        st.stop()


def _come_in_by_the_front_door() -> None:
    """See to it that app.py runs first.

    Streamlit takes any folder `pages` for its older kind of pages, each run by itself, until something has called
    `st.navigation`: so it is where the first visit since the start was not to the first page.
    """
    if "entered" not in st.session_state:
        runpy.run_path(str(_FRONT_DOOR))
        st.stop()


@st.cache_resource(show_spinner="Opening the library…")
def _open() -> Pinpoint:
    settings = load_settings()
    library = Library(settings)
    try:
        database = Database(settings.library)
        conversations, judgements = Conversations(database), Judgements(database)
    except PinpointError:
        library.close()  # "Try again" opens it again
        raise
    asker = Asker(library, settings)
    threading.Thread(target=asker.warm_up, name="warm-up", daemon=True).start()
    return Pinpoint(settings, library, Worker(library, settings), asker, conversations, judgements)
