"""A mind map as items: root, limbs, pills, twigs that run on as underlines, leaves on small hooks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from banana_layout.color import Color
from banana_layout.diagrams.ink import Inks, shade, white
from banana_layout.diagrams.labels import Scribe
from banana_layout.diagrams.mindmap.grow import TRUNK, Style, boxed, mind_shape
from banana_layout.diagrams.mindmap.spread import Stand
from banana_layout.diagrams.polygon import first_hit, inside
from banana_layout.diagrams.shape.table import shape
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Pair

LIMB_MM = (4.4, 1.6)
"""A limb's width at the root and at its branch."""

STEM_MM = 2.0
"""Width of a limb that runs down beside others."""

CROWD = 0.6
"""Limbs of one side take at most this share of the root's height where they leave it."""

TWIG_MM = (1.5, 0.45)
"""A twig's width at its branch and at its end."""

HOOK_MM = 0.45
"""Width of the hook before a leaf."""


class Sketcher(msgspec.Struct, frozen=True):
    """What a mind map is drawn with."""

    context: Context
    """The panel's."""
    inks: Inks
    """The theme's pairs."""
    scribe: Scribe
    """Writes labels."""
    size: Pt
    """Text size of the twigs."""
    style: Style = "sides"
    """How the branches stand about the root."""


class Drawing(NamedTuple):
    """A drawn mind map."""

    items: tuple[Item, ...]
    """Bottom first."""
    texts: dict[int, Rect]
    """The box of each node's lines, by index."""
    lines: dict[int, tuple[Point, ...]]
    """The line from each node's parent to it, sampled, by index."""


def draw(stands: Sequence[Stand], sketcher: Sketcher) -> Drawing:
    """Return a map's items: lines first, nodes over them."""
    by_index = {s.item.index: s for s in stands}
    lines: dict[int, tuple[Point, ...]] = {}
    texts: dict[int, Rect] = {}
    under: list[Item] = []
    over: list[Item] = []
    stemmed = stems(stands, sketcher) if sketcher.style == "stacked" else {}
    crowd = max(sum(s.kind == "branch" and s.side == side for s in stands) for side in (-1, 1))
    thickest = CROWD * stands[0].rect.h / max(1, crowd)
    for stand in stands:
        key = f"{sketcher.context.key}/node/{stand.item.index}"
        if stand.parent >= 0:
            items, points = _line((by_index[stand.parent], stand), sketcher, key, stemmed, thickest)
            under += items
            lines[stand.item.index] = points
        node, text = _node(stand, sketcher, key)
        over.append(node)
        texts[stand.item.index] = text
    # Limbs lie under the root and the pills, so that their broad ends meet the outlines without a gap.
    return Drawing((*under, *over), texts, lines)


def pair_of(stand: Stand, sketcher: Sketcher) -> Pair:
    """Return the inks of a node's branch."""
    names = ("blue", "violet", "green", "coral")
    return sketcher.inks.pair(names[stand.branch % 4]) if stand.branch >= 0 else sketcher.inks.theme.hero


def root_outline(stand: Stand, size: Pt) -> Outline:
    """Return the root's outline."""
    name = stand.item.node.shape
    chosen = "ellipse" if name in ("plain", "circle") else mind_shape(name)
    return shape(chosen).draw(stand.rect, size).outline


