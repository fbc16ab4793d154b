"""Chroma: opening it, in a folder or at a server, and saying plainly what fails."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ingest.errors import LibraryUnavailable

if TYPE_CHECKING:
    from chromadb.api.client import Client

logger = logging.getLogger(__name__)

_FAILED = (
    "The library could not be read or written. Check that the disk is not full and that the library's folder, "
    "or the Chroma server, can be reached; then try again."
)


def open_folder(folder: Path) -> "Client":
    """The store in a folder, for this process alone. Raises LibraryUnavailable."""
    import chromadb  # noqa: PLC0415 (a second, only when needed)
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    try:
        return cast("Client", chromadb.PersistentClient(folder, settings=ChromaSettings(anonymized_telemetry=False)))
    except Exception as error:  # a second try in one process fails in another way than the first
        logger.info("the store could not be opened", exc_info=True)
        raise LibraryUnavailable(_FAILED) from error


def connect(url: str) -> "Client":
    """The store at a Chroma server. Raises LibraryUnavailable where none answers."""
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    try:
        address = urlsplit(url)
        client = chromadb.HttpClient(
            host=address.hostname or "localhost",
            port=address.port or (443 if address.scheme == "https" else 8000),
            ssl=address.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
        return cast("Client", client)
    except Exception as error:  # its client fails in many ways where the server is not there
        logger.info("no Chroma server at the address that is set", exc_info=True)
        raise LibraryUnavailable(
            f"No Chroma server answers at {url}. Start it, correct PINPOINT_CHROMA_URL, "
            "or leave it out to use a folder."
        ) from error


@contextmanager
def failing_plainly() -> Iterator[None]:
    """Turn what Chroma raises into one sentence; the whole of it goes to the log."""
    import httpx  # noqa: PLC0415
    from chromadb.errors import ChromaError, NotFoundError  # noqa: PLC0415

    try:
        yield
    except NotFoundError:
        raise
    except (ChromaError, OSError, httpx.HTTPError) as error:
        logger.info("the store failed", exc_info=True)
        raise LibraryUnavailable(_FAILED) from error
