"""Chalk: gaps and dust never break a line, leave their reach or touch what is no chalk."""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE, Color
from banana_layout.geometry.curve import at_distance, flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Path, Scene, Variant
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.sketch.hand import SketchHand, reach
from banana_layout.sketch.scene import sketch

CHALK = SketchHand(texture="chalk")
STILL = SketchHand(wobble=0, width=0, jitter=0, overshoot=0, streaks=0, texture="chalk")
BOARD = Color(0.13, 0.22, 0.18)

boxes = st.builds(Rect, st.floats(0, 100), st.floats(0, 100), st.floats(20, 400), st.floats(20, 400))


def drawn(item: Path | GlyphRun, hand: SketchHand) -> tuple[Path, ...]:
    """Return the paths an item becomes on a board."""
    made = sketch(Scene(width=600, height=600, items=(item,), paper=Paint(BOARD)), hand, 3).items
    return tuple(i for i in made if isinstance(i, Path))


def winding(p: Point, lines: list[list[Point]]) -> int:
    """Return how often closed lines turn around a point."""
    turns = 0
    for line in lines:
        for a, b in pairwise([*line, line[0]]):
            if (a.y <= p.y) != (b.y <= p.y) and a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x) > p.x:
                turns += 1 if b.y > a.y else -1
    return turns


def area(lines: list[list[Point]]) -> float:
    """Return the signed area of closed lines together."""
    return sum(a.x * b.y - b.x * a.y for line in lines for a, b in pairwise([*line, line[0]])) / 2


@settings(max_examples=20, deadline=None)
@given(boxes, st.floats(1, 3))
def test_a_chalk_line_is_never_broken_through(box: Rect, width: float) -> None:
    """The middle of a stroke is covered everywhere, however many gaps its sides have."""
    shape = Outline.rect(box, min(box.w, box.h) / 4)
    (ink,) = drawn(Path("k", shape, stroke=Stroke(width, Paint(WHITE))), STILL)
    lines = flatten(ink.path, 0.02)
    middle = flatten(shape, 0.02)[0]
    far = sum(p.distance(q) for p, q in pairwise(middle))
    assert all(winding(at_distance(middle, far * i / 97), lines) for i in range(97))


def test_chalk_leaves_gaps() -> None:
    """A long stroke of chalk covers less than the same stroke of ink."""
    item = Path("k", Outline.line(0, 0, 500, 0), stroke=Stroke(2.0, Paint(WHITE)))
    plain, chalk = (abs(area(flatten(drawn(item, hand)[0].path, 0.02))) for hand in (SketchHand(streaks=0), CHALK))
    assert 0.6 * plain < chalk < 0.97 * plain


@settings(max_examples=25, deadline=None)
@given(boxes, st.floats(0.5, 4), st.sampled_from(["pen", "ruler"]))
def test_dust_stays_within_reach(box: Rect, width: float, tool: str) -> None:
    """Chalk ink and its dust keep to what `reach` says."""
    item = Path("k", Outline.rect(box), stroke=Stroke(width, Paint(WHITE), overshoot=2.0), tool=tool)  # type: ignore[arg-type]
    limit = box.grown(reach(item, CHALK) + 0.06)
    for path in drawn(item, CHALK):
        assert limit.holds(path.path.bounds())


LETTERS = tuple(Glyph(i, 8.0 * i, 0.0, 8.0, c) for i, c in enumerate("가 나"))
RUN = GlyphRun("r", "gamja", 12.0, 100.0, 200.0, LETTERS, Paint(WHITE))
STROKE = Rect(0.1, -0.6, 0.1, 0.6)
"""Every letter is an upright bar of this shape, in em."""


def forms(face: str, gid: int, variant: Variant | None) -> Outline:
    """Return the outline of any letter."""
    return Outline.rect(STROKE)


def chalked(run: GlyphRun, hand: SketchHand = CHALK, opacity: float = 1.0) -> dict[str, Path]:
    """Return what chalk adds to a run, by the end of its key."""
    scene = Scene(width=600, height=600, items=(run,), paper=Paint(BOARD, opacity))
    return {i.key.partition("~")[2]: i for i in sketch(scene, hand, 3, forms).items if isinstance(i, Path)}


def test_flecks_lie_on_the_strokes_and_have_the_board_s_colour() -> None:
    """Writing shows the board's grain: each fleck begins within a stroke, leaves it by little, and never breaks it."""
    flecks = chalked(RUN)["flecks"]
    assert flecks.fill == Paint(BOARD)
    parts = [part.bounds() for part in flecks.path.subpaths()]
    assert len(parts) >= 8
    bars = [Rect(100.0 + 8 * i + 12 * STROKE.x, 200.0 + 12 * STROKE.y, 12 * STROKE.w, 12 * STROKE.h) for i in (0, 2)]
    for part in parts:
        bar = next(b for b in bars if b.grown(0.5).holds(part))
        assert part.w < 0.8 * bar.w
        assert bar.grown(0.01).holds(Rect(part.center.x, part.center.y, 0, 0))


def test_dust_lies_beside_the_strokes_in_their_colour() -> None:
    """Grains of dust have the chalk's own colour and lie close beside the letters."""
    dust = chalked(GlyphRun("r", "gamja", 30.0, 100.0, 200.0, LETTERS, Paint(WHITE)))["dust"]
    assert dust.fill == Paint(WHITE)
    for part in dust.path.subpaths():
        box = part.bounds()
        assert box.w < 0.03 * 30
        assert min(abs(box.center.x - (100 + 8 * i + 30 * v)) for i in (0, 2) for v in (0.1, 0.2)) < 0.06 * 30


def test_only_chalk_on_a_board_is_worn() -> None:
    """Ink, exact runs, boards that are not there and letters nobody knows the outlines of stay flat."""
    exact = GlyphRun("r", "gamja", 12.0, 0.0, 0.0, LETTERS, Paint(BLACK), tool="exact")
    assert chalked(RUN, SketchHand()) == {}
    assert chalked(exact) == {}
    assert chalked(RUN, opacity=0.0) == {}
    assert drawn(RUN, CHALK) == ()


def test_a_leaning_run_is_worn_where_its_letters_are() -> None:
    """Flecks follow the letters of italics."""
    upright, leaning = chalked(RUN)["flecks"], chalked(msgspec.structs.replace(RUN, slant=10.0))["flecks"]
    for a, b in zip(upright.path.subpaths(), leaning.path.subpaths(), strict=True):
        lift = 200.0 - a.bounds().center.y
        assert abs(b.bounds().center.x - a.bounds().center.x - lift * math.tan(math.radians(10.0))) < 1e-6
