"""Where to cut the ranks into rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from banana_layout.geometry.point import Pt
from banana_layout.graph.layered.measures import LABEL_GAP, Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.proper import ITEM, LABEL
from banana_layout.graph.spec import Gaps

CUT_COST = 0.05
"""What each further edge over a cut costs, as a share of the mean row: a slightly longer row is better than a tangle."""

MOST_PLACES = 120
"""Places for cuts that are weighed; in longer charts only every second, third … rank."""


def cuts(part: Ordered, measures: Measures, gaps: Gaps, rows: int) -> list[tuple[int, int]]:
    """Return the runs of ranks [first, last) that make at most `rows` rows, the longest row as short as can be.

    U. Ruegg, R. von Hanxleden, "Wrapping Layered Graphs" (Kiel TR 1803, 2018), with an exact search over the cuts
    instead of its greedy chunks. Frames are never cut; ranks of labels go with the rank before or after them.
    """
    p = part.proper
    places = _places(part) if rows > 1 else [0, p.height]
    rows = min(rows, len(places) - 1)
    if rows <= 1:
        return [(0, p.height)]
    along = _along(part, measures, gaps)
    crossing = [0] * (p.height + 1)
    for c in p.chains:
        for r in range(p.rank[c.vertices[0]] + 1, p.rank[c.vertices[-1]] + 1):
            crossing[r] += 1
    extra = along[p.height] / rows * CUT_COST
    n = len(places)
    never = (float("inf"), 0.0, 0.0)
    best = [(0.0, 0.0, 0.0)] + [never] * (n - 1)
    back: list[list[int]] = []
    for _ in range(rows):
        fresh = [never] * n
        origin = [0] * n
        for j in range(1, n):
            toll = extra * (crossing[places[j]] - 1) if j < n - 1 else 0.0
            for i in range(j):
                longest, tolls, squares = best[i]
                length = along[places[j]] - along[places[i]]
                cost = (max(longest, length), tolls + toll, squares + length * length)
                gain = fresh[j][0] + fresh[j][1] - cost[0] - cost[1]
                # Among equally long rows the most even ones win, and then fuller rows first.
                if gain > 1e-9 or (gain > -1e-9 and cost[2] <= fresh[j][2] + 1e-6):
                    fresh[j], origin[j] = cost, i
        back.append(origin)
        best = fresh
    ends = [n - 1]
    for origin in reversed(back):
        ends.append(origin[ends[-1]])
    ends.reverse()
    return [(places[a], places[b]) for a, b in pairwise(ends)]


def _places(part: Ordered) -> list[int]:
    """Return the ranks a row may start at, and the end."""
    p = part.proper
    inside = [False] * (p.height + 1)
    for b in p.bounds:
        for r in range(b.first + 1, b.last + 1):
            inside[r] = True
    items = [any(p.kind[v] == ITEM for v in layer) for layer in part.layers]
    starts = [r for r in range(1, p.height) if not inside[r] and items[r] and not p.label_rank[r] and any(items[:r])]
    return [0, *starts[:: 1 + len(starts) // MOST_PLACES], p.height]


def _along(part: Ordered, measures: Measures, gaps: Gaps) -> list[Pt]:
    """Return about how far each rank starts from the first, were they all in one row."""
    p = part.proper
    out = [0.0]
    for r, layer in enumerate(part.layers):
        band = 0.0
        for v in layer:
            if p.kind[v] == ITEM:
                band = max(band, measures.items[p.ref[v]].height)
            elif p.kind[v] == LABEL:
                band = max(band, measures.labels[p.ref[v]].height)
        out.append(out[-1] + band + gaps.rank * (LABEL_GAP if p.label_rank[r] else 1.0))
    return out


def crossing_vertices(part: Ordered, runs: Sequence[tuple[int, int]]) -> tuple[list[int], frozenset[int]]:
    """Return the row of each rank, and the slots of edges that pass from row to row (they leave the ranks)."""
    row = [0] * part.proper.height
    for i, (first, last) in enumerate(runs):
        for r in range(first, last):
            row[r] = i
    rank = part.proper.rank
    gone = [
        v for c in part.proper.chains if row[rank[c.vertices[0]]] != row[rank[c.vertices[-1]]] for v in c.vertices[1:-1]
    ]
    return row, frozenset(gone)
