"""Dates in one form, so that "3/2/2026" finds "3 February 2026"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# The English and German names of the months, and their usual short forms.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner",
            "february feb februar",
            "march mar märz mrz",
            "april apr",
            "may mai",
            "june jun juni",
            "july jul juli",
            "august aug",
            "september sep sept",
            "october oct oktober okt",
            "november nov",
            "december dec dezember dez",
        ),
        start=1,
    )
    for name in names.split()
}
# A quick check, because most texts have no date.
_MAY_HAVE_ONE = re.compile(
    r"\d[./-]\d?\d[./-]\d|(?i:on|since|till|until|due)\s\d\d?/\d|\d\D{0,12}(?i:jan|j\u00e4n|feb|m[a\u00e4]r|mrz|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])"
    r"|(?i:jan|j\u00e4n|feb|m[a\u00e4]r|mrz|apr|ma[iy]|ju[nl]|aug|sep|o[ck]t|nov|de[cz])\D{0,12}\d"
)
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\b\.?"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
_PATTERNS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>0[1-9]|1[0-2])-(?P<day>0[1-9]|[12]\d|3[01])(?!\d)",
        rf"\b{_DAY}(?:st|nd|rd|th|\.)?(?:\s+of)?\s+{_MONTH}(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH}\s+{_DAY}(?:st|nd|rd|th)?\b(?!\.?\d)(?:,?\s+{_YEAR}\b)?",
        rf"\b{_MONTH},?\s+{_YEAR}\b",
        r"(?<![\d./-])(?P<one>[0-3]?\d)(?P<mark>[./-])(?P<other>[0-3]?\d)(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/-])",
        # Without a year it may be a fraction, but for the words around it. 24/7 is no date.
        r"(?:(?<=\bon\s)|(?<=\bdue\s)|(?<=\btill\s)|(?<=\bsince\s)|(?<=\buntil\s))"
        r"(?!24/7)(?P<one>[0-3]?\d)/(?P<other>[01]?\d)(?![\w/]|[.-]\d|\s+of\b)",
    )
]


@dataclass(frozen=True, slots=True)
class Date:
    """A date in a text: its place, from start to before end, and the forms in which it is compared.

    A date has a form with its year, one without its year, and one of month and year. A date without a year also has a
    form such as `--02-03` (from an earlier ISO 8601), which no date with a year has.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    has_year: bool
    has_day: bool


def dates(text: str) -> Iterator[Date]:
    """Find the dates of a text that have a month, in order. Where day and month are ambiguous, both readings are given.

    >>> [date.forms for date in dates("on 3 February 2026")]
    [('2026-02-03', '02-03', '2026-02')]
    >>> next(dates("due 13.02.26")).forms, next(dates("by 3/2/2026")).forms
    (('2026-02-13', '02-13', '2026-02'), ('2026-02-03', '02-03', '2026-02', '2026-03-02', '03-02', '2026-03'))
    >>> [date.forms for date in dates("what is on 14/11, on 3/4 of the roof, on 24/7")]
    [('11-14', '--11-14')]
    """
    if not _MAY_HAVE_ONE.search(text):
        return
    found: list[Date] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            date = _date(match)
            if date and not any(date.start < other.end and other.start < date.end for other in found):
                found.append(date)
    yield from sorted(found, key=lambda date: date.start)


def _date(match: re.Match[str]) -> Date | None:
    parts = match.groupdict()
    year = _full_year(parts.get("year"))
    readings: list[tuple[int, int | None]]
    if parts.get("one"):
        one, other = int(parts["one"]), int(parts["other"])
        readings = [(month, day) for day, month in dict.fromkeys([(one, other), (other, one)]) if _exists(month, day)]
    else:
        day = int(parts["day"]) if parts.get("day") else None
        month = int(parts["number"]) if parts.get("number") else _MONTHS[parts["month"].casefold()]
        readings = [(month, day)]
    forms = dict.fromkeys(form for month, day in readings for form in _forms(year, month, day))
    return Date(*match.span(), tuple(forms), year is not None, readings[0][1] is not None) if forms else None


def _forms(year: int | None, month: int, day: int | None) -> list[str]:
    if day is None:
        return [f"{year}-{month:02}"]
    if year is None:
        return [f"{month:02}-{day:02}", f"--{month:02}-{day:02}"]
    return [f"{year}-{month:02}-{day:02}", f"{month:02}-{day:02}", f"{year}-{month:02}"]


def _full_year(year: str | None) -> int | None:
    if year is None:
        return None
    return int(year) if len(year) == 4 else 2000 + int(year)


def _exists(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
