"""The text of a paragraph: fields, links, symbols, hyphens, breaks, equations."""

from pathlib import Path

import pytest

from tests.ingest.reading.formats.word.documents import document, field, item, level, lists, p, parts, r, text


def shown(path: Path, *content: str) -> str:
    return text(document(path / "a.docx", p(*content)))


def test_a_field_shows_its_result(tmp_path: Path) -> None:
    link = '<w:hyperlink r:id="x">' + r("the list") + "</w:hyperlink>"
    simple = f'<w:fldSimple w:instr=" DATE ">{r("2 May")}</w:fldSimple>'
    inner = field("IF 1 = 1", "yes")
    assert shown(tmp_path, "See ", field("REF x", "part 4"), " and ", link, " of ", simple, ": ", inner) == (
        "See part 4 and the list of 2 May: yes"
    )


def test_a_field_inside_the_instruction_of_another_is_not_shown(tmp_path: Path) -> None:
    outer = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + field("MERGEFIELD sex", "f")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Ms") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )  # fmt: skip
    assert shown(tmp_path, "Dear ", outer, " Lind") == "Dear Ms Lind"


def test_a_field_that_never_ends_hides_nothing(tmp_path: Path) -> None:
    broken = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    path = document(
        tmp_path / "a.docx",
        p("One", broken, " more") + p("Two") + p('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "Three"),
    )
    assert text(path) == "One more\n\nTwo\n\nThree"


def test_the_boxes_and_choices_of_a_form_are_shown(tmp_path: Path) -> None:
    box = "<w:ffData><w:checkBox>{}</w:checkBox></w:ffData>"
    entries = '<w:listEntry w:val="tea"/><w:listEntry w:val="milk"/>'
    choice = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    fields = [
        field("FORMCHECKBOX", "", box.format("<w:checked/>")), " yes ",
        field("FORMCHECKBOX", "", box.format('<w:default w:val="0"/>')), " no ", field("FORMDROPDOWN", "", choice),
    ]  # fmt: skip
    assert shown(tmp_path, *fields) == "☒ yes ☐ no milk"


def test_signs_of_symbol_fonts_are_shown(tmp_path: Path) -> None:
    sign = '<w:r><w:sym w:font="{}" w:char="{}"/></w:r>'
    codes = (("Wingdings", "F0FE"), ("Symbol", "F062"), ("Arial", "00B5"), ("Webdings", "F068"), ("Wingdings", "1"))
    signs = [sign.format(*one) for one in codes]
    typed = r("\uf0e0 x", '<w:rFonts w:ascii="Wingdings"/>')
    assert shown(tmp_path, *signs, typed) == "☑βµ🚑→ x"


def test_hyphens_tabs_and_breaks(tmp_path: Path) -> None:
    run = (
        "<w:r><w:t>n</w:t><w:noBreakHyphen/><w:t>butane, gar</w:t><w:softHyphen/><w:t>den\u00ading</w:t><w:tab/>"
        "<w:t>7</w:t><w:br/><w:t>below</w:t></w:r>"
    )
    assert shown(tmp_path, run) == "n-butane, gardening\t7\nbelow"


def test_small_letters_above_a_word_stand_behind_it(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('とうきょう')}</w:rt><w:rubyBase>{r('東京')}</w:rubyBase></w:ruby></w:r>"
    assert shown(tmp_path, ruby, "へ") == "東京(とうきょう)へ"


def t(words: str) -> str:
    return f"<m:r><m:t>{words}</m:t></m:r>"


def e(*inner: str) -> str:
    return f"<m:e>{''.join(inner)}</m:e>"


FRACTION = f"<m:f><m:num>{t('a')}</m:num><m:den>{t('b')}</m:den></m:f>"
EQUATIONS = {
    "E=mc^2": t("E=m") + f"<m:sSup>{e(t('c'))}<m:sup>{t('2')}</m:sup></m:sSup>",
    "(a+b)/2": f"<m:f><m:num>{t('a+b')}</m:num><m:den>{t('2')}</m:den></m:f>",
    "(a/b)^2": f"<m:sSup>{e(FRACTION)}<m:sup>{t('2')}</m:sup></m:sSup>",
    "√(x+1)": f"<m:rad><m:radPr/><m:deg/>{e(t('x+1'))}</m:rad>",
    "3√x": f"<m:rad><m:deg>{t('3')}</m:deg>{e(t('x'))}</m:rad>",
    "∑_(i=1)^n i": '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
    f"<m:sub>{t('i=1')}</m:sub><m:sup>{t('n')}</m:sup>{e(t('i'))}</m:nary>",
    "|x|": f'<m:d><m:dPr><m:begChr m:val="|"/><m:endChr m:val="|"/></m:dPr>{e(t("x"))}</m:d>',
    "sin θ": f"<m:func><m:fName>{t('sin')}</m:fName>{e(t('θ'))}</m:func>",
    "[1, 0; 0, 1]": f"<m:m><m:mr>{e(t('1'))}{e(t('0'))}</m:mr><m:mr>{e(t('0'))}{e(t('1'))}</m:mr></m:m>",
    "lim_(x→0) f": f"<m:func><m:fName><m:limLow>{e(t('lim'))}<m:lim>{t('x→0')}</m:lim></m:limLow></m:fName>"
    f"{e(t('f'))}</m:func>",
    "x_1^2": f"<m:sSubSup>{e(t('x'))}<m:sub>{t('1')}</m:sub><m:sup>{t('2')}</m:sup></m:sSubSup>",
}  # fmt: skip


@pytest.mark.parametrize("line", EQUATIONS)
def test_an_equation_is_a_line_of_text(line: str, tmp_path: Path) -> None:
    assert shown(tmp_path, "Here ", f"<m:oMath>{EQUATIONS[line]}</m:oMath>", ".") == f"Here {line}."


def test_equations_on_lines_of_their_own(tmp_path: Path) -> None:
    two = f"<m:oMathPara><m:oMath>{t('a=1')}</m:oMath><m:oMath>{t('b=2')}</m:oMath></m:oMathPara>"
    assert text(document(tmp_path / "a.docx", two + p("Done."))) == "a=1\nb=2\n\nDone."


def test_the_contents_of_a_document_that_only_repeat_its_headings_are_left_out(tmp_path: Path) -> None:
    entries = p("Contents", style="TocHeading") + p("Birds\t2", style="Toc1") + p("Fish\t3", style="Toc1")
    body = p("Birds", style="Heading1") + p("They sing.") + p("Fish", style="Heading1") + p("They swim.")
    assert parts(document(tmp_path / "a.docx", entries + body)) == [("Birds", "They sing."), ("Fish", "They swim.")]
    other = document(tmp_path / "b.docx", p("Birds\t2", style="Toc1") + p("Map by A. Roy\t9", style="Toc1") + body)
    assert parts(other)[0] == (None, "Map by A. Roy\t9")


def test_the_contents_may_have_numbers_of_their_own(tmp_path: Path) -> None:
    entries = p("1\tBirds\t2", style="Toc1") + p("2. Fish ..... iv", style="Toc1")
    body = item("Birds", style="Heading1") + p("They sing.") + item("Fish", style="Heading1") + p("They swim.")
    path = document(tmp_path / "a.docx", entries + body, numbering=lists(level(0, "%1.")))
    assert parts(path) == [("1. Birds", "They sing."), ("2. Fish", "They swim.")]


def test_a_large_first_letter_belongs_to_its_word(tmp_path: Path) -> None:
    body = p("O", properties='<w:framePr w:dropCap="drop"/>') + p("nce upon a time.") + p("The end.")
    assert text(document(tmp_path / "a.docx", body)) == "Once upon a time.\n\nThe end."


def test_a_whole_clause_in_the_style_of_a_heading_is_text(tmp_path: Path) -> None:
    clause = (
        "The tenant gives the key back on the last day, and the landlord gives the deposit back within a month of it. "
        * 2
    )
    body = p("Keys", style="Heading1") + p(clause, style="Heading2") + p("That is all.")
    assert parts(document(tmp_path / "a.docx", body)) == [("Keys", f"{clause.strip()}\n\nThat is all.")]
    body = p("Keys", style="Heading1") + item("The tenant gives the key back on the last day.", 1, style="Heading2")
    path = document(tmp_path / "b.docx", body, numbering=lists(level(0, "%1."), level(1, "%1.%2")))
    assert parts(path) == [("Keys", "1.1 The tenant gives the key back on the last day.")]
