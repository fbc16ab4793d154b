"""The Conversations page: every one that was kept, and the ratings. Reads from top to bottom."""

import streamlit as st

from pages.parts.boundary import show_notices
from pages.parts.conversation_list import show_conversations
from pages.parts.download import show_ratings_download
from pages.parts.in_words import count
from pages.parts.opened import pinpoint

app = pinpoint()

st.title("Conversations", anchor=False)
st.caption("Conversations keep the passages they showed, even if a document is removed later.")
show_notices()

words = st.text_input("Search in questions and passages", placeholder="Search conversations")
found = app.conversations.listed(words)
if found:
    show_conversations(app, found, words)
elif words.strip():
    st.info("No conversation contains these words.")
else:
    st.info("No conversations yet. Ask something first.")

if rated := len(app.judgements):
    with st.expander("Ratings"):
        st.markdown(f"{count(rated, 'passage')} rated with thumbs up or down.")
        show_ratings_download(app)
