"""A conversation as a file: all of it is there, and what strangers wrote does nothing in it."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import docx
import pytest
from hypothesis import example, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.reading.clean import clean
from qa import Answer, Asker
from qa.answer import Candidate, Verdict
from qa.conversations.export import CSV_COLUMNS, as_csv, as_markdown, as_word, file_name
from qa.conversations.turn import Conversation, Turn
from tests.conftest import SharedLibrary, tries
from tests.qa import answers
from tests.qa.answers import candidate

NOW = datetime(2026, 5, 4, 9, 30, tzinfo=UTC)

HOSTILE = [
    "![pixel](https://evil.example/p.png) [click](javascript:alert(1)) <https://evil.example> www.evil.example",
    "<img src=x onerror=alert(1)><script>alert(1)</script>\n<!-- \n<div>\n\n&lt;b&gt; &amp; &#60;",
    "[ref]: https://evil.example\n\n[ref]\n\n[^1]: note[^1]",
    "# heading\n===\n---\n***\n* item\n+ item\n- item\n1. one\n12345) two\n1986. A great year.\n> quote\n: what",
    "```\ncode\n```\n    indented\n\ttab\n~~~\n`a` ``b``  \nhard\\\nbreak",
    "a | b\n- | -\n:- | -:\n1 | 2",
    "a*b* **c** _d_ __e__ ~~f~~ $x$ {{ y }} \\*z\\*",
    "C:\\new\\file.txt someone@evil.example 3.5 e.g. it... x--y",
    "\u202egnp.exe\u202c \x00\x07\ud800\ufffe\x85\u2028end",
    "「はい」。「いいえ」です。(そう)",
]
TEXTS = st.text(st.characters(exclude_categories=()), max_size=60) | st.sampled_from(HOSTILE)
MARKUP = st.text(st.sampled_from("*_`[]()<>!#&;:/\\|~-+=.1a \n\t@\"'{}$^"), max_size=40)


def answer(
    question: str,
    *candidates: Candidate,
    best: str = "",
    also: Sequence[Candidate] = (),
    first: Verdict = "may answer",
) -> Answer:
    """An answer whose first hit has this verdict; the others are related."""
    made = answers.answer(question, *candidates, best=best, also=also)
    hits = tuple(replace(hit, verdict=first if hit.rank == 1 else "related") for hit in made.hits)
    return replace(made, hits=hits)


def conversation(*turns: Turn, name: str = "Opening hours") -> Conversation:
    return Conversation("0" * 16, name, NOW, NOW, turns)


def asked(text: str, question: str = "When?", best: str = "", name: str = "notes.txt") -> Conversation:
    """A conversation of one question with this passage as its one hit."""
    return conversation(Turn(question, answer(question, candidate(text, name), best=best), None))


@pytest.fixture
def talk() -> Conversation:
    """Two questions that were answered, of which the first has a passage that stands twice, and one that was not."""
    first = answer(
        "When does it open?",
        candidate("Good to know. It opens at eight.", "hours.pdf", "PDF", 3, "Opening"),
        candidate("Closed on Sundays.", "plan.xlsx", "Excel", 2, cells="A2:D17"),
        best="It opens at eight.",
        also=[candidate("It opens.", "talk.pptx", "PowerPoint", 7), candidate("It opens.", "old.txt")],
        first="answers",
    )
    second = replace(answer("And close?", candidate("At six.")), missing=("B-7",))
    return conversation(
        Turn("When does it open?", first, None, None, ("hours.pdf", "plan.xlsx"), NOW),
        Turn("And close?", second, None, "When does it open?"),
        Turn("Why?", None, "There are no documents yet."),
    )


def tokens(markdown: str) -> list[Token]:
    """Everything that Markdown finds in it, with HTML, tables and strikethrough allowed."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [inner for token in parser.parse(markdown) for inner in (token, *(token.children or ()))]


def text_of(markdown: str) -> str:
    return "".join(token.content for token in tokens(markdown) if token.type == "text")


def squeezed(text: str) -> str:
    """The text without white space, and without what no export keeps."""
    return "".join("".join(line.split()).strip("\u200b\u200c\u200d\u2060\u00ad") for line in clean(text).splitlines())


# What this project itself writes into Markdown; anything else would be a stranger's.
OURS = {
    "text", "text_special", "inline", "heading_open", "heading_close", "paragraph_open", "paragraph_close",
    "blockquote_open", "blockquote_close", "hardbreak", "strong_open", "strong_close",
}  # fmt: skip


