"""Rich texts: letters of many encodings, lists, tables, notes, comments, fields, what is hidden, deleted or drawn."""

from pathlib import Path

import pytest

from ingest.document import NotRead, Section
from ingest.reading.formats.rtf import read
from ingest.reading.formats.rtf.tokens import tokens
from tests.ingest.reading.old_office import rich_text

TABLE = r"\trowd\cellx1000\cellx2000 {a}\cell {b}\cell\row"
LISTS = (
    r"{\*\listtable{\list{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}"
    r"{\listlevel\levelnfc0\levelstartat1{\leveltext\'03\'00.\'01;}{\levelnumbers\'01\'03;}}"
    r"{\listlevel\levelnfc23\levelstartat1{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}\listid7}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    r"{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls2}}"
)


def parts(path: Path, body: str) -> list[tuple[str | None, str]]:
    found = read(rich_text(path / "a.rtf", body)).sections
    return [(one.heading, one.text) for one in found if isinstance(one, Section)]


def text(path: Path, body: str) -> str:
    return "\n\n".join(words for _, words in parts(path, body))


def not_read(path: Path, body: str) -> list[NotRead]:
    return [one for one in read(rich_text(path / "a.rtf", body)).sections if isinstance(one, NotRead)]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"caf\'e9", "café"),
        (r"\f1 \'cf\'f0\'e8", "При"),
        (r"\f3 \'93\'fa\'96\{", "日本"),
        (r"\f2 a", "α"),
        (r"\u8364\'80 5", "€ 5"),
        (r"\uc2\u8364 EU5", "€5"),
        (r"\uc0\u8364 5", "€5"),
        (r"{\uc0 {\u8364}}\u8364?5", "€€5"),
        (r"\u55357?\u56832?", "\N{GRINNING FACE}"),
        (r"a\emdash b\endash c\bullet d\lquote e\rquote\~f\_g\-h", "a—b–c•d‘e’\N{NO-BREAK SPACE}f-gh"),
        (r"\{x\}\\", "{x}\\"),
        (r"a\line b", "a\nb"),
        ("broken\r\nline", "brokenline"),
        (r"a{\v secret}b{\deleted gone}c", "abc"),
        (r"a{\*\unknown nobody}{\*\bkmkstart x}b{\info{\title T}}c{\xe index}", "abc"),
        (r"a{\upr{x}{\*\ud{\u233 ?}}}b", "aéb"),
        (r"a\bin3 \}{b", "ab"),
    ],
)
def test_letters_are_those_that_a_person_sees(tmp_path: Path, body: str, shown: str) -> None:
    assert text(tmp_path, body + r"\par") == shown


def test_headings_begin_sections(tmp_path: Path) -> None:
    body = r"\pard\s1\outlinelevel0 Gate\par\pard\s0 It opens at six.\par\pard\s1 Key\par\pard\s0 It hangs inside.\par"
    assert parts(tmp_path, body) == [("Gate", "It opens at six."), ("Key", "It hangs inside.")]


def test_numbers_and_bullets_stand_before_items(tmp_path: Path) -> None:
    body = (
        LISTS
        + r"\pard\ls1\ilvl0{\listtext 1.\tab}One\par\ilvl1{\listtext 1.1\tab}Inner\par\ilvl2 Dot\par\ilvl0 Two\par"
        r"\pard Between.\par\pard\ls2 Five\par"
    )
    assert text(tmp_path, body) == "1. One\n1.1 Inner\n    - Dot\n2. Two\n\nBetween.\n\n5. Five"


def test_a_number_that_no_list_defines_is_taken_as_it_is_written(tmp_path: Path) -> None:
    assert text(tmp_path, r"\pard{\pntext\f0 (a)\tab}{\*\pn\pnlvlbody}One\par") == "(a)\tOne"


def test_merged_cells_are_in_each_row_and_column_that_they_cover(tmp_path: Path) -> None:
    body = (
        r"\trowd\cellx1000\cellx3000\pard\intbl City\cell Prices\cell\row"
        r"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl City\cell Low\cell High\cell\row"
        r"\trowd\clvmgf\cellx1010\cellx2000\cellx3000\pard\intbl Oslo\cell 1\cell 2\cell\row"
        r"\trowd\clvmrg\cellx1000\cellx2000\cellx3000\pard\intbl\cell 3\cell 4\cell\row\pard After.\par"
    )
    assert text(tmp_path, body) == (
        "City: Oslo · Prices Low: 1 · Prices High: 2\nCity: Oslo · Prices Low: 3 · Prices High: 4\n\nAfter."
    )


