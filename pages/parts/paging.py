"""Long lists, a page at a time."""

import streamlit as st


def page_start(number: int, size: int) -> int:
    """The index of the first of `size` items to show of `number`; pages to choose from where one does not hold all."""
    pages = -(-number // size)
    page: int = st.pagination(pages) if pages > 1 else 1
    return (page - 1) * size
