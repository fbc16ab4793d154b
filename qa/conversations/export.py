"""A conversation as a file to take along: Markdown, Word or CSV.

What it holds was written by strangers. Nothing of it becomes markup, a link or a picture in Markdown, a formula in a
spreadsheet, or breaks a Word file.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime

from ingest.cells import safe_cell
from ingest.reading.clean import one_line, without_lone_surrogates
from ingest.reading.places import cells_label, page_label, place_of
from qa.answer import Candidate, Hit
from qa.confidence.verdict_words import (
    OUTCOME_WORDS,
    VERDICT_WORDS,
    highlights,
    missing_words,
    quotation,
    quoted,
    split_at,
)
from qa.conversations.turn import Conversation, Turn

CSV_COLUMNS = (
    "question", "asked at", "follow-up to", "no answer because", "rank", "score", "verdict", "document", "place",
    "heading", "passage", "quotation", "also in", "cells", "web page",
)  # fmt: skip

_UNNAMED = "Conversation"
_FILE_NAME_CHARACTERS = 60
# Names that Windows keeps for devices, whatever the ending.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)")

# Characters that mean something wherever they are, in CommonMark, GitHub's Markdown or pandoc's.
_ANYWHERE = r"[\\`*_\[\]<>#|~^{}$@]"
# Characters that mean something before what is not white space: entities, addresses, names of hosts; not so "3.5".
_BEFORE_TEXT = r"&(?=[#\w])|:(?=\S)|(?<!\d)\.(?=\S)|\.(?=[^\s\d])|-(?=-)|(?<=-)-"
# Characters that mean something at the beginning of a line: lists, underlines of headings, definitions.
_AT_LINE_START = r"\A[-+=:]"
_TO_ESCAPE = re.compile("|".join([_ANYWHERE, _BEFORE_TEXT, _AT_LINE_START]))
_NUMBERED = re.compile(r"\A(\d{1,9})([.)])(?=\s|\Z)")

# All but the characters of XML 1.0 and, of those, the controls that nobody sees.
_ILLEGAL = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def as_markdown(conversation: Conversation) -> str:
    """A conversation as Markdown: questions and hits are headings, and sentences that answer are bold in the passages.

    Example:
        >>> from datetime import UTC, datetime
        >>> day = datetime(2026, 5, 4, 12, tzinfo=UTC)
        >>> turns = (Turn("When?", None, "There are no documents yet."),)
        >>> as_markdown(Conversation("0" * 16, "When?", day, day, turns)).splitlines()[::2]
        ['# When?', 'Conversation of 4 May 2026', '## 1. When?', 'There are no documents yet.']
    """
    blocks = [
        f"# {_escaped_markdown(conversation.name or _UNNAMED)}",
        f"Conversation of {_date_words(conversation.started_at)}",
    ]
    for number, turn in enumerate(conversation.turns, start=1):
        blocks.append(f"## {number}. {_escaped_markdown(turn.question)}")
        blocks += [_escaped_markdown(line) for line in _turn_lines(turn)]
        for hit in turn.answer.hits if turn.answer else ():
            blocks.append(f"### {hit.rank}. {_escaped_markdown(_hit_title(hit))}")
            blocks += [_escaped_markdown(line) for line in (*_source_lines(hit), _score_line(hit))]
            blocks.append(_markdown_quotation(hit))
            if hit.also:
                blocks.append(f"Also in: {_escaped_markdown(_other_places(hit))}")
    return "\n\n".join(blocks) + "\n"


def as_word(conversation: Conversation) -> bytes:
    """A conversation as the bytes of a .docx file, built as the Markdown is.

    Example:
        >>> from datetime import UTC, datetime
        >>> day = datetime(2026, 5, 4, 12, tzinfo=UTC)
        >>> as_word(Conversation("0" * 16, "When?", day, day, ()))[:2]
        b'PK'
    """
    import docx  # noqa: PLC0415 - only for those who want Word
    from docx.shared import Cm  # noqa: PLC0415

    document = docx.Document()
    document.core_properties.title = one_line(conversation.name) or _UNNAMED
    document.core_properties.author = "Pinpoint"
    document.core_properties.comments = ""
    document.core_properties.created = conversation.started_at.astimezone(UTC)
    document.core_properties.modified = conversation.changed_at.astimezone(UTC)
    document.add_heading(one_line(conversation.name) or _UNNAMED, 0)
    document.add_paragraph(f"Conversation of {_date_words(conversation.started_at)}")
    for number, turn in enumerate(conversation.turns, start=1):
        document.add_heading(f"{number}. {one_line(turn.question)}", 1)
        for line in _turn_lines(turn):
            document.add_paragraph(one_line(line))
        for hit in turn.answer.hits if turn.answer else ():
            document.add_heading(f"{hit.rank}. {one_line(_hit_title(hit))}", 2)
            for line in (*_source_lines(hit), _score_line(hit)):
                document.add_paragraph(line)
            paragraph = document.add_paragraph()
            paragraph.paragraph_format.left_indent = Cm(0.75)
            for part, bold in _highlighted_parts(hit):
                paragraph.add_run(_legal_xml(part)).bold = bold or None
            if hit.also:
                document.add_paragraph(f"Also in: {one_line(_other_places(hit))}")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def as_csv(conversation: Conversation) -> str:
    """A conversation as a table: a row a hit, and a row for a question without one.

    For spreadsheets, encode it as "utf-8-sig".

    Example:
        >>> from datetime import UTC, datetime
        >>> day = datetime(2026, 5, 4, 12, tzinfo=UTC)
        >>> turns = (Turn("When?", None, "There are no documents yet."),)
        >>> as_csv(Conversation("0" * 16, "When?", day, day, turns)).splitlines()[1]
        'When?,,,There are no documents yet.,,,,,,,,,,,'
    """
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(CSV_COLUMNS)
    for turn in conversation.turns:
        asked_at = turn.asked_at.astimezone().strftime("%Y-%m-%d %H:%M") if turn.asked_at else ""
        asked = [turn.question, asked_at, turn.asked_with or "", turn.error or ""]
        hits = turn.answer.hits if turn.answer else ()
        rows: list[list[str | int | float]] = [[*asked, *_hit_cells(hit)] for hit in hits]
        for row in rows or [[*asked, *[""] * (len(CSV_COLUMNS) - len(asked))]]:
            table.writerow([safe_cell(_legal_xml(value)) if isinstance(value, str) else value for value in row])
    return written.getvalue()


def file_name(name: str, ending: str) -> str:
    """A name for the exported file that every system accepts, made of the conversation's name.

    Args:
        name: The conversation's name.
        ending: The file's ending, with or without a full stop.

    Example:
        >>> file_name("What is in ../etc/passwd?", "md")
        'What is in etc passwd.md'
    """
    plain = unicodedata.normalize("NFC", one_line(name))
    letters = (letter if unicodedata.category(letter)[0] in "LMN" or letter in "-_" else " " for letter in plain)
    stem = " ".join("".join(letters).split())[:_FILE_NAME_CHARACTERS].strip(" -")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"{_UNNAMED} {stem}".strip()
    return f"{stem}.{ending.removeprefix('.')}"


def _turn_lines(turn: Turn) -> Iterator[str]:
    """What is said of a question, a line each: when and how it was asked, and its outcome."""
    if turn.asked_at:
        yield f"Asked on {_date_words(turn.asked_at)} at {turn.asked_at.astimezone():%H:%M}"
    if turn.asked_with:
        yield f"Follow-up to: {turn.asked_with}"
    if turn.of:
        yield f"Searched only in: {', '.join(turn.of)}"
    if turn.error:
        yield turn.error
    if turn.answer and turn.answer.outcome == "answers":
        yield f"“{' … '.join(quotation(turn.answer))}” ({_document_and_page(turn.answer.hits[0].candidate)})"
    elif turn.answer:
        yield f"{missing_words(turn.answer.missing)} {OUTCOME_WORDS[turn.answer.outcome]}".strip()


def _date_words(when: datetime) -> str:
    return f"{when.astimezone():%-d %B %Y}"


def _hit_title(hit: Hit) -> str:
    """Where a hit's passage is, on one line."""
    document, passage = hit.candidate.document, hit.candidate.passage
    said = {page_label(document, passage), cells_label(document, passage)}
    headings = [part for part in place_of(document, passage) if part not in said]
    return " · ".join([_document_and_page(hit.candidate), *headings])


