"""A question to candidates: by meaning (dense), by words (lexical), or both (hybrid)."""

from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from ingest.document import Documents, Passage, headed_text
from ingest.embedding.bi_encoder import BiEncoder, Vectors, bi_encoder_name, load_bi_encoder, settings_for
from ingest.errors import BadQuestion
from ingest.settings import BUNDLED, Settings, load_settings
from ingest.store.library import Library
from qa.analysis.concepts import concepts
from qa.analysis.names import Name, names, without
from qa.analysis.tokens import terms
from qa.analysis.wording import plainly
from qa.answer import Candidate
from qa.options import DEFAULTS, Options
from qa.retrieval.kept_vectors import KeptVectors
from qa.retrieval.lexical import LexicalIndex
from qa.retrieval.matches import Matches
from qa.retrieval.question import Question, understand
from qa.retrieval.question_vectors import QuestionVectors
from qa.retrieval.search import Found, Search

_BESIDE = 4  # threads for what can be done at the same time: the vectors of a question, the search by words
_WIDER = 4  # how many times as many passages are looked at where those that say the same are left out


def retrieve(
    question: str, library: Library, options: Options = DEFAULTS, *, settings: Settings | None = None
) -> list[Candidate]:
    """Find the passages that may answer a question: the first stage of `ask`.

    It reads the words of the whole library first. To ask more than one question, make one `Asker` or `Retriever`.

    Args:
        question: The question as it was typed.
        library: The open library.
        options: The mode, the number of candidates, and the documents to search.
        settings: The models. By default, the settings are read from the environment.

    Returns:
        At most `options.candidates` candidates, best first. Where the documents have no more passages than that, all of
        them in their order.

    Raises:
        BadQuestion: There are no documents, or the chosen documents are not in the library.
        ModelUnavailable: The bi-encoder cannot be loaded.
        LibraryUnavailable: The library cannot be read.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from pathlib import Path
        >>> from ingest import Library, Settings, add
        >>> with TemporaryDirectory() as folder:
        ...     settings = Settings(library=Path(folder) / "library")
        ...     note = Path(folder) / "note.txt"
        ...     _ = note.write_text("The office opens at eight in the morning.")
        ...     with Library(settings) as library:
        ...         _ = add(note, library, settings)
        ...         candidates = retrieve("When can I get in?", library, settings=settings)
        >>> [candidate.passage.text for candidate in candidates]
        ['The office opens at eight in the morning.']
    """
    retriever = Retriever(library, settings or load_settings())
    return retriever.retrieve(retriever.understand(question, options), options)


