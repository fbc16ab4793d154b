"""Which documents are listed and asked: a panel to choose by, and a chip for each condition, to be clicked away."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from ingest import Document, Filter, Named, Shelved, type_label
from pages.parts.boundary import guarded
from pages.parts.plain import plain_markdown, without_bidi_controls
from pages.parts.session import current, save, widget_value

_NONE = frozenset[str]()
_FIRST, _LAST = date(1900, 1, 1), date(2100, 1, 1)
_KINDS = {"collections": "Collection", "types": "Type", "tags": "Tag"}
_DAYS = {"since": "From", "until": "Until"}


def show_filter(held: Sequence[Document], shelved: Shelved) -> list[Document]:
    """The panel and the chips, in the row that is being drawn. Returns the documents that the filter leaves."""
    _forget_what_is_gone(shelved)
    chosen = current().filter
    if not held:
        return []
    with st.popover("Filter", icon=":material/filter_alt:", type="tertiary", key="filter"):
        _show_panel(chosen, held, shelved)
    for place, (label, without) in enumerate(_chips(chosen)):
        st.button(
            f"{label} :material/close:",
            key=f"chip-{place}-{label}",
            on_click=guarded(choose),
            args=[without],
            help="Take this filter away",
        )
    return chosen.chosen(held, shelved) if chosen else list(held)


def choose(chosen: Filter) -> None:
    """Let this be the filter from now on; the widgets of the panel are replaced by new ones."""
    session = current()
    save(replace(session, filter=chosen, filter_panel=session.filter_panel + 1, picked=frozenset(), undo=()))


def current_collection(shelved: Shelved) -> Named | None:
    """The collection in which the person stands: the only one of the filter."""
    names = current().filter.collections
    return shelved.named(names[0]) if len(names) == 1 else None


def _forget_what_is_gone(shelved: Shelved) -> None:
    """Take a collection or a tag out of the filter that somebody has deleted or renamed meanwhile."""
    chosen = current().filter
    there = replace(
        chosen,
        collections=tuple(name for name in chosen.collections if shelved.named(name)),
        tags=tuple(tag for tag in chosen.tags if shelved.tagged(tag)),
    )
    if there != chosen:
        choose(there)


def _show_panel(chosen: Filter, held: Sequence[Document], shelved: Shelved) -> None:
    there = {document.id for document in held}
    numbers = {
        "collections": {each.name: len(there & shelved.members.get(each.id, _NONE)) for each in shelved.collections},
        "types": dict(sorted(Counter(map(type_label, held)).items())),
        "tags": {tag: len(ids & there) for tag, ids in shelved.tags.items()},
    }
    for kind, label in _KINDS.items():
        values: tuple[str, ...] = getattr(chosen, kind)
        offered = {value: number for value, number in numbers[kind].items() if number or kind == "collections"}
        if offered or values:
            _show_values(kind, label, list(dict.fromkeys([*offered, *values])), values, numbers[kind])
    with st.container(horizontal=True):
        for kind, label in _DAYS.items():
            day = getattr(chosen, kind)
            key = _widget_key(kind)
            st.date_input(label, day, _FIRST, _LAST, key=key, format="YYYY-MM-DD", on_change=guarded(_choose_in_panel))
    st.caption("The day of a document, where it tells one; else the day on which it was added.")


def _show_values(kind: str, label: str, offered: list[str], values: tuple[str, ...], numbers: dict[str, int]) -> None:
    st.multiselect(
        label,
        offered,
        values,
        format_func=lambda value: f"{without_bidi_controls(value)} ({numbers.get(value, 0):,})",
        key=_widget_key(kind),
        placeholder="Any",
        on_change=guarded(_choose_in_panel),
    )


def _choose_in_panel() -> None:
    session = current()
    said = {kind: widget_value(_widget_key(kind)) for kind in (*_KINDS, *_DAYS)}
    collections, types, tags = (tuple(said[kind] or ()) for kind in _KINDS)
    since, until = (said[kind] for kind in _DAYS)
    save(replace(session, filter=Filter(collections, types, tags, since, until), picked=frozenset(), undo=()))


def _chips(chosen: Filter) -> list[tuple[str, Filter]]:
    """The words of each condition, and the filter without it."""
    chips = list[tuple[str, Filter]]()
    for kind, label in _KINDS.items():
        values: tuple[str, ...] = getattr(chosen, kind)
        for value in values:
            rest = tuple(each for each in values if each != value)
            chips.append((f"{label}: {plain_markdown(value)}", replace(chosen, **{kind: rest})))  # type: ignore[arg-type]
    for kind, label in _DAYS.items():
        if day := getattr(chosen, kind):
            chips.append((f"{label} {day:%-d %B %Y}", replace(chosen, **{kind: None})))  # type: ignore[arg-type]
    return chips


def _widget_key(kind: str) -> str:
    return f"filter-{kind}-{current().filter_panel}"