def test_a_table_in_a_cell_is_read_in_its_place(tmp_path: Path) -> None:
    body = (
        r"\trowd\cellx1000\cellx2000\pard\intbl Outer\par\pard\intbl\itap2 in\nestcell ner\nestcell"
        r"{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap1\cell Right\cell\row\pard"
    )
    assert text(tmp_path, body) == "Outer\n\nin | ner\n\nRight"


def test_notes_and_comments_stand_below_their_paragraph(tmp_path: Path) -> None:
    body = (
        r"Gate{\super\chftn{\footnote\chftn Not on Sundays.}} opens{\*\footnote\ftnalt\chftn Since 1990.}"
        r"{\*\atnid A}{\*\atnauthor Ada}\chatn{\*\annotation{\*\atndate 1}Check this.}.\par"
    )
    assert text(tmp_path, body) == (
        "Gate[1] opens[i].\nFootnote 1: Not on Sundays.\nEndnote i: Since 1990.\nComment by Ada: Check this."
    )


def test_fields_show_their_result(tmp_path: Path) -> None:
    link = r'{\field{\*\fldinst HYPERLINK "http://x"}{\fldrslt our site}}'
    box = r"{\field{\*\fldinst FORMCHECKBOX {\*\formfield\fftype1\ffres1\ffdefres0}}{\fldrslt}}"
    assert text(tmp_path, rf"See {link}. {box} agreed\par") == "See our site. ☒ agreed"


def test_headers_and_footers_stand_once_without_the_number_of_the_page(tmp_path: Path) -> None:
    body = (
        r"{\header\pard ACME\par}{\headerf\pard First\par}{\footer\pard Page \chpgn\par}\pard Text.\par\sect"
        r"{\header\pard ACME\par}\pard More.\par"
    )
    assert text(tmp_path, body) == "Header: ACME\n\nText.\n\nMore."
    assert text(tmp_path, r"\titlepg" + body) == "Header: ACME\nFirst\n\nText.\n\nMore."


def test_text_boxes_descriptions_and_large_pictures(tmp_path: Path) -> None:
    box = (
        r"{\shp{\*\shpinst{\sp{\sn wzDescription}{\sv A map}}{\shptxt\pard In a box.\par}}{\shprslt{\pard twice\par}}}"
    )
    large = r"{\*\shppict{\pict\picwgoal4000\pichgoal3000 ffd8}}{\nonshppict{\pict\picwgoal4000\pichgoal3000 00}}"
    small = r"{\pict\picwgoal400\pichgoal300 ffd8}"
    assert text(tmp_path, rf"Before {box}{large}{small}\par") == "Before A map\n\nIn a box."
    assert not_read(tmp_path, rf"Before {box}{large}{small}\par") == [NotRead("picture")]


def test_an_object_of_another_program_is_named(tmp_path: Path) -> None:
    body = (
        r"{\object\objemb{\*\objclass Excel.Sheet.8}{\*\objdata 00}{\result{\pict\picwgoal9000\pichgoal9000 00}}}A\par"
    )
    assert not_read(tmp_path, body) == [NotRead("embedded object", "Excel.Sheet.8")]


def test_a_deleted_end_joins_two_paragraphs_and_a_large_first_letter_its_word(tmp_path: Path) -> None:
    assert text(tmp_path, r"The key {\deleted\par}is here.\par") == "The key is here."
    assert text(tmp_path, r"\pard\dropcapli3 T\par\pard he gate.\par") == "The gate."


@pytest.mark.parametrize("body", [r"\cell\row\nestrow a", r"\'zz a\u", r"a{\footnote}{\field}\cellx", "a}\0\0{"])
def test_what_makes_no_sense_is_passed_over(tmp_path: Path, body: str) -> None:
    assert "a" in text(tmp_path, body)


@pytest.mark.parametrize("body", [r"{{{{a", r"a\par{\footnote b", "a\\", r"a\par}\par b"])
def test_a_text_that_breaks_off_is_damaged(tmp_path: Path, body: str) -> None:
    with pytest.raises(ValueError, match=r"breaks off|goes on"):
        text(tmp_path, body)


def test_groups_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RecursionError):
        read(rich_text(tmp_path / "a.rtf", "{" * 100_000 + "a"))


def test_tables_in_tables_without_end_are_read(tmp_path: Path) -> None:
    assert "a" in text(tmp_path, "".join(rf"\pard\intbl\itap{depth} a\par" for depth in range(1, 300)))


def test_a_long_text_takes_time_in_proportion() -> None:
    assert sum(1 for _ in tokens(b"{" * 50_000 + b"a" * 100_000 + b"\\" * 3 + b"}" * 50_000)) > 100_000
