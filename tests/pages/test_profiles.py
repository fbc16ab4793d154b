"""A browser profile that is used again: nothing of what the page before has kept is found by the next one."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Browser

from tests.pages.profiles import Profiles

pytestmark = pytest.mark.browser

KEEP = """async () => {
    document.cookie = "kept=1; max-age=3600";
    localStorage.kept = sessionStorage.kept = "1";
    const opening = indexedDB.open("kept");
    await new Promise(done => { opening.onsuccess = done; });
    opening.result.close();
    await (await caches.open("kept")).put("/kept", new Response("1"));
    await (await navigator.storage.getDirectory()).getFileHandle("kept", { create: true });
    await navigator.serviceWorker.register("/worker.js");
    return await Notification.requestPermission();
}"""
FIND = """async () => {
    const files = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
        cookies: document.cookie,
        local: Object.keys(localStorage),
        session: Object.keys(sessionStorage),
        databases: (await indexedDB.databases()).map(each => each.name),
        caches: await caches.keys(),
        files,
        workers: (await navigator.serviceWorker.getRegistrations()).map(each => each.scope),
        notifications: Notification.permission,
    };
}"""


class Page(BaseHTTPRequestHandler):
    """An empty page, and an empty script beside it."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing is said of it."""


@pytest.fixture
def origin() -> Iterator[str]:
    """The address of a server of this test."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_next_window_of_a_profile_finds_nothing_of_the_one_before(chromium: Browser, origin: str) -> None:
    profiles = Profiles(chromium)
    profile = profiles.take()
    page = profile.new_page()
    page.goto(origin)
    untouched = page.evaluate(FIND)
    profile.grant_permissions(["notifications"], origin=origin)
    assert page.evaluate(KEEP) == "granted"
    found = page.evaluate(FIND)
    assert [name for name, each in found.items() if each == untouched[name]] == []  # all of it was really kept

    profiles.give_back(profile, page, origin)
    assert profiles.take() is profile
    again = profile.new_page()
    again.goto(origin)
    assert again.evaluate(FIND) == untouched


def test_a_profile_whose_page_is_gone_is_not_used_again(chromium: Browser, origin: str) -> None:
    profiles = Profiles(chromium)
    profile = profiles.take()
    page = profile.new_page()
    page.goto(origin)
    page.close()
    profiles.give_back(profile, page, origin)
    assert profiles.take() is not profile


def test_two_windows_that_are_open_at_once_have_a_profile_each(chromium: Browser) -> None:
    profiles = Profiles(chromium)
    assert profiles.take() is not profiles.take()
