"""A question on its way: taken from the box, answered step by step before the person's eyes, stopped, kept."""

from dataclasses import replace

import streamlit as st

from ingest import BadQuestion
from pages.parts.boundary import guarded
from pages.parts.cards import interim_card, reading_line, show_question, status_line
from pages.parts.getting_ready import getting_ready_words
from pages.parts.opened import Pinpoint
from pages.parts.plain import show_html
from pages.parts.scripts import scroll_to_question
from pages.parts.session import Pending, current, save
from qa import Answering, Conversation, InContext, Interim, Turn, answer_turn, in_context, stopped_turn


def take(app: Pinpoint, question: Pending) -> None:
    """Let this question be the next one; one that is still being answered does not hold it up."""
    stop(app)
    save(replace(current(), pending=question, unknown=""))


def stop(app: Pinpoint) -> None:
    """Give up the question that is being answered, if there is one."""
    session = current()
    if session.answering:
        session.answering.stop()
    if session.pending:
        _keep(app, stopped_turn(session.pending.question, session.pending.after))


def start_new(app: Pinpoint) -> None:
    """Leave the conversation, which is kept, for a new one."""
    stop(app)
    session = current()
    save(replace(session, conversation=None, by_link=False, left=session.named))


def show_pending(app: Pinpoint) -> None:
    """The question that is being answered, if there is one; the page is drawn again when it is answered."""
    session = current()
    if session.pending is None:
        return
    place = len(session.turns)
    with st.chat_message("user", avatar=":material/person:"):
        show_question(place, session.pending.question)
    with st.chat_message("assistant", avatar=":material/my_location:"):
        scroll_to_question(place)
        _answer(app, session.pending)
    save(replace(current(), scroll_to_last=True))
    st.rerun()


def _answer(app: Pinpoint, pending: Pending) -> None:
    """Answer a question: show the best passages so far, and how many are read, until all are."""
    with st.container(horizontal=True, vertical_alignment="center"):
        line = st.empty()
        st.button(
            "Stop", icon=":material/stop_circle:", type="tertiary", on_click=guarded(stop), args=[app], key="stop"
        )
    cards = st.empty()
    session, characters = current(), app.settings.question_characters
    question = in_context(pending.question, session.turns, characters, alone=pending.alone, after=pending.after)
    answering = session.answering
    if answering is None or answering.is_given_up:
        answering = _begun(app, question, pending)
        save(replace(session, answering=answering))
    shown: Interim | None = None
    for step in answering.watch():
        if isinstance(step, Turn):
            _keep(app, step)
            return
        with line:  # drawn also where nothing is new: so Streamlit sees a click meanwhile
            show_html(reading_line(step.read, step.total, step.before) if step else _looking_line(app))
        if step is not None and step is not shown:
            with cards:
                show_html("".join(interim_card(hit, question.text) for hit in step.hits))
            shown = step


def _looking_line(app: Pinpoint) -> str:
    return status_line(getting_ready_words(app) or "Looking for passages…")


def _begun(app: Pinpoint, question: InContext, pending: Pending) -> Answering:
    """Begin to answer a question. The work goes on while the page is drawn anew, by a click in the viewer for one."""
    session = current()
    options = replace(session.options, mend=pending.mend)
    held, asked_of = app.library.documents(), session.filter
    names = {document.id: document.name for document in held}
    of = (*asked_of.words(), *(names[each] for each in options.documents or () if each in names))
    if asked_of:
        try:
            options = replace(options, documents=asked_of.ids(held, app.library.shelf.now(), options.documents))
        except BadQuestion as error:
            return Answering(turn for turn in [Turn(pending.question, None, str(error), of=of)])
    return Answering(answer_turn(app.asker, question, options, of))


def _keep(app: Pinpoint, turn: Turn) -> None:
    """Add a turn to the conversation, on the page and on the disk; nothing is being answered any more."""
    session = current()
    here = session.conversation or app.conversations.start()
    # Seen also where the disk is full.
    save(replace(session, conversation=here.with_turn(turn), pending=None, answering=None))
    guarded(_keep_on_disk)(app, here, turn)


def _keep_on_disk(app: Pinpoint, before: Conversation, turn: Turn) -> None:
    """What another window has added or renamed meanwhile is on the page too then.

    What somebody else shares is not changed: one goes on in a copy of one's own.
    """
    session, kept = current(), app.conversations.add(before, turn)
    left = session.named if session.by_link else session.left
    save(replace(session, conversation=kept, by_link=False, left=left))
