"""The chat: ask in plain words and see the five passages that answer. Reads from top to bottom as the page does."""

from dataclasses import dataclass

import streamlit as st

from ingest import PinpointError, example_documents, example_questions
from pages.adding import show_current, show_failures
from pages.cards import scroll_to_question, show_answer, show_question
from pages.opened import pinpoint
from pages.plain import plain_markdown
from qa import Answer

WELCOME = (
    "Ask a question in your own words and Pinpoint shows you the five passages of your documents that answer it best, "
    "each with its page. It never makes anything up: everything you see stands in your own files, and the files stay "
    "on this computer."
)


@dataclass(frozen=True)
class Turn:
    """A question and what came of it: an answer, or the sentence why there is none."""

    question: str
    answer: Answer | None
    sentence: str | None


def first_screen() -> None:
    """What this is, in two sentences, and the two ways to begin."""
    st.title("Pinpoint", anchor=False)
    st.markdown(WELCOME)
    with st.container(horizontal=True):
        empty = not app.library.documents()
        if st.button("Add documents", type="primary" if empty else "secondary", icon=":material/upload_file:"):
            st.switch_page("pages/documents.py")
        if empty and not app.worker.jobs():
            st.button("Try it with an example", icon=":material/auto_stories:", on_click=put_in_example)


def put_in_example() -> None:
    """The example library, put into the inbox with one click."""
    try:
        for path in example_documents():
            app.worker.put(path.name, [path.read_bytes()])
    except PinpointError as error:
        st.session_state.notice = str(error)


def suggestions() -> None:
    """Three questions to try, where the example is in the library."""
    names = {path.name for path in example_documents()}
    if not names <= {document.name for document in app.library.documents()}:
        return
    st.caption("The example is the handbook, the manual and the papers of an invented firm. For instance, ask:")
    for question in example_questions(3):
        if st.button(plain_markdown(question), type="tertiary", icon=":material/search:"):
            st.session_state.asked = question
            st.rerun()


def answered(question: str) -> Turn:
    """Ask, and turn what goes wrong into its sentence."""
    try:
        return Turn(question, app.asker.ask(question), None)
    except PinpointError as error:
        return Turn(question, None, str(error))


def show(turn: Turn) -> None:
    """One turn of the conversation below its question."""
    if turn.answer:
        show_answer(turn.answer)
    else:
        st.info(plain_markdown(turn.sentence or ""), icon=":material/info:")


def draw(place: int, turn: Turn | str) -> None:
    """One turn of the conversation; a question alone is answered first."""
    with st.chat_message("user", avatar=":material/person:"):
        show_question(place, turn if isinstance(turn, str) else turn.question)
    new = isinstance(turn, str)
    with st.chat_message("assistant", avatar=":material/my_location:"):
        below = st.container()  # alike in a new turn and in one drawn again, else its last cards are seen twice
        if isinstance(turn, str):
            scroll_to_question(place)
            with st.spinner("Reading the passages that could answer this…"):
                turn = answered(turn)
            turns.append(turn)
            st.session_state.asked = None
        with below:
            show(turn)
        if new:
            scroll_to_question(place)  # what came above may have moved it meanwhile


app = pinpoint()
turns: list[Turn] = st.session_state.setdefault("turns", [])
conversation = st.container(key="conversation")
with st.container(key="ask-box"):  # not at the root, where it would scroll the page to the last passage, not the first
    typed = st.chat_input("Ask your documents a question")
if typed:
    st.session_state.asked = typed
question: str | None = st.session_state.get("asked")  # until it is answered, whatever interrupts this run

with conversation:
    if notice := st.session_state.pop("notice", None):
        st.error(plain_markdown(notice))
    if not turns and not question:
        first_screen()
    show_current(app.worker)
    if not turns and not question:
        show_failures(app.worker)
        suggestions()
    drawn: list[Turn | str] = [*turns]
    if question:
        drawn.append(question)
    for place, turn in enumerate(drawn):
        draw(place, turn)
