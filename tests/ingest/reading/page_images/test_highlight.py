"""Words highlighted on the image of a page: a fill, one line around each block, no other word touched."""

import numpy as np
import pytest
from PIL import Image

from ingest.reading.formats.layout.line import Box
from ingest.reading.page_images.highlight import PixelBox, highlight
from ingest.reading.page_images.words import Word

SIZE = 400, 300
PAPER, LINE = (255, 255, 255), (180, 83, 9)
# A line's words are 40 wide and 10 high, with a space of 5 between them and of 4 between lines.
ROWS, COLUMNS = 10, 6


def word(row: int, column: int, text: str = "word", rotation: int = 0) -> Word:
    left, bottom = 50.0 + 45 * column, 250.0 - 14 * row
    box = (left, bottom, left + 40, bottom + 10)
    return Word(text, box, box, rotation, line=row)


def number(row: int, column: int) -> int:
    return COLUMNS * row + column


WORDS = [word(row, column) for row in range(ROWS) for column in range(COLUMNS)]


def to_pixels(box: Box) -> PixelBox:
    return round(box[0]), round(SIZE[1] - box[3]), round(box[2]), round(SIZE[1] - box[1])


def drawn(found: set[int], words: list[Word] = WORDS) -> Image.Image:
    image = highlight(Image.new("RGB", SIZE, "white"), words, found, to_pixels)
    assert image is not None
    assert image.size == SIZE
    return image


def middle(row: int, column: int) -> tuple[int, int]:
    left, top, right, bottom = to_pixels(word(row, column).seen)
    return (left + right) // 2, (top + bottom) // 2


def filled(image: Image.Image, count: int = len(WORDS)) -> set[int]:
    """The numbers of the words on which the paper is coloured."""
    return {n for n in range(count) if image.getpixel(middle(*divmod(n, COLUMNS))) not in {PAPER, LINE}}


def test_the_words_are_filled_and_no_others() -> None:
    found = {number(row, column) for row in (2, 3, 4) for column in range(COLUMNS)}
    assert filled(drawn(found)) == found


def test_what_is_printed_is_seen_through_the_fill() -> None:
    page = Image.new("RGB", SIZE, "white")
    page.putpixel(middle(2, 1), (0, 0, 0))
    image = highlight(page, WORDS, {number(2, 1)}, to_pixels)
    assert image is not None
    x, y = middle(2, 1)
    assert np.asarray(image)[y, x].max() < 100
    assert page.getpixel(middle(2, 0)) == PAPER


def test_a_passage_may_begin_and_end_within_a_line() -> None:
    found = {*range(number(2, 4), number(4, 2))}
    image = drawn(found)
    assert filled(image) == found


def test_one_line_is_around_a_block_and_none_within_it() -> None:
    image = drawn({number(row, column) for row in (2, 3, 4) for column in range(COLUMNS)})
    x = middle(2, 1)[0]
    colours = [image.getpixel((x, y)) for y in range(SIZE[1])]
    runs = sum(colour == LINE and before != LINE for before, colour in zip([PAPER, *colours], colours, strict=False))
    assert runs == 2


def test_lines_that_are_apart_are_two_blocks() -> None:
    image = drawn({number(1, 0), number(8, 0)})
    x = middle(1, 0)[0]
    colours = [image.getpixel((x, y)) for y in range(SIZE[1])]
    runs = sum(colour == LINE and before != LINE for before, colour in zip([PAPER, *colours], colours, strict=False))
    assert runs == 4


def test_lines_far_apart_are_two_blocks_also_where_nothing_is_between_them() -> None:
    words = [*WORDS[:COLUMNS], *WORDS[-COLUMNS:]]
    image = drawn(set(range(2 * COLUMNS)), words)
    assert image.getpixel((middle(0, 1)[0], middle(5, 0)[1])) == PAPER


def test_another_line_between_two_lines_is_not_covered() -> None:
    found = {number(2, 0), number(4, 0)}
    assert filled(drawn(found)) == found


def test_a_short_line_is_filled_as_wide_as_its_block_where_nothing_is_beside_it() -> None:
    words = [*WORDS[: number(3, 2)]]
    image = drawn({*range(number(2, 0), number(3, 2))}, words)
    assert image.getpixel(middle(3, 5)) not in {PAPER, LINE}
    assert drawn({*range(number(2, 0), number(3, 2))}).getpixel(middle(3, 5)) == PAPER


def test_one_tall_letter_does_not_make_the_highlight_taller() -> None:
    tall = Word("∑", (50, 180, 90, 280), (50, 180, 90, 280), 0, line=3)
    words = [*WORDS[: number(3, 0)], tall, *WORDS[number(3, 1) :]]
    assert filled(drawn({number(3, column) for column in range(COLUMNS)}, words)) == {
        number(3, column) for column in range(COLUMNS)
    }


@pytest.mark.parametrize("found", [set(), {0}])
def test_nothing_is_drawn_where_no_word_is_on_the_image(found: set[int]) -> None:
    outside = Word("word", (-90, 10, -50, 20), (-90, 10, -50, 20), 0)
    assert highlight(Image.new("RGB", SIZE, "white"), [outside], found, to_pixels) is None


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_lines_are_one_block_as_upright_ones_are(rotation: int) -> None:
    upright = drawn({*range(number(2, 4), number(4, 2))})

    def rotated(box: Box) -> PixelBox:
        left, top, right, bottom = to_pixels(box)
        width, height = SIZE
        return {
            90: (height - bottom, left, height - top, right),
            180: (width - right, height - bottom, width - left, height - top),
            270: (top, width - right, bottom, width - left),
        }[rotation]

    words = [Word(one.text, one.seen, one.stored, rotation, one.line) for one in WORDS]
    page = Image.new("RGB", SIZE if rotation == 180 else SIZE[::-1], "white")
    image = highlight(page, words, {*range(number(2, 4), number(4, 2))}, rotated)
    assert image is not None
    assert image.rotate(rotation, expand=True).tobytes() == upright.tobytes()
