"""Layouts drawn in box characters, with the habits and slips of people who draw them."""

from __future__ import annotations

import time

import pytest

from banana_layout.syntax.wireframe import Group, Pane, Part, find, find_all

STYLES = {
    "light": "┌┐└┘─│├┤",
    "rounded": "╭╮╰╯─│├┤",
    "double": "╔╗╚╝═║╠╣",
    "heavy": "┏┓┗┛━┃┣┫",
    "ascii": "++++-|++",
}


def words(part: Part):
    """A part as nested lists: a pane is its lines, a group its axis and its parts."""
    if isinstance(part, Pane):
        return [s.text.strip() for s in (*part.head, *part.inside, *part.foot) if s.text.strip()]
    return (part.axis, *(words(p) for p in part.parts))


def read(text: str):
    """The zones of a drawing."""
    found = find(text)
    assert found is not None
    return [words(zone.part) for zone in found.zones]


def restyled(text: str, name: str) -> str:
    """A drawing in another style of line."""
    return text.translate(str.maketrans(STYLES["light"], STYLES[name]))


PLAIN = """\
┌──────────────────────────────────────┐
│ TITLE                                │
│ and more                             │
├──────────────────────────────────────┤
│ ┌────────────────┐ ┌───────────────┐ │
│ │ One            │ │ Two           │ │
│ │ first          │ │ second        │ │
│ └────────────────┘ └───────────────┘ │
├──────────────────────────────────────┤
│ Three                                │
│ ┌──────────────────────────────────┐ │
│ │ third                            │ │
│ └──────────────────────────────────┘ │
└──────────────────────────────────────┘"""

SEEN = [["TITLE", "and more"], ("columns", ["One", "first"], ["Two", "second"]), ["Three", "third"]]


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_line_is_read(style):
    """Light, rounded, double, heavy and ASCII lines draw the same layout."""
    assert read(restyled(PLAIN, style)) == SEEN


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("# Layout\n\n```\n", "\n```\n"), ("```\n", "\n\n## Next\n"), ("text\n", "\n**Ratios**\n")],
)
def test_fences_do_not_matter(before, after):
    """In a fence, bare, or in a fence that never closes: the drawing is the same and its lines are known."""
    text = before + PLAIN + after
    found = find(text)
    assert found is not None
    assert read(text) == SEEN
    assert text[found.start : found.end] == PLAIN
    assert found.closed


def test_table_under_an_ascii_drawing_is_no_part_of_it():
    """A Markdown table right after a bare drawing in ASCII has bars as well, but they are no borders."""
    text = restyled(PLAIN, "ascii")
    found = find(text + "\n\n| zone | ratio |\n|---|---|\n| top | 20% |\n")
    assert found is not None
    assert found.closed
    assert found.lines == text.count("\n") + 1


def test_missing_right_borders_are_where_lines_end():
    """Lines that end before the last border belong to the box that is open there."""
    lines = PLAIN.split("\n")
    lines[5:7] = [line[:-4].rstrip() for line in lines[5:7]]
    assert read("\n".join(lines)) == SEEN


def test_quoted_drawing_is_read():
    """A wireframe in a block quotation is one, and stands where it stands."""
    text = "\n".join(f"> {line}" for line in PLAIN.split("\n"))
    assert read(text) == SEEN
    found = find(text)
    assert found is not None
    assert (found.start, found.end) == (0, len(text))


def test_drawing_that_never_ends_goes_on_to_its_last_border():
    """Without its bottom a frame ends where the borders do."""
    text = PLAIN.rsplit("\n", 1)[0] + "\n\nprose\n"
    found = find(text)
    assert found is not None
    assert not found.closed
    assert read(text) == SEEN


def test_glued_borders_and_drifting_ones_are_told_apart():
    """Wide letters push borders aside, neighbours are glued together, and each line still goes to its own box."""
    text = """\
┌────────────────────────────────────────┐
│ 제목                                    │
├────────────────────────────────────────┤
│┌─────────────────┐┌───────────────────┐│
││ 첫째 상자         ││ 둘째 상자           ││
││ 한글이 많은 줄이다 ││ plain             ││
││ short           ││ 또 한글 한글 한글     ││
│└─────────────────┘└───────────────────┘│
└────────────────────────────────────────┘"""
    left = ["첫째 상자", "한글이 많은 줄이다", "short"]
    assert read(text)[1] == ("columns", left, ["둘째 상자", "plain", "또 한글 한글 한글"])


def test_left_box_may_end_before_its_neighbour():
    """Boxes of one zone need not be equally high."""
    text = """\
┌────────────────────────────────────┐
│ T                                  │
├────────────────────────────────────┤
│ ┌─────────────┐   ┌──────────────┐ │
│ │ a           │   │ b            │ │
│ └─────────────┘   │ c            │ │
│                   │ d            │ │
│                    └─────────────┘ │
└────────────────────────────────────┘"""
    assert read(text)[1] == ("columns", ["a"], ["b", "c", "d"])


def test_columns_drawn_without_boxes_are_cells():
    """Joints in the lines across divide a zone, and a line across one column divides that column."""
    text = """\
┌───────────────────────────────────┐
│ T                                 │
├────────────────┬──────────────────┤
│ left           │ right            │
│ more           ├──────────────────┤
│ and more       │ below            │
└────────────────┴──────────────────┘"""
    assert read(text)[1] == ("columns", ["left", "more", "and more"], ("rows", ["right"], ["below"]))


