// Brings the highlighted place of the viewer into sight. When another card was opened, the viewer's first button gets the
// focus. `_drawn` is unused: with another value, Streamlit runs the script again.
(_drawn, card) => {
  const until = performance.now() + 3000;
  (function wait() {
    const viewer = document.querySelector(".st-key-viewer");
    const body = viewer?.querySelector(".st-key-viewer-body")?.parentElement;
    const target = body?.querySelector(".pp-match, .pp-found, .pp-area, .pp-target");
    if (!body && performance.now() < until) { setTimeout(wait, 30); return; }
    if (viewer && window.pinpointViewer !== card) {
      window.pinpointViewer = card;
      viewer.querySelector(".st-key-viewer-close button")?.focus({ preventScroll: true });
    }
    if (!body) return;
    const place = target?.getBoundingClientRect(), room = body.getBoundingClientRect();
    body.scrollTop = place ? body.scrollTop + place.top - room.top - Math.max((room.height - place.height) / 3, 0) : 0;
    const sheet = body.querySelector(".pp-sheet");
    if (place && sheet) sheet.scrollLeft += place.left - room.left - (room.width - place.width) / 2;
  })();
}
