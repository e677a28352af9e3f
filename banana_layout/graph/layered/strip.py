"""One run of ranks placed: positions across and along, room for frames, titles, loops and tracks."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.graph.layered.coords import positions
from banana_layout.graph.layered.headroom import title_ties, widen_lanes
from banana_layout.graph.layered.measures import LABEL_GAP, Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.proper import BEND, ITEM, LABEL, LEFT, PORT, RIGHT
from banana_layout.graph.spec import Gaps


class Strip(NamedTuple):
    """Placed ranks; across: x, along: y, from (0, 0)."""

    layers: tuple[tuple[int, ...], ...]
    """Vertices of each rank present, left to right."""
    first: int
    """Rank of the first layer."""
    x: Sequence[Pt]
    """Each vertex's line across (an item's middle); meaningless for absent vertices."""
    tops: tuple[Pt, ...]
    """Where each rank's band starts."""
    bottoms: tuple[Pt, ...]
    """Where each rank's band ends."""
    tracks: tuple[tuple[Pt, ...], ...]
    """For each channel (before the first rank, …, after the last): where the tracks asked for run."""
    frames: Mapping[int, tuple[Pt, Pt, Pt, Pt]]
    """Each frame's left, top, right, bottom."""
    width: Pt
    """Extent across."""
    height: Pt
    """Extent along."""
    label_low: Mapping[int, bool]
    """For each labelled vertex: whether its label stands on the low side of the line."""
    fronts: tuple[Pt, ...]
    """Where the channel before each rank ends and the heads of frames that start with the rank begin."""
    backs: tuple[Pt, ...]
    """Where the feet of frames that end with a rank end and the channel after it begins."""
    low: Sequence[Pt]
    """How far each vertex reaches left of its line."""
    high: Sequence[Pt]
    """How far it reaches to the right."""


class Spots(NamedTuple):
    """A run of ranks placed across only: what the lanes between them do not change."""

    layers: tuple[tuple[int, ...], ...]
    """Vertices of each rank present, left to right."""
    x: Sequence[Pt]
    """Each vertex's line across."""
    low: Sequence[Pt]
    """How far each vertex reaches left of its line."""
    high: Sequence[Pt]
    """How far it reaches to the right."""
    tall: Sequence[Pt]
    """Each vertex's extent along."""
    label_low: Mapping[int, bool]
    """For each labelled vertex: whether its label stands on the low side of the line."""


def spots(part: Ordered, ranks: tuple[int, int], absent: frozenset[int], measures: Measures, gaps: Gaps) -> Spots:
    """Place ranks first … last - 1 across, leaving out the vertices in `absent`."""
    layers = tuple(tuple(v for v in layer if v not in absent) for layer in part.layers[ranks[0] : ranks[1]])
    low, high, tall, label_low = _extents(part, layers, measures, gaps)
    return Spots(layers, _across(part, layers, (low, high), measures, gaps), low, high, tall, label_low)


def strip(
    part: Ordered, ranks: tuple[int, int], found: Spots, measures: Measures, gaps: Gaps, tracks: Sequence[int]
) -> Strip:
    """Place ranks first … last - 1, whose places across are found; `tracks` counts lanes wanted in each channel."""
    first = ranks[0]
    layers, x, low, high, tall, label_low = found
    bands = [max([tall[v] for v in layer], default=0.0) for layer in layers]
    room = _frame_room(part, ranks, bands, measures, gaps)
    heads, feet = [0.0] * len(bands), [0.0] * len(bands)
    for f, (head, foot) in room.items():
        b = part.proper.bounds[f]
        heads[b.first - first] = max(heads[b.first - first], head)
        feet[b.last - first] = max(feet[b.last - first], foot)
    tops, bottoms, lanes = [], [], []
    y = 0.0
    for i, band in enumerate(bands):
        lane = tracks[i] * gaps.edge
        if i == 0:
            lanes.append(tuple(y + gaps.edge * k for k in range(tracks[i])))
            y += lane + heads[i]
        else:
            between = gaps.rank
            if part.proper.label_rank[first + i] or part.proper.label_rank[first + i - 1]:
                between *= LABEL_GAP
            start = y + feet[i - 1]
            lanes.append(tuple(start + (between + lane) * (k + 1) / (tracks[i] + 1) for k in range(tracks[i])))
            y = start + between + lane + heads[i]
        tops.append(y)
        y += band
        bottoms.append(y)
    y += feet[-1] if feet else 0.0
    lanes.append(tuple(y + gaps.edge * (k + 1) for k in range(tracks[len(bands)])))
    y += tracks[len(bands)] * gaps.edge
    present = [v for layer in layers for v in layer]
    left = min([x[v] - low[v] for v in present], default=0.0)
    right = max([x[v] + high[v] for v in present], default=0.0)
    x = [value - left for value in x]
    frames = {}
    for f, (head, foot) in sorted(room.items()):
        b = part.proper.bounds[f]
        frames[f] = (x[b.lefts[0]], tops[b.first - first] - head, x[b.rights[0]], bottoms[b.last - first] + foot)
    fronts = tuple(top - head for top, head in zip(tops, heads, strict=True))
    backs = tuple(bottom + foot for bottom, foot in zip(bottoms, feet, strict=True))
    along = (tuple(tops), tuple(bottoms), tuple(lanes))
    return Strip(layers, first, x, *along, frames, right - left, y, label_low, fronts, backs, low, high)


