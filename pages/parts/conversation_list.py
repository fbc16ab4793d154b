"""The list of conversations: each can be opened, exported, renamed and deleted."""

import re
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from pages.parts.address import to_conversation, to_shared
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.download import show_exports
from pages.parts.in_words import count, moment
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import plain_markdown, show_html
from pages.parts.session import current, save
from pages.parts.text_view import marked
from qa import Summary
from qa.conversations.search import excerpt

_SHOWN_AT_ONCE = 20
_LONGEST_EXCERPT = 300


def show_conversations(app: Pinpoint, summaries: Sequence[Summary], words: str = "") -> None:
    """The conversations, newest first, a page at a time; `words` are what was searched for in them."""
    start = page_start(len(summaries), _SHOWN_AT_ONCE)
    for summary in summaries[start : start + _SHOWN_AT_ONCE]:
        _show_conversation(app, summary, words)


def _show_conversation(app: Pinpoint, summary: Summary, words: str) -> None:
    """One conversation with what can be done with it."""
    with st.container(border=True, key=f"conversation-{summary.id}"):
        st.markdown(f"**{plain_markdown(summary.name)}**")
        st.caption(f"{count(summary.questions, 'question')} · {moment(summary.changed_at)}")
        if words.strip() and (kept := app.conversations.find(summary.id)) and (found := excerpt(kept.turns, words)):
            show_html(f'<p class="pp-quiet" dir="auto">{_with_words(found[:_LONGEST_EXCERPT], words)}</p>')
        with st.container(horizontal=True, vertical_alignment="center", key=f"tools-{summary.id}"):
            there = to_conversation(summary.id)
            st.page_link("chat.py", label="Open", icon=":material/chat:", query_params=there)
            with st.popover("Export", icon=":material/download:", type="tertiary"):
                show_exports(app, summary)
            with st.popover("Rename", icon=":material/edit:", type="tertiary"):
                _show_rename(app, summary)
            if app.person and app.person.id is not None:
                with st.popover("Share", icon=":material/link:", type="tertiary"):
                    _show_sharing(app, summary)
            _show_delete(app, summary)


def _with_words(text: str, words: str) -> str:
    """A text as HTML, with what was searched for set off in it."""
    pattern = "|".join(map(re.escape, sorted(words.split(), key=len, reverse=True)))
    marks = [(*match.span(), "pp-found") for match in re.finditer(pattern, text, re.IGNORECASE)]
    return f"<bdi>{marked(text, 0, len(text), marks)}</bdi>"


def _show_sharing(app: Pinpoint, summary: Summary) -> None:
    """Only its own person sees a conversation, until they share it."""
    if summary.shared is None:
        st.markdown("Only you see this conversation.")
        key, ids = f"share-{summary.id}", [summary.id]
        st.button("Make a link", key=key, on_click=guarded(app.conversations.share), args=ids)
        return
    st.markdown("Everybody who may ask here and has this link sees it, also what you add to it later.")
    st.code(to_shared(summary.shared), language=None, wrap_lines=True)
    key, ids = f"unshare-{summary.id}", [summary.id]
    st.button("Stop sharing", key=key, on_click=guarded(app.conversations.stop_sharing), args=ids)


def _show_rename(app: Pinpoint, summary: Summary) -> None:
    with st.form(f"rename-{summary.id}", border=False):
        name = st.text_input("Name", summary.name, max_chars=200)
        if st.form_submit_button("Save"):
            guarded(_rename)(app, summary.id, name)
            st.rerun()


def _rename(app: Pinpoint, conversation_id: str, name: str) -> None:
    """Rename it on the disk, and where it is open on the Ask page."""
    renamed = app.conversations.rename(conversation_id, name)
    session = current()
    if renamed and session.conversation and session.conversation.id == conversation_id:
        save(replace(session, conversation=renamed))


def _show_delete(app: Pinpoint, summary: Summary) -> None:
    def delete(ids: Sequence[str]) -> None:
        for conversation_id in ids:
            app.conversations.delete(conversation_id)
        session = current()
        # Where it is the one on the Ask page, a new one takes its place there.
        if session.conversation and session.conversation.id in ids:
            save(replace(session, conversation=None, arrived=False))

    sure, icon = "Delete for good", ":material/delete:"
    show_delete("Delete", delete, [summary.id], key=summary.id, sure=sure, icon=icon, type="tertiary")
