"""A mind map in em brought to its room: scaled, mirrored on the left, its gaps widened to fill the height."""

from __future__ import annotations

from typing import NamedTuple

from banana_layout.diagrams.labels import Cut
from banana_layout.diagrams.mindmap.grow import Kind, Plan, Sized, Spot
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect

MOST_STRETCH = 2.2
"""Gaps are widened at most so far that the map is this much higher."""

MOST_WIDENING = 1.5
"""The way outward grows at most by this factor."""


class Stand(NamedTuple):
    """A node at its final place."""

    item: Sized
    """Which node."""
    rect: Rect
    """Its box, in points."""
    kind: Kind
    """What it is drawn as."""
    cut: Cut
    """Its broken label."""
    side: int
    """1 on the right, -1 on the left, 0 for the root."""
    parent: int
    """Index of its parent, -1 for the root."""
    branch: int
    """Which of the root's children it belongs to, -1 for the root."""
    center: Point
    """The root's middle."""


def spread(plan: Plan, room: Rect, size: Pt, stretch: bool = True) -> tuple[Stand, ...]:
    """Return all nodes at their final places; the root stands in the middle of the room where both sides allow it."""
    left, up, right, down = plan.extents()
    fy = _taller(plan, room.h / size, stretch and plan.choice.style != "radial")
    fx = _wider(plan, room.w / size, stretch and plan.choice.style == "sides")
    sides = {1: _stretched(plan.right, fx, fy), -1: _stretched(plan.left, fx, fy)}
    spots = [plan.root, *sides[1], *sides[-1]]
    left = max([plan.root.w / 2, *(s.x + s.w for s in sides[-1])])
    right = max([plan.root.w / 2, *(s.x + s.w for s in sides[1])])
    up, down = -min(s.y for s in spots), max(s.y + s.h for s in spots)
    free_x, free_y = room.w - (left + right) * size, room.h - (up + down) * size
    cx = room.x + left * size + free_x / 2
    cx = min(max(cx, room.x + left * size), max(room.x + left * size, room.right - right * size))
    middle = room.x + room.w / 2
    cx = min(max(middle, room.x + left * size), max(room.x + left * size, room.right - right * size))
    cy = room.y + up * size + free_y / 2
    center = Point(cx, cy)
    parents, branches = _kinship(plan.root.item)

    def stand(s: Spot, side: int) -> Stand:
        x = s.x if side >= 0 else -s.x - s.w
        rect = Rect(cx + x * size, cy + s.y * size, s.w * size, s.h * size)
        i = s.item.index
        return Stand(s.item, rect, s.kind, s.cut, side, parents.get(i, -1), branches.get(i, -1), center)

    out = [stand(plan.root, 0)]
    for side in (1, -1):
        out += [stand(s, side) for s in sides[side]]
    return tuple(out)


def _stretched(spots: tuple[Spot, ...], fx: float, fy: float) -> tuple[Spot, ...]:
    """Return one side with its gaps widened: what hangs below a twig moves with it."""
    out: list[Spot] = []
    dx = dy = 0.0
    for s in spots:
        if s.kind != "leaf":
            dx = s.x * (fx - 1.0)
            dy = (s.y + s.h / 2) * (fy - 1.0)
        out.append(s.moved(dx, dy))
    return tuple(out)


def _taller(plan: Plan, height: float, stretch: bool) -> float:
    """Return the largest factor for the nodes' heights above and below the root that stays in a room's height (em)."""
    if not stretch:
        return 1.0
    return _largest(plan, height, MOST_STRETCH, lambda p, f: _span(p, 1.0, f)[1])


def _wider(plan: Plan, width: float, stretch: bool) -> float:
    """Return the largest factor for the way outward that stays in a room's width (em)."""
    if not stretch:
        return 1.0
    return _largest(plan, width, MOST_WIDENING, lambda p, f: _span(p, f, 1.0)[0])


def _largest(plan: Plan, room: float, most: float, span: object) -> float:
    """Return by bisection the largest factor from 1 to `most` whose span stays in the room."""
    assert callable(span)
    low, high = 1.0, most
    if span(plan, high) <= room:
        return high
    for _ in range(12):
        middle = (low + high) / 2
        if span(plan, middle) <= room:
            low = middle
        else:
            high = middle
    return low


def _span(plan: Plan, fx: float, fy: float) -> tuple[float, float]:
    """Return a stretched plan's width and height in em."""
    right, left = _stretched(plan.right, fx, fy), _stretched(plan.left, fx, fy)
    half = plan.root.w / 2
    spots = (plan.root, *right, *left)
    width = max([half, *(s.x + s.w for s in right)]) + max([half, *(s.x + s.w for s in left)])
    return width, max(s.y + s.h for s in spots) - min(s.y for s in spots)


def _kinship(root: Sized) -> tuple[dict[int, int], dict[int, int]]:
    """Return each node's parent and branch, by index."""
    parents: dict[int, int] = {}
    branches: dict[int, int] = {}
    stack: list[tuple[Sized, int]] = [(root, -1)]
    while stack:
        item, branch = stack.pop()
        for i, child in enumerate(item.children):
            parents[child.index] = item.index
            branches[child.index] = i if item.depth == 0 else branch
            stack.append((child, branches[child.index]))
    return parents, branches