def test_markdown_shows_every_question_and_hit(talk: Conversation) -> None:
    assert as_markdown(talk) == "\n\n".join(
        [
            "# Opening hours",
            "Conversation of 4 May 2026",
            "## 1. When does it open?",
            "Asked on 4 May 2026 at " + f"{NOW.astimezone():%H:%M}".replace(":", "\\:"),
            "Searched only in: hours\\.pdf, plan\\.xlsx",
            "“It opens at eight\\.” (hours\\.pdf, page 3)",
            "### 1. hours\\.pdf, page 3 · Opening",
            "Score 0.50: answers it",
            "> Good to know. **It opens at eight.**",
            "Also in: talk\\.pptx, slide 7; old\\.txt",
            "### 2. plan\\.xlsx, sheet 2, A2\\:D17",
            "Score 0.33: related",
            "> Closed on Sundays.",
            "## 2. And close?",
            "Follow-up to: When does it open?",
            "No passage has “B-7”. Not sure. These passages come closest.",
            "### 1. notes\\.txt",
            "Score 0.50: may answer it",
            "> At six.",
            "## 3. Why?",
            "There are no documents yet.\n",
        ]
    )


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_a_document_becomes_markup_in_markdown(hostile: str) -> None:
    for markdown in (
        as_markdown(asked(hostile)),
        as_markdown(asked(hostile, best=hostile)),
        as_markdown(asked("At eight.", question=hostile, name=hostile)),
        as_markdown(conversation(Turn("?", None, hostile, hostile), name=hostile)),
    ):
        assert {token.type for token in tokens(markdown)} <= OURS
        assert squeezed(hostile) in squeezed(text_of(markdown))
        assert "www.evil" not in markdown
        assert "https:" not in markdown
        markdown.encode()


@hypothesis_settings(max_examples=tries(150), deadline=None)
@example("a(b)c", 1, 4)
@example("1\n1.", 2, 4)
@given(TEXTS | MARKUP, st.integers(0, 40), st.integers(0, 40))
def test_markdown_gives_back_any_text_with_any_stretch_in_bold(text: str, start: int, end: int) -> None:
    stretch = text[start:end]
    markdown = as_markdown(asked(text, best=stretch))
    assert {token.type for token in tokens(markdown)} <= OURS
    shown = text_of(markdown).split("may answer it", 1)[1]
    at = text.find(stretch) if stretch else 0
    parts = (text[:at], text[at : at + len(stretch)], text[at + len(stretch) :])
    assert squeezed_parts(shown) == "".join(map(squeezed_parts, parts))
    strong = [token.type for token in tokens(markdown)].count("strong_open")
    assert strong <= len(clean(stretch).splitlines())
    assert bool(strong) == bool(squeezed(stretch))


def squeezed_parts(text: str) -> str:
    """As `squeezed`, where a stretch may have been cut from its line: no invisible character counts anywhere."""
    return "".join(character for character in squeezed(text) if character not in "\u200b\u200c\u200d\u2060\u00ad")


def visible(text: str) -> str:
    """The characters that a person sees, with a mark for every half of a surrogate pair."""
    marked = re.sub("[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    return "".join(character for character in marked if character.isprintable() and not character.isspace())


def test_word_shows_every_question_and_hit(talk: Conversation) -> None:
    document = docx.Document(io.BytesIO(as_word(talk)))
    assert [
        (paragraph.style.name if paragraph.style else None, paragraph.text) for paragraph in document.paragraphs
    ] == [
        ("Title", "Opening hours"),
        ("Normal", "Conversation of 4 May 2026"),
        ("Heading 1", "1. When does it open?"),
        ("Normal", f"Asked on 4 May 2026 at {NOW.astimezone():%H:%M}"),
        ("Normal", "Searched only in: hours.pdf, plan.xlsx"),
        ("Normal", "“It opens at eight.” (hours.pdf, page 3)"),
        ("Heading 2", "1. hours.pdf, page 3 · Opening"),
        ("Normal", "Score 0.50: answers it"),
        ("Normal", "Good to know. It opens at eight."),
        ("Normal", "Also in: talk.pptx, slide 7; old.txt"),
        ("Heading 2", "2. plan.xlsx, sheet 2, A2:D17"),
        ("Normal", "Score 0.33: related"),
        ("Normal", "Closed on Sundays."),
        ("Heading 1", "2. And close?"),
        ("Normal", "Follow-up to: When does it open?"),
        ("Normal", "No passage has “B-7”. Not sure. These passages come closest."),
        ("Heading 2", "1. notes.txt"),
        ("Normal", "Score 0.50: may answer it"),
        ("Normal", "At six."),
        ("Heading 1", "3. Why?"),
        ("Normal", "There are no documents yet."),
    ]
    assert [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold] == [
        "It opens at eight."
    ]
    assert (document.core_properties.title, document.core_properties.author) == ("Opening hours", "Pinpoint")


@hypothesis_settings(max_examples=25, deadline=None)
@example("\x00\x0b\x1f\ud800\udfff\ufffe\uffff</w:t>&amp;]]>", "\x00")
@given(TEXTS, TEXTS)
def test_word_survives_any_text(text: str, other: str) -> None:
    talk = conversation(
        Turn(other, answer(other, candidate(text, other, "PDF", 1, other), best=text[1:3]), other, other), name=other
    )
    document = docx.Document(io.BytesIO(as_word(talk)))
    shown = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert visible(text) in visible(shown)


def rows(talk: Conversation) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(talk), newline="")))


