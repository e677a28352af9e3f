"""Edges as items: the line, its heads, the marker band under a cycle."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.diagrams.flowchart.lines import Line, heading, trimmed
from banana_layout.diagrams.ink import Inks, Pen, strength
from banana_layout.diagrams.polygon import inside
from banana_layout.geometry.curve import at_distance, resample, smooth
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.model.flowchart import Edge, Head
from banana_layout.scene.item import Item, Path
from banana_layout.scene.paint import Paint, Stroke

WIDTH_MM = {"normal": 0.62, "dotted": 0.75, "thick": 1.3}
"""Line widths at the text size the lengths go with."""

CLEAR_MM = 1.4
"""An edge's ends keep this far from the nodes."""

DASH_MM = (2.3, 1.5)
"""On and off."""

HEAD_MM = 3.65
"""Length of an arrow head's strokes."""

HEAD_DEGREES = 27.0
"""Between an arrow head's strokes and the line."""

CALM = 24.0
"""A dashed line may turn by so much under its arrow head, in degrees; beyond that the head is smaller."""

STEM = 1.45
"""Length of the last dash before an arrow head, against the head's strokes."""

BAND_MM = 7.2
"""Width of the marker band under a cycle."""


class Nib(msgspec.Struct, frozen=True):
    """What an edge's heads are drawn with."""

    reach: Pt
    """Length of an arrow head's strokes."""
    width: Pt
    """Width of the line."""
    filled: bool
    """Whether arrow heads are filled."""
    color: Color
    """The ink."""
    ground: Color
    """What lies under the diagram."""


def _measured(edge: Edge, line: Line, k: float) -> tuple[list[Point], Pt]:
    """Return an edge's line as far as it is drawn, off its nodes, and the length of its heads' strokes."""
    clear = min(CLEAR_MM * MM * k, 0.16 * _length(line.points))
    whole = trimmed(line.points, clear, clear)
    return whole, min(HEAD_MM * MM * k * (1.25 if edge.line == "thick" else 1.0), 0.5 * _length(whole))


def head_boxes(edge: Edge, line: Line, size: Pt) -> tuple[Rect, ...]:
    """Return the boxes of an edge's heads at a text size, the target's first."""
    whole, reach = _measured(edge, line, strength(size))
    out = []
    for kind, points in ((edge.target_head, whole), (edge.source_head, whole[::-1])):
        if kind != "none":
            tip, (ux, uy) = points[-1], heading(points, reach * 0.9)
            wings = (_turned(ux, uy, s * HEAD_DEGREES) for s in (1, -1))
            feet = [Point(tip.x - wx * reach, tip.y - wy * reach) for wx, wy in wings]
            out.append(Rect.around((Rect.spanning(*feet[0], *feet[1]), Rect(*tip, 0.0, 0.0))))
    return tuple(out)


def draw_edge(edge: Edge, line: Line, pen: Pen, size: Pt, ground: Color, key: str) -> list[Item]:
    """Return an edge's line and heads."""
    k = strength(size)
    width = WIDTH_MM.get(edge.line, 0.62) * MM * k
    whole, reach = _measured(edge, line, k)
    if edge.line == "dotted":
        reach *= min(_calm(whole, reach), _calm(whole[::-1], reach))
    back = _setback(edge.source_head, edge.line == "thick", reach)
    front = _setback(edge.target_head, edge.line == "thick", reach)
    shaft = trimmed(whole, back, front) if back or front else whole
    items: list[Item] = []
    if edge.line == "dotted":
        arrows = (edge.source_head == "arrow", edge.target_head == "arrow")
        items += _dashed(shaft, arrows, (width, k, reach), Paint(pen.line), f"{key}/line")
        width = WIDTH_MM["normal"] * MM * k  # a head of broad strokes would fill up
    else:
        items.append(Path(f"{key}/line", _curve(shaft, size), stroke=Stroke(width, Paint(pen.line)), reach=0.4 * MM))
    nib = Nib(reach, width, edge.line == "thick", pen.line, ground)
    heads = ((edge.target_head, whole, "head"), (edge.source_head, whole[::-1], "tail"))
    for kind, points, name in heads:
        items += _head(kind, points, nib, f"{key}/{name}")
    return items


