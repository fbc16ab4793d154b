"""The tray beside the table of documents: where files are added or a folder is followed, and how that goes."""

import streamlit as st

from pages.parts.adding import show_adding
from pages.parts.followed_folders import show_followed_folders
from pages.parts.job_list import show_job_outcomes
from pages.parts.opened import Pinpoint
from pages.parts.plain import show_html
from pages.parts.work import show_work


def show_tray(app: Pinpoint) -> None:
    """A box of its own: it grows with what is going on, and the table stays where it is."""
    with st.container(key="tray"):
        if app.may("worker", "put"):
            show_html('<h2 class="pp-hidden" id="adding">Add documents</h2>')
            show_adding(app)
        show_work(app)
        if app.may("worker", "dismiss"):
            show_job_outcomes(app.worker)
        show_followed_folders(app)


def show_way_to_adding() -> None:
    """On a narrow window, where the tray comes after the table: the link to it."""
    show_html('<a class="pp-to-adding" href="#adding">Add documents</a>')
