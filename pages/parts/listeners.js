// The clicks that the whole app listens to. One on a Copy button puts a text and its source on the clipboard; where the
// address is neither this machine's nor https, browsers offer only the old way.
() => {
  if (window.pinpointListens) return;
  window.pinpointListens = true;
  const copy = async button => {
    const part = button.closest(".pp-quotation, [class*=st-key-card-]");
    const words = part.querySelector("blockquote, .pp-text").innerText.trim();
    const text = words + "\n\n" + button.dataset.source;
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
}
