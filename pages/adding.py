"""Files on their way into the library: which one, what is being done with it, and how it went."""

import streamlit as st

from ingest import Job, Worker
from pages.plain import plain_markdown

_READING_SHARE = 0.2  # of a file's bar; the rest fills with its passages


def show_progress(worker: Worker) -> None:
    """While there is work, a bar for the file it is on; the page stays usable and is drawn anew at the end."""
    busy = any(not job.over for job in worker.jobs())
    st.fragment(_progress, run_every=0.5 if busy else None)(worker)


def show_failures(worker: Worker) -> None:
    """One line where files could not be added, with the way to the sentences that say why."""
    failed = sum(job.status == "failed" for job in worker.jobs())
    if failed:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/error: {failed} {'file was' if failed == 1 else 'files were'} not added.")
            st.page_link("pages/documents.py", label="See why", icon=":material/arrow_forward:")


def show_outcomes(worker: Worker) -> None:
    """A line a file on how it went, newest first; what went well can be cleared away at once."""
    over = [job for job in reversed(worker.jobs()) if job.over]
    if not over:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("How it went", anchor=False, width="stretch")
        if any(job.status != "failed" for job in over):
            st.button("Clear", type="tertiary", on_click=_clear, args=[worker], help="Clear the files that went well")
    with st.container(gap="xsmall"):
        for job in over:
            _show_outcome(job, worker)


def _show_outcome(job: Job, worker: Worker) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"outcome-{job.id}"):
        st.markdown(_line(job), width="stretch")
        if job.status == "failed":
            st.button("Try again", key=f"retry-{job.id}", on_click=worker.retry, args=[job.id])
            st.button("Dismiss", key=f"dismiss-{job.id}", on_click=worker.dismiss, args=[job.id])


def _clear(worker: Worker) -> None:
    for job in worker.jobs():
        if job.over and job.status != "failed":
            worker.dismiss(job.id)


def _progress(worker: Worker) -> None:
    going = [job for job in worker.jobs() if not job.over]
    if not going:
        if st.session_state.pop("was_adding", False):
            st.rerun()
        return
    st.session_state.was_adding = True
    current = next((job for job in going if job.status == "working"), going[0])
    others = len(going) - 1
    waiting = f" {others} more {'file waits' if others == 1 else 'files wait'}." if others else ""
    st.progress(_share(current), f"Adding **{plain_markdown(current.name)}**: {_doing(current)}.{waiting}")


def _doing(job: Job) -> str:
    if job.progress is None:
        return "about to begin"
    if job.progress.stage == "reading":
        return "reading its text"
    return f"making it searchable, {job.progress.done} of {job.progress.total} passages"


def _share(job: Job) -> float:
    if job.progress is None or job.progress.stage == "reading":
        return 0.0
    return _READING_SHARE + (1 - _READING_SHARE) * job.progress.done / job.progress.total


def _line(job: Job) -> str:
    name = f"**{plain_markdown(job.name)}**"
    if job.status == "failed":
        return f":material/error: {name} was not added. {plain_markdown(job.reason or '')}"
    if job.status == "unchanged":
        return f":material/check: {name} is already there; nothing was changed."
    passages = job.outcome.passages if job.outcome else 0
    return f":material/check_circle: {name} was added: {passages} {'passage' if passages == 1 else 'passages'}."
