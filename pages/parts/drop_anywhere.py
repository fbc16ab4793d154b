"""Files that are dropped anywhere on any page are added; a tray or a box that takes files itself goes first."""

from dataclasses import replace

import streamlit as st

from pages.parts.adding import put_files
from pages.parts.boundary import guarded
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.session import current, save


def show_drop_anywhere(app: Pinpoint) -> None:
    """A field over the whole page, seen only while files are dragged over it (`drag.js`)."""
    if not app.may("worker", "put"):
        return
    session = current()
    with st.container(key="drop-anywhere"):
        files = st.file_uploader(
            "Drop the files to add them",
            accept_multiple_files=True,
            key=f"anywhere-{session.uploads}",
            max_upload_size=app.settings.file_megabytes,
        )
    if files:
        guarded(put_files)(app, files)
        done = f"Adding {count(len(files), 'file')}. The Documents page shows how far that is."
        save(replace(current(), uploads=session.uploads + 1, done=None if current().notice else done))
        st.rerun()