class Loop(NamedTuple):
    """Where a loop stands beside its item; y from the item's middle."""

    edge: int
    """Index in the specification."""
    top: Pt
    """Where it leaves the item's high side."""
    bottom: Pt
    """Where it comes back."""
    reach: Pt
    """How far it goes out."""
    label: Rect | None
    """Its label; x from the item's side."""


def loops(part: Ordered, vertex: int, measures: Measures, gaps: Gaps) -> list[Loop]:
    """Return the loops at an item, one after the other along its high side, labels stacked beyond them."""
    edges = [edge for edge, v in part.proper.loops if v == vertex]
    size = measures.items[part.proper.ref[vertex]]
    step = size.height * 0.84 / len(edges)
    reach = gaps.edge * 1.5
    sizes = [measures.labels.get(edge) for edge in edges]
    room = math.fsum(s.height for s in sizes if s is not None) + gaps.edge * 0.25 * (
        sum(s is not None for s in sizes) - 1
    )
    y = -room / 2
    out = []
    for k, (edge, s) in enumerate(zip(edges, sizes, strict=True)):
        middle = step * (k - (len(edges) - 1) / 2)
        label = None
        if s is not None:
            label = Rect(reach + gaps.edge * 0.5, y, s.width, s.height)
            y += s.height + gaps.edge * 0.25
        out.append(Loop(edge, middle - step * 0.36, middle + step * 0.36, reach, label))
    return out


def _extents(
    part: Ordered, layers: Sequence[Sequence[int]], measures: Measures, gaps: Gaps
) -> tuple[list[Pt], list[Pt], list[Pt], dict[int, bool]]:
    """Return how far each vertex reaches left and right of its line, its height, and the sides labels stand on."""
    p = part.proper
    n = len(p.kind)
    low, high, tall = [0.0] * n, [0.0] * n, [0.0] * n
    label_low: dict[int, bool] = {}
    outer = _outer_labels(part) if measures.labels else {}
    for layer in layers:
        for v in layer:
            if p.kind[v] == ITEM:
                size = measures.items[p.ref[v]]
                low[v] = high[v] = size.width / 2
                tall[v] = size.height
            elif p.kind[v] == LABEL:
                size = measures.labels[p.ref[v]]
                tall[v] = size.height
                label_low[v] = outer.get(v, measures.label_side == "low")
                room = size.width + gaps.edge * 0.5
                if label_low[v]:
                    low[v] = room
                else:
                    high[v] = room
    widen_lanes(part, layers, measures, gaps, (low, high))
    for vertex in sorted({v for _, v in p.loops}):
        found = loops(part, vertex, measures, gaps)
        labels = [loop.label for loop in found if loop.label is not None]
        high[vertex] += max([found[0].reach, *(r.right for r in labels)])
        if labels:
            tall[vertex] = max(tall[vertex], 2 * labels[-1].bottom, -2 * labels[0].y)
    return low, high, tall, label_low


