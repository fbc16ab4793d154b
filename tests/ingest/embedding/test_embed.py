"""What the bi-encoder reads of a passage: the document's name, the heading, and the whole text."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from ingest import Library, Passage, Settings, add
from ingest.embedding.bi_encoder import load_bi_encoder
from ingest.embedding.embed import embed, embedded_text
from tests.conftest import behind, settings_in, tries, written

TEXT = "The office opens at eight in the morning."


def test_a_passage_gets_the_same_vector_alone_and_among_others(settings: Settings) -> None:
    encoder = load_bi_encoder(settings)
    passages = [Passage("id", 0, TEXT), Passage("id", 1, "It is 24 months.", heading="Warranty")]
    vectors = embed(passages, "Otter 60.md", encoder)
    assert vectors.shape == (2, 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(embed(passages[1:], "Otter 60.md", encoder)[0], vectors[1], atol=1e-5)


def test_what_is_embedded_carries_name_and_heading_while_what_is_shown_is_the_passage(
    settings: Settings, tmp_path: Path
) -> None:
    with Library(settings) as library:
        add(written(tmp_path, "Otter_60 manual.md", "# Warranty\n\nIt is 24 months.\n"), library, settings)
        (document,) = library.documents()
        (passage,) = library.passages([document])
    assert passage.text == "It is 24 months."
    carried = embedded_text(passage, document.name, load_bi_encoder(settings))
    assert carried.splitlines() == ["Otter 60 manual", "Warranty", "It is 24 months."]
    with behind(settings) as collection:
        kept = collection.get(include=["embeddings"])["embeddings"]
    assert kept is not None
    np.testing.assert_allclose(kept[0], load_bi_encoder(settings).embed_passages([carried])[0], atol=1e-5)


@given(name=st.text(max_size=120), heading=st.none() | st.text(max_size=120))
@examples(max_examples=tries(100), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_end_of_what_is_embedded_is_the_passage_whole(name: str, heading: str | None) -> None:
    encoder = load_bi_encoder(settings_in(Path()))
    assert embedded_text(Passage("id", 0, TEXT, heading=heading), name, encoder).endswith(TEXT)


@pytest.mark.parametrize(
    "context",
    ["Betriebsanleitung " * 7, "使用说明书第二版" * 10, "9f86d081884c7d65" * 5],
    ids=["German", "Chinese", "a number"],
)
def test_the_longest_passage_is_embedded_to_its_end_whatever_the_name_and_the_heading(context: str) -> None:
    encoder = load_bi_encoder(settings_in(Path()))
    text = " ".join(["word"] * encoder.passage_limit)
    passage = Passage("id", 0, text, heading=context)
    tokens = encoder.tokenizer.encode(embedded_text(passage, f"{context}.txt", encoder)).ids
    assert len(tokens) <= encoder.max_tokens