def _dashed(
    points: Sequence[Point], arrows: tuple[bool, bool], sizes: tuple[Pt, float, Pt], paint: Paint, key: str
) -> list[Item]:
    """Return a dashed line; the last dash before an arrow head is a stem that shows behind it.

    A dash of the usual length would end between the head's strokes, wherever the row of dashes happens to, and fill them.
    `sizes` are the line's width, the strength of the diagram's strokes and the length of the head's strokes.
    """
    width, k, reach = sizes
    on, off = DASH_MM[0] * MM * k, DASH_MM[1] * MM * k
    total, count = _length(points), sum(arrows)
    # Where there is hardly room the stem is shorter; one dash at least stays before it.
    stem = min(STEM * reach, max(0.55 * total / max(1, count), (total - off * count - 0.8 * on) / max(1, count)))
    step = max(2.0, 2 * width)
    items: list[Item] = []
    for i, ends in enumerate((points, points[::-1])):
        if arrows[1 - i]:
            tip = _last(ends, stem)
            way = smooth(resample(tip, step))
            items.append(Path(f"{key}/stem{i}", way, stroke=Stroke(0.85 * width, paint), reach=0.4 * MM))
    rest = trimmed(points, (stem + off) * arrows[0], (stem + off) * arrows[1]) if count else points
    stroke = Stroke(width, paint, dash=(on, off))
    return [Path(key, smooth(resample(rest, step)), stroke=stroke, reach=0.4 * MM), *items]


def _calm(points: Sequence[Point], reach: Pt) -> float:
    """Return how much of its length a head keeps where its line bends under it: the stem should not meet its strokes."""
    tip, half, start = points[-1], at_distance(points[::-1], 0.4 * reach), at_distance(points[::-1], 1.2 * reach)
    near, far = math.atan2(tip.y - half.y, tip.x - half.x), math.atan2(half.y - start.y, half.x - start.x)
    turn = abs(math.degrees(math.remainder(near - far, math.tau)))
    return 1.0 if turn <= CALM else max(0.6, CALM / turn)


def _last(points: Sequence[Point], amount: Pt) -> list[Point]:
    """Return the last `amount` of a polyline."""
    total = _length(points)
    start = at_distance(points, total - amount)
    out = [start]
    gone = 0.0
    for p, q in itertools.pairwise(points):
        gone += math.dist(p, q)
        if gone > total - amount + 1e-6:
            out.append(q)
    return out


def bands(
    lines: Sequence[tuple[Line, tuple[Sequence[Point] | None, Sequence[Point] | None]]], size: Pt, inks: Inks, key: str
) -> list[Item]:
    """Return the marker bands that lie under edges of cycles: one mark, so that it is even where two meet.

    `lines` come with the outlines of the nodes at both ends, under which the bands run on until these hide their ends.
    """
    if not lines:
        return []
    width = band_width(size)
    verbs = ""
    coords: list[Pt] = []
    for line, ends in lines:
        points = list(line.points)
        for polygon, end, beside in ((ends[0], 0, 1), (ends[1], -1, -2)):
            points[end] = _under(points[end], points[beside], polygon, width)
        way = _curve(points, size)
        verbs += way.verbs
        coords += way.coords
    stroke = Stroke(width, inks.shaded(inks.theme.hero.marker, 0.85), taper=False, cap="butt")
    return [Path(key, Outline(verbs, tuple(coords)), stroke=stroke, tool="marker", reach=0.5 * MM)]


def _under(end: Point, beside: Point, polygon: Sequence[Point] | None, width: Pt) -> Point:
    """Return where a band ends: so far inside a node's outline that its blunt end is hidden, if the node is as large."""
    d = math.dist(end, beside) or 1.0
    ux, uy = (end.x - beside.x) / d, (end.y - beside.y) / d
    best = Point(end.x + ux * width * 0.3, end.y + uy * width * 0.3)
    for share in (0.3, 0.5, 0.75, 1.0, 1.3) if polygon is not None else ():
        p = Point(end.x + ux * width * share, end.y + uy * width * share)
        if not inside(p, polygon or ()):
            break
        best = p
        if _hidden(p, ux, uy, width, polygon or ()):
            break
    if polygon is not None and not _hidden(best, ux, uy, width, polygon):
        # At a tip no way straight on is hidden: the band turns toward the node's middle.
        center = _middle(polygon)
        for share in (0.15, 0.25, 0.35, 0.45, 0.55):
            p = end.toward(center, share)
            way = math.dist(p, end) or 1.0
            if _hidden(p, (p.x - end.x) / way, (p.y - end.y) / way, width, polygon):
                return p
    return best


