"""Levels placed from the inside out: strips of ranks, packed parts, all turned to the page's axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.levels import Frame, Level, Link
from banana_layout.graph.layered.order import Ordered, ordered
from banana_layout.graph.layered.pack import packed
from banana_layout.graph.layered.proper import ITEM, Part, proper
from banana_layout.graph.layered.routes import Way, item_rect
from banana_layout.graph.layered.strip import Measures, Side, strip
from banana_layout.graph.spec import Direction, Gaps, GraphSpec, Route


class Plan(NamedTuple):
    """A level with its parts' orders found; sizes do not matter yet."""

    level: Level
    """What is laid out."""
    parts: tuple[Ordered, ...]
    """Its connected parts, in the order of their first items."""
    inner: tuple[Plan, ...]
    """The plans of its inner levels."""


class Placed(NamedTuple):
    """A placed level, or a part of one: page axes, from (0, 0)."""

    size: Size
    """Its extent."""
    nodes: Mapping[int, Rect]
    """Node index to box."""
    routes: Mapping[int, Route]
    """Edge index to way."""
    clusters: Mapping[int, Rect]
    """Cluster index to frame."""

    def shifted(self, dx: Pt, dy: Pt) -> Placed:
        """Return everything moved."""
        return Placed(
            self.size,
            {k: r.shifted(dx, dy) for k, r in self.nodes.items()},
            {
                k: Route(
                    tuple(p.shifted(dx, dy) for p in r.points),
                    None if r.label is None else r.label.shifted(dx, dy),
                )
                for k, r in self.routes.items()
            },
            {k: r.shifted(dx, dy) for k, r in self.clusters.items()},
        )


def plan(level: Level) -> Plan:
    """Rank and order every part of a level and of the levels inside."""
    parts = tuple(ordered(proper(part)) for part in _parts(level))
    return Plan(level, parts, tuple(plan(inner) for inner in level.inner))


def _parts(level: Level) -> list[Part]:
    """Return the connected parts; a frame keeps what it holds together."""
    n = len(level.nodes)
    near: list[list[int]] = [[] for _ in range(n + len(level.frames))]

    def place(end: int) -> int:
        return end if end >= 0 else n + ~end

    def join(a: int, b: int) -> None:
        near[a].append(b)
        near[b].append(a)

    for link in level.links:
        join(place(link.source), place(link.target))
    for f, frame in enumerate(level.frames):
        for v in frame.items:
            join(n + f, v)
        if frame.parent >= 0:
            join(n + f, n + frame.parent)
    seen = [False] * len(near)
    parts = []
    for root in range(n):
        if seen[root]:
            continue
        seen[root] = True
        found = [root]
        for v in found:
            for w in near[v]:
                if not seen[w]:
                    seen[w] = True
                    found.append(w)
        here = set(found)
        links = tuple(k for k in level.links if place(k.source) in here and _live(k, level.frames))
        parts.append(Part(tuple(sorted(v for v in found if v < n)), links, level.frames))
    return parts


def _live(link: Link, frames: Sequence[Frame]) -> bool:
    """Tell whether a link's ends hold any item (an empty cluster is drawn, but its edges have nowhere to go)."""
    return all(end >= 0 or _filled(~end, frames) for end in (link.source, link.target))


def _filled(f: int, frames: Sequence[Frame]) -> bool:
    return bool(frames[f].items) or any(g.parent == f and _filled(i, frames) for i, g in enumerate(frames))


def place(spec: GraphSpec, plan: Plan, gaps: Gaps, aspect: float) -> Placed:
    """Place a level: inner levels first, then each part, then the parts side by side."""
    level = plan.level
    inner = [_framed(spec, p, place(spec, p, gaps, aspect), gaps) for p in plan.inner]
    boxes = [_part(spec, plan, part, inner, gaps) for part in plan.parts]
    boxes += [
        _empty(spec, frame, gaps)
        for f, frame in enumerate(level.frames)
        if not _filled(f, level.frames) and (frame.parent < 0 or _filled(frame.parent, level.frames))
    ]
    spots, size = packed([b.size for b in boxes], max(gaps.node, gaps.cluster), aspect)
    nodes: dict[int, Rect] = {}
    routes: dict[int, Route] = {}
    clusters: dict[int, Rect] = {}
    for box, (x, y) in zip(boxes, spots, strict=True):
        moved = box.shifted(x, y)
        nodes.update(moved.nodes)
        routes.update(moved.routes)
        clusters.update(moved.clusters)
    return Placed(size, nodes, routes, clusters)


