// Makes each line of text that lies over a page as wide as it is on the page. `_drawn` is unused: with another value,
// Streamlit runs the script again.
_drawn => {
  const until = performance.now() + 3000;
  (function wait() {
    const lines = [...document.querySelectorAll(".pp-lines span")].map(line => [line, line.parentElement]);
    if (!lines.length && performance.now() < until) { setTimeout(wait, 30); return; }
    const scales = lines.map(([line, box]) => box.matches(".pp-sideways")
      ? `scaleY(${box.clientHeight / line.offsetHeight})` : `scaleX(${box.clientWidth / line.offsetWidth})`);
    lines.forEach(([line], place) => { line.style.transform = scales[place]; });
  })();
}
