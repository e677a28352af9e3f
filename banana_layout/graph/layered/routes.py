"""Edges' ways through a placed strip: from port to port through slots and channels only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.graph.layered.exits import Exit, Ground, exits
from banana_layout.graph.layered.measures import SPREAD, Measures
from banana_layout.graph.layered.order import Ordered
from banana_layout.graph.layered.proper import ITEM, Chain
from banana_layout.graph.layered.strip import Strip, loops
from banana_layout.graph.spec import Gaps, Route

SLOPE = 0.24
"""The same on the slopes beside a tip: about their middles."""


def item_rect(part: Ordered, placed: Strip, vertex: int, measures: Measures) -> Rect:
    """Return an item's box in the strip."""
    p = part.proper
    size = measures.items[p.ref[vertex]]
    i = p.rank[vertex] - placed.first
    middle = (placed.tops[i] + placed.bottoms[i]) / 2
    return Rect(placed.x[vertex] - size.width / 2, middle - size.height / 2, size.width, size.height)


def ports(ends: Sequence[tuple[Pt, int]], width: Pt, tip: bool, apart: Pt, fixed: Sequence[Pt | None]) -> list[Pt]:
    """Return where along a side (from its middle) edges meet it, given where each wants to go, in the same order.

    One edge takes the middle. Of several, one that goes straight on keeps the middle; the others go straight where they
    can, in their order and at least `apart` from each other as far as the side allows. At a tip several edges meet the
    slopes on either side of it; a fixed port stays.
    """
    k = len(ends)
    if k == 1:
        return [0.0 if f is None else f for f in fixed]
    limit = width * (SLOPE if tip else SPREAD)
    if tip:
        apart = limit
    order = sorted(range(k), key=lambda i: ends[i])
    at = [min(limit, max(-limit, ends[i][0])) for i in order]
    anchor = min(range(k), key=lambda j: abs(at[j]))
    if abs(at[anchor]) > 1e-6 * width:  # nothing goes straight on: share the side out evenly about the wishes
        step = min(apart, 2 * limit / (k - 1)) if k > 1 else 0.0
        at[0] = min(at[0], limit - step * (k - 1))
        for j in range(1, k):
            at[j] = min(max(at[j], at[j - 1] + step), limit - step * (k - 1 - j))
    else:
        after = min(apart, (limit - at[anchor]) / max(1, k - 1 - anchor))
        before = min(apart, (limit + at[anchor]) / max(1, anchor))
        for j in range(anchor + 1, k):
            at[j] = min(max(at[j], at[j - 1] + after), limit - after * (k - 1 - j))
        for j in reversed(range(anchor)):
            at[j] = max(min(at[j], at[j + 1] - before), before * j - limit)
    out = [0.0] * k
    for j, i in enumerate(order):
        given = fixed[i]
        out[i] = at[j] if given is None else given
    return out


