"""The parts of a number format such as `#,##0.00 "kg";[Red]-0` ([ECMA-376 part 1, 18.8.31])."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

# A format of Excel has at most 255 characters.
_LONGEST = 1000
_TOKEN = re.compile(
    r"""
    "(?P<quoted>[^"]*)"?                            # a text
    | [\\!](?P<escaped>.)                           # a single character as it is
    | _(?P<padding>.) | \*(?P<fill>.)               # as wide as a character; a character that fills the cell
    | \[(?P<bracket>[^\]]*)\]                       # a colour, a condition, a currency, a language, hours in all
    | (?P<general>general)
    | (?P<half>am/pm|a/p)
    | (?P<exponent>e[+-])
    | (?P<date>y+|m+|d+|h+|s+|b{2,4}|e+|g+)
    | (?P<digit>[0#?])
    | (?P<text>@)
    | (?P<other>.)
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_CURRENCY = re.compile(r"\$(?P<sign>[^-]*)(?:-(?P<language>[^,]*))?.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Token:
    """One part of a format: `kind` is the name of a group above, or elapsed, point, comma, percent, slash, literal."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FormatSection:
    """What stands between two semicolons. `condition` says for which numbers; `language` is as `407` or `de-DE`."""

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, float] | None = None
    language: str = ""
    kinds: frozenset[str] = field(default=frozenset())

    @property
    def is_date(self) -> bool:
        """Whether it shows a date, a time or a duration."""
        return bool(self.kinds & {"date", "elapsed", "half"})


@lru_cache(maxsize=1024)
def format_sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a number format, at least one."""
    sections: list[FormatSection] = []
    tokens: list[Token] = []
    notes: list[str] = []
    for found in _TOKEN.finditer(code[:_LONGEST]):
        kind, text = _kind_and_text(found)
        if kind == "other" and text == ";":
            sections.append(_section(tokens, notes))
            tokens, notes = [], []
        elif kind == "bracket":
            notes.append(text)
            tokens.extend(_bracket(text))
        else:
            tokens.append(Token(_OTHERS.get(text, "literal") if kind == "other" else kind, text))
    return (*sections, _section(tokens, notes))


_OTHERS = {".": "point", ",": "comma", "%": "percent", "/": "slash"}


def _kind_and_text(found: re.Match[str]) -> tuple[str, str]:
    kind = found.lastgroup or "other"
    text = found[kind]
    if kind in {"quoted", "escaped"}:
        return "literal", text
    # As in Excel's own function TEXT.
    return ("literal", " ") if kind == "padding" else (kind, text)


def _bracket(text: str) -> list[Token]:
    if _ELAPSED.fullmatch(text):
        return [Token("elapsed", text.lower())]
    currency = _CURRENCY.fullmatch(text)
    return [Token("literal", currency["sign"])] if currency and currency["sign"] else []


def _section(tokens: list[Token], notes: list[str]) -> FormatSection:
    condition, language = None, ""
    for note in notes:
        if compared := _CONDITION.fullmatch(note.strip()):
            condition = (compared[1], float(compared[2]))
        elif (currency := _CURRENCY.fullmatch(note)) and currency["language"]:
            language = currency["language"]
    kept = tuple(token for token in tokens if token.kind != "fill")
    return FormatSection(kept, condition, language, frozenset(token.kind for token in kept))
