"""Files inside a file: documents of their own, before it, within limits, and nothing of them is lost."""

import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from ingest import Library, Outcome, Progress, Settings
from ingest.document import NotRead
from ingest.pipeline import files_inside
from ingest.pipeline.add import add
from ingest.pipeline.outcome import files_sentence
from ingest.pipeline.rebuild import rebuild
from tests.conftest import is_one_sentence
from tests.ingest.reading import files
from tests.ingest.reading.archives import mail, protected, tarred, zipped
from tests.ingest.reading.formats.pdf.annotated import annotated, stream
from tests.ingest.reading.ole import SMALL, ole_file, properties, texts
from tests.ingest.reading.pictures import drawn

KEY = b"The key of the archive is with Solveig Aas."
HOURS = b"It is open on Tuesdays from ten to four."
DRAWING = bytes(range(256)) * 9

Add = Callable[[str, bytes], Outcome]


class Stopped(Exception):
    """What a page raises in the middle of things when its reader goes away."""


@pytest.fixture
def put(library: Library, settings: Settings, tmp_path: Path) -> Add:
    """Add a file with this name and content."""

    def put(name: str, content: bytes) -> Outcome:
        path = tmp_path / name
        path.write_bytes(content)
        return add(path, library, settings)

    return put


def names(library: Library) -> list[str]:
    return [document.name for document in library.documents()]


def spare_files(library: Library, settings: Settings) -> set[str]:
    """What lies in the folder of files and belongs to no document."""
    kept = {path.name for path in (settings.library / "files").iterdir()}
    return kept - {document.id for document in library.documents()}


def texts_of(library: Library, name: str) -> list[str]:
    return [passage.text for passage in library.passages([each for each in library.documents() if each.name == name])]


def test_the_files_in_an_archive_are_documents_and_it_is_none(
    put: Add, library: Library, settings: Settings, tmp_path: Path
) -> None:
    word = files.word(tmp_path / "key.docx").read_bytes()
    outcome = put("rules.zip", zipped({"rules/key.docx": word, "hours.txt": HOURS, "plan.dwg": DRAWING}))
    assert names(library) == ["rules.zip/rules/key.docx", "rules.zip/hours.txt"]
    assert texts_of(library, "rules.zip/hours.txt") == [HOURS.decode()]
    assert (outcome.status, outcome.document_id, outcome.passages, outcome.reason) == ("added", None, None, None)
    assert outcome.not_read == (NotRead("file", "plan.dwg"),)
    assert [(file.name, file.status) for file in outcome.files] == [
        ("rules.zip/rules/key.docx", "added"),
        ("rules.zip/hours.txt", "added"),
        ("rules.zip/plan.dwg", "failed"),
    ]
    assert files_sentence(outcome) == "2 files in it were added."
    assert "cannot read this kind" in str(outcome.files[2].reason)
    assert spare_files(library, settings) == set()


def msg(attached: dict[str, bytes]) -> bytes:
    streams = {"__properties_version1.0": properties(32, {}), **texts({0x0037: "Pump", 0x1000: "It hums."})}
    for number, (name, data) in enumerate(attached.items()):
        folder = f"__attach_version1.0_#{number:08X}/"
        streams[f"{folder}__properties_version1.0"] = properties(8, {0x3705: 1})
        streams |= texts({0x3707: name}, folder) | {f"{folder}__substg1.0_37010102": data.ljust(SMALL)}
    return ole_file(streams)


@pytest.mark.parametrize(("name", "make"), [("pump.eml", mail), ("pump.msg", msg)])
def test_attachments_are_documents_beside_their_message(
    put: Add, library: Library, name: str, make: Callable[[dict[str, bytes]], bytes]
) -> None:
    outcome = put(name, make({"report.txt": KEY, "plan.dwg": DRAWING}))
    message, report = library.documents()
    assert (report.name, message.name) == (f"{name}/report.txt", name)
    assert (message.files, message.not_read) == (2, (NotRead("attachment", "plan.dwg"),))
    assert (outcome.status, outcome.document_id, outcome.not_read) == ("added", message.id, message.not_read)
    assert texts_of(library, f"{name}/report.txt")[0].strip() == KEY.decode()


