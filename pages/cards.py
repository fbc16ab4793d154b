"""What an answer looks like: a card a passage, with its rank, what its score means, and where it stands.

All of it is HTML of this project with strangers' words in it as text.
"""

from html import escape

from ingest import Document, Passage
from ingest.filetypes import file_type
from pages.plain import plain_html, show_html
from qa import Answer, BestSentence, Candidate, Hit, Verdict, asked_terms, spans

VERDICTS: dict[Verdict, str] = {"answers": "Answers it", "may answer": "May answer it", "related": "Related"}

_LONGEST_SOURCE = 300

# One listener for the whole page: a click on any Copy button puts the passage and its source on the clipboard. Where
# the address is not this machine's and not https, browsers have no clipboard but the old way.
_COPYING = """<script>
if (!window.pinpointCopies) {
  window.pinpointCopies = true;
  document.addEventListener("click", async event => {
    const button = event.target.closest?.("button.pp-copy");
    if (!button) return;
    const card = button.closest("[class*=st-key-card-]");
    const text = card.querySelector(".pp-text").innerText.trim() + "\\n\\n" + button.dataset.source;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    button.textContent = "Copied";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  });
}
</script>"""


def show_question(place: int, question: str) -> None:
    """What was asked, as it was typed; `place` counts the turns of the conversation."""
    show_html(f'<h2 class="pp-question" id="question-{place}" dir="auto">{plain_html(question)}</h2>')


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


def let_copy() -> None:
    """Make the Copy buttons of the page work."""
    show_html(_COPYING, with_script=True)


def show_passage(number: int, place: str, text: str) -> None:
    """One passage of a document by itself, without a score."""
    show_html(f"""
<article class="pp-card pp-alone" id="passage-{number}" aria-label="Passage {number}">
  <div class="pp-head"><div class="pp-rank" aria-hidden="true">{number}</div>
    <div class="pp-where"><div class="pp-place">{place}</div></div></div>
  <div class="pp-text" dir="auto">{plain_html(text)}</div>
</article>""")


def summary(answer: Answer) -> str:
    """The line on what was read, as HTML."""
    passages = "1 passage" if answer.candidates == 1 else f"{answer.candidates:,} passages"
    said = f"{passages} read in {answer.milliseconds.total / 1000:.1f} seconds."
    if answer.answered:
        said += " It has" if answer.candidates == 1 else f" The best {len(answer.hits)}, each with"
        said += " a score from 0 to 1."
    return f'<div class="pp-quiet">{said}</div>'


def reading(read: int, total: int) -> str:
    """The line on what is happening while candidates are read, as HTML."""
    return f'<div class="pp-quiet pp-reading" role="status">Reading passage {read} of {total}…</div>'


def card(hit: Hit, question: str) -> str:
    """One passage as HTML."""
    passage, document = hit.candidate.passage, hit.candidate.document
    return f"""
<article class="pp-card" aria-label="Passage {hit.rank}">
  <div class="pp-head">
    <div class="pp-rank"><span class="pp-hidden">Passage </span>{hit.rank}</div>
    <div class="pp-where"><h3>{plain_html(document.name)}</h3>
      <div class="pp-place">{place(document, passage)}</div>{_also(hit)}</div>
    <div class="pp-score"><span class="pp-hidden">Score </span><b>{hit.score:.2f}</b>
      <div class="pp-bar"><span style="width:{hit.score * 100:.1f}%"></span></div>{_verdict(hit)}</div>
  </div>
  <div class="pp-text" dir="auto">{_marked(passage.text, hit.best, question)}</div>
</article>"""


def copying(hit: Hit) -> str:
    """The button that puts a passage on the clipboard with its source, as HTML; it stands below the card."""
    return (
        f'<button type="button" class="pp-copy" data-source="{escape(source(hit))}" '
        f'aria-label="Copy passage {hit.rank} with its source">Copy</button>'
    )


def place(document: Document, passage: Passage) -> str:
    """Where a passage stands in its document, as HTML."""
    return " · ".join(plain_html(part) for part in _place(document, passage))


def source(hit: Hit) -> str:
    """Where a passage is from, in a line of plain text: its document, page and heading."""
    passage, document = hit.candidate.passage, hit.candidate.document
    return ", ".join([document.name, *_place(document, passage)])[:_LONGEST_SOURCE]


def _place(document: Document, passage: Passage) -> list[str]:
    word = file_type(document.type).page_word
    page = f"{word.capitalize()} {passage.page}" if word and passage.page is not None else None
    return [part for part in (page, passage.heading) if part]


def _verdict(hit: Hit) -> str:
    """What its score and the other evidence come to, in words."""
    if hit.verdict is None:
        return ""
    return f'<div class="pp-verdict pp-{hit.verdict.replace(" ", "-")}">{VERDICTS[hit.verdict]}</div>'


def _also(hit: Hit) -> str:
    """Where else the same stands."""
    if not hit.also:
        return ""
    places = "; ".join(_named(also) for also in hit.also)
    return f'<div class="pp-place pp-also">The same stands in {places}</div>'


def _named(candidate: Candidate) -> str:
    where = place(candidate.document, candidate.passage)
    return plain_html(candidate.document.name) + (f" ({where})" if where else "")


def _marked(text: str, best: BestSentence | None, question: str) -> str:
    """A passage with the sentence that answers best marked and the words of the question set off."""
    within = (best.start, best.end) if best else (0, 0)
    before, sentence, after = text[: within[0]], text[within[0] : within[1]], text[within[1] :]
    wanted = asked_terms(question)
    parts = [_set_off(before, wanted), _set_off(sentence, wanted), _set_off(after, wanted)]
    if sentence:
        parts[1] = f'<mark class="pp-answer">{parts[1]}</mark>'
    return f"<bdi>{''.join(parts)}</bdi>"


def _set_off(text: str, wanted: set[str]) -> str:
    pieces, done = [], 0
    for start, end in spans(text, wanted):
        pieces += [escape(text[done:start]), f'<b class="pp-word">{escape(text[start:end])}</b>']
        done = end
    return "".join([*pieces, escape(text[done:])])
