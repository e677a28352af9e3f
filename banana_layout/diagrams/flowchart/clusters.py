"""Clusters as items: a tinted, dashed frame, and a title where no edge passes through it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from banana_layout.diagrams.flowchart.lines import Line
from banana_layout.diagrams.flowchart.nodes import Easel
from banana_layout.diagrams.flowchart.spread import Spread
from banana_layout.diagrams.ink import MM, node_pair, outline_ink, parse_color, strength
from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.theme.theme import Pair

PAIRS = ("banana", "green", "violet", "blue", "coral")
"""Inks of the frames, in turn."""

FILL = 0.6
"""Opacity of a frame's tint."""


class Title(msgspec.Struct, frozen=True):
    """Where a cluster's title stands."""

    rect: Rect
    """The box of its lines."""
    crossed: bool
    """Whether an edge passes through it all the same: it then stands on a patch over the edge."""


def titles(placed: Spread, lines: Sequence[Line | None]) -> tuple[Title, ...]:
    """Return a place for each cluster's title on its frame's upper strip: at the left, or where fewest edges pass."""
    size = placed.size
    out = []
    for frame, cut in zip(placed.clusters, placed.title_cuts, strict=True):
        w, h = cut.text.width * size, cut.text.height * size
        y = frame.y + 0.14 * size
        near = [
            leg
            for line in lines
            if line is not None
            for leg in itertools.pairwise(line.points)
            if max(leg[0].y, leg[1].y) > y and min(leg[0].y, leg[1].y) < y + h
        ]
        best: Title | None = None
        least = 1 << 30
        for x in _starts(frame, w, size):
            rect = Rect(x, y, w, h)
            outer = rect.grown(0.15 * size)
            hits = sum(1 for p, q in near if crosses_rect(p, q, outer))
            if hits < least:
                best, least = Title(rect, any(crosses_rect(p, q, rect) for p, q in near)), hits
            if not hits:
                break
        assert best is not None  # the left is always tried
        out.append(best)
    return tuple(out)


def _starts(frame: Rect, width: Pt, size: Pt) -> list[Pt]:
    """Return where a title may begin, the left first, then the right, then between."""
    low, high = frame.x + 0.4 * size, frame.right - 0.4 * size - width
    if high <= low:
        return [low]
    return [low, high, *(low + (high - low) * i / 8 for i in (1, 2, 3, 4, 5, 6, 7))]


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
    frame = easel.scribe.write(label, placed.title_cuts[i], size, f"{key}/title", "left")
    words = list(frame.flattened(title.rect.x, title.rect.y))
    if not title.crossed:
        return words
    patch = Outline.rect(title.rect.grown(0.12 * size), 0.2 * size)
    return [Path(f"{key}/patch", patch, fill=Paint(easel.inks.ground.mix(pair.tint, FILL)), tool="exact"), *words]
