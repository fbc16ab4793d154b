"""A table of contents: it names what the document says elsewhere, and so it looks like an answer and is none."""

import re
from itertools import pairwise

# An entry ends with the number of its page, after dots or a space.
_ENTRY = re.compile(r"\S.{0,200}?(?P<leaders>(?:[.…·_][ \t]?){3,}|[ \t])[ \t]*(?P<page>\d{1,4}|[ivxlc]{1,7})")
_NUMBERED = re.compile(
    r"(?:\d{1,2}|[A-Z])(?:\.\d{1,3})*[.)]?\s+\S|(?:chapter|part|appendix|kapitel|teil|anhang)\s", re.IGNORECASE
)
_TITLE = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis|sübersicht)?|verzeichnis|sommaire|table des matières|índice|"
    r"contenido|sumario|indice|sommario|inhoud(?:sopgave)?|spis treści|obsah|sumário|содержание|оглавление|目录|目次|"
    r"list of (?:figures|tables)|(?:abbildungs|tabellen)verzeichnis",
    re.IGNORECASE,
)
# The fewest entries, the share of lines that are some, and the longest line that is one.
_FEWEST, _SHARE, _LONGEST = 3, 0.6, 400
# So much is looked at: the rest of a long text is like its beginning.
_LOOKED_AT = 4000


def is_contents_title(title: str) -> bool:
    """Whether a title is that of a table of contents.

    >>> is_contents_title("Table of Contents"), is_contents_title("Contents of the box")
    (True, False)
    """
    return _TITLE.fullmatch(title.strip(" :")) is not None


def is_contents(text: str, heading: str | None = None) -> bool:
    r"""Whether a text is a table of contents, or a part of one.

    Most of its lines end with the number of a page, and these never go down. Besides, dots lead to them, or the lines
    have numbers of chapters, or its title says so. A price list has none of this. One or two lines, which are the rest
    of a table, have two of these marks.

    Args:
        text: The text of a passage.
        heading: The heading above it.

    Example:
        >>> is_contents("1 Milk .... 3\n1.1 Foam .... 4\n2 Tea .... 9"), is_contents("Milk 3\nFoam 4\nTea 9")
        (True, False)
    """
    lines = [line.strip() for line in text[:_LOOKED_AT].split("\n") if line.strip()]
    entries = [(line, found) for line in lines if len(line) <= _LONGEST and (found := _ENTRY.fullmatch(line))]
    if not entries or len(entries) < _SHARE * len(lines):
        return False
    pages = [int(found["page"]) for _, found in entries if found["page"].isdecimal()]
    if sum(one > other for one, other in pairwise(pages)) > len(pages) // 10:
        return False
    led = sum(len(found["leaders"]) > 1 for _, found in entries) >= _SHARE * len(entries)
    numbered = sum(_NUMBERED.match(line) is not None for line, _ in entries) >= _SHARE * len(entries)
    titled = is_contents_title(lines[0]) or is_contents_title((heading or "").rpartition(" > ")[2])
    return led + numbered + titled >= (1 if len(entries) >= _FEWEST else 2)
