"""Edges as drawn: routes bent into calm curves that run from outline to outline and keep off everything else."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.diagrams.polygon import crosses_rect, first_hit, inside
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path, PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect

BOW = 0.055
"""A straight edge bows by this share of its length, at most `MOST_BOW`."""

MOST_BOW = 4.2
"""Points: about 1.5 mm."""

ROUND = 1.7
"""Radius of an edge's bends, in em, where there is room."""


STRETCH = 12
"""So many legs of a sampled line are looked at together."""
STEPS = {"step": 0.5, "stepBefore": 0.0, "stepAfter": 1.0}
"""d3's stepped curves: where along a leg the step stands."""


class Line(msgspec.Struct, frozen=True):
    """An edge's line."""

    path: Path
    """The whole curve, from outline to outline."""
    points: tuple[Point, ...]
    """The same, sampled."""


class Form(NamedTuple):
    """How an edge is to be drawn."""

    side: int = 1
    """To which side, 1 or -1, a straight edge bows."""
    curve: str = ""
    """The curve's name in d3, or nothing."""
    down: bool = True
    """Whether the chart flows down or up."""


PLAIN = Form()
"""Nothing asked for."""


def edge_line(
    routes: Sequence[Sequence[Point]],
    ends: tuple[Sequence[Point] | None, Sequence[Point] | None],
    em: Pt,
    obstacles: Sequence[tuple[float, Sequence[Rect]]],
    form: Form = PLAIN,
) -> Line:
    """Return an edge's curve.

    `routes` are corners from box to box, the best way first; `ends` the outlines of source and target as closed polygons, or
    None where a route's end stays; `em` that of the nodes' text; `form` what the author asks for.
    The curve should enter none of the `obstacles`, each list of boxes with the price of entering one: where the smoothest
    curve would, sharper ones are tried, then the next route, and the cheapest of all is taken.
    """
    found: Line | None = None
    least = math.inf
    for n, route in enumerate(routes):
        corners = _clean(route)
        if ends[0] is not None:
            corners = _clipped(corners, ends[0], n > 0)
        if ends[1] is not None:
            corners = _clipped(corners[::-1], ends[1], n > 0)[::-1]
        corners = _clean(corners)
        if len(corners) < 2:
            corners = [corners[0], Point(corners[0].x + 0.01, corners[0].y)]
        around = _around(corners)
        near = [(price, r) for price, boxes in obstacles for r in boxes if r.meets(around)]
        for path in (*_asked(corners, em, form), *_curves(corners, em, form.side)):
            points = tuple(flatten(path, 0.25)[0])
            stretches = _stretches(points) if near else ()
            trouble = math.fsum(price for price, r in near if _enters(stretches, r))
            if trouble < least:
                found, least = Line(path, points), trouble
            if trouble == 0:
                return Line(path, points)
    assert found is not None  # at least the sharp polyline was tried
    return found


def rounded_polyline(corners: Sequence[Point], radius: Pt) -> Path:
    """Return straight legs with bends of at most `radius`, each a cubic pulled to the corner."""
    b = PathBuilder().move(*corners[0])
    n = len(corners)
    for i in range(1, n - 1):
        p, c, q = corners[i - 1], corners[i], corners[i + 1]
        before = min(radius, math.dist(p, c) * (0.5 if i > 1 else 0.9))
        after = min(radius, math.dist(c, q) * (0.5 if i < n - 2 else 0.9))
        if min(before, after) < 1e-6:
            b.line(*c)
            continue
        a = c.toward(p, before / math.dist(p, c))
        z = c.toward(q, after / math.dist(c, q))
        b.line(*a)
        h, k = a.toward(c, 0.62), z.toward(c, 0.62)
        b.cubic(*h, *k, *z)
    return b.line(*corners[-1]).build()


