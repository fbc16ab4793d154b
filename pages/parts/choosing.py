"""Which documents are asked, and how: chosen above the box for the question."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from ingest import Document, Filter
from pages.parts.address import LEAST_CANDIDATES, MOST_CANDIDATES, MOST_PASSAGES
from pages.parts.boundary import guarded
from pages.parts.in_words import count
from pages.parts.plain import plain_markdown, without_bidi_controls
from pages.parts.session import current, save, widget_value
from qa import Mode, Options

MODE_WORDS: dict[Mode, str] = {"hybrid": "Best match", "dense": "Similar meaning", "lexical": "Exact words"}
_LONGEST_NAME = 28
_MOST_LISTED = 500  # documents to choose from; a page with thousands is slow


def show_choice(held: Sequence[Document], found: Sequence[Document]) -> None:
    """Which documents are asked, and how. Both panels close when another question is asked.

    Args:
        held: All documents.
        found: Those of them that the filter leaves.
    """
    session = current()
    drawn = len(session.turns) + (session.pending is not None)
    names = {document.id: document.name for document in held}
    # Others may have removed some of the chosen documents.
    documents = tuple(document_id for document_id in session.options.documents or () if document_id in names)
    options = replace(session.options, documents=documents or None)
    # Where the choice was not made with these widgets, they are replaced by new ones: Streamlit ignores a new value for
    # a widget in a closed panel.
    if session.panel_options != options:
        session = replace(session, panel=session.panel + 1, panel_options=options)
    save(replace(session, options=options))
    if names:
        label = _documents_label(documents, names, len(found))
        listed = [each.id for each in found] if len(found) <= _MOST_LISTED else []
        with st.popover(label, icon=":material/folder_open:", type="tertiary", key=f"which-{drawn}"):
            if not listed:
                st.caption("These are too many to list. Choose a filter, or select some on the Documents page.")
            st.multiselect(
                "Ask only these documents",
                list(dict.fromkeys([*documents, *listed])),
                documents,
                format_func=lambda document_id: without_bidi_controls(names[document_id]),
                key=_widget_key("documents"),
                placeholder="All documents",
                on_change=guarded(_choose_documents),
            )
    with st.popover("Options", icon=":material/tune:", type="tertiary", key=f"options-{drawn}"):
        _show_options(options)


def choose_all() -> None:
    """Let all documents be asked from now on."""
    session = current()
    options = replace(session.options, documents=None)
    save(replace(session, options=options, filter=Filter(), filter_panel=session.filter_panel + 1))


def _show_options(options: Options) -> None:
    st.radio(
        "Search by",
        list(MODE_WORDS),
        list(MODE_WORDS).index(options.mode),
        format_func=lambda mode: MODE_WORDS[mode],
        key=_widget_key("mode"),
        on_change=guarded(_choose_options),
        help="Similar meaning finds other words for the same; exact words finds names, numbers and codes. Best match "
        "does both.",
    )
    st.slider(
        "Passages to check",
        LEAST_CANDIDATES,
        MOST_CANDIDATES,
        options.candidates,
        step=LEAST_CANDIDATES,
        key=_widget_key("candidates"),
        on_change=guarded(_choose_options),
        help="More passages find more and take longer.",
    )
    st.slider(
        "Results to show",
        1,
        MOST_PASSAGES,
        options.top,
        key=_widget_key("passages"),
        on_change=guarded(_choose_options),
    )
    if options != Options(documents=options.documents):
        st.button("Reset", type="tertiary", icon=":material/undo:", on_click=guarded(_reset_options))


def _choose_documents() -> None:
    documents = tuple(widget_value(_widget_key("documents")))
    _choose(replace(current().options, documents=documents or None))


def _choose_options() -> None:
    mode, candidates, top = (widget_value(_widget_key(name)) for name in ("mode", "candidates", "passages"))
    _choose(Options(mode, candidates, top, current().options.documents))


def _choose(options: Options) -> None:
    save(replace(current(), options=options, panel_options=options))


def _reset_options() -> None:
    session = current()
    save(replace(session, options=Options(documents=session.options.documents)))


def _widget_key(name: str) -> str:
    return f"chosen-{name}-{current().panel}"


def _documents_label(documents: Sequence[str], names: Mapping[str, str], found: int) -> str:
    if not documents:
        return "All documents" if found == len(names) else f"{count(found, 'document')} of {len(names):,}"
    if len(documents) > 1:
        return f"{count(len(documents), 'document')} of {len(names)}"
    name = names[documents[0]]
    return plain_markdown(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
