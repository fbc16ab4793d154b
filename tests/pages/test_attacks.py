"""Attacks by script on a running app in which people sign in: each is refused, with one sentence."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus

from ingest import Database, People
from pages.server.reception import COOKIE
from tests.conftest import is_one_sentence, settings_in, until
from tests.pages.running import RunningApp
from tests.pages.visitor import Visitor

GOOD = "the heron stands still"
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app in which mia (an owner) and tom (an editor) sign in; ten megabytes may be on their way at once."""
    folder = tmp_path_factory.mktemp("guarded")
    with Database(settings_in(folder).library) as database:
        people = People(database)
        people.add("mia", "owner", GOOD)
        people.add("tom", "editor", GOOD)
        people.add("eve", "reader", GOOD)
    with RunningApp(folder, PINPOINT_SIGN_IN="always", PINPOINT_UPLOAD_MEGABYTES="10") as running:
        yield running


@pytest.fixture
def stranger(guarded: RunningApp) -> Visitor:
    """Somebody who has not signed in."""
    return Visitor(guarded.url)


@pytest.fixture(scope="module")
def mia(guarded: RunningApp) -> Visitor:
    """The owner."""
    return Visitor(guarded.url).signs_in("mia", GOOD)


@pytest.fixture(scope="module")
def tom(guarded: RunningApp) -> Visitor:
    """An editor."""
    return Visitor(guarded.url).signs_in("tom", GOOD)


# --- other names (DNS rebinding)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8501", "localhost.evil.example", "localhost@evil.example", "192.0.2.7", ""]
)
def test_a_request_under_another_name_is_refused_with_a_sentence(mia: Visitor, host: str) -> None:
    for path in ("/", "/_stcore/health", "/sign-in", "/static/x.js", "/media/x"):
        answered = mia.asks("GET", path, Host=host)
        assert answered.status == 421
        assert "PINPOINT_HOSTS" in answered.body
        assert is_one_sentence(answered.body.strip())


def test_the_names_of_this_machine_are_answered(mia: Visitor) -> None:
    port = mia.host.rpartition(":")[2]
    for host in (f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "LOCALHOST", "pinpoint.localhost"):
        assert mia.asks("GET", "/", Host=host).status == 200, host


