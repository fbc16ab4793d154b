"""The pages of the app, and the bar that leads to them."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts.plain import show_html


def chosen_page() -> StreamlitPage:
    """The page that the address names."""
    return st.navigation(
        [
            st.Page("pages/chat.py", title="Ask", default=True),
            st.Page("pages/documents.py", title="Documents"),
            st.Page("pages/conversations.py", title="Conversations"),
            st.Page("pages/document.py", title="Document", url_path="document"),
        ],
        position="hidden",  # Streamlit's own bar folds away on a telephone
    )


def show_places() -> None:
    """The app's name, and the links to its pages."""
    with st.container(horizontal=True, vertical_alignment="center", key="places"):
        show_html('<div class="pp-name">Pinpoint</div>', width="content")
        st.page_link("pages/chat.py", label="Ask", icon=":material/search:")
        st.page_link("pages/documents.py", label="Documents", icon=":material/folder_open:")
        st.page_link("pages/conversations.py", label="Conversations", icon=":material/forum:")
