"""Tables a brief orders from its writer: made where they are described in full, with every cell in its column."""

from __future__ import annotations

import pytest

from banana_layout.model.block import List, Table
from banana_layout.model.inline import Strong, plain_text
from banana_layout.pipeline import read
from banana_layout.syntax.brief.promised import TABLE, columns_of, table_of


def items(*lines: str) -> tuple:
    """The items of a list, as Markdown reads them."""
    (block,) = read("# T\n\n## P\n\n" + "\n".join(f"- {line}" for line in lines)).sheets[0].panels[0].blocks
    assert isinstance(block, List)
    return block.items


def cells(table: Table | None) -> list[list[str]] | None:
    """A table's words, header first."""
    if table is None:
        return None
    return [[plain_text(c.content) for c in row] for row in (table.header, *table.rows)]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Create a table with columns: A | B | C", ("A", "B", "C")),
        ("columns: A, B", ("A", "B")),
        ("Columns (A; B)", ("A", "B")),
        ("headers are Term / Meaning.", ("Term", "Meaning")),
        ("columns: A · B", ("A", "B")),
        ("columns: Cost and Gain", ("Cost", "Gain")),
        ("컬럼: 이름, 뜻", ("이름", "뜻")),
        ("열은 이름 및 뜻", ("이름", "뜻")),
        ('columns: "A", [B], *C*', ("A", "B", "C")),
        ("columns: A | | B", ("A", "B")),
        ("columns: A-B | C/D", ("A-B", "C/D")),
        ("columns: only one", ()),
        ("a table without names", ()),
        ("columns:", ()),
    ],
)
def test_names_of_columns_are_read(line: str, names: tuple[str, ...]) -> None:
    """Whatever keeps them apart, the surest separator decides; one name alone names no table."""
    found = columns_of(line)
    assert found == names or (not names and len(found) < 2)


@pytest.mark.parametrize(
    ("word", "is_one"),
    [
        ("a comparison table", True),
        ("Matrix of X", True),
        ("비교표를 그려", True),
        ("표: x", True),
        ("표현하다", False),
        ("tablet", False),
    ],
)
def test_words_for_a_table(word: str, is_one: bool) -> None:
    """표 is a table and 표현 is not."""
    assert bool(TABLE.search(word)) is is_one


ORDER = "Create a table with columns: A | B"


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        (("x | y", "z | w"), [["x", "y"], ["z", "w"]]),
        (("| x | y |",), [["x", "y"]]),
        (("[one] | [two]",), [["one", "two"]]),
        (("x, y",), [["x", "y"]]),
        (("x: y: z",), [["x", "y: z"]]),
        (("x – y",), [["x", "y"]]),
        (("Row 1: x | y", "Row 2: z | w"), [["x", "y"], ["z", "w"]]),
        (("행 1: x | y",), [["x", "y"]]),
        (("x, y | z",), [["x, y", "z"]]),
        (("Rows:\n  - x | y\n  - z | w",), [["x", "y"], ["z", "w"]]),
        (("데이터:\n  - x | y",), [["x", "y"]]),
    ],
)
def test_rows_are_cut_into_as_many_cells_as_there_are_columns(lines: tuple[str, ...], rows: list[list[str]]) -> None:
    """Bars before commas before dashes before colons; of colons only the first cuts; empty ends are no cells."""
    assert cells(table_of(ORDER, items(*lines))) == [["A", "B"], *rows]


@pytest.mark.parametrize(
    "lines",
    [
        ("x",),
        ("x | y | z",),
        ("x | y", "z"),
        ("x | ",),
        ("x | y\n  - more",),
    ],
)
def test_what_is_not_described_in_full_is_no_table(lines: tuple[str, ...]) -> None:
    """A row with too few or too many cells, an empty cell, or something hanging on it: nothing is made up."""
    assert table_of(ORDER, items(*lines)) is None
    assert table_of(ORDER, ()) is None


def test_columns_may_stand_in_the_list_and_the_order_goes_before() -> None:
    """A line of the list names the columns where the order does not; where it does, that line is a row like others."""
    assert cells(table_of("Create a table", items("Columns: A, B", "x, y"))) == [["A", "B"], ["x", "y"]]
    assert cells(table_of("Create a table", items("x, y"))) is None
    assert cells(table_of(ORDER, items("Columns: C, D"))) == [["A", "B"], ["Columns: C", "D"]]
    three = table_of("columns: A, B, C", items("x | y | z"))
    assert cells(three) == [["A", "B", "C"], ["x", "y", "z"]]


def test_markup_and_places_stay() -> None:
    """What is bold in a row is bold in its cell; the table's place is from its first row to its last."""
    found = items("**x** and more | y", "z | w")
    table = table_of(ORDER, found)
    assert table is not None
    assert isinstance(table.rows[0][0].content[0], Strong)
    assert plain_text(table.rows[0][0].content) == "x and more"
    assert table.span is not None
    assert found[0].span is not None
    assert found[1].span is not None
    assert (table.span.start, table.span.end) == (found[0].span.start, found[1].span.end)
    assert table.align == (None, None)