@pytest.mark.parametrize(
    ("pages", "expected"), [(["See the list."], ["a.pdf", "a.pdf/list.txt"]), ([], ["a.pdf/list.txt"])]
)
def test_what_is_attached_to_a_pdf_is_a_document_even_where_its_pages_are_empty(
    put: Add, library: Library, tmp_path: Path, pages: list[str], expected: list[str]
) -> None:
    catalog = "/Names << /EmbeddedFiles << /Names [(list.txt) 6 0 R] >> >>"
    file = "<< /Type /Filespec /F (list.txt) /UF (list.txt) /EF << /F 7 0 R >> >>"
    pdf = annotated(tmp_path / "a.pdf", pages, [], [file, stream("North pier: 14 berths.")], catalog)
    assert put("a.pdf", pdf.read_bytes()).status == "added"
    assert names(library) == expected
    assert texts_of(library, "a.pdf/list.txt") == ["North pier: 14 berths."]


def test_of_attached_pictures_words_are_read_logos_are_not_missed_and_broken_ones_are(
    put: Add, library: Library
) -> None:
    logo, label = png(Image.new("RGB", (64, 64), "teal")), png(drawn(["Batch 4711"], (500, 130)))
    outcome = put("a.eml", mail({"logo.png": logo, "label.png": label, "torn.png": label[:300]}))
    assert texts_of(library, "a.eml/label.png") == ["Batch 4711"]
    assert outcome.not_read == (NotRead("attachment", "torn.png"),)


def png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, format="PNG")
    return content.getvalue()


def test_files_in_files_in_files_are_added_three_levels_down(put: Add, library: Library) -> None:
    third = mail({"3.txt": b"Level 3.", "3.zip": zipped({"deepest.txt": b"Too deep."})}, "Third")
    outcome = put("a.eml", mail({"1.zip": zipped({"2.eml": third}), "1.txt": b"Level 1."}))
    assert names(library) == ["a.eml", "a.eml/1.zip/2.eml", "a.eml/1.zip/2.eml/3.txt", "a.eml/1.txt"]
    assert library.documents()[1].not_read == (NotRead("attachment", "3.zip"),)
    assert outcome.all_not_read == (NotRead("attachment", "3.zip"),)


def test_an_archive_that_holds_itself_ends(put: Add, library: Library) -> None:
    inner = zipped({"a.txt": HOURS})
    outcome = put("a.zip", zipped({"b.zip": zipped({"c.zip": zipped({"d.zip": inner})})}))
    assert outcome.status == "failed"
    assert is_one_sentence(str(outcome.reason))
    assert library.documents() == []


def test_of_very_many_files_no_more_come_out_than_one_file_may_hold(
    put: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files_inside, "MOST_FILES", 4)
    inner = zipped({f"{number}.txt": f"Number {number}.".encode() for number in range(3)})
    outcome = put("a.zip", zipped({"x.zip": inner, "y.txt": KEY, "z.zip": zipped({"z.txt": HOURS})}))
    # The three files of the archive, then one more.
    assert names(library) == ["a.zip/x.zip/0.txt", "a.zip/y.txt"]
    assert {left.name for left in outcome.not_read} == {"x.zip/1.txt", "x.zip/2.txt", "z.zip"}


def test_an_archive_of_which_nothing_can_be_read_is_refused_with_one_sentence(put: Add, library: Library) -> None:
    for content in (
        zipped({}),
        zipped({f"{number}.dwg": DRAWING for number in range(9)}),
        zipped({"a.dwg": DRAWING}),
        zipped({"x" * 300 + ".dwg": DRAWING, "empty.txt": b""}),
        protected({"a.txt": KEY}),
        zipped({"a.txt": KEY})[:60],
        gzip.compress(DRAWING),
        gzip.compress(KEY)[:20],
    ):
        outcome = put("a.zip", content)
        assert outcome.status == "failed"
        assert is_one_sentence(str(outcome.reason))
    assert library.documents() == []


def test_tar_files_and_single_compressed_files_are_opened(put: Add, library: Library) -> None:
    put("a.tar.gz", tarred({"key.txt": KEY}, "w:gz"))
    put("hours.txt.gz", gzip.compress(HOURS))
    assert names(library) == ["a.tar.gz/key.txt", "hours.txt.gz/hours.txt"]


def test_names_from_inside_are_harmless_and_differ(put: Add, library: Library) -> None:
    put(
        "a.zip",
        zipped(
            {
                "../../etc/pass\u202ewd.txt": b"One.",
                "C:\\rules\\key.txt": b"Two.",
                "rules/key.txt": b"Three.",
                "/abs.txt": b"Four.",
                "b\x01\nc.txt": b"Five.",
                "n" * 400 + ".txt": b"Six.",
            }
        ),
    )
    found = names(library)
    assert found[:5] == [
        "a.zip/etc/passwd.txt",
        "a.zip/rules/key.txt",
        "a.zip/rules/key (2).txt",
        "a.zip/abs.txt",
        "a.zip/b c.txt",
    ]
    assert len(found[5]) < 120
    assert found[5].endswith("n….txt")


