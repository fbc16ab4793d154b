"""Files on their way into the library: what is being done with each, how long it will take, and how it went."""

import streamlit as st

from ingest import Job, Progress, Worker
from pages.plain import plain_markdown
from pages.words import count, duration

_SHOWN_AT_ONCE = 8  # jobs; the others are counted
_SHOWN_WELL = 4  # lines on files that went well; more are folded away
_READING_SHARE = 0.3  # of a file's bar; the rest fills with its passages


def show_current(worker: Worker) -> None:
    """While there is work, one bar for the file it is on; the page is drawn anew at the end."""
    busy = any(job.going for job in worker.jobs())
    st.fragment(_current, run_every=0.5 if busy else None)(worker)


def show_failures(worker: Worker) -> None:
    """One line where files could not be added or wait for a decision, with the way to the page that says more."""
    open_ends = sum(job.status in {"failed", "asking"} for job in worker.jobs())
    if open_ends:
        with st.container(horizontal=True, vertical_alignment="center"):
            verb = "was" if open_ends == 1 else "were"
            st.markdown(f":material/error: {count(open_ends, 'file')} {verb} not added yet.")
            st.page_link("pages/documents.py", label="See why", icon=":material/arrow_forward:")


def show_work(worker: Worker) -> None:
    """Every file that waits or is worked on, for everybody who has the page open."""
    going = [job for job in worker.jobs() if job.going]
    going.sort(key=lambda job: job.status != "working")
    for job in going[:_SHOWN_AT_ONCE]:
        with st.container(horizontal=True, vertical_alignment="center", key=f"going-{job.id}"):
            st.progress(_share(job), _told(job))
            st.button("Cancel", key=f"cancel-{job.id}", on_click=worker.cancel, args=[job.id])
    if len(going) > _SHOWN_AT_ONCE:
        st.caption(f"{count(len(going) - _SHOWN_AT_ONCE, 'more file')} waiting.")


def show_outcomes(worker: Worker) -> None:
    """What needs a decision, what failed, and how it went with the others, newest first."""
    ended = [job for job in reversed(worker.jobs()) if not job.going]
    if not ended:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("How it went", anchor=False, width="stretch")
        if any(job.outcome for job in ended):
            st.button("Clear", type="tertiary", on_click=_clear, args=[worker], help="Clear the files that went well")
    for job in ended:
        if job.outcome is None:
            _show_outcome(job, worker)
    well = [job for job in ended if job.outcome]
    if len(well) > _SHOWN_WELL:
        with st.expander(f"{count(len(well), 'file')} went well"):
            _show_outcomes(well, worker)
    else:
        _show_outcomes(well, worker)


def _show_outcomes(jobs: list[Job], worker: Worker) -> None:
    with st.container(gap="xsmall"):
        for job in jobs:
            _show_outcome(job, worker)


def show_update(worker: Worker) -> None:
    """What it means that another model is set, with the offer to embed again; how far that is."""
    state = worker.updating()
    if isinstance(state, Progress):
        share = state.done / state.total if state.total else 0.0
        st.progress(
            share, f"Updating the library, {state.done:,} of {count(state.total, 'passage')}. You can go on asking."
        )
    elif worker.needs_update():
        st.warning(
            "Pinpoint is set to search with another model than the one that this library was made with. Questions are "
            "answered as before, but nothing can be added until the library is updated. That takes about as long as "
            "adding all documents again did, in the background, and your files are not needed for it.",
            icon=":material/sync:",
        )
        if state:
            st.error(plain_markdown(state), icon=":material/error:")
        st.button("Update the library", type="primary", on_click=worker.update)


def _current(worker: Worker) -> None:
    going = [job for job in worker.jobs() if job.going]
    if not going:
        if st.session_state.pop("was_adding", False):
            st.rerun()
        return
    st.session_state.was_adding = True
    current = next((job for job in going if job.status == "working"), going[0])
    others = f" {count(len(going) - 1, 'more file')} waiting." if len(going) > 1 else ""
    st.progress(_share(current), f"Adding {_told(current)}{others}")


def _show_outcome(job: Job, worker: Worker) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"outcome-{job.id}"):
        st.markdown(_line(job), width="stretch")
        if job.status == "asking":
            st.button("Replace it", key=f"replace-{job.id}", on_click=worker.decide, args=[job.id, "replace"])
            st.button("Keep both", key=f"keep-{job.id}", on_click=worker.decide, args=[job.id, "keep"])
            st.button("Cancel", key=f"cancel-{job.id}", on_click=worker.cancel, args=[job.id])
        if job.status == "failed":
            st.button("Try again", key=f"retry-{job.id}", on_click=worker.retry, args=[job.id])
            st.button("Dismiss", key=f"dismiss-{job.id}", on_click=worker.dismiss, args=[job.id])


def _clear(worker: Worker) -> None:
    for job in worker.jobs():
        if job.outcome:
            worker.dismiss(job.id)


def _told(job: Job) -> str:
    left = f", {duration(job.seconds_left)} left" if job.seconds_left is not None else ""
    return f"**{plain_markdown(job.name)}**: {_doing(job)}{left}."


def _doing(job: Job) -> str:
    step = job.progress
    if job.status == "waiting":
        return "waiting for its turn"
    if step is None:
        return "about to begin"
    if step.stage == "reading":
        return (
            f"reading page {min(step.done + 1, step.total):,} of {step.total:,}" if step.total else "reading its text"
        )
    return f"making it searchable, {step.done:,} of {count(step.total, 'passage')}"


def _share(job: Job) -> float:
    step = job.progress
    if step is None or not step.total:
        return 0.0
    done = step.done / step.total
    return _READING_SHARE * done if step.stage == "reading" else _READING_SHARE + (1 - _READING_SHARE) * done


def _line(job: Job) -> str:
    name = f"**{plain_markdown(job.name)}**"
    if job.status == "failed":
        return f":material/error: {name} was not added. {plain_markdown(job.reason or '')}"
    if job.status == "asking":
        return f":material/help: Another document is called {name}. Replace it with the new file, or keep both?"
    if job.status == "unchanged":
        return f":material/check: {name} is already there; nothing was changed."
    return (
        f":material/check_circle: {name} was added: {count(job.outcome.passages or 0, 'passage')}."
        if job.outcome
        else name
    )
