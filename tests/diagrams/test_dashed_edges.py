"""Dashed edges: the last dash before an arrow head is a stem that shows behind it."""

from __future__ import annotations

import math

import pytest

from banana_layout.color import BLACK, WHITE
from banana_layout.diagrams.flowchart.edges import DASH_MM, draw_edge
from banana_layout.diagrams.flowchart.lines import Line
from banana_layout.diagrams.ink import Pen, strength
from banana_layout.geometry.curve import flatten, length
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point
from banana_layout.model.flowchart import Edge, Head
from banana_layout.scene.item import Path

SIZE = 20.0
PEN = Pen(BLACK, BLACK)
ON, OFF = (v * MM * strength(SIZE) for v in DASH_MM)


def drawn(path: Outline, heads: tuple[Head, Head] = ("none", "arrow"), line: str = "dotted") -> dict[str, Path]:
    """Return an edge's paths by the end of their keys."""
    edge = Edge("e", "a", "b", line=line, source_head=heads[0], target_head=heads[1])  # type: ignore[arg-type]
    items = draw_edge(edge, Line(path, tuple(flatten(path, 0.25)[0])), PEN, SIZE, WHITE, "e")
    return {i.key.removeprefix("e/"): i for i in items if isinstance(i, Path)}


def course(item: Path) -> list[Point]:
    """Return a path's places."""
    return flatten(item.path, 0.05)[0]


def bow(high: float, wide: float = 120.0) -> Outline:
    """Return a curve that rises and comes down again."""
    return PathBuilder().move(0, 0).cubic(0.1 * wide, -high, 0.9 * wide, -high, wide, 0).build()


CURVES = [
    Outline.line(0, 0, 140, 0),
    bow(30),
    bow(80),
    bow(60, 50.0),
    PathBuilder().move(0, 0).line(90, 0).line(90, 40).build(),
]


@pytest.mark.parametrize("path", CURVES)
def test_a_stem_reaches_the_tip_and_shows_behind_the_head(path: Outline) -> None:
    """The stem ends where the head's strokes meet, reaches well behind their feet, and the dashes end a gap before it."""
    parts = drawn(path)
    stem, dashes = course(parts["line/stem0"]), course(parts["line"])
    tip = course(parts["head/0"])[0]
    assert stem[-1].distance(tip) < 1e-6
    reach = course(parts["head/0"])[-1].distance(tip)
    assert length(stem) > 1.15 * reach
    assert parts["line/stem0"].stroke is not None
    assert parts["line/stem0"].stroke.dash is None
    assert parts["line"].stroke is not None
    assert parts["line"].stroke.dash == pytest.approx((ON, OFF))
    assert dashes[-1].distance(stem[0]) == pytest.approx(OFF, rel=0.1)


@pytest.mark.parametrize("high", [0.01, 40.0, 90.0])
def test_feet_stand_on_both_sides_of_the_stem(high: float) -> None:
    """However the line bends, its stem passes between the head's strokes."""
    parts = drawn(bow(high, 60.0))
    stem = course(parts["line/stem0"])
    tip = stem[-1]
    feet = [course(parts[f"head/{i}"])[-1] for i in (0, 1)]
    reach = feet[0].distance(tip)
    behind = min(stem, key=lambda p: abs(p.distance(tip) - 0.9 * reach))
    sides = [(f.x - tip.x) * (behind.y - tip.y) - (f.y - tip.y) * (behind.x - tip.x) for f in feet]
    assert sides[0] * sides[1] < 0
    turns = [abs(s) / (reach * behind.distance(tip)) for s in sides]
    assert min(turns) > math.sin(math.radians(8.0))


def test_a_short_line_keeps_a_dash_before_its_stem() -> None:
    """Where there is hardly room the stem is shorter, and what lies before it is a dash at least."""
    for long in (24.0, 30.0, 40.0):
        parts = drawn(Outline.line(0, 0, long, 0))
        assert length(course(parts["line"])) > 0.3 * ON
        assert course(parts["line"])[-1].x < course(parts["line/stem0"])[0].x


def test_both_heads_have_stems_and_bare_ends_have_none() -> None:
    """A line with two arrow heads has two stems; one without, or with other heads, is dashed all along."""
    both = drawn(Outline.line(0, 0, 140, 0), ("arrow", "arrow"))
    assert {"line/stem0", "line/stem1"} <= set(both)
    assert course(both["line"])[0].x > course(both["line/stem1"])[0].x
    bare: tuple[tuple[Head, Head], ...] = (("none", "none"), ("none", "circle"), ("cross", "none"))
    for heads in bare:
        assert not any("stem" in key for key in drawn(Outline.line(0, 0, 140, 0), heads))


def test_other_lines_have_no_stem() -> None:
    """Plain and thick lines run up to their heads in one stroke."""
    for line in ("normal", "thick"):
        parts = drawn(Outline.line(0, 0, 140, 0), line=line)
        assert not any("stem" in key for key in parts)
        assert parts["line"].stroke is not None
        assert parts["line"].stroke.dash is None
