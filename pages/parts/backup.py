"""The backup of the Documents page: made in the background, downloaded, deleted; folded, and quiet."""

from datetime import UTC, datetime

import streamlit as st

from ingest import BackupKeeper
from pages.parts.boundary import fragment_boundary, guarded
from pages.parts.download import show_backup_download
from pages.parts.in_words import count, moment, size
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown

_BUSY_SECONDS = 1.0  # how often it is drawn again while a backup is made
_DOWNLOADED_BYTES = 500_000_000  # Streamlit holds what it hands out in memory


def show_backup(app: Pinpoint) -> None:
    """Everything in one file, for another machine and for a bad day."""
    with st.expander("Backup", icon=":material/archive:", key="backup"):
        st.caption(
            "One file with everything: documents, their originals, the trash, conversations and ratings. Keep it on "
            "another machine, and as safe as the documents themselves. To put it back, stop Pinpoint and run "
            "`python -m ingest restore FILE`."
        )
        busy = app.backups.progress is not None
        st.fragment(_show_state, run_every=_BUSY_SECONDS if busy else None)(app.backups, busy)


@fragment_boundary()
def _show_state(backups: BackupKeeper, drawn_busy: bool) -> None:
    progress = backups.progress
    if (progress is not None) != drawn_busy:  # the whole page decides how often this is drawn again
        st.rerun()
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
        length = newest.stat().st_size
        if length <= _DOWNLOADED_BYTES:
            show_backup_download(newest)
        st.button("Delete it", key="delete-backup", type="tertiary", on_click=guarded(backups.delete))
    made_at = moment(datetime.fromtimestamp(newest.stat().st_mtime, UTC))
    where = "" if length <= _DOWNLOADED_BYTES else f" It is too large to be downloaded here; copy it from `{newest}`."
    st.caption(f"The newest one is of {made_at}, {size(length)}.{where}")