def _node(stand: Stand, sketcher: Sketcher, key: str) -> tuple[Group, Rect]:
    """Return a node's own items and the box of its lines."""
    size, k = sketcher.size, _strength(sketcher.size)
    pair = pair_of(stand, sketcher)
    frame = sketcher.scribe.write(stand.item.label, stand.cut, size, f"{key}/label", _align(stand))
    items: list[Item] = []
    r = stand.rect
    center = r.center
    if stand.kind == "root":
        theme = sketcher.inks.theme
        fill, stroke = theme.title.fill, Stroke(0.75 * MM * k, Paint(theme.ink))
        if theme.title.style == "hatched" or theme.blend != "multiply":
            fill = theme.hero.marker if theme.paper.color.luminance > 0.5 else theme.hero.tint
        outline, d = root_outline(stand, size), 1.2 * MM * k
        items += shade(f"{key}/shadow", outline, (d, d * 1.1), theme.hero.marker, theme.ink, sketcher.inks)
        items += _filled(outline, fill, stroke, sketcher, key)
    elif stand.kind == "branch":
        name = stand.item.node.shape
        drawn = shape("stadium" if name == "plain" else mind_shape(name)).draw(r, size)
        center = drawn.area.center
        stroke = Stroke(0.5 * MM * k, Paint(pair.pen))
        fill = pair.marker if sketcher.inks.theme.blend == "multiply" else pair.tint
        items += _filled(drawn.outline, fill, stroke, sketcher, key)
    elif boxed(stand.item):
        chosen = shape(mind_shape(stand.item.node.shape))
        drawn = chosen.draw(r, size)
        center = drawn.area.center
        over = 0.4 * MM * k if chosen.angular else 0.0
        stroke = Stroke(0.42 * MM * k, Paint(pair.pen), overshoot=over)
        items += _filled(drawn.outline, pair.tint, stroke, sketcher, key)
    x, y = center.x - frame.size.width / 2, center.y - frame.size.height / 2
    if stand.kind in ("twig", "leaf") and not boxed(stand.item):
        pad = 0.15 * size if stand.kind == "twig" else 0.0
        x = r.x + pad if stand.side >= 0 else r.right - pad - frame.size.width
        y = r.y
    items += frame.flattened(x, y)
    text = Rect(x, y, frame.size.width, frame.size.height)
    words = stand.item.label.text
    return Group(key, tuple(items), role="node", rect=r, text=words), text


def _filled(outline: Outline, fill: Color, stroke: Stroke, sketcher: Sketcher, key: str) -> list[Item]:
    """Return a filled outline."""
    return [
        Path(f"{key}/ground", outline, fill=white(sketcher.inks), tool="exact"),
        Path(f"{key}/tint", outline, fill=Paint(fill), tool="marker", reach=0.4 * MM),
        Path(f"{key}/outline", outline, stroke=stroke, reach=0.5 * MM),
    ]


def _line(
    kin: tuple[Stand, Stand], sketcher: Sketcher, key: str, stemmed: Mapping[int, tuple[Pt, Pt]], thickest: Pt
) -> tuple[list[Item], tuple[Point, ...]]:
    """Return what joins a node to its parent (the first of `kin`), and its sampled line from outline to outline.

    `stemmed` are limbs that run side by side, `thickest` is how wide others may be where they leave the root.
    """
    parent, stand = kin
    k = _strength(sketcher.size)
    pen = Paint(pair_of(stand, sketcher).pen)
    if sketcher.style == "radial":
        way = ray(parent, stand, sketcher.size)
        start, end = LIMB_MM if stand.kind == "branch" else TWIG_MM
        stroke = Stroke(start * MM * k, pen, taper=False, widths=(start * MM * k, end * MM * k))
        return [Path(f"{key}/ray", way, stroke=stroke, reach=0.3 * MM)], _samples(way)
    if stand.kind == "branch":
        if (stem := stemmed.get(stand.item.index)) is not None:
            drawn, told = trunk(parent, stand, sketcher.size, stem[0])
            widths = (stem[1], stem[1] * 0.8)
        else:
            drawn, told = limb(parent, stand, sketcher.size)
            most = LIMB_MM[0] * MM * k
            widths = (min(most, max(0.4 * most, thickest)), LIMB_MM[1] * MM * k)
        stroke = Stroke(widths[0], pen, taper=False, widths=widths)
        return [Path(f"{key}/limb", drawn, stroke=stroke, reach=0.3 * MM)], _samples(told)
    if stand.kind == "twig":
        first = parent.kind == "branch"
        way, whole = twig(parent, stand, sketcher.size)
        start = TWIG_MM[0] if first else 0.9
        widths = (start * MM * k, TWIG_MM[1] * MM * k)
        stroke = Stroke(widths[0], pen, taper=False, widths=widths)
        return [Path(f"{key}/twig", whole, stroke=stroke, reach=0.4 * MM)], _samples(way)
    way = hook(parent, stand, sketcher.size)
    return [Path(f"{key}/hook", way, stroke=Stroke(HOOK_MM * MM * k, pen), reach=0.3 * MM)], _samples(way)


