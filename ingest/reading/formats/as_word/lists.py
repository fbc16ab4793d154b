"""Lists of numbers and bullets as Word defines them, from what old Word files and rich texts say of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.reading.formats.as_word.markup import attribute

_LEVELS = 9
# The kinds of numbers ([MS-OSHARED] 2.2.1.3, MSONFC) by the names of ISO/IEC 29500-1, ST_NumberFormat.
_FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 6: "cardinalText",
    7: "ordinalText", 8: "hex", 9: "chicago", 10: "ideographDigital", 11: "japaneseCounting", 12: "aiueo",
    14: "decimalFullWidth", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 20: "aiueoFullWidth",
    22: "decimalZero", 23: "bullet", 24: "ganada", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 33: "taiwaneseCounting",
    35: "taiwaneseCountingThousand", 37: "chineseCounting", 39: "chineseCountingThousand", 45: "hebrew2",
    46: "arabicAlpha", 57: "numberInDash", 58: "russianLower", 59: "russianUpper", 255: "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list. In `text`, the characters 0 to 8 stand for the numbers of these levels."""

    text: str
    format: int | str = 0
    start: int = 1
    digits_only: bool = False

    def markup(self, number: int, tag: str = "w:lvl") -> str:
        """The level with this number, from 0 on."""
        shown = "".join(f"%{ord(sign) + 1}" if ord(sign) < _LEVELS else sign for sign in self.text)
        name = self.format if isinstance(self.format, str) else _FORMATS.get(self.format, "decimal")
        only_digits = "<w:isLgl/>" if self.digits_only else ""
        return (
            f'<{tag} w:ilvl="{number}"><w:start w:val="{self.start}"/><w:numFmt w:val={attribute(name)}/>{only_digits}'
            f"<w:lvlText w:val={attribute(shown)}/></{tag}>"
        )


def list_parts(
    definitions: Mapping[str, Sequence[Level]], lists: Mapping[str, tuple[str, Mapping[int, int | Level]]]
) -> str:
    """What stands in the part with the lists.

    Args:
        definitions: The levels of each definition by its name.
        lists: Each list by its id: the name of its definition, and by level where it starts or what it is instead.
    """
    made = [
        f"<w:abstractNum w:abstractNumId={attribute(name)}>"
        f"{''.join(level.markup(number) for number, level in enumerate(levels[:_LEVELS]))}</w:abstractNum>"
        for name, levels in definitions.items()
    ]
    for list_id, (name, others) in lists.items():
        overrides = "".join(_override(number, other) for number, other in others.items())
        made.append(
            f"<w:num w:numId={attribute(list_id)}><w:abstractNumId w:val={attribute(name)}/>{overrides}</w:num>"
        )
    return "".join(made)


def _override(number: int, other: int | Level) -> str:
    inner = other.markup(number) if isinstance(other, Level) else f'<w:startOverride w:val="{other}"/>'
    return f'<w:lvlOverride w:ilvl="{number}">{inner}</w:lvlOverride>'
