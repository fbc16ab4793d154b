"""Cells of an exported table: what a stranger wrote stays text, whatever program opens the table."""

import re

# What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), full-width forms included: at the
# beginning of a cell, and after what is a separator in some country or program, as the cell is cut there.
_FORMULA = re.compile(r"""\A(?=[\t\r\n])|(\A|[;,|\t\r\n])((?:[^\S\t\r\n]|["'“”])*)(?=[=+\-@＝＋－＠])""")


def safe_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: an apostrophe stands before what would be one.

    >>> safe_cell("Boiler code 7;=cmd")
    "Boiler code 7;'=cmd"
    """
    return _FORMULA.sub(r"\1'\2", text)
