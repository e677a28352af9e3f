"""The gap between two rows: lanes for the edges that pass through it, and room for their labels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.spec import Gaps

STEEP = 2.5
"""A lone edge crosses the gap in one slant line when it moves along by at most this many times the gap's width."""


class Hop(NamedTuple):
    """An edge's passage through the gap."""

    edge: int
    """Index in the specification."""
    above: Pt
    """Where, along, it enters from the row above."""
    below: Pt
    """Where, along, it leaves to the row below."""
    label: Size | None
    """Label to place here: width across, height along."""


class Crossed(NamedTuple):
    """A gap with its lanes set."""

    width: Pt
    """Extent across."""
    lines: tuple[tuple[Point, ...], ...]
    """Each hop's corners; x from the gap's upper side."""
    labels: tuple[Rect | None, ...]
    """Each hop's label."""
    clean: bool
    """Whether every label is clear of other hops and labels."""


def crossed(hops: Sequence[Hop], gaps: Gaps, extent: Pt) -> Crossed:
    """Give every hop a way through the gap; labels prefer to stay between 0 and `extent` along.

    Hops that only face empty ground go straight or aslant; others get lanes by the left-edge rule (A. Hashimoto,
    J. Stevens, "Wire Routing by Optimizing Channel Assignment", 1971), in the order of lanes that crosses least.
    """
    n = len(hops)
    spans = [_span(h, gaps) for h in hops]
    alone = [
        all(
            j == i or spans[i][1] + gaps.edge <= spans[j][0] or spans[j][1] + gaps.edge <= spans[i][0] for j in range(n)
        )
        for i in range(n)
    ]
    straight = [abs(h.above - h.below) < 1e-6 for h in hops]
    widest = max([h.label.width for h in hops if h.label is not None], default=0.0)
    least = gaps.rank if gaps.row is None else gaps.row
    base = max(least, widest + gaps.edge if widest else 0.0)
    slant = [alone[i] and abs(h.above - h.below) <= STEEP * base for i, h in enumerate(hops)]
    lane = _lanes(hops, spans, [straight[i] or slant[i] for i in range(n)], gaps)
    count = max(lane, default=-1) + 1
    thick = [gaps.edge] * count
    for i, h in enumerate(hops):
        if lane[i] >= 0 and h.label is not None:
            thick[lane[i]] = max(thick[lane[i]], h.label.width + gaps.edge)
    width = max(base, least + math.fsum(thick)) if count else base
    level = []
    x = (width - math.fsum(thick)) / 2
    for t in thick:
        level.append(x + t - gaps.edge / 2)
        x += t
    lines: list[tuple[Point, ...]] = []
    for i, h in enumerate(hops):
        if lane[i] < 0:
            lines.append((Point(0.0, h.above), Point(width, h.below)))
        else:
            at = level[lane[i]]
            lines.append((Point(0.0, h.above), Point(at, h.above), Point(at, h.below), Point(width, h.below)))
    labels, clean = _labels(hops, lines, width, gaps, extent)
    return Crossed(width, tuple(lines), tuple(labels), clean)


def _span(h: Hop, gaps: Gaps) -> tuple[Pt, Pt]:
    """Return the stretch along that a hop needs for itself."""
    low, high = min(h.above, h.below), max(h.above, h.below)
    if h.label is not None:
        high = max(high, low + h.label.height + gaps.edge * 0.5)
    return low, high


def _lanes(hops: Sequence[Hop], spans: Sequence[tuple[Pt, Pt]], direct: Sequence[bool], gaps: Gaps) -> list[int]:
    """Return each hop's lane from the upper row down, -1 for direct ones."""
    lane = [-1] * len(hops)
    ends: list[Pt] = []
    for i in sorted((i for i in range(len(hops)) if not direct[i]), key=lambda i: (spans[i][0], i)):
        for k, end in enumerate(ends):
            if end + gaps.edge <= spans[i][0]:
                ends[k] = spans[i][1]
                lane[i] = k
                break
        else:
            lane[i] = len(ends)
            ends.append(spans[i][1])
    if 1 < len(ends) <= 4:
        best = min(permutations(range(len(ends))), key=lambda order: (_tangle(hops, lane, order, gaps), order))
        lane = [k if k < 0 else best[k] for k in lane]
    return lane


