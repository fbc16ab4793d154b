"""What is above the cards: how the question was understood, and the quotation or what is said instead of it."""

import re
from dataclasses import replace

import streamlit as st

from pages.parts.asking import take
from pages.parts.boundary import fragment_boundary, guarded
from pages.parts.cards import copy_button, source_line
from pages.parts.choosing import choose_all
from pages.parts.in_words import count
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_html, plain_markdown, show_html
from pages.parts.session import Pending, current, save
from qa import Answer, Turn
from qa.confidence import verdict_words

WHAT_HELPS = "Try other words, or add the document that has the answer."
_QUOTATION_MARKS = re.compile('["“”„«»]')
_SPACE_BEFORE_MARK = re.compile(r"\s+(?=[?!.,;:])")
# From so many characters on, a quotation is set smaller.
_LONG, _LONGER = 180, 420
_CHECKED_EVERY = 2.0  # seconds, for files that are being added


def show_outcome(app: Pinpoint, turn: Turn, answer: Answer, key: str) -> None:
    """How the question was understood, and what came of it."""
    _show_corrections(app, turn, answer, key)
    if answer.phrases and not answer.hits:
        _show_missing_phrase(app, turn, answer, key)
    elif answer.is_request and answer.hits:
        _show_sentence(verdict_words.REQUEST_WORDS)
    elif answer.outcome == "nothing close":
        _show_missing_codes(answer)
        of = " and ".join(plain_html(each) for each in turn.of)
        words = verdict_words.OUTCOME_WORDS[answer.outcome]
        nothing = words.replace("your documents", of) if of else words
        _show_sentence(f"<strong>{nothing}</strong> {WHAT_HELPS}")
        st.page_link("documents.py", label="Add a document", icon=":material/upload_file:")
    elif answer.outcome == "answers":
        show_html(_quotation_html(answer))
    else:
        _show_missing_codes(answer)
        _show_sentence(verdict_words.OUTCOME_WORDS[answer.outcome])
    if turn.of and answer.outcome != "answers":
        show_ask_all(app, turn, key)


def show_ask_all(app: Pinpoint, turn: Turn, key: str) -> None:
    """The way to ask the same question of every document, where only some were asked, or none."""
    icon, again = ":material/travel_explore:", ask_again(turn)
    st.button("Ask all documents", icon=icon, key=f"all-{key}", on_click=guarded(_ask_all), args=[app, again])


def _quotation_html(answer: Answer) -> str:
    """The sentences of the first hit that answer, word for word, with their source, as HTML."""
    hit = answer.hits[0]
    sentences = verdict_words.quotation(answer)
    length = sum(map(len, sentences))
    size = "pp-longer" if length > _LONGER else "pp-long" if length > _LONG else ""
    said = "".join(f'<p dir="auto">{plain_html(sentence)}</p>' for sentence in sentences)
    source = f'<span class="pp-source">{plain_html(source_line(hit))}</span>'
    return f"""
<figure class="pp-quotation">
  <blockquote class="{size}">{said}</blockquote>
  <figcaption>{source}{copy_button(hit, "the quotation")}</figcaption>
</figure>"""


def summary_html(answer: Answer) -> str:
    """How many passages are shown of how many, as HTML."""
    shown = len(answer.hits)
    said = count(shown, "passage")
    found = answer.candidates + answer.near_copies
    if shown < found:
        said = f"{shown} best of {count(found, 'passage')}"
    return f'<div class="pp-quiet pp-summary">{said}</div>'


def show_follow_up(app: Pinpoint, turn: Turn, key: str) -> None:
    """What a question was understood as a follow-up to, and the way to ask it on its own."""
    if turn.asked_with:
        words = f"Understood as a follow-up to “{plain_markdown(turn.asked_with)}”"
        _show_offer(words, "Ask on its own", f"alone-{key}", app, Pending(turn.question, alone=True))


def show_still_adding(app: Pinpoint, turn: Turn, key: str) -> None:
    """A line while files are being added, from which the answer may still be missing; kept current by itself."""
    busy = any(job.going for job in app.worker.jobs())
    st.fragment(fragment_boundary()(_show_adding_line), run_every=_CHECKED_EVERY if busy else None)(app, turn, key)


def ask_again(turn: Turn) -> Pending:
    """The same question once more, with the one before it where it was asked so."""
    return Pending(turn.question, alone=turn.answer is not None and turn.asked_with is None, after=turn.asked_with)


def _show_adding_line(app: Pinpoint, turn: Turn, key: str) -> None:
    session = current()
    going = sum(job.going for job in app.worker.jobs())
    if going:
        save(replace(session, asked_while_adding=session.asked_while_adding | {key}))
        are, they = ("is", "it is") if going == 1 else ("are", "they are")
        words = f"{count(going, 'file')} {are} still being added. Ask again when {they} in."
    elif key in session.asked_while_adding:
        words = "All files are in now."
    else:
        return
    _show_offer(words, "Ask again", f"again-{key}", app, ask_again(turn))
    if current().pending:
        st.rerun()  # the click alone would draw only this line again


def _show_corrections(app: Pinpoint, turn: Turn, answer: Answer, key: str) -> None:
    """Which typing errors were taken for which words."""
    if answer.changes:
        typed, meant = (", ".join(plain_markdown(pair[at]) for pair in answer.changes) for at in (0, 1))
        as_typed = replace(ask_again(turn), mend=False)
        _show_offer(f"Showing results for **{meant}**.", f"Search for {typed} instead", f"typed-{key}", app, as_typed)


def _show_missing_phrase(app: Pinpoint, turn: Turn, answer: Answer, key: str) -> None:
    phrases = " and ".join(f"“{plain_markdown(phrase)}”" for phrase in answer.phrases)
    question = _SPACE_BEFORE_MARK.sub("", " ".join(_QUOTATION_MARKS.sub(" ", turn.question).split()))
    loose = replace(ask_again(turn), question=question)
    words = f"No passage has the exact words {phrases}."
    _show_offer(words, "Search without the quotation marks", f"loose-{key}", app, loose)


def _show_missing_codes(answer: Answer) -> None:
    """Which codes of the question no passage has: what is shown is about others."""
    if words := verdict_words.missing_words(answer.missing):
        _show_sentence(f"<strong>{plain_html(words)}</strong>")


def _show_offer(words: str, label: str, key: str, app: Pinpoint, asked: Pending) -> None:
    """A line of Markdown, and a button beside it that asks something else."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"offer-{key}"):
        st.markdown(words, width="content")
        st.button(label, type="tertiary", key=key, on_click=guarded(take), args=[app, asked])


def _ask_all(app: Pinpoint, asked: Pending) -> None:
    choose_all()
    take(app, asked)


def _show_sentence(sentence: str) -> None:
    show_html(f'<p class="pp-outcome">{sentence}</p>')
