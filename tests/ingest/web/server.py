"""A web server of this machine, which the tests say is public, with pages that behave well and others that do not."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ingest.web.fetch import Reach

PAGE = b"<html><title>Opening hours</title><p>The office opens at eight.</p></html>"


class Pages(BaseHTTPRequestHandler):
    """What the server of the tests has."""

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        hop, host = self.path.partition("?")[0], self.headers["Host"].partition(":")[0]
        leads_to = {
            "/loop": "/loop",
            "/moved": "hours.html",
            "/inside": "http://127.0.0.2:80/",
            "/file": "file:///etc/passwd",
            "/other-port": f"http://{host}:22/",
        }
        if hop in leads_to:
            self._answer(302, b"", Location=leads_to[hop])
        elif hop == "/packed":
            self._answer(200, b"x", **{"Content-Encoding": "gzip"})
        elif hop == "/large":
            self._answer(200, b"x" * 1_000_001)
        elif hop == "/slow":
            self.server.released.wait(30)  # type: ignore[attr-defined]
        else:
            self._answer(200 if hop == "/hours.html" else 404, PAGE, **{"Set-Cookie": "a=b"})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing."""


class Server(ThreadingHTTPServer):
    """Remembers what it was asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Pages)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.released = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.reach = Reach(lambda address: address == "127.0.0.1", frozenset({80, self.server_port}))


@contextmanager
def serving() -> Iterator[Server]:
    """The server, answering until the end of the `with`."""
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