# --- other websites


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"]
)
def test_a_page_of_another_website_opens_no_websocket_and_sends_nothing(
    mia: Visitor, stranger: Visitor, origin: str
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        mia.opens_window(origin=origin)
    assert refused.value.response.status_code == 403
    answered = stranger.asks("POST", "/sign-in", f"name=mia&password={GOOD}", Origin=origin)
    assert (answered.status, answered.cookies) == (403, ())
    assert mia.uploads("any", 10, Origin=origin).status == 403


def test_the_token_against_cross_site_requests_is_needed_for_an_upload(mia: Visitor) -> None:
    window, session = mia.opens_window()
    with window:
        assert mia.uploads(session, 10).status == 204
        assert mia.uploads(session, 10, X_Xsrftoken="made up").status == 403


def test_no_answer_may_be_framed_guessed_or_load_what_is_not_ours(mia: Visitor, stranger: Visitor) -> None:
    seen = [mia.asks("GET", path) for path in ("/", "/documents", "/static/nothing.js", "/_stcore/health", "/media/x")]
    seen += [stranger.asks("GET", path, Accept="text/html") for path in ("/", "/sign-in")]
    for answered in seen:
        assert answered.headers["x-frame-options"] == "DENY"
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["referrer-policy"] == "same-origin"
        policy = dict(part.split(" ", 1) for part in answered.headers["content-security-policy"].split("; "))
        assert policy["frame-ancestors"] == "'none'"
        assert policy["default-src"] == "'none'"
        assert "unsafe" not in policy["script-src"]
        assert "access-control-allow-origin" not in answered.headers


# --- strangers


@pytest.mark.parametrize("path", ["/", "/documents", "/document?id=1", "/people", "/static", "/static/../", "//x/"])
def test_a_stranger_is_sent_to_the_sign_in_page(stranger: Visitor, path: str) -> None:
    answered = stranger.asks("GET", path, Accept="text/html")
    if answered.status == 303:
        assert answered.headers["location"].startswith("/sign-in")
    else:
        assert answered.status in {400, 404}
    assert "Streamlit" not in answered.body


@pytest.mark.parametrize("cookie", ["", "x", "x" * 43, "x" * 5000, "' OR 1=1 --", "%00"])
def test_a_stranger_gets_no_websocket_no_file_and_no_figures(stranger: Visitor, cookie: str) -> None:
    stranger.cookies[COOKIE] = cookie
    for path in ("/media/x", "/_stcore/metrics", "/_stcore/host-config", "/_stcore/agent/openapi.json", "/component/x"):
        assert stranger.asks("GET", path).status == 401
    assert stranger.uploads("any", 10).status == 401
    with pytest.raises(InvalidStatus) as refused:
        stranger.opens_window()
    assert refused.value.response.status_code == 403


def test_the_cookie_is_read_by_no_script_and_stays_out_of_the_address(guarded: RunningApp) -> None:
    answered = Visitor(guarded.url).sends("/sign-in", name="eve", password=GOOD, next="/documents?a=b")
    (cookie,) = answered.cookies
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert answered.headers["location"] == "/documents?a=b"


@pytest.mark.parametrize("there", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", "javascript:1"])
def test_after_signing_in_nobody_is_led_to_another_website(guarded: RunningApp, there: str) -> None:
    answered = Visitor(guarded.url).sends("/sign-in", name="eve", password=GOOD, next=there)
    assert answered.headers["location"] == "/"


def test_guessing_a_password_is_slowed_and_the_page_says_how_long(guarded: RunningApp) -> None:
    answers: list[str] = []

    def guess(number: int) -> None:
        answers.append(Visitor(guarded.url).sends("/sign-in", name="nobody", password=f"guess {number}").body)

    threads = [threading.Thread(target=guess, args=[number]) for number in range(15)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    slowed = sum(bool(re.search(r"Too many tries\. Wait \d+ (second|minute)", answer)) for answer in answers)
    assert slowed + sum("is wrong" in answer for answer in answers) == 15
    assert slowed  # how many depends on the machine: only where the tries took half an hour would none be


def test_a_form_that_is_too_long_or_odd_is_no_failure_of_the_server(stranger: Visitor) -> None:
    form = "application/x-www-form-urlencoded"
    for body, kind in ((b"name=" + b"x" * 100_000, form), (b"\xff\xfe", form), (b"{}", "application/json"), (b"", "")):
        answered = stranger.asks("POST", "/sign-in", body, Content_Type=kind, Origin=stranger.url)
        assert answered.status == 403
    hostile = stranger.sends("/sign-in", name="<script>alert(1)</script>", password="x" * 9000)
    assert "<script>" not in hostile.body


# --- sessions of others


def test_nobody_goes_on_with_anothers_window_nor_uploads_into_it(mia: Visitor, tom: Visitor) -> None:
    window, session = mia.opens_window()
    with window:
        assert tom.uploads(session, 10).status == 403
        assert tom.asks("DELETE", f"/_stcore/upload_file/{session}/x", Origin=tom.url).status == 403
    with tom.opens_window(going_on_with=session)[0]:
        pass
    other, its_session = tom.opens_window(going_on_with=session)
    other.close()
    assert its_session != session
    again, same = mia.opens_window(going_on_with=session)
    again.close()
    assert same == session


def test_after_signing_out_the_cookie_is_worth_nothing(guarded: RunningApp, tmp_path: Path) -> None:
    visitor = Visitor(guarded.url).signs_in("eve", GOOD)
    assert visitor.asks("GET", "/").status == 200
    with Database(guarded.library) as database:
        eve = People(database).named("eve")
        assert eve
        People(database).set_password(eve.id or 0, GOOD)  # by the command line, in another process
    until(lambda: visitor.asks("GET", "/", Accept="text/html").status == 303)


# --- floods of uploads


def test_no_more_is_taken_into_memory_than_allowed_and_what_is_left_behind_is_freed(tom: Visitor) -> None:
    window, session = tom.opens_window()
    with window:
        taken = [tom.uploads(session, 3 * MEGABYTE, f"file-{number}").status for number in range(6)]
        assert taken == [204, 204, 204, 413, 413, 413]
        assert "on its way" in tom.uploads(session, 3 * MEGABYTE, "one-more").body
        assert tom.uploads(session, 10, "small").status == 204
        second, its_session = tom.opens_window()
        with second:
            assert tom.uploads(its_session, 3 * MEGABYTE).status == 413
        assert tom.uploads(session, 10, Content_Length="-1").status in {400, 411}

    def is_free() -> bool:
        window, session = tom.opens_window()
        with window:
            return tom.uploads(session, 9 * MEGABYTE).status == 204

    until(is_free)


# --- odd addresses


ODD = [
    *("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "%00"),
    *("x" * 3000, "' OR 1=1 --", "<script>", "\\\\evil\\x"),
]


@pytest.mark.parametrize("odd", ODD)
def test_no_path_in_any_part_of_the_address_leads_to_a_file(mia: Visitor, odd: str) -> None:
    places = ["/{}", "/media/{}", "/static/{}", "/scripts/{}.js", "/component/{}", "/_stcore/bidi-components/{}"]
    parameters = ["id", "conversation", "shared", "document", "by", "candidates", "passages", "q", "next"]
    tried = [place.format(odd if "%" in odd else quote(odd, safe="/.")) for place in places]
    tried += [f"/document?{name}={quote(odd)}" for name in parameters]
    for path in tried:
        answered = mia.asks("GET", path)
        assert answered.status < 500, path
        assert "root:" not in answered.body
