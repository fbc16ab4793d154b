"""The three ways to add documents: files, a folder, pasted text."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingest.reading.file_types import readable_kinds
from pages.parts.boundary import guarded
from pages.parts.filters import current_collection
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save


def show_adding(app: Pinpoint) -> None:
    """Three ways in. The fields are empty again as soon as the worker has the files."""
    if standing := current_collection(app.library.shelf.now()):
        st.caption(f"New files go into the collection **{plain_markdown(standing.name)}**.")
    files, folder, text = st.tabs(["Files", "Folder", "Paste text"])
    with files:
        _show_uploader(app, "Choose files or drop them here", "files", accept_multiple_files=True)
    with folder:
        _show_uploader(app, "Choose a folder or drop it here", "folder", accept_multiple_files="directory")
    with text, st.form("paste", clear_on_submit=True, border=False):
        name = st.text_input("Name", placeholder="Minutes of 3 March")
        pasted = st.text_area("Text", height=160)
        if st.form_submit_button("Add"):
            _add_pasted(app, name, pasted)


def _show_uploader(app: Pinpoint, label: str, key: str, *, accept_multiple_files: object) -> None:
    """A field whose files go to the worker at once. It takes every kind: what cannot be read gets its sentence."""
    session = current()
    files = st.file_uploader(
        label,
        accept_multiple_files=accept_multiple_files,  # type: ignore[call-overload] # True or "directory"
        key=f"{key}-{session.uploads}",
        # Streamlit takes whole megabytes of 1,048,576 bytes. The browser so lets through slightly more than the limit
        # that it names; reading refuses that, since a megabyte of a setting is 1,000,000 bytes.
        max_upload_size=app.settings.file_megabytes,
    )
    st.caption(f"Pinpoint reads {readable_kinds()}.")
    if files:
        guarded(put_files)(app, files)
        save(replace(current(), uploads=session.uploads + 1))
        st.rerun()


def put_files(app: Pinpoint, files: Sequence[UploadedFile]) -> None:
    """Hand uploaded files to the worker, which keeps them before this returns. Raises PinpointError where it cannot."""
    standing = current_collection(app.library.shelf.now())
    for file in files:
        # A view: nothing is copied.
        app.worker.put(file.name, [file.getbuffer()], standing.id if standing else None)  # type: ignore[list-item]


def _add_pasted(app: Pinpoint, name: str, text: str) -> None:
    """Pasted text is a document like any other."""
    if not text.strip():
        st.error("There is no text to add. Paste some first.")
        return
    first_words = " ".join(text.split()[:6])
    standing = current_collection(app.library.shelf.now())
    named = f"{(name.strip() or first_words)[:100]}.txt"
    guarded(app.worker.put)(named, [text.encode()], standing.id if standing else None)
    st.rerun()
