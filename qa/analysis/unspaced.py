"""Scripts without spaces between words, and Korean, whose words have endings: text in them is compared by pairs.

A pair of characters is shorter than a word or as long, so that words are found without a dictionary of each language.
"""

import re
import unicodedata
from collections.abc import Iterator

from qa.analysis.word_forms import folded

# Thai and Lao, Burmese, Khmer, kana, Chinese characters, Hangul: their letters and the marks on these, no digits or
# punctuation marks. In Thai and its neighbours, `\w` of `re` has no marks.
_LETTERS = (
    "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ebd\u0ec0-\u0ece\u0edc-\u0edf\u1000-\u103f\u1050-\u108f\u1780-\u17d3"
    "\u3005-\u3007\u3031-\u3035\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff\u1100-\u11ff\uac00-\ud7a3"
)
_VARIANTS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"  # say which drawing of a character is meant
UNSPACED = f"{_LETTERS}{_VARIANTS}"  # for a set of characters in a regular expression
RUN = re.compile(f"[{_LETTERS}][{UNSPACED}]*")
_VARIANT = re.compile(f"[{_VARIANTS}]+")
# Half-width voicing marks are letters in Unicode, and Korean written in parts has vowels and ends after its first part.
_MARK = re.compile("[\uff9e\uff9f\u1160-\u11ff]")


def pairs(run: str) -> Iterator[tuple[int, int, str]]:
    """The pairs of characters in a row, each with its marks; the character where it is alone.

    Args:
        run: Text that `RUN` matches.

    Yields:
        The start of a pair, the place after its end, and the term by which it is compared.

    Example:
        >>> list(pairs("東京都")), list(pairs("車"))
        ([(0, 2, '東京'), (1, 3, '京都')], [(0, 1, '車')])
        >>> [term for _, _, term in pairs("ลาป่วย")]
        ['ลา', 'าป่', 'ป่ว', 'วย']
    """
    starts = [at for at, letter in enumerate(run) if at == 0 or not _is_mark(letter)]
    ends = [*starts[1:], len(run)]
    for start, end in zip(starts, ends[1:] or ends, strict=False):
        yield start, end, folded(_VARIANT.sub("", run[start:end]))


def mostly_unspaced(text: str) -> bool:
    """Whether more than half of the letters of a text are of these scripts.

    >>> mostly_unspaced("WiFi密码是什么？"), mostly_unspaced("What does 休暇 mean?")
    (True, False)
    """
    own = sum(len(run) for run in RUN.findall(text))
    return own > sum(letter.isalpha() for letter in RUN.sub("", text))


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M") or _MARK.match(letter) is not None
