"""Sections to passages: along paragraphs and sentences, within a budget of tokens, never over a heading or a page."""

from collections.abc import Iterable, Iterator

from semantic_text_splitter import TextSplitter
from tokenizers import Tokenizer

from ingest.document import Passage, Section


def split(sections: Iterable[Section], document_id: str, tokenizer: Tokenizer, budget: int) -> Iterator[Passage]:
    """Cut sections into passages of at most `budget` tokens of `tokenizer`, which must not truncate.

    Joined again, white space aside, the passages of a section are its text: nothing is lost, nothing doubled.

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
