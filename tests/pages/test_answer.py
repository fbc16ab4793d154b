"""An answer in the browser: it comes step by step, shows where it stands, and can be checked and passed on."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, expect

from ingest import example_documents, example_questions
from tests.pages.conftest import LOOKS, Keep, People, looks
from tests.pages.person import CARD, Person
from tests.pages.window import sees_the_ask_box_at_the_bottom, sees_the_newest_question_at_the_top

pytestmark = pytest.mark.browser

QUESTION = "How long is the warranty?"
IN_THE_MANUAL = "How hot does the machine make the milk?"


def keep_lines(person: Person) -> None:
    """Keep each line on how far a question is, with the number of cards below it."""
    person.page.evaluate(
        """() => {
            window.lines = [];
            new MutationObserver(() => {
                const line = document.querySelector(".pp-reading");
                const cards = document.querySelectorAll(".pp-interim").length;
                if (line) window.lines.push([line.innerText, cards]);
            }).observe(document.body, {childList: true, subtree: true, characterData: true});
        }"""
    )


def lines_seen(person: Person) -> list[tuple[str, int]]:
    """What `keep_lines` has kept."""
    seen: list[tuple[str, int]] = person.page.evaluate("window.lines")
    return seen


def test_the_first_passages_come_before_all_are_read_and_a_line_says_how_far_it_is(readers: People) -> None:
    reader = readers(candidates=50)
    keep_lines(reader)
    reader.asks(QUESTION)
    seen = lines_seen(reader)
    assert any(re.fullmatch(r"Reading passage \d+ of at most 50…", line) and cards == 5 for line, cards in seen)
    expect(reader.page.locator(".pp-interim, .pp-reading")).to_have_count(0)


def test_a_question_can_be_stopped_and_asked_again(readers: People) -> None:
    reader = readers(candidates=100)
    reader.ask_box.fill(QUESTION)
    reader.ask_box.press("Enter")
    reader.button("Stop").click()
    expect(reader.main.get_by_text("You stopped this question.")).to_be_visible()
    expect(reader.button("Stop")).to_have_count(0)
    reader.waits()
    reader.button("Ask again").click()
    expect(reader.questions).to_have_text([QUESTION, QUESTION])
    assert len(reader.answer_at(1)) == 5


def test_a_new_question_does_not_wait_for_an_old_one(readers: People) -> None:
    reader = readers(candidates=100)
    reader.ask_box.fill("What does the handbook say about holidays?")
    reader.ask_box.press("Enter")
    expect(reader.button("Stop")).to_be_visible()
    reader.ask_box.fill(QUESTION)
    reader.ask_box.press("Enter")
    expect(reader.questions).to_have_count(2)
    assert len(reader.answer_at(1)) == 5
    assert reader.answers.first.locator(CARD).count() == 0
    expect(reader.answers.first).to_contain_text("You stopped this question.")


def test_the_sentence_that_answers_is_marked_and_the_questions_words_stand_out(reader: Person) -> None:
    reader.asks(QUESTION)
    cards = reader.answers.last.locator(CARD)
    first = cards.filter(has_text="30 months").first
    expect(first.locator(".pp-text mark").first).to_contain_text("30 months")
    expect(first.locator(".pp-text b.pp-word").first).to_have_text(re.compile("warranty", re.I))


def test_a_card_opens_the_page_with_the_passage_highlighted(readers: People, keep: Keep) -> None:
    for width, dark in LOOKS:
        reader = readers(width=width, dark=dark)
        reader.asks(IN_THE_MANUAL)
        reader.unfolds(reader.answers.last)
        card = card_of(reader, "otter-60-manual.pdf")
        reader.opens_card(card)
        card.get_by_role("button", name="Show the page").click()
        viewer = reader.main.locator(".st-key-viewer")
        picture = viewer.locator("img")
        expect(picture).to_be_visible()
        expect(viewer.locator(".pp-area").first).to_be_in_viewport()
        reader.page.wait_for_function("image => image.naturalWidth > 500", arg=picture.element_handle())
        reader.scrolls_only_down()
        keep(reader, f"page-highlighted-{looks(width, dark)}")
        with reader.page.expect_download() as download:
            viewer.get_by_role("button", name="Download the original").click()
        assert download.value.suggested_filename == "otter-60-manual.pdf"
    viewer.get_by_role("link", name="Open the document").click()
    expect(reader.main.get_by_role("heading", name="otter-60-manual.pdf", level=1)).to_be_visible()


def test_a_passage_is_copied_with_its_source_in_one_click(reader: Person) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    first = reader.asks(QUESTION)[0]
    card = card_at(reader, 1)
    card.get_by_role("button", name="Copy passage 1 with its source").click()
    expect(card.get_by_text("Copied")).to_be_visible()
    copied: str = reader.page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(first.text.strip()[:60])
    assert copied.endswith(f"{first.document}, {first.place.replace(' · ', ', ')}")


def test_all_passages_are_copied_with_their_sources_and_saved_as_references(reader: Person) -> None:
    reader.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    cards = reader.asks(QUESTION)
    reader.button(f"Copy all {len(cards)}").click()
    expect(reader.button("Copied")).to_be_visible()
    copied: str = reader.page.evaluate("navigator.clipboard.readText()")
    pieces = copied.split("\n\n\n")
    assert [piece.rpartition("\n\n")[2].partition(",")[0] for piece in pieces] == [each.document for each in cards]
    reader.button("Cite").click()
    with reader.page.expect_download() as download:
        reader.page.get_by_role("button", name=re.compile("^RIS")).click()
    assert download.value.suggested_filename == "How long is the warranty.ris"
    assert download.value.path().read_text(encoding="utf-8").count("TY  - GEN") == len(cards)


def test_the_same_text_in_two_documents_is_one_card_that_names_both(person: Person) -> None:
    text = "The porter keeps the key of the cellar."
    person.adds(note("old rules.txt", text), note("new rules.txt", text.upper() + "\n"), note("other.txt", "Mind."))
    person.goes_to("Ask")
    cards = person.asks("Who keeps the key of the cellar?")
    person.unfolds(person.answers.last)
    assert len(cards) == 2
    person.opens_card(person.answers.last.locator(CARD).first)
    assert {cards[0].document, "old rules.txt", "new rules.txt"} == {"old rules.txt", "new rules.txt"}
    expect(person.answers.last.locator(CARD).first).to_contain_text(
        re.compile(r"The same text is in (old|new) rules\.txt")
    )


def test_many_near_copies_are_one_card_that_names_the_newest_and_the_others_on_a_click(person: Person) -> None:
    text = (
        "The caretaker checks both lifts on the first Monday at nine. House {} has its meeting in the hall after that. "
        "Whoever wants to put something on the list tells the office on the Friday before, in a few lines. What was "
        "agreed is put up on the board in the hall within a week, and stays there until the next meeting."
    )
    notices = [note(f"2025-{month:02}.txt", text.format(month)) for month in range(1, 9)]
    person.adds(*notices, note("other.txt", "Mind."))
    person.goes_to("Ask")
    cards = person.asks("When does the caretaker check the lifts?")
    person.unfolds(person.answers.last)
    card = person.answers.last.locator(CARD).first
    person.opens_card(card)
    expect(card.locator(".pp-also")).to_contain_text("; 2025-0")
    last = card.locator(".pp-also li").last
    expect(last).to_be_hidden()
    card.get_by_text(re.compile(r"and \d more")).click()
    expect(last).to_be_visible()
    assert [each.document for each in cards] == ["2025-08.txt", "other.txt"]
    expect(person.answers.last.locator(".pp-summary")).to_have_text("2 best of 9 passages")
    person.page.set_viewport_size({"width": 390, "height": 800})
    assert card.locator(".pp-also").evaluate("line => line.scrollWidth <= line.clientWidth")


def test_how_it_was_found_is_shown_on_request(readers: People, keep: Keep) -> None:
    for width, dark in LOOKS:
        reader = readers(width=width, dark=dark)
        reader.asks(QUESTION)
        reader.main.get_by_text("How was this found?").click()
        charts = reader.main.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
        expect(charts).to_have_count(3)
        expect(reader.main.get_by_text("The cross-encoder's score of all 20 passages")).to_be_visible()
        moved = reader.main.locator(".pp-key li")
        expect(moved).to_have_count(5)
        told = r"similar meaning (\d+|not found), exact words (\d+|not found).*cross-encoder [01][.]\d\d"
        expect(moved.first).to_contain_text(re.compile(told))
        reader.waits()
        reader.scrolls_only_down()
        charts.first.scroll_into_view_if_needed()
        reader.page.wait_for_timeout(1_000)  # the picture is drawn after it is there
        keep(reader, f"how-{looks(width, dark)}")


def test_a_thumb_is_kept_over_a_reload(reader: Person) -> None:
    reader.asks("How many days of holiday do I get?")
    reader.unfolds(reader.answers.last)
    reader.opens_card(card_at(reader, 1))
    up = card_at(reader, 1).get_by_role("radio", name="Thumbs up")
    up.click()
    expect(up).to_be_checked()
    expect(reader.page.get_by_text("Thank you")).to_be_visible()
    reader.waits()
    reader.opens(reader.path)
    reader.answer_at(0)
    reader.opens_card(card_at(reader, 1))
    expect(up).to_be_checked()
    up.click()
    expect(up).not_to_be_checked()
    reader.waits()
    reader.opens(reader.path)
    reader.answer_at(0)
    reader.opens_card(card_at(reader, 1))
    expect(up).not_to_be_checked()


def test_the_answer_and_the_documents_fit_every_window(readers: People, keep: Keep) -> None:
    first, second = example_questions(2)
    for width, dark in LOOKS:
        somebody = readers(width=width, dark=dark)
        for question in (first,) if dark else (second, first):
            somebody.asks(question)
            sees_the_newest_question_at_the_top(somebody)
            sees_the_ask_box_at_the_bottom(somebody)
            somebody.scrolls_only_down()
        keep(somebody, f"answer-{looks(width, dark)}")
        somebody.opens("/documents")
        expect(somebody.documents).to_have_count(len(example_documents()))
        somebody.scrolls_only_down()
        keep(somebody, f"documents-{looks(width, dark)}")


def test_an_earlier_answer_stays_as_it_is_while_the_next_question_is_answered(readers: People) -> None:
    somebody = readers(candidates=100)
    first, second = example_questions(2)
    seen = somebody.asks(first)
    somebody.ask_box.fill(second)
    somebody.ask_box.press("Enter")
    expect(somebody.main.get_by_role("button", name="Stop")).to_be_visible()
    expect(somebody.answers.first.locator(CARD)).to_have_count(len(seen), timeout=1)
    assert len(somebody.answer_at(1)) == len(seen)
    assert somebody.answer_at(0) == seen


def test_the_viewer_opens_while_the_next_question_is_answered(readers: People) -> None:
    somebody = readers(candidates=150)
    first, second = example_questions(2)
    somebody.asks(first)
    somebody.ask_box.fill(second)
    somebody.ask_box.press("Enter")
    expect(somebody.main.locator(".pp-interim").first).to_be_visible()
    somebody.answers.first.get_by_role("button", name=re.compile("^Show (the|context)")).first.click()
    # The question is still being answered then, and is not lost.
    expect(somebody.page.locator(".stApp:has(.st-key-viewer-close):has(.st-key-stop)")).to_be_visible()
    assert len(somebody.answer_at(1)) == 5
    expect(somebody.main.locator(".st-key-viewer")).to_be_visible()


def test_a_click_in_an_earlier_answer_does_not_begin_the_question_again(readers: People) -> None:
    somebody = readers(candidates=150)
    first, second = example_questions(2)
    somebody.asks(first)
    keep_lines(somebody)
    somebody.ask_box.fill(second)
    somebody.ask_box.press("Enter")
    expect(somebody.main.locator(".pp-interim").first).to_be_visible()
    somebody.answers.first.get_by_role("button", name=re.compile("^Show (the|context)")).first.click()
    assert len(somebody.answer_at(1)) == 5
    lines = [line for line, _ in lines_seen(somebody)]
    read = [int(found[1]) for line in lines if (found := re.match(r"Reading passage (\d+)", line))]
    assert read == sorted(read) != []
    assert not any(
        line.startswith("Looking") for line in lines[lines.index(f"Reading passage {read[0]} of at most 150…") :]
    )


def card_at(person: Person, rank: int) -> Locator:
    """A card of the newest answer with what can be done with it."""
    return person.answers.last.locator(f"[class*=st-key-card-][class*='-{rank}']").first


def card_of(person: Person, document: str) -> Locator:
    """The first card of the newest answer from this document."""
    return person.answers.last.locator("[class*=st-key-card-]").filter(has_text=document).first


def test_a_file_is_put_into_the_question_box_and_asked_about_when_it_is_in(person: Person) -> None:
    box = person.page.get_by_test_id("stChatInput")
    box.locator("input[type=file]").set_input_files([note("lift.txt", "The lift is out of order until Friday.")])
    box.get_by_role("button", name="Send message").click()
    expect(person.page.get_by_text("Adding lift.txt").first).to_be_visible()
    expect(person.progress).to_have_count(0)
    person.waits()
    assert person.questions.count() == 0
    (card,) = person.asks("How long is the lift out of order?")
    assert (card.document, card.text) == ("lift.txt", "The lift is out of order until Friday.")


def test_a_question_that_comes_with_a_file_is_asked_too(person: Person) -> None:
    person.adds(note("stairs.txt", "The stairs are cleaned on Monday."))
    person.goes_to("Ask")
    box = person.page.get_by_test_id("stChatInput")
    box.locator("input[type=file]").set_input_files(
        [note("roof.txt", "The roof is painted in May."), note("x.bin", "")]
    )
    expect(box.get_by_role("button", name="Send message")).to_be_enabled()
    person.asks("When are the stairs cleaned?")
    expect(person.page.get_by_text("Adding 2 files").first).to_be_attached()
    person.goes_to("Documents")
    expect(person.documents.filter(has_text="roof.txt")).to_have_count(1)
    expect(person.outcomes.filter(has_text="x.bin")).to_have_count(1)


def note(name: str, text: str) -> FilePayload:
    """A small text file."""
    return FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
