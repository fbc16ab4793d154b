"""The list of documents: how much there is, and each document to be found, opened and removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from ingest import Document
from pages.parts.address import to_document
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.in_words import count, described, kind, size
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save

_SHOWN_AT_ONCE = 25

_ORDERS: dict[str, Callable[[list[Document]], list[Document]]] = {
    "newest first": lambda documents: documents[::-1],
    "name": lambda documents: sorted(documents, key=lambda document: document.name.casefold()),
    "type": lambda documents: sorted(documents, key=lambda document: (kind(document), document.name.casefold())),
    "most passages": lambda documents: sorted(documents, key=lambda document: -document.passages),
    "largest file": lambda documents: sorted(documents, key=lambda document: -document.bytes),
}


def show_figures(app: Pinpoint, documents: Sequence[Document]) -> None:
    """How much there is."""
    with st.container(horizontal=True):
        st.metric("Documents", f"{len(documents):,}")
        st.metric("Passages", f"{sum(document.passages for document in documents):,}")
        st.metric("On disk", size(app.library.bytes()))


def show_documents(app: Pinpoint, documents: Sequence[Document]) -> None:
    """Every document, to be searched, sorted, opened, and selected for removing."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input("Search by name", placeholder="Search documents").strip().casefold()
        order = st.selectbox("Sort by", list(_ORDERS), width=160)
    found = _ORDERS[order]([document for document in documents if wanted in document.name.casefold()])
    if not found:
        st.info("No document has this in its name.")
    start = page_start(len(found), _SHOWN_AT_ONCE)
    selected = [document for document in found[start : start + _SHOWN_AT_ONCE] if _show_document(app, document)]
    if len(selected) > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="selected"):
            st.markdown(f"{len(selected)} selected", width="stretch")
            _show_remove(app, selected, f"Remove {len(selected)} documents", "selected")


def _show_document(app: Pinpoint, document: Document) -> bool:
    """One document, with what is in it. Returns whether it is selected."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"document-{document.id}"):
        with st.container(gap="xxsmall", width="stretch"):
            selected = st.checkbox(f"**{plain_markdown(document.name)}**", key=f"select-{document.id}")
            st.caption(described(document))
        st.page_link("document.py", label="Open", query_params=to_document(document.id))
        _show_remove(app, [document], "Remove", document.id)
    return selected


def _show_remove(app: Pinpoint, documents: Sequence[Document], label: str, key: str) -> None:
    """A click removes into the trash. Where nothing stays there, it asks first."""
    if not app.may("library", "remove"):
        return
    days, ids = app.library.trash.stays.days, [document.id for document in documents]

    def remove(ids: Sequence[str]) -> None:
        for document_id in ids:
            app.library.remove(document_id)
        what = documents[0].name if len(ids) == 1 else count(len(ids), "document")
        verb, it = ("was", "It") if len(ids) == 1 else ("were", "They")
        rest = f"{it} can be restored from the trash below for {count(days, 'day')}."
        if not days:
            rest = "Passages and originals are deleted."
        save(replace(current(), done=f"{what} {verb} removed. {rest}"))

    if days:
        st.button(label, key=f"delete-{key}", on_click=guarded(remove), args=[ids])
    else:
        show_delete(label, remove, ids, key=key, sure="Remove for good")
