"""Nodes of a row grown toward the height of its highest one, where nothing stands or passes above and below them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect

SHARE = 0.84
"""A node grows to this share of the highest node's height: a rhombus beside it should still look the larger."""

CLEAR = 0.45
"""What a grown node keeps off everything else above and below, in em."""

LEAD = 1.5
"""Least length, in em, that is left of a line which meets a grown side."""


def roomier(
    cells: Sequence[Rect],
    most: Sequence[Pt],
    routes: Sequence[tuple[tuple[int, int], Sequence[Point]]],
    labels: Sequence[Rect | None],
    em: Pt,
) -> list[Rect]:
    """Return the boxes nodes may fill: their cells, higher where the row they stand in is.

    `most` is each node's greatest height; `routes` are the edges' ends (node indices, -1 for none) and corners on the cells;
    `labels` where edge labels stand.
    """
    out = list(cells)
    for i, cell in enumerate(cells):
        row = [c.h for c in cells if abs(c.center.y - cell.center.y) < 0.1 * em]
        for share in (SHARE, 0.72, 0.6):
            h = min(max(row) * share, most[i])
            if h <= cell.h + 0.1 * em:
                break
            grown = Rect(cell.x, cell.center.y - h / 2, cell.w, h)
            if _free(i, grown, out, routes, labels, em):
                out[i] = grown
                break
    return out


def _free(
    i: int,
    grown: Rect,
    cells: Sequence[Rect],
    routes: Sequence[tuple[tuple[int, int], Sequence[Point]]],
    labels: Sequence[Rect | None],
    em: Pt,
) -> bool:
    """Tell whether a node may take a box: nothing else is in it, and what meets the node from there keeps its length."""
    outer = Rect(grown.x - 0.1 * em, grown.y - CLEAR * em, grown.w + 0.2 * em, grown.h + 2 * CLEAR * em)
    if any(j != i and c.meets(outer) for j, c in enumerate(cells)) or any(
        r is not None and r.meets(outer) for r in labels
    ):
        return False
    cell = cells[i]
    more = (grown.h - cell.h) / 2
    for ends, points in routes:
        legs = list(itertools.pairwise(points))
        for end, leg in ((ends[0], 0), (ends[1], -1)) if legs else ():
            if end != i:
                continue
            p, q = legs[leg] if leg == 0 else legs[leg][::-1]
            if not cell.y + 0.01 < p.y < cell.bottom - 0.01 and abs(q.y - p.y) < more + LEAD * em:
                return False
        own = {k for end, k in ((ends[0], 0), (ends[1], len(legs) - 1)) if end == i}
        if any(k not in own and crosses_rect(p, q, outer) for k, (p, q) in enumerate(legs)):
            return False
    return True
