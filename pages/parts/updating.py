"""Another bi-encoder is set: what that means, the offer to embed the library again, and how far that is."""

import streamlit as st

from ingest import Progress
from pages.parts.boundary import guarded
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown


def show_update(app: Pinpoint) -> None:
    """What it means that another model is set, with the offer to embed again; how far that is."""
    state = app.worker.updating()
    if isinstance(state, Progress):
        share = state.done / state.total if state.total else 0.0
        st.progress(
            share, f"Updating the library, {state.done:,} of {count(state.total, 'passage')}. You can go on asking."
        )
    elif app.worker.needs_update() and app.may("worker", "update"):
        st.warning(
            "Pinpoint is set to a different search model from the one that this library was made with. You can go on "
            "asking questions, but you cannot add documents until the library is updated. The update runs in the "
            "background and takes about as long as adding all documents again. Your files are not needed for it.",
            icon=":material/sync:",
        )
        if state:
            st.error(plain_markdown(state), icon=":material/error:")
        st.button("Update the library", type="primary", on_click=guarded(app.worker.update))
