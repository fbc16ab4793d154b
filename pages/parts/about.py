"""What this Pinpoint is made of: its version, its models, where the files lie, and what goes over the network."""

import sys
from importlib.metadata import version

import streamlit as st

from ingest import Settings
from ingest.settings import BUNDLED
from ingest.version import VERSION
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_html, plain_markdown, show_html

_PACKAGES = ("streamlit", "sentence-transformers", "torch", "chromadb", "rank-bm25", "onnxruntime", "rapidocr")
# The names and licences of the bundled models, as the package that carries them states them.
_BI_ENCODER = "BAAI/bge-small-en-v1.5 (MIT licence)"
_CROSS_ENCODER = "cross-encoder/ms-marco-MiniLM-L-12-v2 (Apache-2.0 licence)"


def show_about(app: Pinpoint) -> None:
    """All of it, in words for people. Where the files lie is shown only to who may make a backup of them."""
    documents = app.library.documents()
    passages = sum(document.passages for document in documents)
    st.markdown(
        f"This is Pinpoint {VERSION}, under the Apache-2.0 licence. Its library has "
        f"{count(len(documents), 'document')} with {count(passages, 'passage')}."
    )
    st.markdown(" ".join(connections(app.settings)))
    if app.may("backups", "start"):
        st.markdown(f"The library lies in the folder **{plain_markdown(str(app.settings.library.absolute()))}**.")
    with st.expander("Models and software", key="software"):
        show_html(f'<dl class="pp-list">{"".join(_row(*row) for row in _made_of(app.settings))}</dl>')


def connections(settings: Settings) -> list[str]:
    """What leaves the machine that Pinpoint runs on, in sentences: nothing, but for what the settings name."""
    others = []
    if settings.chroma_url:
        others.append("The passages are kept on the Chroma server that its settings name.")
    if settings.openid_issuer:
        others.append("Signing in goes through the service that its settings name.")
    if {settings.bi_encoder, settings.cross_encoder} != {BUNDLED}:
        others.append("A model that its settings name may be downloaded once.")
    if settings.web_pages:
        others.append(
            "A web page is fetched when somebody adds it by its address; its server then sees the address of this "
            "machine."
        )
    if others:
        return [
            "Documents and questions are read on the machine that Pinpoint runs on.",
            *others,
            "Nothing else is sent.",
        ]
    return [
        "Documents, questions and answers stay on the machine that Pinpoint runs on. Nothing is sent anywhere, and it "
        "works without the internet."
    ]


def _made_of(settings: Settings) -> list[tuple[str, str]]:
    named = [("Python", sys.version.split()[0]), *((name, version(name)) for name in _PACKAGES)]
    return [
        ("Finds passages by meaning", _BI_ENCODER if settings.bi_encoder == BUNDLED else settings.bi_encoder),
        ("Reads question and passage", _CROSS_ENCODER if settings.cross_encoder == BUNDLED else settings.cross_encoder),
        ("Reads pictures of text", "the PP-OCR models that rapidocr carries (Apache-2.0 licence)"),
        *named,
    ]


def _row(what: str, which: str) -> str:
    return f"<dt>{plain_html(what)}</dt><dd>{plain_html(which)}</dd>"
