"""Messages saved by Outlook: who, to whom, when, what, and the files and messages attached."""

from collections.abc import Mapping
from pathlib import Path

from ingest.document import NotRead
from ingest.reading.formats.compressed_rtf import unpack_rtf
from ingest.reading.inside import FileInside
from ingest.reading.read import Reading, read
from ingest.settings import Settings
from tests.ingest.reading.ole import SMALL, file_time, ole_file, properties, texts

HEAD = {0x0037: "Boiler", 0x0C1A: "Ada Byron", 0x5D01: "ada@example.org", 0x0E04: "Bob; Carol"}


def of(path: Path, streams: Mapping[str, bytes], fixed: Mapping[int, int | bool | bytes] | None = None) -> Reading:
    whole = {"__properties_version1.0": properties(32, fixed or {}), **streams}
    path.write_bytes(ole_file(whole))
    return read(path, path.name, Settings(_env_file=None))


def attachment(number: int, name: str, data: bytes, method: int = 1, **more: str) -> dict[str, bytes]:
    folder = f"__attach_version1.0_#{number:08X}/"
    return {
        f"{folder}__properties_version1.0": properties(8, {0x3705: method}),
        **texts({0x3707: name} | {int(key[1:], 16): value for key, value in more.items()}, folder),
        f"{folder}__substg1.0_37010102": data.ljust(SMALL),
    }


def parts(reading: Reading) -> list[tuple[str | None, str]]:
    return [(section.heading, section.text) for section in reading.sections]


def test_people_have_their_addresses_and_the_message_its_date(tmp_path: Path) -> None:
    streams = texts(HEAD | {0x1000: "It leaks."})
    for number, (kind, name, address) in enumerate([(1, "Bob", "bob@example.org"), (2, "Carol", "/O=EX/CN=carol")]):
        folder = f"__recip_version1.0_#{number:08X}/"
        streams |= texts({0x3001: name, 0x3003: address}, folder)
        streams[f"{folder}__properties_version1.0"] = properties(8, {0x0C15: kind})
    reading = of(tmp_path / "a.msg", streams, {0x0039: file_time("2025-03-04T09:30:00")})
    assert parts(reading) == [
        (
            "Boiler",
            "From: Ada Byron <ada@example.org> · Date: Tue, 04 Mar 2025 09:30:00 +0000\n"
            "To: Bob <bob@example.org>\nCc: Carol\n\nIt leaks.",
        )
    ]


def test_the_date_of_the_headers_knows_the_sender_s_time_of_day(tmp_path: Path) -> None:
    headers = "From: ada@example.org\r\nDate: Tue, 4 Mar 2025 10:30:00 +0100\r\n\r\n"
    reading = of(tmp_path / "a.msg", texts(HEAD | {0x1000: "It leaks.", 0x007D: headers}))
    assert "Date: Tue, 04 Mar 2025 10:30:00 +0100\n" in reading.sections[0].text


def test_texts_in_an_old_encoding_are_read(tmp_path: Path) -> None:
    body = "Größe: 3 м".encode("cp1251", "ignore")
    streams = texts({0x0037: "Old"}) | {"__substg1.0_1000001E": body.ljust(SMALL)}
    assert of(tmp_path / "a.msg", streams, {0x3FFD: 1251}).sections[0].text == "Gre: 3 м"


def test_a_formatted_body_is_read_where_there_is_no_plain_one(tmp_path: Path) -> None:
    markup = b"<p>It <b>leaks</b> at the valve.</p>".ljust(SMALL)
    reading = of(tmp_path / "a.msg", texts({0x0037: "Boiler"}) | {"__substg1.0_10130102": markup})
    assert parts(reading) == [("Boiler", "It leaks at the valve.")]


def test_attached_files_are_handed_over_and_pictures_of_the_body_are_not_named(tmp_path: Path) -> None:
    streams = texts(HEAD | {0x1013: '<p>See <img src="cid:pic1"> and the list.</p>'})
    streams |= attachment(0, "list.csv", b"Part,Price\nRotor,12\n")
    streams |= attachment(1, "logo.png", b"\x89PNG", x3712="pic1")
    streams |= attachment(2, "Drawing", b"", method=6)
    streams |= attachment(3, "photo.xyz", bytes(range(32)) * 200)
    reading = of(tmp_path / "a.msg", streams)
    assert "Attachment: list.csv\nAttachment: Drawing\nAttachment: photo.xyz" in reading.sections[0].text
    assert reading.files == (FileInside("list.csv", "attachment"), FileInside("photo.xyz", "attachment"))
    assert reading.not_read == (NotRead("embedded file", "Drawing"),)


def test_a_message_in_a_message_is_read_with_its_attachments(tmp_path: Path) -> None:
    folder = "__attach_version1.0_#00000000/__substg1.0_3701000D/"
    streams = texts(HEAD | {0x1000: "Forwarded."})
    streams[f"{folder}__properties_version1.0"] = properties(24, {0x0039: file_time("2024-01-02T03:04:05")})
    streams |= texts({0x0037: "First", 0x1000: "The first words."}, folder)
    streams |= {folder + name: data for name, data in attachment(0, "a.txt", b"Deep.").items()}
    reading = of(tmp_path / "a.msg", streams)
    assert parts(reading)[1:] == [
        ("First", "Date: Tue, 02 Jan 2024 03:04:05 +0000\n\nThe first words.\n\nAttachment: a.txt")
    ]
    assert reading.files == (FileInside("a.txt", "attachment"),)


def test_an_appointment_has_its_place_and_times(tmp_path: Path) -> None:
    entries = b"".join(
        known.to_bytes(4, "little") + b"\6\0" + bytes([place, 0])
        for place, known in enumerate((0x8208, 0x820D, 0x820E), 1)
    )
    streams = texts({0x0037: "Review", 0x1000: "Please come.", 0x8001: "Room 4"})
    streams["__nameid_version1.0/__substg1.0_00030102"] = entries
    fixed = {0x8002: file_time("2025-05-06T08:00:00"), 0x8003: file_time("2025-05-06T09:00:00")}
    assert (
        of(tmp_path / "a.msg", streams, fixed)
        .sections[0]
        .text.startswith(
            "Start: Tue, 06 May 2025 08:00:00 +0000\nEnd: Tue, 06 May 2025 09:00:00 +0000\nLocation: Room 4"
        )
    )


def test_a_body_only_in_rich_text_is_read(tmp_path: Path) -> None:
    rich = b"{\\rtf1\\ansi It leaks.}".ljust(SMALL)
    packed = (len(rich) + 12).to_bytes(4, "little") + len(rich).to_bytes(4, "little") + b"MELA" + bytes(4) + rich
    reading = of(tmp_path / "a.msg", texts(HEAD) | {"__substg1.0_10090102": packed})
    assert (reading.not_read, reading.sections[1].text) == ((), "It leaks.")


def test_rich_text_is_unpacked() -> None:
    # The first example of [MS-OXRTFCP].
    packed = "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    assert unpack_rtf(bytes.fromhex(packed)) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
