"""The elements of a web page, where an end that HTML allows to be left out is put in: `<td>` ends the cell before it.

The parser of Python's library, which Beautiful Soup uses, leaves such a cell open, so that the next ones are inside it.

Source: the HTML standard, "Optional tags".
"""

from typing import Any

from bs4 import BeautifulSoup, Tag

_CELLS = frozenset(["td", "th"])
_ROWS = _CELLS | {"tr"}
_GROUPS = _ROWS | {"tbody", "thead", "tfoot", "caption", "colgroup"}
_TERMS = frozenset(["dt", "dd"])
_LISTS, _TABLE, _FIELD = frozenset(["ul", "ol", "menu", "dl", "table"]), frozenset(["table"]), frozenset(["select"])
# The elements that a new one ends where they are open, and those in which it ends nothing that is further out.
_ENDED: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(_CELLS, (_CELLS, _TABLE)),
    "tr": (_ROWS, _TABLE),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (_GROUPS, _TABLE)),
    "li": (frozenset(["li"]), _LISTS),
    **dict.fromkeys(_TERMS, (_TERMS, _LISTS)),
    "option": (frozenset(["option"]), _FIELD),
    "optgroup": (frozenset(["option", "optgroup"]), _FIELD),
}
# What ends a paragraph, which holds only the elements of a line.
_BLOCKS = (
    "address article aside blockquote details dialog dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 "
    "header hr main nav ol p pre section table ul"
)
_ENDED |= dict.fromkeys(_BLOCKS.split(), (frozenset(["p"]), _LISTS | _CELLS | {"div", "button", "object"}))
# No page that people write has more open elements between a part and the one that it ends.
_MOST_LEVELS = 100


class HtmlSoup(BeautifulSoup):
    """The elements of a web page, as a browser has them."""

    def __init__(self, page: bytes | str) -> None:
        """Parse a page. Raises RecursionError or anything else where it is too strange."""
        super().__init__(page, "html.parser")

    def handle_starttag(self, name: str, *args: Any, **kwargs: Any) -> Tag | None:  # noqa: ANN401 - passed on as they are
        """Called by the parser at the start of an element."""
        self.endData()  # the text so far belongs to what is open now
        if name in _ENDED and (open_element := self._ended_by(name)):
            while self.currentTag is not open_element and self.currentTag is not None:
                self.popTag()
            self.popTag()
        return super().handle_starttag(name, *args, **kwargs)

    def _ended_by(self, name: str) -> Tag | None:
        """The outermost open element that ends where this one starts."""
        ends, limits = _ENDED[name]
        found, element = None, self.currentTag
        for _ in range(_MOST_LEVELS):
            if element is None or element.name in limits:
                break
            if element.name in ends:
                found = element
            element = element.parent
        return found
