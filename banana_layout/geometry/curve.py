"""Measuring and sampling curves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from banana_layout.geometry.bezier import at
from banana_layout.geometry.path import Path, PathBuilder
from banana_layout.geometry.point import Point, Pt


def flatten(path: Path, tolerance: Pt = 0.1) -> list[list[Point]]:
    """Return each subpath as points no farther than `tolerance` from the curve; closed ones end where they start.

    Cubics are cut evenly into as many pieces as their second differences ask for (Wang's bound, as in
    T. Sederberg, "Computer Aided Geometric Design", section 10.6).
    """
    out: list[list[Point]] = []
    line: list[Point] = []
    for verb, c in path.segments():
        if verb == "M":
            line = [Point(*c)]
            out.append(line)
        elif verb == "L":
            line.append(Point(*c))
        elif verb == "Z":
            if line[-1] != line[0]:
                line.append(line[0])
        else:
            line += _flatten_bezier(line[-1], c, tolerance)
    return out


def length(points: Sequence[Point]) -> Pt:
    """Return the length of a polyline."""
    return math.fsum(math.dist(p, q) for p, q in pairwise(points))


def resample(points: Sequence[Point], step: Pt) -> list[Point]:
    """Return points along a polyline at equal distances near `step`, both ends kept; at least two points in and out."""
    total = length(points)
    n = max(1, round(total / step)) if step > 0 else 1
    return [at_distance(points, total * i / n) for i in range(n + 1)] if n < 3 else _walk(points, total, n)


def at_distance(points: Sequence[Point], distance: Pt) -> Point:
    """Return the place at `distance` along a polyline, held to its ends."""
    if distance <= 0:
        return points[0]
    for p, q in pairwise(points):
        d = math.dist(p, q)
        if distance <= d and d > 0:
            return p.toward(q, distance / d)
        distance -= d
    return points[-1]


def smooth(points: Sequence[Point], closed: bool = False) -> Path:
    """Return cubics through `points` with Catmull-Rom tangents (Catmull & Rom 1974, as Béziers: a sixth of the chord)."""
    n = len(points)
    if n < 3:
        return Path.polyline(points, closed)
    b = PathBuilder().move(*points[0])
    for i in range(n if closed else n - 1):
        if closed:
            p0, p1, p2, p3 = points[i - 1], points[i], points[(i + 1) % n], points[(i + 2) % n]
        else:
            p0, p1, p2, p3 = points[max(0, i - 1)], points[i], points[i + 1], points[min(n - 1, i + 2)]
        b.cubic(
            p1.x + (p2.x - p0.x) / 6,
            p1.y + (p2.y - p0.y) / 6,
            p2.x - (p3.x - p1.x) / 6,
            p2.y - (p3.y - p1.y) / 6,
            p2.x,
            p2.y,
        )
    return (b.close() if closed else b).build()


def _walk(points: Sequence[Point], total: Pt, n: int) -> list[Point]:
    """Return n + 1 evenly spaced places in one pass."""
    out = [points[0]]
    step = total / n
    want = step
    gone = 0.0
    for p, q in pairwise(points):
        d = math.dist(p, q)
        while want <= gone + d and d > 0 and len(out) < n:
            out.append(p.toward(q, (want - gone) / d))
            want += step
        gone += d
    out.append(points[-1])
    return out


def _flatten_bezier(p: Point, c: tuple[float, ...], tolerance: Pt) -> list[Point]:
    """Return a curve's points after its start `p`."""
    xs, ys = (p.x, *c[0::2]), (p.y, *c[1::2])
    order = len(xs) - 1
    bend = max(
        math.hypot(xs[i] - 2 * xs[i + 1] + xs[i + 2], ys[i] - 2 * ys[i + 1] + ys[i + 2]) for i in range(order - 1)
    )
    n = max(1, math.ceil(math.sqrt(order * (order - 1) / 8 * bend / tolerance)))
    inner = [Point(at(xs, i / n), at(ys, i / n)) for i in range(1, n)]
    return [*inner, Point(xs[-1], ys[-1])]
