"""What the pages do in the browser itself: copy, show the whole of a passage, go to a question or to the box for one.

Each script is a function in a `.js` file beside this one. No text of documents, names or questions is handed to it.
"""

import json
from functools import cache
from pathlib import Path

from pages.parts.plain import show_html


def listen() -> None:
    """Let the page listen to clicks and keys, once a page."""
    _run_script("listeners")


def focus_question_box(drawn: str) -> None:
    """Put the cursor into the question box; again where `drawn` is another word than before."""
    _run_script("focus_question_box", drawn)


def scroll_to_question(place: int) -> None:
    """Bring a question to the top of the window, so that its answer is what one sees."""
    _run_script("scroll_to_question", place)


def _run_script(name: str, *arguments: str | int) -> None:
    values = ", ".join(map(json.dumps, arguments))
    show_html(f"<script>({_source(name)})({values});</script>", with_script=True)


@cache
def _source(name: str) -> str:
    return (Path(__file__).parent / f"{name}.js").read_text(encoding="utf-8")
