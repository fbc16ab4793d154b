"""One word in the form in which it is compared: letter case, accents, umlauts and endings set aside."""

import re
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

# Scripts written without spaces between words: kana and the CJK ideographs. They are matched by pairs of characters.
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_ACCENTED = re.compile(r"[^\x00-\x7f]")
# A vowel with an "e" after it is how an umlaut is typed without its dots; not after another vowel or a "q", as in
# "queue". The rule is that of Lucene's GermanNormalizationFilter, after the German2 stemmer of Snowball.
_TYPED_UMLAUT = re.compile(r"(?<![aeiouyq])([aou])e")
_SHORTEST = 4  # letters of a word that an ending or an umlaut is looked for in

_english = stemmer("english")


def folded(text: str) -> str:
    """Letter case and typographic variants set aside; the text may change its length.

    >>> folded("Straße ﬁlter")
    'strasse filter'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def form(word: str) -> str:
    """A folded word without accents, in the one spelling of its umlauts, without its English ending.

    >>> form("kündigungen") == form("kuendigungen"), form("café"), form("holidays")
    (True, 'cafe', 'holiday')
    """
    return _form(word)


def forms(word: str) -> list[str]:
    """What a folded word is compared by: its form; of a script without spaces its pairs of characters.

    >>> forms("東京都"), forms("periods")
    (['東京', '京都'], ['period'])
    """
    if _UNSPACED.fullmatch(word) and len(word) > 1:
        return [word[start : start + 2] for start in range(len(word) - 1)]
    return [form(word)]


@lru_cache(maxsize=200_000)
def _form(word: str) -> str:
    if _ACCENTED.search(word):
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter)) or word
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    return _TYPED_UMLAUT.sub(r"\1", _english.stemWord(word))
