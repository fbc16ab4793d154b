"""Strangers' text in the browser: whatever a document, a heading, a file name or a question holds is shown as text."""

import re
from itertools import permutations
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from tests.pages.papers import word
from tests.pages.person import Person

pytestmark = pytest.mark.browser

HTML = "<img src=x onerror=alert(1)> <script>alert(2)</script> <iframe src='//example.com'></iframe> &amp; </bdi></div>"
MARKDOWN = "**bold** _it_ `code` # top [go](javascript:alert(3)) ![x](http://example.com/x.png) www.example.com a@b.org"
STREAMLIT = (
    ":red[alarm] :material/home: :material_home: :smile: :streamlit: :blue-badge[new] $x^2$ $$\\frac12$$ <- -> --"
)
TURNED = "abc \u202egnp.exe\u202c \u2067right\u2069 \u200fend"
EVERYTHING = f"{HTML} {MARKDOWN} {STREAMLIT} {TURNED}"
LONG = "x" * 100_000

# What this project itself draws, by what it is made of; nothing else may be made of it.
NOT_OURS = (
    ":is(img, iframe, object, embed, video, form:not([data-testid=stForm], .vega-bindings), svg image, .katex, em, "
    "a:not([href^='http://localhost:'], [data-testid=stPageLink-NavLink], .pp-to-adding[href='#adding']), "
    "[onerror], [onload], [onclick], p span[role=img]:not(:first-child)):is(.stMain *)"
)


def test_a_hostile_document_and_question_are_shown_as_text(person: Person, tmp_path: Path) -> None:
    # What is longer is no heading.
    headings = [f"Zebra {part}" for part in (HTML, MARKDOWN, f"{STREAMLIT} {TURNED}")]
    texts = [f"The zebra sleeps. {EVERYTHING}", "The zebra runs to the river.", "At noon the zebra eats grass."]
    person.adds(word(tmp_path / "zebra.docx", dict(zip(headings, texts, strict=True))))
    is_harmless(person)
    person.goes_to("Ask")
    question = f"Where does the zebra sleep? {EVERYTHING}"
    cards = person.asks(question)
    expect(person.questions).to_have_text([question], use_inner_text=True)
    assert person.questions.last.inner_text() == question
    for heading, text in zip(headings, texts, strict=True):
        pieces = [card.text for card in cards if card.place == heading]
        assert text in {"".join(order) for order in permutations(pieces)}
    assert {card.place for card in cards} == set(headings)
    assert cards[0].document == "zebra.docx"
    is_harmless(person)


def test_all_that_opens_and_is_listed_shows_them_as_text_too(person: Person) -> None:
    name = f"{EVERYTHING}.md"
    text = f"# Heron {EVERYTHING}\n\nThe heron stands. {EVERYTHING}\n\n# Stork\n\nThe stork flies. {TURNED}"
    person.adds(FilePayload(name=name, mimeType="text/markdown", buffer=text.encode()))
    person.goes_to("Ask")
    is_harmless(person)  # with suggestions made of the headings
    question = f"How does the heron stand? {EVERYTHING}"
    person.asks(question)
    person.unfolds(person.answers.last)
    person.opens_card(person.answers.last.locator("[class*=st-key-card-]").first)
    person.main.get_by_role("button", name="Show context").first.click()
    viewer = person.main.locator(".st-key-viewer")
    expect(viewer.get_by_role("heading", level=2)).to_be_visible()
    expect(viewer.locator(".pp-here-text")).to_contain_text("The heron stands.")
    person.waits()
    is_harmless(person)
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_have_count(0)
    person.waits()
    person.main.get_by_text("How was this found?").click()
    expect(person.main.locator(".pp-key li").first).to_be_visible()
    person.asks(f"and the stork? {EVERYTHING}")
    expect(person.main.get_by_text("Understood as a follow-up to")).to_be_visible()
    line = person.lists_documents().last
    assert seen(line) == visible(name)
    line.click()
    person.waits()
    person.page.keyboard.press("Escape")
    expect(person.page.get_by_role("option")).to_have_count(0)
    is_harmless(person)
    person.goes_to("Conversations")
    assert visible(question)[:50] in seen(person.main.locator("[class*=st-key-conversation-]").first)
    is_harmless(person)
    person.opens(f"/?q={quote(question)}")
    assert len(person.answer_at(0)) > 0
    is_harmless(person)


