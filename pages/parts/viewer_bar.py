"""What is above the document in the viewer: the hits of the question in it, its pages, how large, and the search."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.boundary import guarded
from pages.parts.find_bar import show_number, show_search
from pages.parts.plain import show_html
from pages.parts.viewing import ZOOMS, Shown, change_view, go_to_match, go_to_page, open_card, search_for, turn_to_page


def show_bar(shown: Shown, matches: int, page: int | None, pages: int) -> None:
    """The buttons and fields for a document; `page` is None where its text is shown."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="viewer-bar"):
        if len(shown.hits) > 1:
            with _together("hits"):
                _show_hits(shown)
        if page is not None:
            with _together("pages"):
                show_number("viewer", "Page", page, pages, turn_to_page, go_to_page)
                _show_zoom(shown.viewed.zoom)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="viewer-search"):
        viewed = shown.viewed
        show_search(f"viewer-words-{viewed.card}", viewed.words, viewed.match, matches, search_for, go_to_match)


def _together(what: str) -> DeltaGenerator:
    """A part of the bar that stays on one line where the bar takes two."""
    key = f"viewer-{what}"
    return st.container(horizontal=True, vertical_alignment="center", gap="small", width="content", key=key)


def _show_hits(shown: Shown) -> None:
    """Where one is among the hits of the question in this document, with the way to the others."""
    number, root = len(shown.hits), shown.viewed.card.rpartition("-")[0]
    keys = [f"{root}-{hit.rank}" for hit in shown.hits]
    _step("Previous", "arrow_upward", "before", keys[shown.place - 1])
    show_html(f'<div class="pp-quiet">Passage {shown.place + 1} of {number}</div>', width="content")
    _step("Next", "arrow_downward", "after", keys[(shown.place + 1) % number])


def _step(label: str, icon: str, key: str, card: str) -> None:
    icon = f":material/{icon}:"
    st.button(label, icon=icon, type="tertiary", key=f"viewer-hit-{key}", on_click=guarded(open_card), args=[card])


def _show_zoom(zoom: int) -> None:
    place = ZOOMS.index(zoom) if zoom in ZOOMS else 0
    for label, icon, other in (("Smaller", "zoom_out", place - 1), ("Larger", "zoom_in", place + 1)):
        st.button(
            label,
            icon=f":material/{icon}:",
            type="tertiary",
            key=f"viewer-icon-{icon}",
            disabled=not 0 <= other < len(ZOOMS),
            on_click=guarded(change_view),
            kwargs={"zoom": ZOOMS[other]} if 0 <= other < len(ZOOMS) else {},
        )
