"""Passages to vectors. Each passage is embedded with its context: the name of its document and its heading."""

from collections.abc import Sequence

from ingest.document import Passage, headed_text
from ingest.embedding.bi_encoder import CONTEXT_TOKENS, BiEncoder, Vectors
from ingest.reading.file_types import without_suffix

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


def embedded_text(passage: Passage, name: str, encoder: BiEncoder) -> str:
    """The text that the bi-encoder reads: the document's name and the heading, then the passage.

    Without them, a passage such as "It is 24 months." does not say what it is about.
    """
    context = filter(None, [without_suffix(name).replace("_", " "), passage.heading])
    return headed_text(passage.text, *(encoder.cut(part, _PART_TOKENS) for part in context))
