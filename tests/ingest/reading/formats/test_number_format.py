"""Numbers, dates and texts as Excel shows them. The expected texts are what Excel's function TEXT gives."""

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.reading.formats.excel.number_format import shown

ACCOUNTING = r'_("$"* #,##0.00_);_("$"* \(#,##0.00\);_("$"* "-"??_);_(@_)'


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (417, "00000", "00417"),
        (1234567.891, "#,##0.00", "1,234,567.89"),
        (1234567, "#,##0", "1,234,567"),
        (0.5, "#,##0.00", "0.50"),
        (0.5, "#.##", ".5"),
        (3, "#.##", "3."),
        (2.5, "0", "3"),
        (0.125, "0.00", "0.13"),
        (12200000, "#.0,,", "12.2"),
        (1234567, "#,##0,", "1,235"),
        (1234567, '0.0,,"M"', "1.2M"),
        (0.653, "0%", "65%"),
        (0.6536, "0.00%", "65.36%"),
        (1.5, "0%", "150%"),
        (0.05, "0.0 %", "5.0 %"),
        (-1234.5, '"$"#,##0.00_);("$"#,##0.00)', "($1,234.50)"),
        (1234.5, "$#,##0.00", "$1,234.50"),
        (1234.5, "#,##0.00 [$€-407]", "1,234.50 €"),
        (1234.5, "[$£-809]#,##0.00", "£1,234.50"),
        (99, "[$CHF] 0.00", "CHF 99.00"),
        (1234.5, ACCOUNTING, "$1,234.50"),
        (-1234.5, ACCOUNTING, "$(1,234.50)"),
        (0, ACCOUNTING, "$-"),
        (-3, "0.00;[Red]-0.00", "-3.00"),
        (-3, "0.00", "-3.00"),
        (0, '0;-0;"none"', "none"),
        (5, '0;-0;"none"', "5"),
        (5, ";;;", ""),
        (150, '[>=100]0" high";0" low"', "150 high"),
        (50, '[>=100]0" high";0" low"', "50 low"),
        (1, '[=1]0" day";0" days"', "1 day"),
        (3, '[=1]0" day";0" days"', "3 days"),
        (5551234567, "(000) 000-0000", "(555) 123-4567"),
        (123456789, "000-00-0000", "123-45-6789"),
        (12, '0.0" kg"', "12.0 kg"),
        (12, r"0\ \m", "12 m"),
        (5, '"Nr. "0', "Nr. 5"),
        (5, '"fixed"', "fixed"),
        (12345, "0.00E+00", "1.23E+04"),
        (0.00012, "0.0E+00", "1.2E-04"),
        (12345, "##0.0E+0", "12.3E+3"),
        (0, "0.00E+00", "0.00E+00"),
        (9.996, "0.00E+00", "1.00E+01"),
        (2.75, "# ?/?", "2 3/4"),
        (0.5, "# ?/?", "1/2"),
        (3, "# ?/?", "3"),
        (0.3333, "# ??/??", "1/3"),
        (1.2, "# ?/8", "1 2/8"),
        (1.5, "?/?", "3/2"),
        (7, 'General" pcs"', "7 pcs"),
        (0.0000001, "General", "1E-07"),
        (123456.789012, "General", "123456.789"),
        (1234.5, "# ##0.00", "1 234.50"),
        (7, "@", "7"),
        (True, "0", "TRUE"),
        (1e300, "0", "1" + "0" * 300),
    ],
)
def test_a_number_is_shown_as_in_excel(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


@pytest.mark.parametrize(
    ("value", "code", "expected"),
    [
        (46095, "d mmmm yyyy", "14 March 2026"),
        (46095, "dd.mm.yyyy", "14.03.2026"),
        (46095, "mmm-yy", "Mar-26"),
        (46095, "dddd, d. mmmm", "Saturday, 14. March"),
        (46095, "[$-407]ddd d. mmmm yyyy", "Sa 14. März 2026"),
        (46095, "[$-fr-FR]mmmm", "mars"),
        (46095, 'yyyy"年"m"月"d"日"', "2026年3月14日"),
        (46095, "mmmmm", "M"),
        (46095.75, "yyyy-mm-dd hh:mm", "2026-03-14 18:00"),
        (46095.75, "m/d/yy h:mm AM/PM", "3/14/26 6:00 PM"),
        (0.0, "h:mm AM/PM", "12:00 AM"),
        (0.510416666666, "h:mm", "12:15"),
        (1.2708333333, "[h]:mm", "30:30"),
        (1.2708333333, "[mm]", "1830"),
        (0.5, "[ss]", "43200"),
        (0.000717592592, "mm:ss", "01:02"),
        (0.00071875, "mm:ss.0", "01:02.1"),
        (0.7541666667, "hh:mm:ss", "18:06:00"),
        (60, "d mmm yyyy", "29 Feb 1900"),
        (1, "d mmm yyyy", "1 Jan 1900"),
        (2958465, "yyyy-mm-dd", "9999-12-31"),
        (-1, "d mmm yyyy", "-1"),
        (3000000, "d mmm yyyy", "3000000"),
        (46095, "mm/dd/yyyy", "03/14/2026"),
        (-0.5, "[h]:mm", "-12:00"),
        (46095, "d-m-bbbb", "14-3-2569"),
    ],
)
def test_a_date_is_shown_in_the_format_of_its_cell(value: float, code: str, expected: str) -> None:
    assert shown(value, code) == expected


def test_days_may_be_counted_from_1904() -> None:
    assert shown(46095 - 1462, "d mmmm yyyy", from_1904=True) == "14 March 2026"


@pytest.mark.parametrize(
    ("text", "code", "expected"),
    [
        ("A7", "General", "A7"),
        ("A7", "@", "A7"),
        ("A7", '"Room "@', "Room A7"),
        ("A7", "0.00", "A7"),
        ("A7", '0;-0;0;"Part "@', "Part A7"),
        ("A7", "0;-0;0;", ""),
        ("A7", "d mmm", "A7"),
    ],
)
def test_a_text_is_changed_only_by_a_section_for_texts(text: str, code: str, expected: str) -> None:
    assert shown(text, code) == expected


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_every_day_is_the_day_of_the_calendar(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    assert shown(serial, "yyyy-mm-dd hh:mm:ss") == moment.isoformat(" ")


@given(st.integers(-(10**14), 10**14), st.integers(0, 4))
def test_thousands_and_decimals_are_those_of_python(number: int, decimals: int) -> None:
    code = "#,##0" + ("." + "0" * decimals if decimals else "")
    assert shown(number, code) == f"{number:,.{decimals}f}"


@given(st.floats(allow_nan=True), st.text(st.sampled_from('0#?.,%;:/-+Ee@"\\_*[]$€<>=1hmsdyAPG aGeneral'), max_size=24))
def test_no_format_breaks(value: float, code: str) -> None:
    assert isinstance(shown(value, code), str)
    assert isinstance(shown("text", code), str)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_without_a_format_is_nearly_the_number(value: float) -> None:
    assert math.isclose(float(shown(value)), value, rel_tol=1e-5, abs_tol=1e-300)
