"""What a passage looks like: a card with its rank, what its score means, and where the passage is, folded or open.

All of it is HTML of this project with the words of others in it as text.
"""

from collections.abc import Sequence
from html import escape

from ingest import Document, Passage
from ingest.reading.places import cells_label, page_label, place_of
from pages.parts.in_words import count
from pages.parts.plain import plain_html, show_html
from pages.parts.text_view import Mark, marked
from qa import Candidate, Hit, asked_terms, spans
from qa.confidence.also_in import also_in, split_named
from qa.confidence.verdict_words import VERDICT_WORDS, highlights, split_at

_LONGEST_SOURCE = 300
_CUT = 260  # characters of an open passage from which a telephone shows its beginning first
_BEGINNING = 400  # characters of a passage that a card without a marked sentence shows, at most


def show_question(turn: int, question: str) -> None:
    """What was asked, as it was typed; `turn` is its place in the conversation, from 0."""
    show_html(f'<h2 class="pp-question" id="question-{turn}" dir="auto">{plain_html(question)}</h2>')


def show_passage(number: int, where: str, text: str, marks: Sequence[Mark] = ()) -> None:
    """One passage of a document by itself, without a score; `marks` are what a search found in it."""
    show_html(f"""
<article class="pp-card pp-alone" id="passage-{number}" aria-label="Passage {number}">
  <div class="pp-head"><div class="pp-rank" aria-hidden="true">{number}</div>
    <div class="pp-where"><div class="pp-place">{where}</div></div></div>
  <div class="pp-text" dir="auto"><bdi>{marked(text, 0, len(text), marks)}</bdi></div>
</article>""")


def reading_line(read: int, total: int, before: int = 0) -> str:
    """The line on what is happening while candidates are read, as HTML."""
    words = f"Reading passage {read} of at most {total}…"
    if before:
        words = f"{count(before, 'other question')} before yours. The first passages found so far:"
    return status_line(words)


def status_line(words: str) -> str:
    """A line on what is happening to a question, as HTML. The words are Pinpoint's own."""
    return f'<div class="pp-quiet pp-reading" role="status">{words}</div>'


def interim_card(hit: Hit, question: str) -> str:
    """One of the best passages so far, as HTML: nothing is said of it yet."""
    text = hit.candidate.passage.text[:_BEGINNING]
    return f"""
<article class="pp-card pp-interim" aria-label="Passage {hit.rank}">
  <div class="pp-head">{_rank_html(hit)}{_document_html(hit)}</div>
  <div class="pp-excerpt" dir="auto">{_with_highlights(text, [], question)}</div>
</article>"""


def card(hit: Hit, question: str, *, is_open: bool) -> str:
    """One passage as HTML: what is seen of it folded, and the whole of it."""
    text = hit.candidate.passage.text
    kind = f"pp-is-{(hit.verdict or 'related').replace(' ', '-')}"
    cut = " pp-cut" if is_open and len(text) > _CUT else ""
    head = f'<span class="pp-head">{_rank_html(hit)}{_document_html(hit)}{_score_html(hit)}</span>'
    whole = '<button type="button" class="pp-whole">Show all of it</button>' if cut else ""
    return f"""
<article class="pp-card {kind}{cut}" aria-label="Passage {hit.rank}">
  <details class="pp-fold"{" open" if is_open else ""}>
    <summary>{head}{_excerpt_html(hit, question)}</summary>
    {_also_in_html(hit)}<div class="pp-text" dir="auto">{_with_highlights(text, highlights(hit), question)}</div>{whole}
  </details>
</article>"""


def copy_button(hit: Hit, what: str) -> str:
    """The button that copies `what` with its source, as HTML."""
    return (
        f'<button type="button" class="pp-copy" data-source="{escape(source_line(hit))}" '
        f'aria-label="Copy {what} with its source">Copy</button>'
    )


