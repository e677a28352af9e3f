"""Lays out a mind map in em: branches on both sides of the root, twigs outward, leaves hanging below their twigs.

Every subtree is a box beside or below its parent; x counts outward from the root's middle, y downward, so that both sides
are the same problem and the left one is mirrored at the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from banana_layout.diagrams.labels import Cut, Label
from banana_layout.diagrams.shape.form import ellipse_need, rounded_need
from banana_layout.diagrams.shape.table import shape
from banana_layout.geometry.size import Size
from banana_layout.model.mindmap import MindNode

Style = Literal["sides", "stacked", "radial"]
"""Branches beside the root, below it in columns, or all around it."""

Kind = Literal["root", "branch", "twig", "leaf"]
"""What a node is drawn as."""

CHILD_PT = 18.0
"""The twigs' text size the lengths go with: the em of this module."""

SCALE: dict[Kind, float] = {"root": 26.6 / CHILD_PT, "branch": 21 / CHILD_PT, "twig": 1.0, "leaf": 16 / CHILD_PT}
"""Text sizes in em."""

BRANCH_GAP = 0.8
"""Between the blocks of two branches, in em."""

TWIG_GAP = 0.42
"""Between two twigs of one branch, in em."""

REACH = 1.5
"""From a branch to its twigs, in em."""

UNDER = 0.08
"""From a twig's text to its underline, in em."""

HOOK = 0.85
"""How far a leaf is set in, in em."""

TRUNK = 1.3
"""From the trunk below a root to the branches beside it, in em."""

ROOT_MEASURE = 9.0
"""At which the root's label is broken, in em."""

LIMB = 1.0
"""Least length of a limb, in em."""

LIMB_FAR = 1.9
"""Length of a limb to a branch above or below the root where its twigs reach as far, in em."""


class Sized(msgspec.Struct, frozen=True):
    """A node with its label."""

    node: MindNode
    """What the author said."""
    label: Label
    """Its measured label."""
    kind: Kind
    """What it is drawn as by its depth."""
    index: int
    """Its place in the author's order."""
    children: tuple[Sized, ...]
    """In the author's order."""
    depth: int
    """0 for the root."""


class Spot(NamedTuple):
    """A node's place."""

    item: Sized
    """Which node."""
    x: float
    """Inner edge of its box."""
    y: float
    """Top of its box."""
    w: float
    """Width of its box."""
    h: float
    """Height of its box, underline included."""
    kind: Kind
    """What it is drawn as."""
    cut: Cut
    """Its broken label."""

    def moved(self, dx: float, dy: float) -> Spot:
        """Return the spot elsewhere."""
        return self._replace(x=self.x + dx, y=self.y + dy)

    @property
    def anchor(self) -> float:
        """Where a line meets it: the underline of a bare twig, else the middle."""
        return self.y + self.h if self.kind == "twig" and not boxed(self.item) else self.y + self.h / 2


class Block(NamedTuple):
    """A subtree's box, its top at 0 and its first node's inner edge at x = 0."""

    height: float
    """Of the whole subtree."""
    spots: tuple[Spot, ...]
    """Its nodes, the topmost parent first."""


class Choice(NamedTuple):
    """What the search varies."""

    measure: float
    """At which labels of twigs and leaves are broken, in em."""
    hang: int
    """From this depth on nodes hang below their parents instead of standing beside them."""
    style: Style = "sides"
    """How branches stand about the root."""


class Plan(NamedTuple):
    """A mind map laid out, in em about the root's middle."""

    choice: Choice
    """What it was made with."""
    root: Spot
    """The root."""
    right: tuple[Spot, ...]
    """Nodes on the right, x outward."""
    left: tuple[Spot, ...]
    """Nodes on the left, x outward (to the left)."""

    def extents(self) -> tuple[float, float, float, float]:
        """Return the reach to the left, up, right and down from the root's middle."""
        spots = (self.root, *self.right, *self.left)
        half = self.root.w / 2
        return (
            max([half, *(s.x + s.w for s in self.left)]),
            max(-s.y for s in spots),
            max([half, *(s.x + s.w for s in self.right)]),
            max(s.y + s.h for s in spots),
        )


