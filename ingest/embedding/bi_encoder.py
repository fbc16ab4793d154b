"""The bi-encoder: texts to vectors. It is loaded once per process, when it is first needed, never at import."""

import logging
import threading
from abc import ABC, abstractmethod
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

    from ingest.embedding.onnx_model import OnnxModel

logger = logging.getLogger(__name__)

Distance = Literal["cosine", "ip", "l2"]
Vectors = npt.NDArray[np.float32]

# Chroma's names for the similarities that sentence-transformers knows; "dot" is the inner product.
_DISTANCES: dict[str, Distance] = {"cosine": "cosine", "dot": "ip", "euclidean": "l2"}
# The model card of BAAI/bge-small-en-v1.5 asks for this prompt before a question, and for none before a passage.
_BGE_QUERY_PROMPT = "Represent this sentence for searching relevant passages: "
_BGE_WIDTH = 384
# Tokens that are reserved beside a passage for the document's name, the heading and the model's special tokens.
CONTEXT_TOKENS = 64

_loading = threading.Lock()


@dataclass(frozen=True)
class BiEncoder(ABC):
    """A bi-encoder with what the library needs to know about it.

    `name` is stored with the vectors, so that vectors of two models never mix. `distance` corresponds to the model's
    own similarity.
    """

    name: str
    distance: Distance

    @property
    @abstractmethod
    def model(self) -> "SentenceTransformer":
        """The model behind the class of sentence-transformers, with all its methods."""

    @property
    @abstractmethod
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads."""

    @abstractmethod
    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages. Returns vectors, shape (len(texts), width), float32."""

    @abstractmethod
    def embed_question(self, question: str) -> Vectors:
        """Embed one question with the model's own query prompt. Returns a vector, shape (width,), float32."""

    @abstractmethod
    def _fast_tokenizer(self) -> "Tokenizer | None":
        """The model's own tokenizer, where it is a fast one."""

    @property
    def passage_limit(self) -> int:
        """The longest passage, in tokens, that the model reads to its end with the context before it."""
        return max(16, self.max_tokens - CONTEXT_TOKENS)

    def cut(self, text: str, tokens: int) -> str:
        """Cut a text to its first `tokens` tokens."""
        encoding = self.tokenizer.encode(text, add_special_tokens=False)
        return text if len(encoding) <= tokens else text[: encoding.offsets[tokens - 1][1]]

    @cached_property
    def tokenizer(self) -> "Tokenizer":
        """A copy of the model's tokenizer without truncation or padding, for counting tokens."""
        from tokenizers import Tokenizer  # noqa: PLC0415 (only when needed)

        own = self._fast_tokenizer()
        if own is None:
            raise ModelUnavailable(
                f"The model {self.name} has no fast tokenizer, which Pinpoint needs to cut documents into passages. "
                "Choose another model in PINPOINT_BI_ENCODER."
            )
        copy = Tokenizer.from_str(own.to_str())
        copy.no_truncation()
        copy.no_padding()
        return copy


@dataclass(frozen=True)
class BundledBiEncoder(BiEncoder):
    """The bundled bi-encoder. It embeds without torch: the vector of a text is that of its first token, of length 1."""

    onnx: "OnnxModel"

    @cached_property
    def model(self) -> "SentenceTransformer":
        """The model behind the class of sentence-transformers, which is imported for it. The vectors are the same."""
        from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds, only when needed)
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling  # noqa: PLC0415

        from ingest.embedding.onnx_module import OnnxTransformer  # noqa: PLC0415

        return SentenceTransformer(
            modules=[OnnxTransformer(self.onnx, output="token_embeddings"), Pooling(_BGE_WIDTH, "cls"), Normalize()],
            device="cpu",
            prompts={"query": _BGE_QUERY_PROMPT, "document": ""},
            similarity_fn_name="cosine",
        )

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads."""
        return self.onnx.max_tokens

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages. Returns vectors, shape (len(texts), width), float32."""
        vectors = [output[0] / np.linalg.norm(output[0]) for output in self.onnx.outputs_of(texts)]
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), _BGE_WIDTH)

    def embed_question(self, question: str) -> Vectors:
        """Embed one question with the model's own query prompt. Returns a vector, shape (width,), float32."""
        return np.asarray(self.embed_passages([_BGE_QUERY_PROMPT + question])[0])

    def _fast_tokenizer(self) -> "Tokenizer":
        return self.onnx.tokenizer


