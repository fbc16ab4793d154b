"""The ways to add documents: files, a folder, pasted text, and a web page where a setting allows it."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingest import CannotRead
from ingest.reading.file_types import readable_kinds
from pages.parts.boundary import guarded
from pages.parts.filters import current_collection
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save

WEB_PAGE = "Web page"


def show_adding(app: Pinpoint) -> None:
    """The ways in. The fields are empty again as soon as the worker has the files."""
    if standing := current_collection(app.library.shelf.now()):
        st.caption(f"New files go into the collection **{plain_markdown(standing.name)}**.")
    ways = ["Files", "Folder", "Paste text", *([WEB_PAGE] if app.settings.web_pages else [])]
    files, folder, text, *web_page = st.tabs(ways)
    with files:
        _show_uploader(app, "Choose files or drop them here", "files", accept_multiple_files=True)
    with folder:
        _show_uploader(app, "Choose a folder or drop it here", "folder", accept_multiple_files="directory")
    with text, st.form("paste", clear_on_submit=True, border=False):
        name = st.text_input("Name", placeholder="Minutes of 3 March")
        pasted = st.text_area("Text", height=160)
        if st.form_submit_button("Add"):
            _add_pasted(app, name, pasted)
    for tab in web_page:
        with tab, st.form("web-page", border=False):
            key = f"address-{current().uploads}"
            address = st.text_input("Address", placeholder="https://example.org/opening-hours", key=key)
            st.caption("Pinpoint fetches this one page from its server, without its pictures, and runs nothing of it.")
            if st.form_submit_button("Add", key="add-web-page"):
                _add_web_page(app, address)


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


def _add_web_page(app: Pinpoint, address: str) -> None:
    """The worker fetches it later. What is no address is refused at once, and stays in the field to be corrected."""
    if not address.strip():
        st.error("There is no address to add. Type or paste one first.")
        return
    standing = current_collection(app.library.shelf.now())
    try:
        app.worker.put_page(address, standing.id if standing else None)
    except CannotRead as error:
        st.error(plain_markdown(str(error)))
        return
    save(replace(current(), uploads=current().uploads + 1))
    st.rerun()


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
