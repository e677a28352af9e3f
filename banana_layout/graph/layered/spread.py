"""Drawings stretched to fill a panel: gaps grow, nodes keep their sizes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.routes import straightened
from banana_layout.graph.spec import Drawing, Gaps, Route

MOST = 4.0
"""Gaps grow at most to this many times what they were, so that what belongs together stays together."""

ROUNDS = 3
"""Placements tried after the first."""


def filled(place: Callable[[Gaps], Drawing], gaps: Gaps, room: Size, across: bool) -> Drawing:
    """Return the drawing with its gaps grown evenly until it fills `room` (never beyond, if the first drawing fits).

    `place` places the chart for given gaps; `across` tells whether ranks advance along x. Rank gaps stretch the flow's
    axis, node, cluster and row gaps the other; as extents grow linearly but for labels and lanes, secant steps do.
    """
    row = gaps.rank if gaps.row is None else gaps.row
    start = msgspec.structs.replace(gaps, row=row)
    best = place(start)
    along = beside = 1.0
    step_along = step_beside = 1.5

    def grown(a: float, b: float) -> Gaps:
        return Gaps(gaps.node * b, gaps.rank * a, gaps.edge, gaps.cluster, row * b)

    for _ in range(ROUNDS):
        goal = (room.width, room.height) if across else (room.height, room.width)
        have = (best.size.width, best.size.height) if across else (best.size.height, best.size.width)
        if have[0] > goal[0] - 0.5 and have[1] > goal[1] - 0.5:
            break
        trial = place(grown(step_along, step_beside))
        got = (trial.size.width, trial.size.height) if across else (trial.size.height, trial.size.width)
        if got[0] <= goal[0] + 1e-6 and got[1] <= goal[1] + 1e-6 and trial.rows == best.rows:
            best, have, before = trial, got, have
            slope = [
                (got[i] - before[i]) / (new - old) if new > old else 0.0
                for i, (new, old) in enumerate(((step_along, along), (step_beside, beside)))
            ]
            along, beside = step_along, step_beside
        else:
            slope = [
                (got[i] - have[i]) / (new - old) if new > old else 0.0
                for i, (new, old) in enumerate(((step_along, along), (step_beside, beside)))
            ]
        step_along = _next(along, goal[0] - have[0], slope[0])
        step_beside = _next(beside, goal[1] - have[1], slope[1])
        if step_along <= along + 1e-3 and step_beside <= beside + 1e-3:
            break
    return best


def _next(now: float, missing: Pt, slope: float) -> float:
    """Return the factor that closes the missing length, a hair short of it."""
    if missing <= 0.0 or slope <= 1e-9:
        return now
    return min(MOST, now + 0.995 * missing / slope)


def spread(drawing: Drawing, width: Pt, height: Pt) -> Drawing:
    """Return the drawing moved apart to fill a panel at least as large; nodes, labels and their order stay.

    All places are stretched evenly, then nodes and labels take their old sizes again inside their stretched boxes. So
    nothing comes closer than it was: stretched boxes are disjoint, and lines that passed none still pass none.
    An axis that is already full, or too small, is left alone.
    """
    boxes = [*drawing.clusters, *(r.label for r in drawing.routes if r.label is not None)]
    points = [p for r in drawing.routes for p in r.points]
    points += [q for b in boxes for q in (b.origin, Point(b.right, b.bottom))]
    fx, dx = _stretch(
        [(r.x + r.w / 2, r.w / 2) for r in drawing.nodes], [p.x for p in points], drawing.size.width, width
    )
    fy, dy = _stretch(
        [(r.y + r.h / 2, r.h / 2) for r in drawing.nodes], [p.y for p in points], drawing.size.height, height
    )
    if fx == 1.0 and fy == 1.0:
        return drawing

    def move(p: Point) -> Point:
        return Point(p.x * fx + dx, p.y * fy + dy)

    def large(r: Rect) -> Rect:
        return Rect(r.x * fx + dx, r.y * fy + dy, r.w * fx, r.h * fy)

    nodes = []
    for r in drawing.nodes:
        box = large(r)
        nodes.append(Rect(box.x + (box.w - r.w) / 2, box.y + (box.h - r.h) / 2, r.w, r.h))
    old = [(large(r), fresh) for r, fresh in zip(drawing.nodes, nodes, strict=True)]
    routes = []
    for route in drawing.routes:
        points = [move(p) for p in route.points]
        label = None
        if points:
            label = _label(route, large) if route.label is not None else None
            points = straightened([*_tail(points[0], old), *points, *_tail(points[-1], old)])
        routes.append(Route(tuple(points), label))
    clusters = tuple(large(r) for r in drawing.clusters)
    size = Size(max(width, drawing.size.width), max(height, drawing.size.height))
    return Drawing(size, tuple(nodes), tuple(routes), clusters, drawing.rows, drawing.passes)


def _stretch(middles: Sequence[tuple[Pt, Pt]], places: Sequence[Pt], extent: Pt, goal: Pt) -> tuple[float, Pt]:
    """Return factor and shift along one axis, so that what lies outermost afterwards reaches both edges.

    `middles` are nodes (middle, half extent), which keep their size; `places` are all other things' coordinates.
    """
    if goal <= extent or extent <= 0 or not middles:
        return 1.0, 0.0
    low, high = min(places, default=None), max(places, default=None)

    def ends(factor: float) -> tuple[Pt, Pt]:
        first = min(factor * c - h for c, h in middles)
        last = max(factor * c + h for c, h in middles)
        if low is None or high is None:
            return first, last
        return min(first, factor * low), max(last, factor * high)

    floor, ceiling = 1.0, goal / extent * 2
    while ends(ceiling)[1] - ends(ceiling)[0] < goal and ceiling < MOST * goal / extent:
        ceiling *= 1.5
    for _ in range(40):
        factor = (floor + ceiling) / 2
        first, last = ends(factor)
        floor, ceiling = (factor, ceiling) if last - first <= goal else (floor, factor)
    first, last = ends(floor)
    return floor, (goal - last - first) / 2


def _tail(end: Point, boxes: Sequence[tuple[Rect, Rect]]) -> list[Point]:
    """Return the point of its node's border that a line's stretched end must be led on to, if it ends at a node."""
    best: tuple[Pt, Point] | None = None
    for large, box in boxes:
        if large.contains(end, 1e-6):
            p = Point(min(max(end.x, box.x), box.right), min(max(end.y, box.y), box.bottom))
            gap = end.distance(p)
            if best is None or gap < best[0]:
                best = (gap, p)
    return [] if best is None else [best[1]]


def _label(route: Route, large: Callable[[Rect], Rect]) -> Rect:
    """Return the label at its old size in its stretched box, at the side that faces its line."""
    label = route.label
    if label is None:
        raise ValueError("no label")
    box = large(label)
    middle = label.center
    near = min(
        (_foot(p, q, middle) for p, q in zip(route.points, route.points[1:], strict=False)),
        key=middle.distance,
    )
    x = _hug(box.x, box.w, label.w, near.x - label.x, label.w)
    y = _hug(box.y, box.h, label.h, near.y - label.y, label.h)
    return Rect(x, y, label.w, label.h)


def _hug(start: Pt, room: Pt, size: Pt, at: Pt, extent: Pt) -> Pt:
    """Return where a label starts along one axis: against the side its line is on, else in the middle."""
    if at <= 0:
        return start
    if at >= extent:
        return start + room - size
    return start + (room - size) / 2


def _foot(p: Point, q: Point, at: Point) -> Point:
    """Return the point of a segment nearest to a place."""
    dx, dy = q.x - p.x, q.y - p.y
    length = dx * dx + dy * dy
    if not length:
        return p
    share = ((at.x - p.x) * dx + (at.y - p.y) * dy) / length
    return p.toward(q, min(1.0, max(0.0, share)))
