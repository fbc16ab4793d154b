// Brings the element with this id to the top of the window, or what is highlighted in it into sight, and holds it there
// while what is below is drawn, until the person scrolls, types or clicks. `_drawn` is unused: with another value,
// Streamlit runs the script again.
(id, _drawn) => {
  const until = performance.now() + 1500, stop = new AbortController();
  for (const touch of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(touch, () => stop.abort(), { signal: stop.signal, passive: true });
  (function hold() {
    if (stop.signal.aborted) return;
    const place = document.getElementById(id);
    (place?.querySelector(".pp-match, .pp-found, .pp-area") ?? place)?.scrollIntoView();
    if (performance.now() < until) requestAnimationFrame(hold); else stop.abort();
  })();
}