def test_columns_without_joints_are_cells_too():
    """A border in every line of a zone divides it even where the lines across show no joint."""
    text = """\
┌───────────────────────────────────┐
│ T                                 │
├───────────────────────────────────┤
│ left           │ right            │
│ more           │ also             │
└───────────────────────────────────┘"""
    assert read(text)[1] == ("columns", ["left", "more"], ["right", "also"])


def test_zone_without_a_box_is_one_panel():
    """Where the inner box is missing, the zone's lines are the panel."""
    text = PLAIN.replace("│ ┌──────────────────────────────────┐ │\n", "").replace(
        "│ └──────────────────────────────────┘ │\n", ""
    )
    assert read(text.replace("│ third                            │ │", "  third                              │"))[
        2
    ] == ["Three", "third"]


def test_box_of_boxes_is_looked_into():
    """A box that holds nothing but boxes only groups them, three deep."""
    text = """\
┌─────────────────────────────────────┐
│ T                                   │
├─────────────────────────────────────┤
│ ┌─────────────────────────────────┐ │
│ │ ┌─────────────┐ ┌─────────────┐ │ │
│ │ │ a           │ │ ┌─────────┐ │ │ │
│ │ │             │ │ │ b       │ │ │ │
│ │ │             │ │ └─────────┘ │ │ │
│ │ │             │ │ ┌─────────┐ │ │ │
│ │ │             │ │ │ c       │ │ │ │
│ │ │             │ │ └─────────┘ │ │ │
│ │ └─────────────┘ └─────────────┘ │ │
│ └─────────────────────────────────┘ │
└─────────────────────────────────────┘"""
    assert read(text)[1] == ("columns", ["a"], ("rows", ["b"], ["c"]))


def test_boxes_with_a_heading_over_all_of_them_stay_one_panel():
    """Words over several boxes make them one panel's drawing."""
    text = """\
┌────────────────────────────────────┐
│ T                                  │
├────────────────────────────────────┤
│ Compared                           │
│ ┌─────────────┐   ┌──────────────┐ │
│ │ a           │   │ b            │ │
│ └─────────────┘   └──────────────┘ │
└────────────────────────────────────┘"""
    found = find(text)
    assert found is not None
    assert isinstance(found.zones[1].part, Pane)


def test_arrows_between_boxes_are_marks():
    """What stands between panels is kept with its place among them."""
    text = """\
┌────────────────────────────────────┐
│ T                                  │
├────────────────────────────────────┤
│ ┌─────────────┐   ┌──────────────┐ │
│ │ a           │ → │ b            │ │
│ └─────────────┘   └──────────────┘ │
└────────────────────────────────────┘"""
    found = find(text)
    assert found is not None
    part = found.zones[1].part
    assert isinstance(part, Group)
    assert [(m.strip.text, m.after) for m in part.marks] == [("→", 0)]


def test_words_in_lines_across_and_edges_are_kept():
    """A zone's name in its upper line and a box's name in its upper edge are not lost."""
    text = PLAIN.replace(
        "├──────────────────────────────────────┤\n│ ┌────────────────┐",
        "├──────────── the middle ──────────────┤\n│ ┌─ Head ─────────┐",
        1,
    )
    found = find(text)
    assert found is not None
    assert found.zones[1].label is not None
    assert found.zones[1].label.text == "the middle"
    assert words(found.zones[1].part)[1] == ["Head", "One", "first"]


@pytest.mark.parametrize(
    "text",
    [
        "plain words\n\nand more",
        "┌──────────────────────────────────┐\n│ no line across                   │\n└──────────────────────────────────┘",
        "┌──────┐\n│ name │\n├──────┤\n│ body │\n└──────┘",
        "┌────────────────┬─────────────────┐\n│ a              │ b               │\n├────────────────┼─────────────────┤\n│ 1              │ 2               │\n└────────────────┴─────────────────┘",
        "+---------------+------------------+\n| a             | b                |\n+---------------+------------------+\n| 1             | 2                |\n+---------------+------------------+",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
    ],
)  # fmt: skip
def test_tables_and_small_boxes_are_no_wireframes(text):
    """Only a wide frame with a line across it and no columns in its top is a layout."""
    assert find(text) is None


def test_the_largest_of_several_is_the_layout():
    """A smaller drawing elsewhere does not take the layout's place."""
    small = "┌──────────────────────────────────┐\n│ a                                │\n├──────────────────────────────────┤\n│ b                                │\n└──────────────────────────────────┘"
    text = f"{small}\n\n{PLAIN}\n"
    assert len(find_all(text)) == 2
    assert read(text) == SEEN


@pytest.mark.parametrize(
    "text",
    [
        "┌" + "─" * 40 + "┐\n" + ("├" + "─" * 40 + "┤\n") * 2000,
        "┌" + "─" * 40 + "┐\n" + ("│" + "│" * 400 + "│\n├" + "─" * 40 + "┤\n") * 300,
        "┌" + "─" * 400 + "┐\n├" + "─" * 400 + "┤\n" + ("│" + "┌─┐" * 130 + "│\n") * 300,
        ("┌" + "─" * 40 + "┐\n") * 3000,
    ],
)
def test_hostile_drawings_end_soon(text):
    """Drawings made to be slow are read or refused within two seconds."""
    begin = time.process_time()
    find(text)
    assert time.process_time() - begin < 2
