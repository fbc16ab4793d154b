"""Vectors that are kept are those that embedding gives, and no more than so many are kept."""

import numpy as np

from ingest import Settings
from ingest.embedding.bi_encoder import load_bi_encoder
from qa.retrieval.kept_vectors import KeptVectors


def test_kept_vectors_are_those_of_embedding_anew_whatever_was_asked_before() -> None:
    encoder = load_bi_encoder(Settings(_env_file=None))
    kept = KeptVectors(most=2)
    for texts in (["The lift.", "A key."], ["A key.", "A door.", "A key."], ["The lift."]):
        np.testing.assert_array_equal(kept.of(texts, encoder), encoder.embed_passages(texts))
    assert len(kept._kept) == 2
