"""Where the passages of each document stand on its pages: one row of the database a document, packed.

A row is written before its document is finished and is replaced with it. A row without a document is harmless and is
deleted at the next start. A document that a version before has added has no row.
"""

import json
import logging
import zlib
from collections.abc import Iterator, Sequence

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from ingest.document import Passage, Place
from ingest.store.database import Database
from ingest.store.tables import KEPT_FILES, PASSAGE_PLACES
from ingest.units import MEGABYTE

logger = logging.getLogger(__name__)

_LARGEST = 256 * MEGABYTE  # unpacked; a document of a hundred thousand passages has a tenth of it

Places = tuple[Place, ...]


class PassagePlaces:
    """The places of one library's passages. Safe for several threads; every method raises LibraryUnavailable.

    Example:
        >>> from pathlib import Path
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Database(Path(folder)) as database:
        ...     places = PassagePlaces(database)
        ...     places.write("5f3a", [(), (Place(0, 4, 720, 700, 1200, 820),)])
        ...     places.of(Passage("5f3a", 1, "Tea."))
        (Place(start=0, end=4, left=720, top=700, right=1200, bottom=820),)
    """

    def __init__(self, database: Database) -> None:
        """Read nothing yet."""
        self._database = database

    def of(self, passage: Passage) -> Places | None:
        """Where a passage stands on its page; empty where that is not known, None where its document has no row."""
        found = self.of_several(passage.document_id, [passage])
        return None if found is None else found[0]

    def of_several(self, document_id: str, passages: Sequence[Passage]) -> list[Places] | None:
        """The places of each of these passages of one document, as `of` gives them."""
        wanted = select(PASSAGE_PLACES.c.places).where(PASSAGE_PLACES.c.document_id == document_id)
        with self._database.read() as connection:
            packed = connection.execute(wanted).scalar()
        if packed is None:
            return None
        try:
            rows = _unpacked(packed)
            return [
                tuple(_places(rows[passage.ordinal])) if passage.ordinal < len(rows) else () for passage in passages
            ]
        except (ValueError, TypeError, zlib.error):
            logger.warning("the places of document %s are damaged", document_id)
            return [() for _ in passages]

    def write(self, document_id: str, places: Sequence[Places]) -> None:
        """Keep the places of a document's passages, in their order, in the place of those that were kept."""
        packed = zlib.compress(json.dumps(list(map(_numbers, places)), separators=(",", ":")).encode())
        new = insert(PASSAGE_PLACES).values(document_id=document_id, places=packed)
        with self._database.write() as connection:
            connection.execute(new.on_conflict_do_update(index_elements=["document_id"], set_={"places": packed}))

    def delete(self, document_id: str) -> None:
        """A document is deleted for good."""
        with self._database.write() as connection:
            connection.execute(delete(PASSAGE_PLACES).where(PASSAGE_PLACES.c.document_id == document_id))

    def sweep(self) -> None:
        """Delete the rows of documents that are not there; in a moment in which none is being added."""
        stray = PASSAGE_PLACES.c.document_id.not_in(select(KEPT_FILES.c.hash))
        with self._database.read() as connection:
            if connection.execute(select(PASSAGE_PLACES.c.document_id).where(stray).limit(1)).first() is None:
                return
        with self._database.write() as connection:
            connection.execute(delete(PASSAGE_PLACES).where(stray))


def _numbers(places: Places) -> list[int]:
    """The places in a row, each as how it differs from the one before: small numbers that are packed well."""
    row, before = list[int](), Place(0, 0, 0, 0, 0, 0)
    for place in places:
        row += [place.start - before.end, place.end - place.start]
        row += [place.left - before.left, place.top - before.bottom]
        row += [place.right - place.left, place.bottom - place.top]
        before = place
    return row


def _places(row: Sequence[int]) -> Iterator[Place]:
    end = left = bottom = 0
    numbers = [int(number) for number in row]
    for gap, length, right, down, width, height in zip(*[iter(numbers)] * 6, strict=True):
        start, left, top = end + gap, left + right, bottom + down
        end, bottom = start + length, top + height
        yield Place(start, end, left, top, left + width, bottom)


def _unpacked(packed: bytes) -> list[list[int]]:
    content = zlib.decompressobj().decompress(packed, _LARGEST)
    found = json.loads(content)
    if not isinstance(found, list):
        raise TypeError("not a list")
    return found
