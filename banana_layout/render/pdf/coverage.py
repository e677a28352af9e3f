"""How much ink may lie in each place of a printed page, followed while it is painted (ISO 12647-2, total area coverage).

A page is watched in square cells. Each knows a front: the heaviest amounts of ink that may lie somewhere in it. Paint adds its
own amounts, or takes the others' place where it hides the whole cell. Paint that multiplies turns each amount b into
b + s (1 - b) (ISO 32000-1, 11.3.5.2). That is affine and rises with b, and what is half covered lies between the amounts of
which it is mixed: so the front bounds every place of its cell, whatever is painted later.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from operator import le
from typing import NamedTuple

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.pdf.cells import Cells, Polyline, flattened
from banana_layout.render.pdf.place import mapped

Amounts = tuple[float, ...]
"""Inks, 0 to 1 each: the four, and where there are inks of their own, also the four without them and then each of those."""
CELL: Pt = 24.0
"""Side of a cell of the page."""
FINE: Pt = 2.0
"""Side of a cell of a place that is looked at again."""
_MOST_CELLS = 4_000
"""Of such a place; larger ones have larger cells."""
_FOUR = 4
_DENSE = 6_000
"""Coordinates from which on a shape, a paper's pattern then, is taken for its box: it leaves no cell alone."""
_MOST = 48
"""Most amounts of one front; more are replaced by the corners of a body that holds them, which only makes it heavier."""
_STEPS = 1000
"""Amounts are rounded up to this share of a full tone, so that equal places share a front."""
_SLACK = 4 / _STEPS
"""What rounding up has added to four inks that are just within the limit."""
_HAIR = 1e-6
"""What rounding may add."""


class Extent(NamedTuple):
    """Where paint goes."""

    box: Rect
    """In the coordinates in force; it holds all of the paint."""
    matrix: Affine
    """Those coordinates on the page."""
    path: Outline | None = None
    """The shape itself; None where only the box is known."""
    width: Pt = 0.0
    """Of the line that is drawn along the shape; 0 where the shape is filled."""


class _Paint:
    """Paint that lies on the page already."""

    __slots__ = ("_lines", "amounts", "box", "extent", "hides", "multiplies")

    def __init__(self, extent: Extent, box: Rect, amounts: Amounts, *, multiplies: bool, hides: bool) -> None:
        self.extent, self.box, self.amounts = extent, box, amounts
        self.multiplies, self.hides = multiplies, hides
        self._lines: tuple[Polyline, ...] | None = None

    @property
    def lines(self) -> tuple[Polyline, ...]:
        """The shape as straight lines on the page."""
        if self._lines is None:
            path = self.extent.path
            self._lines = () if path is None else flattened(path.transformed(self.extent.matrix))
        return self._lines

    def reach(self, cells: Cells) -> tuple[Iterable[int], set[int]]:
        """Return the cells it may touch, and those it hides all of."""
        path = self.extent.path
        if path is None or len(path.coords) > _DENSE:
            return [i for row in cells.meeting(self.box) for i in range(row.start, row.stop)], set()
        if self.extent.width:
            wide = self.extent.width * max(abs(v) for v in self.extent.matrix[:4]) * 1.5
            return cells.crossed(self.lines, wide, closed=False), set()
        edge, inside = cells.crossed(self.lines, 0.0, closed=True), cells.wound(self.lines)
        return (edge, inside - edge) if self.hides else (edge | inside, set())


