"""No cell of an exported table is a formula, whatever the program takes for a separator."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.cells import safe_cell

FORMULA = re.compile(r"""[\s"'“”]*[=+\-@＝＋－＠]""")


@given(st.text(alphabet="=+-@;,|\t\r\n\"“' a1＝", max_size=12))
def test_no_part_of_a_cell_is_a_formula(text: str) -> None:
    parts = re.split("[;,|\t\r\n]", safe_cell(text))
    assert not [part for part in parts if FORMULA.match(part) and not part.startswith("'")]


@given(st.text(alphabet="a1 .:é中", max_size=12))
def test_what_is_no_formula_stays(text: str) -> None:
    assert safe_cell(text) == text
