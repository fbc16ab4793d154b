"""What is above the document in the viewer: the hits of the question in it, its pages, how large, and the search."""

import streamlit as st

from pages.parts.boundary import guarded
from pages.parts.plain import show_html
from pages.parts.session import Viewed
from pages.parts.viewing import ZOOMS, Shown, change_view, open_card, search_for, turn_to_page


def show_bar(shown: Shown, matches: int, page: int | None, pages: int) -> None:
    """The buttons and fields for a document; `page` is None where its text is shown."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="viewer-bar"):
        _show_hits(shown)
        if page is not None:
            _show_pages(page, pages)
            _show_zoom(shown.viewed.zoom)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="viewer-search"):
        _show_search(shown, matches)


def _show_hits(shown: Shown) -> None:
    """Where one is among the hits of the question in this document, with the way to the others."""
    number, root = len(shown.hits), shown.viewed.card.rpartition("-")[0]
    if number < 2:
        return
    keys = [f"{root}-{hit.rank}" for hit in shown.hits]
    _step("Previous", "arrow_upward", "before", keys[shown.place - 1])
    show_html(f'<div class="pp-quiet">Passage {shown.place + 1} of {number}</div>', width="content")
    _step("Next", "arrow_downward", "after", keys[(shown.place + 1) % number])


def _step(label: str, icon: str, key: str, card: str) -> None:
    icon = f":material/{icon}:"
    st.button(label, icon=icon, type="tertiary", key=f"viewer-hit-{key}", on_click=guarded(open_card), args=[card])


def _show_pages(page: int, pages: int) -> None:
    if pages < 2:
        return
    key = f"viewer-page-{page}"
    label = f"Page, of {pages}"
    st.number_input(
        label,
        1,
        pages,
        page,
        key=key,
        label_visibility="collapsed",
        width=120,
        on_change=guarded(turn_to_page),
        args=[key, pages],
    )
    show_html(f'<div class="pp-quiet">of {pages:,}</div>', width="content")


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


def _show_search(shown: Shown, matches: int) -> None:
    """The field for words, and where one is among what was found."""
    viewed: Viewed = shown.viewed
    key = f"viewer-words-{viewed.card}"
    st.text_input(
        "Search in this document",
        viewed.words,
        key=key,
        icon=":material/search:",
        placeholder="Search in this document",
        label_visibility="collapsed",
        on_change=guarded(search_for),
        args=[key],
    )
    if not viewed.words:
        return
    said = f"{viewed.match % matches + 1} of {matches:,}" if matches else "Not found"
    show_html(f'<div class="pp-quiet" role="status">{said}</div>', width="content")
    for label, icon, step in (("Previous match", "keyboard_arrow_up", -1), ("Next match", "keyboard_arrow_down", 1)):
        if matches > 1:
            st.button(
                label,
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"viewer-icon-{icon}",
                on_click=guarded(change_view),
                kwargs={"match": (viewed.match + step) % matches, "page": None, "earlier": 0, "later": 0},
            )
