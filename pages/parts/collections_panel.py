"""Where collections are made, renamed and deleted."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import NAME_CHARACTERS, Filter, Named, Shelved
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.filters import choose, current_collection
from pages.parts.opened import Pinpoint
from pages.parts.session import current, save


def show_collections(app: Pinpoint, shelved: Shelved) -> None:
    """A panel for a new collection, and for the one in which the person stands."""
    if not app.may("library.shelf", "make"):
        return
    with st.popover("Collections", icon=":material/folder:", type="tertiary", key="collections"):
        with st.form("new-collection", border=False, clear_on_submit=True):
            name = st.text_input("New collection", max_chars=NAME_CHARACTERS, autocomplete="off")
            if st.form_submit_button("Make it"):
                guarded(_make)(app, name)
                st.rerun()
        if standing := current_collection(shelved):
            _show_standing(app, standing)


def _show_standing(app: Pinpoint, standing: Named) -> None:
    with st.form(f"rename-collection-{standing.id}-{standing.name}", border=False):
        name = st.text_input("Name of this collection", standing.name, max_chars=NAME_CHARACTERS, autocomplete="off")
        if st.form_submit_button("Rename"):
            guarded(_rename)(app, standing, name)
            st.rerun()

    def delete(ids: Sequence[str]) -> None:
        app.library.shelf.delete(int(ids[0]))
        choose(Filter())
        save(replace(current(), done=f"The collection {standing.name} was deleted. Its documents are still here."))

    sure = "Delete it; the documents stay"
    show_delete("Delete this collection", delete, [str(standing.id)], key=f"collection-{standing.id}", sure=sure)


def _make(app: Pinpoint, name: str) -> None:
    """Make a collection and go to it, so that the next files go there."""
    made = app.library.shelf.make(name)
    choose(Filter((made.name,)))
    save(replace(current(), done=f"The collection {made.name} is here. New files go into it."))


def _rename(app: Pinpoint, standing: Named, name: str) -> None:
    app.library.shelf.rename(standing.id, name)
    renamed = next(each for each in app.library.shelf.now().collections if each.id == standing.id)
    choose(Filter((renamed.name,)))
