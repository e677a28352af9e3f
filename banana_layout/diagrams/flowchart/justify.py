"""Rows of a folded chart drawn out to one length, as lines of text are."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.graph.spec import Drawing, Route

MOST = 1.45
"""A row is drawn out at most by this factor."""

MOST_PASSES = 2
"""More edges than this between two rows may get into each other's way when the rows move against each other."""


class _Row(NamedTuple):
    """One row's nodes, and where a place along it goes."""

    nodes: tuple[int, ...]
    start: Pt
    scale: float
    to: Pt

    def moved(self, at: Pt) -> Pt:
        return self.to + (at - self.start) * self.scale


def justified(drawing: Drawing, ends: Sequence[tuple[int, int]], across: bool) -> Drawing:
    """Return a folded drawing with every row drawn out towards the longest one's ends.

    `ends` names each edge's nodes by index, -1 for a cluster; `across` says whether rows run across the page. Charts with
    frames, with edges over several rows or with many edges between two stay as they are.
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
    rows = _rows(turned, groups, ends, row_of)
    nodes = tuple(_stretched(r, rows[row_of[i]]) for i, r in enumerate(turned.nodes))
    routes = tuple(
        _carried(route, rows[row_of[s]], rows[row_of[t]]) for (s, t), route in zip(ends, turned.routes, strict=True)
    )
    made = msgspec.structs.replace(turned, nodes=nodes, routes=routes)
    if not _labels_clear(made):
        return drawing
    return made if across else _turned(made)


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
        scale = min(MOST, (right - left) / max(high - low, 1e-6))
        length = (high - low) * scale
        to = left if low - left <= right - high else right - length
        out.append(_Row(group, low, scale, to))
    return out


def _stretched(r: Rect, row: _Row) -> Rect:
    """Return a box in its drawn-out row."""
    return Rect(row.moved(r.x), r.y, r.w * row.scale, r.h)


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
    return msgspec.structs.replace(d, nodes=tuple(rect(n) for n in d.nodes), routes=routes)
