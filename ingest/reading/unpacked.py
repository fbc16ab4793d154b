"""Refuse a zip bomb by the unpacked size that the archive declares.

An archive may declare a false size. Then the memory limit of the reading process stops it.
"""

import zipfile
from pathlib import Path

from ingest.errors import CannotRead
from ingest.reading.file_types import ZIP
from ingest.units import MEGABYTE

_TOO_LARGE = "This {label} unpacks to {size:,} MB, and the limit is {limit:,} MB. Split it into parts and add those."


def check_unpacked(path: Path, label: str, megabytes: int) -> None:
    """Raise CannotRead where the file is a zip archive that declares a larger size. Nothing is unpacked."""
    with path.open("rb") as file:
        # A file of another kind may contain archives, too, such as the attachments of an Outlook e-mail.
        if file.read(len(ZIP)) != ZIP:
            return
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist()) // MEGABYTE
    if size >= megabytes:
        raise CannotRead(_TOO_LARGE.format(label=label, size=size, limit=megabytes))
