"""The Documents page: what the library holds, and beside it the tray to add files. Reads from top to bottom."""

import streamlit as st

from pages.parts.address import read_filter, write_filter
from pages.parts.backup import show_backup
from pages.parts.boundary import show_notices
from pages.parts.chart import show_chart
from pages.parts.document_list import show_documents, show_figures
from pages.parts.opened import pinpoint
from pages.parts.selected import show_undo
from pages.parts.trash_list import show_trash
from pages.parts.tray import show_tray, show_way_to_adding

app = pinpoint()
shelved = app.library.shelf.now()
read_filter(shelved)

st.title("Documents", anchor=False)
if app.library.nearly_full():
    st.warning("The disk is nearly full. Make room before you add much more.", icon=":material/hard_drive:")
show_notices()
show_undo(app)

held = app.library.documents()
with st.container(key="shelf"):
    with st.container(key="table"):
        if app.may("worker", "put"):
            show_way_to_adding()
        if held:
            show_figures(app, held)
            show_documents(app, held, shelved)
            show_chart(held)
        elif any(job.going for job in app.worker.jobs()):
            st.info("Your documents are listed here as soon as they are in.")
        else:
            st.info("No documents yet. Add some here, or try Pinpoint with an example on the Ask page.")
        if app.may("library.trash", "restore"):
            show_trash(app)
        if app.may("backups", "start"):
            show_backup(app)
    show_tray(app)
write_filter()
