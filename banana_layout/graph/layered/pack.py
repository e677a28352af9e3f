"""Unconnected parts side by side on shelves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size

MOST_LIMITS = 60
"""Shelf widths tried, spread evenly over those that matter."""

MOST_IN_RUN = 40
"""Longest shelf whose width is tried."""


def packed(sizes: Sequence[Size], gap: Pt, aspect: float) -> tuple[list[tuple[Pt, Pt]], Size]:
    """Return where boxes go, in order on shelves, and the whole extent.

    Of all shelf widths that matter, the one that can be drawn largest in a panel `aspect` times as wide as high wins.
    """
    if not sizes:
        return [], Size(0.0, 0.0)
    widest = max(s.width for s in sizes)
    limits = [widest]
    for i in range(len(sizes)):
        run = -gap
        for s in sizes[i : i + MOST_IN_RUN]:
            run += s.width + gap
            if run >= widest:
                limits.append(run)
    best: tuple[Pt, list[tuple[Pt, Pt]], Size] | None = None
    wanted = sorted(set(limits))
    for limit in wanted[:: 1 + len(wanted) // MOST_LIMITS]:
        spots, size = _shelves(sizes, gap, limit + 1e-9)
        cost = max(size.width, size.height * aspect)
        if best is None or cost < best[0] - 1e-9:
            best = (cost, spots, size)
    if best is None:
        raise ValueError("no shelf width")
    return best[1], best[2]


def _shelves(sizes: Sequence[Size], gap: Pt, limit: Pt) -> tuple[list[tuple[Pt, Pt]], Size]:
    """Fill shelves no wider than `limit`; boxes of a shelf are centred on one line, shelves on one axis."""
    shelves: list[list[Size]] = [[]]
    run = 0.0
    for s in sizes:
        if shelves[-1] and run + gap + s.width > limit:
            shelves.append([])
            run = 0.0
        run += s.width + (gap if shelves[-1] else 0.0)
        shelves[-1].append(s)
    widths = [math.fsum(s.width for s in shelf) + gap * (len(shelf) - 1) for shelf in shelves]
    width = max(widths)
    spots = []
    y = 0.0
    for shelf, w in zip(shelves, widths, strict=True):
        tall = max(s.height for s in shelf)
        x = (width - w) / 2
        for s in shelf:
            spots.append((x, y + (tall - s.height) / 2))
            x += s.width + gap
        y += tall + gap
    return spots, Size(width, y - gap)
