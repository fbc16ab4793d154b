"""The cross-encoder: a question and a passage, read together, to a score. Loaded once per process, when needed."""

import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ingest.embedding import bundled
from ingest.embedding.hub import cannot_load, only_from_this_machine
from ingest.errors import ModelUnavailable
from ingest.settings import BUNDLED, Settings

if TYPE_CHECKING:
    import sentence_transformers

    from ingest.embedding.onnx_model import OnnxModel

logger = logging.getLogger(__name__)

_loading = threading.Lock()


class CrossEncoder(ABC):
    """A cross-encoder, bundled or named. Safe for several threads."""

    @property
    @abstractmethod
    def model(self) -> "sentence_transformers.CrossEncoder":
        """The model behind the class of sentence-transformers, with all its methods."""

    @abstractmethod
    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Score pairs of a question and a text. Returns the sigmoid of each logit, in [0, 1], in their order."""


@dataclass(frozen=True)
class BundledCrossEncoder(CrossEncoder):
    """The bundled cross-encoder. It scores without torch."""

    onnx: "OnnxModel"

    @cached_property
    def model(self) -> "sentence_transformers.CrossEncoder":
        """The model behind the class of sentence-transformers, which is imported for it. The scores are the same."""
        from sentence_transformers import CrossEncoder as SentenceTransformersCrossEncoder  # noqa: PLC0415 (seconds)

        from ingest.embedding.onnx_module import OnnxTransformer  # noqa: PLC0415

        module = OnnxTransformer(self.onnx, output="scores")
        model: sentence_transformers.CrossEncoder = SentenceTransformersCrossEncoder(modules=[module], device="cpu")
        return model

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Score pairs of a question and a text. Returns the sigmoid of each logit, in [0, 1], in their order."""
        return [float(1 / (1 + np.exp(-logit[0]))) for logit in self.onnx.outputs_of(pairs)]


@dataclass(frozen=True)
class NamedCrossEncoder(CrossEncoder):
    """A cross-encoder that a person named, run by sentence-transformers."""

    loaded: "sentence_transformers.CrossEncoder"

    @property
    def model(self) -> "sentence_transformers.CrossEncoder":
        """The model behind the class of sentence-transformers, with all its methods."""
        return self.loaded

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Score pairs of a question and a text. Returns the sigmoid of each logit, in [0, 1], in their order."""
        if not pairs:
            return []
        import torch  # noqa: PLC0415 (the model has imported it by now)

        # The model's own activation may be a sigmoid or none. Given here, the sigmoid is applied exactly once.
        scores = self.model.predict(list(pairs), activation_fn=torch.nn.Sigmoid(), show_progress_bar=False)
        return [float(value) for value in scores]


def load_cross_encoder(settings: Settings) -> CrossEncoder:
    """Load the cross-encoder of the settings. The same settings give the same object, in every thread.

    Raises ModelUnavailable where it cannot be loaded. The message says what to do.
    """
    with _loading:
        return _loaded_cross_encoder(settings.cross_encoder, settings.threads)


@lru_cache(maxsize=2)
def _loaded_cross_encoder(choice: str, threads: int) -> CrossEncoder:
    model = _bundled_cross_encoder(threads) if choice == BUNDLED else _named_cross_encoder(choice)
    logger.info("loaded cross-encoder %s", choice)
    return model


def _bundled_cross_encoder(threads: int) -> CrossEncoder:
    folder = bundled.locate(bundled.CROSS_ENCODER)
    from ingest.embedding.onnx_model import OnnxModel  # noqa: PLC0415 (only when needed)

    return BundledCrossEncoder(OnnxModel(folder, max_tokens=bundled.CROSS_ENCODER.max_tokens, threads=threads))


def _named_cross_encoder(choice: str) -> CrossEncoder:
    import sentence_transformers  # noqa: PLC0415 (seconds, only when needed)

    try:
        model = sentence_transformers.CrossEncoder(choice, local_files_only=only_from_this_machine(choice))
    except Exception as error:  # a model of unknown origin may fail in any way; people see one sentence
        logger.info("cross-encoder %s was not loaded", choice, exc_info=True)
        raise ModelUnavailable(cannot_load(choice, "PINPOINT_CROSS_ENCODER")) from error
    trained = (model.config.architectures or []) if model.config else []
    if model.model is not None and type(model.model).__name__ not in trained:
        # sentence-transformers adds a last layer of random numbers to such a model, so its scores would be random.
        raise ModelUnavailable(
            f"The model {choice} is not a cross-encoder: it was not trained to score a question with a passage. "
            "Choose another one in PINPOINT_CROSS_ENCODER, or leave it out to use the bundled one."
        )
    if model.num_labels != 1:
        raise ModelUnavailable(
            f"The model {choice} gives {model.num_labels} numbers for a passage where one score is needed. "
            "Choose a cross-encoder for re-ranking in PINPOINT_CROSS_ENCODER."
        )
    return NamedCrossEncoder(model)
