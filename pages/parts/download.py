"""Files to take along. A file is made when it is asked for; where that fails, `style.css` has the sentence."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

import streamlit as st

from ingest import CannotRead, Document
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.server.backup import backup_address
from qa import Answer, Conversation, Summary, as_bibtex, as_csv, as_markdown, as_ris, as_word, file_name

_WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXPORTS: dict[str, tuple[str, str, Callable[[Conversation], str | bytes]]] = {
    "Word": ("docx", _WORD_MIME, as_word),
    "Markdown": ("md", "text/markdown", as_markdown),
    # With the mark by which Excel knows UTF-8.
    "Table (CSV)": ("csv", "text/csv", lambda conversation: as_csv(conversation).encode("utf-8-sig")),
}


def show_exports(app: Pinpoint, summary: Summary) -> None:
    """A button for each kind of file that a conversation can be saved as."""
    for label, (ending, mime, export) in _EXPORTS.items():

        def make(export: Callable[[Conversation], str | bytes] = export) -> str | bytes:
            conversation = app.conversations.find(summary.id)
            if conversation is None:
                raise CannotRead("This conversation is not here any more. It may have been deleted.")
            return export(conversation)

        _show_download(label, make, file_name(summary.name, ending), f"export-{ending}-{summary.id}", mime=mime)


def show_references(answer: Answer, key: str) -> None:
    """The buttons for the passages of an answer as entries of a list of references."""
    name = answer.question
    for label, ending, mime, export in (
        ("RIS (Zotero, EndNote, Citavi)", "ris", "application/x-research-info-systems", as_ris),
        ("BibTeX (LaTeX)", "bib", "application/x-bibtex", as_bibtex),
    ):
        _show_download(label, partial(export, answer.hits), file_name(name, ending), f"{ending}-{key}", mime=mime)


def show_original(app: Pinpoint, document: Document, key: str, type: Literal["secondary", "tertiary"]) -> None:
    """The button for the file as it was uploaded; nothing where it is gone."""
    if original := app.library.files.path(document.id):
        icon = ":material/download:"
        name = document.name.rpartition("/")[2]  # without the folder or the file that it lay in
        _show_download("Download the original", original.read_bytes, name, key, icon=icon, type=type)


def show_backup_download(path: Path) -> None:
    """The button for a backup, which may be too large to be held in memory."""
    st.link_button("Download it", backup_address(), icon=":material/download:", help=plain_markdown(path.name))


def show_record_download(app: Pinpoint) -> None:
    """The button for the record as a table, with the mark by which Excel knows UTF-8."""
    _show_download(
        "Download the record (CSV)",
        lambda: app.record.as_csv().encode("utf-8-sig"),
        "record.csv",
        "record",
        mime="text/csv",
        icon=":material/download:",
        type="secondary",
    )


def show_ratings_download(app: Pinpoint) -> None:
    """The button for what was rated, for whoever tests how well the library answers."""
    label = "Download your ratings (for testing)"
    _show_download(
        label,
        lambda: app.judgements.as_zip(app.library),
        "ratings.zip",
        "ratings",
        mime="application/zip",
        type="secondary",
    )


def _show_download(
    label: str,
    make: Callable[[], str | bytes],
    name: str,
    key: str,
    *,
    mime: str | None = None,
    icon: str | None = None,
    type: Literal["secondary", "tertiary"] = "tertiary",
) -> None:
    st.download_button(label, make, name, mime, key=key, icon=icon, type=type, on_click="ignore")
