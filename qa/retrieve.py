"""A question to at most 100 candidates: by meaning (dense), by words (lexical), or both (hybrid)."""

from collections.abc import Sequence

import numpy as np

from ingest.bi_encoder import BiEncoder, Vectors, bi_encoder_name, load_bi_encoder, settings_for
from ingest.document import Document, Passage
from ingest.library import Library
from ingest.settings import BUNDLED, Settings
from qa.candidate import Candidate, Hit, Mode
from qa.evidence import Likeness, best_sentence
from qa.fuse import fuse
from qa.lexical import LexicalIndex
from qa.words import content_words


class Retriever:
    """The retrieval stage over one library. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._lexical = LexicalIndex(library)

    def catch_up(self, documents: Sequence[Document]) -> None:
        """Bring the words that are held in memory into step with all that the library holds, `documents`."""
        self._lexical.catch_up(documents)

    def retrieve(
        self,
        question: str,
        documents: Sequence[Document],
        *,
        among: Sequence[Document] | None = None,
        mode: Mode = "hybrid",
        count: int = 100,
    ) -> list[Candidate]:
        """At most `count` candidates, best first.

        `documents` are all that the library holds; `among`, by default all, those that are asked. Where these have no
        more than `count` passages nothing is left out: every passage is a candidate, in the order of the documents.
        Raises ModelUnavailable and LibraryUnavailable.
        """
        asked = documents if among is None else among
        of = {document.id: document for document in asked}
        dense = lexical = list[Passage]()
        if mode in {"dense", "hybrid"}:
            vector = self._bi_encoder().embed_question(question)
            dense = self._library.nearest(vector, count, asked)
        if mode in {"lexical", "hybrid"}:
            lexical = self._lexical.search(question, count, documents, asked)
        dense_at, lexical_at = _places(dense), _places(lexical)
        few = sum(document.passages for document in asked) <= count
        found = list(self._library.passages(asked)) if few else fuse([dense, lexical])[:count]
        return [
            Candidate(
                passage,
                of[passage.document_id],
                None if few else place,
                dense_at.get(passage.id),
                lexical_at.get(passage.id),
            )
            for place, passage in enumerate(found, start=1)
        ]

    def rarities(self, question: str, documents: Sequence[Document]) -> dict[str, float]:
        """How rare each word that the question is about is in the library, which holds `documents`."""
        return self._lexical.rarities(content_words(question), documents)

    def likeness(self, question: str, hits: Sequence[Hit]) -> list[Likeness | None]:
        """How like the question each hit is; None for all where the library's vectors are not the bundled model's.

        The cosines of another model have another scale, for which no limits are known. Raises ModelUnavailable.
        """
        encoder = self._bi_encoder()
        if encoder.name != bi_encoder_name(self._settings.model_copy(update={"bi_encoder": BUNDLED})) or not hits:
            return [None] * len(hits)
        asked = encoder.embed_question(question)
        kept = self._library.vectors([hit.candidate.passage for hit in hits])
        sentences = encoder.embed_passages(
            ["\n".join(filter(None, [hit.candidate.passage.heading, best_sentence(hit)])) for hit in hits]
        )
        return [
            Likeness(_cosine(asked, kept[hit.candidate.passage.id]), _cosine(asked, sentence))
            if hit.candidate.passage.id in kept
            else None
            for hit, sentence in zip(hits, sentences, strict=True)
        ]

    def _bi_encoder(self) -> BiEncoder:
        """The model that made the library's vectors, which may not be the one that is set now."""
        name = self._library.bi_encoder()
        return load_bi_encoder(settings_for(name, self._settings) if name else self._settings)


def _cosine(one: Vectors, other: Vectors) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def _places(ranking: Sequence[Passage]) -> dict[str, int]:
    return {passage.id: place for place, passage in enumerate(ranking, start=1)}
