"""Signing in in the browser: the first owner, passwords, the sign-in service; two people beside each other."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ingest import Database, People
from tests.conftest import settings_in
from tests.pages.conftest import LOOKS, Keep, looks
from tests.pages.person import PATIENCE
from tests.pages.provider import CLIENT, SECRET, Provider
from tests.pages.running import RunningApp

pytestmark = pytest.mark.browser
GOOD = "the heron stands still"
ASK = "Ask your documents a question"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    """A provider of the organisation."""
    with Provider() as running:
        yield running


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[RunningApp]:
    """An app with a sign-in service: mia is an owner with a password, tom@example.org a reader who signs in there."""
    folder = tmp_path_factory.mktemp("office")
    with Database(settings_in(folder).library) as database:
        people = People(database)
        people.add("mia", "owner", GOOD)
        people.add("tom@example.org", "reader")
    service = {
        "PINPOINT_OPENID_ISSUER": provider.issuer,
        "PINPOINT_OPENID_CLIENT": CLIENT,
        "PINPOINT_OPENID_SECRET": SECRET,
    }
    with RunningApp(folder, PINPOINT_SIGN_IN="always", **service) as running:
        yield running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A window of a browser that has no cookies; nothing that the content security policy stops may be on a page."""
    with window(chromium) as opened:
        yield opened


