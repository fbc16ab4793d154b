"""A bundled model in ONNX Runtime: texts, or pairs of texts, to the model's first output.

It needs neither torch nor sentence-transformers, whose import takes seconds and hundreds of megabytes.
`ingest.embedding.onnx_module` puts it behind the classes of sentence-transformers.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

Output = npt.NDArray[np.float32]
Text = str | tuple[str, str]
# The ids of a text's tokens, and for each token whether it is of the first text of a pair (0) or of the second (1).
Tokens = tuple[Sequence[int], Sequence[int]]


class OnnxModel:
    """A BERT with its tokenizer. Safe for several threads.

    Every text is run alone, without padding, with one text per thread. So a dynamically quantized model gives a text
    the same numbers in every batch, no time is spent on padding, and the numbers of one text stay in the cache of one
    core.

    Args:
        folder: Where `model.onnx` and `tokenizer.json` are.
        max_tokens: How many tokens of a text, or of a pair, the model reads; what is longer is cut.
        threads: How many texts are run at the same time.
    """

    def __init__(self, folder: Path, *, max_tokens: int, threads: int) -> None:
        self.max_tokens = max_tokens
        self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.enable_truncation(max_tokens)
        self.tokenizer.no_padding()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="onnx")

    def encode(self, texts: Sequence[Text]) -> list[Encoding]:
        """The tokens of texts or pairs of texts, with the model's own marks, as the tokenizer gives them."""
        return self.tokenizer.encode_batch(list(texts))

    def outputs_of(self, texts: Sequence[Text]) -> Iterator[Output]:
        """The model's first output for each text or pair, in their order; see `outputs`."""
        return self.outputs([(encoding.ids, encoding.type_ids) for encoding in self.encode(texts)])

    def outputs(self, tokens: Sequence[Tokens]) -> Iterator[Output]:
        """The model's first output for the tokens of each text: shape (tokens, width), or (1,) where it is a score.

        Raises the errors of ONNX Runtime.
        """
        return self._threads.map(self._run, tokens)

    def _run(self, tokens: Tokens) -> Output:
        ids, type_ids = (np.asarray([row], dtype=np.int64) for row in tokens)
        feed = {"input_ids": ids, "token_type_ids": type_ids, "attention_mask": np.ones_like(ids)}
        return np.asarray(self._session.run(None, feed)[0][0], dtype=np.float32)
