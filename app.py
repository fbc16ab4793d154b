"""The front door: page set-up and navigation. Start it with `streamlit run app.py`."""

from pathlib import Path

import streamlit as st

from ingest.logs import keep_logs_clean
from pages.parts.boundary import boundary
from pages.parts.navigation import chosen_page, show_places
from pages.parts.scripts import listen
from pages.parts.style import show_style

# A picture of our own: Streamlit fetches the icons that it knows by name from the net when they are in a tab.
ICON = Path(__file__).parent / "pages" / "icon.png"

keep_logs_clean()
st.set_page_config(page_title="Pinpoint", page_icon=str(ICON), layout="centered")
page = chosen_page()
show_style()
listen()
show_places()
with boundary():
    page.run()
