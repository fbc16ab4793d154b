"""Files inside a file, such as attachments: read in the box like files of their own, within limits, or named."""

import io
import zipfile
from collections.abc import Mapping
from email.message import EmailMessage
from pathlib import Path

import pytest

from ingest.document import NotRead
from ingest.errors import CannotRead
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading import files

DEFAULTS = Settings(_env_file=None)


def mail(attached: Mapping[str, bytes], subject: str = "Offer") -> bytes:
    """An e-mail with these files."""
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "ada@example.org"
    message.set_content("See below.\n")
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def of(path: Path, content: bytes, settings: Settings = DEFAULTS) -> Reading:
    path.write_bytes(content)
    return read(path, path.name, settings)


def parts(reading: Reading) -> list[tuple[str | None, str]]:
    return [(section.heading, section.text) for section in reading.sections]


def test_attachments_of_every_kind_are_read_after_the_message(tmp_path: Path) -> None:
    made = {
        "notes.txt": b"Bring boots.",
        "prices.csv": b"Part,Price\r\nRotor,12\r\n",
        "handbook.docx": files.word(tmp_path / "a.docx").read_bytes(),
        "plan.pdf": files.pdf(tmp_path / "a.pdf", [["First."], ["Second page."]]).read_bytes(),
        "book.xlsx": files.workbook(tmp_path / "a.xlsx").read_bytes(),
        "talk.pptx": files.slides(tmp_path / "a.pptx").read_bytes(),
        "old.xls": files.old_workbook(tmp_path / "a.xls").read_bytes(),
    }
    reading = of(tmp_path / "a.eml", mail(made))
    found = parts(reading)
    assert found[0] == (
        "Offer",
        "From: ada@example.org\n\nSee below.\n\n" + "\n".join(f"Attachment: {name}" for name in made),
    )
    assert ("Attachment notes.txt", "Bring boots.") in found
    assert ("Attachment prices.csv", "Part: Rotor · Price: 12") in found
    assert any(str(heading).startswith("Attachment handbook.docx > Handbook > Travel") for heading, _ in found)
    assert ("Attachment plan.pdf, page 2", "Second page.") in found
    assert any(str(heading).startswith("Attachment book.xlsx > Staff") for heading, _ in found)
    assert any(heading == "Attachment talk.pptx, slide 3 > Plan" for heading, _ in found)
    assert any(heading == "Attachment old.xls > Prices" for heading, _ in found)
    assert all(section.page is None for section in reading.sections)
    assert reading.not_read == ()


def test_what_cannot_be_read_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.txt", "Inside.")
    damaged = files.word(tmp_path / "a.docx").read_bytes()[:3000]
    attached = {"a.bin": bytes(range(256)) * 9, "b.zip": packed.getvalue(), "c.docx": damaged, "d.txt": b"Read."}
    reading = of(tmp_path / "a.eml", mail(attached | {"empty.txt": b""}))
    assert ("Attachment d.txt", "Read.") in parts(reading)
    named = {NotRead("attachment", name) for name in ("a.bin", "c.docx", "empty.txt")}
    assert named <= set(reading.not_read)


def test_attachments_of_attachments_are_read_three_levels_down(tmp_path: Path) -> None:
    content = mail({"deepest.txt": b"Too deep."}, "4")
    for level in (3, 2, 1):
        content = mail({f"{level}.eml": content, f"{level}.txt": f"Level {level}.".encode()}, str(level))
    reading = of(tmp_path / "a.eml", content)
    headings = [section.heading for section in reading.sections]
    assert headings == [
        "1",
        "Attachment 1.eml > 2",
        "Attachment 1.eml > Attachment 2.eml > 3",
        "Attachment 1.eml > Attachment 2.eml > Attachment 3.eml > 4",
        "Attachment 1.eml > Attachment 2.eml > Attachment 3.txt",
        "Attachment 1.eml > Attachment 2.txt",
        "Attachment 1.txt",
    ]
    assert reading.not_read == (NotRead("attachment", "deepest.txt"),)


def test_of_very_many_attachments_the_first_fifty_are_read(tmp_path: Path) -> None:
    reading = of(tmp_path / "a.eml", mail({f"{number}.txt": b"Words." for number in range(53)}))
    assert len(reading.sections) == 51
    assert [left.name for left in reading.not_read] == ["50.txt", "51.txt", "52.txt"]


def test_an_attachment_with_too_much_text_does_not_lose_the_message(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, read_characters=1000)
    reading = of(tmp_path / "a.eml", mail({"long.txt": b"word " * 300, "short.txt": b"Short."}), settings)
    assert [section.heading for section in reading.sections] == ["Offer", "Attachment short.txt"]
    assert reading.not_read == (NotRead("attachment", "long.txt"),)


def test_a_message_that_is_itself_too_long_is_refused_as_before(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Received"] = "x"
    message.set_content("word " * 300)
    with pytest.raises(CannotRead, match="more text than"):
        of(tmp_path / "a.eml", message.as_bytes(), Settings(_env_file=None, read_characters=1000))


def test_the_longest_names_leave_room_in_the_heading(tmp_path: Path) -> None:
    reading = of(tmp_path / "a.eml", mail({"n" * 200 + ".txt": b"Words."}))
    assert len(str(reading.sections[1].heading)) < 120
