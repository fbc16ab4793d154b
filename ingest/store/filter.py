"""A filter: which documents are asked or listed, by collection, type, tag and date. It travels, so it is frozen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from ingest.document import Document
from ingest.errors import BadQuestion
from ingest.reading.file_types import FILE_TYPES
from ingest.store.shelf import Shelved


@dataclass(frozen=True, slots=True)
class Filter:
    """What documents must be like. Of each kind of condition one value suffices; every kind must be met.

    Args:
        collections: Names of collections.
        types: Labels of types, as `type_label` has them, or their names in the library.
        tags: Tags.
        since: The first day, of the document where it tells one, else of its adding.
        until: The last day.

    Example:
        >>> Filter(types=("PDF",), since=date(2024, 1, 1)).words()
        ('type PDF', 'from 1 January 2024')
    """

    collections: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        """Whether there is any condition."""
        return self != Filter()

    def words(self) -> tuple[str, ...]:
        """Each condition in words."""
        return (
            *(f"collection {name}" for name in self.collections),
            *(f"type {label}" for label in self.types),
            *(f"tag {tag}" for tag in self.tags),
            *((f"from {self.since:%-d %B %Y}",) if self.since else ()),
            *((f"until {self.until:%-d %B %Y}",) if self.until else ()),
        )

    def chosen(self, documents: Iterable[Document], shelved: Shelved) -> list[Document]:
        """Those of these documents that meet it, in their order. One pass over them; no text is read."""
        within = _any(
            shelved.members.get(each.id, frozenset()) for each in map(shelved.named, self.collections) if each
        )
        tagged = _any(map(shelved.tagged, self.tags))
        labels = {label.casefold() for label in self.types}
        return [
            each
            for each in documents
            if (not self.collections or each.id in within)
            and (not self.tags or each.id in tagged)
            and (not labels or not labels.isdisjoint([type_label(each).casefold(), each.type.casefold()]))
            and (self.since is None or each.day >= self.since)
            and (self.until is None or each.day <= self.until)
        ]

    def ids(
        self, documents: Iterable[Document], shelved: Shelved, among: Collection[str] | None = None
    ) -> frozenset[str]:
        """The ids of those that meet it, or of those `among` them. Raises BadQuestion where there is none."""
        found = frozenset(each.id for each in self.chosen(documents, shelved))
        found = found if among is None else found.intersection(among)
        if not found:
            raise BadQuestion(f"No document is in: {', '.join(self.words())}. Take a filter away, then ask again.")
        return found


def _any(groups: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*groups)


_LABELS = {kind.name: kind.label[0].upper() + kind.label[1:] for kind in FILE_TYPES}


def type_labels() -> tuple[str, ...]:
    """What people call the types, each once."""
    return tuple(dict.fromkeys(_LABELS.values()))


def type_label(document: Document) -> str:
    """What people call the type of a document.

    >>> sorted({label for label in _LABELS.values() if "mail" in label})
    ['E-mail']
    """
    return _LABELS.get(document.type, document.type or "Unknown")
