"""Passages as entries for a list of references, in RIS (Zotero, EndNote, Citavi, …) and in BibTeX (LaTeX).

Names and texts are strangers'. What would begin another field or entry, or be a command of TeX, is taken out of them.
"""

import re
from collections.abc import Sequence

import rispy
from pybtex.database import BibliographyData, Entry

from ingest.reading.clean import one_line, without_lone_surrogates
from ingest.reading.places import cells_label, place_of
from qa.answer import Hit

_MIDDLE_OF_NAME = re.compile(r"[^A-Za-z0-9]+")
_KEY_CHARACTERS = 30


def as_ris(hits: Sequence[Hit]) -> str:
    """The passages as RIS, an entry each: the document, the place in it, and the passage as its note.

    Example:
        >>> as_ris([])
        ''
    """
    return str(rispy.dumps([_ris_entry(hit) for hit in hits], implementation=_Writer))


def as_bibtex(hits: Sequence[Hit]) -> str:
    """The passages as BibTeX, an entry each, with the same content as `as_ris`."""
    entries = BibliographyData(
        {
            _key(hit): Entry(
                "misc",
                [
                    ("title", _for_tex(hit.candidate.document.name)),
                    *([("howpublished", _for_tex(place))] if (place := _place(hit)) else []),
                    *([("url", _for_tex(source))] if (source := hit.candidate.document.source) else []),
                    ("annote", _for_tex(hit.candidate.passage.text)),
                ],
            )
            for hit in hits
        }
    )
    return str(entries.to_string("bibtex"))


class _Writer(rispy.RisWriter):  # type: ignore[misc] # rispy has no types
    """Without a number before each entry, which not every program takes."""

    def set_header(self, count: int) -> str:
        return ""


def _ris_entry(hit: Hit) -> dict[str, str | list[str]]:
    passage = hit.candidate.passage
    place = {
        "start_page": _line(
            cells_label(hit.candidate.document, passage) or passage.page_name or str(passage.page or "")
        ),
        "section": _line(passage.heading or ""),
    }
    return {
        "type_of_reference": "GEN",
        "title": _line(hit.candidate.document.name),
        **{field: value for field, value in place.items() if value},
        **({"urls": [_line(source)]} if (source := hit.candidate.document.source) else {}),
        "notes": [_line(hit.candidate.passage.text)],
    }


def _place(hit: Hit) -> str:
    return _line(", ".join(place_of(hit.candidate.document, hit.candidate.passage)))


def _key(hit: Hit) -> str:
    name = _MIDDLE_OF_NAME.sub("-", hit.candidate.document.name)[:_KEY_CHARACTERS].strip("-").lower()
    return f"{name or 'document'}-{hit.rank}"


def _line(text: str) -> str:
    return one_line(without_lone_surrogates(text))


def _for_tex(text: str) -> str:
    """Without braces and backslashes: an unmatched brace ends an entry, and a backslash begins a command."""
    return _line(text).replace("\\", "/").replace("{", "(").replace("}", ")")
