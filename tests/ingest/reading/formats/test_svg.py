"""The words of a drawing (SVG), as a person sees them."""

from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.read import Reading, read
from ingest.settings import Settings

_HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def of(path: Path, content: str) -> Reading:
    path.write_text(content)
    return read(path, path.name, Settings(_env_file=None))


def test_each_text_is_a_line_and_what_is_not_shown_is_left_out(tmp_path: Path) -> None:
    reading = of(
        tmp_path / "a.svg",
        f"<?xml version='1.0'?><!DOCTYPE svg>{_HEAD}<title>Pump room</title><style>text {{fill: red}}</style>"
        "<defs><text>never shown</text></defs><g><text x='1' y='2'>Valve <tspan font-weight='bold'>V7</tspan> is shut"
        "</text></g><text><tspan x='1' y='9'>Two</tspan><tspan x='1' y='19'>lines</tspan></text>"
        "<image xlink:href='data:image/png;base64,AA=='/></svg>",
    )
    assert (reading.type, reading.sections[0].text) == ("SVG", "Pump room\nValve V7 is shut\nTwo\nlines")
    assert reading.not_read == (NotRead("picture"),)


def test_a_drawing_without_words_says_so(tmp_path: Path) -> None:
    with pytest.raises(CannotRead, match="This drawing contains no text"):
        of(tmp_path / "a.svg", f"{_HEAD}<path d='M0 0'/></svg>")
