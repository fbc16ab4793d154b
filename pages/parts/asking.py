"""A question on its way: taken from the box, answered step by step before the person's eyes, stopped, kept."""

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import streamlit as st

from ingest import PinpointError
from pages.parts.cards import interim, reading
from pages.parts.opened import Pinpoint
from pages.parts.plain import show_html
from pages.parts.steering import choice
from qa import Conversation, Options, Turn, answer_turn, in_context

STOPPED = "You stopped this question. Ask it again to see its answer."


@dataclass(frozen=True)
class Pending:
    """A question that is to be answered.

    `alone` where it is not to be asked together with the one before it; `after` is the question that it follows where
    that is known. Without `mend` it is taken as it was typed.
    """

    question: str
    alone: bool = False
    after: str | None = None
    mend: bool = True


def pending() -> Pending | None:
    """The question that is to be answered, until it is, whatever interrupts the page meanwhile."""
    waiting: Pending | None = st.session_state.get("asked")
    return waiting


def take(app: Pinpoint, asked: Pending) -> None:
    """Let this question be the next one; one that is still being answered does not hold it up."""
    stop(app)
    st.session_state.asked = asked
    st.session_state.unknown = False


def stop(app: Pinpoint) -> None:
    """Give up the question that is being answered, if there is one."""
    given_up = pending()
    st.session_state.asked = None
    if given_up:
        keep(app, Turn(given_up.question, None, STOPPED, given_up.after))


def keep(app: Pinpoint, turn: Turn) -> None:
    """Add a turn to the conversation, on the page and on the disk."""
    here: Conversation = st.session_state.conversation
    # What another window has added or renamed meanwhile stays.
    conversation = (app.conversations.find(here.id) or here).with_turn(replace(turn, asked_at=datetime.now(UTC)))
    st.session_state.conversation = conversation
    try:
        app.conversations.keep(conversation)
    except PinpointError as error:
        st.session_state.notice = str(error)


def answer(app: Pinpoint, waiting: Pending) -> None:
    """Answer a question where the page now stands: the best passages so far, and how many are read, until all are."""
    with st.container(horizontal=True, vertical_alignment="center"):
        line = st.empty()
        st.button("Stop", icon=":material/stop_circle:", type="tertiary", on_click=stop, args=[app], key="stop")
    cards = st.empty()
    with line:
        show_html(reading(0, 0))
    turns, characters = st.session_state.conversation.turns, app.settings.question_characters
    question = in_context(waiting.question, turns, characters, alone=waiting.alone, after=waiting.after)
    chosen = choice()
    names = {document.id: document.name for document in app.library.documents()}
    of = tuple(names[document_id] for document_id in chosen.documents if document_id in names)
    options = Options(chosen.mode, chosen.candidates, chosen.passages, chosen.documents or None, waiting.mend)
    with closing(answer_turn(app.asker, question, options, of)) as steps:
        for step in steps:
            if isinstance(step, Turn):
                st.session_state.asked = None
                keep(app, step)
                return
            with line:
                show_html(reading(step.read, step.total))
            with cards:
                show_html("".join(interim(hit, question.text) for hit in step.hits))
