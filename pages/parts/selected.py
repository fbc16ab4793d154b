"""What can be done with the selected documents: put into a collection, tagged, asked, removed."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import NAME_CHARACTERS, TAG_CHARACTERS, Document, Filter, Shelved
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.filters import current_collection
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown, without_bidi_controls
from pages.parts.session import current, save

_MOST_ASKED = 100  # documents that an address can name


def show_selected(app: Pinpoint, selected: Sequence[Document], shelved: Shelved) -> None:
    """A bar with the number of the selected documents and what can be done with them."""
    if not selected:
        return
    ids = [document.id for document in selected]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="selected"):
        st.markdown(f"{len(selected):,} selected", width="stretch")
        with st.popover("Put into a collection", icon=":material/create_new_folder:"):
            _show_putting(app, ids, shelved)
        standing = current_collection(shelved)
        if standing:
            label = f"Take out of {plain_markdown(standing.name)}"
            st.button(label, key="take-out", on_click=guarded(_take_out), args=[app, standing.id, standing.name, ids])
        with st.popover("Tags", icon=":material/sell:"):
            _show_tagging(app, ids, shelved)
        if len(ids) <= _MOST_ASKED:
            st.button("Ask these", icon=":material/search:", on_click=guarded(_ask_these), args=[ids])
        if len(ids) > 1:
            show_remove(app, selected, f"Remove {len(ids):,} documents", "selected")


def show_undo(app: Pinpoint) -> None:
    """The way to bring back what was removed last, also where the list is empty by now."""
    if current().undo and app.may("library.trash", "restore"):
        st.button("Undo", icon=":material/undo:", key="undo", on_click=guarded(_undo), args=[app])


def show_remove(app: Pinpoint, documents: Sequence[Document], label: str, key: str) -> None:
    """A click removes into the trash. Where nothing stays there, it asks first."""
    if not app.may("library", "remove"):
        return
    days, ids = app.library.trash.stays.days, [document.id for document in documents]

    def remove(ids: Sequence[str]) -> None:
        app.library.remove_all(ids)
        what = documents[0].name if len(ids) == 1 else count(len(ids), "document")
        verb, it = ("was", "It") if len(ids) == 1 else ("were", "They")
        rest = f"{it} can be restored from the trash below for {count(days, 'day')}."
        if not days:
            rest = "Passages and originals are deleted."
        session = current()
        undo = tuple(ids) if days else ()
        save(replace(session, done=f"{what} {verb} removed. {rest}", picked=session.picked - {*ids}, undo=undo))

    if days:
        st.button(label, key=f"delete-{key}", on_click=guarded(remove), args=[ids])
    else:
        show_delete(label, remove, ids, key=key, sure="Remove for good")


def _show_putting(app: Pinpoint, ids: Sequence[str], shelved: Shelved) -> None:
    with st.form("put-into", border=False):
        names = [each.name for each in shelved.collections]
        name = _named("Collection", names, "Choose one, or type a new name")
        st.caption(f"A name has at most {NAME_CHARACTERS} characters. A document may be in several collections.")
        standing = current_collection(shelved)
        also = bool(standing) and st.checkbox(f"Take out of {plain_markdown(standing.name)}" if standing else "")
        if st.form_submit_button("Put"):
            guarded(_put)(app, name, ids, shelved)
            if also and standing and current().notice is None:
                guarded(app.library.shelf.take_out)(standing.id, ids)
            st.rerun()


def _show_tagging(app: Pinpoint, ids: Sequence[str], shelved: Shelved) -> None:
    with st.form("tag", border=False):
        tag = _named("Tag", list(shelved.tags), "Choose one, or type a new one")
        st.caption(f"A tag has at most {TAG_CHARACTERS} characters.")
        with st.container(horizontal=True):
            if st.form_submit_button("Add tag"):
                guarded(_tag)(app, ids, tag, put=True)
                st.rerun()
            if st.form_submit_button("Remove tag"):
                guarded(_tag)(app, ids, tag, put=False)
                st.rerun()


def _named(label: str, offered: list[str], placeholder: str) -> str:
    """One of these names, or a new one; empty where none is chosen."""
    chosen = st.selectbox(
        label, offered, None, format_func=without_bidi_controls, placeholder=placeholder, accept_new_options=True
    )
    return chosen or ""


def _put(app: Pinpoint, name: str, ids: Sequence[str], shelved: Shelved) -> None:
    """Put documents into the collection of this name, which is made where there is none."""
    collection = shelved.named(name) or app.library.shelf.make(name)
    app.library.shelf.put(collection.id, ids)
    _done(f"{_these(ids)} now in {collection.name}.")


def _take_out(app: Pinpoint, collection: int, name: str, ids: Sequence[str]) -> None:
    app.library.shelf.take_out(collection, ids)
    _done(f"{_these(ids)} not in {name} any more.")


def _tag(app: Pinpoint, ids: Sequence[str], tag: str, *, put: bool) -> None:
    if put:
        app.library.shelf.tag(ids, tag)
        _done(f"{count(len(ids), 'document')} now tagged {tag}.")
    else:
        app.library.shelf.untag(ids, tag)
        _done(f"{count(len(ids), 'document')} not tagged {tag} any more.")


def _ask_these(ids: Sequence[str]) -> None:
    """Let these documents be asked on the Ask page; a filter that they meet need not be told too."""
    session = current()
    options = replace(session.options, documents=tuple(ids))
    session = replace(session, options=options, filter=Filter(), filter_panel=session.filter_panel + 1)
    save(replace(session, picked=frozenset(), done=f"The Ask page now asks only these {len(ids)}."))


def _undo(app: Pinpoint) -> None:
    """Restore what was removed last; somebody else may have been faster."""
    restored = app.library.trash.restore_all(current().undo)
    _done(f"{count(len(restored), 'document')} restored.")


def _done(sentence: str) -> None:
    save(replace(current(), done=sentence, picked=frozenset(), undo=()))


def _these(ids: Sequence[str]) -> str:
    return f"{count(len(ids), 'document')} {'is' if len(ids) == 1 else 'are'}"
