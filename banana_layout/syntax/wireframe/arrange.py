"""How the boxes of a zone stand to one another: rows and columns of panes, to any depth."""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.syntax.wireframe.box import Box, assign, boxes, verticals_of, without
from banana_layout.syntax.wireframe.glyph import letters
from banana_layout.syntax.wireframe.strip import Place, Region, Strip

DEEPEST = 8
"""Wrappers and divided cells are looked into this deep."""
SUPPORT = 0.6
"""Share of a row's lines that must show a column's border."""
WHOLE = 0.7
"""Rows come before columns where each row of boxes takes this share of the width."""
_GAP = re.compile(r"\S(?:\s{0,2}\S)*")
_ARROWS = re.compile(
    r"[\s─━═│┃║|>v<^=\-+]*(?:[→←↔⟶⟵⟷⇒⇐⇔➜➡➔▶►◀◄↓↑⬇⬆▼▲▽△⟹]|-->|->|==>|=>|<-)[\s─━═│┃║|>v<^=\-+→←↔⟶⟵⟷⇒⇐⇔➜➡➔▶►◀◄↓↑⬇⬆▼▲▽△⟹\ufe0f]*"
)
_UPRIGHT = re.compile(r"[\s│┃║|↓↑↕⬇⬆⬍⇓⇑▼▲▽△⇩⇧\ufe0f]+|(?:[\s|]*\b[vV]\b)+[\s|]*|[\s|^]+")
"""Lines of arrows that lead from one row to the next."""


class Mark(NamedTuple):
    """Text between panes, such as an arrow from one to the next."""

    strip: Strip
    """What is written."""
    after: int
    """Index of the part of its group that it follows."""


class Pane(NamedTuple):
    """One panel as it was drawn."""

    inside: Region
    """Its lines."""
    head: Region = ()
    """Lines over its box, or none."""
    foot: Region = ()
    """Lines under its box."""
    width: int = 0
    """Cells it takes in the drawing."""
    height: int = 0
    """Lines it takes in the drawing."""

    @property
    def blank(self) -> bool:
        """Whether nothing is written in it."""
        return all(strip.blank for strip in (*self.head, *self.inside, *self.foot))


class Group(NamedTuple):
    """Parts side by side, or one under the other."""

    axis: str
    """`columns` or `rows`."""
    parts: tuple[Part, ...]
    """In reading order, two or more."""
    marks: tuple[Mark, ...] = ()
    """What is written between them."""
    width: int = 0
    """Cells it takes in the drawing."""
    height: int = 0
    """Lines it takes in the drawing."""


Part = Pane | Group
"""Anything a zone may consist of."""


class Extent(NamedTuple):
    """Where a pane stands in the drawing."""

    left: int
    """First cell."""
    right: int
    """Last cell."""
    top: int
    """First line."""
    bottom: int
    """Last line."""

    def off(self, line: int, cell: int) -> tuple[int, int]:
        """Return how many lines and cells a place is away."""
        return max(0, self.top - line, line - self.bottom), max(0, self.left - cell, cell - self.right)


def extent(pane: Pane) -> Extent:
    """Return where a pane stands."""
    strips = pane.inside or pane.head or pane.foot or (Strip(0, 0, ""),)
    right = max(s.place(len(s.text)).high for s in strips)
    return Extent(min(s.cells for s in strips), right, strips[0].line, strips[-1].line)


def leads_on(text: str) -> bool:
    """Tell whether a line holds nothing but arrows up or down, or the shafts of such."""
    return _UPRIGHT.fullmatch(text) is not None


def across(text: str, *, ascii_art: bool) -> bool:
    """Tell whether a strip is a line from end to end."""
    line = letters(text.rstrip(), ascii_art=ascii_art)
    return len(line) > 2 and len(line) >= 0.8 * len(text) and not line.strip("-TA+")


def arrange(region: Region, above: Region, below: Region, *, ascii_art: bool, depth: int = 0) -> Part:
    """Return what a zone consists of.

    Args:
        region: its lines.
        above: the line that divides it from what stands above, with its joints; or none.
        below: the one under it.
        ascii_art: whether lines are drawn with `+ - |`.
        depth: how many divided cells stand around it.
    """
    if depth < DEEPEST:
        columns = _columns(region, (*above, *below), ascii_art)
        if columns:
            parts = tuple(_stacked(c, ascii_art=ascii_art, depth=depth + 1) for c in columns)
            return Group("columns", parts, (), _width(region), len(region))
        found = boxes(region, ascii_art=ascii_art)
        if found:
            return _boxed(region, found, ascii_art, depth)
    return Pane(region, width=_width(region), height=len(region))


