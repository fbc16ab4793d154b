"""The list of documents: searched, sorted, a page at a time; each to be opened and selected."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from ingest import Document, Filter, Shelved
from ingest.reading.not_read import not_read_sentence
from pages.parts.address import to_document
from pages.parts.boundary import guarded
from pages.parts.collections_panel import show_collections
from pages.parts.filters import choose, current_collection, show_filter
from pages.parts.in_words import count, described, kind, size
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import plain_html, plain_markdown, show_html, without_bidi_controls
from pages.parts.selected import show_remove, show_selected
from pages.parts.session import current, save, set_widget, widget_value

_SHOWN_AT_ONCE = 25
_WORDS = re.compile(r"[^\W_]+")

_ORDERS: dict[str, Callable[[list[Document]], list[Document]]] = {
    "newest first": lambda documents: documents[::-1],
    "name": lambda documents: sorted(documents, key=lambda document: document.name.casefold()),
    "date": lambda documents: sorted(documents, key=lambda document: document.day, reverse=True),
    "type": lambda documents: sorted(documents, key=lambda document: (kind(document), document.name.casefold())),
    "most passages": lambda documents: sorted(documents, key=lambda document: -document.passages),
    "largest file": lambda documents: sorted(documents, key=lambda document: -document.bytes),
}


def show_figures(app: Pinpoint, documents: Sequence[Document]) -> None:
    """How much there is."""
    with st.container(horizontal=True):
        st.metric("Documents", f"{len(documents):,}")
        st.metric("Passages", f"{sum(document.passages for document in documents):,}")
        st.metric("On disk", size(_on_disk(app, app.library.revision)))


@st.cache_resource(ttl=60, max_entries=1, show_spinner=False)
def _on_disk(_app: Pinpoint, revision: int) -> int:
    """The bytes of the library's folder: with thousands of files, looking at each takes longer than all of the page."""
    return _app.library.bytes()


def show_documents(app: Pinpoint, documents: Sequence[Document], shelved: Shelved) -> None:
    """Every document, to be searched, filtered, sorted, opened and selected."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input("Search by name", placeholder="Search documents").strip().casefold()
        order = st.selectbox("Sort by", list(_ORDERS), width=160)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="filters"):
        left = show_filter(documents, shelved)
        show_collections(app, shelved)
    _show_collection(left, shelved)
    found = _ORDERS[order]([document for document in left if wanted in document.name.casefold()])
    if not found:
        _show_nothing(app, shelved, bool(wanted))
    start = page_start(len(found), _SHOWN_AT_ONCE)
    shown = found[start : start + _SHOWN_AT_ONCE]
    if app.may("library.shelf", "put") and found:
        _show_select(found, shown)
        picked = current().picked  # read once: with thousands of documents, looking it up for each takes a while
        show_selected(app, [document for document in documents if document.id in picked], shelved)
    with st.container(gap=None, key="documents"):
        for document in shown:
            _show_document(app, document, shelved)


def _show_collection(left: Sequence[Document], shelved: Shelved) -> None:
    """How much there is in the collection in which the person stands, and how new it is."""
    standing = current_collection(shelved)
    if standing and left and current().filter == Filter((standing.name,)):
        pages = sum(document.pages or 0 for document in left)
        figures = [
            count(len(left), "document"),
            count(pages, "page") if pages else "",
            count(sum(document.passages for document in left), "passage"),
            size(sum(document.bytes for document in left)),
            f"newest of {max(document.day for document in left):%-d %B %Y}",
        ]
        st.caption(f"**{plain_markdown(standing.name)}**: {' · '.join(filter(None, figures))}")


def _show_select(found: Sequence[Document], shown: Sequence[Document]) -> None:
    """How many there are, and the ways to select all of them or none."""
    picked = current().picked
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="select"):
        st.caption(f"{count(len(found), 'document')}", width="stretch")
        for label, documents in (("Select this page", shown), (f"Select all {len(found):,}", found)):
            ids = frozenset(document.id for document in documents)
            if not ids <= picked and (documents is found or len(shown) < len(found)):
                st.button(label, type="tertiary", on_click=guarded(_pick), args=[picked | ids])
        if picked:
            st.button("Select none", type="tertiary", on_click=guarded(_pick), args=[frozenset()])


def _show_document(app: Pinpoint, document: Document, shelved: Shelved) -> None:
    """One document, with what is in it and where it is."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"document-{document.id}"):
        key, name = f"select-{document.id}", plain_markdown(document.name)
        set_widget(key, document.id in current().picked)
        st.checkbox(
            _selecting(document.name),
            key=key,
            label_visibility="collapsed",
            on_change=guarded(_toggle),
            args=[document.id],
            width="content",
        )
        with st.container(gap=None, width="stretch"):
            st.page_link("document.py", label=f"**{name}**", query_params=to_document(document.id))
            within, tags = shelved.of(document.id)
            lacks = not_read_sentence(document.not_read).rstrip(".")
            about = [described(document), lacks, *within, *(f"#{tag}" for tag in tags)]
            # Not a caption: Streamlit's Markdown takes a browser as long as the rest of the row.
            show_html(f'<div class="pp-quiet">{plain_html(" · ".join(filter(None, about)))}</div>')
        show_remove(app, [document], "Remove", document.id)


def _selecting(name: str) -> str:
    """What a screen reader says of the box that selects a document. It says each mark of Markdown, escaped or not."""
    return " ".join(["Select", *_WORDS.findall(without_bidi_controls(name))])


def _show_nothing(app: Pinpoint, shelved: Shelved, searched: bool) -> None:
    """Why the list is empty, and what to do."""
    standing = current_collection(shelved)
    if searched:
        st.info("No document has this in its name. Try another part of the name.")
    elif standing and current().filter == Filter((standing.name,)):
        how = "Add files, or select documents of the list and put them here" if app.may("worker", "put") else ""
        st.info(f"The collection {plain_markdown(standing.name)} is empty. {how}{'.' if how else ''}")
    else:
        st.info("No document meets all of these filters. Take one away.")
    if current().filter:
        st.button("Show all documents", on_click=guarded(choose), args=[Filter()])


def _pick(ids: frozenset[str]) -> None:
    save(replace(current(), picked=ids, undo=()))


def _toggle(document_id: str) -> None:
    session = current()
    is_picked = bool(widget_value(f"select-{document_id}"))
    _pick(session.picked | {document_id} if is_picked else session.picked - {document_id})
