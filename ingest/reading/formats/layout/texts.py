"""The texts of a page, or of a part of it: its paragraphs and its tables."""

from collections.abc import Iterator, Sequence

from ingest.reading.formats.layout.columns import Item
from ingest.reading.formats.layout.hyphens import Vocabulary
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.paragraphs import paragraphs
from ingest.reading.formats.layout.tables import Table


def item_texts(items: Sequence[Item], vocabulary: Vocabulary) -> Iterator[str]:
    """The texts of lines and tables that are in reading order. Lines become paragraphs.

    `vocabulary` has the words of the document, which tell what hyphens belong to a word.
    """
    run: list[Line] = []
    for item in items:
        if isinstance(item, Table):
            yield from paragraphs(run, vocabulary)
            run = []
            yield item.text
        else:
            run.append(item)
    yield from paragraphs(run, vocabulary)
