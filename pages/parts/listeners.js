// What the whole app listens to. A click on a Copy button puts a text and its source on the clipboard; where the address
// is neither this machine's nor https, browsers offer only the old way. "/" goes to the question box, from another page
// by way of the Ask page.
() => {
  if (window.pinpointListens) return;
  window.pinpointListens = true;
  const copy = async button => {
    const part = button.closest(".pp-quotation, [class*=st-key-card-], .st-key-viewer");
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
  document.addEventListener("keydown", event => {
    const close = document.querySelector(".st-key-viewer-close button");
    if (event.key !== "Escape" || event.defaultPrevented || !close) return;
    if (!document.querySelector("[data-testid=stPopoverBody]")) close.click();
  });
  document.addEventListener("click", event => {
    if (!event.target.closest?.(".st-key-viewer-close")) return;
    const card = document.querySelector(`.st-key-open-${window.pinpointViewer} button`);
    window.pinpointViewer = null;
    card?.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true]")) return;
    event.preventDefault();
    const box = document.querySelector("[data-testid=stChatInputTextArea]");
    if (box) box.focus(); else document.querySelector(".st-key-places a")?.click();
  });
}