def boxed(item: Sized) -> bool:
    """Tell whether the author gave a node below the branches a shape of its own."""
    return item.node.shape != "plain"


def root_spot(root: Sized, measure: float = ROOT_MEASURE) -> Spot:
    """Return the root about the origin, its label broken at a measure."""
    cut = root.label.cut(measure)
    name = "ellipse" if root.node.shape in ("plain", "circle") else mind_shape(root.node.shape)
    size = shape(name).need(cut.load, 1.45)
    if name == "ellipse":
        size = ellipse_need(cut.load, 1.45)
    return Spot(root, -size.width / 2, -size.height / 2, size.width, size.height, "root", cut)


def branch_block(item: Sized, choice: Choice) -> Block:
    """Return a branch and all that hangs on it."""
    cut = item.label.cut(max(choice.measure, 5.0))
    name = "stadium" if item.node.shape == "plain" else mind_shape(item.node.shape)
    size = rounded_need(0.43, 0.55, 0.2)(cut.load, 1.0) if name == "stadium" else shape(name).need(cut.load, 1.3)
    return _beside(item, cut, size, "branch", choice)


def plan(root: Spot, right: Sequence[Block], left: Sequence[Block], choice: Choice) -> Plan:
    """Return the whole map: each side's blocks under one another, as near to the root as its outline allows."""
    if choice.style == "stacked":
        inward = 0.0 if left else root.w / 2 - 0.6
        return Plan(choice, root, _column(root, right, inward), _column(root, left, 0.0))
    return Plan(choice, root, _side(root, right), _side(root, left))


def mind_shape(name: str) -> str:
    """Return the shape table's name for a mind map's shape."""
    return {
        "rect": "rect",
        "rounded": "rounded",
        "circle": "circle",
        "cloud": "cloud",
        "bang": "bang",
        "hexagon": "hex",
    }.get(name, "rect")


def _block(item: Sized, choice: Choice) -> Block:
    """Return a subtree below a branch."""
    cut = item.label.cut(choice.measure)
    if boxed(item):
        return _beside(item, cut, shape(mind_shape(item.node.shape)).need(cut.load, 1.3), "twig", choice)
    size = Size(cut.text.width + 0.4, cut.text.height + UNDER)
    return _beside(item, cut, size, "twig", choice)


def _beside(item: Sized, cut: Cut, size: Size, kind: Kind, choice: Choice) -> Block:
    """Return a node and its children: beside it, or hanging below it."""
    own = Spot(item, 0.0, 0.0, size.width, size.height, kind, cut)
    if not item.children:
        return Block(size.height, (own,))
    if item.children[0].depth >= choice.hang:
        spots, height = _hanging(item.children, 0.3, own.h + 0.1, choice)
        return Block(height, (own, *spots))
    x = size.width + REACH
    y = 0.0
    spots_out: list[Spot] = []
    anchors: list[float] = []
    for child in item.children:
        block = _block(child, choice)
        gap = TWIG_GAP if spots_out else 0.0
        spots_out += [s.moved(x, y + gap) for s in block.spots]
        anchors.append(y + gap + block.spots[0].anchor)
        y += gap + block.height
    middle = (anchors[0] + anchors[-1]) / 2
    shift = middle - (own.anchor)
    top = min(0.0, shift)
    moved = [own.moved(0.0, shift - top), *(s.moved(0.0, -top) for s in spots_out)]
    return Block(max(y, shift + size.height) - top, tuple(moved))


