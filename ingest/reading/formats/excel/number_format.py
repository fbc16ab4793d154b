"""A cell's value as Excel shows it with the cell's number format."""

import math
import operator
from collections.abc import Callable
from functools import lru_cache

from ingest.reading.formats.excel.calendar_format import is_serial, shown_moment
from ingest.reading.formats.excel.digits import general, shown_number
from ingest.reading.formats.excel.format_codes import FormatSection, format_sections

_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip


def shown(value: object, code: str = "General", from_1904: bool = False) -> str:
    """A value as text, as Excel shows it where the column is wide enough.

    Args:
        value: What the cell holds: a number, a text or a truth value; None for nothing. A date is a number of days.
        code: The cell's number format.
        from_1904: Whether the workbook counts days from 1904.

    Example:
        >>> shown(56701.0309, '"$"#,##0.00'), shown(0.653, "0%"), shown(1.2708333, "[h]:mm"), shown(417, "00000")
        ('$56,701.03', '65%', '30:30', '00417')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_shown(value, code, from_1904) if code not in {"General", ""} else general(value)
    return _text_shown(str(value), code) if code not in {"General", "@", ""} else str(value)


@lru_cache(maxsize=20_000)
def _number_shown(value: float, code: str, from_1904: bool) -> str:
    try:
        if not math.isfinite(value):
            return str(value)
        section, sign = _section_for(value, format_sections(code))
        if section is None or not section.tokens:
            return ""
        if section.is_date:
            # Excel fills the cell with # where there is no such day. What it holds is more useful.
            return shown_moment(value, section, from_1904) if is_serial(value, section) else general(value)
        return sign + shown_number(abs(value), section)
    except (ArithmeticError, ValueError):
        return general(value)


def _text_shown(text: str, code: str) -> str:
    """A text: only a section with @ or the fourth one changes it."""
    sections = format_sections(code)
    section = sections[3] if len(sections) > 3 else next((part for part in sections if "text" in part.kinds), None)
    if section is None or (section.kinds - {"text", "literal"}):
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens).strip()


def _section_for(value: float, sections: tuple[FormatSection, ...]) -> tuple[FormatSection | None, str]:
    """The section for a number, and the sign that goes before it."""
    numeric = sections[:3]
    minus = "-" if value < 0 else ""
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(value, section.condition):
                # A section only for numbers below zero writes their sign itself.
                own = (
                    section.condition is not None and section.condition[0] in {"<", "<="} and section.condition[1] <= 0
                )
                return section, "" if own else minus
        return None, ""
    if len(numeric) == 1 or (len(numeric) == 2 and "text" in numeric[1].kinds):
        return numeric[0], minus
    if value < 0:
        return numeric[1], ""
    return numeric[2 if value == 0 and len(numeric) > 2 and "text" not in numeric[2].kinds else 0], ""


def _holds(value: float, condition: tuple[str, float]) -> bool:
    return _COMPARISONS[condition[0]](value, condition[1])
