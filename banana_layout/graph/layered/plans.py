"""A level and those inside it, ranked and ordered: what does not depend on sizes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from banana_layout.graph.layered.levels import Level, Link
from banana_layout.graph.layered.order import Ordered, ordered
from banana_layout.graph.layered.proper import ITEM, Part, held, proper
from banana_layout.graph.layered.turn import Compass, Turn

MOST_PASSED = 40_000
"""So many vertices, nodes and places where edges pass a rank, may a level have: ordering and placing them takes seconds."""


class TangledError(ValueError):
    """A level with more vertices than can be laid out in a reasonable time; the argument says how many."""


class Plan(NamedTuple):
    """A level with its parts' orders found; sizes do not matter yet."""

    level: Level
    """What is laid out."""
    parts: tuple[Ordered, ...]
    """Its connected parts, in the order of their first items; one part where edges cross the level's border."""
    laterals: tuple[tuple[int, int, bool, bool], ...]
    """Edges that cross the border beside the ranks: (edge, item, to the high side, from the item's lower side)."""
    sides: Mapping[int, Compass]
    """For each edge that crosses the level's border: where on the page."""
    clips: Mapping[int, int]
    """For edges from outside that end at a frame rather than an item: the frame's cluster."""
    inner: tuple[Plan, ...]
    """The plans of its inner levels."""


def plan(level: Level, sides: Mapping[int, Compass] | None = None) -> Plan:
    """Rank and order every part of a level and of the levels inside; `sides` says where edges cross its border.

    Raises TangledError where that are too many.
    """
    sides = sides if sides is not None else {}
    turn = Turn(level.direction)
    ports, laterals = [], []
    for stub in level.stubs:
        if stub.edge not in sides:
            continue
        items = held(level.frames, ~stub.item) if stub.item < 0 else [stub.item]
        item = items[-1] if stub.leaves else items[0]
        side = turn.side(sides[stub.edge])
        if side in ("first", "last"):
            ports.append((stub.edge, item, side == "first"))
        else:
            laterals.append((stub.edge, item, side == "high", stub.leaves))
    if ports or laterals:
        everything = tuple(range(len(level.nodes)))
        pieces = [Part(everything, level.links, level.frames, tuple(ports))]
    else:
        pieces = _parts(level)
    made = [proper(piece) for piece in pieces]
    vertices = sum(len(p.kind) for p in made)
    if vertices > MOST_PASSED:
        raise TangledError(vertices)
    parts = tuple(map(ordered, made))
    crossing = _crossing_sides(level, parts, laterals)
    clips = {stub.edge: level.frames[~stub.item].cluster for stub in level.stubs if stub.item < 0}
    inner = tuple(plan(below, crossing[i]) for i, below in enumerate(level.inner))
    return Plan(level, parts, tuple(laterals), sides, clips, inner)


def _crossing_sides(
    level: Level, parts: Sequence[Ordered], laterals: Sequence[tuple[int, int, bool, bool]]
) -> list[dict[int, Compass]]:
    """Return, for each inner level, where edges meet its border: as the level around it draws them."""
    turn = Turn(level.direction)
    found: list[dict[int, Compass]] = [{} for _ in level.inner]
    for part in parts:
        p = part.proper
        for c in p.chains:
            for v, lower in ((c.vertices[0], True), (c.vertices[-1], False)):
                if p.kind[v] == ITEM and level.nodes[p.ref[v]] < 0:
                    found[~level.nodes[p.ref[v]]][c.edge] = turn.compass("last" if lower else "first")
    for edge, item, _, lower in laterals:
        if level.nodes[item] < 0:
            found[~level.nodes[item]][edge] = turn.compass("last" if lower else "first")
    return found


def _parts(level: Level) -> list[Part]:
    """Return the connected parts; a frame keeps what it holds together."""
    n = len(level.nodes)
    near: list[list[int]] = [[] for _ in range(n + len(level.frames))]

    def place(end: int) -> int:
        return end if end >= 0 else n + ~end

    def join(a: int, b: int) -> None:
        near[a].append(b)
        near[b].append(a)

    for link in level.links:
        join(place(link.source), place(link.target))
    for f, frame in enumerate(level.frames):
        for v in frame.items:
            join(n + f, v)
        if frame.parent >= 0:
            join(n + f, n + frame.parent)
    owner = [-1] * len(near)
    groups: list[list[int]] = []
    for root in range(n):
        if owner[root] >= 0:
            continue
        owner[root] = len(groups)
        found = [root]
        for v in found:
            for w in near[v]:
                if owner[w] < 0:
                    owner[w] = len(groups)
                    found.append(w)
        groups.append(sorted(v for v in found if v < n))
    links: list[list[Link]] = [[] for _ in groups]
    for link in level.links:
        links[owner[place(link.source)]].append(link)
    return [Part(tuple(g), tuple(k), level.frames) for g, k in zip(groups, links, strict=True)]