class window:
    """A browser window; at its end, nothing was stopped by the content security policy."""

    def __init__(self, chromium: Browser, width: int = 1280, dark: bool = False) -> None:
        """Open it."""
        scheme: str = "dark" if dark else "light"
        self._context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        self._context.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.page = self._context.new_page()
        self.stopped: list[str] = []
        self.page.on("console", lambda said: self._hear(said.text))

    def _hear(self, said: str) -> None:
        if "Content Security Policy" in said or "Refused to" in said:
            self.stopped.append(said)

    def __enter__(self) -> Page:
        """The page."""
        return self.page

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close it."""
        self._context.close()
        assert kind is not None or self.stopped == []


def signs_in(page: Page, url: str, name: str = "mia", password: str = GOOD) -> None:
    """Sign in with a password, from wherever one is sent."""
    page.goto(url)
    if page.get_by_text("Sign in with a password").count():
        page.get_by_text("Sign in with a password").click()
    page.get_by_label("Name or e-mail address").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def asks(page: Page, question: str) -> None:
    """Ask something in a library without documents, and wait until it is kept."""
    page.get_by_placeholder(ASK).fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_text("There are no documents yet. Add some, then ask again.")).to_be_visible()
    page.wait_for_url(re.compile("conversation="))


def test_the_first_owner_is_made_with_the_code_of_the_log_and_adds_the_others(
    page: Page, tmp_path: Path, keep: Keep
) -> None:
    with RunningApp(tmp_path, "--server.address", "0.0.0.0") as app:  # noqa: S104 - where sign-in is asked for
        page.goto(app.url)
        expect(page.get_by_role("heading", name="The first account")).to_be_visible()
        for code in ("0000-0000-0000-0000", re.search(r"first account: (\S+)", app.log.read_text())[1]):  # type: ignore[index]
            page.get_by_label("Code").fill(code)
            page.get_by_label("Your name or e-mail address").fill("mia")
            page.get_by_label(re.compile("A new password")).fill(GOOD)
            page.get_by_role("button", name="Make the first account").click()
            if code.startswith("0000"):
                expect(page.get_by_role("alert")).to_contain_text("This is not the code")
        expect(page.get_by_placeholder(ASK)).to_be_visible()
        page.goto(f"{app.url}/people")
        page.get_by_label("Name or e-mail address").fill("<b>tom</b>")
        page.get_by_label("A first password, of at least 10 characters").fill("short")
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("The password is too short.")).to_be_visible()
        page.get_by_label("A first password, of at least 10 characters").fill(GOOD)
        page.get_by_role("button", name="Add", exact=True).click()
        expect(page.get_by_text("<b>tom</b> may now ask, and see the documents.")).to_be_visible()
        page.goto(f"{app.url}/record")
        expect(page.locator(".pp-record tbody tr").first).to_contain_text("added a person <b>tom</b>")
        with page.expect_download() as download:
            page.get_by_role("button", name="Download the record (CSV)").click()
        assert "became the first owner" in download.value.path().read_text(encoding="utf-8-sig")


def test_two_people_do_not_see_each_others_conversations_until_a_link_says_so(
    chromium: Browser, office: RunningApp, provider: Provider
) -> None:
    with window(chromium) as mias, window(chromium) as toms:
        signs_in(mias, office.url)
        asks(mias, "Where is the xylophone?")
        hers = mias.url.partition("&q=")[0]  # with the question, it would be asked again
        mias.goto(f"{office.url}/conversations")
        mias.get_by_role("button", name="Share").first.click()
        mias.get_by_role("button", name="Make a link").click()
        link = mias.get_by_text("?shared=").inner_text()
        provider.next_person = {"sub": "42", "email": "tom@example.org", "email_verified": True}
        toms.goto(hers)
        toms.get_by_role("link", name="Sign in with localhost").click()
        expect(toms.get_by_text("This conversation is not here. It may have been deleted.")).to_be_visible()
        toms.goto(f"{office.url}/conversations")
        expect(toms.get_by_text("No conversations yet. Ask something first.")).to_be_visible()
        toms.goto(link)
        expect(toms.locator(".pp-question")).to_have_text(["Where is the xylophone?"])
        toms.get_by_placeholder(ASK).fill("And the drum?")
        toms.keyboard.press("Enter")
        expect(toms.locator(".pp-question")).to_have_count(2)
        toms.wait_for_url(re.compile("conversation="))
        mias.goto(hers)
        expect(mias.locator(".pp-question")).to_have_count(1)


def test_a_reader_is_offered_nothing_that_readers_may_not_do(
    page: Page, office: RunningApp, provider: Provider
) -> None:
    provider.next_person = {"sub": "42", "email": "tom@example.org", "email_verified": True}
    page.goto(f"{office.url}/documents")
    page.get_by_role("link", name="Sign in with localhost").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()
    expect(page.get_by_text("No documents yet.")).to_be_visible()
    for offered in ("Upload", "Add", "Remove", "Make a backup", "Dismiss"):
        expect(page.get_by_role("button", name=offered, exact=True)).to_have_count(0)
    page.goto(f"{office.url}/account")
    expect(page.get_by_text("Your role is reader.")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("Record|People"))).to_have_count(0)
    for place in ("people", "record"):
        page.goto(f"{office.url}/{place}")
        expect(page.get_by_text("You may not do this: it takes the role owner.")).to_be_visible()


@pytest.mark.parametrize(
    ("person", "spoilt", "forged", "sentence"),
    [
        ({"sub": "43", "email": "eve@example.org", "email_verified": True}, {}, False, "no owner of this library has"),
        ({"sub": "44", "email": "mia", "email_verified": False}, {}, False, "does not say that your e-mail address"),
        ({"sub": "42", "email": "tom@example.org", "email_verified": True}, {"nonce": "other"}, False, "not finished"),
        ({"sub": "42", "email": "tom@example.org", "email_verified": True}, {"aud": "other"}, False, "not finished"),
        ({"sub": "42", "email": "tom@example.org", "email_verified": True}, {"exp": 1}, False, "not finished"),
        ({"sub": "42", "email": "tom@example.org", "email_verified": True}, {}, True, "not finished"),
    ],
)
def test_whom_the_service_does_not_prove_or_nobody_added_stays_outside(
    page: Page,
    office: RunningApp,
    provider: Provider,
    person: dict[str, object],
    spoilt: dict[str, object],
    forged: bool,
    sentence: str,
) -> None:
    provider.next_person, provider.spoil, provider.forged = person, spoilt, forged
    try:
        page.goto(office.url)
        page.get_by_role("link", name="Sign in with localhost").click()
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        page.goto(office.url)
        expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    finally:
        provider.spoil, provider.forged = {}, False


def test_signing_out_and_another_password_end_what_other_windows_show(chromium: Browser, office: RunningApp) -> None:
    with window(chromium) as first, window(chromium) as second:
        for each in (first, second):
            signs_in(each, f"{office.url}/account")
            expect(each.get_by_text("You are signed in as mia.")).to_be_visible()
        first.get_by_text("Change your password").click()
        first.get_by_label("The password until now").fill(GOOD)
        first.get_by_label("The new password, of at least 10 characters").fill(GOOD)
        first.get_by_label("The new password once more").fill(GOOD)
        first.get_by_role("button", name="Change it").click()
        expect(first.get_by_text("You are signed out.")).to_be_visible()
        second.get_by_role("link", name="Conversations").click()
        expect(second.get_by_text("You are signed out.")).to_be_visible()
        second.get_by_role("link", name="Sign in").click()
        signs_in(second, f"{office.url}/account")
        second.get_by_role("button", name="Sign out").click()
        expect(second.get_by_text("You are signed out.")).to_be_visible()
        second.goto(office.url)
        expect(second.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_pages_look_right_in_every_width_and_light(chromium: Browser, office: RunningApp, keep: Keep) -> None:
    for width, dark in LOOKS:
        with window(chromium, width, dark) as page:
            page.goto(office.url)
            keep_page(page, keep, f"sign-in-{looks(width, dark)}")
            signs_in(page, office.url)
            for place in ("account", "people", "record"):
                page.goto(f"{office.url}/{place}")
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width
                bar = page.get_by_role("link", name="Account", exact=True).first.bounding_box()
                assert bar
                assert bar["x"] + bar["width"] <= width
                keep_page(page, keep, f"{place}-{looks(width, dark)}")


def keep_page(page: Page, keep: Keep, name: str) -> None:
    """Keep a picture where pictures are asked for."""

    class Seen:
        """What a picture is taken of."""

    seen = Seen()
    seen.page = page  # type: ignore[attr-defined]
    keep(seen, name)  # type: ignore[arg-type]
