"""The backup of the Documents page: made in the background, downloaded, deleted, restored; folded, and quiet."""

from datetime import UTC, datetime

import streamlit as st

from ingest import BackupKeeper
from pages.parts.boundary import fragment_boundary, guarded
from pages.parts.download import show_backup_download
from pages.parts.in_words import count, moment, size
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.restoring import show_restoring

_BUSY_SECONDS = 1.0  # how often it is drawn again while a backup is made


def show_backup(app: Pinpoint) -> None:
    """Everything in one file, for another machine and for a bad day."""
    with st.expander("Backup", icon=":material/archive:", key="backup"):
        st.caption(
            "One file with everything: documents, their originals, the trash, conversations and ratings. Keep it on "
            "another machine, and as safe as the documents themselves."
        )
        busy = _is_busy(app)
        st.fragment(_show_state, run_every=_BUSY_SECONDS if busy else None)(app, busy)


def _is_busy(app: Pinpoint) -> bool:
    return app.backups.progress is not None or app.restorer.progress is not None


@fragment_boundary()
def _show_state(app: Pinpoint, drawn_busy: bool) -> None:
    if _is_busy(app) != drawn_busy:  # the whole page decides how often this is drawn again
        st.rerun()
    _show_making(app.backups)
    st.space("small")
    show_restoring(app.restorer, app.settings)


def _show_making(backups: BackupKeeper) -> None:
    progress = backups.progress
    if progress is not None:
        done, total = progress
        of = f", {done:,} of {count(total, 'document')}" if total else ""
        st.progress(done / total if total else 0.0, f"Making a backup{of}. You can go on asking and adding.")
        return
    if backups.error:
        st.error(plain_markdown(backups.error), icon=":material/error:")
    newest = backups.newest()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Make a backup", key="make-backup", on_click=guarded(backups.start))
        if newest is None:
            return
        show_backup_download(newest)
        st.button("Delete it", key="delete-backup", type="tertiary", on_click=guarded(backups.delete))
    about = newest.stat()
    st.caption(f"The newest one is of {moment(datetime.fromtimestamp(about.st_mtime, UTC))}, {size(about.st_size)}.")
