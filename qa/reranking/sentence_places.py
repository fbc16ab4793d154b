"""Where the sentences of a passage are, and which of them only ask: what answers such a question comes after it.

A list of questions and answers, a table of them and the records of a data file all repeat what is asked. Nothing in a
passage is more like a question than that, and it says nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sentencex import get_sentence_boundaries

from ingest.reading.heading_lines import looks_like_heading
from qa.analysis.dates import dates

Place = tuple[int, int]

# The rules for the ends of sentences are those of English: an abbreviation such as "Dr." ends no sentence. The full
# stops of other scripts end a sentence, too.
_RULES = "en"
_CELLS = re.compile(r"[ \t][·|][ \t]")
_ROW = re.compile(r"[^\n]*[ \t][·|][ \t][^\n]*")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
# A line of a record: the name of a field, then its value.
_FIELD = re.compile(r"\s*(?:- )?[^\W\d_][\w /()-]{0,40}:(?:\s|\Z)")
_ENDS_ASKING = re.compile(r"[?？؟][\"'”’»)\]*_\s]*\Z")
_BEGINS_ASKING = re.compile(r"\W*(?:how|what|when|where|which|who|whose|why)\b", re.I)
_NAMED_A_QUESTION = re.compile(r"[\W_]*(?:(?:\w+[ _])?(?:question|frage)(?:[ _]\w+)?|q)\s*\d*\s*:\s", re.I)
_NAMED_AN_ANSWER = re.compile(r"[\W_]*(?:(?:\w+[ _])?(?:answer|antwort)(?:[ _]\w+)?|a)\s*\d*\s*:\s+(?=\S)", re.I)
_ITEM = re.compile(r"\s*(?:[^\w\s\"'“(]|\(?\w{1,3}[.)]\s)")
_FULL_LINE = 50  # characters, from which on a sentence may go on in the next line with a capital letter
_LABEL = 3  # words
# Before the words of a heading. With fewer letters than that, capitals may be an acronym.
_TITLE_NUMBER, _ACRONYM = re.compile(r"\(?(?:[A-Z]|\d{1,3})(?:\.\d{1,3})*[.):]?\s+"), 4
_NO_LABEL = re.compile(r"[.!?:·|]")
_KEPT = 512  # passages


def sentences(text: str) -> list[Place]:
    """The place of each sentence, from start to before end, without the white space around it.

    >>> [slice(*place) for place in sentences("Dr. Ames pays. We do not.")]
    [slice(0, 14, None), slice(15, 25, None)]
    >>> sentences("Part: valve\\nPart: seal") == [(0, 11), (12, 22)]
    True
    >>> sentences("part: KX-9 · price: 4\\npart: KX-8 · price: 3") == [(0, 21), (22, 43)]
    True
    """
    return list(_sentences(text))


def asks(sentence: str) -> bool:
    """Whether a sentence only asks: a question, a heading in the words of one, a field that is named a question.

    >>> [asks(each) for each in ("How long is it?", "How long it is", "question: how long", "Where: in Bern.")]
    [True, True, True, False]
    """
    if _ENDS_ASKING.search(sentence) or _NAMED_A_QUESTION.match(sentence):
        return True
    is_heading = looks_like_heading(sentence) and not sentence.rstrip().endswith((":", "："))
    return is_heading and _BEGINS_ASKING.match(sentence) is not None


def is_title(sentence: str) -> bool:
    """Whether it is a heading in capitals, with its number or without: it says nothing of what is under it.

    >>> [is_title(each) for each in ("D. MEALS", "5.2 LEAVE WITH PAY", "STOP!", "NASA", "The KX-2210-B")]
    [True, True, False, False, False]
    """
    words = _TITLE_NUMBER.sub("", sentence)
    return words.isupper() and looks_like_heading(words) and sum(map(str.isalpha, words)) > _ACRONYM


def is_row(text: str) -> bool:
    """Whether it is one row of a table.

    >>> is_row("Part: KX-9 · Price: 4"), is_row("Part: KX-9 · Price: 4\\nPart: KX-8 · Price: 3"), is_row("It is 4.")
    (True, False, False)
    """
    return _ROW.fullmatch(text) is not None


def is_label(sentence: str) -> bool:
    """Whether it only says what comes after it, in a few words: "Remedy." or "What to do:".

    >>> [is_label(each) for each in ("What to do:", "Remedy.", "It opens at 8.", "Ask the porter for it.")]
    [True, True, False, False]
    """
    is_short = len(sentence.split()) <= _LABEL and not any(map(str.isdigit, sentence))
    return is_short and sentence.endswith((".", ":"))


def is_date_line(sentence: str) -> bool:
    """Whether it is a date, alone or in a few words: the entry of a diary or of a log comes after it.

    >>> [is_date_line(each) for each in ("Monday 26 January 2026", "Released 14 May.", "Date: 3/2/2026")]
    [True, False, False]
    """
    found = list(dates(sentence)) if len(sentence) <= _FULL_LINE else []
    if len(found) != 1 or sentence.endswith("."):
        return False
    others = sentence[: found[0].start] + sentence[found[0].end :]
    return len(others.split()) <= _LABEL and not _NO_LABEL.search(others)


@lru_cache(_KEPT)
def label_of(text: str) -> Mapping[Place, Place]:
    """For each sentence after a label, up to the next label or the end of the paragraph, the place of that label.

    A label says what comes after it in a few words, or it is a line with a date.

    >>> label_of("Cause. Dust. What to do. Wipe it. Dry it well afterwards.")
    {(7, 12): (0, 6), (25, 33): (13, 24), (34, 57): (13, 24)}
    """
    found: dict[Place, Place] = {}
    label: Place | None = None
    last: Place | None = None
    for place in _sentences(text):
        if label and last and _BLANK_LINE.search(text, last[1], place[0]):
            label = None
        sentence = text[slice(*place)]
        begins = is_label(sentence) and not asks(sentence) and (label is None or last != label)
        if begins or is_date_line(sentence):
            label = place
        elif label:
            found[place] = label
        last = place
    return found


def after_label(text: str, start: int) -> int:
    """Where an answer begins: after the word that only calls it one, as in "A: Two years".

    >>> after_label("answer: Two years", 0), after_label("Two years", 0)
    (8, 0)
    """
    label = _NAMED_AN_ANSWER.match(text, start)
    return label.end() if label else start


@lru_cache(_KEPT)
def question_of(text: str) -> Mapping[Place, Place]:
    """For each sentence that answers a question of the same text, the place of that question.

    An answer is what follows up to the next question or, after a sentence at least, to the end of its paragraph. In a
    row of a table it is the other cells, among named fields the one that is named an answer.

    >>> question_of("Who pays? You do.\\n\\nWe are closed in May.")
    {(10, 17): (0, 9)}
    """
    return {place: question for question, after in _answered(text) for place in _named_answer(text, after)}


def _answered(text: str) -> Iterator[tuple[Place, list[Place]]]:
    """Each question of a text with the sentences that may answer it."""
    rows = _asking_rows(text)
    for first, last in rows:
        cells = [place for place in _sentences(text) if first <= place[0] < last]
        asking = [place for place in cells if asks(text[slice(*place)])]
        if asking:
            yield asking[0], [place for place in cells if place not in asking]
    question: Place | None = None
    after: list[Place] = []
    for place in _sentences(text):
        begins = asks(text[slice(*place)])
        ends = after and _BLANK_LINE.search(text, after[-1][1], place[0])
        if begins or ends or any(first <= place[0] < last for first, last in rows):
            if question:
                yield question, after
            question, after = (place if begins else None), []
        elif question:
            after.append(place)
    if question:
        yield question, after


def _named_answer(text: str, after: Sequence[Place]) -> Sequence[Place]:
    """Those sentences that are in a field that is named an answer; all of them where there is no such field."""
    first = next((at for at, place in enumerate(after) if _NAMED_AN_ANSWER.match(text, place[0])), None)
    if first is None:
        return after
    other = (at for at, place in enumerate(after) if at > first and _is_field(text, place[0]))
    return after[first : next(other, len(after))]


def _is_field(text: str, start: int) -> bool:
    """Whether the name of a field begins there: in a new line or cell."""
    before = text[:start].rstrip(" \t-")
    return before[-1:] in {"", "\n", "·", "|"} and _FIELD.match(text, start) is not None


@lru_cache(_KEPT)
def _sentences(text: str) -> tuple[Place, ...]:
    places = []
    for first, last in _stretches(text):
        for found in get_sentence_boundaries(_RULES, text[first:last]):
            for start, end in _row_places(text, first + int(found["start_index"]), first + int(found["end_index"])):
                stretch = text[start:end]
                if any(character.isalnum() for character in stretch):
                    start_of_words = start + len(stretch) - len(stretch.lstrip())
                    places.append((start_of_words, start_of_words + len(stretch.strip())))
    return tuple(places)


def _stretches(text: str) -> Iterator[Place]:
    """The text in stretches that no sentence goes beyond: each cell of a row of which one asks, and what is between."""
    done = 0
    for row in _asking_rows(text):
        yield from ((done, row[0]), *_cells(text, row))
        done = row[1]
    yield done, len(text)


@lru_cache(_KEPT)
def _asking_rows(text: str) -> tuple[Place, ...]:
    """The rows of a table in which a cell asks."""
    rows = (line.span() for line in _ROW.finditer(text))
    return tuple(row for row in rows if any(asks(text[slice(*cell)].strip()) for cell in _cells(text, row)))


def _cells(text: str, row: Place) -> list[Place]:
    between = [found.span() for found in _CELLS.finditer(text, *row)]
    starts, ends = [row[0], *(end for _, end in between)], [*(start for start, _ in between), row[1]]
    return list(zip(starts, ends, strict=True))


def _row_places(text: str, start: int, end: int) -> list[Place]:
    """The rows of a table or a list, and the fields of a record that has a question, each as a sentence.

    A sentence with line breaks stays one sentence, and so does another record in small letters: what it is about is in
    one field, and the answer in another.
    """
    lines = text[start:end].splitlines(keepends=True)
    asking = all(map(_FIELD.match, lines)) and any(asks(line.strip()) for line in lines)
    are_rows = all(_CELLS.search(line) for line in lines)
    if any(line.lstrip()[:1].islower() for line in lines) and not (asking or are_rows):
        return [(start, end)]
    is_prose = text[start:end].rstrip().endswith((".", "!", "?"))
    rows = list[Place]()
    for line, before in zip(lines, ["", *lines], strict=False):
        first = rows.pop()[0] if is_prose and _goes_on(before, line) else start
        start += len(line)
        rows.append((first, start))
    return rows


def _goes_on(before: str, line: str) -> bool:
    """Whether a line is the rest of a sentence that was too long for the line before, which is none of a table."""
    before = before.strip()
    is_full = len(before) >= _FULL_LINE and before[-1] not in ".!?:;" and not _CELLS.search(before)
    return is_full and not _CELLS.search(line) and not _FIELD.match(line) and not _ITEM.match(line)
