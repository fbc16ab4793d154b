"""Questions that only ask for a part of a document by its number: "What does clause 3.5 of the rental terms say?"."""

from itertools import takewhile

from qa.analysis.concepts import Concept
from qa.analysis.function_words import GENERAL_WORDS
from qa.analysis.numbered import PART_WORDS, numbers_of_heading, numbers_of_text
from qa.analysis.tokens import terms
from qa.analysis.word_forms import folded
from qa.answer import BestSentence, Candidate
from qa.reranking.sentence_places import sentences
from qa.reranking.sentences import last_heading
from qa.retrieval.matches import terms_of_name
from qa.retrieval.question import Question

# Words for a document, and for what stands in it. They say nothing of which part is asked for.
_DOCUMENT_WORDS = (
    "agreement agreements conditions content contents contract cover covers document file guide handbook law manual "
    "paper policy provision read regulation regulations report said show state stated states statute terms text "
    "wording write written"
)
_SAYS_NOTHING = GENERAL_WORDS | PART_WORDS | frozenset(_DOCUMENT_WORDS.split())
_LONGEST = 1500  # characters of a part that is quoted whole


def is_part_asked_for(question: Question, candidate: Candidate) -> bool:
    """Whether a passage has the part of a document that a question asks for by its number, and by nothing else.

    Args:
        question: The question. It may also name the document, as its file or its heading does.
        candidate: The passage.
    """
    numbers = _numbers_asked(question)
    if not numbers:
        return False
    heading = candidate.passage.heading or ""
    own = numbers_of_text(candidate.passage.text) | numbers_of_heading(heading)
    if any(each.terms.isdisjoint(own) for each in numbers):
        return False
    named = terms_of_name(candidate.document.name) | set(terms(heading))
    return all(
        any(each.text in number.text for number in numbers)
        or folded(each.text) in _SAYS_NOTHING
        or not each.terms.isdisjoint(named)
        for each in question.about
    )


def with_part(candidate: Candidate, best: BestSentence, question: Question) -> BestSentence | None:
    """Extend a sentence of a part that is asked for by its number to all of it: its section, or up to the next number.

    Returns:
        The part, or its beginning where it is too long; None where the sentence does not begin it, nor its heading.
    """
    asked = {term for each in _numbers_asked(question) for term in each.terms}
    if not asked:
        return None
    text, places = candidate.passage.text, sentences(candidate.passage.text)
    start, end = best.start, best.end
    if not asked.isdisjoint(numbers_of_heading(last_heading(candidate))):
        start, end = places[0][0], places[-1][1]
    elif not asked.isdisjoint(numbers_of_text(best.words(text))):
        after = (place for place in places if place[0] >= best.end)
        end = max(
            [end, *(last for _, last in takewhile(lambda place: not numbers_of_text(text[slice(*place)]), after))]
        )
    else:
        return None
    return BestSentence(start, end, best.score) if end - start <= _LONGEST else best


def _numbers_asked(question: Question) -> list[Concept]:
    """The numbered parts that a question names: codes without parts of their own."""
    return [each for each in question.about if each.kind == "code" and not each.parts]
