"""Mind maps: a two-sided tidy tree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

Sides = Literal["both", "right"]
"""Whether branches stand on both sides of the root or only at its right."""


_Piece = tuple[Pt, Pt, Pt]
"""A stretch of an outline: from x, to x, at y."""


START_COST = (1.04, 1.0, 1.06)
"""What it costs to let 0, 1 or 2 branches stand at the upper left before the right side begins, against the best (1)."""

TRIED = 3
"""Splits placed for each start."""


class TreeSpec(msgspec.Struct, frozen=True):
    """A node with all that hangs off it."""

    id: str
    """Unique in the tree."""
    width: Pt
    """Extent along x."""
    height: Pt
    """Extent along y."""
    children: tuple[TreeSpec, ...] = ()
    """In the author's order."""


class TreeGaps(msgspec.Struct, frozen=True):
    """Least distances."""

    level: Pt
    """Between a node's outer side and its children's inner sides."""
    sibling: Pt
    """Between neighbours that share a parent."""
    branch: Pt
    """Between neighbours that do not, and between the root's branches."""
    root: Pt | None = None
    """Between the root and its branches; None: as `level`."""


class TreeDrawing(msgspec.Struct, frozen=True):
    """A finished tree; everything lies between the origin and `size`."""

    size: Size
    """Extent of all nodes."""
    nodes: tuple[Rect, ...]
    """In preorder."""
    sides: tuple[Literal["root", "left", "right"], ...]
    """Where each node stands, in preorder."""
    parents: tuple[int, ...]
    """Each node's parent by its place in preorder; -1 for the root."""
    split: int
    """How many of the branches stand at the right."""
    first: int = 0
    """Which branch is the topmost at the right: the right side takes `split` branches from it on, the left the rest."""


class _Flat(NamedTuple):
    """The tree as parallel lists in preorder."""

    width: list[Pt]
    height: list[Pt]
    parent: list[int]
    children: list[list[int]]
    depth: list[int]


def layout(
    root: TreeSpec, gaps: TreeGaps, sides: Sides = "both", split: int | None = None, aspect: float = 1.6
) -> TreeDrawing:
    """Lay a tree out with the root in the middle (or at the left) and branches growing outward.

    Branches run clockwise in the author's order: the first stands at the upper left, the next ones go down the right
    side, the last ones climb the left side.
    Contours keep subtrees apart (A. van der Ploeg, "Drawing Non-layered Tidy Trees in Linear Time", 2014).
    `split` is how many branches stand at the right (clamped); None takes the one drawn largest in a panel of `aspect`.
    """
    flat = _flattened(root)
    branches = flat.children[0]
    n = len(branches)
    if sides == "right" or n < 2:
        return _drawn(flat, gaps, n, 0)
    if split is not None:
        k = min(n, max(0, split))
        return _drawn(flat, gaps, k, 1 if 0 < k < n else 0)
    best: tuple[float, TreeDrawing] | None = None
    for k, first in _likely(_heights(flat, gaps)):
        drawn = _drawn(flat, gaps, k, first)
        cost = max(drawn.size.width, drawn.size.height * aspect) * START_COST[first]
        if best is None or cost < best[0] - 1e-9:
            best = (cost, drawn)
    if best is None:
        raise ValueError("no split")
    return best[1]


def _likely(heights: Sequence[Pt]) -> list[tuple[int, int]]:
    """Return the splits (branches at the right, first of them) that balance the sides best, for each start."""
    n = len(heights)
    half = math.fsum(heights) / 2
    found = []
    for first in range(min(len(START_COST), n)):
        shares = sorted(range(1, n), key=lambda k: (abs(math.fsum(heights[first : first + k]) - half), -k))
        found += [(k, first) for k in shares if first + k <= n][:TRIED]
    return found


def _heights(flat: _Flat, gaps: TreeGaps) -> list[Pt]:
    """Return a quick bound of each branch's height: the larger of the node and its children's stack."""
    size = list(flat.height)
    for v in reversed(range(len(size))):
        kids = flat.children[v]
        if kids:
            size[v] = max(size[v], math.fsum(size[c] for c in kids) + gaps.sibling * (len(kids) - 1))
    return [size[b] + gaps.branch for b in flat.children[0]]


def _flattened(root: TreeSpec) -> _Flat:
    """Return the tree in preorder, without recursion."""
    flat = _Flat([], [], [], [], [])
    stack = [(root, -1)]
    while stack:
        node, parent = stack.pop()
        v = len(flat.width)
        flat.width.append(node.width)
        flat.height.append(node.height)
        flat.parent.append(parent)
        flat.children.append([])
        flat.depth.append(flat.depth[parent] + 1 if parent >= 0 else 0)
        if parent >= 0:
            flat.children[parent].append(v)
        stack += [(child, v) for child in reversed(node.children)]
    return flat


def _drawn(flat: _Flat, gaps: TreeGaps, split: int, first: int) -> TreeDrawing:
    """Place both sides about the root."""
    branches = flat.children[0]
    n = len(branches)
    right = branches[first : first + split]
    # Clockwise: what follows the right side climbs the left side, and what comes before it stands uppermost there.
    left = (branches[:first][::-1] + branches[first + split :][::-1]) if split else branches
    count = len(flat.width)
    x, y = [0.0] * count, [0.0] * count
    side: list[Literal["root", "left", "right"]] = ["root"] * count
    for group, name in ((right, "right"), (left, "left")):
        if group:
            _side(flat, gaps, group, (x, y))
            _mark(flat, group, side, "right" if name == "right" else "left")
    x[0], y[0] = -flat.width[0] / 2, -flat.height[0] / 2
    for v in range(1, count):
        if side[v] == "left":
            x[v] = -x[v] - flat.width[v]
    low_x, low_y = min(x), min(y)
    high_x = max(a + w for a, w in zip(x, flat.width, strict=True))
    high_y = max(a + h for a, h in zip(y, flat.height, strict=True))
    rects = tuple(Rect(a - low_x, b - low_y, w, h) for a, b, w, h in zip(x, y, flat.width, flat.height, strict=True))
    size = Size(high_x - low_x, high_y - low_y)
    return TreeDrawing(size, rects, tuple(side), tuple(flat.parent), split if n else 0, first)


