"""The conversation on the Ask page: its turns, oldest first."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import Document
from pages.parts.boundary import fragment_boundary
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.scripts import scroll_to_question
from pages.parts.session import current, save
from pages.parts.suggestions import show_suggestions
from pages.parts.turn import show_answer, show_asked

_LOOKED_EVERY = 10.0  # seconds, for what another window has asked
_SHOWN_AT_ONCE = 5  # turns; the earlier ones come on a click


def show_turns(app: Pinpoint, held: Sequence[Document]) -> None:
    """The last turns, or all of them, each with its answer."""
    session = current()
    conversation, turns = session.conversation, session.turns
    if conversation is None or not turns:
        return
    for place in range(_first_shown(conversation.id, len(turns)), len(turns)):
        turn, key = turns[place], f"{conversation.id}-{place}"
        newest = place == len(turns) - 1 and session.pending is None
        with st.chat_message("user", avatar=":material/person:"):
            show_asked(app, place, turn, key)
        with st.chat_message("assistant", avatar=":material/my_location:"):
            show_answer(app, turn, key, newest=newest)
            if newest and turn.answer and turn.answer.outcome == "nothing close":
                show_suggestions(app, held)
    if session.pending is None:
        _follow_other_windows(app)
    if session.scroll_to_last:
        save(replace(current(), scroll_to_last=False))
        scroll_to_question(len(turns) - 1)


def _first_shown(conversation_id: str, number: int) -> int:
    """The place of the first turn that is shown of so many, with a button for those before it."""
    first = max(number - _SHOWN_AT_ONCE, 0)
    session = current()
    if not first or session.all_turns_of == conversation_id:
        return 0
    if st.button(f"Show {count(first, 'earlier question')}", icon=":material/history:"):
        save(replace(session, all_turns_of=conversation_id))
        st.rerun()
    return first


@st.fragment(run_every=_LOOKED_EVERY)
@fragment_boundary()
def _follow_other_windows(app: Pinpoint) -> None:
    """Show what another window has asked in this conversation meanwhile."""
    session = current()
    here = session.conversation
    if here is None or session.pending or session.by_link or app.conversations.questions(here.id) <= len(here.turns):
        return
    if found := app.conversations.find(here.id):
        save(replace(session, conversation=found))
        st.rerun()