class Coverage:
    """Follows one page.

    Cells of an inch's third are watched all the time, each shape as its box. Only where these say that there may be too
    much, the place in question is looked at again in small cells, with each shape as it is.
    """

    def __init__(self, limit: float, paper: Amounts, page: Rect) -> None:
        self.clips: tuple[Outline, ...] = ()
        """The clips in force, on the page's coordinates; the caller adds one and takes it away."""
        self.veiled = False
        """Whether what is painted now is shown through: a group's paint, laid on the page as a whole that is not opaque."""
        self._limit = limit
        self._grid = Cells.over(page, CELL)
        self._cells = [0] * (self._grid.columns * self._grid.rows)
        self._fronts: list[tuple[Amounts, ...]] = [(paper,)]
        self._numbers = {self._fronts[0]: 0}
        self._next: dict[tuple[int, Amounts, bool], int] = {}
        self._painted: list[_Paint] = []

    def cover(self, extent: Extent, amounts: Amounts, *, opaque: bool = False) -> None:
        """Take note of paint that does not multiply."""
        self._lay(extent, amounts, multiplies=False, hides=opaque and not self.veiled and all(map(_is_box, self.clips)))

    def multiply(self, extent: Extent, amounts: Amounts) -> float:
        """Take note of paint that multiplies and return how much of its ink there may be: 1 for all, 0 for none."""
        share = self._share(extent, amounts)
        self._lay(extent, amounts if share >= 1.0 else tuple(v * share for v in amounts), multiplies=True)
        return share

    def overprint(self, extent: Extent, amounts: Amounts) -> bool:
        """Take note of text and tell whether it may be printed over what lies under it; else it is cut out."""
        last = self._painted[-1] if self._painted else None
        if last is not None and (last.extent, last.amounts) == (extent, amounts):
            return last.multiplies  # the line around letters that were just filled
        fits = self._share(extent, amounts) >= 1.0
        self._lay(extent, amounts, multiplies=fits)
        return fits

    def _share(self, extent: Extent, amounts: Amounts) -> float:
        """Return how much of an ink may be multiplied onto what lies in a place."""
        box = mapped(extent.box, extent.matrix)
        present: dict[int, None] = {}
        for row in self._grid.meeting(box):
            present.update(dict.fromkeys(self._cells[row]))
        share = self._least(present, amounts)
        return share if share >= 1.0 else max(share, self._looked_at(extent, box, amounts))

    def _looked_at(self, extent: Extent, box: Rect, amounts: Amounts) -> float:
        """Return the same from small cells, in which all that was painted there is laid again."""
        page = self._grid.area
        x, y = max(box.x, page.x), max(box.y, page.y)
        area = Rect(x, y, min(box.right, page.right) - x, min(box.bottom, page.bottom) - y)
        if area.w < 0 or area.h < 0:
            return 1.0
        grid = Cells.over(area, max(FINE, (area.w * area.h / _MOST_CELLS) ** 0.5))
        cells = [0] * (grid.columns * grid.rows)
        for paint in self._painted:
            if not paint.box.meets(area, -FINE):
                continue
            add = {n: self._after(n, paint.amounts, multiply=paint.multiplies) for n in dict.fromkeys(cells)}
            if not paint.hides and all(before == new for before, new in add.items()):
                continue
            touched, hidden = paint.reach(grid)
            for i in touched:
                cells[i] = add[cells[i]]
            for i in hidden:
                cells[i] = self._number((paint.amounts,))
        own, _ = _Paint(extent, box, amounts, multiplies=True, hides=False).reach(grid)
        return self._least(dict.fromkeys(cells[i] for i in own), amounts)

    def _least(self, numbers: Iterable[int], amounts: Amounts) -> float:
        """Return how much of an ink may be multiplied onto all of some fronts."""
        return min((self._room(v, amounts) for n in numbers for v in self._fronts[n]), default=1.0)

    def _lay(self, extent: Extent, amounts: Amounts, *, multiplies: bool, hides: bool = False) -> None:
        """Bring the cells' fronts up to date."""
        box = mapped(extent.box, extent.matrix)
        self._painted.append(_Paint(extent, box, amounts, multiplies=multiplies, hides=hides))
        cells, rows = self._cells, self._grid.meeting(box)
        present: dict[int, None] = {}
        for row in rows:
            present.update(dict.fromkeys(cells[row]))
        after = {before: self._after(before, amounts, multiply=multiplies) for before in present}
        if any(before != new for before, new in after.items()):
            for row in rows:
                cells[row] = [after[before] for before in cells[row]]

    def _after(self, before: int, amounts: Amounts, *, multiply: bool) -> int:
        """Return the front that paint makes of another."""
        key = (before, amounts, multiply)
        found = self._next.get(key)
        if found is None:
            under = self._fronts[before]
            made = [_multiplied(v, amounts) for v in under] if multiply else [amounts]
            found = self._next[key] = self._number(front(made, under))
        return found

    def _number(self, amounts: tuple[Amounts, ...]) -> int:
        """Return a front's number; equal fronts have one."""
        found = self._numbers.get(amounts)
        if found is None:
            found = self._numbers[amounts] = len(self._fronts)
            self._fronts.append(amounts)
        return found

    def _room(self, under: Amounts, amounts: Amounts) -> float:
        """Return how much of an ink may be multiplied onto another: 0 to 1."""
        share = 1.0
        for part in _sums(under):
            added = math.fsum(s * (1 - b) for b, s in zip(under[part], amounts[part], strict=True))
            left = self._limit + _SLACK - math.fsum(under[part])
            if left < 0.0 or added > left:
                share = min(share, max(0.0, left / max(added, _HAIR)))
        return share