@dataclass(frozen=True)
class NamedBiEncoder(BiEncoder):
    """A bi-encoder that a person named, run by sentence-transformers."""

    loaded: "SentenceTransformer"

    @property
    def model(self) -> "SentenceTransformer":
        """The model behind the class of sentence-transformers, with all its methods."""
        return self.loaded

    @property
    def max_tokens(self) -> int:
        """How many tokens of a text the model reads; 512 where it does not say."""
        return self.model.max_seq_length or 512

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Embed passages. Returns vectors, shape (len(texts), width), float32."""
        return np.asarray(self.model.encode_document(list(texts), show_progress_bar=False), dtype=np.float32)

    def embed_question(self, question: str) -> Vectors:
        """Embed one question with the model's own query prompt. Returns a vector, shape (width,), float32."""
        return np.asarray(self.model.encode_query(question, show_progress_bar=False), dtype=np.float32)

    def _fast_tokenizer(self) -> "Tokenizer | None":
        from tokenizers import Tokenizer  # noqa: PLC0415 (only when needed)

        own = self.model.tokenizer
        fast = own if isinstance(own, Tokenizer) else getattr(own, "backend_tokenizer", None)
        return fast if isinstance(fast, Tokenizer) else None


def bi_encoder_name(settings: Settings) -> str:
    """The name that the library stores with its vectors. The model is not loaded for it."""
    if settings.bi_encoder == BUNDLED:
        return f"{bundled.BI_ENCODER.source} (bundled)"
    folder = Path(settings.bi_encoder)
    return str(folder.resolve()) if folder.is_dir() else settings.bi_encoder


def settings_for(name: str, settings: Settings) -> Settings:
    """The settings with this bi-encoder instead of the one that they name."""
    choice = BUNDLED if name == bi_encoder_name(settings.model_copy(update={"bi_encoder": BUNDLED})) else name
    return settings.model_copy(update={"bi_encoder": choice})


def load_bi_encoder(settings: Settings) -> BiEncoder:
    """Load the bi-encoder of the settings. The same settings give the same object, in every thread.

    Raises ModelUnavailable where it cannot be loaded. The message says what to do.
    """
    with _loading:
        return _loaded_bi_encoder(settings.bi_encoder, bi_encoder_name(settings), settings.threads)


@lru_cache(maxsize=2)
def _loaded_bi_encoder(choice: str, name: str, threads: int) -> BiEncoder:
    encoder = _bundled_bi_encoder(name, threads) if choice == BUNDLED else _named_bi_encoder(choice, name)
    logger.info("loaded bi-encoder %s, distance %s", name, encoder.distance)
    return encoder


def _bundled_bi_encoder(name: str, threads: int) -> BiEncoder:
    folder = bundled.locate(bundled.BI_ENCODER)
    from ingest.embedding.onnx_model import OnnxModel  # noqa: PLC0415 (only when needed)

    onnx = OnnxModel(folder, max_tokens=bundled.BI_ENCODER.max_tokens, threads=threads)
    return BundledBiEncoder(name, "cosine", onnx)


def _named_bi_encoder(choice: str, name: str) -> BiEncoder:
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 (seconds, only when needed)

    try:
        model = SentenceTransformer(choice, local_files_only=only_from_this_machine(choice))
    except Exception as error:  # a model of unknown origin may fail in any way; people see one sentence
        logger.info("bi-encoder %s was not loaded", choice, exc_info=True)
        raise ModelUnavailable(cannot_load(choice, "PINPOINT_BI_ENCODER")) from error
    distance = _DISTANCES.get(model.similarity_fn_name)
    if distance is None:
        raise ModelUnavailable(
            f"The model {choice} compares by {model.similarity_fn_name} distance, which the library does not know. "
            "Choose one that compares by cosine, dot product or Euclidean distance in PINPOINT_BI_ENCODER."
        )
    return NamedBiEncoder(name, distance, model)
