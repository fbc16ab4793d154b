"""A part of a page that is drawn again by itself, as what one does with a card or in the viewer."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import streamlit as st

from pages.parts.boundary import fragment_boundary
from pages.parts.session import current

P = ParamSpec("P")


def part(draw: Callable[P, None]) -> Callable[P, None]:
    """A fragment, but while a question is being answered a piece of the whole page.

    Streamlit lets the click in a fragment wait until the page is drawn to its end, which is when the question is
    answered. A click anywhere else is served at once: the page is drawn again, and the question goes on meanwhile.
    """
    bounded = fragment_boundary()(draw)
    alone = st.fragment(bounded)

    @wraps(draw)
    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        (alone if current().pending is None else bounded)(*args, **kwargs)

    return call
