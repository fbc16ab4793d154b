"""Boxes highlighted on the image of a page: a fill, one line around each block, no other word touched."""

import numpy as np
import pytest
from PIL import Image

from ingest.reading.page_images.highlight import Box, highlight

SIZE = 400, 300
PAPER, LINE = (255, 255, 255), (180, 83, 9)
# A line's words are 40 wide and 10 high, with a space of 5 between them and of 4 between lines.
ROWS, COLUMNS = 10, 6


def word(row: int, column: int) -> Box:
    left, top = 50.0 + 45 * column, 40.0 + 14 * row
    return left, top, left + 40, top + 10


def line(row: int, first: int = 0, last: int = COLUMNS - 1) -> Box:
    """The box around some words of a line."""
    return (*word(row, first)[:2], *word(row, last)[2:])


def drawn(*boxes: Box) -> Image.Image:
    image = highlight(Image.new("RGB", SIZE, "white"), boxes)
    assert image is not None
    assert image.size == SIZE
    return image


def middle(row: int, column: int) -> tuple[int, int]:
    left, top, right, bottom = word(row, column)
    return round((left + right) / 2), round((top + bottom) / 2)


def filled(image: Image.Image) -> set[tuple[int, int]]:
    """The words on which the paper is coloured."""
    words = {(row, column) for row in range(ROWS) for column in range(COLUMNS)}
    return {each for each in words if image.getpixel(middle(*each)) not in {PAPER, LINE}}


def lines_down(image: Image.Image, x: int) -> int:
    """How many lines are met on the way from the top to the bottom."""
    colours = [image.getpixel((x, y)) for y in range(SIZE[1])]
    return sum(colour == LINE and before != LINE for before, colour in zip([PAPER, *colours], colours, strict=False))


def test_the_words_are_filled_and_no_others() -> None:
    assert filled(drawn(line(2), line(3), line(4))) == {(row, column) for row in (2, 3, 4) for column in range(COLUMNS)}


def test_what_is_printed_is_seen_through_the_fill() -> None:
    page = Image.new("RGB", SIZE, "white")
    page.putpixel(middle(2, 1), (0, 0, 0))
    image = highlight(page, [word(2, 1)])
    assert image is not None
    x, y = middle(2, 1)
    assert np.asarray(image)[y, x].max() < 100
    assert page.getpixel(middle(2, 0)) == PAPER


def test_a_passage_may_begin_and_end_within_a_line() -> None:
    image = drawn(line(2, 4), line(3), line(4, 0, 1))
    assert filled(image) == {(2, 4), (2, 5), *((3, column) for column in range(COLUMNS)), (4, 0), (4, 1)}


def test_one_line_is_around_a_block_and_none_within_it() -> None:
    assert lines_down(drawn(line(2), line(3), line(4)), middle(2, 1)[0]) == 2


def test_lines_that_are_apart_are_two_blocks() -> None:
    assert lines_down(drawn(word(1, 0), word(8, 0)), middle(1, 0)[0]) == 4


def test_another_line_between_two_lines_is_not_covered() -> None:
    assert filled(drawn(word(2, 0), word(4, 0))) == {(2, 0), (4, 0)}


def test_two_columns_are_two_blocks() -> None:
    image = drawn(line(8, 0, 1), line(9, 0, 1), line(0, 4, 5), line(1, 4, 5))
    assert filled(image) == {(row, column) for row in (8, 9) for column in (0, 1)} | {
        (row, column) for row in (0, 1) for column in (4, 5)
    }


@pytest.mark.parametrize("boxes", [[], [(-90.0, 10.0, -50.0, 20.0)], [(10.0, 310.0, 50.0, 320.0)]])
def test_nothing_is_drawn_where_no_box_is_on_the_image(boxes: list[Box]) -> None:
    assert highlight(Image.new("RGB", SIZE, "white"), boxes) is None


@pytest.mark.parametrize("rotation", [90, 270])
def test_sideways_lines_are_one_block_as_upright_ones_are(rotation: int) -> None:
    boxes = [line(2, 4), line(3), line(4, 0, 1)]
    width, height = SIZE

    def rotated(box: Box) -> Box:
        left, top, right, bottom = box
        if rotation == 90:
            return height - bottom, left, height - top, right
        return top, width - right, bottom, width - left

    image = highlight(Image.new("RGB", SIZE[::-1], "white"), [rotated(box) for box in boxes])
    assert image is not None
    assert lines_down(image.rotate(rotation, expand=True), middle(2, 4)[0]) == 2
    assert filled(image.rotate(rotation, expand=True)) == filled(drawn(*boxes))
