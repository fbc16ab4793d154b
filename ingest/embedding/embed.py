"""Passages to vectors. Each passage is embedded with its context: the name of its document and its heading."""

from collections.abc import Sequence

from ingest.document import Passage, headed_text
from ingest.embedding.bi_encoder import CONTEXT_TOKENS, BiEncoder, Vectors
from ingest.reading.file_types import without_suffix

# Passages that are embedded together. Between two groups, questions go first, and it is asked whether the file is still
# wanted: on a busy machine, a group takes a good part of a second.
TOGETHER = 8
# The most tokens of a document's name, and of a heading, that are embedded with a passage.
_PART_TOKENS = CONTEXT_TOKENS // 2 - 4


def embed(passages: Sequence[Passage], name: str, encoder: BiEncoder) -> Vectors:
    """Embed passages of one document for the library.

    Args:
        passages: The passages, each within `encoder.passage_limit` tokens.
        name: The document's name, with or without the ending of a file.
        encoder: The bi-encoder, as `load_bi_encoder` gives it.

    Returns:
        The vectors, shape (len(passages), width), float32.

    Example:
        >>> from ingest import Passage, embed, load_settings
        >>> from ingest.embedding.bi_encoder import load_bi_encoder
        >>> passages = [Passage("id", 0, "Tea is hot."), Passage("id", 1, "Milk is cold.")]
        >>> embed(passages, "drinks.txt", load_bi_encoder(load_settings())).shape
        (2, 384)
    """
    return encoder.embed_passages([embedded_text(passage, name, encoder) for passage in passages])


def in_groups(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages in groups that are embedded together, the longest first.

    The passages of a group are about equally long, so that no core waits for another one at the end of a group.

    Example:
        >>> short, long = Passage("id", 0, "Tea."), Passage("id", 1, "Milk is cold, and tea is hot.")
        >>> [[passage.ordinal for passage in group] for group in in_groups([short, long])]
        [[1, 0]]
    """
    by_length = sorted(passages, key=lambda passage: -len(passage.text))
    return [by_length[start : start + TOGETHER] for start in range(0, len(by_length), TOGETHER)]


def embedded_text(passage: Passage, name: str, encoder: BiEncoder) -> str:
    """The text that the bi-encoder reads: the document's name and the heading, then the passage.

    Without them, a passage such as "It is 24 months." does not say what it is about.
    """
    context = filter(None, [without_suffix(name).replace("_", " "), passage.heading])
    return headed_text(passage.text, *(encoder.cut(part, _PART_TOKENS) for part in context))
