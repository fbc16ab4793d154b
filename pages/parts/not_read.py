"""What of a document's file was not read, on its page."""

import streamlit as st

from ingest import Document
from ingest.reading.not_read import not_read_sentence
from pages.parts.plain import plain_markdown

_MOST_NAMED = 50


def show_not_read(document: Document) -> None:
    """One sentence, and the names where they are known; nothing where all was read."""
    if not document.not_read:
        return
    named = [each.name for each in document.not_read if each.name]
    names = "\n".join(f"- {plain_markdown(name)}" for name in named[:_MOST_NAMED])
    more = f"\n- and {len(named) - _MOST_NAMED:,} more" if len(named) > _MOST_NAMED else ""
    st.info(
        f"{plain_markdown(not_read_sentence(document.not_read))} An answer may stand there: look into the original.\n\n"
        f"{names}{more}",
        icon=":material/visibility_off:",
    )