def test_csv_has_a_row_for_every_hit_and_for_a_question_without(talk: Conversation) -> None:
    found = rows(talk)
    assert list(found[0]) == list(CSV_COLUMNS)
    assert list(found[0].values()) == [
        "When does it open?", f"{NOW.astimezone():%Y-%m-%d %H:%M}", "", "", "1", "0.5", "Answers it", "hours.pdf",
        "page 3", "Opening", "Good to know. It opens at eight.", "It opens at eight.", "talk.pptx, slide 7; old.txt",
        "", "",
    ]  # fmt: skip
    assert [(row["question"], row["rank"], row["place"], row["cells"]) for row in found[1:]] == [
        ("When does it open?", "2", "sheet 2", "A2:D17"),
        ("And close?", "1", "", ""),
        ("Why?", "", "", ""),
    ]
    assert found[2]["follow-up to"] == "When does it open?"
    assert found[3]["no answer because"] == "There are no documents yet."


def test_the_address_of_a_web_page_is_exported_as_text() -> None:
    found = candidate("High tide is at nine.", "example.org tides", "HTML")
    address = "https://example.org/tides?<b>=[a](b)"
    page = replace(found, document=replace(found.document, source=address))
    talk = conversation(Turn("Tide?", answer("Tide?", page), None))
    markdown = as_markdown(talk)
    assert {token.type for token in tokens(markdown)} <= OURS
    assert f"From {address}" in text_of(markdown)
    assert "https:" not in markdown
    assert f"From {address}" in [each.text for each in docx.Document(io.BytesIO(as_word(talk))).paragraphs]
    assert [row["web page"] for row in rows(talk)] == [address]


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1+1", "\x00=1"])
def test_no_cell_runs_as_a_formula(formula: str) -> None:
    talk = conversation(
        Turn(formula, answer(formula, candidate(formula, formula, heading=formula), best=formula), formula, formula)
    )
    (row,) = rows(talk)
    for column, cell in row.items():
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝")), column
    assert row["passage"].startswith("'")
    assert (row["rank"], row["score"]) == ("1", "0.5")


FORMULAS = ["=cmd|'/C calc'!A0", "+1", "-2+3", "@SUM(A1)", "＝1+1", ' "=1"', '"=1', "“=1"]
BEFORE = ["Boiler code 7;", "7;;", "a,", "a|", "a\t", "a\n", "a\r\n", 'a "quoted; text";', "a; ", "it's;", ""]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE])
def test_no_cell_runs_as_a_formula_whatever_separates_the_cells_of_a_list(
    separator: str, quoting: Literal[0, 3]
) -> None:
    texts = [before + formula for before in BEFORE for formula in FORMULAS]
    turns = [
        Turn(text, answer(text, candidate(text, text, heading=text), best=text), text, text)
        for text in [*texts, *(f"{text} and more;{text}" for text in texts)]
    ]
    table = csv.reader(as_csv(conversation(*turns)).splitlines(keepends=True), delimiter=separator, quoting=quoting)
    cells = [cell for row in table for cell in row]
    assert [cell for cell in cells if cell.strip(' \t\r\n"“”').startswith(tuple("=+-@＝＋－＠"))] == []
    assert any("=cmd" in cell for cell in cells)


@given(TEXTS)
def test_csv_gives_back_any_text_and_can_be_written(text: str) -> None:
    written = as_csv(asked(text))
    written.encode("utf-8-sig")
    (row,) = rows(asked(text))
    assert visible(row["passage"]).replace("'", "") == visible(text).replace("'", "")


def test_an_answer_of_the_library_is_exported(notes: SharedLibrary) -> None:
    question = "When does the office open?"
    talk = conversation(Turn(question, Asker(notes.library, notes.settings).ask(question), None))
    assert "**The office opens at eight in the morning and closes at six.**" in as_markdown(talk)
    assert "The office opens at eight" in as_csv(talk)
    assert any("The office opens" in one.text for one in docx.Document(io.BytesIO(as_word(talk))).paragraphs)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("When does it open?", "When does it open.md"),
        ("../../etc/passwd", "etc passwd.md"),
        ('C:\\con\\*<>|"?.exe', "C con exe.md"),
        ("con", "Conversation con.md"),
        ("COM1", "Conversation COM1.md"),
        ("-rf", "rf.md"),
        ("", "Conversation.md"),
        ("…\x00\u202e\ud800", "Conversation.md"),
        ("Öffnung in 東京, हिन्दी", "Öffnung in 東京 हिन्दी.md"),
    ],
)
def test_a_file_is_named_as_the_conversation_without_what_could_harm(name: str, expected: str) -> None:
    assert file_name(name, "md") == expected
    assert file_name(name, ".md") == expected


@given(TEXTS)
def test_a_file_of_that_name_can_be_made_anywhere(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    made = file_name(name, "docx")
    assert Path(made).name == made
    assert not made.startswith((".", "-", " "))
    assert len(made.encode()) < 255