def _hanging(items: Sequence[Sized], x: float, y: float, choice: Choice) -> tuple[list[Spot], float]:
    """Return nodes as an indented list from (x, y) downward, and its lower end."""
    out: list[Spot] = []
    stack = [(child, x) for child in reversed(items)]
    while stack:
        item, inset = stack.pop()
        cut = item.label.cut(choice.measure)
        size = cut.text if not boxed(item) else shape(mind_shape(item.node.shape)).need(cut.load, 1.3)
        gap = 0.2 if boxed(item) else 0.06
        out.append(Spot(item, inset + HOOK, y + gap, size.width, size.height, "leaf", cut))
        y += gap + size.height
        stack += [(child, inset + HOOK) for child in reversed(item.children)]
    return out, y


def _side(root: Spot, blocks: Sequence[Block]) -> tuple[Spot, ...]:
    """Return one side's nodes."""
    total = math.fsum(b.height for b in blocks) + BRANCH_GAP * max(0, len(blocks) - 1)
    y = -total / 2
    # A single branch meets the root on the level: its limb then runs straight.
    if len(blocks) == 1:
        y = -blocks[0].spots[0].anchor
    out: list[Spot] = []
    for n, block in enumerate(blocks):
        spots = [s.moved(0.0, y) for s in block.spots]
        # Only the outermost branches may stand above or below the root: limbs to others would pass behind them.
        central = n in (0, len(blocks) - 1)
        places = _pill_places(root, spots) if central else [spots[0]]
        x, pill = min((_inner_edge(root, [p, *spots[1:]], central), i, p) for i, p in enumerate(places))[::2]
        out += [s.moved(x, 0.0) for s in (pill, *spots[1:])]
        y += block.height + BRANCH_GAP
    return tuple(out)


def _column(root: Spot, blocks: Sequence[Block], inward: float) -> tuple[Spot, ...]:
    """Return one column's nodes below the root, its limbs' trunk `inward` of the root's middle."""
    y = root.h / 2 + 0.9
    out: list[Spot] = []
    for block in blocks:
        out += [s.moved(TRUNK - inward, y) for s in block.spots]
        y += block.height + BRANCH_GAP * 0.8
    return tuple(out)


def _pill_places(root: Spot, spots: Sequence[Spot]) -> list[Spot]:
    """Return where a branch may stand: amid its twigs, or so far up or down among them that it clears the root.

    A branch above or below the root may stand near the page's middle, which leaves its twigs more width.
    """
    pill = spots[0]
    places = [pill]
    anchors = [s.anchor for s in spots[1:] if s.kind == "twig" and s.item.depth == pill.item.depth + 1]
    if not anchors:
        return places
    above = pill.y + pill.h / 2 < 0.0
    way = -1.0 if above else 1.0
    near, far = (way * (root.h / 2 + length + pill.h / 2) for length in (LIMB, LIMB_FAR))
    if min(anchors) - 0.3 <= near <= max(anchors) + 0.3:
        # As far from the root as its twigs' middles allow: a longer limb swings, a short one is a stub.
        middle = max(near, min(far, max(anchors) - 0.3)) if not above else min(near, max(far, min(anchors) + 0.3))
        places.append(pill._replace(y=middle - pill.h / 2))
    return places


def _inner_edge(root: Spot, spots: Sequence[Spot], central: bool) -> float:
    """Return how far outward a block must stand to keep off the root."""
    least = 0.0 if central else root.w / 2 + LIMB
    return max(least, *(_clear(root, s.y, s.y + s.h, i == 0) - s.x for i, s in enumerate(spots)))


def _clear(root: Spot, top: float, bottom: float, branch: bool) -> float:
    """Return the least x outward at which a box between two heights stays off the root (and its limb has its length)."""
    dy = 0.0 if top <= 0.0 <= bottom else min(abs(top), abs(bottom))
    away = LIMB if branch else 0.3
    return 0.5 if dy >= root.h / 2 + away else root.w / 2 + (LIMB if branch else 0.5)
