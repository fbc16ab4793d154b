"""The numbers of headings, clauses and list items, as Word shows them."""

from pathlib import Path

import pytest

from ingest.reading.formats.word.numbers import formatted
from tests.ingest.reading.formats.word.documents import (
    STYLES,
    cell,
    document,
    item,
    level,
    lists,
    numbered,
    p,
    parts,
    row,
    table,
    text,
)  # fmt: skip

LEGAL = [level(0, "%1."), level(1, "%1.%2"), level(2, "(%3)", "lowerLetter")]


def test_headings_and_clauses_have_the_numbers_of_their_list(tmp_path: Path) -> None:
    body = [
        item("Lease", style="Heading1"), item("The flat has two rooms.", 1), item("It has a cellar.", 1),
        item("Rent", style="Heading1"), item("It is due soon.", 1), item("by transfer", 2), item("in cash", 2),
        item("It rises once a year.", 1), item("in spring", 2),
    ]  # fmt: skip
    path = document(tmp_path / "a.docx", "".join(body), numbering=lists(*LEGAL))
    assert parts(path) == [
        ("1. Lease", "1.1 The flat has two rooms.\n1.2 It has a cellar."),
        (
            "2. Rent",
            "2.1 It is due soon.\n    (a) by transfer\n    (b) in cash\n2.2 It rises once a year.\n    (a) in spring",
        ),
    ]


def test_a_style_numbers_its_headings_at_the_level_that_names_it(tmp_path: Path) -> None:
    numbering = lists(
        level(0, "Part %1", "upperRoman", '<w:pStyle w:val="Heading1"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="Heading2"/><w:isLgl/>'),
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{number}"><w:name w:val="heading {number}"/>{based}<w:pPr>'
        f'<w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        for number, based in ((1, ""), (2, '<w:basedOn w:val="Heading1"/>'))
    )
    body = (
        p("Boats", style="Heading1") + p("Sails", style="Heading2") + p("White.") + p("Oars", style="Heading2")
        + p("Long.") + p("Trains", style="Heading1") + p("Wheels", style="Heading2") + p("Round.")
        + p("Notes", style="Heading2", properties='<w:numPr><w:numId w:val="0"/></w:numPr>') + p("None.")
    )  # fmt: skip
    path = document(tmp_path / "a.docx", body, styles=styles, numbering=numbering)
    assert parts(path) == [
        ("Part I Boats > 1.1 Sails", "White."),
        ("Part I Boats > 1.2 Oars", "Long."),
        ("Part II Trains > 2.1 Wheels", "Round."),
        ("Part II Trains > Notes", "None."),
    ]


def test_lists_of_one_definition_count_on_and_one_that_says_so_starts_again(tmp_path: Path) -> None:
    nums = (
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = item("a") + item("b") + p("Between.") + item("c", of=2) + p("Between.") + item("d", of=3) + item("e", of=3)
    path = document(tmp_path / "a.docx", body, numbering=lists(level(0, "%1)"), nums=nums))
    assert text(path) == "1) a\n2) b\n\nBetween.\n\n3) c\n\nBetween.\n\n5) d\n6) e"


def test_a_level_starts_again_after_a_higher_one_unless_it_says_otherwise(tmp_path: Path) -> None:
    levels = [level(0, "%1."), level(1, "Note %2", more='<w:lvlRestart w:val="0"/>'), level(2, "%3)")]
    body = item("a") + item("b", 1) + item("c", 2) + item("d") + item("e", 1) + item("f", 2)
    path = document(tmp_path / "a.docx", body, numbering=lists(*levels))
    assert text(path) == "1. a\nNote 1 b\n    1) c\n2. d\nNote 2 e\n    1) f"


def test_bullets_are_dashes_and_words_before_items_are_kept(tmp_path: Path) -> None:
    levels = [
        level(0, "\uf0b7", "bullet"),
        level(1, "o", "bullet"),
        level(2, "Hint:", "none"),
        level(3, "", "none"),
        level(4, "＊"),
    ]
    body = item("one") + item("two", 1) + item("three", 2) + item("four", 3)
    path = document(tmp_path / "a.docx", body, numbering=lists(*levels))
    assert text(path) == "- one\n  - two\n    Hint: three\n\nfour"


def test_a_sign_before_items_is_a_bullet_in_any_format(tmp_path: Path) -> None:
    path = document(tmp_path / "a.docx", item("one") + item("two"), numbering=lists(level(0, "＊")))
    assert text(path) == "- one\n- two"


def test_an_item_that_is_deleted_or_hidden_does_not_count(tmp_path: Path) -> None:
    words = "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>"
    gone = f"<w:p><w:pPr>{numbered(0, 1)}<w:rPr><w:del/></w:rPr></w:pPr>{words}</w:p>"
    hidden = f"<w:p><w:pPr>{numbered(0, 1)}<w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"
    path = document(tmp_path / "a.docx", item("one") + gone + hidden + item("two"), numbering=lists(level(0, "%1.")))
    assert text(path) == "1. one\n2. two"


def test_numbers_alone_in_the_cells_of_a_table_are_kept(tmp_path: Path) -> None:
    rows = [row(cell(item("")), name, price) for name, price in (("Bolt", "2"), ("Nut", "3"))]
    body = table(row("No.", "Part", "Price"), *rows)
    path = document(tmp_path / "a.docx", body, numbering=lists(level(0, "%1.")))
    assert text(path) == "No.: 1. · Part: Bolt · Price: 2\nNo.: 2. · Part: Nut · Price: 3"


def test_a_list_may_be_defined_by_a_style_of_lists(tmp_path: Path) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="Legal"/>{level(0, "§ %1")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    )
    style = (
        '<w:style w:type="numbering" w:styleId="Legal"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    )
    path = document(tmp_path / "a.docx", item("Scope.") + item("Term."), styles=STYLES + style, numbering=numbering)
    assert text(path) == "§ 1 Scope.\n§ 2 Term."


@pytest.mark.parametrize(
    ("kind", "number", "shown"),
    [
        ("decimal", 12, "12"), ("decimalZero", 7, "07"), ("upperRoman", 1994, "MCMXCIV"), ("lowerRoman", 9, "ix"),
        ("upperLetter", 26, "Z"), ("lowerLetter", 28, "bb"), ("ordinal", 22, "22nd"), ("ordinal", 113, "113th"),
        ("cardinalText", 342, "Three hundred forty-two"), ("ordinalText", 21, "Twenty-first"),
        ("ordinalText", 30, "Thirtieth"), ("chineseCountingThousand", 10, "十"),
        ("chineseCountingThousand", 23, "二十三"), ("japaneseCounting", 105, "一百〇五"),
        ("decimalEnclosedCircle", 3, "③"), ("russianUpper", 3, "В"), ("none", 3, ""), ("unheard-of", 3, "3"),
        ("lowerLetter", 10**18, str(10**18)), ("upperRoman", -1, "-1"),
    ],
)  # fmt: skip
def test_a_number_is_written_in_the_format_of_its_list(kind: str, number: int, shown: str) -> None:
    assert formatted(number, kind) == shown


def test_zeros_before_a_number_are_kept(tmp_path: Path) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" '
        'w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
        '</mc:AlternateContent><w:lvlText w:val="R-%1"/></w:lvl>'
    )
    path = document(tmp_path / "a.docx", item("Open.") + item("Close."), numbering=lists(custom))
    assert text(path) == "R-001 Open.\nR-002 Close."
