"""How legible the text layer of a page is: whether it reads like a language, or like glyph numbers and shifted letters.

Where a font does not say which letters its glyphs are, what stands in the file is not what a person sees.
"""

import math
import re
import unicodedata
from collections import Counter

from ingest.reading.formats.layout.line import HYPHEN_MARKS

# How frequent the letters are in the languages of Europe, in per cent: the mean of English, German, French, Spanish,
# Italian and Dutch, rounded.
_SHARES = (
    *(8.8, 1.5, 3.2, 4.5, 15.0, 1.5, 2.0, 2.8, 7.5, 0.4, 0.7, 4.6, 2.8),
    *(8.2, 6.2, 2.5, 0.6, 6.7, 6.7, 7.0, 4.3, 1.5, 1.0, 0.2, 0.8, 0.6),
)
_USUAL_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", _SHARES, strict=True))
_WORDS_OF_LANGUAGES = """
    the of and to in is for on with that are by as at or be this from it an not was der die das und den von zu mit ist
    des im dem auf für nicht ein eine le la les et du en un une que dans pour est pas sur par el los las del por con
    una se il di che per non della van het een te dat op voor och att det som på är og til af er ja ei na do nie jest
    že je az és egy hogy ve bir bu da si nu cu
"""
_FUNCTION_WORDS = frozenset(_WORDS_OF_LANGUAGES.split())
# The dots of a table of contents, and what people draw to write on.
_LEADERS = re.compile(r"(?:[.·…_-][ \t]?){3,}")
_TOKEN = re.compile(r"\S+")
_EDGE = r"[\W_]{0,3}"
_WORD = re.compile(rf"{_EDGE}[^\W\d_]+(?:[-'’./&\u2010][^\W\d_]+)*{_EDGE}")
_NUMBER = re.compile(r"[-+–−(\[<>~±]*[€$£¥#§]?\d[\d.,:/'’%°–-]*[\w€$£¥%)\].,;:]{0,4}")
_CODE = re.compile(r"[(\[]?\w+(?:[-./_:@]\w+)*[)\].,;:]{0,2}")
# Fewer letters say nothing about how frequent they are.
_FEWEST_LETTERS = 40
# How alike the letters of a text and of the languages are, as the cosine. A language of another family is less alike,
# and then its vowels tell that it is one.
_UNLIKE, _RATHER_ALIKE, _ALIKE = 0.66, 0.69, 0.82
# The share of words that are function words: in a language it is about 0.3, and by chance it is rarely so high.
_TELLING_SHARE, _TELLING_WORDS = 0.08, 3
# Nearly every word of a language has a vowel, and so many of its letters are vowels.
_VOWELS, _VOWEL_SHARE, _VOICED_SHARE = frozenset("aeiouy"), (0.33, 0.6), 0.95
_BROKEN = {"Co", "Cn", "Cs", "Cc"}


def legibility(text: str) -> float:
    """How legible a text is, from 0 for glyph numbers to 1 for a language, a table of numbers or another script.

    Example:
        >>> legibility("The water is turned off on Thursday."), legibility('5%>>|"*)45"95%>>5698:469>#:5*/51*')
        (1.0, 0.0)
    """
    text = _LEADERS.sub(" ", re.sub(f"[{HYPHEN_MARKS}]", "-", text))
    # A sign alone, such as a bullet, tells nothing.
    tokens = [token for token in _TOKEN.findall(text) if len(token) > 1 or token.isalnum() or _is_broken(token)]
    size = sum(map(len, tokens))
    if not size:
        return 0.0
    broken = sum(map(_is_broken, "".join(tokens)))
    words = sum(len(token) for token in tokens if _reads(token))
    return max(0.0, min(words / size, 1 - 2 * broken / size)) * _likeness(text)


def _is_broken(letter: str) -> bool:
    return letter == "\ufffd" or unicodedata.category(letter) in _BROKEN


def _reads(token: str) -> bool:
    return any(form.fullmatch(token) for form in (_WORD, _NUMBER, _CODE)) or not token.isascii()


def _likeness(text: str) -> float:
    """How alike the letters are to those of a language, from 0 to 1. Other scripts than Latin are not judged."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = [letter for letter in plain if letter.isalpha()]
    latin = Counter(letter for letter in letters if letter in _USUAL_LETTERS)
    if latin.total() < max(_FEWEST_LETTERS, len(letters) / 2):
        return 1.0
    words = re.findall(r"[^\W\d_]{2,}", text.casefold())
    told = sum(1 for word in words if word in _FUNCTION_WORDS)
    if told >= _TELLING_WORDS and told > _TELLING_SHARE * len(words):
        return 1.0
    alike = sum(latin[letter] * share for letter, share in _USUAL_LETTERS.items())
    alike /= math.hypot(*latin.values()) * math.hypot(*_USUAL_LETTERS.values())
    if alike > _RATHER_ALIKE and _is_voiced(words):
        return 1.0
    return max(0.0, min(1.0, (alike - _UNLIKE) / (_ALIKE - _UNLIKE)))


def _is_voiced(words: list[str]) -> bool:
    """Whether the vowels are spread over the words as in a language."""
    plain = ["".join(filter(str.isalpha, unicodedata.normalize("NFKD", word))) for word in words if len(word) > 2]
    vowels = sum(letter in _VOWELS for word in plain for letter in word)
    low, high = _VOWEL_SHARE
    if not low * sum(map(len, plain)) < vowels < high * sum(map(len, plain)):
        return False
    return sum(not _VOWELS.isdisjoint(word) for word in plain) >= _VOICED_SHARE * len(plain)
