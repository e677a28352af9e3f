"""The search for the mind map with the largest text in a room."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from banana_layout.diagrams.mindmap.grow import Block, Choice, Plan, Sized, Style, branch_block, plan, root_spot
from banana_layout.diagrams.mindmap.radial import radial
from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size

MEASURES = (1e9, 24.0, 16.0, 11.0, 8.0, 6.0, 4.5, 3.4)
"""Measures at which labels are broken, in em of a twig, the widest first."""

BREAK_COST = 0.97
"""What each narrower measure costs where the text is readable: words of a label part only for clearly larger text."""

FORM_WORTH = {(3, "sides"): 1.0, (2, "sides"): 0.82, (3, "stacked"): 0.85, (2, "stacked"): 0.8}
"""What a form is worth: leaves under their twigs look best, branches below the root less like a mind map."""

ONE_SIDE_WORTH = 0.88
"""What it is worth that all branches stand on the right though the author asked for no side."""

READABLE_PT = 15.0
"""Under this size a larger text outweighs the form, the more the smaller it is."""

NARROW = 1.5
"""Width over height below which branches may stand below the root or all on one side."""

NARROW_ROOT = 5.0
"""At which the root's label is broken where that enlarges the text, in em."""

ROOT_GAIN = 1.02
"""By how much it must."""

LOPSIDED_COST = 0.97
"""What each branch costs that one side has more than an even share."""


class Wish(msgspec.Struct, frozen=True):
    """What the author asks for."""

    sides: Literal["both", "right", "left"] = "both"
    """Where branches stand."""
    style: Style | None = None
    """How branches stand about the root; None: as the room asks for."""


ASKEW_COST = 0.03
"""What it costs at most that the map reaches farther to one side of its root than to the other."""

TRIED_NODES = 4000
"""In maps of many nodes only the most even ways to share branches out are tried: as many as place this many nodes anew."""

LEAST_TRIES = 5
"""How many ways are tried however large a map is."""

FREE = Wish()
"""No wish."""


class Growth(msgspec.Struct, frozen=True):
    """A plan and the em at which it just fits."""

    plan: Plan
    """The layout in em."""
    size: Pt
    """Text size of the twigs at which it just fits the room."""


def search(root: Sized, room: Size, largest: Pt, wish: Wish = FREE) -> Growth:
    """Return the map with the largest twigs: labels broken, leaves hung or not, branches shared out between the sides.

    Branches keep the author's order clockwise, the first at the top left or the top right.
    """
    center = root_spot(root)
    if wish.style == "radial":
        aspect = min(3.0, max(1 / 3, room.width / max(room.height, 1e-6)))
        plans = [radial(center, Choice(m, 99, "radial"), aspect) for m in _measures(root)]
        return max((Growth(p, fitted(p, room)) for p in plans), key=lambda g: g.size)
    best: Growth | None = None
    best_score = -1.0
    parts: tuple[list[Block], list[Block]] = ([], [])
    narrow = room.width < NARROW * room.height and wish.sides == "both"
    for step, measure in enumerate(_measures(root)):
        for hang, style in _forms(_depth(root), room, wish):
            choice = Choice(measure, hang, style)
            blocks = [branch_block(b, choice) for b in root.children]
            form = FORM_WORTH.get((hang, style), 0.97 if style == "sides" else 0.85)
            ways: Iterable[tuple[list[Block], list[Block], float]]
            ways = _columns(blocks) if style == "stacked" else _splits(blocks, wish.sides)
            if style == "sides" and narrow and len(blocks) > 1:
                ways = itertools.chain(ways, [(list(blocks), [], ONE_SIDE_WORTH)])
            for right, left, cost in ways:
                found = plan(center, right, left, choice)
                size = fitted(found, room)
                # The smaller the text, the less its form counts.
                weighed = min(1.0, size / READABLE_PT) ** 2
                lost = 1.0 - (1.0 - (1.0 - form * cost) * weighed) * (1.0 - (1.0 - BREAK_COST**step) * weighed)
                score = min(size, largest) * (1.0 - lost) * (1.0 - ASKEW_COST * _askew(found))
                if score > best_score * (1 + 1e-9):
                    best, best_score, parts = Growth(found, size), score, (right, left)
    assert best is not None  # there is always one measure and one split
    slim = plan(root_spot(root, NARROW_ROOT), *parts, best.plan.choice)
    size = fitted(slim, room)
    return Growth(slim, size) if min(size, largest) > ROOT_GAIN * min(best.size, largest) else best


