"""What the Ask page says of files that are being added: how far it is, and where a person has to look."""

from dataclasses import replace

import streamlit as st

from ingest import Worker
from pages.parts.boundary import fragment_boundary
from pages.parts.in_words import count
from pages.parts.job_words import job_progress_line, job_share
from pages.parts.session import current, save


def show_current(worker: Worker) -> None:
    """While there is work, one bar for the file it is on; the whole page is drawn again at the end."""
    busy = any(job.going for job in worker.jobs())
    st.fragment(fragment_boundary()(_show_current_job), run_every=0.5 if busy else None)(worker)


def show_failures(worker: Worker) -> None:
    """A line where files could not be added, and one where files need a decision, with the way to the page for it."""
    states = [job.status for job in worker.jobs() if not job.followed]
    if failed := states.count("failed"):
        _point_to_documents(f":material/error: {count(failed, 'file')} could not be added.", "See why")
    if asking := states.count("asking"):
        need = "needs" if asking == 1 else "need"
        _point_to_documents(f":material/help: {count(asking, 'file')} {need} a decision.", "Decide")


def _point_to_documents(line: str, link: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(line)
        st.page_link("documents.py", label=link, icon=":material/arrow_forward:")


def _show_current_job(worker: Worker) -> None:
    session = current()
    going = [job for job in worker.jobs() if job.going]
    if bool(going) != session.was_adding:
        save(replace(session, was_adding=bool(going)))
    if not going:
        if session.was_adding:
            st.rerun()
        return
    job = next((job for job in going if job.status != "waiting"), going[0])
    others = f" {count(len(going) - 1, 'more file')} waiting." if len(going) > 1 else ""
    st.progress(job_share(job), f"Adding {job_progress_line(job)}{others}")
