"""Texts that read like a language, and what only looks like one."""

import pytest

from ingest.reading.formats.pdf.legible import legibility

ENGLISH = "The ferry leaves the pier at seven, and in winter it waits for the last train from the city."
READ_WELL = [
    ENGLISH,
    "Die Fähre verlässt den Anleger um sieben, und im Winter wartet sie auf den letzten Zug aus der Stadt.",
    "Lautta lähtee laiturilta kello seitsemän, ja talvella se odottaa kaupungista tulevaa viimeistä junaa.",
    "Prom odpływa z przystani o siódmej, a zimą czeka na ostatni pociąg przyjeżdżający wieczorem z miasta.",
    "Паром отходит от причала в семь часов, а зимой ждёт последнего поезда из города.",
    "تغادر العبارة الرصيف في السابعة وتنتظر في الشتاء آخر قطار قادم من المدينة",
    "渡轮七点离开码头，冬天会等从城里来的末班火车。",
    "12.50 40 3.20 7 8.00 112 (3.20) 7% € 5.00 $4.10 -3 14:30 2024-05-01",
    "Departures" + " ." * 40 + " 12\nThe pier" + "." * 50 + " 14\n• – = • Signature _________________",
    "FERRY PIER WINTER TIMETABLE DEPARTURES FROM THE CITY ON WEEKDAYS AND SUNDAYS",
]


@pytest.mark.parametrize("text", READ_WELL)
def test_languages_tables_of_numbers_and_other_scripts_read_well(text: str) -> None:
    assert legibility(text) > 0.8


def shifted(text: str, by: int) -> str:
    return "".join(chr((ord(letter) - 97 + by) % 26 + 97) if "a" <= letter <= "z" else letter for letter in text)


@pytest.mark.parametrize(
    "text",
    [
        shifted(ENGLISH.lower(), 3),
        shifted(ENGLISH.lower(), 13),
        "".join(chr(ord(letter) - 29) if letter > " " else "\x03" for letter in ENGLISH),
        "".join(chr(0xE000 + ord(letter)) if letter > " " else " " for letter in ENGLISH),
        "\ufffd" * 30 + " " + "\ufffd" * 20,
        '4(5#*::%-5>"/<*5|4-5!"*:%(&5#4|5\'%/#*)4<5*!5(%>:*%9',
        "",
    ],
)
def test_shifted_letters_glyph_numbers_and_private_signs_do_not_read_well(text: str) -> None:
    assert legibility(text) < 0.45
