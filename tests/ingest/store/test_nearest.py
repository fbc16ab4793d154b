"""The vectors of a filter that were compared are kept while there is room, and only as long as they are true."""

from collections.abc import Callable

import numpy as np

from ingest.store.nearest import ComparedVectors, Read

HALF_AND_MORE = 6000  # of the vectors that are kept


def test_compared_vectors_are_read_again_only_after_a_change_or_where_others_needed_the_room() -> None:
    compared, were_read = ComparedVectors(), list[str]()

    def reads(document: str) -> Callable[[], Read]:
        def read() -> Read:
            were_read.append(document)
            ids = [f"{document}:{ordinal}" for ordinal in range(HALF_AND_MORE)]
            return ids, np.zeros((len(ids), 2), dtype=np.float32)

        return read

    def asked(revision: int, document: str) -> list[str]:
        return compared.of(revision, frozenset([document]), reads(document))[0][:1]

    assert asked(1, "a") == asked(1, "a") == ["a:0"]
    assert were_read == ["a"]
    assert asked(2, "a") == ["a:0"]  # the library has changed
    assert were_read == ["a", "a"]
    assert asked(2, "b") == ["b:0"]
    assert asked(2, "a") == ["a:0"]  # which had to go for b
    assert were_read == ["a", "a", "b", "a"]
