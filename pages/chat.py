"""The chat: ask in plain words and see the passages that answer. Reads from top to bottom as the page does."""

import streamlit as st

from ingest import Document, PinpointError, example_documents, example_questions
from pages import asking, steering
from pages.adding import show_current, show_failures
from pages.cards import let_copy, scroll_to_question, show_question
from pages.opened import pinpoint
from pages.plain import plain_markdown, show_html
from pages.turn import show_answer, show_asked
from pages.words import count
from qa import Turn, suggested_questions

WELCOME = (
    "Ask a question in your own words and Pinpoint shows you the passages of your documents that answer it best, each "
    "with its page. It never makes anything up: everything you see stands in your own files, and the files stay on "
    "this computer."
)
SUGGESTIONS = 3
SHOWN_AT_ONCE = 5  # turns; the earlier ones come on a click
HEADINGS_OF = 20  # documents whose headings are looked at for suggestions


def arrive(held: list[Document]) -> None:
    """Take up what the address says: a conversation, or a question and how it is to be asked."""
    named = st.query_params.get("conversation", "")
    here = st.session_state.get("conversation")
    if here is None:
        st.session_state.choice = steering.from_address(held)
        found = app.conversations.find(named)
        st.session_state.conversation = found or app.conversations.start()
        st.session_state.scroll_to_last = found is not None
        question = st.query_params.get("q", "").strip()
        if question and not found:
            st.session_state.asked = asking.Pending(question)
    elif named and named not in {here.id, st.session_state.get("left")}:
        found = app.conversations.find(named)
        if found:
            st.session_state.conversation = found
            st.session_state.asked = None
            st.session_state.scroll_to_last = True


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


def suggestions() -> None:
    """A few questions to try: the example's own where only that is there, else made of the documents' headings."""
    chosen = steering.choice().documents
    asked = [document for document in held if not chosen or document.id in chosen]
    example = {path.name for path in example_documents()}
    if {document.name for document in held} == example and not chosen:
        st.caption("The example is the handbook, the manual and the papers of an invented firm. For instance, ask:")
        questions = example_questions(SUGGESTIONS)
    else:
        questions = from_headings([document.id for document in asked[-HEADINGS_OF:]])
        if questions:
            st.caption("For instance, ask:")
    for question in questions:
        st.button(
            plain_markdown(question),
            type="tertiary",
            icon=":material/search:",
            on_click=asking.take,
            args=[app, question],
        )


@st.cache_data(max_entries=50, show_spinner=False)
def from_headings(document_ids: list[str]) -> list[str]:
    """Questions made of the headings of these documents."""
    documents = [document for document in map(app.library.document, document_ids) if document]
    return suggested_questions([(document, app.library.headings(document)) for document in documents], SUGGESTIONS)


def draw(place: int, turn: Turn) -> None:
    """One turn of the conversation."""
    with st.chat_message("user", avatar=":material/person:"):
        show_asked(place, turn)
        if turn.asked_with:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(f"Asked together with “{plain_markdown(turn.asked_with)}”", width="content")
                st.button(
                    "Ask it alone",
                    type="tertiary",
                    key=f"alone-{place}",
                    on_click=asking.take,
                    args=[app, turn.question],
                    kwargs={"alone": True},
                )
    with st.chat_message("assistant", avatar=":material/my_location:"):
        show_answer(app, place, turn)


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
    with st.container(horizontal=True, key="above-the-box"):
        with st.container(width="stretch"):
            steering.steer(held)
        if st.session_state.conversation.turns:
            st.button(
                "New",
                icon=":material/add:",
                type="tertiary",
                on_click=begin_anew,
                help="Begin a new conversation; this one is kept",
            )
    typed = st.chat_input("Ask your documents a question")
if typed:
    asking.take(app, typed)
tell_address()
let_copy()

with conversation_part:
    if notice := st.session_state.pop("notice", None):
        st.error(plain_markdown(notice))
    turns: tuple[Turn, ...] = st.session_state.conversation.turns
    waiting = asking.pending()
    if turns or waiting:
        show_html('<h1 class="pp-hidden">Pinpoint: questions and answers</h1>')
    else:
        first_screen()
    show_current(app.worker)
    if not turns and not waiting:
        show_failures(app.worker)
        suggestions()
    first = max(len(turns) - SHOWN_AT_ONCE, 0)
    if first and st.session_state.get("all_turns_of") != st.session_state.conversation.id:
        if st.button(f"Show {count(first, 'earlier question')}", icon=":material/history:"):
            st.session_state.all_turns_of = st.session_state.conversation.id
            st.rerun()
    else:
        first = 0
    for place in range(first, len(turns)):
        draw(place, turns[place])
    if st.session_state.pop("scroll_to_last", False) and turns:
        scroll_to_question(len(turns) - 1)
    if waiting:
        draw_answering(len(turns), waiting)
