"""The words of a text, as retrieval compares them and as a question's are shown in a passage."""

import re
import unicodedata
from collections.abc import Collection, Iterator

_WORD = re.compile(r"\w+")
# Scripts written without spaces between words: kana and the CJK ideographs. They are matched by pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")

# English words that say how a question is asked and not what about.
_FUNCTION_WORDS = (
    "a about after again all also am an and any are as at be because been before being between both but by can "
    "cannot could did do does doing done each else ever every for from get gets give given go got had has have "
    "having he her here hers him his how i if in into is it its itself just let like many may me might mine more "
    "most much must my no nor not of off on once one only or other our ours out over own per please same say says "
    "shall she should so some such t tell than that the their theirs them then there these they this those "
    "through to too under until up upon us very was we were what when where whether which while who whom whose "
    "why will with without would you your yours s d ll re ve m don doesn didn isn aren wasn weren won"
)
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


def words(text: str) -> list[str]:
    """The words that BM25 compares, in order: letter case and typographic variants set aside.

    >>> words("Café-Öffnung: 9 a.m.")
    ['café', 'öffnung', '9', 'a', 'm']
    >>> words("東京都 Tokyo")
    ['東京', '京都', 'tokyo']
    """
    found: list[str] = []
    for word in _WORD.findall(_folded(text)):
        found += _compared(word)
    return found


def content_words(question: str) -> list[str]:
    """The words of a question that say what it is about, each once, in order.

    >>> content_words("How long is the probation period, and what is probation?")
    ['long', 'probation', 'period']
    """
    return [word for word in dict.fromkeys(words(question)) if word not in FUNCTION_WORDS]


def spans(text: str, wanted: Collection[str]) -> Iterator[tuple[int, int]]:
    """Where in the text, from start to before end, the words stand that compare equal to one of `wanted`.

    >>> list(spans("Probation: the PROBATION period", {"probation"}))
    [(0, 9), (15, 24)]
    """
    for match in _WORD.finditer(text):
        if not set(_compared(_folded(match.group()))).isdisjoint(wanted):
            yield match.span()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _compared(word: str) -> list[str]:
    if _UNSPACED.fullmatch(word) and len(word) > 1:
        return [word[start : start + 2] for start in range(len(word) - 1)]
    return [word]
