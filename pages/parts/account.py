"""What one can do about one's own sign-in."""

from dataclasses import replace

import streamlit as st

from ingest import BadPerson, Person
from pages.parts.boundary import guarded
from pages.parts.opened import Pinpoint
from pages.parts.session import current, save
from pages.parts.visitor import network_address, token


def show_sign_out(app: Pinpoint) -> None:
    """The button that ends this sign-in."""
    st.button("Sign out", icon=":material/logout:", key="sign-out", on_click=guarded(app.sign_ins.end), args=[token()])


def show_change_password(app: Pinpoint, person: Person) -> None:
    """Another password; one is then signed out everywhere, and signs in with the new one."""
    with (
        st.expander("Change your password", icon=":material/key:"),
        st.form("password", clear_on_submit=True, border=False),
    ):
        old = st.text_input("The password until now", type="password", autocomplete="current-password")
        new = st.text_input("The new password, of at least 10 characters", type="password", autocomplete="new-password")
        again = st.text_input("The new password once more", type="password", autocomplete="new-password")
        st.caption("You are then signed out on every device, and sign in with the new password.")
        if st.form_submit_button("Change it"):
            guarded(_change)(app, person, old, new, again)
            st.rerun()


def _change(app: Pinpoint, person: Person, old: str, new: str, again: str) -> None:
    if new != again:
        raise BadPerson("The two new passwords are not the same. Type them again.")
    app.sign_ins.change_password(person, old, new, network_address())
    save(replace(current(), done="Your password was changed."))