def _empty(spec: GraphSpec, frame: Frame, gaps: Gaps) -> Placed:
    """Return the frame of a cluster that holds nothing."""
    title = spec.clusters[frame.cluster].title
    size = Size(title.width + 2 * gaps.cluster, title.height + 2 * gaps.cluster)
    return Placed(size, {}, {}, {frame.cluster: Rect(0.0, 0.0, *size)})


def _framed(spec: GraphSpec, plan: Plan, inside: Placed, gaps: Gaps) -> Placed:
    """Return an inner level with its cluster's frame and title around it."""
    title = spec.clusters[plan.level.cluster].title
    width = max(inside.size.width, title.width) + 2 * gaps.cluster
    size = Size(width, inside.size.height + title.height + 2 * gaps.cluster)
    moved = inside.shifted((width - inside.size.width) / 2, gaps.cluster + title.height)
    return Placed(size, moved.nodes, moved.routes, {**moved.clusters, plan.level.cluster: Rect(0.0, 0.0, *size)})


def _part(spec: GraphSpec, plan: Plan, part: Ordered, inner: Sequence[Placed], gaps: Gaps) -> Placed:
    """Place one connected part in its own axes and turn it to the page's."""
    level = plan.level
    turn = Turn(level.direction)
    sizes = [turn.size(Size(spec.nodes[v].width, spec.nodes[v].height) if v >= 0 else inner[~v].size) for v in level.nodes]
    tips = [v >= 0 and spec.nodes[v].port == "tip" for v in level.nodes]
    measures = Measures(
        sizes,
        {k.edge: turn.size(label) for k in level.links if (label := spec.edges[k.edge].label) is not None},
        [turn.size(spec.clusters[b.cluster].title) for b in part.proper.bounds],
        turn.title_side,
        turn.label_side,
    )
    placed = strip(part, (0, part.proper.height), frozenset(), measures, gaps, [0] * (part.proper.height + 1))
    way = Way(part, placed, measures, gaps, tips)
    way.spread_ports(part.proper.chains, {}, {})
    size = Size(placed.width, placed.height)
    nodes: dict[int, Rect] = {}
    routes: dict[int, Route] = {}
    clusters: dict[int, Rect] = {}
    for v, kind in enumerate(part.proper.kind):
        if kind != ITEM:
            continue
        box = turn.rect(item_rect(part, placed, v, measures), size)
        node = level.nodes[part.proper.ref[v]]
        if node >= 0:
            nodes[node] = box
        else:
            held = inner[~node].shifted(box.x, box.y)
            nodes.update(held.nodes)
            routes.update(held.routes)
            clusters.update(held.clusters)
    for c in part.proper.chains:
        route = way.chain(c)
        points = route.points[::-1] if c.flipped else route.points
        routes[c.edge] = turn.route(Route(points, route.label), size)
    for v in sorted({v for _, v in part.proper.loops}):
        for edge, route in way.loop(v):
            routes[edge] = turn.route(route, size)
    for f, (x0, y0, x1, y1) in placed.frames.items():
        clusters[part.proper.bounds[f].cluster] = turn.rect(Rect.spanning(x0, y0, x1, y1), size)
    return Placed(turn.size(size), nodes, routes, clusters)


class Turn:
    """The way between the ranks' axes (x across, y along) and the page's."""

    def __init__(self, direction: Direction) -> None:
        self.across = direction in ("LR", "RL")
        """Whether ranks advance along the page's x."""
        self.back = direction in ("BT", "RL")
        """Whether they advance against it."""

    @property
    def title_side(self) -> Side:
        """Where the page's upper side lies."""
        return "low" if self.across else "last" if self.back else "first"

    @property
    def label_side(self) -> Literal["low", "high"]:
        """Above the line where lines run across the page, at its right where they run down or up."""
        return "low" if self.across else "high"

    def size(self, size: Size) -> Size:
        """Turn a size; the way there and back are the same."""
        return Size(size.height, size.width) if self.across else size

    def point(self, p: Point, size: Size) -> Point:
        """Turn a place within an extent given in the ranks' axes."""
        y = size.height - p.y if self.back else p.y
        return Point(y, p.x) if self.across else Point(p.x, y)

    def rect(self, r: Rect, size: Size) -> Rect:
        """Turn a rectangle."""
        y = size.height - r.y - r.h if self.back else r.y
        return Rect(y, r.x, r.h, r.w) if self.across else Rect(r.x, y, r.w, r.h)

    def route(self, route: Route, size: Size) -> Route:
        """Turn a way and its label."""
        label = None if route.label is None else self.rect(route.label, size)
        return Route(tuple(self.point(p, size) for p in route.points), label)