def trimmed(points: Sequence[Point], start: Pt, end: Pt) -> list[Point]:
    """Return a polyline less `start` at its beginning and `end` at its end; never shorter than a third of it."""
    total = math.fsum(math.dist(p, q) for p, q in itertools.pairwise(points))
    if start + end > total * 2 / 3:
        share = total * 2 / 3 / max(start + end, 1e-9)
        start, end = start * share, end * share
    return _drop(_drop(points, start)[::-1], end)[::-1]


def heading(points: Sequence[Point], span: Pt) -> tuple[float, float]:
    """Return the unit direction in which a polyline arrives, over its last `span`."""
    tip = points[-1]
    for p in reversed(points[:-1]):
        d = math.dist(p, tip)
        if d >= span or p is points[0]:
            return ((tip.x - p.x) / d, (tip.y - p.y) / d) if d > 1e-9 else (1.0, 0.0)
    return (1.0, 0.0)


def _asked(corners: list[Point], em: Pt, form: Form) -> list[Path]:
    """Return the curve an author asks for; nothing for those that look like ours."""
    curve = form.curve
    if curve == "linear":
        return [rounded_polyline(corners, 0.0)]
    if curve == "rounded":
        return [rounded_polyline(corners, 0.6 * em)]
    if curve in STEPS:
        shares = dict.fromkeys((STEPS[curve], 0.5))
        return [rounded_polyline(_stepped(corners, share, form.down), 0.0) for share in shares]
    return []


def _stepped(corners: list[Point], share: float, down: bool) -> list[Point]:
    """Return the route with every slanted leg as a step, which stands at a share of the leg's way."""
    p, q = corners[0], corners[1]
    if len(corners) == 2 and min(abs(q.x - p.x), abs(q.y - p.y)) < 1.0:
        return corners
    out = [p]
    for a, b in itertools.pairwise(corners):
        if min(abs(b.x - a.x), abs(b.y - a.y)) > 0.01:
            if down:
                y = a.y + (b.y - a.y) * share
                out += [Point(a.x, y), Point(b.x, y)]
            else:
                x = a.x + (b.x - a.x) * share
                out += [Point(x, a.y), Point(x, b.y)]
        out.append(b)
    return _clean(out)


def _curves(corners: list[Point], em: Pt, side: int) -> list[Path]:
    """Return curves for a route, the one to be preferred first."""
    if len(corners) == 2:
        p, q = corners
        length = math.dist(p, q)
        bow = min(MOST_BOW, BOW * length, 0.2 * em) * side
        return [_bowed(p, q, bow), _bowed(p, q, -bow), _bowed(p, q, 0.0)]
    if len(corners) == 4 and (s := _s_curve(corners)) is not None:
        return [s, *(rounded_polyline(corners, r * em) for r in (ROUND, 0.8, 0.3, 0.0))]
    return [rounded_polyline(corners, r * em) for r in (ROUND, 0.8, 0.3, 0.0)]


def _s_curve(c: list[Point]) -> Path | None:
    """Return one cubic for a route with two bends that leaves and arrives in the same direction, else None."""
    ux, uy = c[1].x - c[0].x, c[1].y - c[0].y
    vx, vy = c[3].x - c[2].x, c[3].y - c[2].y
    lu, lv = math.hypot(ux, uy), math.hypot(vx, vy)
    if lu < 1e-6 or lv < 1e-6 or (ux * vx + uy * vy) / (lu * lv) < 0.9:
        return None
    ux, uy, vx, vy = ux / lu, uy / lu, vx / lv, vy / lv
    ahead = (c[3].x - c[0].x) * ux + (c[3].y - c[0].y) * uy
    if ahead <= 0:
        return None
    reach = ahead * 0.62
    return (
        PathBuilder()
        .move(*c[0])
        .cubic(c[0].x + ux * reach, c[0].y + uy * reach, c[3].x - vx * reach, c[3].y - vy * reach, c[3].x, c[3].y)
        .build()
    )


