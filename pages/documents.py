"""The Documents page: add files, see how that goes, and what the library holds. Reads from top to bottom."""

import streamlit as st

from pages.parts.adding import show_adding
from pages.parts.address import read_filter, write_filter
from pages.parts.backup import show_backup
from pages.parts.boundary import show_notices
from pages.parts.chart import show_chart
from pages.parts.document_list import show_documents, show_figures
from pages.parts.followed_folders import show_followed_folders
from pages.parts.job_list import show_job_outcomes
from pages.parts.opened import pinpoint
from pages.parts.selected import show_undo
from pages.parts.trash_list import show_trash
from pages.parts.work import show_work

app = pinpoint()
shelved = app.library.shelf.now()
read_filter(shelved)

st.title("Documents", anchor=False)
if app.library.nearly_full():
    st.warning("The disk is nearly full. Make room before you add much more.", icon=":material/hard_drive:")
if app.may("worker", "put"):
    show_adding(app)
show_notices()
show_undo(app)

show_work(app)
if app.may("worker", "dismiss"):
    show_job_outcomes(app.worker)

show_followed_folders(app)

held = app.library.documents()
if held:
    show_figures(app, held)
    show_documents(app, held, shelved)
    show_chart(held)
elif not app.worker.jobs():
    st.info("No documents yet. Add some above, or try Pinpoint with an example on the Ask page.")
if app.may("library.trash", "restore"):
    show_trash(app)
if app.may("backups", "start"):
    show_backup(app)
write_filter()
