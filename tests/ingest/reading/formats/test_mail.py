"""E-mails saved as text: bodies in all their forms, messages inside messages, attachments by their names."""

from email.message import EmailMessage
from pathlib import Path

from ingest.reading.inside import FileInside
from ingest.reading.read import Reading, read
from ingest.settings import Settings


def of(path: Path, message: EmailMessage | bytes) -> Reading:
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return read(path, path.name, Settings(_env_file=None))


def message(subject: str, body: str) -> EmailMessage:
    made = EmailMessage()
    made["Subject"], made["From"] = subject, "ada@example.org"
    made.set_content(body)
    return made


def parts(reading: Reading) -> list[tuple[str | None, str]]:
    return [(section.heading, section.text) for section in reading.sections]


def test_copies_and_date_stand_with_the_message(tmp_path: Path) -> None:
    mail = message("Boiler", "It leaks.\n")
    mail["To"], mail["Cc"], mail["Bcc"] = "bob@example.org", "Carol <carol@example.org>", "dan@example.org"
    mail["Date"] = "Tue, 04 Mar 2025 10:30:00 +0100"
    assert parts(of(tmp_path / "a.eml", mail)) == [
        (
            "Boiler",
            "From: ada@example.org · Date: Tue, 04 Mar 2025 10:30:00 +0100\nTo: bob@example.org\n"
            "Cc: Carol <carol@example.org>\nBcc: dan@example.org\n\nIt leaks.",
        )
    ]


def test_a_message_in_a_message_is_read(tmp_path: Path) -> None:
    inner = message("First", "The first words.\n")
    inner.add_attachment(b"Deep.", maintype="text", subtype="plain", filename="a.txt")
    outer = message("Forwarded", "See below.\n")
    outer.add_attachment(inner)
    reading = of(tmp_path / "a.eml", outer)
    assert parts(reading) == [
        ("Forwarded", "From: ada@example.org\n\nSee below."),
        ("First", "From: ada@example.org\n\nThe first words.\n\nAttachment: a.txt"),
    ]
    assert reading.files == (FileInside("a.txt", "attachment"),)


def test_a_plain_body_that_only_says_it_is_none_gives_way(tmp_path: Path) -> None:
    mail = message("News", "This message needs a program that shows HTML.\n")
    mail.add_alternative("<p>" + "The pool opens on 3 June and closes in autumn. " * 9 + "</p>", subtype="html")
    assert "The pool opens on 3 June" in of(tmp_path / "a.eml", mail).sections[0].text


def test_a_full_plain_body_is_taken_and_not_both(tmp_path: Path) -> None:
    mail = message("News", "The pool opens on 3 June.\n")
    mail.add_alternative("<p>The pool opens on <b>3 June</b>.</p>", subtype="html")
    assert parts(of(tmp_path / "a.eml", mail)) == [("News", "From: ada@example.org\n\nThe pool opens on 3 June.")]


def test_text_below_an_attachment_belongs_to_the_body(tmp_path: Path) -> None:
    content = (
        b"Subject: List\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/plain\n\nAbove.\n"
        b"--x\nContent-Type: text/csv; name=a.csv\n\nPart,Price\nRotor,12\n"
        b"--x\nContent-Type: text/plain\n\nBelow.\n--x--\n"
    )
    reading = of(tmp_path / "a.eml", content)
    assert parts(reading) == [("List", "Above.\n\nBelow.\n\nAttachment: a.csv")]
    assert reading.files == (FileInside("a.csv", "attachment"),)


def test_a_picture_in_the_body_is_no_attachment_and_another_is(tmp_path: Path) -> None:
    mail = message("Logo", "x\n")
    mail.set_content("<p>Hello</p><img src='cid:one@x'>", subtype="html")
    picture = b"\x89PNG\r\n\x1a\n" + bytes(40)
    mail.add_related(picture, maintype="image", subtype="png", cid="<one@x>", filename="logo.png")
    mail.add_attachment(picture, maintype="image", subtype="png", filename="photo.png")
    reading = of(tmp_path / "a.eml", mail)
    assert parts(reading) == [("Logo", "From: ada@example.org\n\nHello\n\nAttachment: photo.png")]
    assert reading.files == (FileInside("photo.png", "attachment"),)


def test_a_signature_is_not_missed(tmp_path: Path) -> None:
    mail = message("Signed", "Words.\n")
    mail.add_attachment(bytes(range(99)), maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    assert of(tmp_path / "a.eml", mail).not_read == ()


def test_headers_that_break_the_rules_do_not_lose_the_message(tmp_path: Path) -> None:
    content = b'Received: x\nFrom: =?utf-8?q?=ff=?= <<a@@b>,\nTo: "open <c\nDate: never\nSubject: Odd\n\nWords.\n'
    reading = of(tmp_path / "a.eml", content)
    assert reading.sections[0].heading == "Odd"
    assert reading.sections[0].text.endswith("Words.")
