"""What is told about a drawn flowchart: its geometry for machines, its words for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.diagrams.flowchart.nodes import NodeDrawing
from banana_layout.diagrams.flowchart.spread import Spread
from banana_layout.diagrams.geometry import ClusterFacts, DiagramFacts, EdgeFacts, NodeFacts
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.model.flowchart import Flowchart, label_text

_ARROWS = {(False, False): "—", (False, True): "→", (True, False): "←", (True, True): "↔"}
"""What an edge reads as by whether something stands at its source and at its target."""


def chart_facts(
    placed: Spread, nodes: Sequence[NodeDrawing], edges: tuple[EdgeFacts, ...], outer: Size, panel: str
) -> DiagramFacts:
    """Return what is told about the drawing."""
    model, trial = placed.chart.model, placed.trial
    return DiagramFacts(
        panel=panel,
        kind="flowchart",
        rect=Rect(0.0, 0.0, outer.width, outer.height),
        direction=trial.direction,
        rows=trial.drawing.rows,
        font_size=placed.size,
        nodes=tuple(
            NodeFacts(node.id, label_text(node.label), node.shape, placed.drawn[i].outline.bounds(), nodes[i].text)
            for i, node in enumerate(model.nodes)
        ),
        edges=edges,
        clusters=tuple(
            ClusterFacts(c.id, label_text(c.title), placed.clusters[i], members(model, c.id))
            for i, c in enumerate(model.clusters)
        ),
    )


def members(model: Flowchart, cluster: str) -> tuple[str, ...]:
    """Return the ids of all nodes inside a cluster, nested ones too, in the chart's order."""
    clusters = {c.id: c for c in model.clusters}
    inside: dict[str, list[str]] = {}
    for c in model.clusters:
        if c.parent is not None:
            inside.setdefault(c.parent, []).append(c.id)
    found: set[str] = set()
    seen: set[str] = set()
    stack = [cluster]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        stack += inside.get(name, ())
        for member in clusters[name].members:
            if member in clusters:
                stack.append(member)
            else:
                found.add(member)
    return tuple(n.id for n in model.nodes if n.id in found)


def in_words(model: Flowchart) -> str:
    """Return the chart in words, for those who do not see it: its edges, nodes without any, and what its groups hold."""
    if model.description:
        return model.description
    names = {n.id: " ".join(label_text(n.label).split()) or n.id for n in model.nodes}
    names |= {c.id: " ".join(label_text(c.title).split()) or c.id for c in model.clusters if c.id not in names}
    told = []
    for edge in model.edges:
        if edge.line == "invisible":
            continue
        label = " ".join(label_text(edge.label).split())
        said = f" ({label})" if label else ""
        arrow = _ARROWS[edge.source_head != "none", edge.target_head != "none"]
        told.append(f"{names.get(edge.source, edge.source)} {arrow} {names.get(edge.target, edge.target)}{said}")
    linked = {e.source for e in model.edges} | {e.target for e in model.edges}
    alone = [names[n.id] for n in model.nodes if n.id not in linked]
    groups = [f"{names[c.id]}: {', '.join(names.get(m, m) for m in c.members)}" for c in model.clusters if c.members]
    head = f"{model.title}: " if model.title else ""
    return head + "; ".join(told + alone + groups)
