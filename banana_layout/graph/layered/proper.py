"""One connected part as a proper layered graph: every edge a chain of vertices in neighbouring ranks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from banana_layout.graph.layered.cycles import back_edges
from banana_layout.graph.layered.leads import leads
from banana_layout.graph.layered.levels import Frame, Link
from banana_layout.graph.layered.ranks import Span, balanced, ranks

ITEM, BEND, LABEL, LEFT, RIGHT, PORT = range(6)
"""Kinds of vertices: a node (or inner level), a slot an edge passes, a slot with the edge's label, a frame's two
sides, and the place where an edge enters the level from outside."""

FRAME_WEIGHT = 2
"""What each rank of a frame's height costs, against 1 for an edge: frames stay compact but seldom stretch edges."""


class Chain(NamedTuple):
    """One edge's way through the ranks, downward."""

    edge: int
    """Index in the specification."""
    flipped: bool
    """Whether the edge points up the ranks."""
    vertices: tuple[int, ...]
    """From the upper end to the lower end."""
    label: int
    """The vertex that holds its label, or -1."""
    clips: tuple[int, int]
    """Frames whose border cuts off the upper and the lower end (-1: none), for edges of clusters."""


class Bounds(NamedTuple):
    """A frame's place among the ranks."""

    cluster: int
    """Index in the specification."""
    parent: int
    """Frame around it, or -1."""
    first: int
    """Its uppermost rank."""
    last: int
    """Its lowest rank."""
    lefts: tuple[int, ...]
    """Left-side vertices, one a rank."""
    rights: tuple[int, ...]
    """Right-side vertices, one a rank."""


class Proper(NamedTuple):
    """Vertices, ranks and chains; order within the ranks still open."""

    kind: tuple[int, ...]
    """ITEM, BEND, …"""
    ref: tuple[int, ...]
    """The item, edge or frame a vertex stands for."""
    rank: tuple[int, ...]
    """Each vertex's rank."""
    height: int
    """Number of ranks."""
    frame: tuple[int, ...]
    """Innermost frame around each vertex, or -1; a frame's sides count as inside it."""
    up: tuple[tuple[int, ...], ...]
    """Neighbours in the rank above, in edge order."""
    down: tuple[tuple[int, ...], ...]
    """Neighbours in the rank below, in edge order."""
    lead: tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]
    """The neighbours above, and those below, that a vertex is to stand in line with: the main flow's."""
    chains: tuple[Chain, ...]
    """All edges but loops."""
    loops: tuple[tuple[int, int], ...]
    """(edge, item vertex) of each loop."""
    bounds: tuple[Bounds, ...]
    """Frames with at least one vertex, outer ones first; `frame` indexes this tuple."""
    label_rank: tuple[bool, ...]
    """For each rank: whether it was put in between two others for labels only."""


class Part(NamedTuple):
    """A connected part of a level, as the level's indices name it."""

    items: tuple[int, ...]
    """Items, ascending."""
    links: tuple[Link, ...]
    """Links among them."""
    frames: tuple[Frame, ...]
    """All of the level's frames (those without items here are dropped)."""
    ports: tuple[tuple[int, int, bool], ...] = ()
    """Edges from outside that run along the ranks: (edge, item, whether they come from above)."""


class _Build:
    """Collects vertices."""

    def __init__(self) -> None:
        self.kind: list[int] = []
        self.ref: list[int] = []
        self.rank: list[int] = []
        self.frame: list[int] = []

    def add(self, kind: int, ref: int, rank: int, frame: int) -> int:
        self.kind.append(kind)
        self.ref.append(ref)
        self.rank.append(rank)
        self.frame.append(frame)
        return len(self.kind) - 1


