"""Which documents are asked, and how: chosen beside the box for the question, remembered in the address."""

from dataclasses import dataclass, replace
from typing import get_args

import streamlit as st

from ingest import Document
from pages.plain import plain_markdown, without_turning
from pages.words import count
from qa import CANDIDATES, TOP, Mode

MODES: dict[Mode, str] = {"hybrid": "By both", "dense": "By meaning", "lexical": "By words"}
LEAST_CANDIDATES, MOST_CANDIDATES, MOST_PASSAGES = 10, 300, 20
_ID_SHOWN = 12  # characters of a document's id that stand in the address
_LONGEST_NAME = 28


@dataclass(frozen=True)
class Choice:
    """What is chosen: the ids of the documents, none for all of them, and how they are asked."""

    documents: tuple[str, ...] = ()
    mode: Mode = "hybrid"
    candidates: int = CANDIDATES
    passages: int = TOP


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
        _number("candidates", CANDIDATES, LEAST_CANDIDATES, MOST_CANDIDATES),
        _number("passages", TOP, 1, MOST_PASSAGES),
    )


def for_address(chosen: Choice) -> dict[str, str | list[str]]:
    """What the address says of a choice: only what is not as it is by default."""
    said: dict[str, str | list[str]] = {}
    if chosen.documents:
        said["document"] = [document_id[:_ID_SHOWN] for document_id in chosen.documents]
    if chosen.mode != "hybrid":
        said["by"] = chosen.mode
    if chosen.candidates != CANDIDATES:
        said["candidates"] = str(chosen.candidates)
    if chosen.passages != TOP:
        said["passages"] = str(chosen.passages)
    return said


def steer(held: list[Document]) -> None:
    """What opens above the box for the question."""
    names = {document.id: document.name for document in held}
    documents = [document_id for document_id in choice().documents if document_id in names]
    chosen = st.session_state.choice = replace(choice(), documents=tuple(documents))  # others may have removed some
    _begin_with("chosen_documents", documents)
    _begin_with("chosen_mode", chosen.mode)
    _begin_with("chosen_candidates", chosen.candidates)
    _begin_with("chosen_passages", chosen.passages)
    with st.expander(f"{_asked(documents, names)} · More options", type="compact", key="steering"):
        st.multiselect(
            "Ask only these documents",
            list(names),
            format_func=lambda document_id: without_turning(names[document_id]),
            key="chosen_documents",
            placeholder="All documents",
            on_change=_choose,
        )
        st.radio(
            "Find passages",
            list(MODES),
            format_func=lambda mode: MODES[mode],
            key="chosen_mode",
            horizontal=True,
            on_change=_choose,
            help="By meaning finds other words for the same; by words finds names, numbers and codes.",
        )
        st.slider(
            "How many passages are read for a question",
            LEAST_CANDIDATES,
            MOST_CANDIDATES,
            step=LEAST_CANDIDATES,
            key="chosen_candidates",
            on_change=_choose,
            help="More find more and take longer.",
        )
        st.slider("How many are shown", 1, MOST_PASSAGES, key="chosen_passages", on_change=_choose)
        if chosen != Choice():
            st.button("Back to how it was", type="tertiary", icon=":material/undo:", on_click=_reset)


def _choose() -> None:
    st.session_state.choice = Choice(
        tuple(st.session_state.chosen_documents),
        st.session_state.chosen_mode,
        st.session_state.chosen_candidates,
        st.session_state.chosen_passages,
    )


def _reset() -> None:
    st.session_state.choice = Choice()


def _begin_with(key: str, value: object) -> None:
    """Let the widget of this key show what is chosen, also where it was drawn before with something else."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


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
