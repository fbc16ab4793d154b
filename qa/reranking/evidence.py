"""The evidence for and against a passage as the answer: scores, similarities, and the concepts that it has and lacks.

A cross-encoder relies on shared words and hardly distinguishes 2004 from 2008. A bi-encoder recognises other words with
the same meaning, but not codes. So both are combined with the concepts of the question that the passage has and lacks.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from ingest.document import Passage
from qa.analysis.concepts import Concept, Said
from qa.analysis.function_words import GENERAL_WORDS
from qa.analysis.numbered import numbers_of_heading
from qa.analysis.word_forms import folded
from qa.reranking.answer_kinds import counted, kind_lacking
from qa.retrieval.matches import Matches, code_is_nowhere
from qa.retrieval.question import Question

# Scores nearer to 0 or 1 than this are beyond the precision of float32.
_NEAREST = 1e-6
# Below this value, a lower logit of the cross-encoder means nothing more.
LOWEST_LOGIT = -11.0
# The share of its weight that is left to a concept that the passage lacks: a word that is in no passage, a general
# word, and a word of a document's name. The last one also holds where the name of the passage's own document has it.
_UNKNOWN, _GENERAL, _IN_A_NAME = 0.25, 0.25, 0.15


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for and against one passage.

    `passage` is the cross-encoder's logit of the passage, and `sentence` that of its best sentence. `similarity` is the
    bi-encoder's similarity of the passage, `sentence_similarity` that of its most similar sentence with the heading
    before it, `bare_similarity` that of its most similar sentence alone, and `heading_similarity` that of the last part
    of its heading. `words` is the share, by idf, of the question's concepts that are in the passage, its heading or its
    document's name. `synonyms` is the share of those that the passage lacks and says in a word with the same meaning.
    `code_found` says that all codes and dates of the question are there, `code_lacking` that one of
    them is missing, `number_lacking` that another number is missing, and `denial_found` that question and passage both
    negate something ("not covered"). `code_begins` says that a line, a cell or the heading begins with a code of the
    question: the passage is about it, and does not only mention it. `kind_lacking` says that the question asks for a
    time, a number or a name and the most similar sentence has none, or that it counts something that no document names,
    and neither does the passage in another word.
    """

    passage: float
    similarity: float
    words: float
    code_found: bool
    code_lacking: bool
    number_lacking: bool
    denial_found: bool = False
    synonyms: float = 0.0
    sentence_similarity: float = 0.0
    bare_similarity: float = 0.0
    heading_similarity: float = 0.0
    sentence: float | None = None
    kind_lacking: bool = False
    code_begins: bool = False

    @property
    def logit(self) -> float:
        """The higher logit of the cross-encoder: that of the passage or that of its best sentence."""
        return self.passage if self.sentence is None else max(self.passage, self.sentence)


@dataclass(frozen=True, slots=True)
class QuestionEvidence:
    """The evidence of the question itself: how many concepts it has, and which share of them, by idf, is known.

    `code_nowhere` says that no candidate has a code of the question.
    """

    things: int
    known: float
    code_nowhere: bool = False


def gather(
    question: Question, matches: Matches, scores: Sequence[float], similarities: Sequence[float]
) -> list[Evidence]:
    """Gather the evidence of each candidate before its sentences are compared with the question.

    Args:
        question: The question and its concepts.
        matches: Which candidate has which concept.
        scores: The cross-encoder's score of each candidate, in [0, 1].
        similarities: The bi-encoder's similarity of each candidate.
    """
    gathered = []
    counts_unknown = _counted_and_unknown(question, matches)
    rows = zip(scores, similarities, matches.present, matches.otherwise, matches.in_own_name, strict=True)
    for score, similarity, present, otherwise, in_name in rows:
        found = list(zip(question.about, present, strict=True))
        codes = [is_there for asked, is_there in found if asked.kind in {"code", "date"}]
        gathered.append(
            Evidence(
                passage=logit(score),
                similarity=similarity,
                words=_share(_concept_weights(question.about, matches, present, in_name), present),
                code_found=bool(codes) and all(codes),
                code_lacking=not all(codes),
                number_lacking=not all(
                    is_there for asked, is_there in found if asked.kind == "number" and not asked.terms & matches.names
                ),
                denial_found=any(is_there for asked, is_there in found if asked.kind == "denial"),
                synonyms=_share(matches.idf, otherwise),
                kind_lacking=counts_unknown is not None and not otherwise[counts_unknown],
            )
        )
    return gathered


