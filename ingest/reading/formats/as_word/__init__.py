"""A Word document made in memory of a document in another format, so that one reader has the rules for all of them."""

from ingest.reading.formats.as_word.flow import CellShape, Flow
from ingest.reading.formats.as_word.lists import Level, list_parts
from ingest.reading.formats.as_word.markup import (
    field_mark,
    instruction,
    paragraph_properties,
    reference,
    run,
    style,
    symbol,
)
from ingest.reading.formats.as_word.parts import Parts

__all__ = [
    "CellShape",
    "Flow",
    "Level",
    "Parts",
    "field_mark",
    "instruction",
    "list_parts",
    "paragraph_properties",
    "reference",
    "run",
    "style",
    "symbol",
]
