"""The chat: ask in plain words and see the passages that answer. Reads from top to bottom as the page does."""

import streamlit as st

from ingest import Document, PinpointError, example_documents
from pages.parts import asking, steering
from pages.parts.adding import show_current, show_failures
from pages.parts.cards import show_question
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown, show_html
from pages.parts.scripts import focus_question_box, scroll_to_question
from pages.parts.suggesting import show_suggestions
from pages.parts.turn import show_answer, show_asked
from pages.parts.words import count
from qa import Turn

WELCOME = (
    "Ask a question in your own words and Pinpoint shows you the passages of your documents that answer it best, each "
    "with its page. It never makes anything up: everything you see comes straight from your own files, and the files "
    "stay on this computer."
)
UNKNOWN = "This conversation is not here. It may have been deleted."
SHOWN_AT_ONCE = 5  # turns; the earlier ones come on a click


def arrive(held: list[Document]) -> None:
    """Take up what the address says: a conversation, or a question and how it is to be asked."""
    named = st.query_params.get("conversation", "")
    here = st.session_state.get("conversation")
    if here is None:
        st.session_state.choice = steering.from_address(held)
        found = app.conversations.find(named)
        st.session_state.conversation = found or app.conversations.start()
        st.session_state.scroll_to_last = found is not None
        st.session_state.unknown = bool(named) and found is None
        question = st.query_params.get("q", "").strip()
        if question and not found:
            st.session_state.asked = asking.Pending(question)
    elif named and named not in {here.id, st.session_state.get("left")}:
        found = app.conversations.find(named)
        if found:
            st.session_state.conversation = found
            st.session_state.asked = None
            st.session_state.scroll_to_last = True
        st.session_state.unknown = found is None


def tell_address() -> None:
    """Let the address say what is on the page, so that it can be opened again and passed on."""
    conversation, waiting = st.session_state.conversation, asking.pending()
    said = steering.for_address(steering.choice())
    if conversation.turns:
        said["conversation"] = conversation.id
    if waiting or conversation.turns:
        said["q"] = waiting.question if waiting else conversation.turns[-1].question
    st.query_params.from_dict(said)
    st.session_state.left = None


def begin_anew() -> None:
    """Leave the conversation, which is kept, for a new one."""
    asking.stop(app)
    # The address still names it while this click is dealt with.
    st.session_state.left = st.session_state.conversation.id
    st.session_state.conversation = app.conversations.start()


def first_screen() -> None:
    """What this is, in a few words, and the two ways to begin."""
    st.title("Pinpoint", anchor=False)
    st.markdown(WELCOME)
    with st.container(horizontal=True):
        if st.button("Add documents", type="secondary" if held else "primary", icon=":material/upload_file:"):
            st.switch_page("pages/documents.py")
        if not held and not app.worker.jobs():
            st.button("Try it with an example", icon=":material/auto_stories:", on_click=put_in_example)


def put_in_example() -> None:
    """The example library, put into the inbox with one click."""
    try:
        for path in example_documents():
            app.worker.put(path.name, [path.read_bytes()])
    except PinpointError as error:
        st.session_state.notice = str(error)


def draw(place: int, turn: Turn, *, newest: bool) -> None:
    """One turn of the conversation."""
    with st.chat_message("user", avatar=":material/person:"):
        show_asked(app, place, turn)
    with st.chat_message("assistant", avatar=":material/my_location:"):
        show_answer(app, place, turn, newest=newest)
        if newest and turn.answer and turn.answer.outcome == "nothing close":
            show_suggestions(app, held)


def draw_answering(place: int, waiting: asking.Pending) -> None:
    """The question that is being answered; the page is drawn anew when it is."""
    with st.chat_message("user", avatar=":material/person:"):
        show_question(place, waiting.question)
    with st.chat_message("assistant", avatar=":material/my_location:"):
        scroll_to_question(place)
        asking.answer(app, waiting)
    st.session_state.scroll_to_last = True
    st.rerun()


app = pinpoint()
held = app.library.documents()
arrive(held)
conversation_part = st.container(key="conversation")
with st.container(key="ask-box"):  # not at the root, where it would scroll the page to the last passage, not the first
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="above-the-box"):
        asked_so_far = len(st.session_state.conversation.turns)
        steering.steer(held, asked_so_far + bool(asking.pending()))
        if asked_so_far:
            st.button(
                "New",
                icon=":material/add:",
                type="tertiary",
                on_click=begin_anew,
                help="Begin a new conversation; this one is kept",
            )
    typed = st.chat_input("Ask your documents a question")
if typed:
    asking.take(app, asking.Pending(typed))
tell_address()
focus_question_box(f"{len(st.session_state.conversation.turns)} {asking.pending() is not None}")

with conversation_part:
    if notice := st.session_state.pop("notice", None):
        st.error(plain_markdown(notice))
    if st.session_state.get("unknown"):
        st.info(UNKNOWN, icon=":material/info:")
    turns: tuple[Turn, ...] = st.session_state.conversation.turns
    waiting = asking.pending()
    if turns or waiting:
        show_html('<h1 class="pp-hidden">Pinpoint: questions and answers</h1>')
    else:
        first_screen()
    show_current(app.worker)
    if not turns and not waiting:
        show_failures(app.worker)
        show_suggestions(app, held)
    first = max(len(turns) - SHOWN_AT_ONCE, 0)
    if first and st.session_state.get("all_turns_of") != st.session_state.conversation.id:
        if st.button(f"Show {count(first, 'earlier question')}", icon=":material/history:"):
            st.session_state.all_turns_of = st.session_state.conversation.id
            st.rerun()
    else:
        first = 0
    for place in range(first, len(turns)):
        draw(place, turns[place], newest=place == len(turns) - 1 and not waiting)
    if st.session_state.pop("scroll_to_last", False) and turns:
        scroll_to_question(len(turns) - 1)
    if waiting:
        draw_answering(len(turns), waiting)
