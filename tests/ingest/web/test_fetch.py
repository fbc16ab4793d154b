"""A web page is fetched from a real server of this machine, which the tests say is public; in truth it is refused."""

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from ingest.errors import CannotRead
from ingest.settings import Settings
from ingest.web.connection import NOT_PUBLIC, TOO_SLOW
from ingest.web.fetch import OFF, Reach, fetch
from tests.conftest import is_one_sentence

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


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.released.set()
        server.shutdown()
        thread.join()


def allowed(**more: int) -> Settings:
    return Settings(_env_file=None, web_pages=True, **more)  # type: ignore[arg-type]


def refusal(address: str, settings: Settings, *reach: Reach) -> str:
    with pytest.raises(CannotRead) as refused:
        fetch(address, io.BytesIO(), settings, *reach)
    return str(refused.value)


def test_a_page_is_written_as_it_is_and_named_after_its_server_and_path(server: Server) -> None:
    into = io.BytesIO()
    assert fetch(f"{server.address}/hours.html?q=1", into, allowed(), server.reach) == "127.0.0.1 hours.html"
    assert into.getvalue() == PAGE
    assert [path for path, _ in server.asked] == ["/hours.html?q=1"]


def test_a_redirect_is_followed_without_cookies(server: Server) -> None:
    into = io.BytesIO()
    assert fetch(f"{server.address}/moved", into, allowed(), server.reach) == "127.0.0.1 hours.html"
    assert into.getvalue() == PAGE
    assert all("Cookie" not in headers for _, headers in server.asked)


def test_nothing_is_asked_where_the_setting_is_off(server: Server) -> None:
    off = Settings(_env_file=None)
    assert refusal(f"{server.address}/hours.html", off, server.reach) == OFF
    assert "PINPOINT_WEB_PAGES" in OFF
    assert server.asked == []


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://[::1]/", "http://0x7f.1/"]
)
def test_this_machine_is_refused_however_it_is_written(address: str) -> None:
    assert refusal(address, allowed()) == NOT_PUBLIC


def test_a_name_with_one_address_that_is_not_public_is_refused(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", (address, 80)) for address in ("127.0.0.1", "10.0.0.1")]
    monkeypatch.setattr("socket.getaddrinfo", lambda *_args, **_more: both)
    assert refusal("http://example.org/", allowed(), server.reach) == NOT_PUBLIC


def test_a_redirect_into_a_private_network_or_to_a_file_is_refused(server: Server) -> None:
    assert refusal(f"{server.address}/inside", allowed(), server.reach) == NOT_PUBLIC
    for path in ("file", "other-port"):
        assert "not an address of a web page" in refusal(f"{server.address}/{path}", allowed(), server.reach)


@pytest.mark.parametrize(
    "address",
    [
        *("ftp://example.org/", "https://", "https://a:b@example.org/", "https://example.org:8443/", "https://a\nb/"),
        *("https://[::1/", "https://example.org:x/", "https://" + "a" * 3000, "https://..//", "javascript:alert(1)"),
    ],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    assert "not an address of a web page" in refusal(address, allowed())


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "no web page"),
        ("loop", "more than 5 times"),
        ("packed", "compressed"),
        ("large", "too large"),
    ],
)
def test_what_fails_is_one_sentence(server: Server, path: str, words: str) -> None:
    sentence = refusal(f"{server.address}/{path}", allowed(file_megabytes=1), server.reach)
    assert words in sentence
    assert is_one_sentence(sentence) or sentence.count(".") <= 2


def test_a_server_that_says_nothing_is_given_up(server: Server) -> None:
    assert refusal(f"{server.address}/slow", allowed(read_seconds=1), server.reach) == TOO_SLOW


def test_proxies_of_the_environment_are_not_asked(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.3:9")
    into = io.BytesIO()
    fetch(f"{server.address}/hours.html", into, allowed(), server.reach)
    assert into.getvalue() == PAGE
