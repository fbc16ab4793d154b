"""The Record page, for owners: who added, removed, restored, signed in. Reads from top to bottom."""

import streamlit as st

from pages.parts.boundary import show_notices
from pages.parts.opened import pinpoint
from pages.parts.record_list import show_record

app = pinpoint()

st.page_link("account.py", label="Account", icon=":material/arrow_back:")
st.title("Record", anchor=False)
st.caption(
    f"Who did what, for {app.settings.record_days} days. It has names of files and people, no text of documents and no "
    "question."
)
show_notices()
show_record(app)
