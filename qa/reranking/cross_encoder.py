"""The cross-encoder: a question and a passage, read together, to a logit. Loaded once per process, when needed."""

import logging
import threading
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.embedding import bundled
from ingest.embedding.hub import cannot_load, only_from_this_machine
from ingest.errors import ModelUnavailable
from ingest.settings import BUNDLED, Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

logger = logging.getLogger(__name__)

_loading = threading.Lock()


def load_cross_encoder(settings: Settings) -> "CrossEncoder":
    """Load the cross-encoder of the settings. The same settings give the same object, in every thread.

    Raises ModelUnavailable where it cannot be loaded. The message says what to do.
    """
    with _loading:
        return _loaded_cross_encoder(settings.cross_encoder, settings.threads)


@lru_cache(maxsize=2)
def _loaded_cross_encoder(choice: str, threads: int) -> "CrossEncoder":
    model = _bundled_cross_encoder(threads) if choice == BUNDLED else _named_cross_encoder(choice)
    if model.num_labels != 1:
        raise ModelUnavailable(
            f"The model {choice} gives {model.num_labels} numbers for a passage where one score is needed. "
            "Choose a cross-encoder for re-ranking in PINPOINT_CROSS_ENCODER."
        )
    logger.info("loaded cross-encoder %s on %s", choice, model.device)
    return model


def _bundled_cross_encoder(threads: int) -> "CrossEncoder":
    folder = bundled.locate(bundled.CROSS_ENCODER)
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 (seconds, only when needed)

    from ingest.embedding.onnx_module import OnnxTransformer  # noqa: PLC0415

    transformer = OnnxTransformer(folder, output="scores", max_tokens=bundled.CROSS_ENCODER.max_tokens, threads=threads)
    model: CrossEncoder = CrossEncoder(modules=[transformer], device="cpu")
    return model


def _named_cross_encoder(choice: str) -> "CrossEncoder":
    from sentence_transformers import CrossEncoder  # noqa: PLC0415

    try:
        model: CrossEncoder = CrossEncoder(choice, local_files_only=only_from_this_machine(choice))
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
    return model
