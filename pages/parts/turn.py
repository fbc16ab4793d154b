"""One turn of a conversation: the question, and the answer with all that can be done with it."""

import streamlit as st

from pages.parts.answer import ask_again, show_ask_all, show_follow_up, show_outcome, show_still_adding, summary_html
from pages.parts.asking import take
from pages.parts.boundary import guarded
from pages.parts.cards import card, copy_all_button, copy_button, show_question
from pages.parts.download import show_references
from pages.parts.how_found import show_how_found
from pages.parts.judging import show_thumbs
from pages.parts.opened import Pinpoint
from pages.parts.part import part
from pages.parts.plain import plain_html, plain_markdown, show_html
from pages.parts.viewing import make_ready, open_card, opening_label
from qa import STOPPED, Answer, Hit, Turn


def show_asked(app: Pinpoint, place: int, turn: Turn, key: str) -> None:
    """The question as it was typed, and what it was asked together with and of."""
    show_question(place, turn.question)
    if turn.of:
        names = ", ".join(plain_html(name) for name in turn.of)
        show_html(f'<div class="pp-quiet">Searched in {names} only</div>')
    show_follow_up(app, turn, key)


def show_answer(app: Pinpoint, turn: Turn, key: str, *, newest: bool) -> None:
    """What came of it: the quotation and the cards, or the sentence why there are none."""
    answer = turn.answer
    if answer is None:
        st.info(plain_markdown(turn.error or ""), icon=":material/info:")
        if turn.error == STOPPED:
            st.button("Ask again", key=f"stopped-{key}", on_click=guarded(take), args=[app, ask_again(turn)])
        elif turn.of:
            show_ask_all(app, turn, key)
    else:
        show_outcome(app, turn, answer, key)
    # A place of its own also in an earlier turn: what is below would move up, and be seen twice while the next question
    # is answered.
    with st.container(key=f"adding-{key}"):
        if newest:
            show_still_adding(app, turn, key)
    if answer and answer.hits:
        _show_passages(app, answer, key)
        if newest:
            make_ready(app, answer.hits)


def _show_passages(app: Pinpoint, answer: Answer, key: str) -> None:
    if _is_far(answer):
        with st.expander("Closest passages", key=f"closest-{key}"):
            _show_cards(app, answer, key)
    else:
        _show_cards(app, answer, key)
    _show_to_take_along(answer, key)
    _show_how_found(answer, key)


def _show_to_take_along(answer: Answer, key: str) -> None:
    """All passages at once: for the clipboard, or for a list of references."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"take-{key}"):
        if len(answer.hits) > 1:
            show_html(copy_all_button(len(answer.hits)), width="content")
        with st.popover("Cite", icon=":material/format_quote:", type="tertiary"):
            show_references(answer, key)


def _show_cards(app: Pinpoint, answer: Answer, key: str) -> None:
    with st.container(gap="xsmall", key=f"cards-{key}"):
        show_html(summary_html(answer))
        for hit in answer.hits:
            is_open = hit.rank == 1 and not _is_far(answer)
            with st.container(border=True, gap="xsmall", key=f"card-{key}-{hit.rank}"):
                show_html(card(hit, answer.question, is_open=is_open))
                _show_below_card(app, answer, hit, f"{key}-{hit.rank}")


def _is_far(answer: Answer) -> bool:
    """Whether the passages are folded away; somebody who asks for a summary wants to see them all the same."""
    return answer.outcome == "nothing close" and not answer.is_request


@part
def _show_below_card(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """What can be done with a passage; seen where its card is open."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"below-{key}"):
        show_html(copy_button(hit, f"passage {hit.rank}"), width="content")
        show_thumbs(app, answer, hit, key)
        if st.button(
            opening_label(hit.candidate),
            type="tertiary",
            icon=":material/chrome_reader_mode:",
            key=f"open-{key}",
            on_click=guarded(open_card),
            args=[key],
        ):
            st.rerun()  # the click alone would draw only what is below this card again


@part
def _show_how_found(answer: Answer, key: str) -> None:
    how = st.expander("How was this found?", type="compact", on_change="rerun", key=f"how-{key}")
    if how.open:
        with how:
            show_how_found(answer)
