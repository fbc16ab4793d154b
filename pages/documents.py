"""The documents: add files, see how it went, and take documents out. Reads from top to bottom as the page does."""

import streamlit as st

from ingest import Document, PinpointError
from ingest.filetypes import file_type, suffixes
from pages.adding import show_outcomes, show_progress
from pages.opened import pinpoint
from pages.plain import plain_markdown

A_PAGE_OF_DOCUMENTS = 25


def upload() -> None:
    """Files chosen or dropped go to the worker at once, and the field is empty again for the next ones."""
    field = st.session_state.setdefault("upload_field", 0)
    files = st.file_uploader(
        "Add documents: choose files or drop them here",
        type=suffixes(),
        accept_multiple_files=True,
        key=f"upload-{field}",
        max_upload_size=app.settings.file_megabytes,
    )
    if files:
        try:
            for file in files:
                app.worker.put(file.name, [file.getvalue()])
        except PinpointError as error:
            st.session_state.notice = str(error)
        st.session_state.upload_field = field + 1
        st.rerun()


def listed(documents: list[Document]) -> None:
    """Every document with what is in it, and a way to remove it."""
    st.subheader(f"{len(documents)} {'document' if len(documents) == 1 else 'documents'}", anchor=False)
    pages = -(-len(documents) // A_PAGE_OF_DOCUMENTS)
    page = st.pagination(pages) if pages > 1 else 1
    for document in documents[(page - 1) * A_PAGE_OF_DOCUMENTS :][:A_PAGE_OF_DOCUMENTS]:
        row(document)


def row(document: Document) -> None:
    """One document; a first click on Remove asks, a second one removes."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"document-{document.id}"):
        st.markdown(f"**{plain_markdown(document.name)}**  \n{details(document)}", width="stretch")
        if st.session_state.get("removing") == document.id:
            st.button("Remove for good", key=f"yes-{document.id}", type="primary", on_click=remove, args=[document])
            st.button("Keep", key=f"no-{document.id}", on_click=ask_to_remove, args=[None])
        else:
            st.button("Remove", key=f"remove-{document.id}", on_click=ask_to_remove, args=[document.id])


def details(document: Document) -> str:
    """What kind of document it is and how much is in it, in a line."""
    kind = file_type(document.type)
    passages = "1 passage" if document.passages == 1 else f"{document.passages:,} passages"
    parts = [kind.label[0].upper() + kind.label[1:], passages, size(document.bytes)]
    if kind.page_word and document.pages is not None:
        parts.insert(1, f"{document.pages:,} {kind.page_word}{'' if document.pages == 1 else 's'}")
    return " · ".join(parts)


def size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 0.1):.1f} KB"


def ask_to_remove(document_id: str | None) -> None:
    """Remember which document somebody wants to remove, until it is confirmed or kept."""
    st.session_state.removing = document_id


def remove(document: Document) -> None:
    """Take it out, and say so."""
    st.session_state.removing = None
    try:
        app.library.remove(document.id)
        st.session_state.done = f"{document.name} was removed with all its passages."
    except PinpointError as error:
        st.session_state.notice = str(error)


app = pinpoint()

st.title("Documents", anchor=False)
upload()
if notice := st.session_state.pop("notice", None):
    st.error(plain_markdown(notice))
if done := st.session_state.pop("done", None):
    st.success(plain_markdown(done))
show_progress(app.worker)
show_outcomes(app.worker)
held = app.library.documents()
if held:
    listed(held)
elif not app.worker.jobs():
    st.info("No documents yet. Add some above, or try Pinpoint with an example on the Ask page.")