def proper(part: Part) -> Proper:
    """Rank a part and cut its edges into chains; labelled edges get a slot of their own, loops stay aside."""
    frames = _used_frames(part)
    home = {i: f for f, frame in enumerate(frames) for i in frame.items}
    rank, links, loops = _ranked(part, frames, home)
    lines = [_line(link, rank, frames, home) for link in links]
    below, label_of = _label_ranks(lines, rank)
    shift = 1 if any(above for _, _, above in part.ports) else 0
    moved = {i: r + sum(1 for b in below if b < r) + shift for i, r in rank.items()}
    height = max(moved.values(), default=-1) + 1
    build = _Build()
    vertex = {i: build.add(ITEM, i, moved[i], home.get(i, -1)) for i in part.items}
    label_rows = {b + sum(1 for c in below if c < b) + 1 + shift for b in below}
    chains = []
    for line in lines:
        spot = label_of.get(line.link.edge)
        at = -1
        if spot is not None:
            gap, in_gap = spot
            at = gap + sum(1 for c in below if c < gap) + shift + (1 if in_gap else 0)
        chains.append(_chain(build, line, (vertex[line.top], vertex[line.bottom]), at))
    if any(not above for _, _, above in part.ports):
        height += 1
    for edge, item, above in part.ports:
        chains.append(_port_chain(build, edge, vertex[item], above, height))
    bounds = _sides(build, frames, [vertex[i] for i in part.items])
    up: list[list[int]] = [[] for _ in build.kind]
    down: list[list[int]] = [[] for _ in build.kind]
    for run in [c.vertices for c in chains] + [s for b in bounds for s in (b.lefts, b.rights)]:
        for u, v in pairwise(run):
            down[u].append(v)
            up[v].append(u)
    return Proper(
        tuple(build.kind),
        tuple(build.ref),
        tuple(build.rank),
        height,
        tuple(build.frame),
        tuple(map(tuple, up)),
        tuple(map(tuple, down)),
        leads([k == ITEM for k in build.kind], [(c.flipped, c.vertices) for c in chains], (up, down)),
        tuple(chains),
        tuple((link.edge, vertex[item]) for link, item in loops),
        tuple(bounds),
        tuple(r in label_rows for r in range(height)),
    )


class _Line(NamedTuple):
    """A link between two items of different rank, turned downward."""

    link: Link
    top: int
    bottom: int
    flipped: bool
    clips: tuple[int, int]
    frame: int


def _used_frames(part: Part) -> list[Frame]:
    """Return the frames that hold items of the part, renumbered, outer ones first."""
    here = set(part.items)
    used = [False] * len(part.frames)
    for i in reversed(range(len(part.frames))):
        f = part.frames[i]
        if used[i] or any(v in here for v in f.items):
            used[i] = True
            if f.parent >= 0:
                used[f.parent] = True
    number = {old: new for new, old in enumerate(i for i, u in enumerate(used) if u)}
    return [
        Frame(f.cluster, number.get(f.parent, -1), tuple(v for v in f.items if v in here))
        for i, f in enumerate(part.frames)
        if used[i]
    ]


def held(frames: Sequence[Frame], f: int) -> list[int]:
    """Return all items in a frame, nested ones too, ascending."""
    inside = {f}
    for i, frame in enumerate(frames):
        if frame.parent in inside:
            inside.add(i)
    return sorted(v for i in inside for v in frames[i].items)


