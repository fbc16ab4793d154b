"""A few questions to try: the example's own where only that is there, otherwise made from headings of documents."""

from collections.abc import Sequence

import streamlit as st

from ingest import Document, example_documents, example_questions
from pages.parts.asking import take
from pages.parts.boundary import guarded
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import Pending, current
from qa import suggested_questions

_SHOWN = 3
_HEADINGS_OF = 20  # documents, the newest, whose headings are looked at


def show_suggestions(app: Pinpoint, held: Sequence[Document]) -> None:
    """Questions that can be asked with a click, each on its own; nothing where no good one can be made."""
    session = current()
    chosen = session.options.documents
    found = session.filter.chosen(held, app.library.shelf.now()) if session.filter else held
    asked_documents = [document for document in found if not chosen or document.id in chosen]
    is_example = {document.name for document in held} == {path.name for path in example_documents()}
    if is_example and not chosen and not session.filter:
        lead = "This example is a made-up company's handbook, manual and notices. Try asking:"
        questions = example_questions(_SHOWN)
    else:
        newest = sorted(asked_documents, key=lambda document: document.added_at, reverse=True)[:_HEADINGS_OF]
        lead, questions = "Try asking:", _questions_from_headings(app, [document.id for document in newest])
    if not questions:
        return
    with st.container(gap="xsmall", key="suggestions"):
        st.caption(lead)
        for question in questions:
            st.button(
                plain_markdown(question),
                type="tertiary",
                icon=":material/search:",
                on_click=guarded(take),
                args=[app, Pending(question, alone=True)],
            )


@st.cache_data(max_entries=50, show_spinner=False)
def _questions_from_headings(_app: Pinpoint, document_ids: list[str]) -> list[str]:
    """Questions made of the headings of these documents."""
    documents = [document for document in map(_app.library.document, document_ids) if document]
    return suggested_questions([(document, _app.library.headings(document)) for document in documents], _SHOWN)
