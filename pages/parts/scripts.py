"""What the pages do in the browser itself: copying, showing the whole of a passage, and the way to the question box.

No stranger's word stands in these scripts.
"""

from pages.parts.plain import show_html

# The listeners of the whole app. A click on a Copy button puts a text and its source on the clipboard; where the
# address is not this machine's and not https, browsers have no clipboard but the old way. "/" goes to the question
# box, from another page by way of the Ask page.
_LISTENERS = """<script>
if (!window.pinpointListens) {
  window.pinpointListens = true;
  const copy = async button => {
    const part = button.closest(".pp-quotation, [class*=st-key-card-]");
    const words = part.querySelector("blockquote, .pp-text").innerText.trim();
    const text = words + "\\n\\n" + button.dataset.source;
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
  };
  document.addEventListener("click", event => {
    const button = event.target.closest?.("button.pp-copy, button.pp-whole");
    if (button?.matches(".pp-copy")) copy(button);
    if (button?.matches(".pp-whole")) button.closest(".pp-card").classList.remove("pp-cut");
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
    event.preventDefault();
    const box = document.querySelector("[data-testid=stChatInputTextArea]");
    if (box) box.focus(); else document.querySelector(".st-key-places a")?.click();
  });
}
</script>"""


def listen() -> None:
    """Let the page listen to clicks and keys, once a page."""
    show_html(_LISTENERS, with_script=True)


def focus_question_box(drawn: str) -> None:
    """Put the cursor into the question box; again where `drawn`, a word of this project's, is another than before.

    Nobody is taken away from a field or from a passage, and no keyboard opens on a telephone.
    """
    show_html(
        f"""<script>
        (() => {{ // {drawn}
          if (matchMedia("(pointer: coarse)").matches) return;
          const until = performance.now() + 3000;
          (function wait() {{
            const box = document.querySelector("[data-testid=stChatInputTextArea]");
            const here = document.activeElement;
            if (here?.closest("input, textarea:not([data-testid=stChatInputTextArea]), .pp-fold")) return;
            if (box) box.focus({{ preventScroll: true }});
            if (!box && performance.now() < until) setTimeout(wait, 50);
          }})();
        }})();
        </script>""",
        with_script=True,
    )


def scroll_to_question(place: int) -> None:
    """Bring a question to the top of the window, so that its answer is what one sees."""
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
