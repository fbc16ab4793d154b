"""A web page is fetched from a real server of this machine, which the tests say is public; in truth it is refused."""

from collections.abc import Iterator

import pytest

from ingest.errors import CannotRead
from ingest.settings import Settings
from ingest.web.connection import NOT_PUBLIC, TOO_SLOW
from ingest.web.fetch import INTERNET, OFF, Reach, address_of, web_page
from tests.conftest import is_one_sentence
from tests.ingest.web.server import PAGE, Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as server:
        yield server


def allowed(**more: int) -> Settings:
    return Settings(_env_file=None, web_pages=True, **more)  # type: ignore[arg-type]


def fetched(address: str, settings: Settings, reach: Reach = INTERNET) -> tuple[str, str, bytes]:
    with web_page(address, settings, reach) as page:
        return page.name, page.address, b"".join(page.pieces)


def refusal(address: str, settings: Settings, *reach: Reach) -> str:
    with pytest.raises(CannotRead) as refused:
        fetched(address, settings, *reach)
    return str(refused.value)


def test_a_page_is_taken_as_it_is_and_named_after_its_server_and_path(server: Server) -> None:
    address = f"{server.address}/hours.html?q=1"
    assert fetched(address, allowed(), server.reach) == ("127.0.0.1 hours.html", address, PAGE)
    assert [path for path, _ in server.asked] == ["/hours.html?q=1"]


def test_a_redirect_is_followed_without_cookies(server: Server) -> None:
    found = fetched(f"{server.address}/moved", allowed(), server.reach)
    assert found == ("127.0.0.1 hours.html", f"{server.address}/hours.html", PAGE)
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
    assert fetched(f"{server.address}/hours.html", allowed(), server.reach)[2] == PAGE


class _NotWantedError(Exception):
    """Somebody does not want the page any more."""


def test_who_waits_for_a_server_that_says_nothing_can_end_that(server: Server) -> None:
    looks = []

    def look() -> None:
        looks.append(1)
        if len(server.asked) and len(looks) > 5:
            raise _NotWantedError

    with pytest.raises(_NotWantedError), web_page(f"{server.address}/slow", allowed(), server.reach, look):
        pass
    assert not server.released.is_set()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://example.org/a", "https://example.org/a"),
        (" example.org ", "https://example.org"),
        ("http://example.org/?q=ä", "http://example.org/?q=ä"),
    ],
)
def test_what_is_typed_as_an_address_is_one(typed: str, meant: str) -> None:
    assert address_of(typed) == meant


@pytest.mark.parametrize(
    "typed", ["", "  ", "javascript:alert(1)", "file:///etc/passwd", "my notes", "a@example.org", "x" * 3000]
)
def test_what_is_typed_and_no_address_is_refused_before_anything_is_asked(typed: str) -> None:
    with pytest.raises(CannotRead, match="not an address of a web page"):
        address_of(typed)
