"""The language of a document is told where it clearly is in one, and never where that is in doubt."""

from pathlib import Path

import pytest

from ingest import Library, Settings, add
from ingest.languages import LANGUAGES, language_note
from ingest.pipeline.language import language_of

TEXTS = {
    "de": (
        "Der Aufzug wird am ersten Montag des Monats gewartet. Wer ihn in dieser Zeit braucht, meldet "
        "sich bitte vorher beim Hausmeister, damit er eine Lösung findet."
    ),
    "fr": (
        "L'ascenseur est contrôlé le premier lundi du mois. Les personnes qui en ont besoin pendant ce "
        "temps sont priées de prévenir le gardien, qui trouvera une solution."
    ),
    "es": (
        "El ascensor se revisa el primer lunes de cada mes. Quien lo necesite durante ese tiempo debe "
        "avisar antes al conserje para que encuentre una solución."
    ),
    "ru": (
        "Лифт проверяют в первый понедельник месяца. Кому он нужен в это время, просим заранее сообщить "
        "об этом дежурному, чтобы он нашёл решение."
    ),
    "ar": (
        "يُفحص المصعد في أول يوم اثنين من كل شهر، ومن يحتاج إليه في هذا الوقت فليخبر الحارس مسبقا حتى يجد "
        "له حلا مناسبا."
    ),
    "zh": (
        "电梯在每个月的第一个星期一进行检查。在此期间需要使用电梯的人请提前通知管理员，以便他找到解决办法。谢"
        "谢大家的理解与合作，祝大家生活愉快，工作顺利，身体健康，万事如意。"
    ),
    "en": (
        "The lift is checked on the first Monday of the month. Whoever needs it at that time is asked to "
        "tell the caretaker before, so that he can find a way around it."
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", TEXTS)
def test_the_language_of_a_text_is_found(code: str) -> None:
    assert code in LANGUAGES
    assert language_of([TEXTS[code]]) == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Otter 60",
        "E-1042 KX-2210-B 0x00FF 12,50 EUR 3/4 A4 " * 20,
        "\n".join(f"E-{number} Pump KX-{number}B replace https://x.example/{number}" for number in range(40)),
        "Muller\nSchmidt\nGarcia\nDupont\nRossi\nNowak\nSilva\nJansen\nKowalski\nFischer\nMoretti\nLopez",
    ],
)
def test_codes_names_and_short_texts_are_of_no_language_or_english(text: str) -> None:
    assert language_of([text]) in {None, "en"}


def test_only_a_clear_majority_counts() -> None:
    assert language_of([*[TEXTS["de"]] * 9, TEXTS["en"]]) == "de"
    assert language_of([*[TEXTS["de"]] * 5, *[TEXTS["fr"]] * 5]) is None


def test_what_is_looked_at_of_a_long_document_is_taken_from_all_over_it() -> None:
    assert language_of([*[TEXTS["en"]] * 40, *[TEXTS["de"]] * 4000]) == "de"


def test_a_document_in_another_language_is_noted_once_and_only_for_the_bundled_models(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    german, english = tmp_path / "aufzug.txt", tmp_path / "lift.txt"
    german.write_text(TEXTS["de"], encoding="utf-8")
    english.write_text(TEXTS["en"], encoding="utf-8")
    note = "This document is in German; finding by meaning works best in English."
    assert add(german, library, settings).note == note
    assert add(german, library, settings).note == ""
    assert add(english, library, settings).note == ""
    found = {document.name: document for document in library.documents()}
    assert {name: document.language for name, document in found.items()} == {"aufzug.txt": "de", "lift.txt": "en"}
    other = settings.model_copy(update={"bi_encoder": "some/multilingual-model"})
    assert [language_note(found["aufzug.txt"], each) for each in (settings, other)] == [note, ""]
