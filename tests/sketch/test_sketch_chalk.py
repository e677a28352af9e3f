"""Chalk: gaps and dust never break a line, leave their reach or touch what is no chalk."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import BLACK, WHITE, Color
from banana_layout.geometry.curve import at_distance, flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Path, Scene
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


def test_flecks_lie_on_the_words_and_have_the_board_s_colour() -> None:
    """Writing shows the board's grain within its own box; spaces stay clean; other textures have none."""
    glyphs = tuple(Glyph(i, 8.0 * i, 0.0, 8.0, c) for i, c in enumerate("가 나"))
    run = GlyphRun("r", "gamja", 12.0, 100.0, 200.0, glyphs, Paint(WHITE))
    (flecks,) = drawn(run, CHALK)
    box = flecks.path.bounds()
    assert flecks.fill == Paint(BOARD)
    assert Rect(99, 189, 26, 13).holds(box)
    spans = [part.bounds() for part in flecks.path.subpaths()]
    assert not any(s.x > 108.6 and s.right < 115.4 for s in spans)
    assert drawn(run, SketchHand()) == ()
    assert drawn(GlyphRun("r", "gamja", 12.0, 0.0, 0.0, glyphs, Paint(BLACK), tool="exact"), CHALK) == ()
