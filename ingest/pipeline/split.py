"""Sections to passages: by paragraphs and sentences, within a budget of tokens, never across a heading or a page."""

from collections.abc import Iterable, Iterator

from semantic_text_splitter import TextSplitter
from tokenizers import Tokenizer

from ingest.document import Passage, Section


def split(sections: Iterable[Section], document_id: str, tokenizer: Tokenizer, budget: int) -> Iterator[Passage]:
    """Cut sections into passages.

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
    splitter = TextSplitter.from_huggingface_tokenizer(tokenizer, budget)
    ordinal = 0
    for section in sections:
        for text in splitter.chunks(section.text):
            yield Passage(document_id, ordinal, text, section.page, section.heading)
            ordinal += 1
