"""The way along the gutters between two panels that are no neighbours."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Sequence

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import PanelBox


def along(source: PanelBox, target: PanelBox, panels: Sequence[PanelBox], unit: Pt) -> tuple[Point, ...]:
    """Return the shortest way along the gutters (Dijkstra over their crossings, turns cost extra); `unit` is a millimetre."""
    xs, ys = _channels(panels, unit)
    walls = [p.rect.inset(0.2 * unit) for p in panels]
    starts, goals = _ports(source.rect, xs, ys), _ports(target.rect, xs, ys)
    points = _shortest(starts, goals, (xs, ys), walls, 8 * unit)
    return (source.rect.center, target.rect.center) if points is None else points


def _channels(panels: Sequence[PanelBox], unit: Pt) -> tuple[list[Pt], list[Pt]]:
    """Return the middle lines of the gutters: just outside every panel's sides."""
    xs = sorted({round(v, 3) for p in panels for v in (p.rect.x - 2 * unit, p.rect.right + 2.4 * unit)})
    ys = sorted({round(v, 3) for p in panels for v in (p.rect.y - 0.9 * unit, p.rect.bottom + 1.6 * unit)})
    return xs, ys


def _ports(r: Rect, xs: Sequence[Pt], ys: Sequence[Pt]) -> list[tuple[Point, Point]]:
    """Return pairs of a place on a panel's side and the nearest place in the gutter outside it."""
    below = min((y for y in ys if y > r.bottom), default=r.bottom + 4)
    above = max((y for y in ys if y < r.y), default=r.y - 4)
    right = min((x for x in xs if x > r.right), default=r.right + 4)
    left = max((x for x in xs if x < r.x), default=r.x - 4)
    c = r.center
    return [
        (Point(c.x, r.bottom), Point(c.x, below)),
        (Point(c.x, r.y), Point(c.x, above)),
        (Point(r.right, c.y), Point(right, c.y)),
        (Point(r.x, c.y), Point(left, c.y)),
    ]


def _shortest(
    starts: Sequence[tuple[Point, Point]],
    goals: Sequence[tuple[Point, Point]],
    channels: tuple[Sequence[Pt], Sequence[Pt]],
    walls: Sequence[Rect],
    turn_cost: Pt,
) -> tuple[Point, ...] | None:
    """Return the cheapest way from any start to any goal along the channels, or None."""
    xs = sorted({*channels[0], *(p[1].x for p in (*starts, *goals))})
    ys = sorted({*channels[1], *(p[1].y for p in (*starts, *goals))})
    ends = {g[1]: g[0] for g in goals}
    heap: list[tuple[float, int, Point, int, tuple[Point, ...]]] = []
    count = 0
    for port, outside in starts:
        heapq.heappush(heap, (port.distance(outside), count, outside, int(port.x == outside.x), (port,)))
        count += 1
    seen: set[tuple[Point, int]] = set()
    while heap:
        cost, _, at, axis, way = heapq.heappop(heap)
        if (at, axis) in seen:
            continue
        seen.add((at, axis))
        way = (*way, at)
        if at in ends:
            return _straightened((*way, ends[at]))
        i, j = xs.index(at.x), ys.index(at.y)
        for x, y in ((i - 1, j), (i + 1, j), (i, j - 1), (i, j + 1)):
            if not (0 <= x < len(xs) and 0 <= y < len(ys)):
                continue
            then = Point(xs[x], ys[y])
            step = Rect.spanning(*at, *then)
            if any(w.meets(Rect(step.x - 0.1, step.y - 0.1, step.w + 0.2, step.h + 0.2)) for w in walls):
                continue
            new_axis = int(then.x == at.x)
            price = at.distance(then) + (turn_cost if new_axis != axis else 0.0)
            heapq.heappush(heap, (cost + price, count, then, new_axis, way))
            count += 1
    return None


def _straightened(points: Sequence[Point]) -> tuple[Point, ...]:
    """Drop points in the middle of straight stretches."""
    out = [points[0]]
    for p, q in itertools.pairwise(points):
        a = out[-1]
        if abs((p.x - a.x) * (q.y - p.y) - (p.y - a.y) * (q.x - p.x)) > 1e-6:
            out.append(p)
    return (*out, points[-1])
