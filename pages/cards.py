"""What an answer looks like: a card a passage, with its rank, its score, and where it stands."""

from ingest import Document, Passage
from ingest.filetypes import file_type
from pages.plain import plain_html, show_html
from qa import Answer, Hit


def show_question(place: int, question: str) -> None:
    """What was asked, as it was typed; `place` counts the turns of the conversation."""
    show_html(f'<div class="pp-question" id="question-{place}" dir="auto">{plain_html(question)}</div>')


def scroll_to_question(place: int) -> None:
    """Bring a question to the top of the window, so that its first passage is what one sees."""
    show_html(
        f"""<script>
        (() => {{
          const until = performance.now() + 1500, stop = new AbortController();
          for (const touch of ["wheel", "touchmove", "keydown", "pointerdown"])
            addEventListener(touch, () => stop.abort(), {{ signal: stop.signal, passive: true }});
          (function hold() {{
            if (stop.signal.aborted) return;
            document.getElementById("question-{place}")?.scrollIntoView();
            if (performance.now() < until) requestAnimationFrame(hold); else stop.abort();
          }})();
        }})();
        </script>""",
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