def _middle(polygon: Sequence[Point]) -> Point:
    """Return the middle of an outline's box."""
    xs, ys = [p.x for p in polygon], [p.y for p in polygon]
    return Point((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2)


def _hidden(p: Point, ux: float, uy: float, width: Pt, polygon: Sequence[Point]) -> bool:
    """Tell whether a band's blunt end at a place, seen along a direction, lies inside an outline."""
    return all(inside(Point(p.x - uy * s * width * 0.55, p.y + ux * s * width * 0.55), polygon) for s in (1, -1))


def band_width(size: Pt) -> Pt:
    """Return the width of the marker band under a cycle."""
    return min(BAND_MM * MM * strength(size), 0.95 * size)


def on_cycles(edges: Sequence[tuple[int, int]], count: int) -> tuple[bool, ...]:
    """Return which edges lie on a plain cycle: a strongly connected part with at most one edge more than nodes.

    Components after Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
    """
    component = _components(edges, count)
    nodes: dict[int, int] = {}
    for c in component:
        nodes[c] = nodes.get(c, 0) + 1
    inner: dict[int, int] = {}
    for s, t in edges:
        if s >= 0 and t >= 0 and component[s] == component[t]:
            inner[component[s]] = inner.get(component[s], 0) + 1
    out = []
    for s, t in edges:
        c = component[s] if s >= 0 and t >= 0 and component[s] == component[t] else -1
        out.append(c >= 0 and 2 < nodes[c] <= 12 and inner[c] <= nodes[c] + 1)
    return tuple(out)


def _components(edges: Sequence[tuple[int, int]], count: int) -> list[int]:
    """Return each node's strongly connected component."""
    after: list[list[int]] = [[] for _ in range(count)]
    for s, t in edges:
        if s >= 0 and t >= 0:
            after[s].append(t)
    order, low, component = [-1] * count, [0] * count, [-1] * count
    clock, parts = 0, 0
    stack: list[int] = []
    for root in range(count):
        if order[root] >= 0:
            continue
        work = [(root, 0)]
        while work:
            v, i = work.pop()
            if i == 0:
                order[v] = low[v] = clock
                clock += 1
                stack.append(v)
            if i < len(after[v]):
                work.append((v, i + 1))
                w = after[v][i]
                if order[w] < 0:
                    work.append((w, 0))
                elif component[w] < 0:
                    low[v] = min(low[v], order[w])
                continue
            if low[v] == order[v]:
                while True:
                    w = stack.pop()
                    component[w] = parts
                    if w == v:
                        break
                parts += 1
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[v])
    return component


def _setback(head: Head, filled: bool, reach: Pt) -> Pt:
    """Return how much of the line a head takes the place of."""
    if head == "arrow":
        return 0.7 * reach if filled else 0.0
    return {"circle": 0.62 * reach, "cross": 0.0, "none": 0.0}[head]


def _head(kind: Head, points: Sequence[Point], nib: Nib, key: str) -> list[Item]:
    """Return what stands at a line's last point."""
    if kind == "none":
        return []
    tip, reach, width = points[-1], nib.reach, nib.width
    ux, uy = heading(points, reach * 0.9)
    paint = Paint(nib.color)
    if kind == "circle":
        r = 0.3 * reach
        box = Rect(tip.x - ux * r - r, tip.y - uy * r - r, 2 * r, 2 * r)
        ring = Stroke(max(width * 0.8, 0.5), paint)
        return [Path(key, Outline.ellipse(box), fill=Paint(WHITE.mix(nib.ground, 0.5)), stroke=ring, reach=0.3 * MM)]
    stroke = Stroke(width, paint)
    if kind == "cross":
        c, r = Point(tip.x - ux * 0.3 * reach, tip.y - uy * 0.3 * reach), 0.34 * reach
        a, b = (
            Point((ux + uy) * r * 0.7071, (uy - ux) * r * 0.7071),
            Point((ux - uy) * r * 0.7071, (uy + ux) * r * 0.7071),
        )
        bars = ((a, f"{key}/0"), (b, f"{key}/1"))
        return [
            Path(name, Outline.line(c.x - d.x, c.y - d.y, c.x + d.x, c.y + d.y), stroke=stroke, reach=0.3 * MM)
            for d, name in bars
        ]
    wings = [_turned(ux, uy, s * HEAD_DEGREES) for s in (1, -1)]
    feet = [Point(tip.x - wx * reach, tip.y - wy * reach) for wx, wy in wings]
    if nib.filled:
        notch = Point(tip.x - ux * reach * 0.72, tip.y - uy * reach * 0.72)
        shape = Outline.polyline((tip, feet[0], notch, feet[1]), closed=True)
        return [Path(key, shape, fill=paint, stroke=Stroke(width * 0.5, paint), tool="pen", reach=0.3 * MM)]
    out: list[Item] = []
    for i, ((wx, wy), foot) in enumerate(zip(wings, feet, strict=True)):
        # Each stroke sags a little towards the line, as a pen pulled away from the tip does.
        mid = Point(tip.x - wx * reach * 0.5 - ux * reach * 0.05, tip.y - wy * reach * 0.5 - uy * reach * 0.05)
        path = PathBuilder().move(*tip).quad(*mid, *foot).build()
        out.append(Path(f"{key}/{i}", path, stroke=stroke, reach=0.3 * MM))
    return out


def _turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """Return a vector turned clockwise."""
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return x * c - y * s, x * s + y * c


def _curve(points: Sequence[Point], size: Pt) -> Outline:
    """Return a sampled line as few smooth cubics."""
    return smooth(resample(points, max(2.0, 0.55 * size)))


def _length(points: Sequence[Point]) -> Pt:
    """Return a polyline's length."""
    return math.fsum(math.dist(p, q) for p, q in itertools.pairwise(points))
