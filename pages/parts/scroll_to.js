// Brings the element with this id to the top of the window and holds it there while what is below is drawn, until the
// person scrolls, types or clicks.
id => {
  const until = performance.now() + 1500, stop = new AbortController();
  for (const touch of ["wheel", "touchmove", "keydown", "pointerdown"])
    addEventListener(touch, () => stop.abort(), { signal: stop.signal, passive: true });
  (function hold() {
    if (stop.signal.aborted) return;
    document.getElementById(id)?.scrollIntoView();
    if (performance.now() < until) requestAnimationFrame(hold); else stop.abort();
  })();
}
