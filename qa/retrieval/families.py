"""Families: passages of several documents with nearly the same text. A few of each are candidates, all are named.

Otherwise 300 circulars in which a word differs are all candidates, and nothing else is ever re-ranked.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ingest.document import Document, Passage
from qa.analysis.newest import age
from qa.analysis.wording import Wording, nearly_same, wording

# So many members of a family are candidates: the first one, and the newest of the others. A family with no more members
# is left as it is.
KEPT = 3


def families(passages: Sequence[Passage], present: Sequence[Sequence[bool]], count: int) -> list[list[int]]:
    """Group passages of different documents that are nearly the same and have the same concepts of the question.

    Args:
        passages: The passages, best first.
        present: For each passage, which concepts of the question it has.
        count: How many candidates are wanted. Families that begin after so many are left out.

    Returns:
        The places of the members of each family, in the given order. The families are in the order of their first ones.
    """
    found: list[list[int]] = []
    with_concepts = defaultdict[tuple[bool, ...], list[list[int]]](list)
    words = [wording(passage.text) for passage in passages]
    kept = 0
    for place, passage in enumerate(passages):
        alike = with_concepts[tuple(present[place])]
        own = words[place]
        family = next((each for each in alike if _belongs(passage, own, passages[each[0]], words[each[0]])), None)
        if family is not None:
            family.append(place)
            kept += len(family) <= KEPT
        elif kept < count:
            found.append([place])
            alike.append(found[-1])
            kept += 1
    return found


def candidates_and_alike(
    found: Sequence[Sequence[int]], passages: Sequence[Passage], documents: Mapping[str, Document]
) -> tuple[list[Passage], dict[str, list[Passage]]]:
    """Choose the members of each family that are candidates: the first one, and the newest ones, put after it.

    Args:
        found: The families, as the places of their members.
        passages: The passages, best first.
        documents: Their documents by id.

    Returns:
        The candidates, best first, and the other members of each family by the id of its first passage.
    """
    ranked, alike = list[tuple[int, int]](), dict[str, list[Passage]]()
    for family in found:
        first = family[0]
        if len(family) <= KEPT:
            ranked += [(place, place) for place in family]
            continue
        oldest_first = sorted(family[1:], key=lambda place: age(documents[passages[place].document_id]))
        kept = [first, *oldest_first[1 - KEPT :]]
        ranked += [(first, place) for place in kept]
        alike[passages[first].id] = [passages[place] for place in family if place not in kept]
    return [passages[place] for _, place in sorted(ranked)], alike


def _belongs(passage: Passage, words: Wording, first: Passage, words_of_first: Wording) -> bool:
    return first.document_id != passage.document_id and nearly_same(words_of_first, words)
