"""Tables of contents in the order of passages: they come after what they point to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.reading.contents_pages import is_contents
from qa.answer import Candidate

if TYPE_CHECKING:
    from qa.reranking.ranking import Ranked

# A passage with so much of the words that the contents have of the question may be what they point to.
_AS_MANY_WORDS = 0.8


def are_contents(candidate: Candidate) -> bool:
    """Whether a passage is a table of contents, which answers nothing itself."""
    return is_contents(candidate.passage.text, candidate.passage.heading)


def contents_last(candidates: Sequence[Candidate], ranked: Sequence["Ranked"]) -> list["Ranked"]:
    """Put each table of contents after the best passage of its document that has the same words of the question.

    Where there is no such passage it stays: then nothing else has what was asked for.

    Args:
        candidates: All candidates.
        ranked: The passages, with their values.

    Returns:
        The passages, best first.
    """
    listed = [each for each in ranked if are_contents(candidates[each.group.first])]
    contents = {each.group.first for each in listed}
    pointed_to: dict[str, list[Ranked]] = {}
    for each in ranked:
        if each.group.first not in contents:
            pointed_to.setdefault(candidates[each.group.first].passage.document_id, []).append(each)
    lowered = {each.group.first: _value(each, candidates, pointed_to) for each in listed}
    found = [replace(each, value=lowered.get(each.group.first, each.value)) for each in ranked]
    return sorted(found, key=lambda each: (-each.value, each.group.first in contents))


def _value(contents: "Ranked", candidates: Sequence[Candidate], pointed_to: Mapping[str, Sequence["Ranked"]]) -> float:
    own = pointed_to.get(candidates[contents.group.first].passage.document_id, ())
    with_words = [each.value for each in own if each.evidence.words >= _AS_MANY_WORDS * contents.evidence.words]
    return min(contents.value, max(with_words, default=contents.value))
