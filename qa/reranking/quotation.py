"""What is quoted of a passage: its best sentence with what belongs to it, word for word."""

from collections.abc import Sequence

from qa.answer import BestSentence, Candidate
from qa.reranking.asked_part import with_part
from qa.reranking.cross_encoder import CrossEncoder
from qa.reranking.highlights import parts, with_list_asked_for, with_what_belongs
from qa.reranking.neighbours import with_neighbour, with_others_that_answer
from qa.reranking.sentence_places import is_row
from qa.retrieval.question import Question


def is_follow_up(question: Question) -> bool:
    """Whether a question is asked together with the one before it, which is answered already."""
    return question.new != question.about


def quotation_of(
    candidate: Candidate,
    ranked: Sequence[BestSentence],
    question: Question,
    model: CrossEncoder,
    without_names: str | None = None,
) -> BestSentence | None:
    """What is quoted of a passage that may answer; None where it has no sentence.

    Args:
        candidate: The passage.
        ranked: Its sentences that were read, the best answer first.
        question: The question. What the question before a follow-up asks is not quoted again.
        model: The cross-encoder.
        without_names: The question without the names that the document bears, where the sentences were read with that.
    """
    if not ranked:
        return None
    if part := with_part(candidate, ranked[0], question):
        return part
    found = with_what_belongs(candidate, ranked[0], question)
    if found == ranked[0]:
        found = with_list_asked_for(candidate, ranked, question)
    if is_follow_up(question) or _is_row_asked_for(found.words(candidate.passage.text), question):
        return found
    if found == ranked[0] and len(parts(question.text)) == 1:
        found = with_others_that_answer(candidate, ranked, question.text)
    if found == ranked[0]:
        found = with_neighbour(candidate, found, without_names or question.read, model)
    return found


def _is_row_asked_for(words: str, question: Question) -> bool:
    """Whether it is the row of a table about a code of the question: the other rows are about other codes."""
    return is_row(words) and any(each.begins_in(words) for each in question.codes)
