"""Markdown to sections of plain text: a parser removes the marks, and what a person sees stays."""

from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.document import Section
from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.outline import Outline

# In deeper lists the parser loses the innermost text. Nobody nests lists that deeply.
_DEEPEST = 100


class _Parser(MarkdownIt):
    """Accepts any address as a link. No link is followed, and only its text is kept."""

    def validateLink(self, url: str) -> bool:
        return True


def sections(text: str, converted: bool = False) -> Iterator[Section]:
    """Turn a Markdown text into sections.

    Args:
        text: The Markdown.
        converted: Whether it was converted from another format. The converter writes neither indented code nor
            headings underlined with dashes, so such lines are then plain text.
    """
    parser = _Parser("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    if converted:
        parser.disable(["code", "lheading", "reference"])
    outline = Outline()
    _blocks(SyntaxTreeNode(parser.parse(text)), outline)
    return outline.sections()


def plain(text: str, converted: bool = False) -> str:
    """Turn a Markdown text into one plain text, each heading on its own line."""
    parts = (
        f"{section.heading}\n\n{section.text}" if section.heading else section.text
        for section in sections(text, converted)
    )
    return "\n\n".join(parts)


def _blocks(root: SyntaxTreeNode, outline: Outline) -> None:
    for node in root.children:
        if node.type == "heading":
            outline.heading(int(node.tag[1:]), _inline(node))
        elif node.type == "blockquote":
            _blocks(node, outline)
        else:
            outline.block(_block(node))


def _block(node: SyntaxTreeNode) -> str:
    if node.type in {"bullet_list", "ordered_list"}:
        return "\n".join(_items(node))
    if node.type == "table":
        return "\n".join(_table(node))
    if node.type in {"fence", "code_block"}:
        return node.content
    if node.type == "html_block":
        return _text_of_html(node.content)
    if node.type in {"paragraph", "heading", "inline"}:
        return _inline(node)
    return "\n\n".join(filter(None, map(_block, node.children)))


def _items(node: SyntaxTreeNode) -> Iterator[str]:
    """One line per item, with the rest of the item indented below it."""
    number = int(node.attrs.get("start", 1))
    for item in node.children:
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        number += 1
        text = "\n".join(filter(None, map(_block, item.children)))
        if text:
            yield mark + text.replace("\n", "\n  ")


def _table(node: SyntaxTreeNode) -> Iterator[str]:
    rows = [[one_line(_inline(cell)) for cell in row.children] for part in node.children for row in part.children]
    if not any(rows[0]):
        # The original has no header row. Most tables of two columns are names and values; most wider ones have headers.
        return tables.lines(rows[1:], headed=None if len(rows[0]) > 2 else False)
    return tables.lines(rows, headed=True)


def _inline(node: SyntaxTreeNode) -> str:
    """The text of a node without its marks: a link as its text, an image as its description."""
    if node.type in {"text", "code_inline"}:
        return node.content
    if node.type == "softbreak":
        return " "
    if node.type == "hardbreak":
        return "\n"
    if node.type == "html_inline":
        return "\n" if node.content.lower().startswith("<br") else ""
    return "".join(map(_inline, node.children))


class _Words(HTMLParser):
    """Collects what a browser would show of a piece of HTML."""

    _UNSEEN = frozenset({"script", "style", "template"})
    _INLINE = frozenset(
        {"a", "abbr", "b", "code", "em", "i", "img", "kbd", "s", "small", "span", "strong", "sub", "sup", "u"}
    )

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self._UNSEEN
        if tag == "img":
            self.words.append(dict(attrs).get("alt") or "")
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen = max(0, self._unseen - (tag in self._UNSEEN))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data)

    def _part(self, tag: str) -> None:
        if tag not in self._INLINE:
            self.words.append("\n")


def _text_of_html(content: str) -> str:
    parser = _Words()
    parser.feed(content)
    parser.close()
    return "\n".join(filter(None, map(one_line, "".join(parser.words).split("\n"))))
