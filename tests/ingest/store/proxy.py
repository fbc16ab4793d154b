"""A server before a Chroma server, as a company has one: it has a path, and asks for a token or a password."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def proxy(port: int, path: str, authorization: str | None) -> Iterator[int]:
    """Pass on what comes with this path and this Authorization header to the server at `port`; gives its own port."""

    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if authorization and self.headers.get("Authorization") != authorization:
                self._answer(401, b"{}")
            elif not self.path.startswith(f"{path}/"):
                self._answer(404, b"{}")
            else:
                connection = http.client.HTTPConnection("localhost", port)
                connection.request(self.command, self.path[len(path) :], body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                self._answer(response.status, response.read())
                connection.close()

        do_GET = do_POST = do_PUT = do_DELETE = _pass_on

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
