"""Layered layout of flowcharts: rank, order, place, route.

K. Sugiyama, S. Tagawa, M. Toda, "Methods for Visual Understanding of Hierarchical System Structures", 1981, in five
passes, one module each: cycles, ranks, order, coords (on strips of ranks), routes. `ordered` does the passes that need
no sizes, once for all candidates of a fit search; `place` does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.levels import split
from banana_layout.graph.layered.place import Choice
from banana_layout.graph.layered.place import place as place_level
from banana_layout.graph.layered.plans import MOST_PASSED as MOST_PASSED
from banana_layout.graph.layered.plans import Plan, plan
from banana_layout.graph.layered.plans import TangledError as TangledError
from banana_layout.graph.layered.spread import filled as filled_by
from banana_layout.graph.layered.spread import spread as spread
from banana_layout.graph.spec import Direction, Drawing, Gaps, GraphSpec, Route

ASPECT = 1.6
"""Shape, width over height, that unconnected parts are packed toward where none is asked for."""


class Ordered(msgspec.Struct, frozen=True):
    """A graph ranked and ordered: what candidates of different sizes, gaps and rows share."""

    spec: GraphSpec
    """The graph, with the sizes to place."""
    plan: Plan
    """Ranks and orders."""


def ordered(spec: GraphSpec) -> Ordered:
    """Break cycles, rank and order. Edge ends that name nothing raise KeyError, too many long edges TangledError."""
    return Ordered(spec, plan(split(spec)))


def resized(
    found: Ordered,
    nodes: Sequence[Size],
    labels: Sequence[Size | None] | None = None,
    titles: Sequence[Size] | None = None,
) -> Ordered:
    """Return the same ranks and orders for other sizes, all in the order of the specification.

    `labels` gives each edge's label size; it may not add or drop labels (ValueError). `titles` gives each cluster's.
    """
    spec = found.spec
    fresh = tuple(
        msgspec.structs.replace(n, width=s.width, height=s.height) for n, s in zip(spec.nodes, nodes, strict=True)
    )
    edges = spec.edges
    if labels is not None:
        if any((e.label is None) != (s is None) for e, s in zip(edges, labels, strict=True)):
            raise ValueError("labels may not come or go")
        edges = tuple(msgspec.structs.replace(e, label=s) for e, s in zip(edges, labels, strict=True))
    clusters = spec.clusters
    if titles is not None:
        clusters = tuple(msgspec.structs.replace(c, title=s) for c, s in zip(clusters, titles, strict=True))
    return Ordered(msgspec.structs.replace(spec, nodes=fresh, edges=edges, clusters=clusters), found.plan)


def turned(found: Ordered, direction: Direction) -> Ordered:
    """Return the graph flowing another way; without clusters of their own direction the orders are kept."""
    if direction == found.spec.direction:
        return found
    spec = msgspec.structs.replace(found.spec, direction=direction)
    if any(c.direction is not None for c in spec.clusters):
        return ordered(spec)
    level = found.plan.level._replace(direction=direction)
    return Ordered(spec, found.plan._replace(level=level))


def place(
    found: Ordered,
    gaps: Gaps,
    rows: int = 1,
    aspect: float = ASPECT,
    serpentine: bool | None = None,
    most: Size | None = None,
) -> Drawing:
    """Return the drawing for one choice of gaps and rows.

    `aspect` is the panel's width over its height, for packing unconnected parts. `serpentine` says whether every other
    row runs back; None: rows of a chart that flows across the page do, columns of one that flows down restart.
    A chart larger than `most` is only measured: its drawing has about its size, its rows and passes, and no nodes. A search
    spares the ways of what cannot win.
    """
    spec = found.spec
    snake = spec.direction in ("LR", "RL") if serpentine is None else serpentine
    done = place_level(spec, found.plan, Choice(gaps, max(1, rows), aspect, snake, most))
    if len(done.nodes) < len(spec.nodes):
        return Drawing(done.size, (), (), (), done.rows, done.passes, done.abreast)
    nowhere = Rect(0.0, 0.0, 0.0, 0.0)
    return Drawing(
        done.size,
        tuple(done.nodes[i] for i in range(len(spec.nodes))),
        tuple(done.routes.get(i, Route(())) for i in range(len(spec.edges))),
        tuple(done.clusters.get(i, nowhere) for i in range(len(spec.clusters))),
        done.rows,
        done.passes,
        done.abreast,
    )


def layout(
    spec: GraphSpec, gaps: Gaps, rows: int = 1, aspect: float = ASPECT, serpentine: bool | None = None
) -> Drawing:
    """Lay out a graph in one go: `place(ordered(spec), …)`."""
    return place(ordered(spec), gaps, rows, aspect, serpentine)


def filled(found: Ordered, gaps: Gaps, room: Size, rows: int = 1, serpentine: bool | None = None) -> Drawing:
    """Return the drawing that fills a panel: gaps grown evenly (at least `gaps`), then what is left stretched.

    Where the chart does not fit the panel at `gaps`, the result is larger than the panel, as `place` makes it.
    """
    aspect = room.width / room.height if room.height > 0 else ASPECT
    across = found.spec.direction in ("LR", "RL")
    drawing = filled_by(lambda g: place(found, g, rows, aspect, serpentine), gaps, room, across)
    return spread(drawing, room.width, room.height)
