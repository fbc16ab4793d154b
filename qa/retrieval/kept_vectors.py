"""A cache of sentence vectors, because people ask about the same passages again and again."""

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from ingest.embedding.bi_encoder import BiEncoder, Vectors

MOST = 20_000  # texts; with 384 numbers each they take 31 MB


class KeptVectors:
    """The vectors of the texts that were used last. Safe for several threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self._changing = threading.Lock()

    def of(self, texts: Sequence[str], encoder: BiEncoder) -> Vectors:
        """The vectors of texts as passages, shape (len(texts), width). Only texts without a vector are embedded."""
        keys = [(encoder.name, text) for text in texts]
        with self._changing:
            found = {key: self._kept[key] for key in keys if key in self._kept}
        new = list(dict.fromkeys(key for key in keys if key not in found))
        if new:
            found.update(zip(new, encoder.embed_passages([text for _, text in new]), strict=True))
        with self._changing:
            for key in keys:
                self._kept[key] = found[key]
                self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return np.stack([found[key] for key in keys])
