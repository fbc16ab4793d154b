"""A bundled model behind the classes of sentence-transformers, for whoever calls their methods.

Import this module only when such a class is needed: it imports torch and sentence-transformers, which takes seconds.
"""

import os
from collections.abc import Sequence

import torch
from sentence_transformers.base.modules import InputModule

from ingest.embedding.onnx_model import OnnxModel


class OnnxTransformer(InputModule):
    """The first module of a `SentenceTransformer` or the only one of a `CrossEncoder`.

    The model's first output becomes the feature `output`: `token_embeddings`, shape (texts, tokens, width), or
    `scores`, the logits, shape (pairs, 1).
    """

    def __init__(self, model: OnnxModel, *, output: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.output = output
        self.max_seq_length = model.max_tokens
        self.tokenizer = model.tokenizer
        self._model = model

    def preprocess(  # type: ignore[override] # this module reads only text
        self, inputs: Sequence[str | Sequence[str]], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Tokenize texts or pairs of texts: `input_ids`, `token_type_ids`, `attention_mask`, each (inputs, tokens)."""
        encodings = self._model.encode(
            [(prompt or "") + item if isinstance(item, str) else (item[0], item[1]) for item in inputs]
        )
        return {
            "input_ids": _padded([encoding.ids for encoding in encodings]),
            "token_type_ids": _padded([encoding.type_ids for encoding in encodings]),
            "attention_mask": _padded([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Add the model's first output to the features. Raises the errors of ONNX Runtime."""
        lengths = features["attention_mask"].sum(dim=1).tolist()
        rows = zip(features["input_ids"].tolist(), features["token_type_ids"].tolist(), lengths, strict=True)
        outputs = self._model.outputs([(ids[:length], type_ids[:length]) for ids, type_ids, length in rows])
        features[self.output] = torch.nn.utils.rnn.pad_sequence(
            [torch.from_numpy(output) for output in outputs], batch_first=True
        )
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Raise OSError: the files belong to the package and stay there."""
        raise OSError(f"A bundled model is not saved to {os.fspath(output_path)}.")


def _padded(rows: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows], dtype=torch.int64)
