"""How much a zip archive says it unpacks to, which tells a bomb at once.

An archive may lie about it: then the memory limit of the reading process is what stops it.
"""

import zipfile
from pathlib import Path

from ingest.errors import CannotRead
from ingest.reading.file_types import ZIP
from ingest.reading.limits import MEGABYTE

_TOO_LARGE = "This {label} unpacks to {size:,} MB, and the limit is {limit:,} MB. Split it into parts and add those."


def check_unpacked(path: Path, label: str, megabytes: int) -> None:
    """Raise CannotRead where the file is a zip archive that says it holds more than this; nothing is unpacked."""
    with path.open("rb") as file:
        # An archive may also lie inside a file of another kind, as an attachment does in an e-mail of Outlook.
        if file.read(len(ZIP)) != ZIP:
            return
    with zipfile.ZipFile(path) as archive:
        size = sum(part.file_size for part in archive.infolist()) // MEGABYTE
    if size >= megabytes:
        raise CannotRead(_TOO_LARGE.format(label=label, size=size, limit=megabytes))
