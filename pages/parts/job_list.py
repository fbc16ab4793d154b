"""The files on their way into the library: what is being done with each, and how it went."""

import streamlit as st

from ingest import Job, Worker
from ingest.reading.refusals import refused_for_good
from pages.parts.boundary import guarded
from pages.parts.in_words import count
from pages.parts.job_words import job_outcome_line, job_progress_line, job_share, refusal_lines
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown

_SHOWN_AT_ONCE = 6  # jobs; the others are counted
_SHOWN_WELL = 4  # lines on files that were added, and on those that were cancelled; earlier ones are folded away
_SHOWN_FAILED = 3  # files that were not added, each with its reason; of the next ones only the name is shown
_NAMED_FAILED = 5  # files that were not added, by name; more are folded away


def show_going_jobs(app: Pinpoint) -> None:
    """Every file that waits or is worked on, for everybody who has the page open."""
    going = [job for job in app.worker.jobs() if job.going]
    going.sort(key=lambda job: job.status == "waiting")
    for job in going[:_SHOWN_AT_ONCE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"going-{job.id}"):
            st.progress(job_share(job), job_progress_line(job))
            if app.may("worker", "cancel"):
                _show_cancel(app.worker, job)
    if len(going) > _SHOWN_AT_ONCE:
        st.caption(f"{count(len(going) - _SHOWN_AT_ONCE, 'more file')} waiting.")


def _show_cancel(worker: Worker, job: Job) -> None:
    """The button stays in its place when it was clicked, so that a second click meets no other file."""
    st.button(
        "Cancel",
        key=f"cancel-{job.id}",
        on_click=guarded(worker.cancel),
        args=[job.id],
        disabled=job.status == "cancelling",
    )


def show_job_outcomes(worker: Worker) -> None:
    """What needs a decision, what failed, and what was added, each newest first."""
    ended = [job for job in reversed(worker.jobs()) if not job.going and not job.followed]
    if not ended:
        return
    well = [job for job in ended if job.outcome]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Added files" if well else "Not added", anchor=False, width="stretch")
        if any(job.over for job in ended):
            st.button(
                "Clear",
                type="tertiary",
                on_click=guarded(_clear_jobs),
                args=[worker],
                help="Clears this list. The documents stay in the library.",
            )
    for job in ended:
        if job.status == "asking":
            _show_job_outcome(job, worker)
    _show_failures([job for job in ended if job.status == "failed"], worker)
    _show_told([job for job in ended if job.status == "cancelled"], "cancelled", worker)
    _show_told(well, "added", worker)


def _show_failures(failed: list[Job], worker: Worker) -> None:
    """The newest ones with their reasons, a line each for some more, the rest in one line for all."""
    named_to = _SHOWN_FAILED + _NAMED_FAILED
    for job in failed[:_SHOWN_FAILED]:
        _show_job_outcome(job, worker)
    with st.container(gap="xsmall"):
        for job in failed[_SHOWN_FAILED:named_to]:
            _show_folded_failure(job, worker)
        if rest := failed[named_to:]:
            with st.expander(f"{count(len(rest), 'more file')} could not be added"):
                for job in rest:
                    _show_folded_failure(job, worker)


def _show_folded_failure(job: Job, worker: Worker) -> None:
    name = f"**{plain_markdown(job.name)}**"
    line = st.container(key=f"outcome-{job.id}").expander(f":material/error: {name} was not added.", type="compact")
    with line, st.container(horizontal=True, vertical_alignment="center"):
        _show_refusal(plain_markdown(job.reason or ""), job, worker)


def _show_told(jobs: list[Job], how: str, worker: Worker) -> None:
    """A line for each of the newest; the others are folded, never a single one."""
    end = _SHOWN_WELL if len(jobs) > _SHOWN_WELL + 1 else len(jobs)
    _show_lines(jobs[:end], worker)
    if others := jobs[end:]:
        with st.expander(f"{count(len(others), 'more file')} {how}"):
            _show_lines(others, worker)


def _show_lines(jobs: list[Job], worker: Worker) -> None:
    with st.container(gap="xsmall"):
        for job in jobs:
            _show_job_outcome(job, worker)


def _show_job_outcome(job: Job, worker: Worker) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"outcome-{job.id}"):
        if job.status == "failed":
            _show_refusal(job_outcome_line(job), job, worker)
        else:
            with st.container(width="stretch", gap="xxsmall"):
                st.markdown(job_outcome_line(job))
                _show_refused_inside(job)
        if job.status == "asking":
            st.button("Replace it", key=f"replace-{job.id}", on_click=guarded(worker.decide), args=[job.id, "replace"])
            st.button("Keep both", key=f"keep-{job.id}", on_click=guarded(worker.decide), args=[job.id, "keep"])
            st.button("Cancel", key=f"cancel-{job.id}", on_click=guarded(worker.cancel), args=[job.id])


def _show_refused_inside(job: Job) -> None:
    """Folded, why files inside the file were not read."""
    if lines := refusal_lines(job):
        with st.expander("Why not?", type="compact"):
            st.markdown("\n".join(f"- {line}" for line in lines))


def _show_refusal(line: str, job: Job, worker: Worker) -> None:
    """Why a file was not added, and what can be done. Trying again is offered only where that may succeed."""
    if refused_for_good(job.reason or ""):
        with st.container(width="stretch"):  # one button has room beside a long line, two are below it
            st.markdown(line)
    else:
        st.markdown(line, width="stretch")
        st.button("Try again", key=f"retry-{job.id}", on_click=guarded(worker.retry), args=[job.id])
    st.button("Dismiss", type="tertiary", key=f"dismiss-{job.id}", on_click=guarded(worker.dismiss), args=[job.id])


def _clear_jobs(worker: Worker) -> None:
    """Dismiss every file that is added or refused; one that needs a decision stays."""
    for job in worker.jobs():
        if job.over and not job.followed:
            worker.dismiss(job.id)
