"""Levels placed from the inside out: parts in rows, packed side by side, all turned to the page's axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.assembly import Task, shifted
from banana_layout.graph.layered.measures import Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.pack import packed
from banana_layout.graph.layered.plans import Plan
from banana_layout.graph.layered.proper import ITEM
from banana_layout.graph.layered.rows import assembled
from banana_layout.graph.layered.turn import Turn
from banana_layout.graph.spec import Gaps, GraphSpec, Route


class Choice(NamedTuple):
    """What a candidate varies."""

    gaps: Gaps
    """Least distances."""
    rows: int
    """Most rows for the longest part."""
    aspect: float
    """Shape of the panel, width over height."""
    serpentine: bool
    """Whether every other row runs back."""
    most: Size | None = None
    """A part larger than this is only measured; None: every part is placed."""


class Placed(NamedTuple):
    """A placed level, or a part of one: page axes, from (0, 0)."""

    size: Size
    """Its extent."""
    nodes: dict[int, Rect]
    """Node index to box."""
    routes: dict[int, Route]
    """Edge index to way."""
    clusters: dict[int, Rect]
    """Cluster index to frame."""
    stubs: dict[int, tuple[Point, ...]]
    """Edge index to its way from the border to the inner end, for edges that cross the border."""
    rows: int = 1
    """Rows made."""
    passes: int = 0
    """Edges from row to row."""
    abreast: int = 0
    """Most forward edges between two rows."""

    def shifted(self, dx: Pt, dy: Pt) -> Placed:
        """Return everything moved."""
        return Placed(
            self.size,
            {k: r.shifted(dx, dy) for k, r in self.nodes.items()},
            {k: shifted(r, dx, dy) for k, r in self.routes.items()},
            {k: r.shifted(dx, dy) for k, r in self.clusters.items()},
            {k: tuple(p.shifted(dx, dy) for p in s) for k, s in self.stubs.items()},
            self.rows,
            self.passes,
            self.abreast,
        )


def place(spec: GraphSpec, plan: Plan, choice: Choice) -> Placed:
    """Place a level: inner levels first, then each part, then the parts side by side."""
    inside = choice._replace(rows=1, most=None)
    inner = [_framed(spec, p, place(spec, p, inside), choice.gaps) for p in plan.inner]
    wanted = _rows_each(plan, choice.rows)
    boxes = [
        _part(spec, plan, (part, inner), choice._replace(rows=rows))
        for part, rows in zip(plan.parts, wanted, strict=True)
    ]
    if len(boxes) == 1:
        return boxes[0]
    gap = max(choice.gaps.node, choice.gaps.cluster)
    spots, size = packed([b.size for b in boxes], gap, choice.aspect)
    rows = max([b.rows for b in boxes], default=1)
    done = Placed(size, {}, {}, {}, {}, rows, sum(b.passes for b in boxes), max([b.abreast for b in boxes], default=0))
    for box, (x, y) in zip(boxes, spots, strict=True):
        moved = box.shifted(x, y)
        done.nodes.update(moved.nodes)
        done.routes.update(moved.routes)
        done.clusters.update(moved.clusters)
        done.stubs.update(moved.stubs)
    return done


def _rows_each(plan: Plan, rows: int) -> list[int]:
    """Return the rows for each part: shorter parts take fewer."""
    if rows <= 1:
        return [1] * len(plan.parts)
    lengths = [part.proper.height for part in plan.parts]
    longest = max(lengths, default=1)
    return [max(1, round(rows * n / longest)) for n in lengths]


def _framed(spec: GraphSpec, plan: Plan, inside: Placed, gaps: Gaps) -> Placed:
    """Return an inner level with its cluster's frame and title around it; edges reach on to the frame."""
    title = spec.clusters[plan.level.cluster].title
    width = max(inside.size.width, title.width) + 2 * gaps.cluster
    left = (width - inside.size.width) / 2
    entering = [points[0].x for edge, points in inside.stubs.items() if plan.sides[edge] == "N"]
    if entering and title.width:
        # Lines from above pass the title by: what is inside gives way to the side that takes less.
        beside = title.width - left - min(entering), title.width - (width - left - max(entering))
        short = max(0.0, min(beside))
        width += short
        left += short if beside[0] <= beside[1] else 0.0
    size = Size(width, inside.size.height + title.height + 2 * gaps.cluster)
    moved = inside.shifted(left, gaps.cluster + title.height)
    for edge, points in moved.stubs.items():
        p = points[0]
        side = plan.sides[edge]
        border = {
            "N": Point(p.x, 0.0),
            "S": Point(p.x, size.height),
            "W": Point(0.0, p.y),
            "E": Point(size.width, p.y),
        }[side]
        moved.stubs[edge] = (border, *points)
    moved.clusters[plan.level.cluster] = Rect(0.0, 0.0, *size)
    return moved._replace(size=size)


