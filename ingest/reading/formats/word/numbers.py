"""A number of a list as Word writes it: 3, iii, c, third, 三 and others (ISO/IEC 29500-1, ST_NumberFormat)."""

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_KOREAN = "가나다라마바사아자차카타파하"
_KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CHICAGO = "*†‡§"
_CHINESE = "〇一二三四五六七八九"
_CHINESE_TENS = ((1000, "千"), (100, "百"), (10, "十"))
_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
              "twelve": "twelfth"}  # fmt: skip
# Above this, a number is written in digits: letters would be repeated without end.
_LARGEST = 3999


def formatted(number: int, kind: str) -> str:
    """Write a number in one of Word's formats; in digits where the format is not known or the number is too large.

    >>> formatted(4, "upperRoman"), formatted(28, "lowerLetter"), formatted(12, "ordinalText")
    ('IV', 'bb', 'Twelfth')
    """
    if kind == "none":
        return ""
    form = _FORMATS.get(kind)
    return form(number) if form is not None and 0 < number <= _LARGEST else str(number)


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        written += sign * (number // size)
        number %= size
    return written


def _letters(alphabet: str) -> Callable[[int], str]:
    """Letters one after the other; after the last one, each is written twice, then three times."""
    return lambda number: alphabet[(number - 1) % len(alphabet)] * ((number - 1) // len(alphabet) + 1)


def _chinese(number: int) -> str:
    written, zero = "", False
    for size, sign in _CHINESE_TENS:
        digit, number = divmod(number, size)
        if digit:
            written += ("〇" if zero else "") + (_CHINESE[digit] if (digit, size) != (1, 10) or written else "") + sign
        zero = not digit and bool(written) and number > 0
    return written + ("〇" if zero and number else "") + (_CHINESE[number] if number else "")


def _cardinal(number: int) -> str:
    if number < 20:
        return _ONES[number]
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            return f"{_cardinal(number // size)} {word}" + (f" {_cardinal(rest)}" if rest else "")
    return _TENS[number // 10 - 2] + (f"-{_ONES[number % 10]}" if number % 10 else "")


def _ordinal_word(number: int) -> str:
    words = _cardinal(number)
    start = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[start:]
    ordinal = _IRREGULAR.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th")
    return words[:start] + ordinal


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 % 10 != 1 else "th"
    return f"{number}{ending}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "ordinal": _ordinal,
    "cardinalText": lambda number: _cardinal(number).capitalize(),
    "ordinalText": lambda number: _ordinal_word(number).capitalize(),
    "chicago": _letters(_CHICAGO),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "hebrew2": _letters(_HEBREW),
    "arabicAlpha": _letters(_ARABIC),
    "ganada": _letters(_KOREAN),
    "aiueoFullWidth": _letters(_KATAKANA),
    "aiueo": _letters(_KATAKANA),
    "ideographTraditional": _letters(_STEMS),
    "decimalFullWidth": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalFullWidth2": lambda number: str(number).translate({48 + digit: 0xFF10 + digit for digit in range(10)}),
    "decimalEnclosedCircle": lambda number: chr(0x2460 + number - 1) if number <= 20 else str(number),
    "decimalEnclosedCircleChinese": lambda number: chr(0x2460 + number - 1) if number <= 20 else str(number),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "japaneseCounting": _chinese,
    "ideographDigital": lambda number: "".join(_CHINESE[int(digit)] for digit in str(number)),
    "japaneseDigitalTenThousand": lambda number: "".join(_CHINESE[int(digit)] for digit in str(number)),
}
