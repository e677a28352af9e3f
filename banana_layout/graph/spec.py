"""What graph layout takes and gives: sizes and edges in, rectangles and polylines out."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

Direction = Literal["TB", "BT", "LR", "RL"]
"""Where a chart flows: top to bottom and so on."""

Port = Literal["any", "tip"]
"""Where edges may meet a node's side: anywhere along it, or only at its centre (a diamond's tip)."""


class NodeSpec(msgspec.Struct, frozen=True):
    """One node's box."""

    id: str
    """Unique among nodes and clusters."""
    width: Pt
    """Extent along x, as drawn on the page."""
    height: Pt
    """Extent along y, as drawn on the page."""
    port: Port = "any"
    """Where edges may meet its sides."""


class EdgeSpec(msgspec.Struct, frozen=True):
    """One edge."""

    source: str
    """Id of the node or cluster it leaves."""
    target: str
    """Id of the node or cluster it enters; the source itself makes a loop."""
    label: Size | None = None
    """Room its label needs, or None."""
    length: int = 1
    """Least number of ranks between its ends; 1 or more."""


class ClusterSpec(msgspec.Struct, frozen=True):
    """A frame around nodes."""

    id: str
    """Unique among nodes and clusters."""
    members: tuple[str, ...]
    """Ids of the nodes directly inside; ids of clusters among them are ignored (see `parent`)."""
    title: Size = Size(0.0, 0.0)
    """Room its title needs at its upper edge; nothing where it has none."""
    direction: Direction | None = None
    """Its own direction, or None for the one around it."""
    parent: str | None = None
    """Id of the cluster around it, or None."""


class GraphSpec(msgspec.Struct, frozen=True):
    """A whole graph to lay out."""

    direction: Direction
    """Where it flows."""
    nodes: tuple[NodeSpec, ...]
    """In the author's order, which breaks ties."""
    edges: tuple[EdgeSpec, ...] = ()
    """In the author's order; ends name nodes or clusters."""
    clusters: tuple[ClusterSpec, ...] = ()
    """In any order; each node belongs directly to at most one."""


class Gaps(msgspec.Struct, frozen=True):
    """Least distances."""

    node: Pt
    """Between neighbours of one rank."""
    rank: Pt
    """Between one rank and the next."""
    edge: Pt
    """Between an edge and anything beside it."""
    cluster: Pt
    """Between a cluster's frame and what is inside or beside it."""
    row: Pt | None = None
    """Between one row and the next, where no labels or lanes need more; None: as `rank`."""


class Route(msgspec.Struct, frozen=True):
    """An edge's way."""

    points: tuple[Point, ...]
    """Corners from the border of the source's box to the border of the target's; at least two."""
    label: Rect | None = None
    """Where its label goes, beside the line, or None."""


class Drawing(msgspec.Struct, frozen=True):
    """A finished layout; everything lies between the origin and `size`."""

    size: Size
    """Extent of all that is drawn."""
    nodes: tuple[Rect, ...]
    """In the order of the specification."""
    routes: tuple[Route, ...]
    """In the order of the specification."""
    clusters: tuple[Rect, ...] = ()
    """In the order of the specification."""
    rows: int = 1
    """How many rows (columns, where the chart flows down or up) the ranks were cut into; may be fewer than asked for."""
    passes: int = 0
    """How many edges pass from row to row: the fewer, the plainer a wrapped chart reads."""
    abreast: int = 0
    """How many edges pass forward from one row to the next, at most: one leads the eye, several leave it in doubt."""
