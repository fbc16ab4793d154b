"""The front door: page set-up and navigation. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from pages.parts.plain import show_html
from pages.parts.scripts import listen
from pages.parts.style import show_style

# A picture of our own: Streamlit fetches the icons that it knows by name from the net when they stand in a tab.
ICON = Path(__file__).parent / "pages" / "icon.png"

st.set_page_config(page_title="Pinpoint", page_icon=str(ICON), layout="centered")
st.session_state.entered = True  # pages/parts/opened.py says what for

page = st.navigation(
    [
        st.Page("pages/chat.py", title="Ask", default=True),
        st.Page("pages/documents.py", title="Documents"),
        st.Page("pages/conversations.py", title="Conversations"),
        st.Page("pages/document.py", title="Document", url_path="document"),
    ],
    position="hidden",  # Streamlit's own bar folds away on a telephone
)
show_style()
listen()
with st.container(horizontal=True, vertical_alignment="center", key="places"):
    show_html('<div class="pp-name">Pinpoint</div>', width="content")
    st.page_link("pages/chat.py", label="Ask", icon=":material/search:")
    st.page_link("pages/documents.py", label="Documents", icon=":material/folder_open:")
    st.page_link("pages/conversations.py", label="Conversations", icon=":material/forum:")
page.run()
