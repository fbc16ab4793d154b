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


def shown_address(url: str) -> str:
    """The address of a server without the name and the password of a user.

    >>> shown_address("https://me:secret@chroma.example/team/")
    'https://chroma.example/team'
    """
    address = urlsplit(url)
    return address._replace(netloc=address.netloc.rpartition("@")[2]).geturl().rstrip("/")


def connect(url: str, token: str | None = None) -> "Client":
    """The store at a Chroma server.

    Args:
        url: Its address, which may have a path and the name and password of a user.
        token: Sent as a bearer token where it is given.

    Raises:
        LibraryUnavailable: The address is none, no server answers there, or it lets nobody in with these credentials.
    """
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings as ChromaSettings  # noqa: PLC0415

    host = _whole_address(url)
    settings = ChromaSettings(anonymized_telemetry=False)
    if token:
        settings.chroma_client_auth_provider = "chromadb.auth.token_authn.TokenAuthClientProvider"
        settings.chroma_client_auth_credentials = token
    try:
        return cast("Client", chromadb.HttpClient(host=host, ssl=host.startswith("https"), settings=settings))
    except Exception as error:  # its client fails in many ways where the server is not there
        logger.info("no Chroma server at the address that is set", exc_info=True)
        if _is_refused(error):
            raise LibraryUnavailable(
                f"The Chroma server at {shown_address(url)} lets nobody in with these credentials. Check "
                "PINPOINT_CHROMA_TOKEN, and the user and password in PINPOINT_CHROMA_URL."
            ) from error
        raise LibraryUnavailable(
            f"No Chroma server answers at {shown_address(url)}. Start it, correct PINPOINT_CHROMA_URL, "
            "or leave it out to use a folder."
        ) from error


def _whole_address(url: str) -> str:
    """The address with its port, as Chroma's client takes it. Raises LibraryUnavailable where it is none."""
    try:
        address = urlsplit(url)
        port = address.port or (443 if address.scheme == "https" else 8000)
        is_address = (
            address.scheme in {"http", "https"} and address.hostname and not (address.query or address.fragment)
        )
    except ValueError:
        is_address = False
    if not is_address:
        raise LibraryUnavailable(
            "PINPOINT_CHROMA_URL is no address of a Chroma server. It looks like http://localhost:8000, or like "
            "https://user:password@chroma.example/path."
        )
    netloc = address.netloc if address.port else f"{address.netloc}:{port}"
    return address._replace(netloc=netloc, path=address.path.rstrip("/")).geturl()


def _is_refused(error: BaseException | None) -> bool:
    """Whether a server wants other credentials."""
    import httpx  # noqa: PLC0415

    while error is not None:
        if isinstance(error, httpx.HTTPStatusError) and error.response.status_code in {401, 403}:
            return True
        error = error.__cause__ or error.__context__
    return False


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
