"""Finds the boxes in a region: edges are paired, then each line's borders are told apart by order and nearness."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.wireframe.glyph import letters
from banana_layout.syntax.wireframe.strip import SLACK, Place, Region, Strip

MOST_EDGES = 3000
"""Further edges in one region stay text."""
MOST_BORDERS = 160
"""Further vertical lines in one strip stay text."""
MISSING = 13
"""What a border that was not drawn costs, in cells of misplacement."""
SIDES = 0.7
"""Share of a box's lines that must have both borders."""

_LABEL = r"(?:-+ ?[^1234|<>\-\n]{1,80}? ?-+)"


@functools.cache
def _patterns(ascii_art: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what a top and a bottom edge look like."""
    if ascii_art:
        edge = re.compile(r"\+(?:-{2,}\+)+")
        return edge, edge
    return re.compile(rf"1(?:[-TA+]+|{_LABEL})2"), re.compile(rf"3(?:[-TA+]+|{_LABEL})4")


class Edge(NamedTuple):
    """A drawn top or bottom."""

    row: int
    """Index of its strip in the region."""
    begin: int
    """Index of its first corner in the strip."""
    end: int
    """Index after its last corner."""
    left: Place
    """Where the first corner stands."""
    right: Place
    """Where the last corner stands."""


class Frame(NamedTuple):
    """A top and the bottom that belongs to it."""

    top: Edge
    """Its upper edge."""
    bottom: Edge
    """Its lower edge."""

    def holds(self, other: Frame) -> bool:
        """Tell whether another one lies inside."""
        if not (self.top.row < other.top.row and other.bottom.row < self.bottom.row):
            return False
        middle = (other.top.left.low + other.top.right.high) / 2
        return self.top.left.low < middle < self.top.right.high


class Box(NamedTuple):
    """A box and what is written in it."""

    inside: Region
    """Its lines between the borders, the label in its top edge first."""
    top: int
    """Number of its first line."""
    bottom: int
    """Number of its last line."""
    left: int
    """Cells before its left border."""
    right: int
    """Cells before its right border."""
    covered: tuple[tuple[int, int, int], ...]
    """Strip's index in the region, and where the box begins and ends in it."""
    core: tuple[int, int]
    """First and last cell it takes however wide the letters before it are."""


def boxes(region: Region, *, ascii_art: bool = False) -> tuple[Box, ...]:
    """Return the outermost boxes of a region, by their tops and from left to right.

    Edges are paired by where their corners stand. Then, line by line, the vertical lines found are given to the boxes
    open in that line: in order, with the least total distance from where the edges say they should be (an alignment by
    dynamic programming, as in Needleman and Wunsch 1970, where skipping a found line is free and missing one costs).
    """
    rows = [letters(strip.text, ascii_art=ascii_art) for strip in region]
    frames = _paired(region, rows, ascii_art)
    outer = [f for f in frames if not any(g is not f and g.holds(f) for g in frames)]
    outer = _apart(outer)
    sides: list[dict[int, tuple[int, int]]] = [{} for _ in outer]
    for row in range(len(region)):
        active = [i for i, f in enumerate(outer) if f.top.row <= row <= f.bottom.row]
        if active:
            _trace(region[row], rows[row], row, [(i, outer[i]) for i in active], sides)
    made = [_box(region, rows, frame, side) for frame, side in zip(outer, sides, strict=True)]
    return tuple(sorted(made, key=lambda b: (b.top, b.left)))


def _apart(frames: list[Frame]) -> list[Frame]:
    """Return frames without those that overlap one found before, left to right."""
    kept: list[Frame] = []
    for frame in sorted(frames, key=lambda f: (f.top.row, f.top.begin)):
        clash = False
        for other in kept:
            if frame.top.row <= other.bottom.row and other.top.row <= frame.bottom.row:
                middle = (frame.top.left.low + frame.top.right.low) / 2
                other_middle = (other.top.left.low + other.top.right.low) / 2
                clash |= other.top.left.low < middle < other.top.right.low
                clash |= frame.top.left.low < other_middle < frame.top.right.low
        if not clash:
            kept.append(frame)
    return sorted(kept, key=lambda f: (f.top.left.low, f.top.row))


def _paired(region: Region, rows: list[str], ascii_art: bool) -> list[Frame]:
    """Return tops and bottoms that make a box whose sides are drawn."""
    top_edge, bottom_edge = _patterns(ascii_art)
    opened: list[Edge] = []
    frames: list[Frame] = []
    count = 0
    borders = _Borders(region, rows)
    for row, line in enumerate(rows):
        if "-" not in line:
            continue
        closed = set()
        for found in bottom_edge.finditer(line):
            count += 1
            edge = _edge(region[row], row, found.start(), found.end())
            best = _partner(edge, opened, borders)
            if best is not None:
                opened.remove(best)
                frames.append(Frame(best, edge))
                closed.add(found.start())
        for found in top_edge.finditer(line):
            if found.start() not in closed:
                count += 1
                opened.append(_edge(region[row], row, found.start(), found.end()))
        if count > MOST_EDGES:
            break
    return frames


def _edge(strip: Strip, row: int, begin: int, end: int) -> Edge:
    """Return an edge between two indices."""
    return Edge(row, begin, end, strip.place(begin), strip.place(end - 1))


class _Borders:
    """What may be a border in each line of a region; found once, asked for by every box."""

    def __init__(self, region: Region, rows: list[str]) -> None:
        self.region = region
        """The lines."""
        self._rows = rows
        self._known: dict[int, list[tuple[int, Place]]] = {}

    def of(self, row: int) -> list[tuple[int, Place]]:
        """Return the characters of a line that may be a border, and where they stand."""
        if row not in self._known:
            self._known[row] = verticals_of(self.region[row], self._rows[row])
        return self._known[row]


def _partner(bottom: Edge, opened: list[Edge], borders: _Borders) -> Edge | None:
    """Return the open top that a bottom belongs to, or None."""
    best: tuple[int, int] | None = None
    found = None
    for top in opened:
        left, right = top.left.off(bottom.left), top.right.off(bottom.right)
        if top.row > bottom.row - 2 or left > SLACK or right > SLACK:
            continue
        wide = abs((top.right.low - top.left.low) - (bottom.right.low - bottom.left.low))
        key = (left + right + wide, -top.row)
        if (best is None or key < best) and _has_sides(top, bottom, borders):
            best, found = key, top
    return found


def _has_sides(top: Edge, bottom: Edge, borders: _Borders) -> bool:
    """Tell whether the lines between a top and a bottom have borders where they should be."""
    region = borders.region
    lines = [row for row in range(top.row + 1, bottom.row) if not region[row].blank]
    good = 0
    near = min(0.75 * SLACK, max(SLACK / 2, (top.right.low - top.left.low) / 3))
    for row in lines:
        places = borders.of(row)
        left = any(min(p.off(top.left), p.off(bottom.left)) <= near for _, p in places)
        right = any(min(p.off(top.right), p.off(bottom.right)) <= near for _, p in places)
        good += left and ((right and len(places) > 1) or _runs_out(top, region[row], places))
    return good >= SIDES * len(lines)


def _runs_out(top: Edge, strip: Strip, places: list[tuple[int, Place]]) -> bool:
    """Tell whether a line ends before or where a box's right border should be: it was the last one, and not drawn."""
    end = strip.place(len(strip.text.rstrip()))
    beyond = [p for _, p in places if p.low > top.left.high + SLACK / 2]
    return not beyond and end.low <= top.right.high + SLACK / 2


def verticals_of(strip: Strip, line: str) -> list[tuple[int, Place]]:
    """Return the characters of a line that may be a border, and where they stand."""
    found = [i for i, c in enumerate(line) if c in "|<>+"][:MOST_BORDERS]
    return list(zip(found, strip.places(found), strict=True))


def _trace(
    strip: Strip,
    line: str,
    row: int,
    active: list[tuple[int, Frame]],
    sides: list[dict[int, tuple[int, int]]],
) -> None:
    """Note for each box open in a line where its borders are."""
    begin = 0
    waiting: list[tuple[int, Frame]] = []
    for index, frame in active:
        edge = frame.top if frame.top.row == row else frame.bottom if frame.bottom.row == row else None
        if edge is None:
            waiting.append((index, frame))
            continue
        _align(strip, line, (begin, edge.begin), waiting, (row, sides))
        sides[index][row] = (edge.begin, edge.end - 1)
        begin, waiting = edge.end, []
    _align(strip, line, (begin, len(strip.text)), waiting, (row, sides))


def _align(
    strip: Strip,
    line: str,
    limits: tuple[int, int],
    frames: list[tuple[int, Frame]],
    into: tuple[int, list[dict[int, tuple[int, int]]]],
) -> None:
    """Give the vertical lines between two indices to the borders of boxes."""
    if not frames:
        return
    row, sides = into
    found = [(i, p) for i, p in verticals_of(strip, line) if limits[0] <= i < limits[1]]
    wanted: list[tuple[Place, Place]] = []
    for _, frame in frames:
        wanted += [(frame.top.left, frame.bottom.left), (frame.top.right, frame.bottom.right)]
    chosen = assign([p for _, p in found], wanted)
    at = limits[0]
    for k, (index, _) in enumerate(frames):
        left, right = chosen[2 * k], chosen[2 * k + 1]
        first = found[left][0] if left is not None else at - 1
        following = [found[c][0] for c in chosen[2 * k + 2 :] if c is not None]
        last = found[right][0] if right is not None else following[0] if following else limits[1]
        if first >= last:
            last = first + 1
        sides[index][row] = (first, last)
        at = last + 1


def assign(found: Sequence[Place], wanted: Sequence[tuple[Place, ...]]) -> list[int | None]:
    """Return for each wanted border the found line it is, in order, at the least total distance; None where missing."""
    rows, columns = len(wanted), len(found)
    cost = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        cost[i][columns] = cost[i + 1][columns] + MISSING
        for j in range(columns - 1, -1, -1):
            off = min(found[j].off(place) for place in wanted[i])
            cost[i][j] = min(cost[i][j + 1], cost[i + 1][j] + MISSING, cost[i + 1][j + 1] + off)
    out: list[int | None] = []
    i = j = 0
    while i < rows:
        if j < columns:
            off = min(found[j].off(place) for place in wanted[i])
            if cost[i][j] == cost[i + 1][j + 1] + off:
                out.append(j)
                i, j = i + 1, j + 1
                continue
            if cost[i][j] == cost[i][j + 1]:
                j += 1
                continue
        out.append(None)
        i += 1
    return out


def _box(region: Region, rows: list[str], frame: Frame, side: dict[int, tuple[int, int]]) -> Box:
    """Return the box between a frame's edges."""
    inside = []
    for edge in (frame.top, frame.bottom):
        label = region[edge.row].cut(edge.begin + 1, edge.end - 1)
        written = _written(label, rows[edge.row][edge.begin + 1 : edge.end - 1])
        if edge is frame.top:
            inside += [written] if written is not None else []
            for row in range(frame.top.row + 1, frame.bottom.row):
                first, last = side[row]
                strip = region[row].cut(first + 1, last)
                inside.append(strip)
        elif written is not None:
            inside.append(written)
    covered = tuple((row, max(0, first), last + 1) for row, (first, last) in sorted(side.items()))
    return Box(
        tuple(inside),
        region[frame.top.row].line,
        region[frame.bottom.row].line,
        frame.top.left.high,
        frame.top.right.high,
        covered,
        (
            max(frame.top.left.high, frame.bottom.left.high),
            min(frame.top.right.low, frame.bottom.right.low),
        ),
    )


def _written(strip: Strip, line: str) -> Strip | None:
    """Return the words in an edge, or None where it is only a line."""
    if not line.strip("-TA+"):
        return None
    lead = len(line) - len(line.lstrip("-TA+"))
    return strip.cut(lead, len(line.rstrip("-TA+"))).trimmed()


def without(region: Region, found: tuple[Box, ...]) -> Region:
    """Return a region with its boxes blanked, everything else at its place."""
    texts = [list(strip.text) for strip in region]
    for box in found:
        for row, begin, end in box.covered:
            texts[row][begin:end] = " " * (end - begin)
    return tuple(s._replace(text="".join(t)) for s, t in zip(region, texts, strict=True))
