"""Rows of a folded chart set in columns where they hold as many nodes each, or drawn out to one length as lines of text are."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.spec import Drawing, Route

MOST = 1.45
"""A row is drawn out at most by this factor."""

MOST_PASSES = 2
"""More edges than this between two rows may get into each other's way when the rows move against each other."""


LEAST_GAP = 0.9
"""Columns stand at least so far apart, in em, where no label asks for more."""

REACH = 0.36
"""How far from its middle an upright way between two rows may meet a side, as a share of the side."""


class _Row(NamedTuple):
    """One row's nodes, and where a place along it goes: straight between knots, shifted beyond them."""

    nodes: tuple[int, ...]
    knots: tuple[tuple[Pt, Pt], ...]

    def moved(self, at: Pt) -> Pt:
        first, last = self.knots[0], self.knots[-1]
        if at <= first[0]:
            return first[1] + at - first[0]
        for (a, to_a), (b, to_b) in itertools.pairwise(self.knots):
            if at <= b:
                return to_a + (to_b - to_a) * (at - a) / max(b - a, 1e-9)
        return last[1] + at - last[0]


def justified(drawing: Drawing, ends: Sequence[tuple[int, int]], across: bool, length: float = 0.0) -> Drawing:
    """Return a folded drawing whose rows stand in columns, or are drawn out towards the longest one's ends.

    `ends` names each edge's nodes by index, -1 for a cluster; `across` says whether rows run across the page; `length` is
    the room along them. Charts with frames, with edges over several rows or with many edges between two stay as they are.
    """
    if drawing.rows < 2 or drawing.clusters:
        return drawing
    turned = drawing if across else _turned(drawing)
    groups = _bands(turned.nodes)
    if len(groups) != drawing.rows:
        return drawing
    row_of = {i: k for k, group in enumerate(groups) for i in group}
    hops = [0] * len(groups)
    for (s, t), route in zip(ends, turned.routes, strict=True):
        if s < 0 or t < 0:
            return drawing
        a, b = sorted((row_of[s], row_of[t]))
        if b - a > 1 or (b > a and len(route.points) not in (2, 4)):
            return drawing
        if b > a:
            hops[a] += 1
    if max(hops) > MOST_PASSES:
        return drawing
    for rows in (_columns(turned, groups, ends, length), _rows(turned, groups, ends, row_of)):
        if rows is None:
            continue
        nodes = tuple(_stretched(r, rows[row_of[i]]) for i, r in enumerate(turned.nodes))
        routes = tuple(
            _carried(route, rows[row_of[s]], rows[row_of[t]]) for (s, t), route in zip(ends, turned.routes, strict=True)
        )
        made = _moved_home(msgspec.structs.replace(turned, nodes=nodes, routes=routes))
        if _labels_clear(made):
            return made if across else _turned(made)
    return drawing


def upright(
    routes: Sequence[tuple[Point, ...]], boxes: Sequence[Rect], tips: Sequence[bool], ends: Sequence[tuple[int, int]]
) -> list[tuple[Point, ...]]:
    """Return the ways with those between two rows set upright where both nodes' sides allow it.

    A way of one leg that leaves one box's lower or upper side alone and meets another's alone stands at the middle of the
    narrower one if it can, else as near to it as both allow; where rows are columns, the same along the page.
    """
    out = list(routes)
    met: dict[tuple[int, str], int] = {}
    for (s, t), route in zip(ends, routes, strict=True):
        for i, p in ((s, route[0]), (t, route[-1])) if s >= 0 and t >= 0 and len(route) > 1 else ():
            met[(i, _side(boxes[i], p))] = met.get((i, _side(boxes[i], p)), 0) + 1
    for k, ((s, t), route) in enumerate(zip(ends, routes, strict=True)):
        if s < 0 or t < 0 or s == t or len(route) != 2:
            continue
        a, b = _side(boxes[s], route[0]), _side(boxes[t], route[1])
        if {a, b} not in ({"N", "S"}, {"W", "E"}) or met[(s, a)] > 1 or met[(t, b)] > 1:
            continue
        down = a in "NS"
        spans = []
        for i in (s, t):
            c, w = (boxes[i].center.x, boxes[i].w) if down else (boxes[i].center.y, boxes[i].h)
            reach = 0.0 if tips[i] else REACH * w
            spans.append((c - reach, c + reach, w, c))
        low, high = max(spans[0][0], spans[1][0]), min(spans[0][1], spans[1][1])
        if low <= high:
            at = min(max(min(spans, key=lambda span: span[2])[3], low), high)
            out[k] = tuple(Point(at, p.y) if down else Point(p.x, at) for p in route)
    return out


def _side(box: Rect, p: Point) -> str:
    """Return the side of a box a point lies nearest to."""
    away = {"N": abs(p.y - box.y), "S": abs(p.y - box.bottom), "W": abs(p.x - box.x), "E": abs(p.x - box.right)}
    return min(away, key=lambda name: away[name])


def _moved_home(d: Drawing) -> Drawing:
    """Return a drawing whose rows have grown, from the origin on and as wide as what it holds."""
    xs = [x for n in d.nodes for x in (n.x, n.right)] + [p.x for r in d.routes for p in r.points]
    xs += [x for r in d.routes if r.label is not None for x in (r.label.x, r.label.right)]
    low, high = min(0.0, *xs), max(xs)
    if low == 0.0 and high <= d.size.width:
        return d
    routes = tuple(
        Route(tuple(Point(p.x - low, p.y) for p in r.points), None if r.label is None else r.label.shifted(-low, 0.0))
        for r in d.routes
    )
    size = Size(max(d.size.width, high) - low, d.size.height)
    return msgspec.structs.replace(d, size=size, nodes=tuple(n.shifted(-low, 0.0) for n in d.nodes), routes=routes)


