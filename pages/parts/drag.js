// Marks the page while files are dragged over it, so that the style sheet can show where they may be dropped.
() => {
  if (window.pinpointDrags) return;
  window.pinpointDrags = true;
  let inside = 0; // elements that the pointer has entered and not left
  const mark = change => {
    inside = change ? Math.max(0, inside + change) : 0;
    document.body.classList.toggle("pp-dragging", inside > 0);
  };
  const has_files = event => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragenter", event => { if (has_files(event)) mark(1); }, true);
  document.addEventListener("dragleave", event => { if (has_files(event)) mark(-1); }, true);
  document.addEventListener("drop", () => setTimeout(() => mark(0)), true);
  document.addEventListener("dragend", () => mark(0), true);
}
