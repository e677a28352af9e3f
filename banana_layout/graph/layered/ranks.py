"""Ranks by network simplex: the shortest total edge length."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

PIVOTS = 4000
"""Most exchanges tried; far beyond what charts need, it bounds the time on hostile ones."""


class Span(NamedTuple):
    """A constraint: the head's rank is at least the tail's plus `length`."""

    tail: int
    """Vertex above."""
    head: int
    """Vertex below."""
    length: int = 1
    """Least distance in ranks."""
    weight: int = 1
    """What each rank of distance costs."""


def ranks(count: int, spans: Sequence[Span]) -> list[int]:
    """Return a rank for each vertex 0 … count - 1 so that the weighted sum of all spans' distances is least.

    The spans must hold no cycle. Each connected part starts at rank 0. Network simplex after Gansner, Koutsofios,
    North and Vo 1993, section 2.3; cut values come from subtree sums of (weight out - weight in), which is what the
    paper's definition adds up to.
    """
    rank = _longest_paths(count, spans)
    for part in _parts(count, spans):
        if len(part) > 1:
            index = {v: i for i, v in enumerate(part)}
            local = [Span(index[s.tail], index[s.head], s.length, s.weight) for s in spans if s.tail in index]
            tree = _Tree([rank[v] for v in part], local)
            tree.optimise()
            for v, r in zip(part, tree.rank, strict=True):
                rank[v] = r
        low = min(rank[v] for v in part)
        for v in part:
            rank[v] -= low
    return rank


def balanced(rank: list[int], spans: Sequence[Span], movable: Sequence[bool]) -> list[int]:
    """Return the ranks with vertices of equal weight in and out moved to the emptiest rank they may have (section 2.3).

    Only vertices marked in `movable` move, and only they count as filling a rank.
    """
    rank = list(rank)
    fill = [0] * (max(rank, default=0) + 1)
    ins: list[list[Span]] = [[] for _ in rank]
    outs: list[list[Span]] = [[] for _ in rank]
    for s in spans:
        outs[s.tail].append(s)
        ins[s.head].append(s)
    for v, r in enumerate(rank):
        if movable[v]:
            fill[r] += 1
    for v, r in enumerate(rank):
        if not movable[v] or not ins[v] or not outs[v]:
            continue
        if sum(s.weight for s in ins[v]) != sum(s.weight for s in outs[v]):
            continue
        low = max(rank[s.tail] + s.length for s in ins[v])
        high = min(rank[s.head] - s.length for s in outs[v])
        best = r
        for candidate in range(low, high + 1):
            if fill[candidate] + 1 < fill[best]:
                best = candidate
        if best != r:
            fill[r] -= 1
            fill[best] += 1
            rank[v] = best
    return rank


def _longest_paths(count: int, spans: Sequence[Span]) -> list[int]:
    """Return the least ranks that satisfy all spans."""
    waiting = [0] * count
    out: list[list[Span]] = [[] for _ in range(count)]
    for s in spans:
        waiting[s.head] += 1
        out[s.tail].append(s)
    rank = [0] * count
    ready = [v for v in range(count) if not waiting[v]]
    for v in ready:
        for s in out[v]:
            rank[s.head] = max(rank[s.head], rank[v] + s.length)
            waiting[s.head] -= 1
            if not waiting[s.head]:
                ready.append(s.head)
    if len(ready) < count:
        raise ValueError("spans form a cycle")
    return rank


def _parts(count: int, spans: Sequence[Span]) -> list[list[int]]:
    """Return the connected parts, each in ascending order."""
    near: list[list[int]] = [[] for _ in range(count)]
    for s in spans:
        near[s.tail].append(s.head)
        near[s.head].append(s.tail)
    seen = [False] * count
    parts = []
    for root in range(count):
        if seen[root]:
            continue
        seen[root] = True
        part = [root]
        for v in part:
            for w in near[v]:
                if not seen[w]:
                    seen[w] = True
                    part.append(w)
        parts.append(sorted(part))
    return parts


class _Tree:
    """A spanning tree of tight spans over one connected part, exchanged span by span until no cut is negative."""

    def __init__(self, rank: list[int], spans: Sequence[Span]) -> None:
        self.rank = rank
        self.spans = spans
        n = len(rank)
        self.near: list[list[int]] = [[] for _ in range(n)]
        self.balance = [0] * n
        for i, s in enumerate(spans):
            self.near[s.tail].append(i)
            self.near[s.head].append(i)
            self.balance[s.tail] += s.weight
            self.balance[s.head] -= s.weight
        self.joined: list[list[int]] = [[] for _ in range(n)]
        self.in_tree = [False] * len(spans)
        self._grow()

    def _slack(self, i: int) -> int:
        s = self.spans[i]
        return self.rank[s.head] - self.rank[s.tail] - s.length

    def _grow(self) -> None:
        """Grow a tight tree from vertex 0, moving it by the least slack whenever it is stuck."""
        inside = [False] * len(self.rank)
        inside[0] = True
        tree = [0]
        at = 0
        while len(tree) < len(self.rank):
            while at < len(tree):
                v = tree[at]
                at += 1
                for i in self.near[v]:
                    s = self.spans[i]
                    w = s.head if s.tail == v else s.tail
                    if not inside[w] and not self._slack(i):
                        self._join(i)
                        inside[w] = True
                        tree.append(w)
            if len(tree) == len(self.rank):
                return
            best, least = -1, 0
            for i, s in enumerate(self.spans):
                if inside[s.tail] != inside[s.head]:
                    d = self._slack(i)
                    if best < 0 or d < least:
                        best, least = i, d
            shift = least if inside[self.spans[best].tail] else -least
            for v in tree:
                self.rank[v] += shift
            s = self.spans[best]
            w = s.head if inside[s.tail] else s.tail
            self._join(best)
            inside[w] = True
            tree.append(w)
            at = 0 if shift else at

    def _join(self, i: int) -> None:
        self.in_tree[i] = True
        self.joined[self.spans[i].tail].append(i)
        self.joined[self.spans[i].head].append(i)

    def _part(self, i: int) -> None:
        self.in_tree[i] = False
        self.joined[self.spans[i].tail].remove(i)
        self.joined[self.spans[i].head].remove(i)

    def _survey(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Return the vertices in preorder from vertex 0, where each subtree ends, the span to each parent, and net flows."""
        n = len(self.rank)
        order: list[int] = []
        first = [0] * n
        above = [-1] * n
        stack = [0]
        spans, joined = self.spans, self.joined
        while stack:
            v = stack.pop()
            first[v] = len(order)
            order.append(v)
            up = above[v]
            for i in joined[v]:
                if i != up:
                    s = spans[i]
                    w = s.head if s.tail == v else s.tail
                    above[w] = i
                    stack.append(w)
        last = [f + 1 for f in first]
        net = list(self.balance)
        for v in reversed(order):
            i = above[v]
            if i >= 0:
                s = spans[i]
                p = s.tail if s.head == v else s.head
                net[p] += net[v]
                last[p] = max(last[p], last[v])
        return first, last, above, net

    def optimise(self) -> None:
        """Exchange spans until every cut value is at least 0 (or the limit is reached)."""
        start = 0
        n = len(self.rank)
        for _ in range(min(PIVOTS, 40 * n + 100)):
            first, last, above, net = self._survey()
            leaving = -1
            for k in range(n):
                v = (start + k) % n
                i = above[v]
                if i >= 0 and (net[v] if self.spans[i].tail == v else -net[v]) < 0:
                    leaving = v
                    break
            if leaving < 0:
                return
            start = leaving
            self._exchange(leaving, above[leaving], first, last)

    def _exchange(self, v: int, i: int, first: list[int], last: list[int]) -> None:
        """Replace the span from v to its parent by the tightest one that crosses the cut the other way."""
        low, high = first[v], last[v]
        tail_below = self.spans[i].tail == v
        best, least = -1, 0
        rank = self.rank
        for j, (tail, head, length, _) in enumerate(self.spans):
            inner_tail = low <= first[tail] < high
            if inner_tail == (low <= first[head] < high) or inner_tail == tail_below:
                continue
            d = rank[head] - rank[tail] - length
            if best < 0 or d < least:
                best, least = j, d
                if not d:
                    break
        self._part(i)
        self._join(best)
        shift = -least if tail_below else least
        if shift:
            for w, f in enumerate(first):
                if low <= f < high:
                    rank[w] += shift
