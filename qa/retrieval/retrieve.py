"""A question to at most 100 candidates: by meaning (dense), by words (lexical), or both (hybrid)."""

from collections.abc import Collection, Sequence

import numpy as np

from ingest.document import Document, Passage
from ingest.embedding.bi_encoder import BiEncoder, Vectors, bi_encoder_name, load_bi_encoder, settings_for
from ingest.settings import BUNDLED, Settings
from ingest.store.library import Library
from qa.candidate import Candidate, Mode
from qa.retrieval.fusion import fuse
from qa.retrieval.kept_vectors import KeptVectors
from qa.retrieval.lexical import LexicalIndex, Matches
from qa.retrieval.question import Question, understand


class Retriever:
    """The retrieval stage over one library. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._lexical = LexicalIndex(library)
        self._vectors = KeptVectors()

    def catch_up(self, documents: Sequence[Document]) -> None:
        """Bring the words that are held in memory into step with all that the library holds, `documents`."""
        self._lexical.catch_up(documents)

    def understand(
        self, typed: str, documents: Sequence[Document], *, mend: bool = True, new_words: str | None = None
    ) -> Question:
        """What is made of a question; see `qa.retrieval.question.understand`."""
        return understand(typed, self._lexical, documents, mend=mend, new_words=new_words)

    def retrieve(
        self,
        question: Question,
        documents: Sequence[Document],
        *,
        among: Sequence[Document] | None = None,
        mode: Mode = "hybrid",
        count: int = 100,
    ) -> list[Candidate]:
        """At most `count` candidates, best first.

        `documents` are all that the library holds; `among`, by default all, those that are asked. Where these have no
        more than `count` passages nothing is left out: every passage is a candidate, in the order of the documents. A
        phrase in quotation marks leaves only the passages in which it stands.
        Raises ModelUnavailable and LibraryUnavailable.
        """
        asked = documents if among is None else among
        held = self._lexical.with_phrases(question.phrases, documents, asked) if question.phrases else None
        vector = self._bi_encoder().embed_question(question.read)
        dense = lexical = list[Passage]()
        if mode in {"dense", "hybrid"}:
            dense = self._library.nearest(vector, count, asked) if held is None else self._sorted(held, vector)
        if mode in {"lexical", "hybrid"}:
            lexical = self._lexical.search(question.text, len(held or ()) or count, documents, asked)
        every = list(self._library.passages(asked)) if _fit(asked, count) and held is None else held
        few = every is not None and len(every) <= count
        found = every if every is not None and few else _among(fuse([dense, lexical]), held)[:count]
        compared = self._compared(question.read, vector)
        return self._candidates(found, asked, compared, None if few else 1, _places(dense), _places(lexical))

    def match(self, question: Question, candidates: Sequence[Candidate], documents: Sequence[Document]) -> Matches:
        """What the library's words say of the candidates. `documents` are all that the library holds."""
        passages = [candidate.passage for candidate in candidates]
        return self._lexical.match(question.text, question.about, passages, documents)

    def sentence_similarity(self, question: Question, texts: Sequence[str]) -> list[float]:
        """How similar each text, such as a sentence with its heading before it, is to the question."""
        encoder = self._bi_encoder()
        if not texts:
            return []
        vectors = self._vectors.of(texts, encoder)
        return _similarities(encoder, encoder.embed_question(question.read), vectors)

    def _compared(self, question: str, vector: Vectors) -> Vectors:
        """What a passage is compared with for the final order: the question's vector, shape (width,), as a question
        and as a passage, half of each.

        Where a question is a few words, as in a search box, the second knows better what is like it.
        """
        encoder = self._bi_encoder()
        return np.asarray((vector + encoder.embed_passages([question])[0]) / 2, dtype=np.float32)

    def is_bundled(self) -> bool:
        """Whether the bi-encoder is the bundled one, whose similarities have a known scale."""
        return self._bi_encoder().name == bi_encoder_name(self._settings.model_copy(update={"bi_encoder": BUNDLED}))

    def _candidates(
        self,
        found: Sequence[Passage],
        documents: Sequence[Document],
        vector: Vectors,
        first_place: int | None,
        dense_at: dict[str, int],
        lexical_at: dict[str, int],
    ) -> list[Candidate]:
        of = {document.id: document for document in documents}
        similar = self._similar(found, vector)
        return [
            Candidate(
                passage,
                of[passage.document_id],
                None if first_place is None else first_place + at,
                dense_at.get(passage.id),
                lexical_at.get(passage.id),
                similar.get(passage.id),
            )
            for at, passage in enumerate(found)
        ]

    def _similar(self, passages: Sequence[Passage], vector: Vectors) -> dict[str, float]:
        kept = self._library.vectors(passages)
        if not kept:
            return {}
        values = _similarities(self._bi_encoder(), vector, np.stack(list(kept.values())))
        return dict(zip(kept, values, strict=True))

    def _sorted(self, passages: Sequence[Passage], vector: Vectors) -> list[Passage]:
        similar = self._similar(passages, vector)
        return sorted(passages, key=lambda passage: -similar.get(passage.id, -np.inf))

    def _bi_encoder(self) -> BiEncoder:
        """The model that made the library's vectors, which may not be the one that is set now."""
        name = self._library.bi_encoder()
        return load_bi_encoder(settings_for(name, self._settings) if name else self._settings)


def _similarities(encoder: BiEncoder, vector: Vectors, others: Vectors) -> list[float]:
    """The similarity of one vector, shape (width,), with others, (n, width): cosine, or as another model compares."""
    if encoder.distance != "l2":
        return [float(value) for value in others @ vector]
    return [-float(value) for value in np.linalg.norm(others - vector, axis=1)]


def _fit(documents: Collection[Document], count: int) -> bool:
    return sum(document.passages for document in documents) <= count


def _among(passages: Sequence[Passage], held: Sequence[Passage] | None) -> list[Passage]:
    wanted = None if held is None else {passage.id for passage in held}
    return [passage for passage in passages if wanted is None or passage.id in wanted]


def _places(ranking: Sequence[Passage]) -> dict[str, int]:
    return {passage.id: place for place, passage in enumerate(ranking, start=1)}