def _ranked(
    part: Part, frames: Sequence[Frame], home: dict[int, int]
) -> tuple[dict[int, int], list[Link], list[tuple[Link, int]]]:
    """Return the items' ranks, the links that are no loops, and the loops with the item they stand at."""
    number = {old: new for new, old in enumerate(i for i, f in enumerate(part.frames) if _has_items(part, i))}
    links, loops = [], []
    for link in part.links:
        s = link.source if link.source >= 0 else ~number[~link.source]
        t = link.target if link.target >= 0 else ~number[~link.target]
        if s < 0 and t < 0 and s == t:
            loops.append((link, held(frames, ~s)[-1]))
        elif s == t:
            loops.append((link, s))
        elif (s < 0 and _inside(t, ~s, frames, home)) or (t < 0 and _inside(s, ~t, frames, home)):
            loops.append((link, s if s >= 0 else t if t >= 0 else held(frames, ~s)[-1]))
        else:
            links.append(link._replace(source=s, target=t))
    index = {v: i for i, v in enumerate(part.items)}
    n = len(index)
    ends = [(index[k.source], index[k.target]) for k in links if k.source >= 0 and k.target >= 0]
    back = iter(back_edges(n, ends))
    spans = []
    for k in links:
        if k.source >= 0 and k.target >= 0:
            a, b = index[k.source], index[k.target]
            spans.append(Span(b, a, k.length) if next(back) else Span(a, b, k.length))
    count = n + 2 * len(frames)
    for f, frame in enumerate(frames):
        top, bottom = n + 2 * f, n + 2 * f + 1
        spans.append(Span(top, bottom, 0, FRAME_WEIGHT))
        for v in frame.items:
            spans.append(Span(top, index[v], 0, 0))
            spans.append(Span(index[v], bottom, 0, 0))
        if frame.parent >= 0:
            spans.append(Span(n + 2 * frame.parent, top, 0, 0))
            spans.append(Span(bottom, n + 2 * frame.parent + 1, 0, 0))
    for k in links:
        if k.source < 0 or k.target < 0:
            leave = index[k.source] if k.source >= 0 else n + 2 * ~k.source
            enter = index[k.target] if k.target >= 0 else n + 2 * ~k.target
            down = Span(leave + (k.source < 0), enter, k.length)
            if _reaches(count, spans, down.head, down.tail):
                down = Span(enter + (k.target < 0), leave, k.length)
            if not _reaches(count, spans, down.head, down.tail):
                spans.append(down)
    rank = balanced(ranks(count, spans), spans, [v < n for v in range(count)])
    low = min(rank[:n], default=0)
    return {v: rank[i] - low for v, i in index.items()}, links, loops


def _has_items(part: Part, f: int) -> bool:
    here = set(part.items)
    return any(v in here for v in held(part.frames, f))


def _inside(end: int, f: int, frames: Sequence[Frame], home: dict[int, int]) -> bool:
    """Tell whether an item, or a frame given as ~f, lies in frame f."""
    at = home.get(end, -1) if end >= 0 else ~end
    while at >= 0:
        if at == f:
            return True
        at = frames[at].parent
    return False


def _reaches(count: int, spans: Sequence[Span], start: int, goal: int) -> bool:
    """Tell whether spans lead from one vertex to another."""
    out: list[list[int]] = [[] for _ in range(count)]
    for s in spans:
        out[s.tail].append(s.head)
    seen = {start}
    stack = [start]
    while stack:
        v = stack.pop()
        if v == goal:
            return True
        for w in out[v]:
            if w not in seen:
                seen.add(w)
                stack.append(w)
    return False


def _line(link: Link, rank: dict[int, int], frames: Sequence[Frame], home: dict[int, int]) -> _Line:
    """Pick items for the ends that are frames and turn the link downward."""
    s, t = link.source, link.target
    if s >= 0 and t >= 0:
        flipped = rank[s] > rank[t]
        sf, tf = home.get(s, -1), home.get(t, -1)
        top, bottom = (t, s) if flipped else (s, t)
        return _Line(link, top, bottom, flipped, (-1, -1), _common(sf, tf, frames))
    s_items = held(frames, ~s) if s < 0 else [s]
    t_items = held(frames, ~t) if t < 0 else [t]
    flipped, top, bottom = _nearest(s_items, t_items, rank)
    sf = frames[~s].parent if s < 0 else home.get(s, -1)
    tf = frames[~t].parent if t < 0 else home.get(t, -1)
    clips = (~s if s < 0 else -1, ~t if t < 0 else -1)
    return _Line(link, top, bottom, flipped, clips[::-1] if flipped else clips, _common(sf, tf, frames))


