"""Which concepts of a question are in which passages: in its words, in other words, in its document's name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.reading.file_types import without_suffix
from qa.analysis.concepts import Concept
from qa.analysis.tokens import terms


@dataclass(frozen=True, slots=True)
class Matches:
    """Which concepts of a question are in which passages, and how rare they are in the library.

    `idf` and `known` have one entry per concept: its inverse document frequency, above 0 and at most 7, and whether any
    passage has it. All others have one row per passage with one entry per concept: `present` says whether the passage
    has it, `otherwise` whether it has only a word with the same meaning, `in_own_name` whether the name of the
    passage's document has it. `names` are the terms of all documents' names. `nowhere` says of each concept whether
    none of the candidates has it, also where this is only of some of them.
    """

    idf: tuple[float, ...]
    known: tuple[bool, ...]
    present: tuple[tuple[bool, ...], ...]
    otherwise: tuple[tuple[bool, ...], ...]
    in_own_name: tuple[tuple[bool, ...], ...]
    names: frozenset[str]
    nowhere: tuple[bool, ...] = ()

    def of(self, places: Sequence[int]) -> "Matches":
        """The same for only the passages at these places, in that order."""
        return replace(
            self,
            present=tuple(self.present[at] for at in places),
            otherwise=tuple(self.otherwise[at] for at in places),
            in_own_name=tuple(self.in_own_name[at] for at in places),
        )


def missing_codes(about: Sequence[Concept], matches: Matches) -> tuple[str, ...]:
    """The codes of a question that no passage of the library has, as they were typed."""
    return tuple(each.text for each, known in zip(about, matches.known, strict=True) if each.is_exact and not known)


def code_is_nowhere(about: Sequence[Concept], matches: Matches) -> bool:
    """Whether none of the candidates has a code of the question; another passage of the library may have it."""
    return any(each.is_exact and nowhere for each, nowhere in zip(about, matches.nowhere, strict=False))


def said_otherwise(
    synonyms: Sequence[frozenset[str]], present: Sequence[bool], terms: Collection[str]
) -> tuple[bool, ...]:
    """Which concepts a passage with these terms lacks and says in another word with the same meaning."""
    return tuple(not there and not same.isdisjoint(terms) for same, there in zip(synonyms, present, strict=True))


def in_name(about: Sequence[Concept], name: str) -> tuple[bool, ...]:
    """Which concepts are in the name of a document."""
    return tuple(not each.terms.isdisjoint(terms_of_name(name)) for each in about)


@lru_cache(maxsize=20_000)
def terms_of_name(name: str) -> frozenset[str]:
    """The terms of a document's name, without the ending that tells its type."""
    return frozenset(terms(without_suffix(name)))
