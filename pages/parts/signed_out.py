"""What is shown in the place of a page to somebody who is not signed in any more."""

import streamlit as st

from pages.parts.plain import show_html
from pages.server.rules import rules


def show_signed_out() -> None:
    """The sentence, and the way to sign in."""
    st.info("You are signed out.", icon=":material/logout:")
    show_html(f'<a class="pp-sign-in" href="{rules().base}/sign-in" target="_self">Sign in</a>')
