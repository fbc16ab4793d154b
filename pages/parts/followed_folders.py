"""Followed folders on the Documents page: how it is with each, what needs a decision, and how one more is named."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import FolderState
from ingest.reading.refusals import refused_for_good
from pages.parts.boundary import fragment_boundary, guarded
from pages.parts.confirm import show_delete
from pages.parts.in_words import count, moment
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save

_SECONDS = 2.0  # how often it is drawn again
_LISTED = 50  # files of a folder that are named; more are counted


def show_followed_folders(app: Pinpoint) -> None:
    """Every followed folder, for those who may add documents; nothing for others, and where nobody may name one."""
    if not app.may("follower", "folders"):
        return
    states = app.follower.folders()
    if not states and not app.may("follower", "follow"):
        return
    gone = sum(len(state.vanished) for state in states)
    label = f"Followed folders: {len(states)}" if states else "Followed folders"
    label += f" · {count(gone, 'file')} gone" if gone else ""
    with st.expander(label, icon=":material/folder_open:", key="followed-folders"):
        st.fragment(_show_states, run_every=_SECONDS if states else None)(app, _outline(states))
        if app.may("follower", "follow"):
            _show_naming(app)


@fragment_boundary()
def _show_states(app: Pinpoint, drawn: object) -> None:
    states = app.follower.folders()
    if _outline(states) != drawn:  # the label has a number in it
        st.rerun()
    for sentence in app.follower.wrong_settings():
        st.warning(plain_markdown(sentence), icon=":material/folder_off:")
    for state in states:
        with st.container(border=True, gap="small", key=f"followed-{state.folder.id}"):
            _show_state(app, state)
    if not states:
        st.caption(
            "Name a folder of the machine that Pinpoint runs on: what is in it comes in by itself, and so does what is "
            "new or changed later. Nothing is removed by itself."
        )


def _outline(states: Sequence[FolderState]) -> tuple[tuple[int, int], ...]:
    return tuple((state.folder.id, len(state.vanished)) for state in states)


def _show_state(app: Pinpoint, state: FolderState) -> None:
    folder = state.folder
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain_markdown(str(folder.path))}**", width="stretch")
        if app.may("follower", "stop") and not folder.by_setting:

            def stop(_: Sequence[str]) -> None:
                app.follower.stop(str(folder.path))
                save(replace(current(), done=f"{folder.path} is followed no more. What came from it is still here."))

            sure = "Stop; the documents stay"
            show_delete(
                "Stop following", stop, [f"folder {folder.id}"], key=f"folder-{folder.id}", sure=sure, type="tertiary"
            )
    st.caption(_line(state))
    if state.trouble:
        st.warning(plain_markdown(state.trouble), icon=":material/folder_off:")
        if state.is_empty:
            st.button(
                "It is really empty",
                key=f"empty-{folder.id}",
                on_click=guarded(app.follower.is_really_empty),
                args=[folder.id],
            )
    if state.vanished:
        _show_vanished(app, state)
    if state.refused or state.unopened:
        _show_refused(app, state)


def _line(state: FolderState) -> str:
    """How many files are where, and when it was looked at last."""
    waiting = f"{count(state.waiting, 'file')} on the way" if state.waiting else ""
    refused = f"{count(len(state.refused) + len(state.unopened), 'file')} not added"
    left_out = f"{count(state.left_out, 'file')} left out until changed, as removed here" if state.left_out else ""
    looked = f"last looked at {moment(state.looked_at)}" if state.looked_at else "not looked at yet"
    named = "named in the settings" if state.folder.by_setting else ""
    within = "its folders are collections" if state.folder.collections is not None else ""
    held = f"{count(state.held, 'file')} in the library"
    shown = held, waiting, refused if state.refused or state.unopened else "", left_out, within, named, looked
    return " · ".join(filter(None, shown))


def _show_vanished(app: Pinpoint, state: FolderState) -> None:
    """What is gone from the folder: all of it is decided on at once, or each by itself."""
    gone, folder = state.vanished, state.folder.id
    they, documents = ("is", "Its document is") if len(gone) == 1 else ("are", "Their documents are")
    st.markdown(f":material/help: **{count(len(gone), 'file')}** {they} gone from this folder. {documents} still here.")
    with st.container(horizontal=True, vertical_alignment="center"):
        _show_decision(app, folder, gone, "all")
    with st.expander("Which?" if len(gone) > 1 else "Which one?", type="compact", key=f"gone-{folder}"):
        for path in gone[:_LISTED]:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(plain_markdown(path), width="stretch")
                if len(gone) > 1:
                    _show_decision(app, folder, (path,), path)
        if len(gone) > _LISTED:
            st.caption(f"And {count(len(gone) - _LISTED, 'more file')}.")


def _show_decision(app: Pinpoint, folder: int, paths: tuple[str, ...], key: str) -> None:
    every = " all" if len(paths) > 1 else ""
    chosen = [app, folder, paths]
    st.button(f"Remove{every}", key=f"gone-{folder}-{key}", on_click=guarded(_remove), args=chosen)
    st.button(f"Keep{every}", key=f"kept-{folder}-{key}", on_click=guarded(_keep), args=chosen, type="tertiary")


def _remove(app: Pinpoint, folder: int, paths: Sequence[str]) -> None:
    removed = app.follower.remove(folder, paths)
    were = "was" if removed == 1 else "were"
    save(replace(current(), done=f"{count(removed, 'document')} {were} removed, and can be restored from the trash."))


def _keep(app: Pinpoint, folder: int, paths: Sequence[str]) -> None:
    app.follower.keep(folder, paths)
    save(replace(current(), done=f"{count(len(paths), 'document')} will stay."))


def _show_refused(app: Pinpoint, state: FolderState) -> None:
    """Folded, why files were not added; a file is tried again by itself once it has changed."""
    number = len(state.refused) + len(state.unopened)
    with st.expander(f"{count(number, 'file')} could not be added", type="compact", key=f"refused-{state.folder.id}"):
        opened = [(path, "It cannot be opened now, and is tried again by itself.") for path in state.unopened]
        lines = [
            f"- **{plain_markdown(path)}**: {plain_markdown(why)}" for path, why in [*opened, *state.refused][:_LISTED]
        ]
        st.markdown("\n".join(lines))
        if number > _LISTED:
            st.caption(f"And {count(number - _LISTED, 'more file')}.")
        if not all(refused_for_good(why) for _, why in state.refused):
            folder = state.folder.id
            st.button("Try again", key=f"retry-folder-{folder}", on_click=guarded(app.follower.retry), args=[folder])


def _show_naming(app: Pinpoint) -> None:
    with st.form("follow", border=False, clear_on_submit=True):
        path = st.text_input(
            "Folder on this machine", placeholder="/home/mia/papers", max_chars=4000, autocomplete="off"
        )
        as_collections = st.checkbox("Make each folder in it a collection")
        if st.form_submit_button("Follow it"):
            guarded(_follow)(app, path, as_collections)
            st.rerun()


def _follow(app: Pinpoint, path: str, as_collections: bool) -> None:
    app.follower.follow(path, as_collections=as_collections)
    save(replace(current(), done="The folder is followed. What is in it comes in by itself."))
