"""A chart of the documents: where the passages are."""

from collections.abc import Sequence

import altair as alt
import streamlit as st

from ingest import Document
from pages.parts.in_words import kind

_DRAWN = 20  # documents, the largest ones


def show_chart(documents: Sequence[Document]) -> None:
    """The passages by document and by type, where somebody wants to see it."""
    if not st.toggle("Show a chart of my documents"):
        return
    largest = sorted(documents, key=lambda document: -document.passages)[:_DRAWN]
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
