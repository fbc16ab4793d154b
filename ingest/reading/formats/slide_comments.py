"""Comments on a slide with their authors: those of PowerPoint up to 2019 and the newer ones with replies.

Source: ISO/IEC 29500-1, 19.4 (comments); [MS-PPTX] 2.2 (modern comments).
"""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pptx.slide import Slide

from ingest.document import NotRead
from ingest.reading.clean import one_line

_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NEW = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
# Relations end so, whether of the standard or of its strict form or of Microsoft.
_COMMENTS, _AUTHORS = "/comments", ("/commentAuthors", "/authors")


def authors_of(presentation: Any) -> dict[str, str]:  # noqa: ANN401 - the library has no types
    """The names of those who commented, by their numbers."""
    authors: dict[str, str] = {}
    for root in _related(presentation.part, _AUTHORS):
        for author in root.iter(f"{_P}cmAuthor", f"{_NEW}author"):
            authors[author.get("id", "")] = one_line(author.get("name", ""))
    return authors


def comments_of(slide: Slide, authors: dict[str, str]) -> Iterator[str | NotRead]:
    """A line for each comment and each reply, in their order."""
    try:
        for root in _related(slide.part, (_COMMENTS,)):
            for comment in root.iter(f"{_P}cm", f"{_NEW}cm", f"{_NEW}reply"):
                name = "Reply" if comment.tag == f"{_NEW}reply" else "Comment"
                author, text = authors.get(comment.get("authorId", ""), ""), _text(comment)
                if text:
                    yield f"{name} by {author}: {text}" if author else f"{name}: {text}"
    except (etree.XMLSyntaxError, KeyError, ValueError, AttributeError):
        yield NotRead("comment")


def _text(comment: etree._Element) -> str:
    if comment.tag == f"{_P}cm":
        return one_line(" ".join(text.text or "" for text in comment.iterfind(f"{_P}text")))
    paragraphs = comment.iterfind(f"{_NEW}txBody/{_A}p")
    return one_line(" ".join("".join(text.text or "" for text in part.iter(f"{_A}t")) for part in paragraphs))


def _related(part: Any, endings: tuple[str, ...]) -> Iterator[etree._Element]:  # noqa: ANN401
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    for relation in part.rels.values():
        if relation.reltype.endswith(endings) and not relation.is_external:
            yield etree.fromstring(relation.target_part.blob, parser)
