"""The search in conversations: every word is looked for in names, questions and passages, also within longer words."""

import re
import unicodedata
from collections.abc import Sequence

from sqlalchemy import Connection, Select, func, literal_column, or_, select

from ingest.reading.clean import without_lone_surrogates
from ingest.store.tables import CONVERSATIONS, TURN_TEXTS, TURNS
from qa.conversations.turn import Turn

_GRAM = 3  # characters; what the index is made of
_AROUND = 12  # words of an excerpt before and after the one that was found
_MOST_GRAMS = 50  # of a longer word the index is asked for the beginning
_ACCENTS = re.compile("[\u0300-\u036f]")


def folded(text: str) -> str:
    """`text` as it is searched: letter case, accents and forms of the same character make no difference.

    >>> folded("Die Straße öffnet")
    'die strasse offnet'
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    if text.isascii():
        return text.replace("\0", " ")
    text = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return without_lone_surrogates(unicodedata.normalize("NFKC", text)).replace("\0", " ")


def searched_text(turn: Turn) -> str:
    """Every different word of the question and of the passages of a turn, folded: what the index holds of it."""
    texts = [turn.question]
    texts += [hit.candidate.passage.text for hit in turn.answer.hits] if turn.answer else []
    return " ".join(dict.fromkeys(folded("\n".join(texts)).split()))


def excerpt(turns: Sequence[Turn], words: str) -> str | None:
    """The text around the first of these words that stands in a question or passage, on one line; None where none does.

    >>> excerpt([Turn("When does the café open?", None, None)], "CAFE")
    'When does the café open?'
    """
    wanted = folded(words).split()
    for turn in turns:
        passages = [hit.candidate.passage.text for hit in turn.answer.hits] if turn.answer else []
        for text in (turn.question, *passages):
            pieces = text.split()
            at = next((at for at, piece in enumerate(pieces) if any(word in folded(piece) for word in wanted)), None)
            if at is not None:
                start, end = max(at - _AROUND, 0), at + _AROUND + 1
                around = ["…"] * (start > 0) + pieces[start:end] + ["…"] * (end < len(pieces))
                return " ".join(around)
    return None


def matching_conversations(connection: Connection, words: Sequence[str]) -> set[int]:
    """The numbers of the conversations in which all these words stand; the words are folded, one at least."""
    found: set[int] | None = None
    for word in dict.fromkeys(words):
        with_word = set(connection.execute(_conversations_with(word)).scalars())
        found = with_word if found is None else found & with_word
        if not found:
            break
    return found or set()


def _conversations_with(word: str) -> Select[int]:
    """In a turn, or in the name. The index finds the turns with all three-character parts of the word, in any order."""
    in_turn = (
        select(TURNS.c.conversation)
        .join(TURN_TEXTS, TURN_TEXTS.c.rowid == TURNS.c.number)
        .where(func.instr(TURN_TEXTS.c.text, word) > 0)
    )
    if len(word) >= _GRAM:
        in_turn = in_turn.where(literal_column("turn_texts").op("MATCH")(_grams_query(word)))
    in_name = func.instr(CONVERSATIONS.c.name_searched, word) > 0
    return select(CONVERSATIONS.c.number).where(or_(in_name, CONVERSATIONS.c.number.in_(in_turn)))


def _grams_query(word: str) -> str:
    """The query of FTS5 for a word of three characters or more.

    >>> _grams_query('5"-hose')
    '"5""-" AND ""\"-h" AND "-ho" AND "hos" AND "ose"'
    """
    grams = [word[start : start + _GRAM] for start in range(len(word) - _GRAM + 1)]
    return " AND ".join('"' + gram.replace('"', '""') + '"' for gram in dict.fromkeys(grams[:_MOST_GRAMS]))
