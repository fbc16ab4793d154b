"""Group passages of several documents with the same, or nearly the same, text. A group is shown as one card."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from qa.analysis.word_forms import folded
from qa.answer import Candidate

# Two passages of two documents are alike where at least this share of their words, in order, is the same.
_NEARLY = 0.85


@dataclass(frozen=True, slots=True)
class Group:
    """The place of a candidate in a list, and the places of later candidates with the same or nearly the same text."""

    first: int
    same: tuple[int, ...] = ()
    nearly: tuple[int, ...] = ()


def group(candidates: Sequence[Candidate], order: Sequence[int], present: Sequence[Sequence[bool]]) -> list[Group]:
    """Group candidates that are alike, in the given order.

    Args:
        candidates: All candidates.
        order: Places in `candidates`, the best one first.
        present: For each candidate, which concepts of the question it has. Passages that differ in one of these are not
            alike. For example, the question asks about one month, and the passages are about two different months.
    """
    groups: list[Group] = []
    words = [tuple(folded(candidate.passage.text).split()) for candidate in candidates]
    for place in order:
        for at, found in enumerate(groups):
            if words[place] == words[found.first]:
                groups[at] = Group(found.first, (*found.same, place), found.nearly)
                break
            if _nearly(candidates, words, present, found.first, place):
                groups[at] = Group(found.first, found.same, (*found.nearly, place))
                break
        else:
            groups.append(Group(place))
    return groups


def says(candidate: Candidate, sentence: str) -> bool:
    """Whether a passage contains a sentence word for word. Case and white space do not matter."""
    return " ".join(folded(sentence).split()) in " ".join(folded(candidate.passage.text).split())


def _nearly(
    candidates: Sequence[Candidate],
    words: Sequence[tuple[str, ...]],
    present: Sequence[Sequence[bool]],
    one: int,
    other: int,
) -> bool:
    if candidates[one].document.id == candidates[other].document.id or present[one] != present[other]:
        return False
    shorter, longer = sorted([len(words[one]), len(words[other])])
    if shorter < _NEARLY * longer:
        return False
    return Indel.normalized_similarity(words[one], words[other], score_cutoff=_NEARLY) >= _NEARLY