def _score_line(hit: Hit) -> str:
    """A hit's score and verdict, on one line."""
    return f"Score {hit.score:.2f}" + (f": {VERDICT_WORDS[hit.verdict].lower()}" if hit.verdict else "")


def _source_lines(hit: Hit) -> list[str]:
    """The address of the web page that a hit is from, where it is from one."""
    source = hit.candidate.document.source
    return [f"From {one_line(source)}"] if source else []


def _other_places(hit: Hit) -> str:
    return "; ".join(_document_and_page(candidate) for candidate in hit.also)


def _document_and_page(candidate: Candidate) -> str:
    document, passage = candidate.document, candidate.passage
    names = (document.name, page_label(document, passage), cells_label(document, passage))
    return ", ".join(one_line(name) for name in names if name)


def _highlighted_parts(hit: Hit) -> Iterator[tuple[str, bool]]:
    """The passage's text in parts, and whether each is a sentence that may answer."""
    return split_at(hit.candidate.passage.text, highlights(hit))


def _markdown_quotation(hit: Hit) -> str:
    """The passage as a Markdown quotation, line by line, the best sentence bold in each."""
    lines = [""]
    for part, best in _highlighted_parts(hit):
        for place, line in enumerate(_legal_xml(part).split("\n")):
            if place:
                lines.append("")
            words = _escaped_markdown(line)
            if words:
                # With a space on both sides, a bold stretch is one whatever mark it begins or ends with.
                lines[-1] = f"{lines[-1]} **{words}**" if best else f"{lines[-1]} {words}"
    paragraphs = re.split(r"\n{2,}", "\n".join(line.strip() for line in lines).strip("\n"))
    return "\n>\n".join("> " + paragraph.replace("\n", "\\\n> ") for paragraph in paragraphs)


def _escaped_markdown(text: str) -> str:
    """`text` on one line that Markdown shows as it stands."""
    return _NUMBERED.sub(r"\1\\\2", _TO_ESCAPE.sub(r"\\\g<0>", one_line(text)))


def _legal_xml(text: str) -> str:
    """`text` with one kind of line end and without what XML cannot hold."""
    return _ILLEGAL.sub("", without_lone_surrogates(_LINE_END.sub("\n", text)))


def _hit_cells(hit: Hit) -> list[str | int | float]:
    passage, document = hit.candidate.passage, hit.candidate.document
    return [
        hit.rank,
        round(hit.score, 4),
        VERDICT_WORDS[hit.verdict] if hit.verdict else "",
        document.name,
        page_label(document, passage),
        passage.heading or "",
        passage.text,
        " … ".join(quoted(hit)),
        _other_places(hit),
        cells_label(document, passage),
        document.source or "",
    ]
