// The clicks that the whole app listens to. One on a Copy button puts a text and its source on the clipboard; where the
// address is neither this machine's nor https, browsers offer only the old way.
() => {
  if (window.pinpointListens) return;
  window.pinpointListens = true;
  const passage = button => {
    const part = button.closest(".pp-quotation, [class*=st-key-card-], .st-key-viewer");
    // What is folded away has no innerText.
    const text = part.querySelector("blockquote")?.innerText ?? part.querySelector(".pp-text").textContent;
    return text.trim() + "\n\n" + button.dataset.source;
  };
  const passages = button => {
    const answer = button.closest("[data-testid=stChatMessage]");
    return [...answer.querySelectorAll("[class*=st-key-card-] button.pp-copy")].map(passage).join("\n\n\n");
  };
  const copy = async button => {
    button.dataset.said ??= button.textContent;
    const text = button.matches(".pp-copy-all") ? passages(button) : passage(button);
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
    setTimeout(() => { button.textContent = button.dataset.said; }, 2000);
  };
  document.addEventListener("click", event => {
    const button = event.target.closest?.("button.pp-copy, button.pp-whole");
    if (button?.matches(".pp-copy")) copy(button);
    if (button?.matches(".pp-whole")) button.closest(".pp-card").classList.remove("pp-cut");
  });
  document.addEventListener("keydown", event => {
    const close = document.querySelector(".st-key-viewer-close button");
    if (event.key !== "Escape" || event.defaultPrevented || !close) return;
    if (!document.querySelector("[data-testid=stPopoverBody], dialog[open]")) close.click();
  });
  // A day that was typed counts once its field has lost the focus: Escape would throw it away, and Enter do nothing.
  document.addEventListener("keydown", event => {
    const field = document.activeElement?.closest("[data-testid=stDateInputField]");
    const panel = field?.closest("[data-testid=stPopoverBody]");
    if (!panel || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    panel.tabIndex = -1;
    panel.focus({ preventScroll: true });
  }, true);
  document.addEventListener("click", event => {
    if (!event.target.closest?.(".st-key-viewer-close")) return;
    const card = document.querySelector(`.st-key-open-${window.pinpointViewer} button`);
    window.pinpointViewer = null;
    card?.focus({ preventScroll: true });
  });
}
