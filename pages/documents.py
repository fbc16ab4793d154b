"""The documents: add files, follow them in, see what is there, take it out. Reads in the order of the page."""

from collections.abc import Callable

import altair as alt
import streamlit as st

from ingest import Document, PinpointError
from ingest.reading.file_types import readable_kinds
from pages.parts.adding import show_outcomes, show_update, show_work
from pages.parts.opened import pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.words import count, described, kind, size

BUSY_SECONDS, IDLE_SECONDS = 1.0, 5.0  # how often the page looks for what others, and the worker, have done
A_PAGE_OF_DOCUMENTS = 25
PLOTTED = 20  # documents in the plot, the largest ones

ORDERS: dict[str, Callable[[list[Document]], list[Document]]] = {
    "newest first": lambda documents: documents[::-1],
    "name": lambda documents: sorted(documents, key=lambda document: document.name.casefold()),
    "type": lambda documents: sorted(documents, key=lambda document: (kind(document), document.name.casefold())),
    "most passages": lambda documents: sorted(documents, key=lambda document: -document.passages),
    "largest file": lambda documents: sorted(documents, key=lambda document: -document.bytes),
}


def adding() -> None:
    """Three ways in: files, a folder, pasted text. The fields are empty again as soon as the worker has the files."""
    files, folder, text = st.tabs(["Files", "Folder", "Paste text"])
    with files:
        uploader("Choose files or drop them here", "files", accept_multiple_files=True)
    with folder:
        uploader("Choose a folder or drop it here", "folder", accept_multiple_files="directory")
    with text, st.form("paste", clear_on_submit=True, border=False):
        name = st.text_input("Name", placeholder="Minutes of 3 March")
        pasted = st.text_area("Text", height=160)
        if st.form_submit_button("Add"):
            paste(name, pasted)


def uploader(label: str, key: str, *, accept_multiple_files: object) -> None:
    """A field whose files go to the worker at once. It takes every kind: what cannot be read gets its sentence."""
    field = st.session_state.setdefault(f"{key}_field", 0)
    files = st.file_uploader(
        label,
        accept_multiple_files=accept_multiple_files,  # type: ignore[call-overload] # True or "directory"
        key=f"{key}-{field}",
        max_upload_size=app.settings.file_megabytes,
    )
    st.caption(f"Pinpoint reads {readable_kinds()}.")
    if files:
        try:
            for file in files:
                app.worker.put(file.name, [file.getbuffer()])
        except PinpointError as error:
            st.session_state.notice = str(error)
        st.session_state[f"{key}_field"] = field + 1
        st.rerun()


def paste(name: str, text: str) -> None:
    """Pasted text is a document like any other."""
    if not text.strip():
        st.error("There is no text to add. Paste some first.")
        return
    first_words = " ".join(text.split()[:6])
    app.worker.put(f"{(name.strip() or first_words)[:100]}.txt", [text.encode()])
    st.rerun()


def work() -> None:
    """What is going on, kept current for everybody; the whole page is drawn anew when something came or went."""
    show_work(app.worker)
    show_update(app.worker)
    if st.session_state.shown_state != state():
        st.rerun()


def state() -> tuple[list[tuple[str, str]], int]:
    """What the page as a whole shows: how it went with each file, and the documents as they are now."""
    return [(job.id, job.status) for job in app.worker.jobs()], app.library.revision


def figures(documents: list[Document]) -> None:
    """How much there is."""
    passages = sum(document.passages for document in documents)
    with st.container(horizontal=True):
        st.metric("Documents", f"{len(documents):,}")
        st.metric("Passages", f"{passages:,}")
        st.metric("On disk", size(app.library.bytes()))


def table(documents: list[Document]) -> None:
    """Every document, to be searched, sorted, opened, and selected for removing."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        wanted = st.text_input("Search by name", placeholder="Search documents").strip().casefold()
        order = st.selectbox("Sort by", list(ORDERS), width=160)
    shown = [document for document in documents if wanted in document.name.casefold()]
    if not shown:
        st.info("No document has this in its name.")
    pages = -(-len(shown) // A_PAGE_OF_DOCUMENTS)
    page = st.pagination(pages) if pages > 1 else 1
    for document in ORDERS[order](shown)[(page - 1) * A_PAGE_OF_DOCUMENTS :][:A_PAGE_OF_DOCUMENTS]:
        row(document)
    selected = [document for document in documents if st.session_state.get(f"select-{document.id}")]
    if len(selected) > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="selected"):
            st.markdown(f"{len(selected)} selected", width="stretch")
            removal(selected, f"Remove {len(selected)} documents")


def row(document: Document) -> None:
    """One document, with what is in it."""
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"document-{document.id}"):
        with st.container(gap="xxsmall", width="stretch"):
            st.checkbox(f"**{plain_markdown(document.name)}**", key=f"select-{document.id}")
            st.caption(described(document))
        st.page_link("pages/document.py", label="Open", query_params={"id": document.id})
        removal([document], "Remove")


def removal(documents: list[Document], words: str) -> None:
    """A button to remove documents: a first click asks, a second one removes."""
    ids = [document.id for document in documents]
    key = ids[0] if len(ids) == 1 else "selected"
    if st.session_state.get("removing") == ids:
        st.button("Remove for good", key=f"yes-{key}", type="primary", on_click=remove, args=[documents])
        st.button("Keep", key=f"no-{key}", on_click=ask_to_remove, args=[None])
    else:
        st.button(words, key=f"remove-{key}", on_click=ask_to_remove, args=[ids])


def ask_to_remove(ids: list[str] | None) -> None:
    """Remember what somebody wants to remove, until it is confirmed or kept."""
    st.session_state.removing = ids


def remove(documents: list[Document]) -> None:
    """Take them out, and say what is gone."""
    st.session_state.removing = None
    try:
        for document in documents:
            app.library.remove(document.id)
        what = documents[0].name if len(documents) == 1 else count(len(documents), "document")
        verb, them = ("was", "its") if len(documents) == 1 else ("were", "their")
        kept = "original" if len(documents) == 1 else "originals"
        st.session_state.done = f"{what} {verb} removed with all {them} passages and the {kept}."
    except PinpointError as error:
        st.session_state.notice = str(error)


def plot(documents: list[Document]) -> None:
    """Where the passages are: by document and by type."""
    largest = sorted(documents, key=lambda document: -document.passages)[:PLOTTED]
    rows = [{"Document": document.name, "Passages": document.passages, "Type": kind(document)} for document in largest]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("Passages:Q", title="Passages"),
            y=alt.Y("Document:N", sort="-x", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("Type:N", legend=alt.Legend(orient="bottom", columns=1, title=None)),
            tooltip=["Document:N", "Type:N", "Passages:Q"],
        )
    )
    st.altair_chart(bars)


app = pinpoint()
st.session_state.shown_state = state()

st.title("Documents", anchor=False)
if app.library.nearly_full():
    st.warning("The disk is nearly full. Make room before you add much more.", icon=":material/hard_drive:")
adding()
if notice := st.session_state.pop("notice", None):
    st.error(plain_markdown(notice))
if done := st.session_state.pop("done", None):
    st.success(plain_markdown(done))
busy = app.worker.updating() is not None or any(job.going for job in app.worker.jobs())
st.fragment(work, run_every=BUSY_SECONDS if busy else IDLE_SECONDS)()
show_outcomes(app.worker)
held = app.library.documents()
if held:
    figures(held)
    table(held)
    if st.toggle("Show a chart of my documents"):
        plot(held)
elif not app.worker.jobs():
    st.info("No documents yet. Add some above, or try Pinpoint with an example on the Ask page.")
