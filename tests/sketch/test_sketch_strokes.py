"""How strokes are drawn."""

from __future__ import annotations

import math
from itertools import pairwise

from banana_layout.color import BLACK, WHITE
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Path, Scene
from banana_layout.scene.paint import Paint, Stroke, Tool
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.scene import sketch
from banana_layout.sketch.trace import trace

WIDTH = 0.55 * MM


def inked(path: Outline, tool: Tool = "pen", hand: SketchHand | None = None, **stroke: object) -> Outline:
    """Return the ink of a path's line."""
    line = Stroke(**{"width": WIDTH, "paint": Paint(BLACK), **stroke})  # type: ignore[arg-type]
    item = Path(key="k", path=path, stroke=line, tool=tool)
    scene = Scene(width=600, height=800, items=(item,), paper=Paint(WHITE))
    (out,) = sketch(scene, hand or SketchHand(), 5).items
    assert isinstance(out, Path)
    return out.path


def turning(part: Outline) -> float:
    """Return twice the signed area of a closed outline: above 0 where it runs clockwise on the page."""
    (line,) = flatten(part, 0.02)
    return sum(p.x * q.y - q.x * p.y for p, q in zip(line, [*line[1:], line[0]], strict=True))


def test_a_sharp_box_is_four_strokes_that_pass_its_corners() -> None:
    """Each side is its own stroke, and each corner is overrun both ways by no more than the overshoot."""
    box = Rect(100, 100, 200, 120)
    sides = [p.control_box() for p in inked(Outline.rect(box), overshoot=1 * MM).subpaths() if len(p.verbs) > 4]
    assert len(sides) == 4
    top, right, bottom, left = sides
    slack = 0.34 * MM
    for r in (top, bottom):
        assert box.x - 1 * MM - slack - WIDTH < r.x < box.x
        assert box.right < r.right < box.right + 1 * MM + slack + WIDTH
    for r in (left, right):
        assert r.y < box.y
        assert r.bottom > box.bottom


def test_a_rounded_box_is_one_stroke_that_overlaps_its_start() -> None:
    """A rounded box is drawn once round and 3 to 5 mm on."""
    shape = Outline.rect(Rect(50, 50, 300, 200), 10)
    strokes = [p for p in inked(shape).subpaths() if len(p.verbs) > 4]
    assert len(strokes) == 1
    around = trace(shape).length
    drawn = trace(strokes[0]).length / 2
    assert around + 2.5 * MM < drawn < around + 6.5 * MM


def test_a_large_box_begins_near_its_top_right_corner() -> None:
    """The seam of a panel's frame lies by its top-right corner."""
    start = inked(Outline.rect(Rect(50, 50, 300, 200), 10)).start
    assert start.distance(Point(350, 50)) < 14 * MM


def test_a_diamond_is_two_strokes() -> None:
    """A diamond is drawn as a right and a left half, from tip to tip."""
    shape = Outline.polyline([Point(100, 50), Point(150, 100), Point(100, 150), Point(50, 100)], closed=True)
    boxes = [p.control_box() for p in inked(shape).subpaths() if len(p.verbs) > 4]
    assert len(boxes) == 2
    assert all(b.h > 95 for b in boxes)
    assert boxes[0].x > 97
    assert boxes[1].right < 103


def test_all_outlines_of_a_stroke_turn_one_way() -> None:
    """Overlapping outlines run clockwise, so that a nonzero fill unites them."""
    check = Outline.polyline([Point(10, 10), Point(14, 16), Point(24, 2)])
    for path in (check, Outline.rect(Rect(0, 0, 60, 40)), Outline.line(90, 5, 10, 80)):
        for part in inked(path, overshoot=2.0).subpaths():
            assert turning(part) > 0


def test_a_whole_dash_ends_the_line() -> None:
    """Dashes begin and end where the line does, so that an arrow's head meets ink."""
    ink = inked(Outline.line(100, 100, 300, 100), dash=(2.3 * MM, 1.5 * MM))
    dashes = sorted((p.control_box() for p in ink.subpaths()), key=lambda r: r.x)
    assert 15 <= len(dashes) <= 22
    assert abs(dashes[0].x - 100) < WIDTH + 0.34 * MM
    assert abs(dashes[-1].right - 300) < WIDTH + 0.34 * MM
    assert all(1.4 * MM < d.w < 4 * MM for d in dashes)
    assert all(a.right < b.x for a, b in pairwise(dashes))


def test_a_limb_tapers_from_width_to_width() -> None:
    """A stroke with two widths is broad where the path starts and thin where it ends."""
    ink = inked(Outline.line(0, 0, 200, 0), hand=SketchHand(wobble=0, width=0), width=12, widths=(12, 3), taper=False)
    (line,) = flatten(ink, 0.05)
    at_start = [p.y for p in line if abs(p.x) < 1]
    at_end = [p.y for p in line if abs(p.x - 200) < 0.5]
    assert abs(max(at_start) - min(at_start) - 12) < 0.5
    assert abs(max(at_end) - min(at_end) - 3) < 0.5


def test_a_pen_lifts_off_thinner_than_it_draws() -> None:
    """A stroke's last half millimetre is thinner than its middle."""
    ink = inked(Outline.line(0, 0, 150, 0), hand=SketchHand(wobble=0))
    (line,) = flatten(next(p for p in ink.subpaths() if len(p.verbs) > 4), 0.02)

    def width(x: float) -> float:
        near = [p.y for p in line if abs(p.x - x) < 6]
        return max(near) - min(near)

    tip = [p.y for p in line if p.x > 149.9]
    assert max(tip) - min(tip) < 0.6 * width(75)


def test_a_ruler_is_steadier_than_a_pen() -> None:
    """Along a ruler the line drifts about a third as far."""

    def drift(tool: Tool) -> float:
        far = 0.0
        for y in range(20):
            ink = inked(Outline.line(0, 40 * y, 500, 40 * y), tool)
            box = next(p for p in ink.subpaths() if len(p.verbs) > 4).control_box()
            far += abs(box.y + box.h / 2 - 40 * y)
        return far

    assert drift("ruler") < 0.6 * drift("pen")


def test_short_strokes_are_steadier() -> None:
    """A 3 mm tick keeps its shape: its ends stay within a tenth of a millimetre or so."""
    hand = SketchHand(width=0)
    for i in range(20):
        dice = Dice.of(i, "ends")
        a, b = Point(dice.between(0, 500), 100), Point(dice.between(0, 500), 108)
        b = Point(a.x + 3, b.y)
        ink = inked(Outline.line(*a, *b), hand=hand, width=0.5)
        box = ink.control_box()
        assert math.hypot(box.center.x - (a.x + b.x) / 2, box.center.y - 104) < 0.2 * MM


def test_a_marker_stroke_is_broad_and_blunt() -> None:
    """A marker's line keeps its width and ends flat, where the path ends."""
    bow = PathBuilder().move(0, 0).cubic(40, -20, 80, -20, 120, 0).build()
    ink = inked(bow, "marker", width=20)
    assert "L" in ink.verbs
    flat = inked(Outline.line(0, 0, 120, 0), "marker", hand=SketchHand(wobble=0), width=20).control_box()
    assert abs(flat.x) < 1e-6
    assert abs(flat.right - 120) < 1e-6
    assert 18.5 < flat.h < 21.5
