"""The three outcomes in the browser, and what can be asked next: as typed, on its own, of all documents, once more."""

from dataclasses import replace

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from ingest import Database
from qa import Conversations, Turn, Verdict
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import CARD, Person
from tests.pages.running import RunningApp
from tests.qa.answers import answer, candidate

pytestmark = pytest.mark.browser

STEPS = "How many steps lead up to the lamp room?"
SENTENCE = "A stair of 217 steps leads from the door up to the lamp room."
FAR_OFF = "Who won the football world cup in 1954?"


def test_what_answers_stands_above_the_cards_word_for_word(visitors: People, keep: Keep) -> None:
    for width, dark in LOOKS:
        visitor = visitors(width=width, dark=dark)
        visitor.page.set_viewport_size({"width": width, "height": 844 if width < 500 else 800})
        visitor.asks(STEPS)
        said = visitor.answers.last
        expect(said.locator("blockquote")).to_have_text(SENTENCE)
        expect(said.locator("figcaption")).to_contain_text("lighthouse.pdf, Page 2")
        expect(said.get_by_text("5 best of 12 passages")).to_be_visible()
        expect(said.locator("blockquote")).to_be_in_viewport(ratio=1)
        box = visitor.ask_box.bounding_box()
        for card in said.locator(CARD).all()[:2]:
            place = card.bounding_box()
            assert place
            assert box
            assert place["y"] + 30 < box["y"] - 40, "the second card is not in sight"
        visitor.scrolls_only_down()
        keep(visitor, f"quotation-{looks(width, dark)}")


def test_the_quotation_is_copied_with_its_source_in_one_click(visitor: Person) -> None:
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.asks(STEPS)
    visitor.button("Copy the quotation with its source").click()
    expect(visitor.answers.last.locator("figcaption").get_by_text("Copied")).to_be_visible()
    assert visitor.page.evaluate("navigator.clipboard.readText()") == f"{SENTENCE}\n\nlighthouse.pdf, Page 2"


def test_the_first_card_is_open_the_others_unfold_and_only_what_may_answer_is_marked(visitor: Person) -> None:
    visitor.asks(STEPS)
    cards = visitor.answers.last.locator("[class*=st-key-card-]")
    first, last = cards.first, cards.last
    expect(first.locator(".pp-text")).to_be_visible()
    expect(first.locator(".pp-text mark")).to_have_text(SENTENCE)
    expect(first.locator(".pp-verdict")).to_have_text("Answers it")
    expect(first.get_by_role("button", name="Show the page")).to_be_visible()
    expect(last.locator(".pp-verdict")).to_have_text("Related")
    expect(last.locator(".pp-text")).to_be_hidden()
    expect(last.get_by_text("Copy")).to_be_hidden()
    last.locator("summary").click()
    expect(last.locator(".pp-text")).to_be_visible()
    expect(last.get_by_text("Copy")).to_be_visible()
    expect(last.locator("mark")).to_have_count(0)
    last.locator("summary").click()
    expect(last.locator(".pp-text")).to_be_hidden()


def test_a_folded_card_stays_open_while_something_else_is_done(visitor: Person) -> None:
    visitor.asks(STEPS)
    cards = visitor.answers.last.locator("[class*=st-key-card-]")
    cards.nth(1).locator("summary").click()
    cards.first.get_by_role("button", name="Show the page").click()
    viewer = visitor.main.locator(".st-key-viewer")
    expect(viewer.locator(".pp-area").first).to_be_visible()
    expect(cards.nth(1).locator(".pp-text")).to_be_visible()
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_have_count(0)
    expect(cards.nth(1).locator(".pp-text")).to_be_visible()


