"""Group passages of several documents with the same, or nearly the same, text. A group is shown as one card."""

from collections.abc import Sequence
from dataclasses import dataclass

from qa.analysis.newest import age
from qa.analysis.word_forms import folded
from qa.analysis.wording import Wording, nearly_same, wording
from qa.answer import Candidate


@dataclass(frozen=True, slots=True)
class Group:
    """The place of a candidate in a list, and the places of later candidates with the same or nearly the same text."""

    first: int
    same: tuple[int, ...] = ()
    nearly: tuple[int, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """All of the group, the first one first."""
        return self.first, *self.same, *self.nearly


def group(candidates: Sequence[Candidate], order: Sequence[int], present: Sequence[Sequence[bool]]) -> list[Group]:
    """Group candidates that are alike, in the given order.

    Args:
        candidates: All candidates.
        order: Places in `candidates`, the best one first.
        present: For each candidate, which concepts of the question it has. Passages that differ in one of these are not
            alike. For example, the question asks about one month, and the passages are about two different months.
    """
    groups: list[Group] = []
    words = [wording(candidate.passage.text) for candidate in candidates]
    for place in order:
        for at, found in enumerate(groups):
            if words[place].words == words[found.first].words:
                groups[at] = Group(found.first, (*found.same, place), found.nearly)
                break
            if _nearly(candidates, words, present, found.first, place):
                groups[at] = Group(found.first, found.same, (*found.nearly, place))
                break
        else:
            groups.append(Group(place))
    return groups


def newest_first(found: Group, candidates: Sequence[Candidate], present: Sequence[Sequence[bool]]) -> Group:
    """Put the newest of a group first, among those with as many concepts of the question as the first one."""
    equal = [place for place in found.places if present[place] == present[found.first]]
    newest = max(equal, key=lambda place: age(candidates[place].document))
    if newest == found.first:
        return found
    return Group(newest, nearly=tuple(place for place in found.places if place != newest))


def says(candidate: Candidate, sentence: str) -> bool:
    """Whether a passage contains a sentence word for word. Case and white space do not matter."""
    return " ".join(folded(sentence).split()) in " ".join(folded(candidate.passage.text).split())


def _nearly(
    candidates: Sequence[Candidate],
    words: Sequence[Wording],
    present: Sequence[Sequence[bool]],
    one: int,
    other: int,
) -> bool:
    if candidates[one].document.id == candidates[other].document.id or present[one] != present[other]:
        return False
    return nearly_same(words[one], words[other])
