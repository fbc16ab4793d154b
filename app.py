"""The front door: page set-up and navigation. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

# A picture of our own: Streamlit fetches the icons that it knows by name from the net when they stand in a tab.
ICON = Path(__file__).parent / "pages" / "icon.png"

st.set_page_config(page_title="Pinpoint", page_icon=str(ICON), layout="centered")

st.session_state.entered = True  # pages/opened.py says what for
st.navigation(
    [
        st.Page("pages/chat.py", title="Ask", icon=":material/search:", default=True),
        st.Page("pages/documents.py", title="Documents", icon=":material/folder_open:"),
    ],
    position="top",
).run()