def _outer_labels(part: Ordered) -> dict[int, bool]:
    """Return the labels of the outermost edges that leave an item together: whether they stand on the low side.

    They stand at the outside of the fan, where nothing comes between a label and its line.
    """
    p = part.proper
    place = {v: i for layer in part.layers for i, v in enumerate(layer)}
    fans: dict[int, list[tuple[int, int]]] = {}
    for c in p.chains:
        if not c.flipped and p.kind[c.vertices[0]] == ITEM:
            fans.setdefault(c.vertices[0], []).append((place[c.vertices[1]], c.label))
    out: dict[int, bool] = {}
    for fan in fans.values():
        if len(fan) < 2:
            continue
        fan.sort()
        out.update({label: low for label, low in ((fan[0][1], True), (fan[-1][1], False)) if label >= 0})
    return out


def _across(
    part: Ordered,
    layers: Sequence[Sequence[int]],
    reach: tuple[Sequence[Pt], Sequence[Pt]],
    measures: Measures,
    gaps: Gaps,
) -> list[Pt]:
    """Return the positions across."""
    p = part.proper
    low, high = reach
    kind = p.kind
    apart = [0.0] * len(kind)
    present = set()
    for layer in layers:
        a = -1
        for v in layer:
            present.add(v)
            if a >= 0:
                apart[v] = high[a] + low[v] + _gap(part, a, v, measures, gaps)
            a = v
    whole = len(present) == len(kind)
    near = p.lead if whole else tuple(_among(side, present) for side in p.lead)
    strength = [0 if k == ITEM else 2 if k in (LEFT, RIGHT) else 1 for k in kind]
    ties = []
    if measures.title_side in ("first", "last"):
        for f, b in enumerate(p.bounds):
            width = measures.titles[f].width
            if width and b.lefts[0] in present:
                ties.append((b.lefts[0], b.rights[0], width + 2 * gaps.cluster))
                ties += title_ties(part, f, layers, (low, high, apart), measures)
    return positions(layers, (p.up if whole else _among(p.up, present), *near), strength, apart, ties)


def _among(near: Sequence[Sequence[int]], present: set[int]) -> list[tuple[int, ...]]:
    """Return each present vertex's present neighbours."""
    return [tuple(u for u in ends if u in present) if v in present else () for v, ends in enumerate(near)]


def _gap(part: Ordered, a: int, b: int, measures: Measures, gaps: Gaps) -> Pt:
    """Return the distance between two neighbours of one rank."""
    p = part.proper
    ka, kb = p.kind[a], p.kind[b]
    if ka == LEFT:
        return gaps.cluster + (measures.titles[p.ref[a]].width if measures.title_side == "low" else 0.0)
    if kb == RIGHT:
        return gaps.cluster + (measures.titles[p.ref[b]].width if measures.title_side == "high" else 0.0)
    if ka == RIGHT or kb == LEFT:
        return gaps.edge if BEND in (ka, kb) or PORT in (ka, kb) else max(gaps.cluster, gaps.edge)
    return gaps.node if ka == kb == ITEM else gaps.edge


def _frame_room(
    part: Ordered, ranks: tuple[int, int], bands: Sequence[Pt], measures: Measures, gaps: Gaps
) -> dict[int, tuple[Pt, Pt]]:
    """Return how far each whole frame reaches before its first rank's band and after its last one's."""
    first, last = ranks
    room: dict[int, tuple[Pt, Pt]] = {}
    side = measures.title_side
    for f in reversed(range(len(part.proper.bounds))):  # inner frames come after outer ones
        b = part.proper.bounds[f]
        if not (first <= b.first and b.last < last):
            continue
        head = foot = 0.0
        for g, inner in enumerate(part.proper.bounds):
            if inner.parent == f:
                head = max(head, room[g][0] if inner.first == b.first else 0.0)
                foot = max(foot, room[g][1] if inner.last == b.last else 0.0)
        title = measures.titles[f]
        head += gaps.cluster + (title.height if side == "first" else 0.0)
        foot += gaps.cluster + (title.height if side == "last" else 0.0)
        if side in ("low", "high") and title.height:
            least = gaps.rank * LABEL_GAP * (b.last - b.first)
            inside = math.fsum(bands[b.first - first : b.last + 1 - first]) + least
            short = title.height + 2 * gaps.cluster - inside - head - foot
            head, foot = head + max(0.0, short) / 2, foot + max(0.0, short) / 2
        room[f] = (head, foot)
    return room
