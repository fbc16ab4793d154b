"""Fetch what is at an address of the web: no cookies, no proxies, no script, within limits."""

import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, unquote, urljoin, urlsplit

import httpcore

from ingest.errors import CannotRead
from ingest.settings import Settings
from ingest.units import MEGABYTE
from ingest.web.connection import TOO_SLOW, Deadline, PublicNetwork
from ingest.web.public import is_public

OFF = (
    "Adding web pages by their address is switched off. Set PINPOINT_WEB_PAGES=true to allow it, or save the page in a "
    "browser and add the file."
)
_BAD_ADDRESS = "This is not an address of a web page. It begins with https:// and has no name, password or other port."
_TOO_MANY = "This address leads on to others more than {most} times, so it was given up."
_TOO_LARGE = "This web page is too large: the limit is {megabytes} MB."
_PACKED = "The server sent this page compressed, although it was asked not to. Save it in a browser and add the file."
_NO_CONNECTION = "The server could not be reached, or broke off. Check the address and try again later."
_CERTIFICATE = "The server's certificate is not valid for this address, so the page was not fetched."
_REDIRECTS, _STEP_SECONDS, _LONGEST_ADDRESS, _LONGEST_NAME = 5, 30.0, 2000, 150
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "Pinpoint", "Accept": "*/*", "Accept-Encoding": "identity", "Connection": "close"}
_REFUSED = {
    401: "This web page asks for a sign-in, which Pinpoint cannot do. Save it in a browser and add the file.",
    403: "The server does not give this web page to Pinpoint. Save it in a browser and add the file.",
    404: "There is no web page at this address.",
    410: "There is no web page at this address any more.",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be connected to: the addresses and the ports."""

    is_public: Callable[[str], bool] = is_public
    ports: frozenset[int] = field(default=frozenset({80, 443}))


INTERNET = Reach()


@dataclass(frozen=True, slots=True)
class WebPage:
    """What is at an address: a name for its document, the address at which it was in the end, and its bytes.

    The name is the server's and the last part of the path.
    """

    name: str
    address: str
    pieces: Iterator[bytes]


def is_address(text: str) -> bool:
    """Whether somebody means a web page with this, not a file.

    >>> is_address("https://example.org/a.pdf"), is_address("notes/https.txt")
    (True, False)
    """
    return text.strip().casefold().startswith(("http://", "https://"))


def address_of(typed: str, reach: Reach = INTERNET) -> str:
    """The address that somebody means with what they typed. Raises CannotRead where it is none. Nothing is asked.

    >>> address_of(" example.org/tides ")
    'https://example.org/tides'
    """
    address = typed.strip()
    if "://" not in address:
        address = f"https://{address}"
    _target(address, reach)
    return address


@contextmanager
def web_page(
    address: str, settings: Settings, reach: Reach = INTERNET, look: Callable[[], object] = lambda: None
) -> Iterator[WebPage]:
    """Ask for what is at an address. Its bytes come as they are taken, within the `with`.

    Args:
        address: The address, with http or https.
        settings: Whether it is allowed (`web_pages`), and the limits: `file_megabytes`, `read_seconds`.
        reach: What may be connected to.
        look: Called every second and before every step. An exception from it ends the fetching and is raised.

    Raises:
        CannotRead: It is not allowed, or failed. The message is a sentence.
    """
    if not settings.web_pages:
        raise CannotRead(OFF)
    network = PublicNetwork(reach.is_public, Deadline(time.monotonic() + settings.read_seconds, look))
    with httpcore.ConnectionPool(network_backend=network, max_keepalive_connections=0) as pool:
        for _ in range(_REDIRECTS + 1):
            url, name = _target(address, reach)
            with ExitStack() as connection:
                with _failures_told():
                    answer = connection.enter_context(_asked(pool, url))
                leads_to = _leads_to(answer)
                if leads_to is None:
                    yield WebPage(name, address.strip(), _pieces(answer, settings.file_megabytes))
                    return
            address = urljoin(address, leads_to)
    raise CannotRead(_TOO_MANY.format(most=_REDIRECTS))


@contextmanager
def _failures_told() -> Iterator[None]:
    """Turn what a connection raises into a sentence."""
    try:
        yield
    except (httpcore.TimeoutException, TimeoutError) as error:
        raise CannotRead(TOO_SLOW) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise CannotRead(_CERTIFICATE if _is_certificate(error) else _NO_CONNECTION) from error


def _target(address: str, reach: Reach) -> tuple[httpcore.URL, str]:
    """The address as it is asked for, and the name of its document. Raises CannotRead."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").encode("idna")
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except (ValueError, UnicodeError) as error:
        raise CannotRead(_BAD_ADDRESS) from error
    wrong = (
        len(address) > _LONGEST_ADDRESS or not address.isprintable() or not host or any(map(parts.netloc.count, "@ "))
    )
    if wrong or parts.scheme not in {"http", "https"} or port not in reach.ports:
        raise CannotRead(_BAD_ADDRESS)
    asked = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        asked += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    name = f"{host.decode()} {last}".strip().replace("/", " ")[-_LONGEST_NAME:]
    return httpcore.URL(scheme=parts.scheme.encode(), host=host, port=port, target=asked.encode("ascii")), name


def _asked(pool: httpcore.ConnectionPool, url: httpcore.URL) -> AbstractContextManager[httpcore.Response]:
    """The answer of a server, whose body is still to come."""
    steps = dict.fromkeys(("connect", "read", "write", "pool"), _STEP_SECONDS)
    host = url.host if url.port in {80, 443} else url.host + b":%d" % (url.port or 0)
    headers = _HEADERS | {"Host": (b"[" + host + b"]" if b":" in url.host else host).decode()}
    return pool.stream("GET", url, headers=list(headers.items()), extensions={"timeout": steps})


def _leads_to(answer: httpcore.Response) -> str | None:
    """The address that an answer leads on to; None where it is the page itself. Raises CannotRead where it is none."""
    told = {name.lower(): value.decode("latin-1") for name, value in answer.headers}
    if answer.status in _LEADS_ON and b"location" in told:
        return told[b"location"]
    if answer.status != HTTPStatus.OK:
        raise CannotRead(_REFUSED.get(answer.status, f"The server answered with the error {answer.status}."))
    if told.get(b"content-encoding", "identity").strip().casefold() not in {"", "identity"}:
        raise CannotRead(_PACKED)
    return None


def _pieces(answer: httpcore.Response, megabytes: int) -> Iterator[bytes]:
    """The bytes of a page, until they are too many. Raises CannotRead then."""
    taken = 0
    with _failures_told():
        for piece in answer.iter_stream():
            taken += len(piece)
            if taken > megabytes * MEGABYTE:
                raise CannotRead(_TOO_LARGE.format(megabytes=megabytes))
            yield piece


def _is_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
