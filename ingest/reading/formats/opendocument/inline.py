"""What is in a paragraph of an OpenDocument text: letters, tabs, fields, notes, comments, and what is drawn there."""

from ingest.reading.clean import one_line
from ingest.reading.formats.as_word import field_mark, instruction, reference, run
from ingest.reading.formats.opendocument.body import Body, is_shape
from ingest.reading.formats.opendocument.drawn import drawn_markup
from ingest.reading.formats.opendocument.source import Element, attribute, local, number

_MOST_SPACES = 100
_SIGNS = {"tab": "\t", "line-break": "\n"}
_PAGE_FIELDS = {"page-number": "PAGE", "page-count": "NUMPAGES"}
# What only marks a place, waits to be filled in, or works without being seen.
_UNSEEN = frozenset(
    {
        "change", "change-start", "change-end", "bookmark", "bookmark-start", "bookmark-end", "reference-mark-start",
        "reference-mark-end", "toc-mark", "toc-mark-start", "toc-mark-end", "alphabetical-index-mark",
        "alphabetical-index-mark-start", "alphabetical-index-mark-end", "user-index-mark", "user-index-mark-start",
        "user-index-mark-end", "annotation-end", "soft-page-break", "placeholder", "script", "event-listeners",
        "tracked-changes", "forms", "hidden-paragraph", "variable-decls", "sequence-decls",
    }
)  # fmt: skip


def add_inline(element: Element, body: Body, hidden: bool) -> None:
    """Add what an element holds to the paragraph that is open: a paragraph, or a shape or a comment by itself."""
    if local(element) in {"p", "h"}:
        _inside(element, body, hidden)
    else:
        _part(element, body, hidden)


def _inside(element: Element, body: Body, hidden: bool) -> None:
    _words(element.text, body, hidden)
    for part in element:
        _part(part, body, hidden)
        _words(part.tail, body, hidden)


def _words(text: str | None, body: Body, hidden: bool) -> None:
    # Blanks and line ends in the XML are one blank, as everywhere in OpenDocument.
    if text:
        before, after = text[0].isspace(), text[-1].isspace()
        words = " ".join(text.split(None)) if text.isascii() else " ".join(part for part in _split(text) if part)
        shown = f"{' ' if before else ''}{words}{' ' if after and words else ''}"
        body.flow.add(run(shown, hidden or None))


def _split(text: str) -> list[str]:
    return text.replace("\t", " ").replace("\r", " ").replace("\n", " ").split(" ")


def _part(element: Element, body: Body, hidden: bool) -> None:
    name = local(element)
    if not name or name in _UNSEEN:
        return
    if name == "s":
        body.flow.add(run(" " * max(number(element, "c", 1, _MOST_SPACES), 1), hidden or None))
    elif sign := _SIGNS.get(name):
        body.flow.add(run(sign, hidden or None))
    elif field := _PAGE_FIELDS.get(name):
        body.flow.add(field_mark("begin") + instruction(field) + field_mark("separate"))
        _inside(element, body, hidden)
        body.flow.add(field_mark("end"))
    elif hidden and (name in {"note", "annotation"} or is_shape(element)):
        return
    elif name == "note":
        _note(element, body)
    elif name == "annotation":
        content = body.inside(element)
        author = next((one_line(one.text or "") for one in element.iterchildren("{*}creator")), "")
        body.flow.add(reference("comment", body.shared.parts.add_note("comment", content, author)))
    elif is_shape(element):
        body.flow.add(drawn_markup(element, body))
    elif name == "ruby":
        _ruby(element, body, hidden)
    elif name != "hidden-text" or attribute(element, "is-hidden") == "false":
        styled = name == "span" and body.shared.styles.hides("text", attribute(element, "style-name"))
        _inside(element, body, hidden or styled)


def _note(element: Element, body: Body) -> None:
    kind = "endnote" if attribute(element, "note-class") == "endnote" else "footnote"
    content = next(element.iterchildren("{*}note-body"), None)
    if content is not None:
        body.flow.add(reference(kind, body.shared.parts.add_note(kind, body.inside(content))))


def _ruby(element: Element, body: Body, hidden: bool) -> None:
    """The text, then in brackets the small letters above it that say how it is spoken."""
    for part in element.iterchildren("{*}ruby-base"):
        _inside(part, body, hidden)
    spoken = one_line(" ".join("".join(part.itertext()) for part in element.iterchildren("{*}ruby-text")))
    body.flow.add(run(f"({spoken})" if spoken else "", hidden or None))
