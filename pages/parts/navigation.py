"""The pages of the app, and the bar that leads to them."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from pages.parts.plain import show_html
from pages.server.rules import rules


def chosen_page() -> StreamlitPage:
    """The page that the address names."""
    return st.navigation(
        [
            st.Page("chat.py", title="Ask", default=True),
            st.Page("documents.py", title="Documents"),
            st.Page("conversations.py", title="Conversations"),
            st.Page("document.py", title="Document", url_path="document"),
            st.Page("account.py", title="Account"),
            st.Page("people.py", title="People"),
            st.Page("record.py", title="Record"),
            st.Page("help.py", title="Help", url_path="help"),
        ],
        position="hidden",  # Streamlit's own bar folds away on a telephone
    )


def show_places() -> None:
    """The app's name, and the links to its pages."""
    with st.container(horizontal=True, vertical_alignment="center", key="places"):
        show_html('<div class="pp-name">Pinpoint</div>', width="content")
        st.page_link("chat.py", label="Ask", icon=":material/search:")
        st.page_link("documents.py", label="Documents", icon=":material/folder_open:")
        st.page_link("conversations.py", label="Conversations", icon=":material/forum:")
        if rules().sign_in:
            st.page_link("account.py", label="Account", icon=":material/account_circle:")
    with st.container(key="help-link"):
        st.page_link("help.py", label="Help", icon=":material/help:")