def limb(root: Stand, branch: Stand, size: Pt) -> tuple[Outline, Outline]:
    """Return a limb as drawn (its broad end hidden under the root) and as told (from outline to outline)."""
    c, r = root.center, branch.rect
    outline = tuple(flatten(root_outline(root, size), 0.2)[0])
    above = r.bottom < c.y - root.rect.h * 0.36 or r.y > c.y + root.rect.h * 0.36
    reach_x = min(max(c.x, r.x + 0.9 * size), r.right - 0.9 * size) if r.w > 1.8 * size else r.center.x
    overlaps = abs(reach_x - c.x) < root.rect.w * 0.5
    if above and overlaps:
        # It meets the branch a little inside of its middle, so that it leans and swings as a branch grows.
        aside = r.center.x - branch.side * 0.14 * r.w
        reach_x = aside if abs(aside - c.x) < root.rect.w * 0.55 else reach_x
        end = Point(reach_x, r.bottom if r.center.y < c.y else r.y)
        reach = min(0.3 * root.rect.w, abs(reach_x - c.x) * 0.6)
        inner = Point(c.x + branch.side * reach, c.y)
        bend = Point(end.x - (end.x - inner.x) * 0.12, end.y + (inner.y - end.y) * 0.45)
    else:
        end = Point(r.x if branch.side > 0 else r.right, r.center.y)
        inner = Point(c.x + branch.side * root.rect.w * 0.18, c.y + (end.y - c.y) * 0.12)
        bend = Point(end.x - branch.side * abs(end.x - inner.x) * 0.42, end.y)
    hit = _leaves(inner, bend, end, outline)
    start = 0.0 if hit is None else hit
    return _rest(inner, bend, end, max(0.0, start - 0.06)), _rest(inner, bend, end, start)


def trunk(root: Stand, branch: Stand, size: Pt, aside: Pt = 0.0) -> tuple[Outline, Outline]:
    """Return a limb from the root's lower edge down and out to a branch below it, as drawn and as told.

    `aside` is how far from the trunk's middle, toward the branch, it runs down beside the others.
    """
    r = branch.rect
    end = Point(r.x if branch.side > 0 else r.right, r.center.y)
    outline = tuple(flatten(root_outline(root, size), 0.2)[0])
    x = end.x - branch.side * (TRUNK * size - aside)
    hit = first_hit(Point(x, r.y), Point(x, root.center.y), outline)
    top = hit.y if hit is not None else root.rect.bottom
    bend = max(top, end.y - abs(end.x - x))
    drawn, told = (
        PathBuilder().move(x, start).line(x, max(start, bend)).quad(x, end.y, *end).build()
        for start in (top - 0.25 * size, top)
    )
    return drawn, told


def stems(stands: Sequence[Stand], sketcher: Sketcher) -> dict[int, tuple[Pt, Pt]]:
    """Return how far toward its branch each limb runs beside a trunk's middle, and how wide it is, by index.

    Limbs of one trunk run side by side, that of the topmost branch nearest to the branches, so that none crosses another.
    """
    k = _strength(sketcher.size)
    columns = {side: [s for s in stands if s.kind == "branch" and s.side == side] for side in (-1, 1)}
    out: dict[int, tuple[Pt, Pt]] = {}
    for column in columns.values():
        column.sort(key=lambda s: s.rect.y)
        width = min(STEM_MM * MM * k, 0.7 * TRUNK * sketcher.size / max(1, len(column)))
        # Two trunks below one root share its middle: each keeps to its own side of it.
        middle = 0.0 if all(columns.values()) else len(column) / 2
        for j, stand in enumerate(column):
            out[stand.item.index] = ((len(column) - j - 0.5 - middle) * width, width)
    return out