def _columns(
    drawing: Drawing, groups: Sequence[tuple[int, ...]], ends: Sequence[tuple[int, int]], length: float
) -> list[_Row] | None:
    """Return rows in common columns, all nodes of one as wide as its widest; None where they do not fit a length.

    Every row must be a plain sequence of as many nodes.
    """
    orders = [sorted(group, key=lambda i: drawing.nodes[i].x) for group in groups]
    count = len(orders[0])
    if count < 2 or any(len(order) != count for order in orders):
        return None
    for order in orders:
        if any(drawing.nodes[a].right > drawing.nodes[b].x for a, b in itertools.pairwise(order)):
            return None
    columns = {i: j for order in orders for j, i in enumerate(order)}
    widths, gaps = [0.0] * count, [LEAST_GAP] * (count - 1)
    for i, j in columns.items():
        widths[j] = max(widths[j], drawing.nodes[i].w)
    told = {
        columns[a]
        for (s, t), route in zip(ends, drawing.routes, strict=True)
        if route.label is not None and abs(columns[s] - columns[t]) == 1
        for a in (min(s, t, key=lambda i: columns[i]),)
    }
    for order in orders:
        for a, b in itertools.pairwise(order):
            gap = drawing.nodes[b].x - drawing.nodes[a].right
            gaps[columns[a]] = max(gaps[columns[a]], gap if columns[a] in told else LEAST_GAP)
    total = math.fsum(widths) + math.fsum(gaps)
    have = max(drawing.nodes[o[-1]].right for o in orders) - min(drawing.nodes[o[0]].x for o in orders)
    if total > max(length, have):
        return None
    spare = max(0.0, have - total) / (count - 1)
    lefts = [min(drawing.nodes[o[0]].x for o in orders)]
    for w, gap in zip(widths, gaps, strict=False):
        lefts.append(lefts[-1] + w + gap + spare)
    return [
        _Row(
            tuple(order),
            tuple(
                knot
                for i in order
                for knot in (
                    (drawing.nodes[i].x, lefts[columns[i]]),
                    (drawing.nodes[i].right, lefts[columns[i]] + widths[columns[i]]),
                )
            ),
        )
        for order in orders
    ]


def _bands(nodes: Sequence[Rect]) -> list[tuple[int, ...]]:
    """Return the nodes of each row from the top, rows being what no level line parts."""
    order = sorted(range(len(nodes)), key=lambda i: (nodes[i].y, i))
    out: list[list[int]] = []
    low = -1e18
    for i in order:
        if nodes[i].y >= low - 1e-6:
            out.append([])
        out[-1].append(i)
        low = max(low, nodes[i].bottom)
    return [tuple(sorted(group)) for group in out]


def _rows(
    drawing: Drawing, groups: Sequence[tuple[int, ...]], ends: Sequence[tuple[int, int]], row_of: dict[int, int]
) -> list[_Row]:
    """Return how each row is drawn out: to both ends of the longest, or from the end it shares with that."""
    spans = []
    for k, group in enumerate(groups):
        boxes = [drawing.nodes[i] for i in group]
        xs = [x for b in boxes for x in (b.x, b.right)]
        for (s, t), route in zip(ends, drawing.routes, strict=True):
            if row_of[s] == row_of[t] == k:
                xs += [p.x for p in route.points]
                xs += [] if route.label is None else [route.label.x, route.label.right]
        spans.append((min(xs), max(xs)))
    left, right = min(low for low, _ in spans), max(high for _, high in spans)
    out = []
    for group, (low, high) in zip(groups, spans, strict=True):
        length = (high - low) * min(MOST, (right - left) / max(high - low, 1e-6))
        to = left if low - left <= right - high else right - length
        out.append(_Row(group, ((low, to), (high, to + length))))
    return out


def _stretched(r: Rect, row: _Row) -> Rect:
    """Return a box in its drawn-out row."""
    left = row.moved(r.x)
    return Rect(left, r.y, row.moved(r.right) - left, r.h)


def _labels_clear(d: Drawing) -> bool:
    """Tell whether every label's place lies between the rows' ends and touches no node, no other place and no line."""
    left, right = min(n.x for n in d.nodes) - 1e-6, max(n.right for n in d.nodes) + 1e-6
    labels = [(i, r.label) for i, r in enumerate(d.routes) if r.label is not None]
    for i, box in labels:
        if box.x < left or box.right > right:
            return False
        if any(box.meets(n) for n in d.nodes) or any(j != i and box.meets(other) for j, other in labels):
            return False
        for route in d.routes:
            if any(crosses_rect(p, q, box) for p, q in itertools.pairwise(route.points)):
                return False
    return True


def _carried(route: Route, source: _Row, target: _Row) -> Route:
    """Return a way whose first half goes with its source's row, the other with its target's."""
    half = len(route.points) / 2
    points = tuple(Point((source if i < half else target).moved(p.x), p.y) for i, p in enumerate(route.points))
    label = route.label
    if label is not None:
        x = (source.moved(label.center.x) + target.moved(label.center.x)) / 2
        label = Rect(x - label.w / 2, label.y, label.w, label.h)
    return Route(points, label)


def _turned(d: Drawing) -> Drawing:
    """Return the drawing with x and y changed about."""

    def rect(r: Rect) -> Rect:
        return Rect(r.y, r.x, r.h, r.w)

    routes = tuple(
        Route(tuple(Point(p.y, p.x) for p in r.points), None if r.label is None else rect(r.label)) for r in d.routes
    )
    size = Size(d.size.height, d.size.width)
    return msgspec.structs.replace(d, size=size, nodes=tuple(rect(n) for n in d.nodes), routes=routes)
