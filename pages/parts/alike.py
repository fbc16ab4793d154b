"""More like this: passages elsewhere in the library that say something similar, with the way to each."""

import streamlit as st

from ingest import Passage
from pages.parts.address import to_document
from pages.parts.cards import place_html
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_html, plain_markdown, show_html

_SHOWN = 5
_BEGINNING = 280  # characters of a passage that are shown


def show_alike(app: Pinpoint, passage: Passage, key: str) -> None:
    """A fold that looks for similar passages when it is opened."""
    fold = st.expander("More like this", type="compact", on_change="rerun", key=f"alike-{key}")
    if not fold.open:
        return
    with fold:
        found = app.asker.like(passage, _SHOWN)
        if not found:
            st.caption("There is no similar passage.")
        for candidate in found:
            document, other = candidate.document, candidate.passage
            text = " ".join(other.text.split())
            beginning = text[:_BEGINNING] + ("…" if len(text) > _BEGINNING else "")
            with st.container(gap="xxsmall", key=f"alike-{key}-{other.ordinal}-{document.id[:12]}"):
                st.page_link(
                    "document.py",
                    label=plain_markdown(document.name),
                    icon=":material/article:",
                    query_params=to_document(document.id, other.ordinal),
                )
                show_html(
                    f'<div class="pp-place">{place_html(document, other)}</div>'
                    f'<div class="pp-text" dir="auto">{plain_html(beginning)}</div>'
                )