def _tangle(hops: Sequence[Hop], lane: Sequence[int], order: Sequence[int], gaps: Gaps) -> int:
    """Count what crosses or runs upon each other with lanes in this order."""
    total = 0
    for i, h in enumerate(hops):
        for j, g in enumerate(hops):
            if i == j:
                continue
            mine = order[lane[i]] if lane[i] >= 0 else None
            theirs = order[lane[j]] if lane[j] >= 0 else None
            if theirs is None:
                continue
            low, high = min(g.above, g.below), max(g.above, g.below)
            # h's leg from the upper row passes g's lane when h's own lane lies lower; likewise from the lower row.
            if (mine is None or mine > theirs) and low < h.above < high:
                total += 1
            if mine is not None and mine < theirs and low < h.below < high:
                total += 1
            if mine is not None and mine > theirs and abs(h.above - g.below) < gaps.edge / 4:
                total += 10
    return total


def _labels(
    hops: Sequence[Hop], lines: Sequence[tuple[Point, ...]], width: Pt, gaps: Gaps, extent: Pt
) -> tuple[list[Rect | None], bool]:
    """Place each label at the first of its places that is clear; tell whether all were."""
    labels: list[Rect | None] = [None] * len(hops)
    clean = True
    for i, h in enumerate(hops):
        if h.label is None:
            continue
        found = None
        spots = _spots(lines[i], h.label, width, gaps)
        spots = [r for r in spots if r.x > -1e-9 and r.right < width + 1e-9] or spots[:1]
        spots.sort(key=lambda r: r.y < 0 or r.y + r.h > extent)
        for spot in spots:
            others = [line for j, line in enumerate(lines) if j != i]
            if not any(passes(line, spot) for line in others) and not any(
                o is not None and o.meets(spot) for o in labels
            ):
                found = spot
                break
        clean = clean and found is not None
        labels[i] = found if found is not None else spots[0]
    return labels, clean


def _spots(line: tuple[Point, ...], size: Size, width: Pt, gaps: Gaps) -> list[Rect]:
    """Return places beside a hop's line, best first."""
    away = gaps.edge * 0.5
    middle = (width - size.width) / 2
    if len(line) == 2:
        a, b = line
        slope = (b.y - a.y) / width if width else 0.0
        near, far = a.y + slope * middle, a.y + slope * (middle + size.width)
        return [
            Rect(middle, max(near, far) + away, size.width, size.height),
            Rect(middle, min(near, far) - away - size.height, size.width, size.height),
        ]
    at = line[1].x
    low, high = min(line[1].y, line[2].y), max(line[1].y, line[2].y)
    x = at - away - size.width
    room = high - low - size.height
    if room >= 0:
        return [Rect(x, low + room * share, size.width, size.height) for share in (0.5, 0.25, 0.75, 0.05, 0.95)]
    inner = line[1].y if x < width / 2 else line[2].y
    return [
        Rect(x, inner + away, size.width, size.height),
        Rect(x, inner - away - size.height, size.width, size.height),
        Rect(at + away, high - size.height, size.width, size.height),
    ]


def passes(line: Sequence[Point], box: Rect) -> bool:
    """Tell whether a polyline enters the inside of a box (clipping after Y.-D. Liang, B. Barsky 1984)."""
    for p, q in pairwise(line):
        low, high = 0.0, 1.0
        inside = True
        for d, near, far, start in ((q.x - p.x, box.x, box.right, p.x), (q.y - p.y, box.y, box.bottom, p.y)):
            if abs(d) < 1e-12:
                inside = inside and near < start < far
                continue
            a, b = (near - start) / d, (far - start) / d
            low, high = max(low, min(a, b)), min(high, max(a, b))
        if inside and low < high:
            return True
    return False