def _sums(amounts: Amounts) -> tuple[slice, ...]:
    """Return which of an amount's numbers are counted together: with the stand-ins of inks of their own, and with those."""
    return (slice(0, _FOUR),) if len(amounts) == _FOUR else (slice(0, _FOUR), slice(_FOUR, None))


def _multiplied(under: Amounts, amounts: Amounts) -> Amounts:
    """Return the ink where paint multiplies, rounded up."""
    return tuple(
        min(1.0, math.ceil((b + s * (1 - b)) * _STEPS - _HAIR) / _STEPS) for b, s in zip(under, amounts, strict=True)
    )


def front(found: Iterable[Amounts], known: tuple[Amounts, ...] = ()) -> tuple[Amounts, ...]:
    """Return the amounts that no other reaches in every ink, of `known` ones, of which that is so already, and further ones."""
    out = list(known)
    for one in found:
        if not any(all(map(le, one, other)) for other in out):
            out = [other for other in out if not all(map(le, other, one))]
            out.append(one)
    if len(out) <= _MOST:
        return tuple(out)
    return bound(
        [max(column) for column in zip(*out, strict=True)], [max(math.fsum(v[p]) for v in out) for p in _sums(out[0])]
    )


def bound(most: Sequence[float], sums: Sequence[float]) -> tuple[Amounts, ...]:
    """Return amounts that bound every one of which no ink exceeds `most` and no part counted together exceeds its sum.

    They are the corners of that body: paint that multiplies adds most ink at one of them, whatever its colour is.
    """
    four = list(itertools.permutations(range(_FOUR)))
    if len(most) == _FOUR:
        return tuple(dict.fromkeys(_corner(most, sums[0], order) for order in four))
    own = most[_FOUR:]
    spots = range(_FOUR, len(own))
    orders = [(*spots, *order) for order in four] + [(*(i for i in range(len(own)) if i != j), j) for j in spots]
    plain = [_corner(most[:_FOUR], sums[0], order) for order in four]
    others = [_corner(own, sums[1], order) for order in orders]
    return tuple(dict.fromkeys((*plain[i % len(plain)], *other) for i, other in enumerate(others)))


def _corner(most: Sequence[float], total: float, order: Sequence[int]) -> Amounts:
    """Return as much of each ink as the total leaves, in some order."""
    out = [0.0] * len(most)
    for i in order:
        out[i] = max(0.0, min(most[i], total - math.fsum(out)))
    return tuple(out)


def _is_box(path: Outline) -> bool:
    """Whether a path is one upright rectangle."""
    c = path.coords
    if path.verbs != "MLLLZ":
        return False
    sides = zip(c[0::2], c[1::2], (*c[2::2], c[0]), (*c[3::2], c[1]), strict=True)
    return all(abs(x0 - x1) < _HAIR or abs(y0 - y1) < _HAIR for x0, y0, x1, y1 in sides)
