"""One turn of a conversation: the question, and the answer with all that can be done with it."""

import streamlit as st

from ingest import PinpointError
from pages.parts import asking
from pages.parts.answer import again, show_follow_up, show_outcome, show_still_adding, summary
from pages.parts.cards import card, copying, show_question
from pages.parts.context import opening_words, show_context
from pages.parts.how import show_how
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_html, plain_markdown, show_html
from qa import Answer, Hit, Turn


def show_asked(app: Pinpoint, place: int, turn: Turn) -> None:
    """The question as it was typed, and what it was asked together with and of."""
    show_question(place, turn.question)
    if turn.of:
        names = ", ".join(plain_html(name) for name in turn.of)
        show_html(f'<div class="pp-quiet">Searched in {names} only</div>')
    show_follow_up(app, turn, key_of(place))


def show_answer(app: Pinpoint, place: int, turn: Turn, *, newest: bool) -> None:
    """What came of it: the quotation and the cards, or the sentence why there are none."""
    answer, key = turn.answer, key_of(place)
    if answer is None:
        st.info(plain_markdown(turn.error or ""), icon=":material/info:")
        if turn.error == asking.STOPPED:
            st.button("Ask again", key=f"stopped-{key}", on_click=asking.take, args=[app, again(turn)])
    else:
        show_outcome(app, turn, answer, key)
    # A place of its own also in an earlier turn: what stands below would move up, and be seen twice while the next
    # question is answered.
    with st.container(key=f"adding-{key}"):
        if newest:
            show_still_adding(app, turn, key)
    if answer and answer.hits:
        _show_passages(app, answer, key)


def key_of(place: int) -> str:
    """What the keys of a turn's widgets end with."""
    return f"{st.session_state.conversation.id}-{place}"


def _show_passages(app: Pinpoint, answer: Answer, key: str) -> None:
    if _is_far(answer):
        with st.expander("Closest passages", key=f"closest-{key}"):
            _show_cards(app, answer, key)
    else:
        _show_cards(app, answer, key)
    _how(answer, key)


def _show_cards(app: Pinpoint, answer: Answer, key: str) -> None:
    with st.container(gap="xsmall", key=f"cards-{key}"):
        show_html(summary(answer))
        for hit in answer.hits:
            is_open = hit.rank == 1 and not _is_far(answer)
            with st.container(border=True, gap="xsmall", key=f"card-{key}-{hit.rank}"):
                show_html(card(hit, answer.question, is_open=is_open))
                _below(app, answer, hit, f"{key}-{hit.rank}")


def _is_far(answer: Answer) -> bool:
    """Whether the passages are folded away; somebody who asks for a summary wants to see them all the same."""
    return answer.outcome == "nothing close" and not answer.is_request


@st.fragment
def _below(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """What can be done with a passage; seen where its card is open."""
    with st.container(gap="xsmall", key=f"below-{key}"):
        around = f"around-{key}"
        is_open = st.session_state.get(around, False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            show_html(copying(hit, f"passage {hit.rank}"), width="content")
            _thumbs(app, answer, hit, key)
            st.button(
                "Hide" if is_open else opening_words(hit.candidate),
                type="tertiary",
                icon=":material/expand_less:" if is_open else ":material/expand_more:",
                key=f"turn-{around}",
                on_click=_turn_over,
                args=[around],
            )
        if is_open:
            show_context(app, hit.candidate, key)


def _turn_over(key: str) -> None:
    st.session_state[key] = not st.session_state.get(key, False)


def _thumbs(app: Pinpoint, answer: Answer, hit: Hit, key: str) -> None:
    """Thumbs up or down, as somebody gave them before."""
    passage = hit.candidate.passage
    given = app.judgements.given(answer.question, passage.id)
    widget = f"thumbs-{key}"
    if widget not in st.session_state and given is not None:
        st.session_state[widget] = int(given)
    st.feedback("thumbs", key=widget, on_change=_give, args=[app, answer, hit, widget])


def _give(app: Pinpoint, answer: Answer, hit: Hit, widget: str) -> None:
    """Keep the thumb that was just given or taken back."""
    thumb = st.session_state[widget]
    try:
        app.judgements.give(answer.question, hit.candidate, None if thumb is None else bool(thumb))
    except PinpointError as error:
        st.toast(plain_markdown(str(error)), icon=":material/error:")
        return
    if thumb is not None:
        st.toast("Thank you", icon=":material/check:")


@st.fragment
def _how(answer: Answer, key: str) -> None:
    how = st.expander("How was this found?", type="compact", on_change="rerun", key=f"how-{key}")
    if how.open:
        with how:
            show_how(answer)
