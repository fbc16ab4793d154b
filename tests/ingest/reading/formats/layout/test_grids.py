"""Tables between rules: each text in the cell in which a person sees it."""

from ingest.reading.formats.layout.grids import ruled_tables
from ingest.reading.formats.layout.line import Line
from ingest.reading.formats.layout.rule import Rule
from tests.ingest.reading.pieces import grid_rules, piece

XS, YS = [70.0, 170.0, 270.0, 370.0], [600.0, 620.0, 640.0, 660.0]


def cell(text: str, column: int, row: int) -> Line:
    """A text in a cell of the table between `XS` and `YS`; the rows count from the top."""
    return piece(text, XS[column] + 5, YS[-1 - row] - 4)


FULL = [
    cell(f"{name}{row}", column, row) for row in range(3) for column, name in enumerate(("part ", "price ", "stock "))
]
FULL_CELLS = tuple((f"part {row}", f"price {row}", f"stock {row}") for row in range(3))


def test_every_text_is_in_its_cell_in_whatever_order_the_file_has_them() -> None:
    after = piece("After the table.", 70, 590)
    (found,), rest = ruled_tables([after, *FULL[::-1]], grid_rules(XS, YS))
    assert found.cells == FULL_CELLS
    assert rest == [after]
    assert (found.left, found.top) == (75, 656)


def test_a_head_over_two_columns_is_in_the_first_of_them() -> None:
    # The rule between the second and the third column begins below the first row.
    rules = [rule for rule in grid_rules(XS, YS) if not (rule.vertical and rule.place == XS[2])]
    rules.append(Rule(True, XS[2], YS[0], YS[2]))
    head = piece("price and stock of it", XS[1] + 50, YS[3] - 4)
    (found,), rest = ruled_tables([FULL[0], head, *FULL[3:]], rules)
    assert found.cells == (("part 0", "price and stock of it", ""), *FULL_CELLS[1:])
    assert rest == []


def test_a_cell_over_two_rows_does_not_part_them() -> None:
    # The rule below the first row leaves out the last column, whose text is beside both rows.
    rules = [rule for rule in grid_rules(XS, YS) if rule.vertical or rule.place != YS[2]]
    rules.append(Rule(False, YS[2], XS[0], XS[2]))
    over_two = piece("for both", XS[2] + 5, YS[2] + 6)
    pieces = [*FULL[:2], *FULL[3:5], *FULL[6:], over_two]
    (found,), _ = ruled_tables(pieces, rules)
    assert found.cells == (("part 0 part 1", "price 0 price 1", "for both"), FULL_CELLS[2])


def test_a_cell_of_several_lines_is_one_cell() -> None:
    two_lines = [piece("drain hose", 75, 659, height=9), piece("for the tank", 75, 649, height=9)]
    (found,), _ = ruled_tables([*two_lines, *FULL[1:]], grid_rules(XS, YS))
    assert found.cells[0] == ("drain hose for the tank", "price 0", "stock 0")


def test_rows_that_no_rule_parts_are_rows_where_each_has_its_name() -> None:
    rules = grid_rules(XS, [YS[0], YS[2], YS[3]])
    (found,), _ = ruled_tables(FULL, rules)
    assert found.cells == FULL_CELLS


def test_two_tables_on_a_page_are_two() -> None:
    lower = [Line(p.text + "x", p.left, p.bottom - 300, p.right, p.top - 300) for p in FULL]
    rules = grid_rules(XS, YS) + grid_rules(XS, [y - 300 for y in YS])
    found, rest = ruled_tables([*FULL, *lower], rules)
    assert sorted(len(table.cells) for table in found) == [3, 3]
    assert sorted(table.top for table in found) == [356, 656]
    assert rest == []


def test_rules_that_meet_by_a_hair_are_one_table() -> None:
    rules = [Rule(r.vertical, r.place + 0.8, r.start + 1.5, r.end - 1.5) for r in grid_rules(XS, YS)]
    assert len(ruled_tables(FULL, rules)[0]) == 1


def test_rules_below_each_other_are_no_table() -> None:
    found, rest = ruled_tables(FULL, [rule for rule in grid_rules(XS, YS) if not rule.vertical])
    assert (found, rest) == ([], FULL)


def test_a_form_whose_rows_are_not_closed_is_no_table() -> None:
    rules = [rule for rule in grid_rules(XS, YS) if not (rule.vertical and rule.place == XS[-1])]
    rules.append(Rule(True, XS[-1], YS[2], YS[3]))
    assert ruled_tables(FULL, rules) == ([], FULL)


def test_rules_through_a_text_make_no_table() -> None:
    pieces = [*FULL[:6], piece("a text that goes over the rules of it", XS[0] + 5, YS[1] - 4)]
    assert ruled_tables(pieces, grid_rules(XS, YS)) == ([], pieces)


def test_a_frame_around_a_text_is_no_table() -> None:
    assert ruled_tables(FULL, grid_rules([XS[0], XS[-1]], [YS[0], YS[-1]])) == ([], FULL)


def test_a_page_that_is_laid_out_with_rules_is_no_table() -> None:
    column = [Line("word " * 30, XS[0] + 5, YS[3] - 4 - 3 * n, XS[1] - 5, YS[3] - 1 - 3 * n) for n in range(5)]
    assert ruled_tables([*column, *FULL[1:]], grid_rules(XS, YS)) == ([], [*column, *FULL[1:]])
