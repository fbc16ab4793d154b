"""Measures of what an engine read, each a share from 0 to 1 of what is there to be found."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from tests.benchmarks.pdf.truths import Truth

Found = dict[str, Any]
# A word: letters and digits in a row; a Chinese or Japanese character is one by itself, since no space parts them.
_WORD = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]|[^\W_\u2e80-\u9fff\uf900-\ufaff]+")
# What stands before a title: "3.2 ", "B.1 ", "Chapter 4. ".
_NUMBER = re.compile(r"^(?:(?:chapter|part|appendix)\s+)?[\d.]*\d\.?\s|^[A-Z]\.[\d.]*\s", re.IGNORECASE)
_HYPHEN = "\u2010"
_RUNNING = 2  # lines at the top and at the foot of a page that may be its head and foot
_PAGES_WITH = 3  # that have the same line there


def words(text: str) -> list[str]:
    """The words of a text, without regard to case, ligatures and marks of direction."""
    plain = unicodedata.normalize("NFKC", text).replace("\u00ad", "").replace("\u0640", "")
    return _WORD.findall(re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", plain).casefold())


def reference(pdftotext: str) -> str:
    """The text of a file as poppler gives it, without heads and feet that repeat and without words cut at a line's end.

    Engines leave out heads and feet on purpose, and put words together that are cut.
    """
    pages = [[line.strip() for line in page.split("\n") if line.strip()] for page in pdftotext.split("\f")]
    edges = [{*_edges(page)} for page in pages]
    counted = Counter(_without_numbers(line) for edge in edges for line in edge)
    kept = []
    for page, edge in zip(pages, edges, strict=True):
        kept += [
            line for line in page if not (line in edge and counted[_without_numbers(line)] >= _PAGES_WITH)
        ]  # fmt: skip
    return re.sub(r"\S+[-\u00ad\u2010]\n\S+", " ", "\n".join(kept))


def _edges(page: Sequence[str]) -> Sequence[str]:
    return [*page[:_RUNNING], *page[-_RUNNING:]]


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "#", line)


def words_kept(text: str, truth: str) -> float | None:
    """The share of the truth's words that the text has, each as often."""
    return _share(Counter(words(truth)), Counter(words(text)))


def strange_words(text: str, truth: str) -> float | None:
    """The share of the text's words that the truth has nowhere: joined, cut or garbled."""
    found, known = words(text), {*words(truth)}
    return sum(word not in known for word in found) / len(found) if found else None


def order_kept(text: str, truth: str) -> float | None:
    """The share of the truth's pairs of neighbouring words that are neighbours in the text."""
    return _share(_pairs(words(truth)), _pairs(words(text)))


def _pairs(found: Sequence[str]) -> Counter[tuple[str, str]]:
    return Counter(pairwise(found))


def _share(wanted: Counter[Any], found: Counter[Any]) -> float | None:
    return (wanted & found).total() / wanted.total() if wanted else None


def rows_kept(found: Found, truth: Truth) -> float:
    """The share of a table's rows whose cells stand together and with no other row's name: in a row of a table that is
    given, or in one line."""
    lines = [*found["text"].split("\n"), *(" ".join(row) for table in found["tables"] for row in table)]
    held = [" ".join(words(line)) for line in lines]
    rows = truth.rows[1:]
    names = [row[0] for row in rows]
    alone = [line for line in held if sum(_has_all(line, [name]) for name in names) == 1]
    return sum(any(_has_all(line, row) for line in alone) for row in rows) / len(rows)


def heads_kept(found: Found, truth: Truth) -> float:
    """The share of a table's values that stand with their column's head and their row's name: in a table that is given,
    below the head and beside the name; or in one line as "name … head: value"."""
    heads, rows = truth.rows[0], truth.rows[1:]
    cells = [(row[0], head, value) for row in rows for head, value in zip(heads[1:], row[1:], strict=True)]
    return sum(_in_a_table(found, *cell) or _in_a_line(found, *cell) for cell in cells) / len(cells)


def _has_all(line: str, cells: Sequence[str]) -> bool:
    return all(f" {' '.join(words(cell))} " in f" {line} " for cell in cells)


def _in_a_line(found: Found, name: str, head: str, value: str) -> bool:
    wanted = _plain(f"{head}: {value}")
    return any(wanted in _plain(line) and _plain(name) in _plain(line) for line in found["text"].split("\n"))


def _in_a_table(found: Found, name: str, head: str, value: str) -> bool:
    for table in found["tables"]:
        columns = {place for row in table for place, cell in enumerate(row) if _plain(cell) == _plain(head)}
        for row in table:
            texts = [_plain(cell) for cell in row]
            if _plain(name) in texts and any(place < len(row) and texts[place] == _plain(value) for place in columns):
                return True
    return False


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def headings_found(found: Found, titles: Sequence[str]) -> float | None:
    """The share of the titles that the engine gives as headings, whatever number stands before them."""
    given = {plain_title(heading) for heading in found["headings"]}
    wanted = {plain_title(title) for title in titles} - {""}
    return len(wanted & given) / len(wanted) if wanted else None


def headings_right(found: Found, titles: Sequence[str]) -> float | None:
    """The share of the engine's headings that are among the titles."""
    given, wanted = {plain_title(heading) for heading in found["headings"]}, {plain_title(title) for title in titles}
    return len(wanted & given) / len(given) if given else None


def plain_title(text: str) -> str:
    """The words of a title without the number before it."""
    return " ".join(
        words(re.sub(r"^(?:(?:chapter|part|appendix)\s+)?[\d.]*\d\.?\s|^[A-Z]\.[\d.]*\s", "", text.strip()))
    )


def whole_words(found: Found, truth: Truth) -> float:
    """The share of the known words that are found whole, with the hyphens that belong to them and no others."""
    text = _hyphenated(found["text"])
    return sum(_hyphenated(word) in text for word in truth.kept) / len(truth.kept)


def _hyphenated(text: str) -> str:
    """The words with their hyphens, a space around each."""
    return f" {re.sub(r'[^-0-9a-z]+', ' ', text.replace(_HYPHEN, '-').casefold()).strip()} "
