"""Where a subgraph's title stands: at the left of its frame, beside the lines that pass there, on nothing."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from banana_layout.diagrams.flowchart.titles import Title, titles
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

FRAME = Rect(100.0, 50.0, 200.0, 100.0)
EM = 10.0
LEFT, TOP = 104.0, 51.4


def cut(wide: float, lines: int = 1) -> Any:
    """A title of so many ems and lines."""
    return SimpleNamespace(text=SimpleNamespace(width=wide, scaled=lambda em: Size(wide * em, 1.2 * lines * em)))


def placed(wide: float, *, narrow: Any = None, **more: Any) -> Any:
    """A drawing with one frame, whose title is so wide and may break into a narrower one."""
    known = {"clusters": [FRAME], "size": EM, "boxes": [], "label_places": [], **more}
    writer = SimpleNamespace(cut=lambda measure: narrow if narrow is not None and measure < wide else cut(wide))
    count = len(known["clusters"])
    return SimpleNamespace(title_cuts=[cut(wide)] * count, chart=SimpleNamespace(titles=[writer] * count), **known)


def upright(x: float, top: float = 0.0, bottom: float = 120.0) -> list[Point]:
    """A line from above the frame down into it."""
    return [Point(x, top), Point(x, bottom)]


def first(found: tuple[Title, ...]) -> tuple[float, float, bool]:
    """The first title's corner, and whether a line passes through it."""
    return round(found[0].rect.x, 3), round(found[0].rect.y, 3), found[0].crossed


@pytest.mark.parametrize(
    ("ways", "x"),
    [
        ([], LEFT),
        ([upright(120.0)], 120.0 + 4.1),
        ([upright(120.0), upright(150.0)], 150.0 + 4.1),
        ([upright(120.0), upright(200.0)], 120.0 + 4.1),
        ([upright(230.0)], LEFT),
        ([upright(99.0)], LEFT),
        ([upright(301.0)], LEFT),
        ([upright(120.0, 90.0, 140.0)], LEFT),
        ([upright(120.0, -90.0, 20.0)], LEFT),
        ([[Point(120.0, 0.0), Point(120.0, 60.0), Point(160.0, 60.0), Point(160.0, 120.0)]], 164.1),
        ([upright(x) for x in (120.0, 150.0, 180.0, 210.0, 231.9)], 236.0),
    ],
    ids=[
        "free",
        "one",
        "two",
        "between",
        "right of it",
        "outside left",
        "outside right",
        "below",
        "above",
        "bent",
        "at the right end",
    ],
)
def test_a_title_begins_behind_the_lines_that_pass_its_place(ways: list[list[Point]], x: float) -> None:
    """At the left, 0.4 em in; else just behind a line, where the next leaves room; at the very right where nothing else is."""
    assert first(titles(placed(6.0), ways)) == (x, TOP, False)


def test_a_title_comes_nearer_to_lines_before_it_breaks() -> None:
    """Where 0.4 em of air are not to be had on both sides it takes 0.15 em, still in one line."""
    ways = [upright(x) for x in (110.0, 174.0, 200.0, 230.0, 260.0, 290.0)]
    (found,) = titles(placed(6.0, narrow=cut(3.0, 2)), ways)
    assert (round(found.rect.x, 3), found.rect.w, found.crossed) == (111.6, 60.0, False)


def test_a_title_breaks_where_its_strip_is_full_of_lines() -> None:
    """Two lines fit between lines that one does not; they stand in the strip, on no node and no label."""
    ways = [upright(x) for x in (110.0, 150.0, 190.0, 230.0, 270.0)]
    narrow = cut(2.8, 2)
    (found,) = titles(placed(6.0, narrow=narrow), ways)
    assert (round(found.rect.x, 3), found.cut, found.rect.h) == (114.1, narrow, 24.0)
    node = Rect(112.0, 60.0, 30.0, 20.0)
    (aside,) = titles(placed(6.0, narrow=narrow, boxes=[node]), ways)
    assert round(aside.rect.x, 3) == 154.1
    (label,) = titles(placed(6.0, narrow=narrow, label_places=[None, node]), ways)
    assert round(label.rect.x, 3) == 154.1


def test_a_title_stands_lower_in_its_frame_where_the_strip_is_taken() -> None:
    """Lines run along the strip: the title goes down to where nothing is, not onto nodes or frames inside."""
    ways = [[Point(90.0, y), Point(310.0, y)] for y in (52.0, 56.0, 60.0, 64.0)]
    (found,) = titles(placed(6.0), ways)
    assert not found.crossed
    assert found.rect.y > 64.0 + 1.5
    assert FRAME.holds(found.rect)
    node = Rect(100.0, 66.0, 120.0, 84.0)
    (aside,) = titles(placed(6.0, boxes=[node]), ways)
    assert not aside.crossed
    assert aside.rect.x >= node.right + 1.5 - 1e-6
    inner = Rect(101.0, 66.0, 198.0, 80.0)
    (none, _) = titles(placed(6.0, clusters=[FRAME, inner]), ways)
    assert (none.crossed, round(none.rect.x, 3), round(none.rect.y, 3)) == (True, LEFT, TOP)


def test_frames_around_do_not_keep_a_title_out() -> None:
    """What lies inside another frame has its title in its own all the same."""
    outer = Rect(50.0, 0.0, 400.0, 300.0)
    ways = [[Point(40.0, y), Point(460.0, y)] for y in (52.0, 56.0, 60.0, 64.0)]
    _, found = titles(placed(6.0, clusters=[outer, FRAME]), ways)
    assert not found.crossed
    assert FRAME.holds(found.rect)


def test_where_no_place_is_the_title_lies_over_the_lines_and_says_so() -> None:
    """Lines everywhere: it stands at the left as ever, on a patch; a title too wide for its frame without any line, on none."""
    ways = [upright(float(x), 0.0, 160.0) for x in range(100, 300, 8)]
    assert first(titles(placed(6.0), ways)) == (LEFT, TOP, True)
    assert first(titles(placed(30.0), [])) == (LEFT, TOP, False)


@pytest.mark.parametrize(
    ("boxes", "corner"),
    [
        ([], (LEFT, 72.55)),
        ([Rect(100.0, 66.0, 134.0, 84.0)], (236.0, 72.55)),
        ([Rect(100.0, 66.0, 200.0, 68.0)], (LEFT, 136.0)),
    ],
    ids=["the next lower", "the right end", "the foot"],
)
def test_lower_places_go_from_the_left_and_the_top_to_the_right_and_the_foot(
    boxes: list[Rect], corner: tuple[float, float]
) -> None:
    """Nine steps across and nine down, 0.4 em in at both sides and 0.2 em above the frame's foot."""
    ways = [[Point(90.0, y), Point(310.0, y)] for y in (52.0, 56.0, 60.0, 64.0)]
    assert first(titles(placed(6.0, boxes=boxes), ways)) == (*corner, False)