def ray(parent: Stand, stand: Stand, size: Pt) -> Outline:
    """Return a straight line from a node's outline to that of one farther out."""
    a, b = parent.rect.center, stand.rect.center
    outlines = [
        tuple(flatten(root_outline(s, size), 0.2)[0]) if s.kind == "root" else tuple(s.rect.corners)
        for s in (parent, stand)
    ]
    start, end = first_hit(b, a, outlines[0]) or a, first_hit(a, b, outlines[1]) or b
    return Outline.line(*start, *end)


def twig(parent: Stand, stand: Stand, size: Pt) -> tuple[Outline, Outline]:
    """Return a twig up to its node's inner edge, and with the underline it runs on as."""
    p, r, side = parent.rect, stand.rect, stand.side
    underlined = not boxed(stand.item)
    from_underline = parent.kind == "twig" and not boxed(parent.item)
    start = Point(p.right if side > 0 else p.x, p.bottom if from_underline else p.center.y)
    end = Point(r.x if side > 0 else r.right, r.bottom if underlined else r.center.y)
    reach = (end.x - start.x) * 0.55
    b = PathBuilder().move(*start).cubic(start.x + reach, start.y, end.x - reach, end.y, *end)
    way = b.build()
    if not underlined:
        return way, way
    far = r.right + 0.1 * size if side > 0 else r.x - 0.1 * size
    return way, Outline(way.verbs + "L", (*way.coords, far, end.y))


def hook(parent: Stand, stand: Stand, size: Pt) -> Outline:
    """Return the small hook from a twig's underline, or a leaf above, down to a leaf."""
    p, r, side = parent.rect, stand.rect, stand.side
    inner = r.x if side > 0 else r.right
    end = Point(inner - side * 0.14 * size, r.y + min(r.h, 1.07 * size) * 0.5)
    x = inner - side * 0.55 * size
    bend = min(0.3 * size, max(0.05, end.y - p.bottom))
    b = PathBuilder().move(x, p.bottom + 0.02 * size).line(x, end.y - bend)
    return b.quad(x, end.y, x + side * bend, end.y).line(*end).build()


def _leaves(p: Point, c: Point, q: Point, outline: Sequence[Point]) -> float | None:
    """Return at which share a quadratic curve leaves an outline, sampled finely; None where it starts outside."""
    last = None
    for i in range(41):
        t = i / 40
        if inside(_quad(p, c, q, t), outline):
            last = t
    return None if last is None else min(1.0, last + 0.0125)


def _quad(p: Point, c: Point, q: Point, t: float) -> Point:
    """Return a quadratic Bézier's point."""
    u = 1 - t
    return Point(u * u * p.x + 2 * u * t * c.x + t * t * q.x, u * u * p.y + 2 * u * t * c.y + t * t * q.y)


def _rest(p: Point, c: Point, q: Point, t: float) -> Outline:
    """Return a quadratic Bézier from share `t` on (de Casteljau)."""
    return PathBuilder().move(*_quad(p, c, q, t)).quad(*c.toward(q, t), *q).build()


def _samples(path: Outline) -> tuple[Point, ...]:
    """Return a line's points."""
    return tuple(flatten(path, 0.25)[0])


def _align(stand: Stand) -> str:
    """Return where a node's lines stand."""
    if stand.kind in ("root", "branch") or boxed(stand.item):
        return "center"
    return "left" if stand.side >= 0 else "right"


def _strength(size: Pt) -> float:
    """Return by how much strokes shrink with the text: 1 at the size the lengths go with."""
    return max(0.25, min(1.1, size / 18.0))