def _stacked(region: Region, *, ascii_art: bool, depth: int) -> Part:
    """Return what a cell consists of that lines across may divide."""
    rows: list[list[Strip]] = [[]]
    edges: list[Strip] = []
    for strip in region:
        if across(strip.text, ascii_art=ascii_art):
            rows.append([])
            edges.append(strip)
        else:
            rows[-1].append(strip)
    kept = [(i, tuple(r)) for i, r in enumerate(rows) if any(not s.blank for s in r)]
    parts = []
    for i, row in kept:
        above = (edges[i - 1],) if i > 0 else ()
        below = (edges[i],) if i < len(edges) else ()
        parts.append(arrange(row, above, below, ascii_art=ascii_art, depth=depth))
    if not parts:
        return Pane(region, width=_width(region), height=len(region))
    return parts[0] if len(parts) == 1 else Group("rows", tuple(parts), (), _width(region), len(region))


def _columns(region: Region, edges: Region, ascii_art: bool) -> list[Region]:
    """Return the cells of a zone that is divided by drawn columns instead of boxes; nothing where it is not."""
    lines = [letters(s.text, ascii_art=ascii_art) for s in region]
    wanted = _joints(region, edges, lines, ascii_art)
    if not wanted:
        return []
    verticals = [verticals_of(s, line) for s, line in zip(region, lines, strict=True)]
    cuts: list[list[int | None]] = []
    for found in verticals:
        chosen = assign([p for _, p in found], [(w,) for w in wanted])
        cuts.append([found[c][0] if c is not None else None for c in chosen])
    for k in range(len(wanted)):
        if sum(cut[k] is not None for cut in cuts) < SUPPORT * len(region):
            return []
    cells: list[list[Strip]] = [[] for _ in range(len(wanted) + 1)]
    for strip, cut in zip(region, cuts, strict=True):
        at = 0
        for k, border in enumerate([*cut, len(strip.text)]):
            end = border if border is not None else max(at, _index(strip, wanted[k].low))
            cells[k].append(strip.cut(at, end))
            at = end + (border is not None)
    return [tuple(c) for c in cells]


def _index(strip: Strip, cell: int) -> int:
    """Return the first character that stands at or after a cell."""
    return next((i for i in range(len(strip.text)) if strip.place(i).high >= cell), len(strip.text))


def _joints(region: Region, edges: Region, lines: list[str], ascii_art: bool) -> list[Place]:
    """Return where a zone's columns are divided: at the joints of the lines around it, else where every line is."""
    edge_letters = [letters(s.text, ascii_art=ascii_art) for s in edges]
    if not region or (ascii_art and any("+-" in line for line in lines)):
        return []  # a plus in a line across may belong to the zone on its other side
    found: list[Place] = []
    for strip, line in zip(edges, edge_letters, strict=True):
        joints = "T+" if strip.line < region[0].line else "A+"
        ends = (len(line) - len(line.lstrip()), len(line.rstrip()) - 1)  # corners are no joints
        places = [strip.place(i) for i, c in enumerate(line) if c in joints and ends[0] < i < ends[1]]
        if len(places) > len(found):
            found = places
    if found:
        return found
    full = [(s, line) for s, line in zip(region, lines, strict=True) if not s.blank and line.strip("|. ") != line]
    if any(c in "1234" for _, line in full for c in line):
        return []
    inner = [[p for _, p in verticals_of(s, line)] for s, line in zip(region, lines, strict=True)]
    if not inner or len(inner) < 2 or not all(inner):
        return []
    fewest = min(inner, key=len)
    return fewest if len(fewest) <= 3 else []


def _width(region: Region) -> int:
    """Return how wide a region is drawn."""
    return max((s.place(len(s.text)).high - s.cells for s in region), default=0)


def _boxed(region: Region, found: tuple[Box, ...], ascii_art: bool, depth: int) -> Part:
    """Return what a region with boxes consists of."""
    rest = without(region, found)
    pieces = [p for strip in rest for p in _pieces(strip)]
    first, last = min(b.top for b in found), max(b.bottom for b in found)
    if len(found) == 1:
        return _single(region, found[0], rest, ascii_art, depth)
    over = [p for p in pieces if p.line < first]
    between = [p for p in pieces if first <= p.line <= last]
    under = [p for p in pieces if p.line > last]
    heads = _heads(over, found)
    loose = [p for p in between if not _ARROWS.fullmatch(p.text)]
    if heads is None or under or len(loose) > 1 or any(len(p.text) > 24 for p in loose):
        # words stand over, among or under several boxes: one panel that holds them all
        return Pane(region, width=_width(region), height=len(region))
    marks = [p for p in between if p.text.strip("─━═-|│ ")]
    return _cut(list(found), heads, marks, (ascii_art, depth))


