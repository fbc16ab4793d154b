"""The Account page: who is signed in, another password, signing out; for owners the way to people and the record."""

import streamlit as st

from ingest import WHAT_ROLES_MAY
from pages.parts.account import show_change_password, show_sign_out
from pages.parts.boundary import show_notices
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown

app = pinpoint()

st.title("Account", anchor=False)
st.page_link("help.py", label="Help: how to ask, and what Pinpoint is made of", icon=":material/help:")
show_notices()
person = app.person
if person is None or person.id is None:
    st.info("Nobody signs in here: everybody who reaches Pinpoint may do everything.")
    st.stop()

st.markdown(f"You are signed in as **{plain_markdown(person.name)}**.")
st.caption(f"Your role is {person.role}. You may {WHAT_ROLES_MAY[person.role]}.")
show_sign_out(app)
if person.has_password:
    show_change_password(app, person)
if app.may("people", "listed"):
    st.page_link("people.py", label="People: who may use this library", icon=":material/group:")
    st.page_link("record.py", label="Record: who did what", icon=":material/history:")
