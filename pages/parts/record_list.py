"""The record as a list, newest first, and as a table to take along."""

import streamlit as st

from ingest import Entry
from pages.parts.download import show_record_download
from pages.parts.in_words import moment
from pages.parts.opened import Pinpoint
from pages.parts.paging import page_start
from pages.parts.plain import plain_html, show_html

_SHOWN_AT_ONCE = 50


def show_record(app: Pinpoint) -> None:
    """The lines, a page at a time."""
    lines = len(app.record)
    if not lines:
        st.info("Nothing was recorded yet.")
        return
    show_record_download(app)
    start = page_start(lines, _SHOWN_AT_ONCE)
    rows = "".join(_row(entry) for entry in app.record.entries(start, _SHOWN_AT_ONCE))
    head = "<tr><th>When</th><th>Who</th><th>Did</th><th>From</th></tr>"
    show_html(f'<table class="pp-record"><thead>{head}</thead><tbody>{rows}</tbody></table>')


def _row(entry: Entry) -> str:
    did = f"{plain_html(entry.action)} {plain_html(entry.what)}" if entry.what else plain_html(entry.action)
    cells = (plain_html(moment(entry.at)), plain_html(entry.person), did, plain_html(entry.address))
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
