"""The Ask page: ask in plain words and see the passages that answer. Reads from top to bottom."""

import streamlit as st

from pages.parts.address import read_address, read_filter, write_address
from pages.parts.ask_box import show_ask_box
from pages.parts.asking import show_pending, start_new
from pages.parts.boundary import guarded, show_notices
from pages.parts.choosing import show_choice
from pages.parts.conversation import show_turns
from pages.parts.filters import show_filter
from pages.parts.first_screen import show_earlier, show_welcome
from pages.parts.getting_ready import show_getting_ready
from pages.parts.job_summary import show_current, show_failures
from pages.parts.opened import pinpoint
from pages.parts.plain import show_html
from pages.parts.scripts import focus_question_box
from pages.parts.session import current
from pages.parts.suggestions import show_suggestions
from pages.parts.viewer import show_viewer

app = pinpoint()
held = app.library.documents()
shelved = app.library.shelf.now()
read_filter(shelved)
read_address(app, held)

# The box is below the conversation and is drawn first, so that the conversation has the question that was just typed.
conversation_part = st.container(key="conversation")
with st.container(key="ask-box"):  # not at the root, where it would scroll the page to the last passage, not the first
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="above-the-box"):
        found = show_filter(held, shelved)
        show_choice(held, found)
        if current().turns:
            st.button(
                "New",
                icon=":material/add:",
                type="tertiary",
                key="new",
                on_click=guarded(start_new),
                args=[app],
                help="Start a new conversation. This one is kept.",
            )
    show_ask_box(app)
write_address()
with conversation_part:
    show_notices()  # before the viewer, which draws the page again where one is left
show_viewer(app)
session = current()
focus_question_box(f"{len(session.turns)} {session.pending is not None}")

with conversation_part:
    if session.unknown == "conversation":
        st.info("This conversation is not here. It may have been deleted.", icon=":material/info:")
    if session.unknown == "page":
        st.info("There is no page at that address. This is the page to ask questions.", icon=":material/info:")
    if session.empty:
        show_welcome(app, held)
    else:
        show_html('<h1 class="pp-hidden">Pinpoint: questions and answers</h1>')
    show_current(app.worker)
    if session.empty:
        if app.may("worker", "dismiss"):
            show_failures(app.worker)
        show_suggestions(app, held)
        show_earlier(app)
        if held and session.pending is None:
            show_getting_ready(app)
    show_turns(app, held)
    show_pending(app)
