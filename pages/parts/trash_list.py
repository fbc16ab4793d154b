"""The trash of the Documents page: what was removed, to be restored or deleted for good; folded, and quiet."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import Removed
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.in_words import count, day, size
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save

_SHOWN_AT_ONCE = 25


def show_trash(app: Pinpoint) -> None:
    """What can be restored, removed last first; nothing where the trash is empty."""
    removed = app.library.trash.documents()
    if not removed:
        return
    with st.expander(f"Trash: {count(len(removed), 'document')}", icon=":material/delete:", key="trash"):
        days = app.library.trash.stays.days
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(
                f"What was removed can be restored for {count(days, 'day')}. It takes up room until it is deleted "
                "for good.",
                width="stretch",
            )
            if len(removed) > 1:
                _show_delete(app, removed, "Empty the trash", "trash")
        start = page_start(len(removed), _SHOWN_AT_ONCE, "trash")
        for each in removed[start : start + _SHOWN_AT_ONCE]:
            _show_removed(app, each)


def _show_removed(app: Pinpoint, removed: Removed) -> None:
    document = removed.document
    with st.container(horizontal=True, vertical_alignment="center", key=f"removed-{document.id}"):
        with st.container(gap="xxsmall", width="stretch"):
            st.markdown(plain_markdown(document.name))
            st.caption(
                f"{size(document.bytes)} · removed {day(removed.removed_at)} · deleted for good {day(removed.ends_at)}"
            )
        st.button("Restore", key=f"restore-{document.id}", on_click=guarded(_restore), args=[app, document.id])
        _show_delete(app, [removed], "Delete for good", f"trash-{document.id}")


def _restore(app: Pinpoint, document_id: str) -> None:
    """Put a document back; somebody else may have been faster."""
    restored = app.library.trash.restore(document_id)
    said = f"{restored.name} is back in the library." if restored else "This document is not in the trash any more."
    save(replace(current(), done=said))


def _show_delete(app: Pinpoint, removed: Sequence[Removed], label: str, key: str) -> None:
    if not app.may("library", "empty_trash"):
        return

    def delete(ids: Sequence[str]) -> None:
        deleted = app.library.empty_trash(ids)
        what = removed[0].document.name if len(ids) == 1 else count(deleted, "document")
        verb = "was" if deleted == 1 or len(ids) == 1 else "were"
        save(replace(current(), done=f"{what} {verb} deleted for good, with passages and original."))

    ids = [each.document.id for each in removed]
    sure = "Delete for good" if len(ids) == 1 else f"Delete {count(len(ids), 'document')} for good"
    show_delete(label, delete, ids, key=key, sure=f"Yes, {sure[0].lower()}{sure[1:]}", type="tertiary")
