"""Sections to passages: by paragraphs and sentences, within a budget of tokens, never across a heading or a page.

What looks like a heading or a question stands with the text after it, where the budget allows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from semantic_text_splitter import TextSplitter

from ingest.document import Passage, Section
from ingest.reading.heading_lines import looks_like_heading, looks_like_question
from ingest.reading.placed import UNSPACED
from ingest.reading.section_places import by_line, cut_out
from ingest.reading.table_rows import as_one, cells_name

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# A word of any length may be one token, the unknown one. A passage has at most so many characters a token.
_CHARACTERS_PER_TOKEN = 100
# The same in scripts without spaces: a tokenizer that does not know Thai takes a whole line for one word.
_UNSPACED_PER_TOKEN = 4
_ENDS = ".!?…。！？"
_UNSPACED_LETTER = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Cut:
    """How sections are cut into passages: the tokenizer that counts, as JSON, and the longest passage in tokens."""

    tokenizer: str
    tokens: int


def cutter(cut: Cut) -> Callable[[Section], Iterator[Section]]:
    """A function that cuts one section into pieces of at most so many tokens, with its page, heading, places and cells.

    Joined again, the pieces of a section are its text, except for white space.
    """
    by_tokens = TextSplitter.from_huggingface_tokenizer_str(cut.tokenizer, cut.tokens)
    by_characters = {each: TextSplitter(cut.tokens * each) for each in (_CHARACTERS_PER_TOKEN, _UNSPACED_PER_TOKEN)}

    def pieces(section: Section) -> Iterator[Section]:
        whole = list(by_tokens.chunk_indices(section.text))
        for start, text in _with_their_headings(section.text, whole, lambda text: len(by_tokens.chunks(text)) == 1):
            each = _UNSPACED_PER_TOKEN if _is_unspaced(text) else _CHARACTERS_PER_TOKEN
            is_long = len(text) > cut.tokens * each
            for further, piece in by_characters[each].chunk_indices(text) if is_long else [(0, text)]:
                first = start + further
                places = by_line(cut_out(section.places, first, first + len(piece)))
                cells = as_one(cut_out(section.cells, first, first + len(piece)))
                yield replace(section, text=piece, places=places, cells=cells)

    return pieces


def split(sections: Iterable[Section], document_id: str, tokenizer: "Tokenizer", budget: int) -> Iterator[Passage]:
    """Cut sections into passages, in this process. The app has the text of files cut where they are read, by `read`.

    Joined again, the passages of a section are its text, except for white space. Nothing is lost and nothing doubled.

    Args:
        sections: The sections of one document, in their order.
        document_id: The document's id, which is part of every passage.
        tokenizer: Counts the tokens; it must not truncate. `BiEncoder.tokenizer` is one.
        budget: The longest passage, in tokens.

    Returns:
        The passages, counted from 0 through the document.

    Example:
        >>> from ingest import Section, split
        >>> from tokenizers import Tokenizer, models, pre_tokenizers
        >>> words = Tokenizer(models.WordLevel({"?": 0}, unk_token="?"))
        >>> words.pre_tokenizer = pre_tokenizers.Whitespace()
        >>> [passage.text for passage in split([Section("One two. Three four.", page=7)], "id", words, budget=3)]
        ['One two.', 'Three four.']
    """
    pieces = cutter(Cut(tokenizer.to_str(), budget))
    return passages_of((piece for section in sections for piece in pieces(section)), document_id)


def _is_unspaced(text: str) -> bool:
    """Whether more than half of a text is in a script without spaces between words."""
    return len(_UNSPACED_LETTER.findall(text)) * 2 > len(text)


def _with_their_headings(
    text: str, pieces: Sequence[tuple[int, str]], fits: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Move a heading at the end of a piece of a text to the beginning of the next piece, where that still fits."""
    moved: int | None = None
    for (start, piece), after in zip_longest(pieces, pieces[1:]):
        if moved is not None:
            start, piece = moved, text[moved : start + len(piece)]  # noqa: PLW2901
        moved = None
        heading = _last_heading(piece) if after else None
        if after and heading is not None and fits(text[start + heading : after[0] + len(after[1])]):
            moved, piece = start + heading, piece[:heading].rstrip()  # noqa: PLW2901
        yield start, piece


def _last_heading(piece: str) -> int | None:
    """Where the last line of a piece begins, if it heads what follows: a heading apart from other text, or a question.

    A question may stand below the end of a sentence; its answer is in the piece after this one.
    """
    before, _, line = piece.rstrip().rpartition("\n")
    above = before.rpartition("\n")[2].rstrip()
    asks = looks_like_question(line) and (not above or above[-1] in _ENDS)
    heads = asks or (not above and looks_like_heading(line))
    return len(before) + 1 if before.strip() and heads else None


def passages_of(pieces: Iterable[Section], document_id: str) -> Iterator[Passage]:
    """The passages of a document whose sections are cut into pieces."""
    for ordinal, piece in enumerate(pieces):
        known = piece.text, piece.page, piece.heading, piece.page_name, piece.places
        yield Passage(document_id, ordinal, *known, cells_name(piece.cells))
