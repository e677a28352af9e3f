"""What `banana layout --json` tells about a drawn diagram."""

from __future__ import annotations

from typing import Any

import msgspec

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect


class NodeFacts(msgspec.Struct, frozen=True):
    """One drawn node."""

    id: str
    """The author's id."""
    label: str
    """What it says; breaks are line ends."""
    shape: str
    """Canonical name of its shape."""
    rect: Rect
    """The box of its outline."""
    text: Rect
    """The box of its lines of text; an empty one at the middle where it says nothing."""


class EdgeFacts(msgspec.Struct, frozen=True):
    """One drawn edge."""

    source: str
    """Id of the node or cluster it leaves."""
    target: str
    """Id of the node or cluster it enters."""
    label: str
    """What stands beside it; empty for nothing."""
    points: tuple[Point, ...]
    """The drawn line, sampled, from outline to outline; empty for an edge that is not drawn."""
    label_rect: Rect | None = None
    """The box of its label."""


class ClusterFacts(msgspec.Struct, frozen=True):
    """One drawn subgraph."""

    id: str
    """The author's id."""
    title: str
    """What it says."""
    rect: Rect
    """Its frame."""
    members: tuple[str, ...]
    """Ids of all nodes inside, nested ones too."""


class DiagramFacts(msgspec.Struct, frozen=True):
    """One drawn diagram; coordinates count from the same origin as the group that carries it."""

    panel: str
    """Id of the panel it stands in."""
    kind: str
    """`flowchart` or `mindmap`."""
    rect: Rect
    """The room it fills."""
    direction: str
    """Where it flows; for a mind map `both` or `right`."""
    rows: int
    """Into how many rows (or columns) it is folded."""
    font_size: Pt
    """Size of the nodes' first lines."""
    nodes: tuple[NodeFacts, ...] = ()
    """In the author's order."""
    edges: tuple[EdgeFacts, ...] = ()
    """In the author's order; a mind map's go from parent to child."""
    clusters: tuple[ClusterFacts, ...] = ()
    """Outer ones first."""

    def moved(self, dx: Pt, dy: Pt) -> DiagramFacts:
        """Return the same facts with every coordinate shifted."""
        new = msgspec.structs.replace
        return new(
            self,
            rect=self.rect.shifted(dx, dy),
            nodes=tuple(new(n, rect=n.rect.shifted(dx, dy), text=n.text.shifted(dx, dy)) for n in self.nodes),
            edges=tuple(
                new(
                    e,
                    points=tuple(Point(p.x + dx, p.y + dy) for p in e.points),
                    label_rect=e.label_rect.shifted(dx, dy) if e.label_rect is not None else None,
                )
                for e in self.edges
            ),
            clusters=tuple(new(c, rect=c.rect.shifted(dx, dy)) for c in self.clusters),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON, with the published names."""
        data = msgspec.to_builtins(self)
        for edge in data["edges"]:
            edge["points"] = [[float(x), float(y)] for x, y in edge["points"]]
        assert isinstance(data, dict)
        return data
