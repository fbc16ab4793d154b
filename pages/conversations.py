"""The conversations: every one that was held, to be found again, renamed, exported, deleted."""

from collections.abc import Callable

import streamlit as st

from ingest import PinpointError
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.words import count, moment
from qa import Conversation, Summary, as_csv, as_markdown, as_word, file_name

A_PAGE = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXPORTS: dict[str, tuple[str, str, Callable[[Conversation], str | bytes]]] = {
    "Word": ("docx", WORD, as_word),
    "Markdown": ("md", "text/markdown", as_markdown),
    # With the mark by which Excel knows UTF-8.
    "Table (CSV)": ("csv", "text/csv", lambda conversation: as_csv(conversation).encode("utf-8-sig")),
}


def row(summary: Summary) -> None:
    """One conversation with what can be done with it."""
    key = summary.id
    with st.container(border=True, key=f"conversation-{key}"):
        st.markdown(f"**{plain_markdown(summary.name)}**")
        st.caption(f"{count(summary.questions, 'question')} · {moment(summary.changed_at)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                "pages/chat.py", label="Open", icon=":material/chat:", query_params={"conversation": summary.id}
            )
            with st.popover("Export", icon=":material/download:", type="tertiary"):
                export(summary)
            with st.popover("Rename", icon=":material/edit:", type="tertiary"), st.form(f"rename-{key}", border=False):
                name = st.text_input("Name", summary.name, max_chars=200)
                if st.form_submit_button("Save"):
                    change(app.conversations.rename, key, name)
            deletion(summary)


def export(summary: Summary) -> None:
    """A button for each kind of file; the file is made when it is asked for."""
    for label, (ending, mime, made) in EXPORTS.items():

        def contents(made: Callable[[Conversation], str | bytes] = made) -> str | bytes:
            conversation = app.conversations.find(summary.id)
            return made(conversation) if conversation else ""

        st.download_button(
            label,
            contents,
            file_name(summary.name, ending),
            mime,
            key=f"export-{ending}-{summary.id}",
            on_click="ignore",
            type="tertiary",
        )


def deletion(summary: Summary) -> None:
    """A first click asks, a second one deletes."""
    key = summary.id
    if st.session_state.get("deleting") == key:
        st.button("Delete for good", key=f"yes-{key}", type="primary", on_click=delete, args=[key])
        st.button("Keep", key=f"no-{key}", on_click=ask_to_delete, args=[None])
    else:
        st.button(
            "Delete", key=f"delete-{key}", icon=":material/delete:", type="tertiary", on_click=ask_to_delete, args=[key]
        )


def ask_to_delete(conversation_id: str | None) -> None:
    """Remember which conversation somebody wants to delete, until it is confirmed or kept."""
    st.session_state.deleting = conversation_id


def delete(conversation_id: str) -> None:
    """Delete it; where it is the one that is open on the Ask page, that begins anew."""
    st.session_state.deleting = None
    try:
        app.conversations.delete(conversation_id)
    except PinpointError as error:
        st.session_state.notice = str(error)
        return
    here = st.session_state.get("conversation")
    if here is not None and here.id == conversation_id:
        del st.session_state["conversation"]


def change(how: Callable[[str, str], object], conversation_id: str, name: str) -> None:
    """Rename, on the disk and where it is open."""
    try:
        how(conversation_id, name)
    except PinpointError as error:
        st.session_state.notice = str(error)
    here = st.session_state.get("conversation")
    if here is not None and here.id == conversation_id:
        st.session_state.conversation = app.conversations.find(conversation_id) or here
    st.rerun()


def ratings() -> None:
    """The ratings that were given, for whoever tests how well the library answers."""
    given = len(app.judgements)
    if given:
        with st.expander("Ratings"):
            st.markdown(f"{count(given, 'passage')} rated with thumbs up or down.")
            st.download_button(
                "Download your ratings (for testing)",
                lambda: app.judgements.as_zip(app.library),
                "ratings.zip",
                "application/zip",
                on_click="ignore",
            )


app = pinpoint()
st.title("Conversations", anchor=False)
st.caption("Conversations keep the passages they showed, even if a document is removed later.")
if notice := st.session_state.pop("notice", None):
    st.error(plain_markdown(notice))
words = st.text_input("Search in questions and passages", placeholder="Search conversations")
found = app.conversations.listed(words)
if not found:
    st.info("No conversation contains these words." if words.strip() else "No conversations yet. Ask something first.")
pages = -(-len(found) // A_PAGE)
page = st.pagination(pages) if pages > 1 else 1
for summary in found[(page - 1) * A_PAGE :][:A_PAGE]:
    row(summary)
ratings()
