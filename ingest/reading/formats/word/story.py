"""What the parts of a Word document share while they are read, and what is known at one place in the text."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest.reading.formats.word.fields import Fields
from ingest.reading.formats.word.numbering import Numbering
from ingest.reading.formats.word.package import Package, Relation
from ingest.reading.formats.word.styles import Styles

# So many characters may be repeated because cells are merged, and so many files may be inserted into one document.
_COPIES, _INSERTED = 2_000_000, 100


@dataclass(slots=True)
class Budget:
    """What a document may still repeat, so that a small file does not become a very long text."""

    copies: int = _COPIES
    inserted: int = _INSERTED


@dataclass(slots=True)
class Story:
    """One text of a document: its body, a header, a note. All texts of a document share all but the first three.

    `shown` has the parts, such as charts, that have been shown; each is shown once.
    """

    part: str
    relations: Mapping[str, Relation]
    fields: Fields
    package: Package
    styles: Styles
    numbering: Numbering
    budget: Budget = field(default_factory=Budget)
    shown: set[str] = field(default_factory=set)

    def other(self, part: str, fields: Fields | None = None) -> "Story":
        """Another text of the same document, which stands in this part."""
        return Story(
            part,
            self.package.relations(part),
            fields or Fields(),
            self.package,
            self.styles,
            self.numbering,
            self.budget,
            self.shown,
        )

    def was_shown(self, relation_id: str | None) -> bool:
        """Whether the part that this relation leads to has been shown before."""
        relation = self.relations.get(relation_id or "")
        return relation is not None and relation.target in self.shown

    def target(self, relation_id: str | None) -> str | None:
        """The part that this relation leads to, the first time; None for one outside the file."""
        relation = self.relations.get(relation_id or "")
        if relation is None or relation.external or self.was_shown(relation_id):
            return None
        self.shown.add(relation.target)
        return relation.target


def first_story(package: Package) -> Story:
    """The story of the document's body."""
    found = package.named("styles")
    styles = Styles(found[1] if found else None)
    lists = package.named("numbering")
    numbering = Numbering(lists[1] if lists else None, styles)
    return Story(package.main, package.relations(package.main), Fields(), package, styles, numbering)
