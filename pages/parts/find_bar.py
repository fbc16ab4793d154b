"""What both places where a document is read have above it: the number of the page, and the search in the document."""

from collections.abc import Callable

import streamlit as st

from pages.parts.boundary import guarded
from pages.parts.plain import show_html


def show_number(
    prefix: str, label: str, number: int, most: int, turn: Callable[[str, int], None], step: Callable[[int], None]
) -> None:
    """The number of the page that is shown, to type another, between the ways to the one before and after.

    Args:
        prefix: What the keys of the widgets begin with.
        label: What is numbered, with a capital letter.
        number: The one that is shown.
        most: How many there are; of one nothing is shown.
        turn: Called with the key of the field and `most` when a number was typed.
        step: Called with the number to go to.
    """
    if most < 2:
        return

    def button(way: str, icon: str, to: int) -> None:
        st.button(
            f"{way} {label.lower()}",
            icon=f":material/{icon}:",
            type="tertiary",
            key=f"{prefix}-icon-{icon}",
            disabled=not 1 <= to <= most,
            on_click=guarded(step),
            args=[to],
        )

    button("Previous", "chevron_left", number - 1)
    key = f"{prefix}-page-{number}"
    st.number_input(
        f"{label}, of {most}",
        1,
        most,
        number,
        key=key,
        label_visibility="collapsed",
        width=120,
        on_change=guarded(turn),
        args=[key, most],
    )
    show_html(f'<div class="pp-quiet">of {most:,}</div>', width="content")
    button("Next", "chevron_right", number + 1)


def show_search(
    key: str, words: str, match: int, matches: int, search: Callable[[str], None], step: Callable[[int], None]
) -> None:
    """The field for words, and where one is among what was found.

    Args:
        key: The key of the field; what comes before its first "-" begins the keys of the buttons.
        words: What is searched for.
        match: The place of the match that is shown, from 0.
        matches: How many there are.
        search: Called with the key of the field when other words were typed.
        step: Called with the place of the match to go to.
    """
    st.text_input(
        "Search in this document",
        words,
        key=key,
        icon=":material/search:",
        placeholder="Search in this document",
        label_visibility="collapsed",
        on_change=guarded(search),
        args=[key],
    )
    if not words:
        return
    said = f"{match % matches + 1} of {matches:,}" if matches else "Not found"
    show_html(f'<div class="pp-quiet" role="status">{said}</div>', width="content")
    for label, icon, by in (("Previous match", "keyboard_arrow_up", -1), ("Next match", "keyboard_arrow_down", 1)):
        if matches > 1:
            st.button(
                label,
                icon=f":material/{icon}:",
                type="tertiary",
                key=f"{key.partition('-')[0]}-icon-{icon}",
                on_click=guarded(step),
                args=[(match + by) % matches],
            )