def copy_all_button(number: int) -> str:
    """The button that copies all passages of an answer, each with its source, as HTML."""
    return f'<button type="button" class="pp-copy pp-copy-all">Copy all {number}</button>'


def place_html(document: Document, passage: Passage) -> str:
    """Where a passage is in its document, as HTML."""
    return " · ".join(plain_html(part) for part in _place_parts(document, passage))


def source_line(hit: Hit) -> str:
    """Where a passage is from, in a line of plain text: its document, page and heading, and a web page's address."""
    passage, document = hit.candidate.passage, hit.candidate.document
    where = ", ".join([document.name, *_place_parts(document, passage)])[:_LONGEST_SOURCE]
    return f"{where}, {document.source}" if document.source else where


def _place_parts(document: Document, passage: Passage) -> list[str]:
    """The place in words, with a capital letter where the words are ours."""
    parts = list(place_of(document, passage))
    if page_label(document, passage) or cells_label(document, passage):
        parts[0] = parts[0][0].upper() + parts[0][1:]
    return parts


def _rank_html(hit: Hit) -> str:
    return f'<span class="pp-rank"><span class="pp-hidden">Passage </span>{hit.rank}</span>'


def _document_html(hit: Hit) -> str:
    passage, document = hit.candidate.passage, hit.candidate.document
    return (
        f'<span class="pp-where"><h3>{plain_html(document.name)}</h3>'
        f'<span class="pp-place">{place_html(document, passage)}</span></span>'
    )


def _score_html(hit: Hit) -> str:
    """The score as a number, a bar and a word; nothing where passages are still being read."""
    if hit.verdict is None:
        return ""
    return (
        f'<span class="pp-score"><span class="pp-verdict">{VERDICT_WORDS[hit.verdict]}</span>'
        f'<span class="pp-bar"><span style="width:{hit.score * 100:.1f}%"></span></span>'
        f'<span class="pp-hidden">, score </span><b>{hit.score:.2f}</b></span>'
    )


def _excerpt_html(hit: Hit, question: str) -> str:
    """What a folded card shows: the sentences that may answer; nothing of one that is only related."""
    text = hit.candidate.passage.text
    sentences = [_with_highlights(text[start:end], [(0, end - start)], question) for start, end in highlights(hit)]
    return f'<span class="pp-excerpt" dir="auto">{" … ".join(sentences)}</span>' if sentences else ""


def _also_in_html(hit: Hit) -> str:
    """Where else the same text is, or nearly the same: the newest documents in a line, all others on a click."""
    return "".join(f'<div class="pp-place pp-also">{words} {_named_html(found)}</div>' for words, found in also_in(hit))


def _named_html(found: Sequence[Candidate]) -> str:
    named, others = split_named(found)
    line = "; ".join(map(_document_and_place, named))
    if not others:
        return line
    items = "".join(f"<li>{_document_and_place(each)}</li>" for each in others)
    return f'{line} <details class="pp-more"><summary>and {len(others):,} more</summary><ul>{items}</ul></details>'


def _document_and_place(candidate: Candidate) -> str:
    where = place_html(candidate.document, candidate.passage)
    return plain_html(candidate.document.name) + (f" ({where})" if where else "")


def _with_highlights(text: str, places: Sequence[tuple[int, int]], question: str) -> str:
    """A text with the sentences that may answer marked and the words of the question set off."""
    wanted = asked_terms(question)
    pieces = [
        f'<mark class="pp-answer">{_set_off(piece, wanted)}</mark>' if highlighted else _set_off(piece, wanted)
        for piece, highlighted in split_at(text, places)
    ]
    return f"<bdi>{''.join(pieces)}</bdi>"


def _set_off(text: str, wanted: set[str]) -> str:
    pieces, done = [], 0
    for start, end in spans(text, wanted):
        pieces += [escape(text[done:start]), f'<b class="pp-word">{escape(text[start:end])}</b>']
        done = end
    return "".join([*pieces, escape(text[done:])])