def _part(spec: GraphSpec, plan: Plan, found: tuple[Ordered, Sequence[Placed]], choice: Choice) -> Placed:
    """Place one connected part in its own axes and turn it to the page's."""
    part, inner = found
    level = plan.level
    p = part.proper
    turn = Turn(level.direction)
    sizes = [
        turn.size(Size(spec.nodes[v].width, spec.nodes[v].height) if v >= 0 else inner[~v].size) for v in level.nodes
    ]
    labels = {k.edge: turn.size(s) for k in level.links if (s := spec.edges[k.edge].label) is not None}
    titles = [turn.size(spec.clusters[b.cluster].title) for b in p.bounds]
    vertex = {p.ref[v]: v for v, kind in enumerate(p.kind) if kind == ITEM}
    pins = _pinned(plan, inner)
    task = Task(
        part,
        Measures(sizes, labels, titles, turn.title_side, turn.label_side, pins),
        [v >= 0 and spec.nodes[v].port == "tip" for v in level.nodes],
        choice.gaps,
        pins,
        [(edge, vertex[item], high, lower) for edge, item, high, lower in plan.laterals],
        choice.serpentine and not pins,  # an inner level's edges meet the sides its plan chose: no turning it round
        plan.clips,
    )
    most = None if choice.most is None else turn.size(choice.most)
    made = assembled(task, choice.rows, most)
    size = made.size
    if not made.items:
        return Placed(turn.size(size), {}, {}, {}, {}, made.rows, made.passes, made.abreast)
    done = Placed(
        turn.size(size),
        {},
        {edge: turn.route(route, size) for edge, route in made.routes.items()},
        {c: turn.rect(r, size) for c, r in made.frames.items()},
        {edge: tuple(turn.point(q, size) for q in s) for edge, s in made.stubs.items()},
        made.rows,
        made.passes,
        made.abreast,
    )
    for item, r in made.items.items():
        box = turn.rect(r, size)
        node = level.nodes[item]
        if node >= 0:
            done.nodes[node] = box
        else:
            _insert(done, plan, ~node, inner[~node].shifted(box.x, box.y))
    return done


def _pinned(plan: Plan, inner: Sequence[Placed]) -> Mapping[tuple[int, bool], Pt]:
    """Return where edges meet inner levels: the offset from the middle of the side they come through."""
    turn = Turn(plan.level.direction)
    pins = {}
    for below, placed in zip(plan.inner, inner, strict=True):
        for edge, points in placed.stubs.items():
            border = points[0]
            lower = turn.side(below.sides[edge]) == "last"
            pins[(edge, lower)] = border.y - placed.size.height / 2 if turn.across else border.x - placed.size.width / 2
    return pins


def _insert(done: Placed, plan: Plan, which: int, held: Placed) -> None:
    """Put an inner level into its box and join the edges that end inside it."""
    done.nodes.update(held.nodes)
    done.clusters.update(held.clusters)
    done.routes.update(held.routes)
    for stub in plan.level.inner[which].stubs:
        tail = held.stubs.get(stub.edge)
        if tail is None:
            continue
        route = done.routes.get(stub.edge)
        if route is None:
            outer = done.stubs.get(stub.edge)
            if outer is not None:
                done.stubs[stub.edge] = outer + tail[1:]
        elif stub.leaves:
            done.routes[stub.edge] = Route(tail[::-1] + route.points[1:], route.label)
        else:
            done.routes[stub.edge] = Route(route.points + tail[1:], route.label)
