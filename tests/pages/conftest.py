"""What the browser tests stand on: a real Chromium, a real app, and people who open it in windows of their own."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from ingest import Library, example_documents
from ingest.pipeline.add import add
from tests.conftest import settings_in
from tests.pages.papers import choir_word, lighthouse_pdf
from tests.pages.person import FIRST_PATIENCE, PATIENCE, Person
from tests.pages.profiles import Profiles
from tests.pages.running import RunningApp

CHROMIUM = Path("/usr/bin/chromium")
SWITCHES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# What is not on this machine is not found, so that a page that asks for it is noticed and gets nothing.
NOBODY_OUTSIDE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost"

# Read as this file is loaded: while the tests run, nothing that is set on this machine reaches them.
REQUIRED = os.environ.get("PINPOINT_TEST_BROWSER") == "required"
SCREENSHOTS = os.environ.get("PINPOINT_SCREENSHOTS")

People = Callable[..., Person]
Keep = Callable[[Person, str], None]

# Every width in every light for pictures; without them, each width and each light once.
LOOKS = [(1280, False), (390, True), *([(1280, True), (390, False)] if SCREENSHOTS else [])]


def looks(width: int, dark: bool) -> str:
    """A picture's name says how wide the window was and how bright."""
    return f"{width}-{'dark' if dark else 'light'}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A click that falls into the moment in which Streamlit draws a page anew is lost, by a person's as by a test's.

    A person clicks again; a test is run again, at most twice, and the report says so.
    """
    for item in items:
        if item.get_closest_marker("browser") and not item.get_closest_marker("flaky"):
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(autouse=True)
def _waits_longer_when_tried_again(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    is_first = getattr(request.node, "execution_count", 2) == 1  # of pytest-rerunfailures; without it there is one try
    monkeypatch.setattr(Person, "patience", FIRST_PATIENCE if is_first else PATIENCE)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for the tests of a file; for longer it would be in the way of tests that use asyncio."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing; on Debian `apt-get install chromium` puts it there"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SWITCHES, NOBODY_OUTSIDE])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One app for all tests that do not stop it."""
    with RunningApp(tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture(scope="session")
def example_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app whose library holds the example, for tests that only ask."""
    folder = tmp_path_factory.mktemp("example")
    settings = settings_in(folder)
    with Library(settings) as library:
        for path in example_documents():
            assert add(path, library, settings).status == "added"
    with RunningApp(folder) as running:
        yield running


@pytest.fixture(scope="session")
def small_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """An app with twelve passages, a PDF's and a Word file's, for tests that only ask: it answers in a moment."""
    folder = tmp_path_factory.mktemp("small")
    settings = settings_in(folder)
    with Library(settings) as library:
        for path in (lighthouse_pdf(folder), choir_word(folder)):
            assert add(path, library, settings).status == "added"
    with RunningApp(folder) as running:
        yield running


@pytest.fixture(scope="module")
def profiles(chromium: Browser) -> Profiles:
    """The profiles of the windows of a file's tests."""
    return Profiles(chromium)


@pytest.fixture
def windows(profiles: Profiles) -> Iterator[People]:
    """Opens windows on any app; at the end none has asked anybody beyond this machine, nor been stopped."""
    opened: list[Person] = []

    def opens(url: str, width: int = 1280, dark: bool = False, path: str = "/") -> Person:
        opened.append(Person(profiles, url, width, dark, path))
        return opened[-1]

    yield opens
    for person in opened:
        person.leaves()
    assert [address for person in opened for address in person.outside] == []
    assert [words for person in opened for words in person.stopped] == []


@pytest.fixture
def people(chromium: Browser, app: RunningApp, windows: People) -> People:
    """Opens windows on the app that all tests share: `people(width=390, dark=True)`."""

    def opens(width: int = 1280, dark: bool = False) -> Person:
        return windows(app.url, width=width, dark=dark)

    return opens


@pytest.fixture
def readers(chromium: Browser, example_app: RunningApp, windows: People) -> People:
    """Opens windows on the app that holds the example.

    Re-ranking takes most of the time of a test, so fewer candidates are read than by default: `candidates=100` for what
    has to be seen while a question is being answered.
    """

    def opens(width: int = 1280, dark: bool = False, candidates: int = 20) -> Person:
        return windows(example_app.url, width, dark, f"/?candidates={candidates}")

    return opens


@pytest.fixture
def visitors(chromium: Browser, small_app: RunningApp, windows: People) -> People:
    """Opens windows on the app with twelve passages."""

    def opens(width: int = 1280, dark: bool = False) -> Person:
        return windows(small_app.url, width=width, dark=dark)

    return opens


@pytest.fixture
def visitor(visitors: People) -> Person:
    """Somebody with the app with twelve passages open."""
    return visitors()


@pytest.fixture
def reader(readers: People) -> Person:
    """Somebody with the example's app open."""
    return readers()


@pytest.fixture
def person(people: People) -> Person:
    """Somebody with the app open, and no documents in it yet."""
    somebody = people()
    somebody.clears_everything_away()
    return somebody


@pytest.fixture
def keep() -> Keep:
    """Keeps a picture of what a person sees, where PINPOINT_SCREENSHOTS names a folder for it."""

    def keeps(person: Person, name: str) -> None:
        if SCREENSHOTS:
            person.page.screenshot(path=Path(SCREENSHOTS).resolve() / f"{name}.png", animations="disabled")

    return keeps
