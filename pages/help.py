"""The Help page: how to ask, the keys, and what this Pinpoint is made of. Reads from top to bottom."""

import streamlit as st

from ingest.reading.file_types import readable_kinds
from pages.parts.about import show_about
from pages.parts.boundary import show_notices
from pages.parts.opened import pinpoint
from pages.parts.plain import show_html
from pages.parts.verdicts import verdict_list

app = pinpoint()

st.title("Help", anchor=False)
show_notices()
st.subheader("Asking", anchor=False)
st.markdown("""
- Ask in your own words, as you would ask a colleague. A few words do, too, as in a search box.
- What you see are passages of your documents, word for word. Nothing is written for you and nothing is made up.
- Put words that must stand together in the passage into "quotation marks".
- A short question after an answer, such as "and for part-timers?", goes on from the question before it.
- Choose documents above the box to ask only some of them, or filter them by collection, type, tag or date.
- A click on "Show the page" opens the document beside the answer, with the passage marked.
""")
st.markdown("Each passage has a score between 0 and 1, how likely it is that it answers, and a word for it:")
show_html(verdict_list())
st.subheader("Adding", anchor=False)
st.markdown(
    f"Drop files or a folder on the Documents page. Pinpoint reads {readable_kinds()}. Pages that are only pictures "
    "are read, too; that takes longer. What could not be read of a file is said there."
)
if app.settings.web_pages:
    st.markdown(
        "A page of the web is added by its address, under Web page on the Documents page. Pinpoint fetches it once and "
        "keeps the text as it was then."
    )
st.subheader("Keys", anchor=False)
show_html(
    '<p>Some keys work wherever you are not typing.</p><button type="button" class="pp-keys-button">'
    "Show the keys</button>"
)
st.subheader("About", anchor=False)
show_about(app)
