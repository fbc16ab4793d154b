"""The keys that work where nobody types, and what they do, in words; `keys.js` does it."""

KEYS = (
    ("/", "Type a question"),
    ("n", "Start a new conversation"),
    ("j", "Go to the next passage"),
    ("k", "Go to the passage before"),
    ("o", "Open the passage in its document; Escape closes it"),
    ("c", "Copy the passage with its source; the quotation where none is chosen"),
    ("?", "Show these keys"),
)
IS_ON, IS_OFF, CLOSE = "Turn these keys off", "Turn these keys on", "Close"
