"""Which square cells of a small area a shape touches, and which it fills."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.shape import cubics


class Polyline(NamedTuple):
    """A subpath as straight lines."""

    points: tuple[tuple[float, float], ...]
    """One after another."""
    box: Rect
    """Around them."""


_EDGE = 1e-6
"""Lines that touch count as met."""
_FLAT: Pt = 0.25
"""How far straight pieces may leave a curve, about."""


class Cells(msgspec.Struct, frozen=True):
    """Square cells over an area, numbered row by row."""

    area: Rect
    """What they cover; the last ones may reach further."""
    side: Pt
    """Of a cell."""
    columns: int
    """How many stand side by side."""
    rows: int
    """How many stand one under another."""

    @classmethod
    def over(cls, area: Rect, side: Pt) -> Cells:
        """Return the cells over an area."""
        return cls(area, side, int(area.w / side) + 1, int(area.h / side) + 1)

    def meeting(self, box: Rect) -> list[slice]:
        """Return the cells a box meets, row by row."""
        area, side = self.area, self.side
        x0, x1 = max(box.x - area.x, 0.0), min(box.right - area.x, area.w)
        y0, y1 = max(box.y - area.y, 0.0), min(box.bottom - area.y, area.h)
        if x1 < x0 or y1 < y0:
            return []
        left, right = int(x0 / side), int(x1 / side) + 1
        return [
            slice(j * self.columns + left, j * self.columns + right) for j in range(int(y0 / side), int(y1 / side) + 1)
        ]

    def crossed(self, lines: Iterable[Polyline], width: Pt, *, closed: bool) -> set[int]:
        """Return the cells that lines of some width may touch; closed ones lead back to where they start."""
        out: set[int] = set()
        away, side = (width + self.side) / 2, self.side
        near = self.area.grown(away)
        left, top, right, bottom = near.x, near.y, near.right, near.bottom
        span = 2 * away / side
        before = (-1, -1, -1, -1)
        for points, box in lines:
            if not near.meets(box, -_EDGE):
                continue
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1] if closed else points[1:], strict=closed):
                if (x0 < left and x1 < left) or (x0 > right and x1 > right):
                    continue
                if (y0 < top and y1 < top) or (y0 > bottom and y1 > bottom):
                    continue
                steps = math.ceil(max(abs(x1 - x0), abs(y1 - y0)) / side * 2) or 1
                for i in _inside((x0 - left, y0 - top), (x1 - left, y1 - top), near, steps):
                    x, y = (x0 + (x1 - x0) * i / steps - left) / side, (y0 + (y1 - y0) * i / steps - top) / side
                    # `left` and `top` lie `away` outside the cells, so the square around the point begins at its own place.
                    square = (int(x - span), int(x), int(y - span), int(y))
                    if square != before:
                        before = square
                        out.update(self._within(*square))
        return out

    def _within(self, left: int, right: int, top: int, bottom: int) -> Iterator[int]:
        """Yield the cells of some columns and rows, as far as there are such."""
        for j in range(max(0, top), min(self.rows, bottom + 1)):
            yield from range(j * self.columns + max(0, left), j * self.columns + min(self.columns, right + 1))

    def wound(self, lines: Iterable[Polyline]) -> set[int]:
        """Return the cells whose middle lies in a shape (nonzero winding)."""
        crossings: dict[int, list[tuple[float, int]]] = {}
        for points, box in lines:
            # One that lies aside winds around nothing here.
            if not self.area.meets(box, -self.side):
                continue
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
                a, b = (y0 - self.area.y) / self.side - 0.5, (y1 - self.area.y) / self.side - 0.5
                for j in range(max(0, math.ceil(min(a, b))), min(self.rows, math.ceil(max(a, b)))):
                    x = x0 + (x1 - x0) * (j - a) / (b - a)
                    crossings.setdefault(j, []).append(((x - self.area.x) / self.side - 0.5, 1 if b > a else -1))
        out: set[int] = set()
        for j, found in crossings.items():
            found.sort()
            winding = 0
            for (start, way), (end, _) in itertools.pairwise(found):
                winding += way
                if winding:
                    first, last = max(0, math.ceil(start)), min(self.columns, math.ceil(end))
                    out.update(range(j * self.columns + first, j * self.columns + max(first, last)))
        return out


def _inside(a: tuple[float, float], b: tuple[float, float], area: Rect, steps: int) -> range:
    """Return which of the steps along a line lie in an area that begins at 0, and a few more at either end."""
    low, high = 0.0, 1.0
    for start, end, most in ((a[0], b[0], area.w), (a[1], b[1], area.h)):
        if start != end:
            first, last = sorted((-start / (end - start), (most - start) / (end - start)))
            low, high = max(low, first), min(high, last)
    return range(max(0, int(low * steps) - 1), min(steps, int(high * steps) + 2) + 1) if low <= high else range(0)


def flattened(path: Outline) -> tuple[Polyline, ...]:
    """Return a path's subpaths as straight lines, nowhere further from it than a third of a point."""
    out: list[Polyline] = []
    points: list[tuple[float, float]] = []
    for verb, c in cubics(path).segments():
        if verb == "M":
            if points:
                out.append(_polyline(points))
            points = [(c[0], c[1])]
        elif verb == "L":
            points.append((c[0], c[1]))
        elif verb == "C":
            ends = (*points[-1], *c)
            # The chords of n equal pieces leave a cubic by at most 6/8 of its bend over n squared.
            bend = max(abs(ends[i] - 2 * ends[i + 2] + ends[i + 4]) for i in range(4))
            steps = math.ceil((bend / _FLAT) ** 0.5) or 1
            points += [_along(ends, i / steps) for i in range(1, steps + 1)]
        elif points:
            points.append(points[0])
    if points:
        out.append(_polyline(points))
    return tuple(out)


def _polyline(points: Sequence[tuple[float, float]]) -> Polyline:
    """Return points with the box around them."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Polyline(tuple(points), Rect.spanning(min(xs), min(ys), max(xs), max(ys)))


def _along(ends: Sequence[float], t: float) -> tuple[float, float]:
    """Return the point of a cubic Bézier curve at `t`."""
    x0, y0, x1, y1, x2, y2, x3, y3 = ends
    u = 1 - t
    a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
