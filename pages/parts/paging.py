"""Long lists, a page at a time."""

import streamlit as st


def page_start(number: int, size: int, key: str | None = None, first: int = 0) -> int:
    """The index of the first of `size` items to show of `number`; pages to choose from where one does not hold all.

    A second list on one page has a `key` of its own. At first, the page with the item `first` is shown.
    """
    pages = -(-number // size)
    page: int = st.pagination(pages, default=first // size + 1, key=key) if pages > 1 else 1
    return (page - 1) * size
