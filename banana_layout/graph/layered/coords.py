"""Positions across the ranks: straight long edges, balanced fans, nothing overlapping."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from banana_layout.geometry.point import Pt

Layers = Sequence[Sequence[int]]
"""Vertices of each rank, left to right."""


def positions(
    layers: Layers,
    near: tuple[Sequence[Sequence[int]], Sequence[Sequence[int]], Sequence[Sequence[int]]],
    strength: Sequence[int],
    apart: Sequence[Pt],
    ties: Sequence[tuple[int, int, Pt]] = (),
) -> list[Pt]:
    """Return each vertex's position across the ranks, by U. Brandes and B. Koepf, "Fast and Simple Horizontal Coordinate Assignment", 2001.

    `near` names each vertex's neighbours in the rank above, and those above and below it is to be aligned with;
    `apart[v]` is the least distance from v's left neighbour to v.
    `strength[v]` is 2 for frame sides, 1 for edges' slots, 0 for nodes: a segment between two equally strong vertices
    stays straight against weaker ones that cross it. `ties` are further least distances (left, right, distance) between
    vertices of straight frame sides. The four runs keep all distances as longest paths over blocks, so the erratum
    (U. Brandes, J. Walter, J. Zink 2020, arXiv 2008.01252) on the paper's class shifts does not arise; their averaged
    medians keep them too, since order statistics are monotone.
    """
    up, lead_up, lead_down = near
    pos = [0] * len(up)
    for layer in layers:
        for i, v in enumerate(layer):
            pos[v] = i
    barred = _conflicts(layers, up, pos, strength)
    runs = []
    for upward in (False, True):
        lead = lead_down if upward else lead_up
        ranks = layers[::-1] if upward else layers
        for leftward in (False, True):
            root = _aligned(ranks, lead, pos, barred, (upward, leftward))
            x = _compacted(layers, root, apart, ties, leftward)
            runs.append(x)
    return _balanced(layers, runs)


def _conflicts(
    layers: Layers, up: Sequence[Sequence[int]], pos: Sequence[int], strength: Sequence[int]
) -> set[tuple[int, int]]:
    """Return segments (upper, lower) that cross a stronger one."""
    barred: set[tuple[int, int]] = set()
    for layer in layers:
        segments = [(min(strength[u], strength[v]), pos[u], pos[v], u, v) for v in layer for u in up[v]]
        if not any(s[0] for s in segments):
            continue
        for level in (2, 1):
            strong = sorted((s[1], s[2]) for s in segments if s[0] == level and (s[3], s[4]) not in barred)
            if not strong:
                continue
            tops = [t for t, _ in strong]
            reach, least = [], []
            high, low = -1, len(pos)
            for _, b in strong:
                high = max(high, b)
                reach.append(high)
            for _, b in reversed(strong):
                low = min(low, b)
                least.append(low)
            least.reverse()
            for s, t, b, u, v in segments:
                if s < level:
                    i, j = bisect_left(tops, t), bisect_right(tops, t)
                    if (i and reach[i - 1] > b) or (j < len(tops) and least[j] < b):
                        barred.add((u, v))
    return barred


def _aligned(
    ranks: Layers,
    near: Sequence[Sequence[int]],
    pos: Sequence[int],
    barred: set[tuple[int, int]],
    way: tuple[bool, bool],
) -> list[int]:
    """Return each vertex's block root: vertices aligned with the median of their neighbours, from one side."""
    upward, leftward = way
    n = len(near)
    root = list(range(n))
    taken = [False] * n
    for layer in ranks:
        bound = -1 if not leftward else n + 1
        for v in reversed(layer) if leftward else layer:
            ends = near[v]
            d = len(ends)
            if not d:
                continue
            if d == 1:
                middle: Sequence[int] = ends
            else:
                by_place = sorted(ends, key=pos.__getitem__)
                lower, upper = by_place[(d - 1) // 2], by_place[d // 2]
                middle = (lower,) if lower == upper else (upper, lower) if leftward else (lower, upper)
            for u in middle:
                p = pos[u]
                if (p < bound if leftward else p > bound) and not taken[u]:
                    if barred and ((v, u) if upward else (u, v)) in barred:
                        continue
                    taken[u] = True
                    root[v] = root[u]
                    bound = p
                    break
    return root


def _compacted(
    layers: Layers,
    root: Sequence[int],
    apart: Sequence[Pt],
    ties: Sequence[tuple[int, int, Pt]],
    leftward: bool,
) -> list[Pt]:
    """Push all blocks to one side, then each back toward its neighbours as far as it goes without moving them."""
    n = len(root)
    after: list[list[tuple[int, Pt]]] = [[] for _ in range(n)]
    before: list[list[tuple[int, Pt]]] = [[] for _ in range(n)]
    waiting = [0] * n
    links = []
    for layer in layers:
        a = -1
        for v in layer:
            b = root[v]
            if a >= 0:
                links.append((a, b, apart[v]))
            a = b
    links += [(root[a], root[b], d) for a, b, d in ties]
    for a, b, d in [(b, a, d) for a, b, d in links] if leftward else links:
        after[a].append((b, d))
        before[b].append((a, d))
        waiting[b] += 1
    roots = [v for layer in layers for v in layer if root[v] == v]
    order = [v for v in roots if not waiting[v]]
    x = [0.0] * n
    for v in order:
        base = x[v]
        for w, d in after[v]:
            x[w] = max(x[w], base + d)
            waiting[w] -= 1
            if not waiting[w]:
                order.append(w)
    for v in reversed(order):
        if after[v]:
            limit = min([x[w] - d for w, d in after[v]])
            x[v] = max(x[v], limit)
    sign = -1.0 if leftward else 1.0
    return [sign * x[root[v]] for v in range(n)]


def _balanced(layers: Layers, runs: Sequence[list[Pt]]) -> list[Pt]:
    """Return the mean of the two middle ones of the four runs, shifted against the narrowest run first."""
    present = [v for layer in layers for v in layer]
    if not present:
        return list(runs[0])
    spans = []
    for x in runs:
        values = [x[v] for v in present]
        spans.append((min(values), max(values)))
    narrow = min(range(4), key=lambda i: (spans[i][1] - spans[i][0], i))
    low, high = spans[narrow]
    moved = []
    for i, x in enumerate(runs):
        shift = (low - spans[i][0]) if i % 2 == 0 else (high - spans[i][1])
        moved.append([v + shift for v in x])
    out = []
    for a, b, c, d in zip(*moved, strict=True):
        out.append((a + b + c + d - min(a, b, c, d) - max(a, b, c, d)) / 2)
    return out