def question_evidence(question: Question, matches: Matches) -> QuestionEvidence:
    """The evidence of the question itself."""
    things = sum(asked.kind != "denial" for asked in question.about)
    return QuestionEvidence(things, _share(matches.idf, matches.known), code_is_nowhere(question.about, matches))


def with_similarities(
    evidence: Evidence, question: Question, sentence: str, headed: float, bare: float, heading: float
) -> Evidence:
    """Add the similarities of the heading and of the most similar sentence, which is `sentence`."""
    return replace(
        evidence,
        sentence_similarity=headed,
        bare_similarity=bare,
        heading_similarity=heading,
        kind_lacking=evidence.kind_lacking or kind_lacking(question.text, sentence),
    )


def code_begins(question: Question, passage: Passage) -> bool:
    """Whether the passage is about a code of the question: a line, a cell or its heading begins with it."""
    heading = (passage.heading or "").rpartition(" > ")[2]
    numbers = numbers_of_heading(heading)
    codes = [each for each in question.about if each.kind == "code"]
    return any(each.begins_in(f"{heading}\n{passage.text}") or not each.terms.isdisjoint(numbers) for each in codes)


def stands_in(asked: Concept, said: Said) -> bool:
    """Whether a text has the concept, or an inflection of it.

    >>> stands_in(Concept("surrendered", frozenset(["surrend"])), Said.of("Surrender the key."))
    True
    """
    if asked.stands_in(said):
        return True
    return asked.kind == "word" and any(_same_stem(term, other) for term in asked.terms for other in said.terms)


def logit(score: float) -> float:
    """The cross-encoder's output before the sigmoid.

    >>> round(logit(0.5), 3)
    0.0
    """
    score = min(max(score, _NEAREST), 1 - _NEAREST)
    return math.log(score / (1 - score))


def _counted_and_unknown(question: Question, matches: Matches) -> int | None:
    """The place of the concept that the question wants counted, where no passage of the library has it."""
    asked = counted(question.text)
    places = (at for at, each in enumerate(question.about) if each.kind == "word" and each.text == asked)
    return next((at for at in places if not matches.known[at]), None)


def _concept_weights(
    about: Sequence[Concept], matches: Matches, present: Sequence[bool], in_name: Sequence[bool]
) -> list[float]:
    """The weight of each concept for a passage: its idf, and less where it says little of the passage."""
    return [
        weight * (_share_if_present(named) if there else _share_if_lacking(asked, known, matches.names))
        if asked.kind != "denial"
        else 0.0
        for asked, weight, known, there, named in zip(about, matches.idf, matches.known, present, in_name, strict=True)
    ]


def _share_if_present(named: bool) -> float:
    """The share of its weight that a concept has in a passage with it. A document's name is in all its passages."""
    return _IN_A_NAME if named else 1.0


def _share_if_lacking(asked: Concept, known: bool, names: Collection[str]) -> float:
    """The share of its weight that a concept has in a passage without it, which may answer all the same."""
    share = 1.0 if asked.terms.isdisjoint(names) else _IN_A_NAME
    if asked.kind != "word":
        return share
    if not known:
        return share * _UNKNOWN
    return share * (_GENERAL if folded(asked.text) in GENERAL_WORDS else 1.0)


def _share(weights: Sequence[float], present: Sequence[bool]) -> float:
    total = sum(weights)
    return sum(weight for weight, there in zip(weights, present, strict=True) if there) / total if total else 0.0


def _same_stem(one: str, other: str) -> bool:
    """Whether two words differ only in their ending: at most four letters after at least four equal ones."""
    if one[:4] != other[:4] or not (one.isalpha() and other.isalpha()):
        return False
    longest = max(len(one), len(other))
    same = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    same = min(len(one), len(other)) if same is None else same
    return same >= 4 and same >= 0.6 * longest and longest - same <= 4
