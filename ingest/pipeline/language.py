"""Which language a document is in, where it clearly is in one.

The bundled models know English best, so a person is told where a document is in another language. A few short pieces of
the text are looked at, however long it is. This is done here and not in the reading child, as the model of `py3langid`
is unpacked into a file, and the child may write none.
"""

import random
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ingest.languages import LANGUAGES

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# So many pieces of a document are looked at, each of so many characters; one with fewer letters says too little.
_PIECES, _PIECE, _FEWEST_LETTERS = 40, 800, 60
# The share of the pieces that must be in one language, and how sure each must be.
_SHARE, _SURE = 0.7, 0.95
# Where so many of the words are these, a text is English, and the model need not be loaded.
_COMMON = "the of and to is that for with are this by from be it not or on as you your can"
_ENGLISH = frozenset(_COMMON.split())
_ENGLISH_SHARE, _FEWEST_WORDS = 0.16, 30
_WORD = re.compile(r"[^\W\d_]+")
# Codes, numbers, addresses and paths are of no language.
_NOISE = re.compile(r"[\d@/\\_=<>{}|]")


def language_of(texts: Sequence[str]) -> str | None:
    """The language of a document.

    Args:
        texts: The texts of its passages, in their order.

    Returns:
        A code as in `LANGUAGES`; None where the document is not clearly in one language, or too short to tell.

    Example:
        >>> language_of(["The lift is out of order, and the stairs are to be used by all who can walk. It is not for "
        ...              "long: the maker is on the way, and the lift is to be in use on Monday."])
        'en'
    """
    chosen = texts if len(texts) <= _PIECES else random.Random(0).sample(texts, _PIECES)
    pieces = [piece for text in chosen if sum(map(str.isalpha, piece := _without_noise(text))) >= _FEWEST_LETTERS]
    if not pieces or _is_english(" ".join(pieces)):
        return "en" if pieces else None
    found = Counter[str]()
    for piece in pieces:
        code, sure = _identifier().classify(piece)
        found[code] += sure >= _SURE
    code, count = found.most_common(1)[0]
    return code if count >= _SHARE * len(pieces) else None


def _without_noise(text: str) -> str:
    return " ".join(word for word in text[:_PIECE].split() if not _NOISE.search(word))


def _is_english(text: str) -> bool:
    words = [word.casefold() for word in _WORD.findall(text)]
    return len(words) >= _FEWEST_WORDS and sum(word in _ENGLISH for word in words) >= _ENGLISH_SHARE * len(words)


@cache
def _identifier() -> "LanguageIdentifier":
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - only where English is in doubt

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
