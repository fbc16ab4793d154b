"""Ask first, then delete: a first click asks, a second one, elsewhere, deletes."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

import streamlit as st

from pages.parts.boundary import guarded
from pages.parts.session import current, save


def show_delete(
    label: str,
    delete: Callable[[Sequence[str]], None],
    ids: Sequence[str],
    *,
    key: str,
    sure: str,
    icon: str | None = None,
    type: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """A button that deletes after it has asked.

    Args:
        label: What is on the button.
        delete: Called with `ids` after the second click.
        ids: What is deleted.
        key: What the keys of its buttons end with.
        sure: What is on the button that deletes, beside one to keep everything.
        icon: Streamlit's name of the button's icon.
        type: The button's look.
    """
    if current().confirming == tuple(ids):
        st.button(sure, key=f"yes-{key}", type="primary", on_click=guarded(_delete), args=[delete, ids])
        st.button("Keep", key=f"no-{key}", on_click=guarded(_confirm), args=[()])
    else:
        st.button(label, key=f"delete-{key}", icon=icon, type=type, on_click=guarded(_confirm), args=[ids])


def _confirm(ids: Sequence[str]) -> None:
    """Remember what somebody wants to delete, until it is confirmed or kept."""
    save(replace(current(), confirming=tuple(ids)))


def _delete(delete: Callable[[Sequence[str]], None], ids: Sequence[str]) -> None:
    _confirm(())
    delete(ids)
