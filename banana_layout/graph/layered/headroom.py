"""Room that lines need beside nodes and titles: for ways back round a node, for titles no line passes through."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.geometry.point import Pt
from banana_layout.graph.layered.measures import LEG, SPREAD, Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.proper import ITEM, LEFT, RIGHT
from banana_layout.graph.spec import Gaps


def title_ties(
    part: Ordered,
    frame: int,
    layers: Sequence[Sequence[int]],
    reach: tuple[Sequence[Pt], Sequence[Pt], Sequence[Pt]],
    measures: Measures,
) -> list[tuple[int, int, Pt]]:
    """Return the least distance that keeps a frame's title clear of the lines that enter the frame beside it.

    The title stands in the corner that needs less for it: the frame's side there keeps off the nearest line. `reach` is how
    far each vertex reaches left and right of its line, and its distance from its left neighbour. At most one tie, between
    vertices of one rank, so it goes with every order.
    """
    p = part.proper
    b = p.bounds[frame]
    upper = measures.title_side == "last"
    border = b.lefts[-1 if upper else 0], b.rights[-1 if upper else 0]
    layer = next((layer for layer in layers if border[0] in layer), ())
    if border[1] not in layer:
        return []
    inside = list(layer[layer.index(border[0]) : layer.index(border[1]) + 1])
    lines = _lines(part, frame, inside, upper, measures)
    if not lines:
        return []
    width = measures.titles[frame].width
    apart = reach[2]
    at, x = {}, 0.0
    for v in inside:
        x += apart[v] if v != inside[0] else 0.0
        at[v] = x
    first, last = min(lines, key=lambda v: at[v] - lines[v]), max(lines, key=lambda v: at[v] + lines[v])
    left, right = width + lines[first] - at[first], width + lines[last] - (x - at[last])
    if min(left, right) <= 0.0:
        return []
    if left <= right:
        return [(border[0], first, width + lines[first])]
    return [(last, border[1], width + lines[last])]


def behind_title(part: Ordered, vertex: int, high: bool, measures: Measures) -> bool:
    """Tell whether the title of a frame around a vertex stands before it at a side beside the flow."""
    p = part.proper
    f = p.frame[vertex]
    while f >= 0 and not measures.titled(f, "high" if high else "low"):
        f = p.bounds[f].parent
    return f >= 0


def _lines(part: Ordered, frame: int, inside: Sequence[int], upper: bool, measures: Measures) -> dict[int, Pt]:
    """Return the vertices of a frame's outermost rank where lines enter or leave, and how far those lie off its middle."""
    p = part.proper
    out: dict[int, Pt] = {v: 0.0 for v in inside if p.kind[v] not in (ITEM, LEFT, RIGHT)}
    met: dict[int, list[Pt | None]] = {}
    for c in p.chains:
        v = c.vertices[0 if upper else -1]
        if c.clips[0 if upper else 1] == frame:
            out.pop(c.vertices[1 if upper else -2], None)
            continue
        if p.kind[v] == ITEM:
            met.setdefault(v, []).append(measures.pinned.get((c.edge, upper)))
        # A line that begins at the frame itself does not pass its head on the other side.
        if c.clips[1 if upper else 0] == frame:
            for w in c.vertices:
                out.pop(w, None)
    for v in inside:
        if (v, upper) in measures.called:
            met.setdefault(v, []).append(None)
        if v in met:
            side = measures.items[p.ref[v]].width * SPREAD if len(met[v]) > 1 else 0.0
            out[v] = max([side, *(abs(port) for port in met[v] if port is not None)])
    return out


def widen_lanes(
    part: Ordered,
    layers: Sequence[Sequence[int]],
    measures: Measures,
    gaps: Gaps,
    reach: tuple[list[Pt], list[Pt]],
) -> None:
    """Let the slots of ways back keep off the nodes they turn round, where those and they are the outermost."""
    p = part.proper
    place = {v: (layer, i) for layer in layers for i, v in enumerate(layer)}
    for c in p.chains:
        v, w = c.vertices[0], c.vertices[-1]
        slots = c.vertices[1:-1]
        if not c.flipped or not slots or p.kind[v] != ITEM or p.kind[w] != ITEM or any(s not in place for s in slots):
            continue
        half = max(measures.items[p.ref[v]].width, measures.items[p.ref[w]].width) / 2
        need = half + gaps.rank * LEG
        for side in (-1, 1):
            inner = [_neighbour(place[s], -side) for s in slots]
            # The lane runs round what the edge's two nodes lead on to, and nothing else.
            if not (_leads(part, v, inner[0]) and _leads(part, w, inner[-1])):
                continue
            for slot, beside in zip(slots, inner, strict=True):
                if p.kind[beside] == ITEM:
                    short = need - measures.items[p.ref[beside]].width / 2
                    reach[side < 0][slot] = max(reach[side < 0][slot], short)
            for end in (v, w):
                if _neighbour(place[end], side) >= 0:
                    reach[side > 0][end] = max(
                        reach[side > 0][end], measures.items[p.ref[end]].width / 2 + gaps.rank * LEG
                    )


def _neighbour(where: tuple[Sequence[int], int], side: int) -> int:
    """Return the vertex before or after a place in a rank, -1 where there is none."""
    layer, i = where
    return layer[i + side] if 0 <= i + side < len(layer) else -1


def _leads(part: Ordered, end: int, slot: int) -> bool:
    """Tell whether a vertex, if there is one, carries on from an item."""
    return slot >= 0 and (slot in part.proper.up[end] or slot in part.proper.down[end])
