"""Where clusters' titles stand: in their frames, where no edge, node or label comes upon them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import msgspec

from banana_layout.diagrams.flowchart.fit import MEASURES
from banana_layout.diagrams.flowchart.spread import Spread
from banana_layout.diagrams.labels import Cut
from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect

ASIDE = 0.4
"""What a title best keeps off lines, in em."""

NEAR = 0.15
"""What it keeps off them at least."""

NARROW = 2.2
"""A title is never broken at less than this width, in em, to keep off a line."""


class Title(msgspec.Struct, frozen=True):
    """Where a cluster's title stands."""

    rect: Rect
    """The box of its lines."""
    cut: Cut
    """Its lines."""
    crossed: bool
    """Whether an edge passes through it all the same: it then stands on a patch over the edge."""


def titles(placed: Spread, ways: Sequence[Sequence[Point]]) -> tuple[Title, ...]:
    """Return a place for each cluster's title: at the left of its frame's upper strip, or where no way passes there.

    Where every place in the strip is passed, the title may break into more lines, and then stand anywhere in its frame
    that is empty. `ways` are the edges' lines.
    """
    legs = [leg for way in ways for leg in itertools.pairwise(way)]
    return tuple(_title(placed, i, legs) for i in range(len(placed.clusters)))


def _title(placed: Spread, i: int, legs: Sequence[tuple[Point, Point]]) -> Title:
    """Return the best place for one title."""
    frame, size = placed.clusters[i], placed.size
    near = [leg for leg in legs if _reaches(leg, frame)]
    cuts = _cuts(placed, i)
    blocks = _blocks(placed, i)
    for cut, aside in itertools.product(cuts, (ASIDE * size, NEAR * size)):
        extent = cut.text.scaled(size)
        y = frame.y + 0.14 * size
        for x in _starts(frame, extent.width, (size, aside), near):
            rect = Rect(x, y, *extent)
            if _clear(rect, frame, near, blocks if cut is not cuts[0] else (), aside):
                return Title(rect, cut, False)
    for cut in cuts:
        extent = cut.text.scaled(size)
        for y in _steps(frame.y + 0.14 * size, frame.bottom - 0.2 * size - extent.height):
            for x in _steps(frame.x + 0.4 * size, frame.right - 0.4 * size - extent.width):
                rect = Rect(x, y, *extent)
                if _clear(rect, frame, near, blocks, NEAR * size):
                    return Title(rect, cut, False)
    rect = Rect(frame.x + 0.4 * size, frame.y + 0.14 * size, *cuts[0].text.scaled(size))
    return Title(rect, cuts[0], any(crosses_rect(p, q, rect) for p, q in near))


def _cuts(placed: Spread, i: int) -> list[Cut]:
    """Return the title as wide as its frame holds it, and narrower."""
    out = [placed.title_cuts[i]]
    for measure in (*MEASURES, NARROW):
        cut = placed.chart.titles[i].cut(max(NARROW, measure))
        if cut.text.width < out[-1].text.width - 1e-6:
            out.append(cut)
    return out


def _blocks(placed: Spread, i: int) -> list[Rect]:
    """Return what a title may not stand on: nodes, labels, and frames but those around its own."""
    own = placed.clusters[i]
    frames = [f for j, f in enumerate(placed.clusters) if j != i and not f.holds(own, 0.01)]
    return [*placed.boxes, *frames, *(r for r in placed.label_places if r is not None)]


def _starts(frame: Rect, width: Pt, how: tuple[Pt, Pt], near: Sequence[tuple[Point, Point]]) -> list[Pt]:
    """Return where a title may begin in the upper strip: at the left, behind each line, at the right.

    `how` is the text's size and what a title keeps off lines.
    """
    size, aside = how
    low, high = frame.x + 0.4 * size, frame.right - 0.4 * size - width
    if high <= low:
        return [low]
    behind = sorted(max(p.x, q.x) + aside + 0.01 * size for p, q in near if min(p.y, q.y) < frame.y + 3 * size)
    return [low, *(x for x in behind if low < x < high), high]


def _steps(low: Pt, high: Pt) -> list[Pt]:
    """Return places from one to another."""
    return [low + (high - low) * i / 8 for i in range(9)] if high > low else []


def _clear(rect: Rect, frame: Rect, near: Sequence[tuple[Point, Point]], blocks: Sequence[Rect], aside: Pt) -> bool:
    """Tell whether a place lies in the frame, so far clear of lines and blocks."""
    outer = rect.grown(aside)
    if rect.right > frame.right + 0.01 or rect.bottom > frame.bottom + 0.01:
        return False
    return not any(b.meets(outer) for b in blocks) and not any(crosses_rect(p, q, outer) for p, q in near)


def _reaches(leg: tuple[Point, Point], frame: Rect) -> bool:
    """Tell whether a leg's box meets a frame."""
    p, q = leg
    across = max(p.x, q.x) >= frame.x and min(p.x, q.x) <= frame.right
    return across and max(p.y, q.y) >= frame.y and min(p.y, q.y) <= frame.bottom