def _nearest(sources: list[int], targets: list[int], rank: dict[int, int]) -> tuple[bool, int, int]:
    """Return the closest pair of different ranks, downward before upward: (points up, upper item, lower item).

    Among equals the middle one wins, so that an edge leaves a frame near its middle.
    """
    pairs = [(rank[b] < rank[a], abs(rank[b] - rank[a]), a, b) for a in sources for b in targets if rank[a] != rank[b]]
    if not pairs:
        raise ValueError("an edge between frames of one rank")
    best = min(p[:2] for p in pairs)
    alike = [p for p in pairs if p[:2] == best]
    up, _, a, b = alike[(len(alike) - 1) // 2]
    return (True, b, a) if up else (False, a, b)


def _common(f: int, g: int, frames: Sequence[Frame]) -> int:
    """Return the innermost frame around both, or -1."""
    above = set()
    while f >= 0:
        above.add(f)
        f = frames[f].parent
    while g >= 0 and g not in above:
        g = frames[g].parent
    return g


def _label_ranks(lines: Sequence[_Line], rank: dict[int, int]) -> tuple[list[int], dict[int, tuple[int, bool]]]:
    """Return the gaps (by the rank above) that need a rank for labels, and each label's place: (rank or gap, in gap).

    An edge between neighbouring ranks needs its gap; a longer one takes a slot near its source: in a gap that is
    there anyway, else beside the nodes of the next rank.
    """
    below: list[int] = []
    for line in lines:
        if line.link.labelled and rank[line.bottom] - rank[line.top] <= 1:
            gap = rank[line.top]
            if gap not in below:
                below.append(gap)
    below.sort()
    taken = set(below)
    spots: dict[int, tuple[int, bool]] = {}
    for line in lines:
        if not line.link.labelled:
            continue
        top, bottom = rank[line.top], rank[line.bottom]
        near = bottom - 1 if line.flipped else top
        if near in taken:
            spots[line.link.edge] = (near, True)
        elif line.flipped:
            spots[line.link.edge] = (bottom - 1, False)
        else:
            spots[line.link.edge] = (top + 1, False)
    return below, spots


def _chain(build: _Build, line: _Line, ends: tuple[int, int], label_at: int) -> Chain:
    """Add the slots of one line; `label_at` is its label's rank, or -1. Ends of one rank are joined directly."""
    upper, lower = ends
    label = -1
    run = [upper]
    for r in range(build.rank[upper] + 1, build.rank[lower]):
        v = build.add(LABEL if r == label_at else BEND, line.link.edge, r, line.frame)
        if r == label_at:
            label = v
        run.append(v)
    run.append(lower)
    return Chain(line.link.edge, line.flipped, tuple(run), label, line.clips)


def _port_chain(build: _Build, edge: int, item: int, above: bool, height: int) -> Chain:
    """Add the slots of an edge that comes from outside along the ranks."""
    if above:
        run = [build.add(PORT if r == 0 else BEND, edge, r, -1) for r in range(build.rank[item])] + [item]
    else:
        rows = range(build.rank[item] + 1, height)
        run = [item] + [build.add(PORT if r == height - 1 else BEND, edge, r, -1) for r in rows]
    return Chain(edge, False, tuple(run), -1, (-1, -1))


def _sides(build: _Build, frames: Sequence[Frame], items: Sequence[int]) -> list[Bounds]:
    """Add the frames' sides in every rank they span."""
    vertex = {build.ref[v]: v for v in items}
    out = []
    for f, frame in enumerate(frames):
        inside = [build.rank[vertex[i]] for i in held(frames, f)]
        first, last = min(inside), max(inside)
        lefts = tuple(build.add(LEFT, f, r, f) for r in range(first, last + 1))
        rights = tuple(build.add(RIGHT, f, r, f) for r in range(first, last + 1))
        out.append(Bounds(frame.cluster, frame.parent, first, last, lefts, rights))
    return out
