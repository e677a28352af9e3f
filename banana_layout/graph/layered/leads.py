"""Which neighbours a vertex is to stand in line with."""

from __future__ import annotations

from collections.abc import Sequence

Near = tuple[tuple[int, ...], ...]
"""Neighbours of each vertex on one side."""


def leads(
    is_item: Sequence[bool],
    chains: Sequence[tuple[bool, tuple[int, ...]]],
    near: tuple[list[list[int]], list[list[int]]],
) -> tuple[Near, Near]:
    """Return the neighbours above, and those below, that each vertex is to be aligned with.

    `chains` are (whether the edge runs back, its vertices downward). At a node, edges that run back give way to others,
    and of two the shorter one leads: so the main flow of a chart stays straight.
    """
    up, down = ([tuple(v) for v in side] for side in near)
    weight: dict[tuple[int, int], tuple[bool, int]] = {}
    for flipped, run in chains:
        cost = (flipped, len(run))
        for pair in (run[:2], run[-2:]):
            key = (pair[0], pair[1])
            weight[key] = min(weight.get(key, cost), cost)
    for v, item in enumerate(is_item):
        if not item:
            continue
        for side, above in ((up, True), (down, False)):
            if len(side[v]) < 2:
                continue
            costs = [weight[(w, v) if above else (v, w)] for w in side[v]]
            kept = [(w, c) for w, c in zip(side[v], costs, strict=True) if c[0] == min(costs)[0]]
            if len(kept) == 2 and kept[0][1] != kept[1][1]:
                kept = [min(kept, key=lambda k: k[1])]
            side[v] = tuple(w for w, _ in kept)
    return tuple(up), tuple(down)
