"""Lays out a mind map around its root: every subtree a sector as wide as its leaves, every depth an ellipse."""

from __future__ import annotations

import math
from collections.abc import Sequence

from banana_layout.diagrams.labels import Cut
from banana_layout.diagrams.mindmap.grow import Choice, Kind, Plan, Sized, Spot, boxed, mind_shape
from banana_layout.diagrams.shape.form import rounded_need
from banana_layout.diagrams.shape.table import shape
from banana_layout.geometry.size import Size

GAP = 0.35
"""Between any two nodes, in em."""

MOST_RADIUS = 400.0
"""Rings are never farther apart, in em."""


def radial(root: Spot, choice: Choice, aspect: float) -> Plan:
    """Return the map with its nodes on ellipses about the root, `aspect` times as wide as high; the first branch on top.

    Sectors as in P. Eades, "Drawing Free Trees" (1992); the rings are set as near to each other as the boxes allow, by
    bisection.
    """
    turns = _angles(root.item)
    boxes = [_box(item, choice) for item, _ in turns]
    low, high = 0.0, MOST_RADIUS
    for _ in range(18):
        middle = (low + high) / 2
        if _free(_set(root, turns, boxes, middle, aspect)):
            high = middle
        else:
            low = middle
    spots = _set(root, turns, boxes, high, aspect)
    right = tuple(s for s in spots[1:] if s.x + s.w / 2 >= 0.0)
    left = tuple(s._replace(x=-s.x - s.w) for s in spots[1:] if s.x + s.w / 2 < 0.0)
    return Plan(choice, root, right, left)


def _angles(root: Sized) -> list[tuple[Sized, float]]:
    """Return every node below the root with its angle, clockwise from the top; a first branch stands straight up."""
    leaves: dict[int, int] = {}
    order: list[Sized] = []
    stack = [root]
    while stack:
        item = stack.pop()
        order.append(item)
        stack.extend(item.children)
    for item in reversed(order):
        leaves[item.index] = sum(leaves[c.index] for c in item.children) or 1
    out: list[tuple[Sized, float]] = []
    share = 2 * math.pi / leaves[root.index]
    first = leaves[root.children[0].index] * share / 2 if root.children else 0.0
    work = [(root, -first)]
    while work:
        item, start = work.pop()
        for child in item.children:
            span = leaves[child.index] * share
            out.append((child, start + span / 2))
            work.append((child, start))
            start += span
    return out


def _box(item: Sized, choice: Choice) -> tuple[Kind, Size, Cut]:
    """Return what a node is drawn as, its size and its broken label."""
    if item.depth == 1:
        cut = item.label.cut(max(choice.measure, 5.0))
        if item.node.shape == "plain":
            return "branch", rounded_need(0.43, 0.55, 0.2)(cut.load, 1.0), cut
        return "branch", shape(mind_shape(item.node.shape)).need(cut.load, 1.3), cut
    cut = item.label.cut(choice.measure)
    if boxed(item):
        return "twig", shape(mind_shape(item.node.shape)).need(cut.load, 1.3), cut
    return "twig", Size(cut.text.width + 0.4, cut.text.height), cut


def _set(
    root: Spot,
    turns: Sequence[tuple[Sized, float]],
    boxes: Sequence[tuple[Kind, Size, Cut]],
    step: float,
    aspect: float,
) -> list[Spot]:
    """Return all spots about the root's middle, rings `step` apart."""
    wide, high = math.sqrt(aspect), 1 / math.sqrt(aspect)
    out = [root]
    for (item, angle), (kind, size, cut) in zip(turns, boxes, strict=True):
        x = (root.w / 2 * 0.8 + step * item.depth * wide) * math.sin(angle)
        y = -(root.h / 2 * 0.8 + step * item.depth * high) * math.cos(angle)
        out.append(Spot(item, x - size.width / 2, y - size.height / 2, size.width, size.height, kind, cut))
    return out


def _free(spots: Sequence[Spot]) -> bool:
    """Tell whether no two nodes come too near to each other."""
    order = sorted(spots, key=lambda s: s.x)
    for i, a in enumerate(order):
        for b in order[i + 1 :]:
            if b.x >= a.x + a.w + GAP:
                break
            if a.y < b.y + b.h + GAP and b.y < a.y + a.h + GAP:
                return False
    return True
