"""How areas and paper are drawn."""

from __future__ import annotations

from banana_layout.color import WHITE, Color
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Group, Item, Path, Scene
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.scene import sketch

TINT = Paint(Color.parse("#e6f3ff"))
CORAL = Color.parse("#ffc4b5")


def drawn(*items: Item, hand: SketchHand | None = None) -> tuple[Item, ...]:
    """Return what the sketch makes of some items on cream paper."""
    paper = Paint(Color.parse("#fffdf4"))
    return sketch(Scene(width=600, height=800, items=items, paper=paper), hand or SketchHand(), 2).items


def test_a_marker_fill_is_a_coat_and_clipped_bands() -> None:
    """An opaque marker stays opaque, its bands are faint and stay inside its coat."""
    box = Rect(50, 50, 120, 100)
    coat, passes = drawn(Path(key="k", path=Outline.rect(box), fill=TINT, tool="marker"))
    assert isinstance(coat, Path)
    assert isinstance(passes, Group)
    (bands,) = passes.children
    assert isinstance(bands, Path)
    assert passes.clip == coat.path
    assert coat.fill is not None
    assert bands.fill is not None
    assert coat.fill.opacity == bands.fill.opacity == 1.0
    assert 1.01 < bands.fill.color.contrast(coat.fill.color) < 1.12
    assert len(list(bands.path.subpaths())) > 5


def test_a_hand_without_streaks_fills_flat() -> None:
    """Without streaks a marker's fill is one path in its own paint."""
    item = Path(key="k", path=Outline.rect(Rect(50, 50, 120, 100)), fill=TINT, tool="marker")
    (coat,) = drawn(item, hand=SketchHand(streaks=0))
    assert isinstance(coat, Path)
    assert coat.fill == TINT


def test_a_fill_lies_beside_its_outline() -> None:
    """A filled and stroked pen item gives a fill that is off by a little, under the ink."""
    box = Rect(100, 100, 150, 80)
    item = Path(key="k", path=Outline.rect(box, 8), fill=TINT, stroke=Stroke(1.5, Paint(CORAL)))
    fill, ink = drawn(item)
    assert isinstance(fill, Path)
    assert isinstance(ink, Path)
    assert fill.fill == TINT
    assert ink.fill == Paint(CORAL)
    got = fill.path.bounds()
    off = max(abs(got.x - box.x), abs(got.y - box.y), abs(got.right - box.right), abs(got.bottom - box.bottom))
    assert 0.1 < off < 0.52 * MM


def test_a_bullet_stays_round() -> None:
    """A blob of 1.7 mm keeps its size and place within a tenth of a millimetre or so."""
    for i in range(30):
        box = Rect(100, 100, 1.7 * MM, 1.7 * MM)
        (blob,) = drawn(Path(key=f"b{i}", path=Outline.ellipse(box), fill=Paint(CORAL)))
        assert isinstance(blob, Path)
        got = blob.path.bounds()
        assert abs(got.w - box.w) < 0.35 * MM
        assert abs(got.h - box.h) < 0.35 * MM
        assert got.center.distance(box.center) < 0.15 * MM


def test_a_highlighter_multiplies_with_slanted_ends() -> None:
    """The band leans at its ends like a slash and pools there; all of it multiplies."""
    box = Rect(100, 100, 90, 9)
    paint = Paint(CORAL, 0.92, "multiply", CORAL)
    band, pools = drawn(Path(key="k", path=Outline.rect(box), fill=paint, tool="highlighter"))
    assert isinstance(band, Path)
    assert isinstance(pools, Path)
    assert band.fill == paint
    assert pools.fill is not None
    assert pools.fill.blend == "multiply"
    assert 0.3 < pools.fill.opacity < 0.5
    top_left = band.path.start.x
    bottom_left = band.path.end.x
    assert 0.2 * box.h < top_left - bottom_left < 0.48 * box.h + 1e-9
    assert len(list(pools.path.subpaths())) == 2


def test_grid_lines_stay_few_and_faint() -> None:
    """A page's ruling becomes a handful of stroked paths that together hold every line."""
    b = PathBuilder()
    for i in range(94):
        b.move(0, 9 * i).line(595, 9 * i)
    paint = Paint(Color.parse("#cfdde6"))
    out = drawn(Path(key="grid", path=b.build(), stroke=Stroke(0.4, paint), tool="grid"))
    paths = [p for p in out if isinstance(p, Path)]
    assert 2 <= len(paths) <= 6
    assert sum(p.path.verbs.count("M") for p in paths) == 94
    for p in paths:
        assert p.stroke is not None
        assert 0.4 * 0.72 <= p.stroke.width <= 0.4 * 1.28
        assert 0.75 <= p.stroke.paint.opacity <= 1


def test_exact_items_and_groups_keep_their_place() -> None:
    """Exact paths are untouched and groups keep their fields and order."""
    exact = Path(key="e", path=Outline.rect(Rect(0, 0, 10, 10)), fill=Paint(WHITE), tool="exact")
    pen = Path(key="p", path=Outline.line(0, 0, 50, 0), stroke=Stroke(1, Paint(CORAL)))
    clip = Outline.ellipse(Rect(0, 0, 60, 60))
    (group,) = drawn(Group(key="g", children=(exact, pen, exact), role="node", alt="a box", clip=clip))
    assert isinstance(group, Group)
    assert (group.role, group.alt, group.clip) == ("node", "a box", clip)
    assert group.children[0] == group.children[2] == exact
    assert group.children[1] != pen


def test_a_drawn_scene_is_not_drawn_again() -> None:
    """Drawn paths are marked exact: a second pass leaves them."""
    items = (
        Path(key="p", path=Outline.line(0, 0, 50, 0), stroke=Stroke(1, Paint(CORAL))),
        Path(key="m", path=Outline.rect(Rect(0, 0, 50, 50)), fill=TINT, tool="marker"),
    )
    once = drawn(*items)
    assert drawn(*once) == once


def test_enlarged_groups_do_not_enlarge_the_straying() -> None:
    """A doodle kept in a unit square and enlarged by its group strays as far as one drawn at full size."""
    pen = Stroke(0.03, Paint(CORAL))
    small = Path(key="p", path=Outline.rect(Rect(0, 0, 1, 1)), fill=TINT, stroke=pen)
    (group,) = drawn(Group(key="g", children=(small,), transform=Affine.scale(60)))
    assert isinstance(group, Group)
    for path in group.children:
        assert isinstance(path, Path)
        box = path.path.control_box()
        assert Rect(0, 0, 1, 1).grown(1.0 * MM / 60 + 0.03).holds(box)
