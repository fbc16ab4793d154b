"""What was filled into a form, on one line with its label: `Name: Ada`, `[x] by post`.

A label is the printed text beside a field or above it, or else the text that a viewer shows over the field. A label of
an empty field says that it is empty, so that it does not look as if what stands below were its answer.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.pdf.fields import Field
from ingest.reading.left_empty import EMPTY
from ingest.reading.placed import wholly

# What people draw to write on: a run of underscores or dots.
_BLANK = re.compile(r"[_.…]{3,}")
# In points: how far from its field a label may be, and how much they may overlap.
_FARTHEST_BESIDE, _FARTHEST_ABOVE, _FARTHEST_OPTION = 260.0, 12.0, 24.0
_OVERLAP, _NEAR, _SAME = 6.0, 40.0, 3.0
_ON, _OFF = "[x]", "[ ]"
# A longer text beside an empty field is left as it is.
_LONGEST_LABEL = 60
# A page with more is not made by people. Fields and pieces are compared with each other.
_MOST_FIELDS, _MOST_PAIRS, _MOST_TRIED = 1500, 300_000, 8


def with_filled_fields(pieces: Sequence[Line], fields: Sequence[Field]) -> list[Line]:
    """Add to a page what is in its form fields.

    Args:
        pieces: The pieces of printed lines of a page.
        fields: The fields of the page.

    Returns:
        The pieces in the same order. A label has become one piece with what was filled in; what has no printed label
        comes after the others, at its place on the page.
    """
    found = list(pieces)
    ordered = sorted(fields[:_MOST_FIELDS], key=lambda field: (-round(field.box[3]), field.box[0]))
    labels = _labels(found, ordered)
    column = _fields_in_columns(ordered, labels)
    for number, field in enumerate(ordered):
        label = labels[number]
        if _is_shown(field, pieces):
            continue
        if field.ticked is None and not field.value:
            if label is not None and number not in column and _is_short(found[label]):
                found[label] = _joined(found[label], replace(field, value=EMPTY))
            continue
        if label is None or number in column:
            found.append(_own_piece(field, number in column))
        else:
            found[label] = _joined(found[label], field)
    return [piece for piece in found if piece.text]


def _labels(pieces: Sequence[Line], fields: Sequence[Field]) -> list[int | None]:
    """The index of each field's label among the pieces. A label that is a blank to write on may have several fields."""
    taken: set[int] = set()
    found: list[int | None] = []
    if len(pieces) * len(fields) > _MOST_PAIRS:
        return [None] * len(fields)
    for field in fields:
        far = [
            (distance, index) for index, piece in enumerate(pieces) if (distance := _distance(piece, field)) is not None
        ]
        near = (
            index
            for _, index in sorted(far)[:_MOST_TRIED]
            if (index not in taken or _is_over(pieces[index], field))
            and not _is_field_between(pieces[index], field, fields)
        )
        label = next(near, None)
        found.append(label)
        if label is not None:
            taken.add(label)
    return found


def _distance(piece: Line, field: Field) -> float | None:
    """How far the piece is from the field as its label; None where it cannot be its label."""
    left, bottom, right, top = field.box
    if _is_over(piece, field):
        return 0.0
    if bottom - _SAME < piece.middle < top + _SAME:
        before, after = left - piece.right, piece.left - right
        if field.ticked is not None and -_OVERLAP < after < _FARTHEST_OPTION:
            return max(after, 0.0)
        if -_OVERLAP < before < _FARTHEST_BESIDE:
            far = max(before, 0.0)
            # A label with a colon names what follows it, unless this is a box with its own words.
            return far + _SAME + (_NEAR if field.ticked is not None and piece.text.endswith(":") else 0.0)
    above = piece.bottom - top
    if field.ticked is None and -_OVERLAP < above < _FARTHEST_ABOVE and left - 2 * _OVERLAP < piece.left < right:
        return _NEAR + above
    return None


def _is_over(piece: Line, field: Field) -> bool:
    """Whether the field lies on a blank within the piece."""
    left, bottom, right, top = field.box
    beside = bottom - _SAME < piece.middle < top + _SAME
    return beside and piece.left < right and left < piece.right and bool(_BLANK.search(piece.text))


def _is_field_between(piece: Line, field: Field, fields: Sequence[Field]) -> bool:
    """Whether another field is nearer to the piece, on the same side of it."""
    left, right = sorted((piece.left, field.box[0]))
    if _is_over(piece, field):
        return False
    middle = (field.box[1] + field.box[3]) / 2
    return any(
        other is not field
        and other.box[1] < middle < other.box[3]
        and other.box[1] < piece.middle < other.box[3]
        and left < (other.box[0] + other.box[2]) / 2 < right
        for other in fields
    )


def _fields_in_columns(fields: Sequence[Field], labels: Sequence[int | None]) -> set[int]:
    """The fields below each other that are cells of a table: only the first can have the name of the column above."""
    found: set[int] = set()
    for number, field in enumerate(fields):
        for other, below in enumerate(fields[number + 1 :], number + 1):
            alike = max(abs(field.box[0] - below.box[0]), abs(field.box[2] - below.box[2])) < _SAME
            height = field.box[3] - field.box[1]
            if alike and labels[other] is None and -_SAME < field.box[1] - below.box[3] < height:
                found |= {number, other}
    return found


def _is_short(label: Line) -> bool:
    return len(label.text) <= _LONGEST_LABEL and not _BLANK.search(label.text)


def _is_shown(field: Field, pieces: Sequence[Line]) -> bool:
    """Whether the page itself has the value printed where the field is."""
    left, bottom, right, top = field.box
    value = "".join(field.value.split())
    return field.ticked is None and any(
        value in "".join(piece.text.split())
        for piece in pieces
        if piece.left < right and left < piece.right and bottom < piece.middle < top
    )


def _own_piece(field: Field, in_column: bool) -> Line:
    """A piece for a field without a printed label, as high as the text in it."""
    left, _, right, top = field.box
    text: str
    if field.ticked is not None:
        text = wholly(f"{_ON if field.ticked else _OFF} {field.tip or field.value}".strip(), field.box)
    else:
        text = field.value if in_column or not field.tip else f"{field.tip.rstrip(': ')}: " + field.value
    middle = (field.box[1] + top) / 2 if top - field.box[1] < 2.5 * field.size else top - field.size / 2
    return Line(text, left, middle - field.size / 2, right, middle + field.size / 2)


def _joined(label: Line, field: Field) -> Line:
    """The label and the value as one piece."""
    if field.ticked is not None and label.centre > (field.box[0] + field.box[2]) / 2:
        text = wholly(_ON if field.ticked else _OFF, field.box) + " " + label.text
    else:
        value = field.value
        if field.ticked is not None:
            value = wholly("yes" if field.ticked else "not ticked", field.box)
        text = _answered(label.text, value)
    return replace(label, text=text, left=min(label.left, field.box[0]), right=max(label.right, field.box[2]))


def _answered(label: str, value: str) -> str:
    """The label with its value, which fills the first blank of the label.

    >>> _answered("Name:", "Ada"), _answered("Name ______", "Ada"), _answered("on ____ in ____", "2 May")
    ('Name: Ada', 'Name: Ada', 'on 2 May in ____')
    """
    blank = _BLANK.search(label)
    before = (label[: blank.start()] if blank else label).rstrip()
    after = label[blank.end() :] if blank else ""
    if after.strip():
        space = "" if after[0] in ",.;:)" else " "
        return before + " " + value + space + after.lstrip()
    return before + (" " if before[-1:] in {":", "?", ""} else ": ") + value