def test_where_it_is_not_sure_it_says_so_in_a_line_and_shows_the_cards(visitor: Person, small_app: RunningApp) -> None:
    """The answer is made by hand and kept as a conversation, so that no model decides which outcome it is."""
    made = answer(
        "When?", candidate("Good to know. It opens at eight."), candidate("At six."), best="It opens at eight."
    )
    words: tuple[Verdict, Verdict] = ("may answer", "related")
    hits = tuple(replace(hit, verdict=verdict) for hit, verdict in zip(made.hits, words, strict=True))
    with Database(small_app.log.parent / "library") as database:
        conversations = Conversations(database)
        kept = conversations.start().with_turn(Turn("When?", replace(made, hits=hits), None))
        conversations.keep(kept)
    visitor.opens(f"/?conversation={kept.id}")
    said = visitor.answers.last
    expect(said.locator(".pp-outcome")).to_have_text("Not sure. These passages come closest.")
    expect(said.locator("blockquote, .stAlert")).to_have_count(0)
    expect(said.locator(CARD).first.locator(".pp-text mark")).to_have_text("It opens at eight.")
    expect(said.locator(CARD).last.locator("mark")).to_have_count(0)
    assert said.locator(".pp-verdict").all_text_contents() == ["May answer it", "Related"]


def test_where_nothing_is_close_it_is_said_and_the_closest_are_a_click_away(visitor: Person) -> None:
    visitor.ask_box.fill(FAR_OFF)
    visitor.ask_box.press("Enter")
    said = visitor.answers.last
    expect(said.get_by_text("Nothing in your documents is close to this question.")).to_be_visible()
    expect(said.get_by_text("Try other words, or add the document that has the answer.")).to_be_visible()
    expect(said.locator("blockquote, .stAlert, mark")).to_have_count(0)
    expect(said.locator(CARD).first).to_be_hidden()
    expect(said.get_by_role("button").filter(has_text="What is said about")).to_have_count(3)
    visitor.waits()
    visitor.unfolds(said)
    expect(said.locator(CARD)).to_have_count(5)
    assert set(said.locator(".pp-verdict").all_text_contents()) == {"Related"}


def test_a_request_for_a_text_is_told_what_pinpoint_does(visitor: Person) -> None:
    visitor.asks("Summarise what singers wear at concerts")
    said = visitor.answers.last
    expect(said.locator(".pp-outcome")).to_contain_text("Pinpoint finds passages; it does not summarise or write.")
    expect(said.locator("blockquote")).to_have_count(0)


def test_a_typing_error_is_mended_visibly_and_the_question_asked_as_typed_on_a_click(visitor: Person) -> None:
    visitor.asks("How many stepps lead up to the lamp room?")
    said = visitor.answers.last
    expect(said.get_by_text("Showing results for steps.")).to_be_visible()
    expect(said.locator("blockquote")).to_have_text(SENTENCE)
    visitor.button("Search for stepps instead").click()
    expect(visitor.questions).to_have_count(2)
    visitor.answer_at(1)
    expect(visitor.main.get_by_text("Showing results for")).to_have_count(1)


def test_a_phrase_that_stands_nowhere_is_named_and_asked_without_quotation_marks(visitor: Person) -> None:
    visitor.asks('How many steps lead up to the "purple lamp room"?')
    expect(visitor.main.get_by_text("No passage has the exact words “purple lamp room”.")).to_be_visible()
    visitor.button("Search without the quotation marks").click()
    expect(visitor.questions.last).to_have_text("How many steps lead up to the purple lamp room?")
    assert len(visitor.answer_at(1)) == 5


def test_a_code_that_stands_nowhere_is_named_before_what_comes_closest(visitor: Person) -> None:
    visitor.asks("How many steps lead up to the lamp <b>LR-77</b>?")
    said = visitor.answers.last
    expect(said.locator(".pp-outcome").first).to_have_text("No passage has “LR-77”.")
    expect(said.locator(".pp-outcome").last).to_have_text("Not sure. These passages come closest.")
    expect(said.locator("blockquote")).to_have_count(0)


