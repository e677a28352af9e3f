"""Where edge labels stand: beside their own line, clear of nodes, other lines and one another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import msgspec

from banana_layout.diagrams.flowchart.lines import Line
from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.curve import at_distance, length
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size

_SHARES = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
"""Where along its line a label is tried, the best first."""


_FAR_SHARES = tuple(i / 20 for i in range(1, 20))
"""The same where none of those is clear."""

ROUNDS = 2
"""How often labels that overlap are placed anew, now that all others stand."""

COVERING = 55.0
"""A place that costs so much covers something."""


HEAD_COST = 20.0
"""What lying on its own line's head costs a label: a little less than lying on the line."""


class Ask(msgspec.Struct, frozen=True):
    """One edge's label."""

    edge: int
    """Which edge."""
    sizes: tuple[Size, ...]
    """Its extents in points: with the fewest lines first."""
    reserved: Rect | None
    """Where the layout kept room."""
    clear: Pt
    """How far it keeps from its own line: farther where a marker band lies under that."""
    near_source: bool
    """Whether it belongs near the edge's beginning: the exit of a decision."""
    heads: tuple[Rect, ...] = ()
    """Its own line's arrow heads, which are broader than the line."""


class Caption(msgspec.Struct, frozen=True):
    """A label's place."""

    rect: Rect
    """Its box."""
    choice: int
    """Which of its sizes it takes."""


def captions(
    asks: Sequence[Ask], lines: Sequence[Line | None], blocks: Sequence[Rect], room: Rect, pad: Pt
) -> dict[int, Caption]:
    """Return a place for each label.

    Each label tries places on both sides of its line and the place the layout kept; the one that covers nothing and lies
    nearest to its line's middle (its beginning, behind a decision) wins. Labels are placed in the author's order; the
    places kept for later ones are respected.
    """
    placed: dict[int, Caption] = {}
    for n, ask in enumerate(asks):
        taken = [c.rect for c in placed.values()]
        kept = [a.reserved for a in asks[n + 1 :] if a.reserved is not None]
        _put(placed, ask, lines, (blocks, taken, kept), (room, pad))
    for _ in range(ROUNDS):
        covered = [ask for ask in asks if ask.edge in placed and _on_another(placed, ask.edge)]
        if not covered:
            return placed
        for ask in covered:
            _put(placed, ask, lines, (blocks, [c.rect for i, c in placed.items() if i != ask.edge], []), (room, pad))
    # The places the layout kept touch nothing and one another: there a label always stands free.
    left = [ask for ask in asks if ask.reserved is not None and ask.edge in placed]
    while stuck := [ask for ask in left if _on_another(placed, ask.edge)]:
        for ask in stuck:
            assert ask.reserved is not None
            (w, h), c = ask.sizes[-1], ask.reserved.center
            placed[ask.edge] = Caption(Rect(c.x - w / 2, c.y - h / 2, w, h), len(ask.sizes) - 1)
        left = [ask for ask in left if ask not in stuck]
    return placed


def _put(
    placed: dict[int, Caption],
    ask: Ask,
    lines: Sequence[Line | None],
    others: tuple[Sequence[Rect], Sequence[Rect], Sequence[Rect]],
    ground: tuple[Rect, Pt],
) -> None:
    """Give a label its best place; `others` are nodes, labels in place and places kept, `ground` the room and the pad."""
    line = lines[ask.edge]
    best: Caption | None = None
    best_cost = math.inf
    for far, choice in itertools.product((False, True), range(len(ask.sizes))) if line is not None else ():
        if line is None or (far and best_cost < COVERING):
            break
        for rect, own in _candidates(ask, choice, line, far):
            if own >= best_cost:
                continue
            cost = own + HEAD_COST * sum(1 for head in ask.heads if head.grown(ground[1]).meets(rect))
            cost += _trouble(rect, ask.edge, lines, others, *ground)
            if cost < best_cost:
                best, best_cost = Caption(rect, choice), cost
    if best is not None:
        placed[ask.edge] = best


def _on_another(placed: dict[int, Caption], edge: int) -> bool:
    """Tell whether a label overlaps another."""
    own = placed[edge].rect
    return any(own.meets(c.rect, 0.01) for i, c in placed.items() if i != edge)


def _candidates(ask: Ask, choice: int, line: Line, far: bool) -> list[tuple[Rect, float]]:
    """Return places for a label and what each costs by itself; `far` ones lie off the usual ways."""
    w, h = ask.sizes[choice]
    extra = 1.5 * choice
    total = length(line.points)
    out: list[tuple[Rect, float]] = []
    if ask.reserved is not None:
        c = ask.reserved.center
        out.append((Rect(c.x - w / 2, c.y - h / 2, w, h), 1.2 + extra))
    wish = 0.36 if ask.near_source else 0.5
    shares = sorted(_FAR_SHARES if far else _SHARES, key=lambda s: abs(s - wish))
    wide = 1.5 * ask.clear + max((min(h.w, h.h) / 2 for h in ask.heads), default=0.0)
    aways = (ask.clear * 2.5, ask.clear * 5, ask.clear) if far else (ask.clear, wide) if ask.heads else (ask.clear,)
    for share in shares:
        p = at_distance(line.points, total * share)
        a, b = at_distance(line.points, total * (share - 0.06)), at_distance(line.points, total * (share + 0.06))
        d = math.dist(a, b)
        if d < 1e-9:
            continue
        nx, ny = -(b.y - a.y) / d, (b.x - a.x) / d
        if ny > 0.2 or (abs(ny) <= 0.2 and nx < 0):
            nx, ny = -nx, -ny
        for side, away in itertools.product((1, -1), aways):
            ox, oy = nx * side, ny * side
            reach = abs(ox) * w / 2 + abs(oy) * h / 2 + away
            cost = abs(share - wish) * 4 + (0.0 if side == 1 else 0.25) + extra + (away - ask.clear)
            out.append((Rect(p.x + ox * reach - w / 2, p.y + oy * reach - h / 2, w, h), cost))
    return sorted(out, key=lambda found: found[1])


def _trouble(
    rect: Rect,
    edge: int,
    lines: Sequence[Line | None],
    others: tuple[Sequence[Rect], Sequence[Rect], Sequence[Rect]],
    room: Rect,
    pad: Pt,
) -> float:
    """Return what a place costs for all it covers: nodes, labels in place, places kept for labels to come, and lines."""
    blocks, taken, kept = others
    cost = 0.0 if room.holds(rect, 0.01) else 2000.0
    outer = rect.grown(pad * 0.35)
    cost += 1000.0 * sum(1 for block in blocks if block.meets(outer))
    cost += 500.0 * sum(1 for other in taken if other.meets(outer))
    cost += 6.0 * sum(1 for other in kept if other.meets(outer))
    # Two labels on one line of sight read as one phrase: "yes no".
    far = Rect(rect.x - pad * 4, rect.y - pad * 0.35, rect.w + pad * 8, rect.h + pad * 0.7)
    cost += 2.0 * sum(1 for other in taken if other.meets(far))
    for i, line in enumerate(lines):
        if line is not None and _touches(line.points, rect if i == edge else outer):
            cost += 25.0 if i == edge else 60.0
    return cost


def _touches(points: Sequence[Point], r: Rect) -> bool:
    """Tell whether a sampled line enters a box."""
    return any(crosses_rect(p, q, r) for p, q in itertools.pairwise(points))
