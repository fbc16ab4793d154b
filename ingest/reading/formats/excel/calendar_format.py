"""Dates, times and durations as a section of a number format shows them."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from ingest.reading.formats.excel.format_codes import FormatSection, Token
from ingest.reading.formats.excel.month_names import days, months

_DAY = 86_400
_LAST_DAY = 2_958_465  # 31 December 9999
_FROM_1904 = 1462  # days between the two ways to count
# Excel counts a 29 February 1900, which there was not.
_NO_DAY = 60
_BUDDHIST = 543


def is_serial(value: float, section: FormatSection) -> bool:
    """Whether a number of days can be shown: as a date up to the year 9999, as a duration also below zero."""
    return abs(value) <= _LAST_DAY if "elapsed" in section.kinds else 0 <= value <= _LAST_DAY


def shown_moment(value: float, section: FormatSection, from_1904: bool) -> str:
    """A number of days, as a date, a time or a duration."""
    tokens = _with_minutes(section.tokens)
    fraction = _second_decimals(tokens)
    unit = Decimal(10) ** -fraction
    seconds = (Decimal(repr(abs(value))) * _DAY).quantize(unit)
    whole_days = int(seconds // _DAY) + (_FROM_1904 if from_1904 else 0)
    moment = _Moment(seconds, whole_days, "half" in section.kinds, section.language)
    parts, skip = [], 0
    for place, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif token.kind == "point" and fraction and _follows_seconds(tokens, place):
            parts.append(f"{seconds % 1:.{fraction}f}"[1:])
            skip = fraction
        else:
            parts.append(moment.part(token))
    return ("-" if value < 0 else "") + "".join(parts).strip()


class _Moment:
    """A point in time, told part by part."""

    def __init__(self, seconds: Decimal, day: int, halves: bool, language: str) -> None:
        self._seconds, self._serial, self._halves, self._language = int(seconds), day, halves, language
        self._year, self._month, self._day = _calendar(day)

    def part(self, token: Token) -> str:
        """What stands for one part of the format."""
        text = token.text.lower()
        if token.kind == "half":
            return self._half(token.text)
        if token.kind == "elapsed":
            return str(self._seconds // {"h": 3600, "m": 60, "s": 1}[text[0]]).zfill(len(text))
        if token.kind == "minutes":
            return str(self._seconds // 60 % 60).zfill(min(len(text), 2))
        if token.kind != "date":
            return token.text
        return self._clock(text) if text[0] in "hs" else self._calendar_part(text)

    def _half(self, text: str) -> str:
        late = self._seconds % _DAY >= _DAY // 2
        first, _, second = text.partition("/")
        return second if late else first

    def _clock(self, text: str) -> str:
        if text[0] == "s":
            return str(self._seconds % 60).zfill(min(len(text), 2))
        hour = self._seconds // 3600 % 24
        return str((hour - 1) % 12 + 1 if self._halves else hour).zfill(min(len(text), 2))

    def _calendar_part(self, text: str) -> str:
        if text[0] == "m":
            return self._named(self._month, text, months(self._language)[self._month - 1])
        if text[0] == "d":
            # Day 1 is a Sunday for Excel.
            return self._named(self._day, text, days(self._language)[(self._serial - 2) % 7])
        if text[0] == "g":
            return ""
        year = self._year + (_BUDDHIST if text[0] == "b" else 0)
        return f"{year % 100:02d}" if text[0] in "yb" and len(text) <= 2 else str(year)

    @staticmethod
    def _named(number: int, text: str, names: tuple[str, str]) -> str:
        if len(text) <= 2:
            return str(number).zfill(len(text))
        return names[1] if len(text) == 3 else names[0][0] if len(text) == 5 else names[0]


def _calendar(serial: int) -> tuple[int, int, int]:
    if serial in {0, _NO_DAY}:
        return (1900, 1, 0) if serial == 0 else (1900, 2, 29)
    found = date(1899, 12, 31 if serial < _NO_DAY else 30) + timedelta(days=min(serial, _LAST_DAY))
    return found.year, found.month, found.day


def _with_minutes(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, where `m` and `mm` beside hours or seconds are minutes."""
    times = [token for token in tokens if token.kind in {"date", "elapsed"}]
    minutes = set()
    for number, token in enumerate(times):
        if token.kind == "date" and token.text.lower() in {"m", "mm"}:
            before = times[number - 1].text.lower() if number else ""
            behind = times[number + 1].text.lower() if number + 1 < len(times) else ""
            if before.startswith("h") or behind.startswith("s"):
                minutes.add(number)
    counted = -1
    found = []
    for token in tokens:
        counted += token.kind in {"date", "elapsed"}
        is_minutes = token.kind == "date" and counted in minutes
        found.append(Token("minutes", token.text) if is_minutes else token)
    return found


def _second_decimals(tokens: Sequence[Token]) -> int:
    """How many digits of a second are shown, as in `ss.00`."""
    for place, token in enumerate(tokens):
        if token.kind == "point" and _follows_seconds(tokens, place):
            count = 0
            while place + 1 + count < len(tokens) and tokens[place + 1 + count].kind == "digit":
                count += 1
            return min(count, 6)
    return 0


def _follows_seconds(tokens: Sequence[Token], place: int) -> bool:
    return place > 0 and tokens[place - 1].kind in {"date", "elapsed"} and tokens[place - 1].text[:1].lower() == "s"
