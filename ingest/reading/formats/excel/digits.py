"""Numbers as a section of a number format shows them: thousands, decimals, percent, fractions, powers of ten."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from ingest.reading.formats.excel.format_codes import FormatSection, Token

# Excel keeps fifteen digits, and shows eleven characters of a number that has no format.
_DIGITS = 15
_GENERAL_WIDTH = 11
_MOST_DECIMALS = 30


def general(value: float) -> str:
    """A number without a format. Whole numbers keep all of their digits, so that long ones are found.

    >>> general(2.5), general(1 / 3), general(4006381333931), general(0.1 + 0.2), general(1.5e-7)
    ('2.5', '0.333333333', '4006381333931', '0.3', '1.5E-07')
    """
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(f"{value:.{_DIGITS}g}") if isinstance(value, float) else Decimal(value)
    if not exact or (exact == exact.to_integral_value() and abs(exact) < 10**_DIGITS):
        return str(int(exact))
    if not Decimal("1e-4") <= abs(exact) < 10 ** (_GENERAL_WIDTH - 1):
        mantissa, _, exponent = f"{exact:.5E}".partition("E")
        return f"{_without_zeros(mantissa)}E{int(exponent):+03d}"
    whole = len(str(int(abs(exact))))
    return _without_zeros(f"{exact:.{_GENERAL_WIDTH - 1 - whole}f}")


def shown_number(value: float, section: FormatSection) -> str:
    """A number that is not below zero, as a section without a date shows it."""
    tokens = section.tokens
    number = Decimal(f"{value:.{_DIGITS}g}") * 100 ** sum(token.kind == "percent" for token in tokens)
    with localcontext() as context:
        context.prec = 350
        if "general" in section.kinds or "text" in section.kinds:
            return _with(tokens, {"general", "text"}, general(value))
        if "digit" not in section.kinds:
            return _literals(tokens)
        if "exponent" in section.kinds:
            return _power(number, tokens)
        if _slash(tokens) is not None:
            return _fraction(number, tokens)
        return _decimal(number, tokens)


def _decimal(number: Decimal, tokens: Sequence[Token]) -> str:
    places = [place for place, token in enumerate(tokens) if token.kind == "digit"]
    point = next((place for place, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [place for place in places if place < point]
    decimals = [place for place in places if place > point]
    commas = [place for place, token in enumerate(tokens) if token.kind == "comma"]
    # A comma behind the last digit divides by a thousand; one between two digits separates thousands.
    last = whole[-1] if whole else -1
    scaled = sum(1 for place in commas if last < place < point or (decimals and place > decimals[-1]))
    grouped = any(whole and whole[0] < place < last for place in commas)
    rounded = (number / 1000**scaled).quantize(Decimal(1).scaleb(-min(len(decimals), _MOST_DECIMALS)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    cells = dict(zip(decimals, _decimals(right, [tokens[place].text for place in decimals]), strict=False))
    cells |= _whole("" if left == "0" else left, [(place, tokens[place].text) for place in whole], grouped)
    return _joined(tokens, cells)


def _decimals(digits: str, places: Sequence[str]) -> list[str]:
    """The digits behind the point. Zeros at the end are shown by 0 and left out by # and ?."""
    kept = len(digits.rstrip("0"))
    return [
        digit if number < kept or any(place == "0" for place in places[number:]) else ""
        for number, digit in enumerate(digits)
    ]


def _whole(digits: str, places: Sequence[tuple[int, str]], grouped: bool) -> dict[int, str]:
    """The digits before the point, from the right to the left; what is left over stands in the first place."""
    cells: dict[int, str] = {}
    taken = 0
    for place, kind in reversed(places):
        end = max(len(digits) - taken, 0)
        rest = digits[:end] if place == places[0][0] else digits[max(end - 1, 0) : end]
        rest = rest or ("0" if kind == "0" else "")
        cells[place] = _grouped(rest, taken) if grouped else rest
        taken += len(rest)
    return cells


def _grouped(digits: str, behind: int) -> str:
    """Digits with a comma after each that has a multiple of three behind it."""
    length = len(digits)
    return "".join(
        digit + ("," if (left := length - number - 1 + behind) and left % 3 == 0 else "")
        for number, digit in enumerate(digits)
    )


def _joined(tokens: Sequence[Token], cells: dict[int, str]) -> str:
    parts = []
    for place, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(cells.get(place, ""))
        elif token.kind != "comma":
            parts.append(token.text)
    return "".join(parts).strip()


def _power(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number such as 1.50E+03. Three places before the point make the exponent a multiple of three."""
    mark = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    before, after = tokens[:mark], tokens[mark + 1 :]
    point = next((place for place, token in enumerate(before) if token.kind == "point"), len(before))
    step = max(1, sum(token.kind == "digit" for token in before[:point]))
    decimals = sum(token.kind == "digit" for token in before[point:])
    exponent = (number.adjusted() // step * step) if number else 0
    if number and round(number.scaleb(-exponent), decimals) >= 10**step:
        exponent += step
    mantissa = _decimal(number.scaleb(-exponent), before)
    sign = "-" if exponent < 0 else "+" if tokens[mark].text.endswith("+") else ""
    return f"{mantissa}E{sign}{_decimal(Decimal(abs(exponent)), after)}"


def _slash(tokens: Sequence[Token]) -> int | None:
    """Where the line of a fraction is: a slash with digits on both sides."""
    for place, token in enumerate(tokens):
        if token.kind == "slash":
            before = any(other.kind == "digit" for other in tokens[:place])
            behind = "".join(other.text for other in tokens[place + 1 :]).strip()
            return place if before and behind[:1] and behind[0] in "0#?123456789" else None
    return None


def _fraction(number: Decimal, tokens: Sequence[Token]) -> str:
    """A number such as 2 3/4. A denominator that is written out stays as it is."""
    line = _slash(tokens) or 0
    below = "".join(token.text for token in tokens[line + 1 :]).strip()
    fixed = "".join(letter for letter in below if letter.isdecimal()).lstrip("0")
    whole_first = any(token.kind == "literal" and token.text == " " for token in tokens[:line])
    whole = int(number) if whole_first else 0
    rest = Fraction(number) - whole
    if fixed:
        denominator = int(fixed)
        numerator = int(rest * denominator + Fraction(1, 2))
    else:
        nearest = rest.limit_denominator(10 ** min(sum(letter in "0#?" for letter in below), 4) - 1)
        numerator, denominator = nearest.numerator, nearest.denominator
    if whole_first and numerator == denominator:
        whole, numerator = whole + 1, 0
    if whole_first and not numerator:
        return str(whole)
    return f"{whole} {numerator}/{denominator}" if whole else f"{numerator}/{denominator}"


def _with(tokens: Sequence[Token], kinds: set[str], text: str) -> str:
    return "".join(text if token.kind in kinds else token.text for token in tokens).strip()


def _literals(tokens: Sequence[Token]) -> str:
    return "".join(token.text for token in tokens).strip()


def _without_zeros(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits
