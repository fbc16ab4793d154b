"""What is true at one place in a rich text: a group takes it over from the group around it and may change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ingest.reading.formats.as_word import Flow


@dataclass(slots=True)
class Group:
    """The state inside one group.

    `into` says what becomes of text: it is shown ("text"), passed over ("skip") or taken by another part of the reader.
    `flow` is the text that it is shown in. `close` is called at the end of this group alone.
    """

    into: str
    flow: Flow
    hidden: bool = False
    deleted: bool = False
    font: int = -1
    fallback: int = 1
    style: int = 0
    list_id: str = ""
    level: int = 0
    outline: int | None = None
    drop_cap: bool = False
    in_table: bool = False
    nested: int = 0
    is_object: bool = False
    is_inner_row: bool = False
    close: Callable[[], None] | None = None
    is_new: bool = True

    def inner(self) -> "Group":
        """The state at the beginning of a group in this one."""
        return replace(self, close=None, is_new=True)

    def plain(self) -> None:
        """Letters are as usual from here on."""
        self.hidden = self.deleted = False
        self.font = -1

    def plain_paragraph(self) -> None:
        """Paragraphs are as usual from here on."""
        self.style, self.list_id, self.level, self.outline = 0, "", 0, None
        self.drop_cap = self.in_table = False
        self.nested = 0

    @property
    def depth(self) -> int:
        """How many tables are around a paragraph."""
        return max(self.nested, 1) if self.in_table else self.nested
