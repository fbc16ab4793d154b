"""The part of the Documents page that is kept current for everybody who has it open."""

from dataclasses import replace

import streamlit as st

from pages.parts.boundary import fragment_boundary
from pages.parts.job_list import show_going_jobs
from pages.parts.opened import Pinpoint
from pages.parts.session import current, save
from pages.parts.updating import show_update

_BUSY_SECONDS, _IDLE_SECONDS = 1.0, 5.0  # how often it is drawn again


def show_work(app: Pinpoint) -> None:
    """What is going on; the whole page is drawn again when a file or a document came or went."""
    save(replace(current(), documents_page=_drawn_from(app)))
    busy = app.worker.updating() is not None or any(job.going for job in app.worker.jobs())
    st.fragment(_show_work_now, run_every=_BUSY_SECONDS if busy else _IDLE_SECONDS)(app)


@fragment_boundary()
def _show_work_now(app: Pinpoint) -> None:
    show_going_jobs(app)
    show_update(app)
    if current().documents_page != _drawn_from(app):
        st.rerun()


def _drawn_from(app: Pinpoint) -> tuple[tuple[tuple[int, str], ...], int]:
    """What the page as a whole shows: how it went with each file, and the documents as they are now."""
    return tuple((job.id, job.status) for job in app.worker.jobs()), app.library.revision
