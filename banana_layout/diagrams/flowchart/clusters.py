"""Clusters as items: a tinted, dashed frame, and a title where no edge passes through it."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.diagrams.flowchart.nodes import Easel
from banana_layout.diagrams.flowchart.spread import Spread
from banana_layout.diagrams.flowchart.titles import Title
from banana_layout.diagrams.ink import node_pair, outline_ink, parse_color, strength
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Pair

PAIRS = ("banana", "green", "violet", "blue", "coral")
"""Inks of the frames, in turn."""

FILL = 0.6
"""Opacity of a frame's tint."""


def draw_clusters(placed: Spread, found: Sequence[Title], easel: Easel) -> tuple[list[Item], list[Item]]:
    """Return the clusters, outer ones first, and what lies over the edges: titles that edges pass through."""
    k = strength(easel.size)
    under: list[Item] = []
    over: list[Item] = []
    for i, cluster in enumerate(placed.chart.model.clusters):
        frame, key = placed.clusters[i], f"{easel.context.key}/cluster/{cluster.id}"
        pair = node_pair(PAIRS[i % len(PAIRS)], cluster.style, easel.inks)
        styled = parse_color(cluster.style.get("fill")) or parse_color(cluster.style.get("stroke"))
        pen = outline_ink(cluster.style, easel.inks, pair) if styled else pair.pen
        path = Outline.rect(frame, 0.5 * easel.size)
        tint = Paint(pair.tint, FILL, stand_in=easel.inks.ground.mix(pair.tint, FILL))
        stroke = Stroke(0.42 * MM * k, Paint(pen), dash=(2.6 * MM * k, 1.5 * MM * k))
        items: list[Item] = [
            Path(f"{key}/tint", path, fill=tint, tool="exact"),
            Path(f"{key}/outline", path, stroke=stroke, reach=0.4 * MM),
        ]
        words = _title(placed, i, found[i], pair, easel)
        if words and found[i].crossed:
            over.append(Group(f"{key}/title", tuple(words), role="label", rect=found[i].rect))
        else:
            items += words
        under.append(Group(key, tuple(items), role="cluster", rect=frame))
    return under, over


def _title(placed: Spread, i: int, title: Title, pair: Pair, easel: Easel) -> list[Item]:
    """Return a title's lines, on a patch of the frame's tint where an edge passes beneath."""
    label, size = placed.chart.titles[i], easel.size
    key = f"{easel.context.key}/cluster/{placed.chart.model.clusters[i].id}"
    if not label.parts:
        return []
    frame = easel.scribe.write(label, title.cut, size, f"{key}/title", "left")
    words = list(frame.flattened(title.rect.x, title.rect.y))
    if not title.crossed:
        return words
    patch = Outline.rect(title.rect.grown(0.12 * size), 0.2 * size)
    return [Path(f"{key}/patch", patch, fill=Paint(easel.inks.ground.mix(pair.tint, FILL)), tool="exact"), *words]