def _mark(
    flat: _Flat, group: Sequence[int], side: list[Literal["root", "left", "right"]], name: Literal["left", "right"]
) -> None:
    stack = list(group)
    while stack:
        v = stack.pop()
        side[v] = name
        stack += flat.children[v]


def _side(flat: _Flat, gaps: TreeGaps, group: Sequence[int], spots: tuple[list[Pt], list[Pt]]) -> None:
    """Place one side as if it were the right one, its middle at the root's."""
    x, y = spots
    root_gap = gaps.level if gaps.root is None else gaps.root
    order = []
    stack = list(reversed(group))
    while stack:
        v = stack.pop()
        order.append(v)
        p = flat.parent[v]
        x[v] = (flat.width[0] / 2 + root_gap) if p == 0 else x[p] + flat.width[p] + gaps.level
        stack += reversed(flat.children[v])
    tidy = _Tidy(flat, gaps, x)
    for v in reversed(order):
        tidy.join(v, flat.children[v])
    tidy.join(-1, list(group))
    offset = tidy.offset
    low = min(tidy.extent[v][0] + offset[v] for v in group)
    high = max(tidy.extent[v][1] + offset[v] for v in group)
    middle = (low + high) / 2
    for v in group:
        y[v] = offset[v] - middle
    for v in order:
        if flat.parent[v] != 0:
            y[v] = y[flat.parent[v]] + offset[v]


class _Tidy:
    """Stacks subtrees by their contours: piecewise constant upper and lower outlines over x."""

    def __init__(self, flat: _Flat, gaps: TreeGaps, x: Sequence[Pt]) -> None:
        self.flat, self.gaps, self.x = flat, gaps, x
        n = len(flat.width)
        self.offset = [0.0] * n
        """Each node's top relative to its parent's top (a branch's: to the stack's start)."""
        self.extent: list[tuple[Pt, Pt]] = [(0.0, 0.0)] * n
        """Each subtree's least top and greatest bottom relative to the node's top."""
        self.upper: list[list[_Piece]] = [[] for _ in range(n)]
        self.lower: list[list[_Piece]] = [[] for _ in range(n)]
        """Outlines left to right, relative to the node's top."""

    def join(self, v: int, kids: Sequence[int]) -> None:
        """Stack a node's subtrees, centre the node on them and store the joint contours."""
        flat = self.flat
        top: list[_Piece] = []
        bottom: list[_Piece] = []
        low, high = 0.0, 0.0
        for i, c in enumerate(kids):
            at = 0.0
            if i:
                gap = self.gaps.branch if v < 0 else self.gaps.sibling
                at = _clear(bottom, self.upper[c], gap)
            self.offset[c] = at
            fresh_top = [(a, b, y + at) for a, b, y in self.upper[c]]
            fresh_bottom = [(a, b, y + at) for a, b, y in self.lower[c]]
            top = _merged(top, fresh_top)
            bottom = _merged(fresh_bottom, bottom)
            low = min(low, self.extent[c][0] + at)
            high = max(high, self.extent[c][1] + at)
        if v < 0:
            return
        h = flat.height[v]
        if kids:
            first, last = kids[0], kids[-1]
            middle = (self.offset[first] + flat.height[first] / 2 + self.offset[last] + flat.height[last] / 2) / 2
            shift = h / 2 - middle
            for c in kids:
                self.offset[c] += shift
            top = [(a, b, y + shift) for a, b, y in top]
            bottom = [(a, b, y + shift) for a, b, y in bottom]
            low, high = low + shift, high + shift
        x0, x1 = self.x[v], self.x[v] + flat.width[v]
        self.upper[v] = [(x0, x1, 0.0), *top]
        self.lower[v] = [(x0, x1, h), *bottom]
        self.extent[v] = (min(0.0, low), max(h, high))


def _clear(above: Sequence[_Piece], below: Sequence[_Piece], gap: Pt) -> Pt:
    """Return how far down the lower subtree must move to keep `gap` under the upper one's outline.

    Pieces nearer than `gap` across count as facing each other, so that nothing slips in beside.
    """
    best = 0.0
    start = 0
    for a0, a1, ya in above:
        while start < len(below) and below[start][1] + gap <= a0:
            start += 1
        for j in range(start, len(below)):
            b0, b1, yb = below[j]
            if b0 >= a1 + gap:
                break
            if b1 + gap > a0 and ya + gap - yb > best:
                best = ya + gap - yb
    return best


def _merged(front: Sequence[_Piece], back: Sequence[_Piece]) -> list[_Piece]:
    """Return the outline of two stacked subtrees: `front`, and `back` where front leaves it visible."""
    if not back:
        return list(front)
    out: list[_Piece] = []
    j = 0
    edge = float("-inf")
    for f0, f1, y in front:
        while j < len(back) and back[j][0] < f0:
            b0, b1, yb = back[j]
            if min(b1, f0) > max(b0, edge):
                out.append((max(b0, edge), min(b1, f0), yb))
            if b1 > f1:
                break
            j += 1
        out.append((f0, f1, y))
        edge = f1
        while j < len(back) and back[j][1] <= edge:
            j += 1
    for b0, b1, yb in back[j:]:
        if b1 > max(b0, edge):
            out.append((max(b0, edge), b1, yb))
    return out
