"""The example library and its questions: every question has exactly one right place, or truly none.

The documents are read with pypdfium2 and MarkItDown alone, so that these tests do not lean on Pinpoint's own readers.
"""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from markitdown import MarkItDown

HERE = Path(__file__).resolve().parent
EXAMPLE = HERE.parents[1] / "ingest" / "example"
DOCUMENTS = sorted((EXAMPLE / "documents").iterdir())
SOURCES = sorted((HERE / "sources").glob("*.md"))

WORDS_A_PAGE = 450
FUNCTION_WORDS = """
    a about after all allowed am an and any are around as at away be been before but by can could do does
    down for from get give go has have having how i i've if in into is isn't it its i'm let like make makes may me might
    more much must my new no not nothing now of off ok on one only or our out over please right should so some someone
    something somewhere such than that the their them there they this to too under up us was we what when where
    whether which while who whom whose why will with without would you your
"""
STOP_WORDS = frozenset(FUNCTION_WORDS.split())
ENDINGS = ("ations", "ation", "ings", "ing", "ment", "ers", "ies", "ed", "er", "es", "ly", "s", "e", "y")


@dataclass(frozen=True)
class Question:
    """A line of questions.jsonl; an unanswerable one has neither a document nor an answer."""

    id: str
    question: str
    document: str | None
    answer: str | None
    kind: str


QUESTIONS = [Question(**json.loads(line)) for line in (EXAMPLE / "questions.jsonl").read_text("utf-8").splitlines()]
ANSWERABLE = [question for question in QUESTIONS if question.answer]
REWORDED = [question for question in QUESTIONS if question.kind == "reworded"]


def collapse(text: str) -> str:
    """The text with every run of white space as one blank."""
    return " ".join(text.split())


@cache
def text_of(path: Path) -> str:
    """All text of a document, white space collapsed."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return collapse(" ".join(page.get_textpage().get_text_range() for page in pdf))
    if path.suffix in {".md", ".txt"}:
        return collapse(path.read_text(encoding="utf-8"))
    return collapse(MarkItDown().convert(path).text_content)


def pages_of(path: Path) -> int:
    """A PDF's pages, a deck's slides, and for the rest how many pages its words would fill."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as pdf:
            return len(pdf)
    if path.suffix == ".pptx":
        return MarkItDown().convert(path).text_content.count("<!-- Slide number:")
    return round(len(text_of(path).split()) / WORDS_A_PAGE)


def stem(word: str) -> str:
    """A word without its ending: rough, but the same for the forms of one word."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def content_stems(text: str) -> set[str]:
    """The stems of all words that carry meaning."""
    words = re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower())
    return {stem(word.removesuffix("'s")) for word in words if word not in STOP_WORDS}


def section_with(quote: str) -> str:
    """The whole section of the sources, from its heading to the next one, that holds a quote."""
    sections = [part for path in SOURCES for part in re.split(r"\n(?=#)", path.read_text(encoding="utf-8"))]
    (found,) = [section for section in sections if quote in section]
    return found


def test_the_library_is_at_least_25_pages_in_several_formats() -> None:
    assert sum(pages_of(path) for path in DOCUMENTS) >= 25
    assert {path.suffix for path in DOCUMENTS} == {".docx", ".pdf", ".pptx", ".xlsx", ".html", ".md", ".txt"}


def test_handbook_and_manual_are_long_and_the_manual_has_bookmarks() -> None:
    handbook, manual = EXAMPLE / "documents/employee-handbook.docx", EXAMPLE / "documents/otter-60-manual.pdf"
    assert pages_of(handbook) >= 10
    assert pages_of(manual) >= 12
    with pypdfium2.PdfDocument(manual) as pdf:
        assert len(list(pdf.get_toc())) >= 15


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_is_small(path: Path) -> None:
    assert path.stat().st_size < 300_000


def test_there_are_enough_questions_of_each_kind() -> None:
    kinds = [question.kind for question in QUESTIONS]
    assert set(kinds) == {"plain", "reworded", "unanswerable"}
    assert kinds.count("plain") + kinds.count("reworded") >= 60
    assert kinds.count("reworded") >= 15
    assert kinds.count("unanswerable") >= 10


def test_no_id_and_no_question_comes_twice() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.question.lower() for question in QUESTIONS}) == len(QUESTIONS)


def test_every_document_is_asked_about() -> None:
    assert {question.document for question in ANSWERABLE} == {path.name for path in DOCUMENTS}


def test_only_the_unanswerable_have_no_document_and_no_answer() -> None:
    for question in QUESTIONS:
        assert (question.kind == "unanswerable") == (question.answer is None) == (question.document is None)


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_a_quote_stands_once_in_the_library_in_the_document_it_names(question: Question) -> None:
    quote = collapse(question.answer or "")
    counts = {path.name: text_of(path).count(quote) for path in DOCUMENTS}
    assert {name: count for name, count in counts.items() if count} == {question.document: 1}


@pytest.mark.parametrize("question", ANSWERABLE, ids=lambda question: question.id)
def test_a_quote_is_4_to_20_words_from_inside_one_sentence(question: Question) -> None:
    words = (question.answer or "").split()
    assert 4 <= len(words) <= 20
    assert not any(re.search(r"[.!?]$", word) and following[0].isupper() for word, following in pairwise(words))


@pytest.mark.parametrize("question", REWORDED, ids=lambda question: question.id)
def test_a_reworded_question_shares_no_content_word_with_the_section_that_answers_it(question: Question) -> None:
    assert not content_stems(question.question) & content_stems(section_with(question.answer or ""))


def test_building_again_gives_the_same_texts(tmp_path: Path) -> None:
    subprocess.run([sys.executable, HERE / "build.py", tmp_path], check=True)
    assert [path.name for path in sorted(tmp_path.iterdir())] == [path.name for path in DOCUMENTS]
    for path in DOCUMENTS:
        assert text_of(tmp_path / path.name) == text_of(path), path.name
