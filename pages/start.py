"""What every page begins with: page set-up, navigation, and who is looking. `app.py` serves it."""

from pathlib import Path

import streamlit as st

from pages.parts.boundary import boundary
from pages.parts.drop_anywhere import show_drop_anywhere
from pages.parts.navigation import chosen_page, show_places
from pages.parts.opened import pinpoint
from pages.parts.scripts import listen
from pages.parts.session import begin_as
from pages.parts.signed_out import show_signed_out
from pages.parts.style import show_style

# A picture of our own: Streamlit fetches the icons that it knows by name from the net when they are in a tab.
ICON = Path(__file__).parent / "icon.png"

st.set_page_config(page_title="Pinpoint", page_icon=str(ICON), layout="centered")
page = chosen_page()
show_style()
listen()
with boundary():
    show_places()
    app = pinpoint()
    if app.person:
        begin_as(app.person.id)
        show_drop_anywhere(app)  # before the page, which may end early
        page.run()
    else:
        show_signed_out()
