"""What must hold of all ink, whatever the path."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.color import WHITE, Color
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Group, Item, Path, Scene
from banana_layout.scene.paint import Paint, Stroke, Tool
from banana_layout.sketch.hand import SketchHand, reach
from banana_layout.sketch.scene import sketch

INK = Paint(Color(0.1, 0.1, 0.2))
HAND = SketchHand()
STILL = SketchHand(wobble=0, width=0, jitter=0, overshoot=0, streaks=0)

numbers = st.floats(-400, 400, allow_nan=False)
points = st.builds(Point, numbers, numbers)
sizes = st.floats(0.5, 500)


@st.composite
def _curves(draw: st.DrawFn) -> Outline:
    """Draw a path of a few lines and curves, perhaps closed."""
    b = PathBuilder().move(*draw(points))
    for _ in range(draw(st.integers(1, 3))):
        kind = draw(st.sampled_from("LQC"))
        if kind == "L":
            b.line(*draw(points))
        elif kind == "Q":
            b.quad(*draw(points), *draw(points))
        else:
            b.cubic(*draw(points), *draw(points), *draw(points))
    return (b.close() if draw(st.booleans()) else b).build()


rects = st.builds(Rect, numbers, numbers, sizes, sizes)
outlines = st.one_of(
    st.lists(points, min_size=2, max_size=5).map(Outline.polyline),
    st.lists(points, min_size=2, max_size=5).map(lambda p: Outline.polyline(p, closed=True)),
    st.builds(Outline.rect, rects, st.floats(0, 40)),
    rects.map(Outline.ellipse),
    _curves(),
)
tools: st.SearchStrategy[Tool] = st.sampled_from(["pen", "ruler", "marker", "highlighter", "grid"])


@st.composite
def items(draw: st.DrawFn) -> Path:
    """Draw a path item: any tool, filled, stroked or both."""
    tool = draw(tools)
    fill = draw(st.sampled_from([None, INK, Paint(WHITE, 0.5, "multiply")]))
    dash = draw(st.sampled_from([None, None, (2.3 * MM, 1.5 * MM)]))
    width = draw(st.floats(0.25, 12))
    stroke = Stroke(
        width=width,
        paint=INK,
        dash=dash,
        overshoot=draw(st.sampled_from([0.0, 3.0])),
        taper=draw(st.booleans()),
        widths=draw(st.sampled_from([None, (width, width / 4), (width / 3, width)])),
    )
    if draw(st.booleans()) and fill is not None and tool != "grid":
        return Path(key=draw(st.text(max_size=4)), path=draw(outlines), fill=fill, tool=tool)
    return Path(key=draw(st.text(max_size=4)), path=draw(outlines), fill=fill, stroke=stroke, tool=tool)


def drawn(*items_: Item, hand: SketchHand = HAND, seed: int = 1) -> tuple[Item, ...]:
    """Return what the sketch makes of some items."""
    return sketch(Scene(width=600, height=800, items=items_, paper=Paint(WHITE)), hand, seed).items


def ink(items_: tuple[Item, ...]) -> list[Path]:
    """Return the paths of drawn items that are not clipped; a clip's shape stands for what it clips."""
    out = []
    for item in items_:
        if isinstance(item, Path):
            out.append(item)
        elif isinstance(item, Group) and item.clip is not None:
            out.append(Path(key=item.key, path=item.clip, fill=INK))
        elif isinstance(item, Group):
            out += ink(item.children)
    return out


def apart(p: Point, outline: list[list[Point]], filled: bool) -> float:
    """Return the distance of a point from a flattened shape; 0 inside its area where it is filled."""
    best, winding = math.inf, 0
    for line in outline:
        ends = [*line, line[0]] if filled else line
        for a, b in pairwise(ends):
            dx, dy = b.x - a.x, b.y - a.y
            q = dx * dx + dy * dy
            t = max(0.0, min(1.0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / q)) if q else 0.0
            best = min(best, math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy))
            if (a.y <= p.y) != (b.y <= p.y) and a.x + (p.y - a.y) / dy * dx > p.x:
                winding += 1 if dy > 0 else -1
    return 0.0 if filled and winding else best


