"""Where things stand in the window: the newest question at the top, the box for the next one at the bottom."""

import time

from playwright.sync_api import expect

from tests.pages.person import CARD, Person

UNDER_THE_NAVIGATION = 150  # pixels from the top of the window within which the newest question begins


def sees_the_newest_question_at_the_top(person: Person) -> None:
    """Below the navigation, with its first card in sight."""
    deadline = time.monotonic() + 10
    while True:
        box = person.questions.last.bounding_box()
        assert box
        if 0 <= box["y"] <= UNDER_THE_NAVIGATION:
            break
        assert time.monotonic() < deadline, f"the newest question begins at {box['y']:.0f}"
        person.page.wait_for_timeout(50)
    navigation = person.page.get_by_role("banner").bounding_box()
    assert navigation
    assert box["y"] >= navigation["y"] + navigation["height"]
    expect(person.answers.last.locator(CARD).first).to_be_in_viewport()


def sees_the_ask_box_at_the_bottom(person: Person) -> None:
    """Whole, within the lowest hundred pixels of the window."""
    expect(person.ask_box).to_be_in_viewport(ratio=1)
    box, window = person.ask_box.bounding_box(), person.page.viewport_size
    assert box
    assert window
    assert window["height"] - 100 <= box["y"]
    assert box["y"] + box["height"] <= window["height"]