def test_a_follow_up_is_shown_as_one_and_asked_on_its_own_on_a_click(visitor: Person) -> None:
    visitor.asks("What does membership cost?")
    cards = visitor.asks("and for pupils?")
    expect(visitor.main.get_by_text("Understood as a follow-up to “What does membership cost?”")).to_be_visible()
    assert "half of that for pupils" in cards[0].text
    visitor.button("Ask on its own").click()
    expect(visitor.questions).to_have_count(3)
    visitor.answer_at(2)
    expect(visitor.main.get_by_text("Understood as a follow-up")).to_have_count(1)


def test_where_the_chosen_document_does_not_answer_all_are_asked_on_a_click(visitor: Person) -> None:
    visitor.lists_documents().filter(has_text="choir.docx").click()
    visitor.waits()
    visitor.page.keyboard.press("Escape")
    visitor.asks(STEPS)
    expect(visitor.main.get_by_text("Searched in choir.docx only")).to_be_visible()
    visitor.button("Ask all documents").click()
    expect(visitor.questions).to_have_count(2)
    visitor.answer_at(1)
    expect(visitor.answers.last.locator("blockquote")).to_have_text(SENTENCE)
    expect(above_the_box(visitor).get_by_text("All documents")).to_be_visible()
    assert "document=" not in visitor.path


def test_the_question_box_has_the_focus_and_a_slash_goes_to_it_from_everywhere(visitor: Person) -> None:
    expect(visitor.ask_box).to_be_focused()
    visitor.asks(STEPS)
    expect(visitor.ask_box).to_be_focused()
    visitor.answers.last.locator("summary").nth(1).click()
    expect(visitor.ask_box).not_to_be_focused()
    visitor.page.keyboard.press("/")
    expect(visitor.ask_box).to_be_focused()
    visitor.page.keyboard.type("24/7")
    expect(visitor.ask_box).to_have_value("24/7")
    visitor.goes_to("Documents")
    expect(visitor.page.get_by_text("Pinpoint", exact=True)).to_be_visible()
    visitor.page.keyboard.press("/")
    expect(visitor.ask_box).to_be_focused()


def test_the_options_close_when_a_question_is_asked(visitor: Person) -> None:
    options = visitor.opens_options()
    for words in ("Best match", "Similar meaning", "Exact words", "Passages to check"):
        expect(options.get_by_text(words, exact=True)).to_be_visible()
    shown = options.get_by_role("slider", name="Results to show")
    expect(shown).to_have_value("5")
    shown.press("ArrowLeft")
    expect(options.get_by_role("button", name="Reset")).to_be_visible()
    visitor.waits()
    assert len(visitor.asks(STEPS)) == 4
    expect(visitor.page.get_by_test_id("stPopoverBody")).to_have_count(0)
    visitor.opens_options().get_by_role("button", name="Reset").click()
    expect(visitor.page.get_by_role("slider", name="Results to show")).to_have_value("5")


def test_an_unknown_conversation_in_the_address_is_said_to_be_so(visitor: Person) -> None:
    visitor.opens("/?conversation=0123456789abcdef")
    line = visitor.main.get_by_text("This conversation is not here. It may have been deleted.")
    expect(line).to_be_visible()
    visitor.asks(STEPS)
    expect(line).to_have_count(0)


def test_an_address_that_is_no_page_leads_to_the_ask_page_and_that_is_said(visitor: Person) -> None:
    line = visitor.main.get_by_text("There is no page at that address.")
    for address in ("/docments", "/start", "/chat", "/documents%20", "/<b>x", "/nothing/"):
        visitor.opens(address)
        expect(line).to_be_visible()
        expect(visitor.page.get_by_text("Page not found")).to_have_count(0)
    assert "lost" not in visitor.path
    visitor.asks(STEPS)
    expect(line).to_have_count(0)
    for address in ("/documents", "/help", "/conversations"):
        visitor.opens(address)
        expect(visitor.main.get_by_role("heading", level=1)).to_be_visible()
        expect(line).to_have_count(0)


def above_the_box(person: Person) -> Locator:
    """The choices that stand above the box for the question."""
    return person.main.locator(".st-key-above-the-box")


def note(name: str, text: str) -> FilePayload:
    """A small text file."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
