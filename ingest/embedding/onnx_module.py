"""A transformer that runs in ONNX Runtime behind the sentence-transformers classes.

Import this module only when a model is needed: it imports torch and sentence-transformers, which takes seconds.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import torch
from sentence_transformers.base.modules import InputModule
from tokenizers import Tokenizer


class OnnxTransformer(InputModule):
    """The first module of a `SentenceTransformer` or the only one of a `CrossEncoder`.

    The model's first output becomes the feature `output`: `token_embeddings`, shape (texts, tokens, width), or
    `scores`, the logits, shape (pairs, 1). Every text is run alone, without padding, with one text per thread. So a
    dynamically quantized model gives a text the same numbers in every batch, no time is spent on padding, and the
    numbers of one text stay in the cache of one core.
    """

    def __init__(self, folder: Path, *, output: str, max_tokens: int, threads: int) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.output = output
        self.max_seq_length = max_tokens
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_tokens)
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="onnx")

    def preprocess(  # type: ignore[override] # this module reads only text
        self, inputs: Sequence[str | Sequence[str]], prompt: str | None = None, **_: object
    ) -> dict[str, torch.Tensor]:
        """Tokenize texts or pairs of texts: `input_ids`, `token_type_ids`, `attention_mask`, each (inputs, tokens)."""
        texts = [(prompt or "") + item if isinstance(item, str) else tuple(item) for item in inputs]
        encodings = self.tokenizer.encode_batch(texts)
        return {
            "input_ids": _padded([encoding.ids for encoding in encodings]),
            "token_type_ids": _padded([encoding.type_ids for encoding in encodings]),
            "attention_mask": _padded([encoding.attention_mask for encoding in encodings]),
        }

    def forward(self, features: dict[str, torch.Tensor], **_: object) -> dict[str, torch.Tensor]:
        """Add the model's first output to the features. Raises the errors of ONNX Runtime."""
        rows = {name: features[name].numpy() for name in ("input_ids", "token_type_ids", "attention_mask")}
        lengths = rows["attention_mask"].sum(axis=1)

        def run(row: int) -> npt.NDArray[np.float32]:
            feed = {name: values[row : row + 1, : lengths[row]] for name, values in rows.items()}
            return np.asarray(self._session.run(None, feed)[0][0], dtype=np.float32)

        results = list(self._threads.map(run, range(len(lengths))))
        features[self.output] = torch.nn.utils.rnn.pad_sequence(
            [torch.from_numpy(result) for result in results], batch_first=True
        )
        return features

    def save(self, output_path: str, *_: object, **__: object) -> None:
        """Raise OSError: the files belong to the package and stay there."""
        raise OSError(f"A bundled model is not saved to {os.fspath(output_path)}.")


def _padded(rows: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    return torch.tensor([row + [0] * (longest - len(row)) for row in rows], dtype=torch.int64)
