"""What a workbook says about its sheets, its texts and its number formats."""

from dataclasses import dataclass
from functools import cached_property

from ingest.reading.formats.excel.package import Element, Link, Package, attribute, local

# The formats that a file names by their number only. Those that follow the country of whoever looks are shown in the
# way that means the same day everywhere.
_DATE, _MOMENT = r"yyyy\-mm\-dd", r"yyyy\-mm\-dd\ h:mm"
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0_);("$"#,##0)', 6: '"$"#,##0_);("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)', 8: '"$"#,##0.00_);("$"#,##0.00)', 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: _DATE, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: _MOMENT, 32: "h:mm", 33: "h:mm:ss", 37: "#,##0_);(#,##0)",
    38: "#,##0_);(#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);(#,##0.00)", 41: "#,##0_);(#,##0);-",
    42: '"$"#,##0_);("$"#,##0);"$"-', 43: "#,##0.00_);(#,##0.00);-", 44: '"$"#,##0.00_);("$"#,##0.00);"$"-',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@", 55: "h:mm", 56: "h:mm:ss",
    **dict.fromkeys([*range(27, 32), *range(34, 37), *range(50, 55), 57, 58], _DATE),
}  # fmt: skip
FOLLOWS_THE_COUNTRY = frozenset({14, 22})
_VISIBLE = ("", "visible")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, whether people see it, and its part of the file. A chart may be a sheet of its own."""

    name: str
    hidden: bool
    part: str
    is_chart: bool


class Workbook:
    """An .xlsx file. Its parts are read when they are asked for."""

    def __init__(self, package: Package) -> None:
        self.package = package
        start = next((link.part for link in package.links("") if link.type == "officeDocument"), "xl/workbook.xml")
        self._links = package.links(start)
        self._root = package.root(start)

    @cached_property
    def sheets(self) -> list[Sheet]:
        """The sheets in their order."""
        parts = {link.id: link for link in self._links}
        found = []
        for element in self._root.iter("{*}sheet"):
            link = parts.get(attribute(element, "id"))
            if link is not None and self.package.has(link.part):
                hidden = element.get("state", "") not in _VISIBLE
                found.append(Sheet(element.get("name", ""), hidden, link.part, link.type == "chartsheet"))
        return found

    @cached_property
    def from_1904(self) -> bool:
        """Whether days are counted from 1904."""
        return any(_is_true(element.get("date1904")) for element in self._root.iter("{*}workbookPr"))

    @cached_property
    def counts_when_opened(self) -> bool:
        """Whether Excel is to count all formulas when it opens the file. Programs that cannot count ask for this."""
        return any(_is_true(element.get("fullCalcOnLoad")) for element in self._root.iter("{*}calcPr"))

    @cached_property
    def texts(self) -> list[str]:
        """The texts that cells name by their number."""
        part = self._part("sharedStrings")
        return [string_text(element) for element in self.package.elements(part, "si")] if part else []

    @cached_property
    def formats(self) -> list[str]:
        """The number format of each style of cells."""
        part = self._part("styles")
        if not part:
            return []
        root = self.package.root(part)
        own = {element.get("numFmtId"): element.get("formatCode", "") for element in root.iter("{*}numFmt")}
        styles = next(root.iter("{*}cellXfs"), None)
        return [_format(element.get("numFmtId", "0"), own) for element in (styles if styles is not None else ())]

    def people(self) -> dict[str, str]:
        """The names of those who wrote comments, by their ids."""
        return {
            person.get("id", ""): person.get("displayName", "")
            for link in self._links
            if link.type == "person" and self.package.has(link.part)
            for person in self.package.root(link.part).iter("{*}person")
        }

    def _part(self, kind: str) -> str:
        links: list[Link] = [link for link in self._links if link.type == kind and self.package.has(link.part)]
        return links[0].part if links else ""


def string_text(element: Element) -> str:
    """The text of a string with its formatted pieces, without the reading aid of Japanese texts."""
    return "".join(
        piece.text or ""
        for child in element
        if local(child) in {"t", "r"}
        for piece in ([child] if local(child) == "t" else child.iterchildren("{*}t"))
    )


def _format(number: str, own: dict[str | None, str]) -> str:
    # Files of some programs define the numbers below 164 anew; a date that follows the country is not among these.
    return own.get(number) or BUILT_IN.get(int(number) if number.isdecimal() else 0, "General")


def _is_true(value: str | None) -> bool:
    return value in {"1", "true"}