def _single(region: Region, box: Box, rest: Region, ascii_art: bool, depth: int) -> Part:
    """Return the one box of a region with the lines around it; a box that only holds boxes is looked into."""
    head = tuple(s.trimmed() for s in rest if s.line < box.top and not s.blank)
    foot = tuple(s.trimmed() for s in rest if s.line >= box.top and not s.blank)
    if not head and not foot and depth < DEEPEST:
        inner = _inner(box, ascii_art, depth)
        if isinstance(inner, Group):
            return inner
    return Pane(box.inside, head, foot, _width(region), len(region))


def _inner(box: Box, ascii_art: bool, depth: int) -> Part:
    """Return what a box holds where it is nothing but further boxes, else itself."""
    pane = Pane(box.inside, (), (), box.right - box.left, box.bottom - box.top + 1)
    if depth >= DEEPEST:
        return pane
    found = boxes(box.inside, ascii_art=ascii_art)
    if not found or any(not s.blank for s in without(box.inside, found)):
        return pane
    inner = _boxed(box.inside, found, ascii_art, depth + 1)
    return inner if isinstance(inner, Group) else pane


def _pieces(strip: Strip) -> list[Strip]:
    """Return the stretches of a line that three blanks or more keep apart."""
    return [strip.cut(m.start(), m.end()) for m in _GAP.finditer(strip.text)]


def _heads(over: list[Strip], found: tuple[Box, ...]) -> dict[Box, list[Strip]] | None:
    """Return the lines over each box; None where there are words, but not for every box."""
    out: dict[Box, list[Strip]] = {}
    for piece in over:
        middle = piece.place(0).high + 1
        box = min(found, key=lambda b: (max(0, b.left - middle, middle - b.right), b.top))
        out.setdefault(box, []).append(piece)
    return out if not out or len(out) == len(found) else None


def _cut(found: list[Box], heads: dict[Box, list[Strip]], marks: list[Strip], how: tuple[bool, int]) -> Part:
    """Return boxes as rows and columns: cut where a line passes between them, first across, then down."""
    if len(found) == 1:
        box = found[0]
        head = tuple(heads.get(box, ()))
        inner = _inner(box, *how)
        if isinstance(inner, Group) and not head:
            return inner
        return Pane(box.inside, head, (), box.right - box.left, box.bottom - box.top + 1)
    rows = _bands(found, lambda b: b.top, lambda b: b.bottom, 0)
    columns = _bands(found, lambda b: b.core[0], lambda b: max(b.core), 3)
    across_all = all(_reach(band) >= WHOLE * _reach(found) for band in rows)
    axis = "rows" if len(rows) > 1 and (across_all or len(columns) == 1) else "columns"
    bands = (
        rows if axis == "rows" else columns if len(columns) > 1 else [[b] for b in sorted(found, key=lambda b: b.left)]
    )
    own: list[list[Strip]] = [[] for _ in bands]
    between: list[Mark] = []
    for mark in marks:
        index = _home(mark, bands, axis)
        if isinstance(index, int):
            own[index].append(mark)
        else:
            between.append(Mark(mark, index[0]))
    parts = tuple(_cut(band, heads, mine, how) for band, mine in zip(bands, own, strict=True))
    width = max(b.right for b in found) - min(b.left for b in found)
    height = max(b.bottom for b in found) - min(b.top for b in found) + 1
    return Group(axis, parts, tuple(between), width, height)


def _reach(band: list[Box]) -> int:
    """Return how far boxes reach from left to right."""
    return max(b.right for b in band) - min(b.left for b in band)


def _home(mark: Strip, bands: list[list[Box]], axis: str) -> int | tuple[int]:
    """Return the band a mark stands in, or, as a tuple, the band it stands behind."""
    at = mark.line if axis == "rows" else mark.place(0).high
    behind = 0
    for i, band in enumerate(bands):
        low = min(b.top if axis == "rows" else b.left for b in band)
        high = max(b.bottom if axis == "rows" else b.right for b in band)
        if low <= at <= high and len(band) > 1:
            return i
        if at > low:
            behind = i
    return (min(behind, len(bands) - 2),)


def _bands(found: list[Box], low: object, high: object, slack: int) -> list[list[Box]]:
    """Return boxes in groups that do not overlap along an axis."""
    assert callable(low)
    assert callable(high)
    out: list[list[Box]] = []
    reach = -(10**9)
    for box in sorted(found, key=lambda b: (low(b), high(b))):
        if out and low(box) <= reach - slack:
            out[-1].append(box)
        else:
            out.append([box])
        reach = max(reach, high(box))
    return out
