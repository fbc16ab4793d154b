"""Which documents are asked, and how: chosen beside the box for the question, remembered in the address."""

from dataclasses import dataclass, replace
from typing import get_args

import streamlit as st

from ingest import Document
from pages.parts.plain import plain_markdown, without_turning
from pages.parts.words import count
from qa import DEFAULTS, Mode

MODES: dict[Mode, str] = {"hybrid": "Best match", "dense": "Similar meaning", "lexical": "Exact words"}
LEAST_CANDIDATES, MOST_CANDIDATES, MOST_PASSAGES = 10, 300, 20
_ID_SHOWN = 12  # characters of a document's id that stand in the address
_LONGEST_NAME = 28


@dataclass(frozen=True)
class Choice:
    """What is chosen: the ids of the documents, none for all of them, and how they are asked."""

    documents: tuple[str, ...] = ()
    mode: Mode = "hybrid"
    candidates: int = DEFAULTS.candidates
    passages: int = DEFAULTS.top


def choice() -> Choice:
    """What is chosen now."""
    chosen: Choice = st.session_state.setdefault("choice", Choice())
    return chosen


def from_address(held: list[Document]) -> Choice:
    """What the address says, as far as that can be chosen."""
    starts = tuple(start for start in st.query_params.get_all("document") if len(start) >= _ID_SHOWN)
    ids = tuple(document.id for document in held if starts and document.id.startswith(starts))
    by = st.query_params.get("by", "")
    return Choice(
        ids,
        by if by in get_args(Mode) else "hybrid",  # type: ignore[arg-type]
        _number("candidates", DEFAULTS.candidates, LEAST_CANDIDATES, MOST_CANDIDATES),
        _number("passages", DEFAULTS.top, 1, MOST_PASSAGES),
    )


def for_address(chosen: Choice) -> dict[str, str | list[str]]:
    """What the address says of a choice: only what is not as it is by default."""
    said: dict[str, str | list[str]] = {}
    if chosen.documents:
        said["document"] = [document_id[:_ID_SHOWN] for document_id in chosen.documents]
    if chosen.mode != "hybrid":
        said["by"] = chosen.mode
    if chosen.candidates != DEFAULTS.candidates:
        said["candidates"] = str(chosen.candidates)
    if chosen.passages != DEFAULTS.top:
        said["passages"] = str(chosen.passages)
    return said


def steer(held: list[Document], drawn: int) -> None:
    """What stands above the box for the question: which documents are asked, and how.

    Both close where `drawn` is another number than before.
    """
    names = {document.id: document.name for document in held}
    documents = [document_id for document_id in choice().documents if document_id in names]
    chosen = st.session_state.choice = replace(choice(), documents=tuple(documents))  # others may have removed some
    # The widgets begin anew where the choice was not made with them. (They could be told what to show, but while their
    # panel is shut nobody listens.)
    if st.session_state.get("chosen_here") != chosen:
        st.session_state.begun = st.session_state.get("begun", 0) + 1
        st.session_state.chosen_here = chosen
    if names:
        with st.popover(_asked(documents, names), icon=":material/folder_open:", type="tertiary", key=f"which-{drawn}"):
            st.multiselect(
                "Ask only these documents",
                list(names),
                documents,
                format_func=lambda document_id: without_turning(names[document_id]),
                key=_key("documents"),
                placeholder="All documents",
                on_change=_choose_documents,
            )
    with st.popover("Options", icon=":material/tune:", type="tertiary", key=f"options-{drawn}"):
        _show_options(chosen)


def choose_all() -> None:
    """Let all documents be asked from now on."""
    st.session_state.choice = replace(choice(), documents=())


def _show_options(chosen: Choice) -> None:
    st.radio(
        "Search by",
        list(MODES),
        list(MODES).index(chosen.mode),
        format_func=lambda mode: MODES[mode],
        key=_key("mode"),
        on_change=_choose_options,
        help="Similar meaning finds other words for the same; exact words finds names, numbers and codes. Best match "
        "does both.",
    )
    st.slider(
        "Passages to check",
        LEAST_CANDIDATES,
        MOST_CANDIDATES,
        chosen.candidates,
        step=LEAST_CANDIDATES,
        key=_key("candidates"),
        on_change=_choose_options,
        help="More find more and take longer.",
    )
    st.slider("Results to show", 1, MOST_PASSAGES, chosen.passages, key=_key("passages"), on_change=_choose_options)
    if chosen != Choice(chosen.documents):
        st.button("Reset", type="tertiary", icon=":material/undo:", on_click=_reset)


def _choose_documents() -> None:
    _choose(replace(choice(), documents=tuple(st.session_state[_key("documents")])))


def _choose_options() -> None:
    mode, candidates, passages = (st.session_state[_key(name)] for name in ("mode", "candidates", "passages"))
    _choose(Choice(choice().documents, mode, candidates, passages))


def _choose(chosen: Choice) -> None:
    st.session_state.choice = st.session_state.chosen_here = chosen


def _reset() -> None:
    st.session_state.choice = Choice(choice().documents)


def _key(name: str) -> str:
    return f"chosen-{name}-{st.session_state.begun}"


def _asked(documents: list[str], names: dict[str, str]) -> str:
    if not documents:
        return "All documents"
    if len(documents) > 1:
        return f"{count(len(documents), 'document')} of {len(names)}"
    name = names[documents[0]]
    return plain_markdown(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")


def _number(key: str, default: int, least: int, most: int) -> int:
    """What the address says, in steps of `least`."""
    said = st.query_params.get(key, "")
    if not (said.isascii() and said.isdigit() and len(said) < 9):
        return default
    return min(max(int(said) // least * least, least), most)