class Retriever:
    """The retrieval stage over one library. Safe for several threads."""

    def __init__(self, library: Library, settings: Settings) -> None:
        self._library = library
        self._settings = settings
        self._lexical = LexicalIndex(library)
        self._vectors = KeptVectors()
        self._beside = ThreadPoolExecutor(_BESIDE, "retrieval")  # its threads end with the retriever

    def catch_up(self) -> None:
        """Update the lexical index with the changes of the library."""
        self._lexical.catch_up()

    def understand(self, typed: str, options: Options = DEFAULTS) -> Question:
        """Update the index, then understand a question; see `qa.retrieval.question.understand`."""
        self.catch_up()
        return understand(typed, self._lexical, options)

    def retrieve(self, question: Question, options: Options = DEFAULTS) -> list[Candidate]:
        """Find candidates for a question that was understood.

        Where the question has phrases in quotation marks, only passages with all of them are candidates.

        Args:
            question: The result of `understand`.
            options: The mode, the number of candidates, and the documents to search.

        Returns:
            At most `options.candidates` candidates, best first. Where the documents have no more passages than that,
            all passages, in the order of the documents. Otherwise, of passages of several documents that are nearly the
            same, a few are candidates; the first one has the others in `alike`.

        Raises:
            BadQuestion: There are no documents, or the chosen documents are not in the library.
            ModelUnavailable: The bi-encoder cannot be loaded.
            LibraryUnavailable: The library cannot be read.
        """
        asked = _chosen(self._lexical.documents(), options.documents)
        count = options.candidates
        held = self._lexical.with_phrases(question.phrases, asked) if question.phrases else None
        vectors = QuestionVectors(question.read, self._bi_encoder(), self._beside)
        by_meaning = None if held is None else self._sorted(held, vectors.as_question)
        search = Search(
            self._library,
            self._lexical,
            question,
            options.mode,
            lambda: vectors.as_question,
            asked,
            by_meaning,
            self._beside,
        )
        every = list(self._library.passages(asked)) if asked.passages <= count and held is None else held
        if every is not None and len(every) <= count:
            return self._candidates(Found(every, *search.ranked(count)), asked, vectors.compared, None)
        return self._candidates(search.run(count), asked, vectors.compared, 1)

    def match(self, question: Question, candidates: Sequence[Candidate]) -> Matches:
        """Match the concepts of a question with the candidates; see `Matches`."""
        passages = [candidate.passage for candidate in candidates]
        return self._lexical.match(question.text, question.about, passages)

    def without_names(self, question: Question, candidates: Sequence[Candidate]) -> list[str | None]:
        """For each candidate the question without the names that its document bears and the passage does not say.

        None where there is no such name, or where nothing is asked without it.
        """
        named = {document_id: self._names_of(question, document_id) for document_id in _document_ids(candidates)}
        return [_without_names(question, named[each.document.id], each.passage) for each in candidates]

    def _names_of(self, question: Question, document_id: str) -> list[Name]:
        """The names in a question that a document bears."""
        subject, known = self._lexical.subject(document_id)
        return [name for name in names(question.read, known) if name.terms <= subject]

    def similarities_to(self, question: str, candidates: Sequence[Candidate]) -> list[float]:
        """How similar each candidate is to another wording of the question, as `Candidate.similarity` tells."""
        vectors = QuestionVectors(question, self._bi_encoder(), self._beside)
        similar = self._similarity_by_id([candidate.passage for candidate in candidates], vectors.compared)
        return [similar.get(candidate.passage.id, candidate.similarity or 0.0) for candidate in candidates]

    def sentence_similarity(self, question: Question, texts: Sequence[str]) -> list[float]:
        """The similarity of each text to the question. A text may be a sentence with its heading before it."""
        encoder = self._bi_encoder()
        if not texts:
            return []
        vectors = self._vectors.of(texts, encoder)
        return _similarities(encoder, encoder.embed_question(question.read), vectors)

    def like(self, passage: Passage, count: int) -> list[Candidate]:
        """At most `count` passages that are most similar to one in meaning, without itself and what says the same."""
        own = self._library.vectors([passage]).get(passage.id)
        if own is None:
            return []
        documents = {document.id: document for document in self._library.documents()}
        said, found = {plainly(passage.text)}, list[Candidate]()
        for other in self._library.nearest(own, _WIDER * count, documents.values()):
            words = plainly(other.text)
            if words not in said and other.document_id in documents and len(found) < count:
                said.add(words)
                found.append(Candidate(other, documents[other.document_id]))
        return found

    def is_bundled(self) -> bool:
        """Whether the bi-encoder is the bundled one. The scale of its similarities is known."""
        return self._bi_encoder().name == bi_encoder_name(self._settings.model_copy(update={"bi_encoder": BUNDLED}))

    def _candidates(
        self, found: Found, documents: Documents, vector: Vectors, first_rank: int | None
    ) -> list[Candidate]:
        of = documents.by_id
        similar = self._similarity_by_id(found.passages, vector, found.vectors)
        dense_ranks, lexical_ranks = _ranks(found.dense), _ranks(found.lexical)
        return [
            Candidate(
                passage,
                of[passage.document_id],
                None if first_rank is None else first_rank + place,
                dense_ranks.get(passage.id),
                lexical_ranks.get(passage.id),
                similar.get(passage.id),
                tuple(Candidate(other, of[other.document_id]) for other in found.alike.get(passage.id, ())),
            )
            for place, passage in enumerate(found.passages)
        ]

    def _similarity_by_id(
        self, passages: Sequence[Passage], vector: Vectors, fetched: Mapping[str, Vectors] | None = None
    ) -> dict[str, float]:
        kept = fetched or self._library.vectors(passages)
        if not kept:
            return {}
        values = _similarities(self._bi_encoder(), vector, np.stack(list(kept.values())))
        return dict(zip(kept, values, strict=True))

    def _sorted(self, passages: Sequence[Passage], vector: Vectors) -> list[Passage]:
        similar = self._similarity_by_id(passages, vector)
        return sorted(passages, key=lambda passage: -similar.get(passage.id, -np.inf))

    def _bi_encoder(self) -> BiEncoder:
        """The model of the library's vectors, which may differ from the model in the settings."""
        name = self._library.bi_encoder()
        return load_bi_encoder(settings_for(name, self._settings) if name else self._settings)


def _chosen(held: Documents, ids: Collection[str] | None) -> Documents:
    """The documents with these ids, in the library's order. Raises BadQuestion."""
    if not held:
        raise BadQuestion("There are no documents yet. Add some, then ask again.")
    if ids is None:
        return held
    ids = frozenset(ids)  # of thousands, each document is looked up
    unknown = ids - held.by_id.keys()
    if unknown:
        raise BadQuestion(
            f"There is no document {min(unknown)}. It may have been removed; choose among those that are there."
        )
    chosen = Documents(document for document in held if document.id in ids)
    if not chosen:
        raise BadQuestion("No document is chosen. Choose at least one, then ask again.")
    return chosen


def _document_ids(candidates: Sequence[Candidate]) -> set[str]:
    return {candidate.document.id for candidate in candidates}


def _without_names(question: Question, asked: Sequence[Name], passage: Passage) -> str | None:
    if not asked:
        return None
    said = set(terms(headed_text(passage.text, passage.heading)))
    left_out = [name for name in asked if not name.terms <= said]
    shorter = without(question.read, left_out)
    return shorter if left_out and concepts(shorter) else None


def _similarities(encoder: BiEncoder, vector: Vectors, others: Vectors) -> list[float]:
    """The similarity of a vector, shape (width,), to others, shape (n, width): cosine, or the model's own."""
    if encoder.distance != "l2":
        return [float(value) for value in others @ vector]
    return [-float(value) for value in np.linalg.norm(others - vector, axis=1)]


def _ranks(ranking: Sequence[str]) -> dict[str, int]:
    return {passage_id: rank for rank, passage_id in enumerate(ranking, start=1)}
