"""A backup that is put back on the Documents page: made ready meanwhile, in its place at the next start."""

from dataclasses import replace

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ingest import BackupRestorer, Settings
from pages.parts.boundary import guarded
from pages.parts.in_words import count, moment
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save


def show_restoring(restorer: BackupRestorer, settings: Settings) -> None:
    """A field for the file of a backup; how far it is; and, once it is ready, a way back."""
    progress, ready = restorer.progress, restorer.ready
    if progress is not None:
        done, total = progress
        of = f": {done:,} of {count(total, 'document')}" if total else ""
        st.progress(done / total if total else 0.0, f"Checking the backup and making it ready{of}.")
        return
    if ready is not None:
        st.warning(
            f"The backup of {moment(ready.made_at)} with {count(ready.documents, 'document')} is ready. "
            "**Stop Pinpoint and start it again:** the backup then takes the place of everything that is here. "
            "What you add or ask until then will be gone.",
            icon=":material/restart_alt:",
        )
        st.button("Keep what is here instead", key="keep-library", on_click=guarded(restorer.cancel))
        return
    file = st.file_uploader(
        "Restore a backup",
        type="zip",
        key=f"restore-backup-{current().uploads}",
        max_upload_size=settings.file_megabytes,
    )
    if file is None:
        if restorer.error:
            st.error(plain_markdown(restorer.error), icon=":material/error:")
        st.caption(
            f"It replaces everything that is here. For a file of more than {settings.file_megabytes:,} MB, stop "
            "Pinpoint and run `python -m ingest restore FILE --replace`."
        )
        return
    st.markdown(
        "A restored backup replaces all documents, conversations, ratings and people that are here now. If you may "
        "want them again, make a backup first."
    )
    with st.container(horizontal=True):
        args = [restorer, file]
        st.button("Restore this backup", key="restore-it", type="primary", on_click=guarded(_start), args=args)
        st.button("Keep what is here", key="restore-not", on_click=guarded(_forget_upload))


def _start(restorer: BackupRestorer, file: UploadedFile) -> None:
    restorer.start(file.getbuffer())
    _forget_upload()


def _forget_upload() -> None:
    """Show an empty field again; Streamlit frees what was uploaded into the old one."""
    save(replace(current(), uploads=current().uploads + 1))