class Way:
    """A strip's chains as polylines; ports are spread once for all of a node's edges."""

    def __init__(
        self,
        part: Ordered,
        placed: Strip,
        measures: Measures,
        gaps: Gaps,
        tips: Sequence[bool],
    ) -> None:
        self.part, self.placed, self.measures, self.gaps, self.tips = part, placed, measures, gaps, tips
        self.exits: dict[tuple[int, bool], Exit] = {}
        """(edge, at its upper end) to the side beside the flow it leaves its item by."""
        self.port: dict[tuple[int, bool], Pt] = {}
        """(edge, at its item's lower side) to the offset from the item's middle."""

    def spread_ports(
        self,
        chains: Sequence[Chain],
        pinned: Mapping[tuple[int, bool], Pt],
        extra: Sequence[tuple[int, bool, Pt, int]] = (),
        taken: Collection[tuple[int, bool]] = (),
    ) -> None:
        """Set the ports of all chains; `pinned` gives those that are fixed.

        `extra` adds ends of edges that leave the strip: (vertex, at its lower side, where it wants to go, edge). `taken`
        names sides beside the flow, (vertex, high), that others leave by.
        """
        p = self.part.proper
        x = self.placed.x
        self.exits = exits(chains, Ground(self.part, self.placed, self.measures, self.gaps, self.tips), pinned, taken)
        sides: dict[tuple[int, bool], list[tuple[Pt, int, bool]]] = {}
        for c in chains:
            for v, w, upper in ((c.vertices[0], c.vertices[1], True), (c.vertices[-1], c.vertices[-2], False)):
                if p.kind[v] != ITEM or (c.edge, upper) in self.exits:
                    continue
                # An edge that leaves its other end sideways comes straight, wherever it is met.
                wish = 0.0 if (c.edge, not upper) in self.exits and p.kind[w] == ITEM else x[w] - x[v]
                sides.setdefault((v, upper), []).append((wish, c.edge, upper))
        for v, lower, wish, edge in extra:
            sides.setdefault((v, lower), []).append((wish, edge, lower))
        for (v, _), found in sides.items():
            size = self.measures.items[p.ref[v]]
            fixed = [pinned.get((e, upper)) for _, e, upper in found]
            spots = ports([(d, e) for d, e, _ in found], size.width, self.tips[p.ref[v]], self.gaps.edge, fixed)
            for (_, e, upper), spot in zip(found, spots, strict=True):
                self.port[(e, upper)] = spot

    def chain(self, c: Chain) -> Route:
        """Return a chain's polyline from its upper end to its lower end, with its label's place."""
        p, placed = self.part.proper, self.placed
        x, first = placed.x, placed.first
        points: list[Point] = []
        label = None
        last = len(c.vertices) - 1
        for k, v in enumerate(c.vertices):
            i = p.rank[v] - first
            # Lines run aslant in the channels only: straight on where frames begin and end, clear of their titles.
            top, bottom = placed.fronts[i], placed.backs[i]
            if p.kind[v] == ITEM and k in (0, last):
                points += self._end(c, k == 0, (top, bottom))
            else:
                points += [Point(x[v], top), Point(x[v], bottom)]
            if v == c.label:
                label = self._label(v, placed.tops[i], placed.bottoms[i])
        points = self._clipped(points, c)
        return Route(tuple(straightened(points)), label)

    def _end(self, c: Chain, upper: bool, channel: tuple[Pt, Pt]) -> list[Point]:
        """Return the corners at a chain's end, from the upper end downward: by the facing side, or by one beside it."""
        v, w = (c.vertices[0], c.vertices[1]) if upper else (c.vertices[-1], c.vertices[-2])
        box = item_rect(self.part, self.placed, v, self.measures)
        exit_ = self.exits.get((c.edge, upper))
        if exit_ is None:
            at = self.placed.x[v] + self.port[(c.edge, upper)]
            return (
                [Point(at, box.bottom), Point(at, channel[1])] if upper else [Point(at, channel[0]), Point(at, box.y)]
            )
        y = box.y + box.h / 2 + exit_.offset
        side = Point(box.right if exit_.high else box.x, y)
        if self.part.proper.kind[w] == ITEM:
            corners = [side, Point(self.placed.x[w] + self.port[(c.edge, not upper)], y)]
        else:
            corners = [side, Point(exit_.at, y), Point(exit_.at, channel[1] if upper else channel[0])]
        return corners if upper else corners[::-1]

    def _label(self, v: int, top: Pt, bottom: Pt) -> Rect:
        size = self.measures.labels[self.part.proper.ref[v]]
        gap = self.gaps.edge * 0.5
        x = self.placed.x[v]
        left = x - gap - size.width if self.placed.label_low[v] else x + gap
        return Rect(left, (top + bottom) / 2 - size.height / 2, size.width, size.height)

    def _clipped(self, points: list[Point], c: Chain) -> list[Point]:
        """Start and end the line at the borders of the frames that are its ends."""
        for end in (0, 1):
            frame = self.placed.frames.get(c.clips[end])
            if frame is None:
                continue
            line = points if end == 0 else points[::-1]
            border = frame[3] if end == 0 else frame[1]
            start = Point(line[0].x, border)
            beyond = line[2].y - border if end == 0 else border - line[2].y
            straight = len(line) > 2 and beyond >= 0
            kept = line[1:] if (line[1].y - border) * (1 if end == 0 else -1) > 0 else line[2:]
            line = [start, *kept] if straight else outside(line, Rect.spanning(*frame))
            points = line if end == 0 else line[::-1]
        return points

    def loop(self, vertex: int) -> list[tuple[int, Route]]:
        """Return the loops at an item."""
        box = item_rect(self.part, self.placed, vertex, self.measures)
        middle = box.y + box.h / 2
        out = []
        for edge, top, bottom, reach, label in loops(self.part, vertex, self.measures, self.gaps):
            x = box.right + reach
            points = (
                Point(box.right, middle + top),
                Point(x, middle + top),
                Point(x, middle + bottom),
                Point(box.right, middle + bottom),
            )
            spot = None if label is None else label.shifted(box.right, middle)
            out.append((edge, Route(points, spot)))
        return out


def outside(points: list[Point], box: Rect) -> list[Point]:
    """Drop a line's start as far as it lies in a box: it begins where it leaves the box for good."""
    for k in range(len(points) - 1, 0, -1):
        q, p = points[k], points[k - 1]
        if box.contains(p) and not box.contains(q, -1e-6):
            share = 1.0
            for d, at, near, far in ((q.x - p.x, p.x, box.x, box.right), (q.y - p.y, p.y, box.y, box.bottom)):
                if d > 0:
                    share = min(share, (far - at) / d)
                elif d < 0:
                    share = min(share, (near - at) / d)
            return [p.toward(q, share), *points[k:]]
    return points


def straightened(points: Sequence[Point]) -> list[Point]:
    """Return the polyline without repeated and collinear corners."""
    out: list[Point] = []
    for p in points:
        if out and abs(p.x - out[-1].x) < 1e-9 and abs(p.y - out[-1].y) < 1e-9:
            continue
        while len(out) > 1:
            a, b = out[-2], out[-1]
            turn = (b.x - a.x) * (p.y - b.y) - (b.y - a.y) * (p.x - b.x)
            along = (b.x - a.x) * (p.x - b.x) + (b.y - a.y) * (p.y - b.y)
            if abs(turn) > 1e-7 * (abs(b.x - a.x) + abs(b.y - a.y)) or along < 0:
                break
            out.pop()
        out.append(p)
    return out if len(out) > 1 else [*out, *out]