def fitted(found: Plan, room: Size) -> Pt:
    """Return the em at which a plan just fits a room."""
    left, up, right, down = found.extents()
    return min(room.width / (left + right), room.height / (up + down))


def _askew(found: Plan) -> float:
    """Return by how much a map with branches on both sides reaches farther to one of them, as a share of its width."""
    left, _, right, _ = found.extents()
    return abs(left - right) / (left + right) if found.left and found.right else 0.0


def _columns(blocks: Sequence[Block]) -> Iterator[tuple[list[Block], list[Block], float]]:
    """Yield ways to stack branches: (right column, left column, what it costs); the left one is read first."""
    yield list(blocks), [], 1.0
    total = math.fsum(b.height for b in blocks)
    shares = [run / max(total, 1e-9) for run in itertools.accumulate(b.height for b in blocks[:-1])]
    cuts = sorted(
        (i for i, share in enumerate(shares, 1) if 0.25 <= share <= 0.75), key=lambda i: abs(shares[i - 1] - 0.5)
    )
    for i in sorted(cuts[: _tries(blocks)]):
        yield list(blocks[i:]), list(blocks[:i]), 1.0


def _splits(
    blocks: Sequence[Block], sides: Literal["both", "right", "left"]
) -> Iterator[tuple[list[Block], list[Block], float]]:
    """Yield ways to share branches out: (right from the top, left from the top, what it costs)."""
    if sides != "both":
        yield (list(blocks), [], 1.0) if sides == "right" else ([], list(blocks), 1.0)
        return
    n = len(blocks)
    heights = [b.height for b in blocks]
    total = math.fsum(heights)
    if n == 0:
        yield [], [], 1.0
        return
    if n == 1:
        yield [blocks[0]], [], 1.0
        return
    counts = sorted(range(1, n), key=lambda count: abs(2 * count - n))[: _tries(blocks)]
    lopsided = max(heights) > 0.5 * total or len(counts) < n - 1
    for count in sorted(counts):
        uneven = abs(2 * count - n)
        cost = LOPSIDED_COST ** max(0, uneven - 1)
        firsts = {(n - count) // 2, (n - count + 1) // 2}
        for first in sorted(firsts):
            # `first` branches open the left side's top; the right side takes `count`; the rest climbs the left side.
            right = list(blocks[first : first + count])
            left = [*reversed(blocks[:first]), *reversed(blocks[first + count :])]
            share = math.fsum(b.height for b in right) / max(total, 1e-9)
            # One branch may outweigh all others: then no split is even.
            if 0.2 <= share <= 0.8 or n < 4 or lopsided:
                yield right, left, cost


def _tries(blocks: Sequence[Block]) -> int:
    """Return how many ways to share these branches out may be tried: each takes as long as there are nodes."""
    return max(LEAST_TRIES, TRIED_NODES // max(1, sum(len(b.spots) for b in blocks)))


def _forms(deepest: int, room: Size, wish: Wish) -> list[tuple[int, Style]]:
    """Return from which depth on nodes may hang below their parents (very deep trees always do), and the styles to try."""
    hangs = [h for h in (3, 4, 6) if h <= deepest] + ([99] if deepest <= 12 else [])
    narrow = room.width < NARROW * room.height and wish.sides == "both"
    out: list[tuple[int, Style]] = []
    if wish.style != "stacked":
        out += [(h, "sides") for h in ((2, *hangs) if narrow and wish.style is None and deepest > 1 else hangs)]
    if wish.style == "stacked" or (wish.style is None and narrow):
        out += [(h, "stacked") for h in (2, *hangs)]
    return out


def _measures(root: Sized) -> list[float]:
    """Return the measures that break labels differently."""
    items: list[Sized] = []
    stack = list(root.children)
    while stack:
        item = stack.pop()
        items.append(item)
        stack.extend(item.children)
    out, seen = [], set()
    for measure in MEASURES:
        mark = tuple(i.label.cut(measure).text.width for i in items)
        if mark not in seen:
            seen.add(mark)
            out.append(measure)
    return out


def _depth(root: Sized) -> int:
    """Return the depth of the deepest node."""
    deepest, stack = 0, [root]
    while stack:
        item = stack.pop()
        deepest = max(deepest, item.depth)
        stack.extend(item.children)
    return deepest
