"""What people wrote onto a page."""

from pathlib import Path

from ingest.document import Section
from ingest.reading.formats.pdf.reader import read
from tests.ingest.reading.formats.pdf.annotated import annotated

LINES = ["The slipway is open in summer.", "Boats are lifted on Mondays."]


def text(path: Path) -> str:
    return "\n\n".join(part.text for part in read(path).sections if isinstance(part, Section))


def test_a_comment_comes_once_after_the_text_with_its_author_and_what_it_marks(tmp_path: Path) -> None:
    marked = (
        "/Subtype /Highlight /Rect [72 676 300 694] /QuadPoints [72 692 300 692 72 677 300 677] /T (Berit) "
        "/Contents (On Tuesdays from May on.)"
    )
    note = "/Subtype /Text /Rect [400 690 420 710] /T (Olav) /Contents (Who has\nthe key?)"
    popup = "/Subtype /Popup /Rect [420 690 520 750] /Contents (Who has\nthe key?)"
    found = text(annotated(tmp_path / "a.pdf", LINES, [marked, note, note, popup])).split("\n\n")
    assert found[-2:] == [
        "Comment by Berit on “Boats are lifted on Mondays.”: On Tuesdays from May on.",
        "Comment by Olav: Who has the key?",
    ]
    assert " ".join(found[:-2]).split() == " ".join(LINES).split()


def test_what_is_typed_onto_a_page_is_text_at_its_place(tmp_path: Path) -> None:
    typed = "/Subtype /FreeText /Rect [72 600 300 614] /DA (/Helv 12 Tf) /Contents (Closed in 2031.)"
    assert text(annotated(tmp_path / "a.pdf", LINES, [typed])).endswith("Closed in 2031.")


def test_links_hidden_notes_and_copies_of_the_printed_words_are_left_out(tmp_path: Path) -> None:
    left_out = [
        "/Subtype /Link /Rect [72 690 200 710] /Contents (Go to the harbour)",
        "/Subtype /Text /F 2 /Rect [400 690 420 710] /Contents (Hidden)",
        "/Subtype /Highlight /Rect [72 690 300 710] /Contents (The slipway is open)",
        "/Subtype /Text /Rect [400 690 420 710] /Contents ()",
    ]
    assert text(annotated(tmp_path / "a.pdf", LINES, left_out)) == " ".join(LINES)


def test_a_note_that_repeats_a_printed_word_is_kept(tmp_path: Path) -> None:
    note = "/Subtype /Text /Rect [400 690 420 710] /Contents (Summer)"
    assert text(annotated(tmp_path / "a.pdf", LINES, [note])).endswith("Comment: Summer")


def test_a_page_with_nothing_but_a_comment_has_its_comment(tmp_path: Path) -> None:
    note = "/Subtype /Text /Rect [400 690 420 710] /Contents (Left empty on purpose.)"
    assert text(annotated(tmp_path / "a.pdf", [], [note])) == "Comment: Left empty on purpose."
