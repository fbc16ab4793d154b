"""The form in which a word is compared."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from snowballstemmer import stemmer

from qa.analysis import word_forms
from qa.analysis.word_forms import form

ENDINGS = ("ingly", "ations", "fulness", "itis", "ed", "iveness")
WORDS = [f"{''.join(letters)}{ending}" for letters in product("bcdfglmnprst", "aiou", "lmnrst") for ending in ENDINGS]


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads that take turns far more often than Python's own."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    with ThreadPoolExecutor(8) as started:
        yield started
    sys.setswitchinterval(before)


def test_threads_that_ask_at_once_get_the_forms_that_one_alone_gets(threads: ThreadPoolExecutor) -> None:
    word_forms._form.cache_clear()
    orders = [WORDS[start:] + WORDS[:start] for start in range(0, len(WORDS), len(WORDS) // 8)]
    found = list(threads.map(lambda words: [form(word) for word in words], orders))
    alone = stemmer("english")
    expected = {word: alone.stemWord(word) for word in WORDS}
    assert found == [[expected[word] for word in words] for words in orders]
