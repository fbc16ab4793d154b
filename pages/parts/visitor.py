"""What the browser of whoever is looking shows: the sign-in, the network address, the window."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ingest import Person
from pages.server.reception import COOKIE
from pages.server.rules import rules
from pages.server.visits import VISITS


def token() -> str:
    """What the browser shows for the sign-in; empty where it shows nothing."""
    return st.context.cookies.get(COOKIE, "") if rules().sign_in else ""


def network_address() -> str:
    """The network address of the browser, for the record and for limits."""
    context = get_script_run_ctx()
    return (st.context.ip_address or "this machine") if context else ""


def note_window(person: Person | None) -> None:
    """Let the layers around the server know whose window this is."""
    context = get_script_run_ctx()
    if context and person:
        VISITS.note(context.session_id, person.id)
