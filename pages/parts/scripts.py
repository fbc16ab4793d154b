"""What the pages do in the browser itself: copy, show the whole of a passage, go to a question or to the box for one.

Each script is a function in a `.js` file beside this one, which the server hands out. No text of documents, names
or questions is handed to it.
"""

import html
import json

from pages.parts.keys import CLOSE, IS_OFF, IS_ON, KEYS
from pages.parts.plain import show_html
from pages.server.scripts import script_address


def listen() -> None:
    """Let the page listen to clicks, keys and files that are dragged over it, once a page."""
    _run_script("listeners")
    _run_script("drag")
    _run_script("keys", KEYS, IS_ON, IS_OFF, CLOSE)


def focus_question_box(drawn: str) -> None:
    """Put the cursor into the question box; again where `drawn` is another word than before."""
    _run_script("focus_question_box", drawn)


def scroll_to_question(place: int) -> None:
    """Bring a question to the top of the window, so that its answer is what one sees."""
    _run_script("scroll_to", f"question-{place}")


def scroll_to_place(place: str, drawn: str) -> None:
    """Bring a page or a passage of a document to the top; again where `drawn` is another word than before."""
    _run_script("scroll_to", place, drawn)


def fit_lines(drawn: str) -> None:
    """Make the lines of text over a page as wide as they are on it; again where `drawn` is another word."""
    _run_script("fit_lines", drawn)


def show_in_viewer(drawn: str, card: str) -> None:
    """Bring the highlighted place of the viewer into sight; again where `drawn` is another word than before."""
    fit_lines(drawn)
    _run_script("show_in_viewer", drawn, card)


def _run_script(name: str, *arguments: str | int | tuple[tuple[str, str], ...]) -> None:
    values = html.escape(json.dumps(arguments))
    show_html(f'<script src="{script_address(name)}" data-arguments="{values}"></script>', with_script=True)
