"""The People page, for owners: who may use the library, and as what. Reads from top to bottom."""

import streamlit as st

from pages.parts.boundary import show_notices
from pages.parts.opened import pinpoint
from pages.parts.people_list import show_add_person, show_people

app = pinpoint()

st.page_link("account.py", label="Account", icon=":material/arrow_back:")
st.title("People", anchor=False)
show_notices()
people = app.people.listed()
show_people(app, people)
show_add_person(app, len(people))
