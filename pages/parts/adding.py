"""Files on their way into the library: what is being done with each, how long it will take, and how it went."""

import streamlit as st

from ingest import Job, Progress, Worker
from ingest.reading.file_types import refused_for_good
from pages.parts.plain import plain_markdown
from pages.parts.words import count, duration

_SHOWN_AT_ONCE = 8  # jobs; the others are counted
_SHOWN_WELL = 4  # lines on files that were added; more are folded away
_SHOWN_FAILED = 3  # files that were not added, each with its reason; of the next ones only the name is shown
_NAMED_FAILED = 5  # files that were not added, by name; more are folded away
_READING_SHARE = 0.3  # of a file's bar; the rest fills with its passages


def show_current(worker: Worker) -> None:
    """While there is work, one bar for the file it is on; the page is drawn anew at the end."""
    busy = any(job.going for job in worker.jobs())
    st.fragment(_current, run_every=0.5 if busy else None)(worker)


def show_failures(worker: Worker) -> None:
    """A line where files could not be added, and one where files need a decision, with the way to the page for it."""
    states = [job.status for job in worker.jobs()]
    if failed := states.count("failed"):
        _point_to_documents(f":material/error: {count(failed, 'file')} could not be added.", "See why")
    if asking := states.count("asking"):
        need = "needs" if asking == 1 else "need"
        _point_to_documents(f":material/help: {count(asking, 'file')} {need} a decision.", "Decide")


def _point_to_documents(line: str, link: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(line)
        st.page_link("pages/documents.py", label=link, icon=":material/arrow_forward:")


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
    """What needs a decision, what failed, and what was added, each newest first."""
    ended = [job for job in reversed(worker.jobs()) if not job.going]
    if not ended:
        return
    well = [job for job in ended if job.outcome]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("Added files" if well else "Not added", anchor=False, width="stretch")
        if any(job.over for job in ended):
            st.button(
                "Clear", type="tertiary", on_click=_clear, args=[worker], help="Empties this list, not the library"
            )
    for job in ended:
        if job.status == "asking":
            _show_outcome(job, worker)
    _show_failed([job for job in ended if job.status == "failed"], worker)
    if len(well) > _SHOWN_WELL:
        with st.expander(f"{count(len(well), 'file')} added"):
            _show_outcomes(well, worker)
    else:
        _show_outcomes(well, worker)


def _show_failed(failed: list[Job], worker: Worker) -> None:
    """The newest ones with their reasons, a line each for some more, the rest in one line for all."""
    named_to = _SHOWN_FAILED + _NAMED_FAILED
    for job in failed[:_SHOWN_FAILED]:
        _show_outcome(job, worker)
    with st.container(gap="xsmall"):
        for job in failed[_SHOWN_FAILED:named_to]:
            _show_folded(job, worker)
        if rest := failed[named_to:]:
            with st.expander(f"{count(len(rest), 'more file')} could not be added"):
                for job in rest:
                    _show_folded(job, worker)


def _show_folded(job: Job, worker: Worker) -> None:
    name = f"**{plain_markdown(job.name)}**"
    line = st.container(key=f"outcome-{job.id}").expander(f":material/error: {name} was not added.", type="compact")
    with line, st.container(horizontal=True, vertical_alignment="center"):
        _show_refusal(plain_markdown(job.reason or ""), job, worker)


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
            "Pinpoint is set to a different search model from the one that this library was made with. You can go on "
            "asking questions, but you cannot add documents until the library is updated. The update runs in the "
            "background and takes about as long as adding all documents again. Your files are not needed for it.",
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
        if job.status == "failed":
            _show_refusal(_line(job), job, worker)
        else:
            st.markdown(_line(job), width="stretch")
        if job.status == "asking":
            st.button("Replace it", key=f"replace-{job.id}", on_click=worker.decide, args=[job.id, "replace"])
            st.button("Keep both", key=f"keep-{job.id}", on_click=worker.decide, args=[job.id, "keep"])
            st.button("Cancel", key=f"cancel-{job.id}", on_click=worker.cancel, args=[job.id])


def _show_refusal(line: str, job: Job, worker: Worker) -> None:
    """Why a file was not added, and what can be done. Trying again is offered only where that may succeed."""
    if refused_for_good(job.reason or ""):
        with st.container(width="stretch"):  # one button has room beside a long line, two of them stand below it
            st.markdown(line)
    else:
        st.markdown(line, width="stretch")
        st.button("Try again", key=f"retry-{job.id}", on_click=worker.retry, args=[job.id])
    st.button("Dismiss", type="tertiary", key=f"dismiss-{job.id}", on_click=worker.dismiss, args=[job.id])


def _clear(worker: Worker) -> None:
    """Dismiss every file that is added or refused; one that needs a decision stays."""
    for job in worker.jobs():
        if job.over:
            worker.dismiss(job.id)


def _told(job: Job) -> str:
    left = f", {duration(job.seconds_left)} left" if job.seconds_left is not None else ""
    return f"**{plain_markdown(job.name)}**: {_doing(job)}{left}."


def _doing(job: Job) -> str:
    step = job.progress
    if job.status == "waiting":
        return "waiting"
    if step is None:
        return "starting"
    if step.stage == "reading" and not step.total:
        return "reading the text"
    if step.stage == "reading":
        slow = " (reading a scan takes a while)" if step.pictures else ""
        return f"reading page {min(step.done + 1, step.total):,} of {step.total:,}{slow}"
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
