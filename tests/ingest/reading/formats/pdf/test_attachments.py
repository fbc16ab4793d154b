"""The files inside a PDF."""

from pathlib import Path

from ingest.document import NotRead
from ingest.reading.contents import Embedded
from ingest.reading.formats.pdf.reader import read
from ingest.reading.inside import FileInside
from ingest.reading.read import read as read_file
from ingest.settings import Settings
from tests.ingest.reading.formats.pdf.annotated import annotated, stream

LIST = "Moorings\nNorth pier: 14 berths.\n"
CATALOG = "/Names << /EmbeddedFiles << /Names [(berths.txt) 6 0 R] >> >>"
FILE = "<< /Type /Filespec /F (berths.txt) /UF (berths.txt) /EF << /F 7 0 R >> >>"
CLIP = "/Subtype /FileAttachment /Rect [72 600 90 620] /FS 6 0 R"


def embedded(path: Path) -> list[Embedded | NotRead]:
    return [part for part in read(path).sections if isinstance(part, Embedded | NotRead)]


def test_a_file_of_the_document_and_one_behind_a_paper_clip_are_handed_over_once(tmp_path: Path) -> None:
    expected = [Embedded("berths.txt", LIST.encode())]
    for number, (clips, catalog) in enumerate((([], CATALOG), ([CLIP], ""), ([CLIP], CATALOG))):
        path = annotated(tmp_path / f"{number}.pdf", ["See the list."], clips, [FILE, stream(LIST)], catalog)
        assert embedded(path) == expected


def test_a_file_of_which_only_the_name_is_there_is_named(tmp_path: Path) -> None:
    file = "<< /Type /Filespec /F (berths.txt) /UF (berths.txt) >>"
    path = annotated(tmp_path / "a.pdf", ["See the list."], [], [file], CATALOG)
    assert embedded(path) == [NotRead("attachment", "berths.txt")]


def test_a_pdf_whose_pages_are_empty_is_read_for_its_attachments(tmp_path: Path) -> None:
    path = annotated(tmp_path / "a.pdf", [], [], [FILE, stream(LIST)], CATALOG)
    reading = read_file(path, "a.pdf", Settings(_env_file=None))
    assert reading.sections == ()
    assert reading.files == (FileInside("berths.txt", "attachment"),)