def _bowed(p: Point, q: Point, bow: Pt) -> Path:
    """Return a cubic whose middle lies `bow` beside the straight line."""
    length = math.dist(p, q) or 1.0
    nx, ny = -(q.y - p.y) / length * bow * 4 / 3, (q.x - p.x) / length * bow * 4 / 3
    a, b = p.toward(q, 1 / 3), p.toward(q, 2 / 3)
    return PathBuilder().move(*p).cubic(a.x + nx, a.y + ny, b.x + nx, b.y + ny, *q).build()


def _clean(points: Sequence[Point]) -> list[Point]:
    """Return corners without repeated ones and without those on a straight leg."""
    out: list[Point] = []
    for p in points:
        if out and math.dist(out[-1], p) < 0.05:
            continue
        if len(out) > 1:
            a, b = out[-2], out[-1]
            cross = (b.x - a.x) * (p.y - b.y) - (b.y - a.y) * (p.x - b.x)
            dot = (b.x - a.x) * (p.x - b.x) + (b.y - a.y) * (p.y - b.y)
            if dot > 0 and abs(cross) < 0.02 * math.dist(a, b) * math.dist(b, p):
                out[-1] = p
                continue
        out.append(p)
    if len(out) > 1 and math.dist(out[-1], points[-1]) > 1e-9:
        out[-1] = points[-1]
    return out or [points[0]]


def _clipped(corners: list[Point], polygon: Sequence[Point], strict: bool = False) -> list[Point]:
    """Return a route whose first corner lies on the outline: its first leg is cut there, or lengthened to reach it.

    A leg that passes the outline by is turned towards it; where `strict`, only from the route's first corner on.
    """
    while len(corners) > 2 and inside(corners[1], polygon):
        corners = corners[1:]
    start, after = corners[0], corners[1]
    length = math.dist(after, start)
    if length > 1e-9:
        box_w = max(p.x for p in polygon) - min(p.x for p in polygon)
        box_h = max(p.y for p in polygon) - min(p.y for p in polygon)
        far = after.toward(start, (length + max(box_w, box_h)) / length)
        hit = first_hit(after, far, polygon)
        if hit is not None:
            return [hit, *corners[1:]]
    cx = math.fsum(p.x for p in polygon) / len(polygon)
    cy = math.fsum(p.y for p in polygon) / len(polygon)
    if strict and (near := first_hit(start, Point(cx, cy), polygon)) is not None:
        return [near, *corners]
    hit = first_hit(after, Point(cx, cy), polygon)
    return [hit, *corners[1:]] if hit is not None else corners


def _drop(points: Sequence[Point], amount: Pt) -> list[Point]:
    """Return a polyline without its first `amount`."""
    left = amount
    for i, (p, q) in enumerate(itertools.pairwise(points)):
        d = math.dist(p, q)
        if left < d:
            return [p.toward(q, left / d), *points[i + 1 :]]
        left -= d
    return [points[-2], points[-1]] if len(points) > 1 else list(points)


def _around(corners: Sequence[Point]) -> Rect:
    """Return the box around a route and a little air."""
    xs, ys = [p.x for p in corners], [p.y for p in corners]
    return Rect.spanning(min(xs) - 8, min(ys) - 8, max(xs) + 8, max(ys) + 8)


def _stretches(points: Sequence[Point]) -> list[tuple[Rect, Sequence[Point]]]:
    """Return a sampled line in short stretches, each with the box around it."""
    found = []
    for i in range(0, max(len(points) - 1, 1), STRETCH):
        part = points[i : i + STRETCH + 1]
        xs, ys = [p.x for p in part], [p.y for p in part]
        found.append((Rect.spanning(min(xs), min(ys), max(xs), max(ys)), part))
    return found


def _enters(stretches: Sequence[tuple[Rect, Sequence[Point]]], r: Rect) -> bool:
    """Tell whether a sampled line has a point in a box, or cuts through one between two samples."""
    around = r.grown(1e-6)
    right, bottom = around.right, around.bottom
    for box, part in stretches:
        if box.x >= right or box.y >= bottom or box.right <= around.x or box.bottom <= around.y:
            continue
        if any(crosses_rect(p, q, r) for p, q in itertools.pairwise(part)):
            return True
    return False
