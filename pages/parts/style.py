"""The style sheet of the whole app, `style.css`."""

from functools import cache
from pathlib import Path

from pages.parts.plain import show_html


def show_style() -> None:
    """Lay the style sheet over the page, once a page."""
    show_html(f"<style>\n{_style_sheet()}</style>")


@cache
def _style_sheet() -> str:
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")
