"""The two vectors of a question, made when they are needed."""

from concurrent.futures import Executor, Future
from functools import cached_property

import numpy as np

from ingest.embedding.bi_encoder import BiEncoder, Vectors


class QuestionVectors:
    """The vectors of one question, shape (width,) each.

    Args:
        question: The question.
        encoder: The model that makes them.
        beside: Has threads for what can be done at the same time.
    """

    def __init__(self, question: str, encoder: BiEncoder, beside: Executor) -> None:
        self._question, self._encoder, self._beside = question, encoder, beside

    @property
    def as_question(self) -> Vectors:
        """The vector that is searched with."""
        return self._begun[0]

    @cached_property
    def compared(self) -> Vectors:
        """The vector with which passages are compared for the final order.

        It is the mean of the question's vector as a question and its vector as a passage. For a question of a few
        words, the latter is closer to similar passages.
        """
        as_question, as_passage = self._begun
        return np.asarray((as_question + as_passage.result()[0]) / 2, dtype=np.float32)

    @cached_property
    def _begun(self) -> tuple[Vectors, Future[Vectors]]:
        """The vector as a question, and the one as a passage, which is made while the search goes on."""
        as_question = self._encoder.embed_question(self._question)
        return as_question, self._beside.submit(self._encoder.embed_passages, [self._question])
