"""The day that a file says that it is of, read in the child: from its metadata, where that makes sense."""

from datetime import date, datetime
from pathlib import Path

import docx
import pytest

from ingest import Settings, read
from tests.conftest import written


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("note.md", "---\ntitle: x\ndate: 2021-04-05\n---\nText.", date(2021, 4, 5)),
        ("note.md", "Text.\n\n---\ndate: 2021-04-05\n---\n", None),
        ("page.html", '<html><head><meta name="date" content="2020-02-03"></head><body>Text.</body>', date(2020, 2, 3)),
        ("page.html", '<html><head><meta name="date" content="soon"></head><body>Text.</body>', None),
        ("mail.eml", "From: a@b.example\nDate: Tue, 5 Mar 2019 10:00:00 +0000\nSubject: x\n\nText.", date(2019, 3, 5)),
        ("mail.eml", "From: a@b.example\nDate: yesterday\nSubject: x\n\nText.", None),
        ("rich.rtf", r"{\rtf1{\info{\revtim\yr2018\mo3\dy9}}Text.}", date(2018, 3, 9)),
        ("note.md", "---\ndate: 2999-01-01\n---\nText.", None),
        ("note.md", "---\ndate: 1970-01-01\n---\nText.", None),
    ],
)
def test_a_file_tells_its_day_where_that_can_be(
    tmp_path: Path, settings: Settings, name: str, text: str, day: date | None
) -> None:
    assert read(written(tmp_path, name, text), name, settings).dated == day


def test_a_word_document_tells_when_it_was_last_changed(tmp_path: Path, settings: Settings) -> None:
    made = docx.Document()
    made.add_paragraph("Text.")
    made.core_properties.modified = datetime(2022, 6, 7)
    made.save(str(tmp_path / "note.docx"))
    assert read(tmp_path / "note.docx", "note.docx", settings).dated == date(2022, 6, 7)
