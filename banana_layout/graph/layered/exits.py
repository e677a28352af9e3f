"""Ends of edges that leave their node by a side beside the flow: ways back, and the far branches of a decision."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from banana_layout.geometry.point import Pt
from banana_layout.graph.layered.measures import LEG, SPREAD, Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.proper import ITEM, LEFT, RIGHT, Chain
from banana_layout.graph.layered.strip import Strip
from banana_layout.graph.spec import Gaps

BESIDE = 0.6
"""Share of the edge gap kept to what stands beyond a line that turns round a node."""


class Exit(NamedTuple):
    """The end of an edge at a side beside the flow."""

    high: bool
    """Whether it is the side after the item in its rank's order."""
    offset: Pt
    """Where along the flow, from the side's middle."""
    at: Pt
    """Where across the line turns to run along the flow."""


class Ground(NamedTuple):
    """A placed strip, as far as ends of edges ask for it."""

    part: Ordered
    """Ranks and orders."""
    placed: Strip
    """Where everything stands."""
    measures: Measures
    """Sizes in the ranks' axes."""
    gaps: Gaps
    """Least distances."""
    tips: Sequence[bool]
    """Whether an item's edges meet its sides only in the middle."""


class _End(NamedTuple):
    """An end that may leave sideways."""

    edge: int
    upper: bool
    vertex: int
    to: Pt
    high: bool
    flipped: bool


def exits(
    chains: Sequence[Chain],
    ground: Ground,
    pinned: Mapping[tuple[int, bool], Pt],
    taken: Collection[tuple[int, bool]],
) -> dict[tuple[int, bool], Exit]:
    """Return the ends, (edge, at its upper end), that leave their item by a side beside the flow.

    A way back turns round its node: out of the side's middle, along, and in at the side's middle again. A tip that several
    edges share gives the outermost of them a tip of its own. Either holds only where the next slot lies clear of the item
    and nothing stands between, so that no line crosses more than it did. `pinned` ends stay, `taken` sides are full.
    """
    sides: dict[tuple[int, bool], list[tuple[Pt, Chain]]] = {}
    p, x = ground.part.proper, ground.placed.x
    for c in chains:
        sides.setdefault((c.vertices[0], True), []).append((x[c.vertices[1]], c))
        sides.setdefault((c.vertices[-1], False), []).append((x[c.vertices[-2]], c))
    wanted: dict[tuple[int, bool], list[_End]] = {}
    for (v, upper), met in sides.items():
        if p.kind[v] != ITEM or (len(met) < 2 and not any(c.flipped for _, c in met)):
            continue
        met.sort(key=lambda m: (m[0], m[1].edge))
        for i, high in ((len(met) - 1, True), (0, False)):
            to, c = met[i]
            end = _End(c.edge, upper, v, to, high, c.flipped)
            if (c.edge, upper) in pinned or (v, high) in taken:
                continue
            if (at := _turning(c, end, ground)) is not None:
                wanted.setdefault((v, high), []).append(end._replace(to=at))
    out: dict[tuple[int, bool], Exit] = {}
    for (v, high), ends in sorted(wanted.items()):
        out.update(_shared(ends, ground, v, high))
    for c in chains:
        # Between two tips one corner is enough.
        if len(c.vertices) == 2 and (c.edge, True) in out:
            out.pop((c.edge, False), None)
    return out


def _turning(c: Chain, end: _End, ground: Ground) -> Pt | None:
    """Return where across an end that asks for it may turn round its item; None where its way there is not free."""
    p, s = ground.part.proper, ground.placed
    v = end.vertex
    back = c.flipped and len(c.vertices) > 2
    if not (back or ground.tips[p.ref[v]]) or c.clips[0 if end.upper else 1] >= 0:
        return None
    if p.kind[c.vertices[0]] != ITEM or p.kind[c.vertices[-1]] != ITEM:
        return None
    if end.high and any(item == v for _, item in p.loops):
        return None
    sign = 1 if end.high else -1
    away = (end.to - s.x[v]) * sign
    least = ground.measures.items[p.ref[v]].width / 2 + ground.gaps.rank * LEG - 1e-6
    limit, heads = _limit(end, away, ground)
    if away > limit and len(c.vertices) > 2:
        away = limit  # a slot farther out is reached in the channel
    return s.x[v] + sign * away if least <= away <= limit and not heads else None


def _limit(end: _End, away: Pt, ground: Ground) -> tuple[Pt, set[int]]:
    """Return how far from its item's middle a line may turn, and the frames whose titles it would pass."""
    p, s = ground.part.proper, ground.placed
    v, sign = end.vertex, 1 if end.high else -1
    layer = s.layers[p.rank[v] - s.first]
    at = layer.index(v)
    clear = ground.gaps.edge * BESIDE
    heads = _titled(ground, v, end.upper)
    for w in layer[at + 1 :] if end.high else layer[:at][::-1]:
        border = p.kind[w] in (LEFT, RIGHT)
        near = (s.x[w] - s.x[v]) * sign - (s.low[w] if end.high else s.high[w])
        if border and ground.measures.titled(p.ref[w], "high" if end.high else "low"):
            near -= ground.measures.titles[p.ref[w]].width
            border = False
        if not border or near + clear > away:
            return near - clear, heads
        heads.discard(p.ref[w])
    return math.inf, heads


def _titled(ground: Ground, v: int, upper: bool) -> set[int]:
    """Return the frames around an item whose titles stand before it, where its edges pass."""
    p = ground.part.proper
    found: set[int] = set()
    f = p.frame[v]
    while f >= 0:
        b = p.bounds[f]
        if ground.measures.titled(f, "last" if upper else "first") and p.rank[v] == (b.last if upper else b.first):
            found.add(f)
        f = b.parent
    return found


def _shared(ends: list[_End], ground: Ground, v: int, high: bool) -> dict[tuple[int, bool], Exit]:
    """Return the ports of the ends at one side, nested so that none crosses another; at a tip only one finds room."""
    item = ground.part.proper.ref[v]
    if ground.tips[item]:
        ends = [max(ends, key=lambda e: (e.flipped, -e.edge))]
    sign = 1 if high else -1
    # Toward the start the nearest line comes first, toward the end the farthest does.
    earlier = sorted((e for e in ends if not e.upper), key=lambda e: (e.to * sign, e.edge))
    later = sorted((e for e in ends if e.upper), key=lambda e: (-e.to * sign, e.edge))
    order = [*earlier, *later]
    reach = ground.measures.items[item].height * SPREAD
    step = min(2 * reach / max(1, len(order) - 1), ground.gaps.node)
    first = -step * (len(order) - 1) / 2
    return {(e.edge, e.upper): Exit(high, first + step * k, e.to) for k, e in enumerate(order)}
