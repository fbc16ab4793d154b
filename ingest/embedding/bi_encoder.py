"""The bi-encoder: texts to vectors. Loaded once a process, when first needed, never at import."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from ingest.embedding import bundled
from ingest.embedding.hub import cannot_load, only_from_this_machine
from ingest.errors import ModelUnavailable
from ingest.settings import BUNDLED, Settings

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

logger = logging.getLogger(__name__)

Distance = Literal["cosine", "ip", "l2"]
Vectors = npt.NDArray[np.float32]

# Chroma's names for the similarities that sentence-transformers knows; "dot" is the inner product.
_DISTANCES: dict[str, Distance] = {"cosine": "cosine", "dot": "ip", "euclidean": "l2"}
# The model card of BAAI/bge-small-en-v1.5 asks for this before a question, and for nothing before a passage.
_BGE_QUERY_PROMPT = "Represent this sentence for searching relevant passages: "
# Tokens kept free beside a passage for the document's name, the heading and the model's own marks.
CONTEXT_TOKENS = 64

_loading = threading.Lock()


@dataclass(frozen=True)
class BiEncoder:
    """A sentence-transformers bi-encoder with what the library must know of it.

    `name` is kept with the vectors, so that vectors of two models never mix; `distance` follows the model's own
    similarity.
    """

    name: str
    distance: Distance
    model: "SentenceTransformer"

    @property
    def passage_limit(self) -> int:
        """The longest passage, in tokens, of which the model reads every token, context included."""
        return max(16, (self.model.max_seq_length or 512) - CONTEXT_TOKENS)

    def cut(self, text: str, tokens: int) -> str:
        """The beginning of a text, at most so many tokens of it."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return text if len(encoding) <= tokens else text[: encoding.offsets[tokens - 1][1]]

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """A copy of the model's tokenizer without truncation or padding, for counting tokens."""
        from tokenizers import Tokenizer  # noqa: PLC0415 (seconds, only when needed)

        own = self.model.tokenizer
        fast = own if isinstance(own, Tokenizer) else getattr(own, "backend_tokenizer", None)
        if not isinstance(fast, Tokenizer):
            raise ModelUnavailable(
                f"The model {self.name} has no fast tokenizer, which Pinpoint needs to cut documents into passages. "
                "Choose another model in PINPOINT_BI_ENCODER."
            )
        copy = Tokenizer.from_str(fast.to_str())
        copy.no_truncation()
        copy.no_padding()
        return copy

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages, shape (len(texts), width), float32."""
        return np.asarray(self.model.encode_document(list(texts), show_progress_bar=False), dtype=np.float32)

    def embed_question(self, question: str) -> Vectors:
        """The vector of one question, shape (width,), float32, with the model's own query prompt."""
        return np.asarray(self.model.encode_query(question, show_progress_bar=False), dtype=np.float32)


def bi_encoder_name(settings: Settings) -> str:
    """The name that the library keeps with its vectors, known without loading the model."""
    if settings.bi_encoder == BUNDLED:
        return f"{bundled.BI_ENCODER.source} (bundled)"
    folder = Path(settings.bi_encoder)
    return str(folder.resolve()) if folder.is_dir() else settings.bi_encoder


def settings_for(name: str, settings: Settings) -> Settings:
    """The settings with the bi-encoder of this name in place of the one that is set."""
    choice = BUNDLED if name == bi_encoder_name(settings.model_copy(update={"bi_encoder": BUNDLED})) else name
    return settings.model_copy(update={"bi_encoder": choice})


def load_bi_encoder(settings: Settings) -> BiEncoder:
    """The bi-encoder that is set; the same object for the same settings, however many threads ask at once.

    Raises ModelUnavailable, whose message says what to do, where it cannot be loaded.
    """
    with _loading:
        return _load(settings.bi_encoder, bi_encoder_name(settings), settings.threads)


@lru_cache(maxsize=2)
def _load(choice: str, name: str, threads: int) -> BiEncoder:
    model = _bundled_model(threads) if choice == BUNDLED else _named_model(choice)
    distance = _DISTANCES.get(model.similarity_fn_name)
    if distance is None:
        raise ModelUnavailable(
            f"The model {choice} compares by {model.similarity_fn_name} distance, which the library does not know. "
            "Choose one that compares by cosine, dot product or Euclidean distance in PINPOINT_BI_ENCODER."
        )
    logger.info("loaded bi-encoder %s on %s, distance %s", name, model.device, distance)
    return BiEncoder(name, distance, model)


def _bundled_model(threads: int) -> "SentenceTransformer":
    folder = bundled.locate(bundled.BI_ENCODER)
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds, only when needed)
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling  # noqa: PLC0415

    from ingest.embedding.onnx_module import OnnxTransformer  # noqa: PLC0415

    transformer = OnnxTransformer(
        folder, output="token_embeddings", max_tokens=bundled.BI_ENCODER.max_tokens, threads=threads
    )
    return SentenceTransformer(
        modules=[transformer, Pooling(384, "cls"), Normalize()],
        device="cpu",
        prompts={"query": _BGE_QUERY_PROMPT, "document": ""},
        similarity_fn_name="cosine",
    )


def _named_model(choice: str) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    try:
        return SentenceTransformer(choice, local_files_only=only_from_this_machine(choice))
    except Exception as error:  # a stranger's model can fail in any way; what is shown is one sentence
        logger.info("bi-encoder %s was not loaded", choice, exc_info=True)
        raise ModelUnavailable(cannot_load(choice, "PINPOINT_BI_ENCODER")) from error
