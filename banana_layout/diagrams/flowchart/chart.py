"""A flowchart with its labels measured: what the fit search works on."""

from __future__ import annotations

import msgspec

from banana_layout.color import Color
from banana_layout.diagrams.icons import emoji_for
from banana_layout.diagrams.ink import Inks, pen_for, words_ink
from banana_layout.diagrams.labels import Cut, Hand, Label, Scribe
from banana_layout.diagrams.shape.form import Load, Shape
from banana_layout.diagrams.shape.table import shape
from banana_layout.geometry.size import Size
from banana_layout.graph.spec import ClusterSpec, Direction, EdgeSpec, GraphSpec, NodeSpec
from banana_layout.layout.picture import Picture, picture_of
from banana_layout.model.flowchart import Edge, Flowchart, LabelRun, Node

EDGE_LABEL = 0.755
"""Size of an edge's label as a share of a node's head: 17 pt beside 22.5 pt."""

TITLE = 0.8
"""Size of a cluster's title as a share of a node's head."""

HEAD_WEIGHT = 0.043
"""Outline of a node's head, in em: 0.34 mm at 22.5 pt."""

EDGE_MEASURE = 6.5
"""An edge's label is broken at this width, in em of a node's head, or at the nodes' measure where that is wider."""

TITLE_MEASURE = 6.0
"""A cluster's title is never broken at less than this width, in em of a node's head."""

ICON = 2.6
"""Height of an icon node's icon, in em."""

MOST_IMAGE = 9.0
"""A picture's height and width at most, in em."""

LEAN = 0.14
"""Share of a parallelogram's height by which its points reach into the gaps of a chart that flows across the page."""

LEAST_SHARE = 0.5
"""A box is at least so wide as a share of the widest one …"""

LEAST_BOX = 3.0
"""… but needs no more than this width, in em."""

_ASIDE = 0.3
"""Room around an edge's label, in em."""


class Chart(msgspec.Struct, frozen=True):
    """A flowchart and its labels."""

    model: Flowchart
    """What the author said."""
    shapes: tuple[Shape, ...]
    """One a node."""
    labels: tuple[Label, ...]
    """One a node."""
    edge_labels: tuple[Label | None, ...]
    """One an edge; None where it says nothing."""
    titles: tuple[Label, ...]
    """One a cluster."""

    def cuts(self, measure: float) -> tuple[Cut, ...]:
        """Return every node's label broken at a measure (em)."""
        return tuple(label.cut(measure) for label in self.labels)

    def edge_cut(self, i: int, measure: float) -> Cut | None:
        """Return an edge's label broken at the measure that belongs to the nodes' one."""
        label = self.edge_labels[i]
        return label.cut(EDGE_MEASURE if measure > EDGE_MEASURE else max(measure, 3.0)) if label is not None else None

    def title_cut(self, i: int, measure: float) -> Cut:
        """Return a cluster's title broken at the measure that belongs to the nodes' one."""
        return self.titles[i].cut(max(TITLE_MEASURE, 1.3 * measure))

    def node_size(self, i: int, measure: float, aspect: float, direction: Direction) -> Size:
        """Return a node's smallest box in em, as the layout is to see it: less what `lean` lets stand out."""
        chosen = self.shapes[i]
        load = self.labels[i].cut(measure).load if chosen.labelled else Load(())
        size = chosen.need(load, aspect)
        if self.model.nodes[i].shape == "fork" and direction in ("LR", "RL"):
            size = Size(size.height, size.width)
        return Size(size.width - self.lean(i, size.height, direction), size.height)

    def _node_sizes(self, direction: Direction, measure: float, aspect: float) -> list[Size]:
        """Return all nodes' smallest boxes in em; a box of a letter or two is not lost beside boxes of words."""
        sizes = [self.node_size(i, measure, aspect, direction) for i in range(len(self.model.nodes))]
        boxes = [i for i, chosen in enumerate(self.shapes) if chosen.grows == "free" and chosen.labelled]
        widths = sorted(sizes[i].width for i in boxes if self.labels[i].parts)
        if len(widths) < 2 or widths[0] >= LEAST_SHARE * widths[-1]:
            return sizes
        least = min(LEAST_BOX, LEAST_SHARE * widths[-1])
        for i in boxes:
            w, h = sizes[i]
            if w < least and self.labels[i].parts:
                sizes[i] = Size(least, max(h, min(least / 1.6, 1.25 * h)))
        return sizes

    def lean(self, i: int, height: float, direction: Direction) -> float:
        """Return how much wider than in the layout a slanted node is drawn: its points stand beside the arrows' way."""
        slanted = direction in ("LR", "RL") and self.model.nodes[i].shape in ("lean-r", "lean-l")
        # Where nothing stands beside a node there is no gap for its points.
        return LEAN * height if slanted and any(e.source != e.target for e in self.model.edges) else 0.0

    def spec(self, direction: Direction, measure: float, aspect: float) -> GraphSpec:
        """Return the graph to lay out, in em."""
        nodes = []
        for node, (w, h) in zip(self.model.nodes, self._node_sizes(direction, measure, aspect), strict=True):
            nodes.append(NodeSpec(node.id, w, h, "tip" if node.shape in ("diam", "choice") else "any"))
        edges = []
        for i, edge in enumerate(self.model.edges):
            cut = self.edge_cut(i, measure)
            size = Size(cut.text.width + _ASIDE, cut.text.height + 0.1) if cut is not None else None
            edges.append(EdgeSpec(edge.source, edge.target, size, edge.length))
        clusters = []
        for i, (cluster, title) in enumerate(zip(self.model.clusters, self.titles, strict=True)):
            text = self.title_cut(i, measure).text
            room = Size(text.width + 0.8, text.height + 0.4) if title.parts else Size(0.0, 0.0)
            clusters.append(ClusterSpec(cluster.id, cluster.members, room, cluster.direction, cluster.parent))
        return GraphSpec(direction, tuple(nodes), tuple(edges), tuple(clusters))


