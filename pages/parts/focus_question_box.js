// Puts the cursor into the question box. Nobody is taken away from a field or from a passage, and no keyboard opens on a
// telephone. `_drawn` is unused: with another value, Streamlit runs the script again.
_drawn => {
  if (matchMedia("(pointer: coarse)").matches) return;
  const until = performance.now() + 3000;
  (function wait() {
    const box = document.querySelector("[data-testid=stChatInputTextArea]");
    const here = document.activeElement;
    if (here?.closest("input, textarea:not([data-testid=stChatInputTextArea]), .pp-fold")) return;
    if (box) box.focus({ preventScroll: true });
    if (!box && performance.now() < until) setTimeout(wait, 50);
  })();
}
