// Brings the question with this number to the top of the window and holds it there while its answer is drawn, until the
// person scrolls, types or clicks.
place => {
  const until = performance.now() + 1500, stop = new AbortController();
  for (const touch of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(touch, () => stop.abort(), { signal: stop.signal, passive: true });
  (function hold() {
    if (stop.signal.aborted) return;
    document.getElementById(`question-${place}`)?.scrollIntoView();
    if (performance.now() < until) requestAnimationFrame(hold); else stop.abort();
  })();
}
