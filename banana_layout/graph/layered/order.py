"""Orders within the ranks: few crossings, frames whole."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.graph.layered.proper import LEFT, RIGHT, Proper

ROUNDS = 8
"""Sweeps without a gain before a start is given up."""

BEHIND = 4
"""The same where the start has not caught up with the best one before it."""

SIDES = (LEFT, RIGHT)
"""Vertices that never change places with their neighbours."""

STARTS = 4
"""Starts tried while crossings remain."""

EFFORT = 60_000
"""Upper bound on vertices times sweeps over all starts, so that large graphs stay quick."""


class Ordered(NamedTuple):
    """A part with its ranks in order."""

    proper: Proper
    """Vertices and chains."""
    layers: tuple[tuple[int, ...], ...]
    """Vertices of each rank, left to right."""
    crossings: int
    """Pairs of segments that cross."""


def crossings(layers: Sequence[Sequence[int]], down: Sequence[Sequence[int]], pos: Sequence[int]) -> int:
    """Count the crossing pairs of segments between neighbouring ranks.

    Inversions of the lower ends, by insertion into a sorted list (the accumulator tree's counting of W. Barth,
    M. Juenger, P. Mutzel, "Simple and Efficient Bilayer Cross Counting", 2002, with bisection in C instead of a tree).
    """
    total = 0
    for layer in layers:
        seen: list[int] = []
        for v in layer:
            ends = down[v]
            if not ends:
                continue
            if len(ends) == 1:
                p = pos[ends[0]]
                total += len(seen) - bisect_right(seen, p)
                insort(seen, p)
            else:
                places = sorted([pos[w] for w in ends])
                for p in places:
                    total += len(seen) - bisect_right(seen, p)
                for p in places:
                    insort(seen, p)
    return total


def ordered(proper: Proper) -> Ordered:
    """Return the best orders found: barycentre and median sweeps with transposition, from several starts.

    K. Sugiyama, S. Tagawa, M. Toda 1981; Gansner et al. 1993, section 3. Frames stay contiguous in every rank, and
    neighbouring frames keep one order over all ranks (G. Sander, "Layout of Compound Directed Graphs", 1996).
    """
    best: tuple[int, list[list[int]]] | None = None
    effort = EFFORT
    for start in range(STARTS):
        sorter = _Sorter(proper, start)
        found, used = sorter.run(effort, None if best is None else best[0])
        effort -= used
        if best is None or found[0] < best[0]:
            best = found
        if not best[0] or effort <= 0:
            break
    if best is None:
        raise ValueError("no start")
    return Ordered(proper, tuple(map(tuple, best[1])), best[0])


class _Sorter:
    """One start and its sweeps."""

    def __init__(self, proper: Proper, start: int) -> None:
        self.proper = proper
        self.up, self.down = proper.up, proper.down
        self.pos = [0] * len(proper.kind)
        self.start = start
        self.frames = len(proper.bounds)
        self.children: list[list[int]] = [[] for _ in range(self.frames + 1)]
        for f, b in enumerate(proper.bounds):
            self.children[b.parent].append(f)  # the last list is the level's own: index -1
        self.place = [0.0] * self.frames
        self.layers = self._first()

    def _first(self) -> list[list[int]]:
        """Return layers in the order of a search from the top (even starts) or the bottom (odd ones)."""
        p = self.proper
        n = len(p.kind)
        down_first = self.start % 2 == 0
        forward, backward = (self.down, self.up) if down_first else (self.up, self.down)
        deep = self.start < 2
        roots = [v for v in range(n) if not backward[v] and p.kind[v] not in (LEFT, RIGHT)]
        seen = [False] * n
        visit: list[int] = []
        for root in [*roots, *range(n)]:
            if seen[root] or p.kind[root] in (LEFT, RIGHT):
                continue
            seen[root] = True
            queue = [root]
            while queue:
                v = queue.pop() if deep else queue.pop(0)
                visit.append(v)
                near = forward[v] if deep else (*forward[v], *backward[v])
                for w in reversed(near) if deep else near:
                    if not seen[w]:
                        seen[w] = True
                        queue.append(w)
        key = [0.0] * n
        for i, v in enumerate(visit):
            key[v] = float(i)
        layers: list[list[int]] = [[] for _ in range(p.height)]
        for v in visit:
            layers[p.rank[v]].append(v)
        for v in range(n):
            if p.kind[v] in (LEFT, RIGHT):
                layers[p.rank[v]].append(v)
        if self.frames:
            self._settle_frames([key[v] for v in range(n)])
            layers = [self._grouped(layer, key) for layer in layers]
        for layer in layers:
            for i, v in enumerate(layer):
                self.pos[v] = i
        return layers

    def _settle_frames(self, key: Sequence[float]) -> None:
        """Fix one left-to-right order of the frames from the mean keys of what they hold."""
        sums = [0.0] * self.frames
        counts = [0] * self.frames
        p = self.proper
        for v, home in enumerate(p.frame):
            if p.kind[v] in (LEFT, RIGHT):
                continue
            f = home
            while f >= 0:
                sums[f] += key[v]
                counts[f] += 1
                f = p.bounds[f].parent
        self.place = [s / c if c else 0.0 for s, c in zip(sums, counts, strict=True)]
        for group in self.children:
            group.sort(key=self.place.__getitem__)

    def _grouped(self, layer: Sequence[int], key: Sequence[float]) -> list[int]:
        """Return one rank sorted by keys, frames in one piece and in their settled order."""
        p = self.proper
        own: list[list[tuple[float, int, list[int]]]] = [[] for _ in range(self.frames + 1)]
        for i, v in enumerate(layer):
            if p.kind[v] not in (LEFT, RIGHT):
                own[p.frame[v]].append((key[v], i, [v]))
        rank = p.rank[layer[0]] if layer else 0
        return self._group(-1, rank, own)[1]

    def _group(self, f: int, rank: int, own: list[list[tuple[float, int, list[int]]]]) -> tuple[float, list[int]]:
        entries = own[f]
        inner = []
        for child in self.children[f]:
            b = self.proper.bounds[child]
            if b.first <= rank <= b.last:
                mean, run = self._group(child, rank, own)
                inner.append((mean, [b.lefts[rank - b.first], *run, b.rights[rank - b.first]]))
        means = sorted(m for m, _ in inner)  # frames keep their order: the smallest mean goes to the first
        entries += [(m, -1, run) for m, (_, run) in zip(means, inner, strict=True)]
        entries.sort(key=lambda e: e[0])
        flat = [v for _, _, run in entries for v in run]
        if entries:
            return math.fsum(e[0] for e in entries) / len(entries), flat
        return (self.place[f] if f >= 0 else 0.0), flat

    def run(self, effort: int, known: int | None) -> tuple[tuple[int, list[list[int]]], int]:
        """Sweep until nothing is gained; return the best orders with their crossings, and the effort spent.

        `known` is what an earlier start came to.
        """
        best_layers = [list(layer) for layer in self.layers]
        best = crossings(self.layers, self.down, self.pos)
        idle = used = 0
        turn = 0
        n = len(self.pos) or 1
        while best and idle < (ROUNDS if known is None or best <= known else BEHIND) and used < effort:
            self._sweep(turn)
            self._transpose()
            used += n
            found = crossings(self.layers, self.down, self.pos)
            turn += 1
            idle += 1
            if found < best:
                best, idle = found, 0
                best_layers = [list(layer) for layer in self.layers]
        return (best, best_layers), used

    def _sweep(self, turn: int) -> None:
        """Reorder every rank by its neighbours above (even turns) or below; equals change places every other time."""
        down = (turn + self.start) % 2 == 0
        near = self.up if down else self.down
        pos = self.pos
        layers = self.layers
        reverse_ties = turn % 4 >= 2
        median = turn % 6 >= 4
        if self.frames:
            self._settle_frames(self._relative())
        order = range(len(layers)) if down else range(len(layers) - 1, -1, -1)
        for r in order:
            layer = layers[r]
            key: dict[int, float] = {}
            for v in layer:
                ends = near[v]
                if not ends:
                    key[v] = -1.0
                elif len(ends) == 1:
                    key[v] = pos[ends[0]]
                elif median:
                    places = sorted([pos[w] for w in ends])
                    key[v] = (places[(len(places) - 1) // 2] + places[len(places) // 2]) / 2
                else:
                    key[v] = math.fsum([pos[w] for w in ends]) / len(ends)
            if self.frames:
                layers[r] = self._sorted_grouped(layer, key, reverse_ties)
            else:
                layers[r] = _sorted_free(layer, key, reverse_ties)
            for i, v in enumerate(layers[r]):
                pos[v] = i

    def _relative(self) -> list[float]:
        """Return each vertex's place in its rank as a share of the rank."""
        out = [0.0] * len(self.pos)
        for layer in self.layers:
            n = len(layer)
            for i, v in enumerate(layer):
                out[v] = (i + 0.5) / n
        return out

    def _sorted_grouped(self, layer: list[int], key: dict[int, float], reverse_ties: bool) -> list[int]:
        """Sort one rank with frames; what has no neighbours keeps its place by the keys around it."""
        full = [0.0] * len(self.pos)
        last = 0.0
        for v in reversed(layer) if reverse_ties else layer:
            k = key[v]
            if k < 0:
                k = last
            last = k
            full[v] = k
        run = layer[::-1] if reverse_ties else layer
        return self._grouped(run, full)

    def _transpose(self) -> None:
        """Swap neighbours while that saves crossings."""
        p = self.proper
        frame, kind = p.frame, p.kind
        pos, up, down = self.pos, self.up, self.down
        active = [True] * len(self.layers)
        for _ in range(10):
            gained = False
            fresh = [False] * len(self.layers)
            for r, layer in enumerate(self.layers):
                if len(layer) < 2 or not any(active[max(0, r - 1) : r + 2]):
                    continue
                # The ranks above and below stand still meanwhile: each vertex's places there are looked up once.
                above = [[pos[w] for w in up[v]] for v in layer]
                below = [[pos[w] for w in down[v]] for v in layer]
                for places in (*above, *below):
                    if len(places) > 1:
                        places.sort()
                for i in range(len(layer) - 1):
                    a, b = layer[i], layer[i + 1]
                    if _apart(above[i], above[i + 1]) and _apart(below[i], below[i + 1]):
                        continue
                    if frame[a] != frame[b] or kind[a] in SIDES or kind[b] in SIDES:
                        continue
                    if _excess(above[i], above[i + 1]) + _excess(below[i], below[i + 1]) > 0:
                        layer[i], layer[i + 1] = b, a
                        above[i], above[i + 1] = above[i + 1], above[i]
                        below[i], below[i + 1] = below[i + 1], below[i]
                        pos[a], pos[b] = i + 1, i
                        gained = fresh[r] = True
            if not gained:
                return
            active = fresh


def _apart(a: Sequence[int], b: Sequence[int]) -> bool:
    """Tell whether the segments of two neighbours do not cross as they stand."""
    return not a or not b or a[-1] <= b[0]


def _excess(a: Sequence[int], b: Sequence[int]) -> int:
    """Return the crossings between the segments of two neighbours as they stand, less those after swapping them.

    Both name the ascending places of the segments' other ends.
    """
    if not a or not b:
        return 0
    if a[-1] < b[0]:
        return -len(a) * len(b)
    if b[-1] < a[0]:
        return len(a) * len(b)
    if len(a) == 1 and len(b) == 1:
        return 0
    total, n = 0, len(b)
    for p in a:
        total += bisect_left(b, p) - n + bisect_right(b, p)
    return total


def _sorted_free(layer: list[int], key: dict[int, float], reverse_ties: bool) -> list[int]:
    """Sort one rank by its keys; vertices without a key keep their places."""
    keyed = [v for v in layer if key[v] >= 0]
    if reverse_ties:
        keyed.reverse()
    keyed.sort(key=key.__getitem__)
    if len(keyed) == len(layer):
        return keyed
    it = iter(keyed)
    return [next(it) if key[v] >= 0 else v for v in layer]