def test_the_same_archive_again_changes_nothing_and_brings_back_what_was_removed(put: Add, library: Library) -> None:
    content = zipped({"key.txt": KEY, "hours.txt": HOURS})
    put("a.zip", content)
    assert [file.status for file in put("a.zip", content).files] == ["unchanged", "unchanged"]
    library.remove(library.documents()[0].id)
    again = put("a.zip", content)
    assert (again.status, [file.status for file in again.files]) == ("added", ["added", "unchanged"])
    assert sorted(names(library)) == ["a.zip/hours.txt", "a.zip/key.txt"]


def test_a_changed_file_in_an_archive_is_kept_beside_the_old_one(put: Add, library: Library) -> None:
    put("a.zip", zipped({"key.txt": KEY, "hours.txt": HOURS}))
    put("a.zip", zipped({"key.txt": b"The key is with nobody.", "hours.txt": HOURS}))
    assert names(library) == ["a.zip/key.txt", "a.zip/hours.txt", "a.zip/key (2).txt"]


def test_a_message_again_brings_back_its_removed_attachment(put: Add, library: Library, settings: Settings) -> None:
    content = mail({"key.txt": KEY, "plan.dwg": DRAWING})
    put("a.eml", content)
    message, attached = library.documents()
    library.remove(attached.id)
    again = put("a.eml", content)
    assert (again.status, again.document_id) == ("unchanged", message.id)
    assert [file.status for file in again.files] == ["added", "failed"]
    library.remove(attached.id)
    library.remove(message.id)
    assert put("a.eml", content).status == "added"
    assert sorted(names(library)) == ["a.eml", "a.eml/key.txt"]
    assert spare_files(library, settings) == set()


def test_what_breaks_off_after_an_attachment_goes_on_with_the_next_try(
    library: Library, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(mail({"key.txt": KEY, "hours.txt": HOURS}))
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.file == 3:
            raise Stopped

    with pytest.raises(Stopped):
        add(path, library, settings, progress=stop)
    assert names(library) == ["a.eml/key.txt", "a.eml/hours.txt"]
    assert (seen[-1].file, seen[-1].files, seen[-1].added) == (3, 3, 2)
    assert spare_files(library, settings) == set()
    outcome = add(path, library, settings)
    assert [file.status for file in outcome.files] == ["unchanged", "unchanged"]
    assert sorted(names(library)) == ["a.eml", "a.eml/hours.txt", "a.eml/key.txt"]


def test_a_rebuild_makes_each_document_once_and_no_removed_one(put: Add, library: Library, settings: Settings) -> None:
    put("a.eml", mail({"key.txt": KEY, "hours.txt": HOURS, "plan.dwg": DRAWING}))
    message, removed, _ = library.documents()
    library.delete(removed.id)
    library.close()
    (settings.library / "chroma" / "chroma.sqlite3").unlink()
    outcomes = rebuild(settings)
    assert {outcome.status for outcome in outcomes} == {"added"}
    with Library(settings) as again:
        assert names(again) == ["a.eml", "a.eml/hours.txt"]
        assert again.document(message.id) == message


def test_a_message_that_an_earlier_version_read_whole_says_what_a_rebuild_leaves_out(
    put: Add, library: Library, settings: Settings, tmp_path: Path
) -> None:
    content = mail({"key.txt": KEY})
    put("a.eml", content)
    message, attached = library.documents()
    library.delete(attached.id)
    with library.database.write() as connection:
        connection.exec_driver_sql("UPDATE kept_files SET files = 0")
    library.close()
    (settings.library / "chroma" / "chroma.sqlite3").unlink()
    rebuild(settings)
    with Library(settings) as again:
        assert again.documents()[0].not_read == (NotRead("attachment", "key.txt"),)
        outcome = add(tmp_path / "a.eml", again, settings)
        assert (outcome.status, [file.status for file in outcome.files]) == ("unchanged", ["added"])
        assert sorted(names(again)) == ["a.eml", "a.eml/key.txt"]
        assert again.document(message.id).not_read == ()  # type: ignore[union-attr] # it is there