def test_a_hostile_file_name_is_shown_as_text_wherever_it_stands(person: Person) -> None:
    name = f"{EVERYTHING} – “new” ½ € \u202egnp.exe.txt"
    bad = f"bad {name}"
    person.adds(
        FilePayload(name=name, mimeType="text/plain", buffer=b"The heron stands on one leg."),
        FilePayload(name=bad, mimeType="text/plain", buffer=b""),
    )
    good_line, bad_line = (person.outcomes.filter(has_text=words) for words in ("was added", "was not added"))
    assert seen(good_line).endswith(visible(f"{name} was added: 1 passage."))
    assert visible(f"{bad} was not added. This file is empty.") in seen(bad_line)
    assert seen(person.documents).startswith(visible(f"{name} Text file · 1 passage"))
    for part, words in (
        (good_line, "was added"),
        (bad_line, "was not added"),
        (person.documents, "Text file"),
    ):
        assert runs_to_the_right(part, words)
    is_harmless(person)
    person.goes_to("Ask")
    cards = person.asks("How does the heron stand?")
    assert [(card.document, card.text) for card in cards] == [(name, "The heron stands on one leg.")]
    is_harmless(person)
    person.goes_to("Documents")
    person.removes(person.documents)
    said = person.main.locator(".stAlert").filter(has_text="was removed")
    assert seen(said) == visible(f"{name} was removed. It can be restored from the trash below for 30 days.")
    assert runs_to_the_right(said, "was removed")
    is_harmless(person)


def test_text_without_a_space_stays_within_the_window(person: Person) -> None:
    name = f"{'y' * 200}.md"
    text = f"# {'z' * 300}\n\nThe walrus snores.\n\n{LONG}\n"
    person.adds(FilePayload(name=name, mimeType="text/markdown", buffer=text.encode()))
    is_harmless(person)
    person.goes_to("Ask")
    cards = person.asks(f"What does the walrus do? {'w' * 900}")
    # A passage holds at most 100 characters for each of its 160 tokens, so the long word is cut.
    assert LONG[:16_000] in "".join(card.text for card in sorted(cards, key=lambda card: len(card.text)))
    assert {card.document for card in cards} == {name}
    is_harmless(person)


def seen(part: Locator) -> str:
    """What a person reads there."""
    return visible(part.inner_text())


def visible(text: str) -> str:
    """`text` on one line, without the characters that only join others or turn their direction."""
    return " ".join(re.sub("[\u202a-\u202e\u2060\u2066-\u2069]", "", text).split())


def runs_to_the_right(part: Locator, words: str) -> bool:
    """Whether our own words beside a stranger's run as they should, not turned round by what stands before them."""
    turned: list[bool] = part.evaluate(
        """(part, words) => {
            const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT), turned = [];
            while (texts.nextNode()) {
                const at = texts.currentNode.data.indexOf(words);
                if (at < 0) continue;
                const [first, second] = [at, at + 1].map(place => {
                    const letter = new Range();
                    letter.setStart(texts.currentNode, place);
                    letter.setEnd(texts.currentNode, place + 1);
                    return letter.getBoundingClientRect().left;
                });
                turned.push(first > second);
            }
            return turned;
        }""",
        words,
    )
    return turned == [False]


def is_harmless(person: Person) -> None:
    """No dialog, no element that a stranger wrote, nobody outside asked, nothing wider than a telephone's window."""
    person.sees_no_traceback()
    assert person.page.locator(NOT_OURS).evaluate_all("found => found.map(element => element.outerHTML)") == []
    assert not any("alert" in script for script in person.page.locator(".stMain script").all_text_contents())
    person.page.set_viewport_size({"width": 390, "height": 800})
    person.scrolls_only_down()
    person.page.set_viewport_size({"width": 1280, "height": 800})
    person.scrolls_only_down()
    assert person.dialogs == []
    assert person.outside == []
