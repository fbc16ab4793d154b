"""Connections to public addresses only: a name is looked up once, and what was checked is what is connected to."""

import math
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import httpcore

from ingest.errors import CannotRead

NOT_PUBLIC = "This address leads into a private network or to this machine, where Pinpoint does not fetch pages."
NO_SUCH_SERVER = "There is no server of that name, or this machine has no connection to the internet."
TOO_SLOW = "The server took too long to answer. Try again later, or save the page in a browser and add the file."
_CONNECT_SECONDS = 10.0
_LOOK_SECONDS = 1.0  # how often it is looked whether the page is still wanted, while nothing comes


@dataclass(frozen=True, slots=True)
class Deadline:
    """When fetching has to be over, by the clock of `time.monotonic`, and who may end it before."""

    at: float
    look: Callable[[], object] = lambda: None

    def left(self, most: float | None) -> float:
        """The seconds that a step may take, at most `most`. Raises CannotRead where there are none.

        `look` is called before; what it raises passes through.
        """
        self.look()
        left = self.at - time.monotonic()
        if left <= 0:
            raise CannotRead(TOO_SLOW)
        return left if most is None else min(left, most)


class PublicNetwork(httpcore.NetworkBackend):
    """Connects for `httpcore`. `is_public` says of a numeric address whether it may be connected to."""

    def __init__(self, is_public: Callable[[str], bool], deadline: Deadline) -> None:
        """Connect to nothing yet."""
        self._is_public, self._deadline = is_public, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first address of a host that answers. Raises CannotRead where any of them is not public."""
        failed: Exception | None = None
        for address in self._addresses(host, port):
            seconds = self._deadline.left(timeout or _CONNECT_SECONDS)
            try:
                stream = self._network.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self._deadline)
        raise failed or CannotRead(NO_SUCH_SERVER)

    def _addresses(self, host: str, port: int) -> list[str]:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise CannotRead(NO_SUCH_SERVER) from error
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        if not all(map(self._is_public, addresses)):
            raise CannotRead(NOT_PUBLIC)
        return addresses


class _TimedStream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline, however little a server sends at a time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        ends = time.monotonic() + (timeout or math.inf)
        while True:
            try:
                return self._stream.read(max_bytes, self._deadline.left(_LOOK_SECONDS))
            except httpcore.ReadTimeout:
                if time.monotonic() >= ends:
                    raise

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 - as httpcore has it
        return self._stream.get_extra_info(info)
