"""The documents: add files, follow them in, see what is there, take it out. Reads in the order of the page."""

import re

import altair as alt
import streamlit as st

from ingest import Document, PinpointError
from pages.adding import show_outcomes, show_update, show_work
from pages.opened import pinpoint
from pages.plain import plain_markdown
from pages.words import count, kind, size

_POLL_SECONDS = 1.0
_PLOTTED = 20  # documents in the plot, the largest ones


def adding() -> None:
    """Three ways in: files, a folder, pasted text. The fields are empty again as soon as the worker has the files."""
    files, folder, text = st.tabs(["Files", "A folder", "Pasted text"])
    with files:
        uploader("Choose files or drop them here", "files", accept_multiple_files=True)
    with folder:
        uploader("Choose a folder or drop it here", "folder", accept_multiple_files="directory")
    with text, st.form("paste", clear_on_submit=True, border=False):
        name = st.text_input("A name for it", placeholder="Minutes of 3 March")
        pasted = st.text_area("The text", height=160)
        if st.form_submit_button("Add the text"):
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
    if files:
        try:
            for file in files:
                app.worker.put(base_name(file.name), [file.getbuffer()])
        except PinpointError as error:
            st.session_state.notice = str(error)
        st.session_state[f"{key}_field"] = field + 1
        st.rerun()


def base_name(name: str) -> str:
    """A file's own name, without the folders that a browser puts before it."""
    return re.split(r"[/\\]", name)[-1] or name


def paste(name: str, text: str) -> None:
    """Pasted text is a document like any other."""
    if not text.strip():
        st.error("The text is empty. Paste some, then add it.")
        return
    first_words = " ".join(text.split()[:6])
    app.worker.put(f"{base_name(name.strip() or first_words)[:100]}.txt", [text.encode()])
    st.rerun()


@st.fragment(run_every=_POLL_SECONDS)
def work() -> None:
    """What is going on, kept current for everybody; the whole page is drawn anew when something came or went."""
    show_work(app.worker)
    state = [(job.id, job.status) for job in app.worker.jobs()], [document.id for document in app.library.documents()]
    show_update(app.worker)
    if st.session_state.get("shown_state", state) != state:
        st.session_state.shown_state = state
        st.rerun()
    st.session_state.shown_state = state


def figures(documents: list[Document]) -> None:
    """How much there is."""
    passages = sum(document.passages for document in documents)
    with st.container(horizontal=True):
        st.metric("Documents", f"{len(documents):,}")
        st.metric("Passages", f"{passages:,}")
        st.metric("On disk", size(app.library.bytes()))


def table(documents: list[Document]) -> list[Document]:
    """Every document, to be searched, sorted and selected; gives the selected ones."""
    wanted = st.text_input("Search the documents by name", placeholder="Part of a name").strip().casefold()
    shown = [document for document in documents if wanted in document.name.casefold()]
    if not shown:
        st.info("No document has that in its name.")
        return []
    event = st.dataframe(
        {
            "Name": [document.name for document in shown],
            "Type": [kind(document) for document in shown],
            "Pages": [document.pages for document in shown],
            "Passages": [document.passages for document in shown],
            "KB": [document.bytes / 1000 for document in shown],
            "Added": [document.added_at for document in shown],
        },
        column_config={
            "Name": st.column_config.TextColumn(width="medium"),
            "Type": st.column_config.TextColumn(width="small"),
            "KB": st.column_config.NumberColumn("Size (KB)", format="%.1f"),
            "Added": st.column_config.DatetimeColumn(format="distance"),
        },
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        placeholder="–",
        alt="The documents of the library",
        key=f"table-{st.session_state.setdefault('table', 0)}",
    )
    return [shown[row] for row in event.selection.rows]


def with_selected(selected: list[Document]) -> None:
    """Open the selected document, or remove the selected ones: a first click asks, a second one removes."""
    names = ", ".join(document.name for document in selected[:3]) + (" …" if len(selected) > 3 else "")
    with st.container(horizontal=True, vertical_alignment="center"):
        if len(selected) == 1:
            link = {"id": selected[0].id}
            st.page_link("pages/document.py", label="Open", icon=":material/visibility:", query_params=link)
        if st.session_state.get("removing") == [document.id for document in selected]:
            st.markdown(f"Remove {plain_markdown(names)} for good?", width="stretch")
            st.button("Remove for good", type="primary", on_click=remove, args=[selected])
            st.button("Keep", on_click=ask_to_remove, args=[[]])
        else:
            st.button(f"Remove {count(len(selected), 'document')}", on_click=ask_to_remove, args=[selected])


def ask_to_remove(documents: list[Document]) -> None:
    """Remember what somebody wants to remove, until it is confirmed or kept."""
    st.session_state.removing = [document.id for document in documents]


def remove(documents: list[Document]) -> None:
    """Take them out, and say what is gone."""
    st.session_state.removing = None
    st.session_state.table += 1  # a fresh table: the selection named rows that are gone
    try:
        for document in documents:
            app.library.remove(document.id)
        passages = count(sum(document.passages for document in documents), "passage")
        names = documents[0].name if len(documents) == 1 else count(len(documents), "document")
        verb = "was" if len(documents) == 1 else "were"
        st.session_state.done = f"{names} {verb} removed: {passages} and the original, nothing is left of it."
    except PinpointError as error:
        st.session_state.notice = str(error)


def plot(documents: list[Document]) -> None:
    """Where the passages are: by document and by type."""
    largest = sorted(documents, key=lambda document: -document.passages)[:_PLOTTED]
    rows = [{"Document": document.name, "Passages": document.passages, "Type": kind(document)} for document in largest]
    bars = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_bar()
        .encode(
            x=alt.X("Passages:Q", title="Passages"),
            y=alt.Y("Document:N", sort="-x", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color("Type:N", legend=alt.Legend(orient="bottom", columns=2, title=None)),
            tooltip=["Document:N", "Type:N", "Passages:Q"],
        )
    )
    st.altair_chart(bars)


app = pinpoint()

st.title("Documents", anchor=False)
if app.library.nearly_full():
    st.warning("The disk is nearly full. Make room before you add much more.", icon=":material/hard_drive:")
adding()
if notice := st.session_state.pop("notice", None):
    st.error(plain_markdown(notice))
if done := st.session_state.pop("done", None):
    st.success(plain_markdown(done))
work()
show_outcomes(app.worker)
held = app.library.documents()
if held:
    figures(held)
    if chosen := table(held):
        with_selected(chosen)
    with st.expander("Where the passages are"):
        plot(held)
elif not app.worker.jobs():
    st.info("No documents yet. Add some above, or try Pinpoint with an example on the Ask page.")
