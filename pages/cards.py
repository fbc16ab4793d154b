"""What an answer looks like: a card a passage, with its rank, its score, and where it stands."""

from ingest import Document, Passage
from ingest.filetypes import file_type
from pages.plain import plain_html, show_html
from qa import Answer, Hit

_STYLE = """
<style>
.st-key-conversation { min-height: calc(100vh - 14rem); }
.st-key-conversation:has(.pp-question) > :last-child { min-height: calc(100vh - 19rem); }
div:has(> .st-key-ask-box) { position: sticky; bottom: 0; z-index: 10; }
.st-key-ask-box { padding: .75rem 0 1.25rem; backdrop-filter: blur(1rem); }
.stMainBlockContainer { padding-bottom: 0; }
.pp-question { white-space: pre-wrap; overflow-wrap: anywhere; font-weight: 600; scroll-margin-top: 5rem; }
.pp-quiet { font-size: .875rem; opacity: .78; }
.pp-card { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: .6rem;
  padding: .9rem 1.1rem; }
.pp-card h3 { all: unset; display: block; font-weight: 650; overflow-wrap: anywhere; }
.pp-head { display: flex; gap: .8rem; align-items: flex-start; margin-bottom: .6rem; }
.pp-rank { flex: none; width: 1.7rem; height: 1.7rem; border-radius: 50%; display: grid; place-items: center;
  font-size: .9rem; font-weight: 650; background: color-mix(in srgb, currentColor 10%, transparent); }
.pp-where { flex: 1; min-width: 0; }
.pp-place { font-size: .875rem; opacity: .78; overflow-wrap: anywhere; }
.pp-score { flex: none; width: 5.5rem; text-align: right; font-variant-numeric: tabular-nums; }
.pp-score b { font-size: 1.05rem; }
.pp-bar { height: .4rem; border-radius: .2rem; margin-top: .3rem; overflow: hidden;
  background: color-mix(in srgb, currentColor 14%, transparent); }
.pp-bar span { display: block; height: 100%; min-width: 2px; border-radius: .2rem; background: #1a80b8; }
.pp-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.55; }
.pp-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.stMain { overflow-anchor: none; }
.stElementContainer:has(.stHtml > :is(script, style)) { display: none; }
@media (max-width: 640px) {
  .pp-card { padding: .8rem; } .pp-score { width: 4rem; } .pp-head { gap: .6rem; }
  [data-testid^="stChatMessageAvatar"] { display: none; }
}
</style>
"""


def show_style() -> None:
    """What the cards and the conversation look like, once a page."""
    show_html(_STYLE)


def show_question(place: int, question: str) -> None:
    """What was asked, as it was typed; `place` counts the turns of the conversation."""
    show_html(f'<div class="pp-question" id="question-{place}" dir="auto">{plain_html(question)}</div>')


def scroll_to_question(place: int) -> None:
    """Bring a question to the top of the window, so that its first passage is what one sees."""
    show_html(
        f'<script>document.getElementById("question-{place}").scrollIntoView()</script>',
        with_script=True,
    )


def show_passage(number: int, place: str, text: str) -> None:
    """One passage of a document by itself, without a score."""
    show_html(f"""
<article class="pp-card" id="passage-{number}">
  <div class="pp-head"><div class="pp-rank"><span class="pp-hidden">Passage </span>{number}</div>
    <div class="pp-where"><div class="pp-place">{place}</div></div></div>
  <div class="pp-text" dir="auto">{plain_html(text)}</div>
</article>""")


def show_answer(answer: Answer) -> None:
    """The line on what was read, then the cards, best first."""
    seconds = answer.milliseconds.total / 1000
    passages = "1 passage" if answer.candidates == 1 else f"{answer.candidates:,} passages"
    best = "It has" if answer.candidates == 1 else f"The best {len(answer.hits)}, each with"
    show_html(f'<div class="pp-quiet">{passages} read in {seconds:.1f} seconds. {best} a score from 0 to 1.</div>')
    for hit in answer.hits:
        show_html(card(hit))


def card(hit: Hit) -> str:
    """One passage as HTML."""
    passage, document = hit.candidate.passage, hit.candidate.document
    return f"""
<article class="pp-card">
  <div class="pp-head">
    <div class="pp-rank"><span class="pp-hidden">Passage </span>{hit.rank}</div>
    <div class="pp-where"><h3>{plain_html(document.name)}</h3>
      <div class="pp-place">{place(document, passage)}</div></div>
    <div class="pp-score"><span class="pp-hidden">Score </span><b>{hit.score:.2f}</b>
      <div class="pp-bar"><span style="width:{hit.score * 100:.1f}%"></span></div></div>
  </div>
  <div class="pp-text" dir="auto">{plain_html(passage.text)}</div>
</article>"""


def place(document: Document, passage: Passage) -> str:
    """Where a passage stands in its document, as HTML."""
    word = file_type(document.type).page_word
    page = f"{word.capitalize()} {passage.page}" if word and passage.page is not None else None
    heading = plain_html(passage.heading) if passage.heading else None
    return " · ".join(part for part in (page, heading) if part)
