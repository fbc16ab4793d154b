// The keys of the app, which work where nobody types: see `keys.py` for what they do. "?" shows them all. Whoever
// dictates, or wants no keys of one letter, turns them off in that list; this browser remembers it.
(keys, isOn, isOff, close) => {
  if (window.pinpointHasKeys) return;
  window.pinpointHasKeys = true;
  const kept = "pinpoint-keys-off";
  const are = () => { try { return localStorage.getItem(kept) !== "yes"; } catch { return true; } };
  const turn = on => { try { if (on) localStorage.removeItem(kept); else localStorage.setItem(kept, "yes"); } catch {} };
  const make = (name, text, inside) => {
    const made = document.createElement(name);
    made.textContent = text;
    inside.append(made);
    return made;
  };
  const show = () => {
    if (document.querySelector("dialog.pp-keys")) return;
    const dialog = make("dialog", "", document.body);
    dialog.className = "pp-keys";
    dialog.setAttribute("aria-labelledby", "pp-keys-title");
    make("h2", "Keys", dialog).id = "pp-keys-title";
    const list = make("dl", "", dialog);
    for (const [key, does] of keys) {
      make("kbd", key, make("dt", "", list));
      make("dd", does, list);
    }
    const toggle = make("button", are() ? isOn : isOff, dialog);
    toggle.addEventListener("click", () => { turn(!are()); toggle.textContent = are() ? isOn : isOff; });
    make("button", close, dialog).addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("close", () => dialog.remove());
    dialog.showModal();
  };
  const seen = element => element?.checkVisibility();
  const cards = () => [...document.querySelectorAll("article.pp-card details.pp-fold")].filter(seen);
  const chosen = () => document.activeElement?.closest("[class*=st-key-card-]");
  const newest = () => [...document.querySelectorAll("[data-testid=stChatMessage]")].at(-1);
  const step = by => {
    const all = cards();
    const first = all.findIndex(card => newest()?.contains(card));
    const at = all.findIndex(card => chosen()?.contains(card));
    const next = all[at < 0 ? (by > 0 ? first : -1) : at + by];
    next?.querySelector("summary").focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  const copy = () => (chosen()?.querySelector("button.pp-copy")
    ?? [...document.querySelectorAll(".pp-quotation button.pp-copy")].at(-1))?.click();
  const open = () => {
    const card = chosen();
    if (!card) return;
    card.querySelector("details").open = true;
    card.querySelector("[class*=st-key-open-] button")?.click();
  };
  const ask = () => {
    const box = document.querySelector("[data-testid=stChatInputTextArea]");
    if (box) box.focus(); else document.querySelector(".st-key-places a")?.click();
  };
  const does = {
    "/": ask, "?": show, n: () => document.querySelector(".st-key-new button")?.click(),
    j: () => step(1), k: () => step(-1), c: copy, o: open,
  };
  document.addEventListener("click", event => { if (event.target.closest?.("button.pp-keys-button")) show(); });
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable=true], dialog")) return;
    if (!Object.hasOwn(does, event.key) || !are()) return;
    event.preventDefault();
    does[event.key]();
  });
}
