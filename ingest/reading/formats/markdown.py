"""Markdown to sections of plain text, by a Markdown parser: what a person sees, without the marks."""

from collections.abc import Iterator
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from ingest.document import Section
from ingest.reading.clean import one_line
from ingest.reading.formats import tables
from ingest.reading.outline import Outline

# Deeper lists than this lose their innermost text in the parser; no person nests as deep.
_DEEPEST = 100


class _Parser(MarkdownIt):
    """Takes any address for a link, because none is followed: only the words of a link are kept."""

    def validateLink(self, url: str) -> bool:
        return True


def sections(text: str, converted: bool = False) -> Iterator[Section]:
    """The sections of a Markdown text.

    `converted` text was made from another format and means only what the converter writes: indented lines are no
    code and lines of dashes no headings there.
    """
    parser = _Parser("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    if converted:
        parser.disable(["code", "lheading", "reference"])
    outline = Outline()
    _blocks(SyntaxTreeNode(parser.parse(text)), outline)
    return outline.sections()


def plain(text: str, converted: bool = False) -> str:
    """The same as one text, with the headings on lines of their own."""
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
    """A line an item; what more it holds stands below it, set in."""
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
        # No head in the original. Two columns are mostly names and values, more mostly have heads after all.
        return tables.lines(rows[1:], headed=None if len(rows[0]) > 2 else False)
    return tables.lines(rows, headed=True)


def _inline(node: SyntaxTreeNode) -> str:
    """The text of a node without its marks: links by their words, images by their description."""
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
