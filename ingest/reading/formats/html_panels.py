"""What a click opens on a web page: panels that are hidden at first, and the buttons that stand over them.

A button whose text heads content, such as a question, is text; one that does something is not. Elements are changed in
their place, which takes the same time however many stand beside them.
"""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from ingest.reading.clean import one_line

_BUTTONS = "button, [role=button], [role=tab]"
_BLOCKS = ("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "ul", "ol", "table")
# What a button is in where its text is text in any case.
_HEADS = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "th", "summary", "caption", "legend")
_TARGETS = ("aria-controls", "data-target", "data-bs-target", "href")
_OF_ACCORDIONS = re.compile(r"accordion|collaps|faq|question|expand", re.I)
_NO_PANEL = {"menu", "menubar", "listbox", "dialog", "alertdialog", "tooltip", "search", "navigation", "banner"}
# Of the letters of a menu, most are links.
_MENU_SHARE = 0.6
_LONGEST_HEAD = 300
_MOST_LOOKED_AT = 1_000_000  # elements and texts in panels


def open_panels(soup: BeautifulSoup) -> None:
    """Make plain text of the buttons and summaries that head content, and show the panels that they open."""
    by_id = {str(element["id"]): element for element in soup.find_all(id=True)}
    # A page may have panels in panels, or one for a thousand buttons. Each is looked at once.
    known: dict[int, bool] = {}
    looked_at = 0
    for button in soup.select(_BUTTONS):
        text = one_line(button.get_text(" "))
        if not text or len(text) > _LONGEST_HEAD:
            continue
        panel = _panel_of(button, by_id)
        if panel is not None and id(panel) not in known and looked_at < _MOST_LOOKED_AT:
            looked_at += sum(1 for _ in panel.descendants)
            known[id(panel)] = _is_content(panel)
        if panel is not None and known.get(id(panel)):
            panel.attrs.pop("hidden", None)
            _show(button, panel, text)
        elif button.find_parent(_HEADS) is not None:
            button.name = "span"
    for element in soup.find_all(hidden=True):
        if element["hidden"] == "until-found" or (_role(element) == "tabpanel" and _is_content(element)):
            del element["hidden"]
    for summary in soup.find_all("summary"):
        summary.name = "div" if summary.find(_BLOCKS) else "p"
    for details in soup.find_all("details"):
        details.name = "div"


def _show(button: Tag, panel: Tag, text: str) -> None:
    if _role(button) == "tab":
        # Tabs stand side by side, their panels elsewhere.
        title = BeautifulSoup("", "html.parser").new_tag("p", string=text)
        panel.insert(0, title)
    elif button.find_parent(_HEADS) is not None:
        button.name = "span"
    else:
        button.name = "p"
        button.string = text
    button.attrs.pop("role", None)


def _panel_of(button: Tag, by_id: dict[str, Tag]) -> Tag | None:
    """The element that a click on the button opens: the one that it names, or the next one where that seems so."""
    named = [str(button.get(name, "")).lstrip("#").split(" ")[0] for name in _TARGETS]
    found = next((by_id[name] for name in named if name in by_id), None)
    if found is not None:
        return found
    following = next(_following(button), None)
    if following is None:
        return None
    opens = button.has_attr("aria-expanded") or following.has_attr("hidden")
    words = one_line(button.get_text(" "))
    named_so = _OF_ACCORDIONS.search(f"{button.get('class', '')} {button.get('id', '')}")
    return following if opens or named_so or words.endswith(("?", "？", "؟")) else None


def _following(button: Tag) -> Iterator[Tag]:
    """What stands after a button, or after the heading or the element that holds only this button."""
    element: Tag | None = button
    while element is not None and element.name != "body":
        after = element.find_next_sibling()
        if isinstance(after, Tag):
            yield after
            return
        element = element.parent if element.parent is not None and element.parent.find(True) is element else None


def _is_content(panel: Tag) -> bool:
    """Whether a panel has text that is no menu, no dialog and no other button."""
    if panel.name in {"nav", "dialog", "button", "input", "select", "svg", "script", "style", "template"}:
        return False
    if _role(panel) in _NO_PANEL or panel.find_parent(["nav", "dialog"]) is not None:
        return False
    length = len(one_line(panel.get_text(" ")))
    links = sum(len(one_line(link.get_text(" "))) for link in panel.find_all("a"))
    return length > 0 and links <= length * _MENU_SHARE


def _role(element: Tag) -> str:
    return str(element.get("role", "")).lower()