def strayed(item: Path, result: tuple[Item, ...]) -> float:
    """Return how far drawn ink leaves the exact item at most; a highlighter's exact shape is its box."""
    band = item.tool == "highlighter" and item.fill is not None
    exact = flatten(Outline.rect(item.path.bounds()) if band else item.path, 0.05)
    far = 0.0
    for path in ink(result):
        half = path.stroke.width / 2 if path.stroke is not None else 0.0
        for line in flatten(path.path, 0.3):
            for p in line[:: 1 + len(line) // 400]:
                far = max(far, half + apart(p, exact, item.fill is not None and item.tool != "grid"))
    return far


@settings(max_examples=60, deadline=None)
@given(items(), st.integers(0, 9))
def test_ink_stays_within_reach(item: Path, seed: int) -> None:
    """No ink leaves the exact shape by more than the published reach."""
    assert strayed(item, drawn(item, seed=seed)) <= reach(item) + 0.06


@settings(max_examples=25, deadline=None)
@given(items(), st.floats(0, 2), st.floats(0, 2), st.floats(0, 2))
def test_reach_follows_the_hand(item: Path, wobble: float, width: float, overshoot: float) -> None:
    """The reach holds for steady and for wild hands too."""
    hand = SketchHand(wobble=wobble, width=width, overshoot=overshoot)
    assert strayed(item, drawn(item, hand=hand)) <= reach(item, hand) + 0.06


@settings(max_examples=60, deadline=None)
@given(items())
def test_ink_is_finite_and_filled(item: Path) -> None:
    """Every number is finite, and nothing but a grid's lines is left to be stroked."""
    for path in ink(drawn(item)):
        assert all(map(math.isfinite, path.path.coords))
        assert path.path.verbs.startswith("M")
        assert item.tool == "grid" or path.stroke is None


@settings(max_examples=40, deadline=None)
@given(items(), st.integers(0, 5))
def test_the_same_item_is_drawn_the_same(item: Path, seed: int) -> None:
    """Two runs agree to the last bit."""
    assert drawn(item, seed=seed) == drawn(item, seed=seed)


@settings(max_examples=30, deadline=None)
@given(st.lists(items(), min_size=2, max_size=4, unique_by=lambda i: i.key), items())
def test_changing_one_item_leaves_the_others(some: list[Path], new: Path) -> None:
    """Ink depends on the item's own key and shape: a changed or added neighbour moves nothing."""
    before = drawn(*some)
    alone = drawn(*some[1:])
    changed = drawn(new, *some[1:])
    first = len(drawn(some[0]))
    assert before[first:] == alone
    assert changed[len(drawn(new)) :] == alone


@settings(max_examples=30, deadline=None)
@given(outlines, st.floats(0.3, 6))
def test_a_still_hand_strokes_exactly(outline: Outline, width: float) -> None:
    """Without wobble, variation and overshoot a stroke's outline lies half a width from its line."""
    item = Path(key="k", path=outline, stroke=Stroke(width=width, paint=INK))
    exact = flatten(outline, 0.002)
    for path in ink(drawn(item, hand=STILL)):
        for line in flatten(path.path, 0.05):
            far = max(apart(p, exact, False) for p in line[:: 1 + len(line) // 200])
            assert far <= width / 2 * 1.01 + 0.03


@settings(max_examples=30, deadline=None)
@given(outlines)
def test_a_still_hand_fills_exactly(outline: Outline) -> None:
    """Without wobble a fill is the exact shape."""
    (path,) = ink(drawn(Path(key="k", path=outline, fill=INK), hand=STILL))
    assert path.path == outline