def chart(model: Flowchart, scribe: Scribe, inks: Inks) -> Chart:
    """Return a flowchart with its labels measured."""
    ink = scribe.theme.ink
    labels = tuple(_node_label(node, scribe, _hands(words_ink(node.style, inks))) for node in model.nodes)
    shapes = tuple(shape(_form(node, label)) for node, label in zip(model.nodes, labels, strict=True))
    edge_labels = tuple(_edge_label(edge, scribe, inks) for edge in model.edges)
    title = (Hand("heading", ink, 0.03, scale=TITLE, leading=1.2),)
    titles = tuple(scribe.label(cluster.title, title, lift=False) for cluster in model.clusters)
    return Chart(model, shapes, labels, edge_labels, titles)


def _hands(ink: Color) -> tuple[Hand, ...]:
    """Return what a node's lines are written with."""
    return (Hand("heading", ink, HEAD_WEIGHT), Hand("body", ink, 0.0, scale=2 / 3, leading=1.24))


def _node_label(node: Node, scribe: Scribe, hands: tuple[Hand, ...]) -> Label:
    """Return a node's label with its picture or icon."""
    below = _setting(node, "pos") == "t"
    if node.image:
        opened = picture_of(node.image, node.span, scribe.context)
        if opened is None:
            return scribe.label(node.label or (LabelRun(node.image),), hands)
        label = scribe.label(node.label, hands, lift=False)
        height, aspect = _extent(node, opened)
        return msgspec.structs.replace(label, image=opened, picture_size=height, picture_aspect=aspect, below=below)
    found = emoji_for(node.icon) if node.icon else None
    if found is None:
        return scribe.label(node.label or ((LabelRun(node.icon),) if node.icon else ()), hands)
    label = scribe.label((LabelRun(f"{found}\n"), *node.label), hands)
    return msgspec.structs.replace(label, picture_size=ICON, below=below)


def _extent(node: Node, picture: Picture) -> tuple[float, float]:
    """Return a picture's height in em and its width over its height, as the author's `w`, `h` (px) and `constraint` ask."""
    natural = picture.size.width / max(picture.size.height, 1e-6)
    w, h = (_pixels(_setting(node, key)) for key in ("w", "h"))
    if w and h and _setting(node, "constraint") != "on":
        aspect, height = w / h, h
    else:
        aspect, height = natural, (min(h, w / natural) if w and h else h or w / natural or 3.0)
    aspect = min(8.0, max(1 / 8, aspect))
    return min(MOST_IMAGE, MOST_IMAGE / aspect, max(1.2, height)), aspect


def _pixels(text: str) -> float:
    """Return a length in CSS pixels as em of a node's head (16 px); 0 where there is none."""
    try:
        value = float(text.removesuffix("px"))
    except ValueError:
        return 0.0
    return value / 16 if 0 < value < 1e5 else 0.0


def _setting(node: Node, key: str) -> str:
    """Return an `@{}` setting, or nothing."""
    return next((v.strip().lower() for k, v in node.settings if k == key), "")


def _form(node: Node, label: Label) -> str:
    """Return what a node is drawn as: pictures and icons stand bare unless a form is asked for."""
    if node.shape not in ("rect", "icon") or not label.pictured or not (node.icon or node.image):
        return node.shape
    return {"square": "rect", "circle": "circle", "rounded": "rounded"}.get(_setting(node, "form"), "text")


def _edge_label(edge: Edge, scribe: Scribe, inks: Inks) -> Label | None:
    """Return an edge's label in the edge's pen, or None."""
    if edge.line == "invisible" or not any(r.text.strip() for r in edge.label):
        return None
    hand = Hand("heading", pen_for(edge, inks).label, 0.03, scale=EDGE_LABEL, leading=1.16)
    label = scribe.label(edge.label, (hand,), lift=False)
    return label if label.parts else None
