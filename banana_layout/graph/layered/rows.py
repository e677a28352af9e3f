"""A part cut into rows: strips side by side, and the ways of the edges that pass from row to row or leave the level."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.assembly import Access, Assembled, Task, fitted, mirrored, unstack
from banana_layout.graph.layered.cuts import crossing_vertices, cuts
from banana_layout.graph.layered.headroom import behind_title
from banana_layout.graph.layered.lanes import Crossed, Hop, crossed
from banana_layout.graph.layered.measures import SPREAD, Measures
from banana_layout.graph.layered.proper import ITEM, LABEL, Chain
from banana_layout.graph.layered.routes import Way, item_rect, outside, ports, straightened
from banana_layout.graph.layered.strip import Spots, Strip, spots, strip
from banana_layout.graph.spec import Route

FAR = 1e6
"""Where an edge that leaves its row sideways wants its port: beyond all others."""


class _Row(NamedTuple):
    """A strip in its place."""

    strip: Strip
    way: Way
    flipped: bool
    x: Pt
    y: Pt

    def point(self, p: Point) -> Point:
        s = self.strip
        if self.flipped:
            return Point(self.x + s.width - p.x, self.y + s.height - p.y)
        return Point(self.x + p.x, self.y + p.y)

    def rect(self, r: Rect) -> Rect:
        s = self.strip
        if self.flipped:
            return Rect(self.x + s.width - r.right, self.y + s.height - r.bottom, r.w, r.h)
        return r.shifted(self.x, self.y)

    def along(self, y: Pt) -> Pt:
        return self.y + (self.strip.height - y if self.flipped else y)

    def middle(self, rank: int) -> Pt:
        i = rank - self.strip.first
        return self.along((self.strip.tops[i] + self.strip.bottoms[i]) / 2)


def assembled(task: Task, rows: int, most: Size | None = None) -> Assembled:
    """Place a part in at most `rows` rows; fewer where a label would find no room between them.

    A part larger than `most` is only measured: it has a size, rows and passes, but neither boxes nor ways.
    """
    while True:
        runs = cuts(task.part, task.measures, task.gaps, rows)
        builder = _Builder(task, runs)
        if builder.clean or len(runs) == 1:
            size = builder.size
            if most is not None and (size.width > most.width or size.height > most.height):
                return Assembled(size, {}, {}, {}, {}, len(runs), len(builder.cross), builder.abreast)
            return builder.result()
        rows = len(runs) - 1


class _Builder:
    """Carries one attempt from cuts to routes."""

    def __init__(self, task: Task, runs: list[tuple[int, int]]) -> None:
        self.task = task
        self.row_of, self.gone = crossing_vertices(task.part, runs)
        self.runs = [self._trimmed(run) for run in runs]
        p = task.part.proper
        self.cross: list[Chain] = []
        self.inside: list[Chain] = []
        for c in p.chains:
            same = self._row(c.vertices[0]) == self._row(c.vertices[-1])
            (self.inside if same else self.cross).append(c)
        self.accesses: dict[tuple[int, bool], Access] = {}
        self.passes: dict[tuple[int, int], tuple[int, int]] = {}
        self.tracks = [[0] * (last - first + 1) for first, last in self.runs]
        self.spots: list[Spots] = []
        self._plan_accesses()
        self.rows = self._rows()
        self.ends: dict[tuple[int, bool], Pt] = {}
        self.gaps = self._gaps()
        self.clean = all(g.clean for g in self.gaps)

    def _row(self, v: int) -> int:
        return self.row_of[self.task.part.proper.rank[v]]

    def _trimmed(self, run: tuple[int, int]) -> tuple[int, int]:
        """Return a run without ranks at its ends that the cut has emptied."""
        first, last = run
        layers = self.task.part.layers
        while first < last - 1 and all(v in self.gone for v in layers[first]):
            first += 1
        while last > first + 1 and all(v in self.gone for v in layers[last - 1]):
            last -= 1
        return first, last

    def _flipped(self, row: int) -> bool:
        return self.task.serpentine and row % 2 == 1

    def _measures(self, row: int) -> Measures:
        """Return what a row needs."""
        called = {(a.vertex, a.lower_side) for a in self.accesses.values() if a.channel >= 0}
        found = self.task.measures._replace(called=called)
        return mirrored(found) if self._flipped(row) else found

    # -- where edges leave their rows

    def _plan_accesses(self) -> None:
        """Let each edge leave straight from its item's side where nothing is in the way, else by a channel's track."""
        task = self.task
        direct: dict[tuple[int, bool], int] = {}
        wanted = []
        for c in self.cross:
            u, v = c.vertices[0], c.vertices[-1]
            wanted.append((c.edge, True, u, not self._flipped(self._row(u))))
            wanted.append((c.edge, False, v, self._flipped(self._row(v))))
        wanted += [(edge, lower, v, high) for edge, v, high, lower in task.laterals]
        for edge, lower, v, high in wanted:
            row = self._row(v)
            used = direct.get((v, high), 0)
            if (edge, lower) not in task.pinned and self._open(v, high) and used < self._slots(v):
                direct[(v, high)] = used + 1
                self.accesses[(edge, lower)] = Access(edge, lower, v, high, -1, 0)
                continue
            channel = task.part.proper.rank[v] - self.runs[row][0] + (1 if lower else 0)
            track = self.tracks[row][channel]
            self.tracks[row][channel] += 1
            self.accesses[(edge, lower)] = Access(edge, lower, v, high, channel, track)
        if any(self._row(c.vertices[-1]) - self._row(c.vertices[0]) > 1 for c in self.cross):
            self._plan_passes()

    def _open(self, v: int, high: bool) -> bool:
        """Tell whether an item is the outermost of its rank on one side, bends aside."""
        p = self.task.part.proper
        if high and any(item == v for _, item in p.loops):
            return False
        if behind_title(self.task.part, v, high, self._measures(self._row(v))):
            return False
        layer = self.task.part.layers[p.rank[v]]
        i = layer.index(v)
        beyond = layer[i + 1 :] if high else layer[:i]
        return not any(p.kind[w] in (ITEM, LABEL) and w not in self.gone for w in beyond)

    def _slots(self, v: int) -> int:
        """Return how many edges may leave an item's side."""
        item = self.task.part.proper.ref[v]
        if self.task.tips[item]:
            return 1
        room = 2 * SPREAD * self.task.measures.items[item].height
        return 1 + int(room / max(1e-6, self.task.gaps.edge * 0.75))

    def _plan_passes(self) -> None:
        """Choose, for edges over several rows, the channels of the rows between nearest to where they are bound."""
        rows = self._rows()
        for c in self.cross:
            a, b = self._row(c.vertices[0]), self._row(c.vertices[-1])
            rank = self.task.part.proper.rank
            goal = rows[b].middle(rank[c.vertices[-1]])
            for k in range(a + 1, b):
                s = rows[k].strip
                n = len(s.tops)
                levels = [s.tops[0], *((s.bottoms[i] + s.tops[i + 1]) / 2 for i in range(n - 1)), s.bottoms[-1]]
                best = min(range(n + 1), key=lambda i: (abs(rows[k].along(levels[i]) - goal), i))
                self.passes[(c.edge, k)] = (best, self.tracks[k][best])
                self.tracks[k][best] += 1

    # -- strips side by side

    def _rows(self) -> list[_Row]:
        """Place every strip and set them so that a row starts where the one before it ends (or all at one line)."""
        task = self.task
        out: list[_Row] = []
        turn = 0.0
        for k, run in enumerate(self.runs):
            flipped = self._flipped(k)
            measures = self._measures(k)
            if len(self.spots) == k:
                self.spots.append(spots(task.part, run, self.gone, measures, task.gaps))
            placed = strip(task.part, run, self.spots[k], measures, task.gaps, self.tracks[k])
            way = Way(task.part, placed, measures, task.gaps, task.tips)
            start = (placed.tops[0] + placed.bottoms[0]) / 2
            end = (placed.tops[-1] + placed.bottoms[-1]) / 2
            if not task.serpentine:
                y = -placed.tops[0]
            elif k == 0:
                y = 0.0
            else:
                y = turn - (placed.height - start if flipped else start)
            row = _Row(placed, way, flipped, 0.0, y)
            turn = row.along(end)
            out.append(row)
        low = min(r.y for r in out)
        return [r._replace(y=r.y - low) for r in out]

    def _box(self, v: int) -> Rect:
        """Return an item's box; its x counts only within its row."""
        row = self.rows[self._row(v)]
        return row.rect(item_rect(self.task.part, row.strip, v, row.way.measures))

    def _gaps(self) -> list[Crossed]:
        """Find where edges enter and leave each gap between rows, give them lanes, and set the rows' places across."""
        task = self.task
        self._spread()
        hops: list[list[Hop]] = [[] for _ in self.rows[1:]]
        for c in self.cross:
            a, b = self._row(c.vertices[0]), self._row(c.vertices[-1])
            label = task.measures.labels.get(c.edge)
            home = b - 1 if c.flipped else a
            at = self.ends[(c.edge, True)]
            for k in range(a, b):
                to = self.ends[(c.edge, False)] if k == b - 1 else self._pass(c.edge, k + 1)
                hops[k].append(Hop(c.edge, at, to, label if k == home else None))
                at = to
        extent = max(r.y + r.strip.height for r in self.rows)
        gaps = [crossed(h, task.gaps, extent) for h in hops]
        x = 0.0
        for k, row in enumerate(self.rows):
            self.rows[k] = row._replace(x=x)
            x += row.strip.width + (gaps[k].width if k < len(gaps) else 0.0)
        self.hops = hops
        return gaps

    def _pass(self, edge: int, row: int) -> Pt:
        channel, track = self.passes[(edge, row)]
        return self.rows[row].along(self.rows[row].strip.tracks[channel][track])

    def _spread(self) -> None:
        """Set where every access lies along: at its track, or at a port on its item's side."""
        sides: dict[tuple[int, bool], list[Access]] = {}
        guess: dict[tuple[int, bool], Pt] = {}
        for key, a in self.accesses.items():
            row = self.rows[self._row(a.vertex)]
            if a.channel >= 0:
                self.ends[key] = guess[key] = row.along(row.strip.tracks[a.channel][a.track])
            else:
                guess[key] = row.middle(self.task.part.proper.rank[a.vertex])
                sides.setdefault((a.vertex, a.high), []).append(a)
        for (v, _), found in sides.items():
            box = self._box(v)
            middle = box.y + box.h / 2
            wishes = []
            for a in found:
                other = guess.get((a.edge, not a.lower_side), middle)
                wishes.append((other - middle, a.edge))
            tip = self.task.tips[self.task.part.proper.ref[v]]
            spots = ports(wishes, box.h, tip, self.task.gaps.edge, [None] * len(found))
            for a, spot in zip(found, spots, strict=True):
                self.ends[(a.edge, a.lower_side)] = middle + spot
        for c in self.cross:
            self._align(c, sides)

    def _align(self, c: Chain, sides: Mapping[tuple[int, bool], list[Access]]) -> None:
        """Make a nearly straight passage straight where both ends are free to move."""
        upper, lower = self.accesses[(c.edge, True)], self.accesses[(c.edge, False)]
        if self._row(lower.vertex) - self._row(upper.vertex) != 1:
            return
        ranges = []
        for a in (upper, lower):
            at = self.ends[(a.edge, a.lower_side)]
            free = a.channel < 0 and len(sides[(a.vertex, a.high)]) == 1
            box = self._box(a.vertex)
            slack = box.h * SPREAD if free and not self.task.tips[self.task.part.proper.ref[a.vertex]] else 0.0
            ranges.append((at - slack, at + slack))
        low, high = max(ranges[0][0], ranges[1][0]), min(ranges[0][1], ranges[1][1])
        if low <= high:
            at = (low + high) / 2
            self.ends[(c.edge, True)] = self.ends[(c.edge, False)] = at

    # -- results

    @property
    def size(self) -> Size:
        """Extent of the rows; ways may stick out a little."""
        return Size(max(r.x + r.strip.width for r in self.rows), max(r.y + r.strip.height for r in self.rows))

    @property
    def abreast(self) -> int:
        """Most forward edges between two rows."""
        count = [0] * len(self.runs)
        for c in self.cross:
            if not c.flipped:
                for k in range(self._row(c.vertices[0]), self._row(c.vertices[-1])):
                    count[k] += 1
        return max(count)

    def result(self) -> Assembled:
        """Return everything in the part's axes."""
        task = self.task
        p = task.part.proper
        self._ports()
        items = {}
        for v, kind in enumerate(p.kind):
            if kind == ITEM:
                items[p.ref[v]] = self._box(v)
        routes: dict[int, Route] = {}
        stubs: dict[int, tuple[Point, ...]] = {}
        links = {(c.edge) for c in p.chains if all(p.kind[v] == ITEM for v in (c.vertices[0], c.vertices[-1]))}
        for c in self.inside:
            row = self.rows[self._row(c.vertices[0])]
            found = row.way.chain(c)
            points = tuple(row.point(q) for q in found.points)
            if c.edge not in links:
                stubs[c.edge] = points if p.kind[c.vertices[0]] != ITEM else points[::-1]
                continue
            label = None if found.label is None else row.rect(found.label)
            routes[c.edge] = Route(points[::-1] if c.flipped else points, label)
        unstack(routes, task.gaps)
        for c in self.cross:
            points = tuple(straightened(self._clipped(c, self._crossing(c))))
            routes[c.edge] = Route(points[::-1] if c.flipped else points, self._hop_label(c))
        for edge, _, _, lower in task.laterals:
            stubs[edge] = tuple(straightened(self._access_points(self.accesses[(edge, lower)])[::-1]))
        for v in sorted({v for _, v in p.loops}):
            row = self.rows[self._row(v)]
            for edge, found in row.way.loop(v):
                label = None if found.label is None else row.rect(found.label)
                routes[edge] = Route(tuple(row.point(q) for q in found.points), label)
        frames = {}
        for row in self.rows:
            for f, (x0, y0, x1, y1) in row.strip.frames.items():
                frames[p.bounds[f].cluster] = row.rect(Rect.spanning(x0, y0, x1, y1))
        for edge, cluster in task.clips.items():
            if edge in stubs and cluster in frames:
                stubs[edge] = tuple(outside(list(stubs[edge][::-1]), frames[cluster])[::-1])
        rows, passes = len(self.rows), len(self.cross)
        return fitted(Assembled(self.size, items, routes, frames, stubs, rows, passes, self.abreast))

    def _ports(self) -> None:
        """Spread the ports of each row's items."""
        for k, row in enumerate(self.rows):
            extra = [
                (a.vertex, a.lower_side, FAR if a.high else -FAR, a.edge)
                for a in self.accesses.values()
                if a.channel >= 0 and self._row(a.vertex) == k
            ]
            inside = [c for c in self.inside if self._row(c.vertices[0]) == k]
            taken = {(a.vertex, a.high) for a in self.accesses.values() if a.channel < 0}
            row.way.spread_ports(inside, self.task.pinned, extra, taken)

    def _access_points(self, a: Access) -> list[Point]:
        """Return the way from an item to the border of its strip."""
        row = self.rows[self._row(a.vertex)]
        s = row.strip
        if a.channel < 0:
            at = self.ends[(a.edge, a.lower_side)]
            box = self._box(a.vertex)
            end = row.point(Point(s.width if a.high else 0.0, 0.0)).x
            side = box.right if a.high != row.flipped else box.x
            return [Point(side, at), Point(end, at)]
        box = item_rect(self.task.part, s, a.vertex, row.way.measures)
        x = s.x[a.vertex] + row.way.port[(a.edge, a.lower_side)]
        y = s.tracks[a.channel][a.track]
        points = [Point(x, box.bottom if a.lower_side else box.y), Point(x, y), Point(s.width if a.high else 0.0, y)]
        return [row.point(q) for q in points]

    def _crossing(self, c: Chain) -> list[Point]:
        """Return the whole way of an edge from row to row."""
        points = self._access_points(self.accesses[(c.edge, True)])
        a, b = self._row(c.vertices[0]), self._row(c.vertices[-1])
        for k in range(a, b):
            row = self.rows[k]
            start = row.x + row.strip.width
            i = next(i for i, h in enumerate(self.hops[k]) if h.edge == c.edge)
            points += [q.shifted(start, 0.0) for q in self.gaps[k].lines[i]]
        return points + self._access_points(self.accesses[(c.edge, False)])[::-1]

    def _hop_label(self, c: Chain) -> Rect | None:
        a, b = self._row(c.vertices[0]), self._row(c.vertices[-1])
        for k in range(a, b):
            for h, label in zip(self.hops[k], self.gaps[k].labels, strict=True):
                if h.edge == c.edge and label is not None:
                    return label.shifted(self.rows[k].x + self.rows[k].strip.width, 0.0)
        return None

    def _clipped(self, c: Chain, points: list[Point]) -> list[Point]:
        """Cut the line at frames that are its ends."""
        for end, v in ((0, c.vertices[0]), (1, c.vertices[-1])):
            row = self.rows[self._row(v)]
            frame = row.strip.frames.get(c.clips[end])
            if frame is not None:
                points = outside(points if end == 0 else points[::-1], row.rect(Rect.spanning(*frame)))
                points = points if end == 0 else points[::-1]
        return points
