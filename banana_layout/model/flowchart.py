"""Flowcharts as the author described them."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from banana_layout.source import Span

Direction = Literal["TB", "BT", "LR", "RL"]
"""Where a chart flows: top to bottom and so on; Mermaid's TD is TB."""

LineStyle = Literal["normal", "dotted", "thick", "invisible"]
"""How an edge's line is drawn."""

Head = Literal["none", "arrow", "circle", "cross"]
"""What stands at an edge's end."""

Weight = Literal["plain", "bold", "italic", "bold_italic"]
"""How a stretch of a label is written."""


class LabelRun(msgspec.Struct, frozen=True):
    """A stretch of a label in one style."""

    text: str
    """Its characters; a line end is a break the author asked for."""
    weight: Weight = "plain"
    """How it is written."""
    written: str = ""
    """What the author wrote where `text` only stands in for it (`fa:fa-car` drawn as an emoji), or empty."""


class Style(msgspec.Struct, frozen=True):
    """What `style`, `classDef` and `linkStyle` ask for: CSS property to value, as written."""

    properties: tuple[tuple[str, str], ...] = ()
    """In the order given; a later one of the same name wins."""

    def get(self, name: str) -> str | None:
        """Return the value of a property, or None."""
        return next((value for key, value in reversed(self.properties) if key == name), None)

    def over(self, base: Style) -> Style:
        """Return both, this one winning."""
        return Style(base.properties + self.properties)


class Node(msgspec.Struct, frozen=True):
    """One node."""

    id: str
    """As the author wrote it."""
    label: tuple[LabelRun, ...]
    """What it says; a node without a label of its own says its id; empty where the label is blank."""
    shape: str = "rect"
    """Canonical short name of Mermaid's `@{ shape }` list (GRAMMAR.md), such as rect, rounded, stadium, diam, lean-r, odd, ellipse."""
    classes: tuple[str, ...] = ()
    """Classes named for it, in order, without `default`."""
    style: Style = Style()
    """`classDef default`, its classes' definitions and its own `style`, merged."""
    link: str | None = None
    """A safe target of `click` (http, https, mailto or #…); unsafe ones are dropped with a warning."""
    tooltip: str = ""
    """What `click` says on hovering."""
    icon: str | None = None
    """An `icon` of `@{}`, such as `fa:user`."""
    image: str | None = None
    """An `img` of `@{}`, as written."""
    settings: tuple[tuple[str, str], ...] = ()
    """Further `@{}` keys (form, pos, w, h, constraint), as written."""
    span: Span | None = None
    """Where it was first mentioned."""


class Edge(msgspec.Struct, frozen=True):
    """One edge."""

    source: str
    """Id of the node or cluster it leaves."""
    target: str
    """Id of the node or cluster it enters."""
    id: str = ""
    """The author's edge id, or empty."""
    label: tuple[LabelRun, ...] = ()
    """What stands beside it."""
    line: LineStyle = "normal"
    """How the line is drawn."""
    source_head: Head = "none"
    """What stands at the source."""
    target_head: Head = "arrow"
    """What stands at the target."""
    length: int = 1
    """Least number of ranks between the ends, 1 to 10."""
    classes: tuple[str, ...] = ()
    """Classes named for it."""
    style: Style = Style()
    """`linkStyle default`, its classes' definitions and its own `linkStyle`, merged."""
    settings: tuple[tuple[str, str], ...] = ()
    """`@{}` keys of its id (animate, curve, …), as written."""
    span: Span | None = None
    """Where it stands in the source."""


class Cluster(msgspec.Struct, frozen=True):
    """A subgraph."""

    id: str
    """The author's id, or one made up for a subgraph without."""
    title: tuple[LabelRun, ...]
    """What it says; its id where the author gave nothing else."""
    members: tuple[str, ...]
    """Ids of the nodes and clusters directly inside, in order of mention."""
    direction: Direction | None = None
    """Its own direction, or None for its parent's."""
    parent: str | None = None
    """Id of the cluster around it, or None."""
    classes: tuple[str, ...] = ()
    """Classes named for it."""
    style: Style = Style()
    """Its classes' definitions and its own `style`, merged."""
    span: Span | None = None
    """Where it stands in the source."""


class Flowchart(msgspec.Struct, frozen=True, tag_field="kind", tag="flowchart"):
    """A whole flowchart."""

    direction: Direction
    """Where it flows."""
    nodes: tuple[Node, ...]
    """In order of first mention; clusters are not among them."""
    edges: tuple[Edge, ...]
    """In order of the source."""
    clusters: tuple[Cluster, ...] = ()
    """Outer ones before the ones inside them."""
    title: str = ""
    """From the front matter."""
    description: str = ""
    """accTitle and accDescr, for the alternative text."""
    keep: bool = False
    """Whether the author forbids another direction or wrapping (`%% keep` or `direction: keep`)."""
    span: Span | None = None
    """Where it stands in the source."""
    settings: tuple[tuple[str, str], ...] = ()
    """Front matter and init directives that may mean something here, as dotted key and value (`look`, `layout`,
    `direction`, `flowchart.curve`, …); a later one wins."""

    def to_dict(self) -> dict[str, Any]:
        """Return the chart as plain data for other programs; members are ids directly inside."""
        return {
            "kind": "flowchart",
            "direction": self.direction,
            "title": self.title,
            "description": self.description,
            "nodes": [
                {
                    "id": n.id,
                    "label": written_text(n.label),
                    "shape": n.shape,
                    "classes": list(n.classes),
                    "link": n.link,
                    "tooltip": n.tooltip,
                    "icon": n.icon,
                    "image": n.image,
                }
                for n in self.nodes
            ],
            "edges": [
                {
                    "id": e.id,
                    "source": e.source,
                    "target": e.target,
                    "label": written_text(e.label),
                    "stroke": e.line,
                    "source_head": e.source_head,
                    "target_head": e.target_head,
                    "length": e.length,
                    "classes": list(e.classes),
                }
                for e in self.edges
            ],
            "clusters": [
                {
                    "id": c.id,
                    "title": written_text(c.title),
                    "direction": c.direction,
                    "members": list(c.members),
                    "parent": c.parent,
                    "classes": list(c.classes),
                }
                for c in self.clusters
            ],
        }


def label_text(label: tuple[LabelRun, ...]) -> str:
    """Return a label's characters; breaks are line ends."""
    return "".join(run.text for run in label)


def written_text(label: tuple[LabelRun, ...]) -> str:
    """Return a label's characters with icons as the author wrote them; breaks are line ends."""
    return "".join(run.written or run.text for run in label)
