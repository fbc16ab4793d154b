"""The form in which a word is compared: without case, accents, umlauts and endings."""

import re
import threading
import unicodedata
from functools import lru_cache

from snowballstemmer import stemmer

_ACCENTED = re.compile(r"[^\x00-\x7f]")
# People type an umlaut without its dots as a vowel and an "e". After another vowel or a "q", as in "queue", it is no
# umlaut. The rule is that of Lucene's GermanNormalizationFilter, after the German2 stemmer of Snowball.
_TYPED_UMLAUT = re.compile(r"(?<![aeiouyq])([aou])e")
_SHORTEST = 4  # letters; in a shorter word, endings and umlauts stay


class _Stemmers(threading.local):
    """A stemmer for each thread: it keeps the word that it is at, so two threads would cut each other's words."""

    def __init__(self) -> None:
        self.english = stemmer("english")


_stemmers = _Stemmers()


def folded(text: str) -> str:
    """Remove case and typographic variants. The length of the text may change.

    >>> folded("Straße ﬁlter")
    'strasse filter'
    """
    return unicodedata.normalize("NFKC", text).casefold()


def form(word: str) -> str:
    """The form of a folded word: without accents, with one spelling of umlauts, without its English ending.

    >>> form("kündigungen") == form("kuendigungen"), form("café"), form("holidays")
    (True, 'cafe', 'holiday')
    """
    return _form(word)


@lru_cache(maxsize=200_000)
def _form(word: str) -> str:
    if _ACCENTED.search(word):
        decomposed = unicodedata.normalize("NFD", word)
        word = "".join(letter for letter in decomposed if not unicodedata.combining(letter)) or word
    if len(word) < _SHORTEST or not word.isalpha():
        return word
    return _TYPED_UMLAUT.sub(r"\1", _stemmers.english.stemWord(word))
