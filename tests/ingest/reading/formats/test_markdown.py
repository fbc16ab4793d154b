"""Markdown and web pages to plain text: nothing lost, nothing doubled, no marks left."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading.clean import clean
from ingest.reading.formats import html, markdown

WORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)


def parts(text: str) -> list[tuple[str | None, str]]:
    return [(section.heading, section.text) for section in markdown.sections(text)]


def test_a_heading_with_nothing_under_it_is_not_lost() -> None:
    assert parts("# Title\n\n# Other\n\nText.") == [(None, "Title"), ("Other", "Text.")]


def test_a_heading_that_a_lower_one_names_is_not_doubled() -> None:
    assert parts("# Title\n\n## Part\n\nText.") == [("Title > Part", "Text.")]


def test_a_heading_two_levels_up_is_not_lost() -> None:
    assert parts("# A\n## B\n### C\ntext") == [(None, "A"), ("B > C", "text")]


def test_text_before_the_first_heading_has_none() -> None:
    assert parts("Before.\n\n# A\n\nAfter.") == [(None, "Before."), ("A", "After.")]


def test_links_pictures_and_escapes_become_words() -> None:
    assert parts("A [link](http://x.y 'z'), ![a cat](data:x) and 2 \\* 3 &amp; `a_b`.") == [
        (None, "A link, a cat and 2 * 3 & a_b.")
    ]


def test_markup_inside_markdown_shows_its_words() -> None:
    text = "<p align='center'>Seen <b>bold</b></p>\n\n<script>hidden()</script>\n\nA<br>B"
    assert parts(text) == [(None, "Seen bold\n\nA\nB")]


def test_lists_keep_their_order_and_depth() -> None:
    assert parts("1. a\n2. b\n   - c\n     d\n3. e") == [(None, "1. a\n2. b\n  - c d\n3. e")]


def test_code_is_left_as_it_is() -> None:
    assert parts("```python\n# no heading\nx = '**'\n```") == [(None, "# no heading\nx = '**'")]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_the_words_of_a_web_page_are_the_words_of_its_text(paragraphs: list[list[str]]) -> None:
    page = "".join(f"<p>{escape(' '.join(words))}</p>" for words in paragraphs)
    assert html.plain(page).split() == [word for words in paragraphs for word in words]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=2, max_size=4))
def test_the_words_of_a_list_and_a_table_are_all_there(rows: list[list[str]]) -> None:
    cells = [word for row in rows for word in row]
    page = "<ul>" + "".join(f"<li>{escape(word)}</li>" for word in cells) + "</ul>"
    assert html.plain(page).split() == [part for word in cells for part in ("-", word)]
    table = "<table>" + "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    assert html.plain(table + "</table>").split() == [part for one, two in rows for part in (one, "|", two)]


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [
        ("a\0b\x07\r\nc", "ab\nc"),
        ("a\n\n\n \n\nb  \n", "a\n\nb"),
        ("e\u0301", "é"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("  a\tb", "  a\tb"),
    ],
)
def test_what_nobody_can_see_is_taken_out(dirty: str, cleaned: str) -> None:
    assert clean(dirty) == cleaned
