"""What a filled form on a web page says, and terms with what they mean, each as text in its place."""

from collections import defaultdict

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from ingest.reading.clean import one_line

_TYPED = {"", "text", "email", "tel", "url", "number", "date", "month", "week", "time", "datetime-local"}
_BLOCKS = ["p", "div", "ul", "ol", "dl", "table", "pre", "blockquote", "dt", "h1", "h2", "h3", "h4", "h5", "h6"]


def fill_in_forms(soup: BeautifulSoup) -> None:
    """Put the values of fields in place of the fields. An empty field is left out."""
    groups = defaultdict(list)
    labels = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    for field in soup.find_all("input"):
        kind = str(field.get("type", "")).lower()
        if kind in {"checkbox", "radio"} and _is_named(field, labels):
            groups[str(field.get("name", "")) or id(field)].append(field)
        elif kind in _TYPED and (value := one_line(str(field.get("value", "")))):
            _become(field, f" {value} ")
    for fields in groups.values():
        if any(field.has_attr("checked") for field in fields):
            for field in fields:
                _become(field, "☑ " if field.has_attr("checked") else "☐ ")
    for choice in soup.find_all("select"):
        chosen = [one_line(option.get_text(" ")) for option in choice.find_all("option", selected=True)]
        if text := ", ".join(filter(None, chosen)):
            _become(choice, f" {text} ")


def join_terms(soup: BeautifulSoup) -> None:
    """Put what a term means on the line of the term: the whole of it, or its first paragraph."""
    for term in soup.find_all("dt"):
        meaning = term.find_next_sibling()
        first = _first_text(meaning) if isinstance(meaning, Tag) and meaning.name == "dd" else None
        name = term.get_text().strip() if first is not None else ""
        if first is None or not name or term.find(_BLOCKS):
            continue
        last = list(term.strings)[-1]
        last.replace_with(NavigableString(last.rstrip()))
        term.append(NavigableString(" " if name.endswith((":", "?", "？", "：", ".")) else ": "))
        for child in list(first.contents):
            term.append(child)
    for name in ("dt", "dd"):
        for element in soup.find_all(name):
            element.name = "div" if element.find(_BLOCKS) else "p"


def _first_text(meaning: Tag) -> Tag | None:
    """What holds the first words of a meaning: itself, or its first paragraph; None where a list or so comes first."""
    if not meaning.get_text().strip():
        return None
    if not meaning.find(_BLOCKS):
        return meaning
    first = next((child for child in meaning.contents if isinstance(child, Tag) or str(child).strip()), None)
    return first if isinstance(first, Tag) and first.name == "p" and first.get_text().strip() else None


def _is_named(field: Tag, labels: set[str]) -> bool:
    """Whether a box to tick stands beside words of its own, and does not only switch something on the page."""
    return (
        str(field.get("id", "")) in labels or field.find_parent(["form", "label", "fieldset", "li", "td"]) is not None
    )


def _become(element: Tag, text: str) -> None:
    before = element.previous_sibling
    element.name, element.attrs = "span", {}
    element.string = text.lstrip() if isinstance(before, str) and before[-1:].isspace() else text
