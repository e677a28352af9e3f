"""Filled outlines around a line of stations: the shape of a stroke with a width that varies."""

from __future__ import annotations

import math
from collections.abc import Sequence

from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Pt

_HALF_ROUND = 4 / 3
"""Handle, in radii, of the one cubic that stands for a half circle."""


class Ribbons:
    """Collects outlines that all turn clockwise on the page, so that overlapping ones fill as their union."""

    __slots__ = ("_coords", "_verbs")

    def __init__(self) -> None:
        self._verbs: list[str] = []
        self._coords: list[float] = []

    def add(
        self,
        s: Sequence[Pt],
        points: Sequence[tuple[float, float, float, float]],
        half: Sequence[Pt],
        blunt: tuple[bool, bool] = (False, False),
    ) -> None:
        """Add one stroke.

        `s` are distances along the line, `points` the line's places with its unit directions there, `half` half the
        widths. Ends are half round, or cut straight where `blunt` says so.
        """
        n = len(points)
        slopes = _slopes(s, half)
        left: list[float] = []
        right: list[float] = []
        for i in range(n):
            x, y, u, v = points[i]
            h, m = half[i], slopes[i]
            px, py = x + h * v, y - h * u
            qx, qy = x - h * v, y + h * u
            if m:
                r = 1 / math.sqrt(1 + m * m)
                m *= r
                left += (px, py, r * u + m * v, r * v - m * u)
                right += (qx, qy, r * u - m * v, r * v + m * u)
            else:
                left += (px, py, u, v)
                right += (qx, qy, u, v)
        coords = self._coords
        coords += (left[0], left[1])
        bend = [_handle(points[i], points[i + 1]) for i in range(n - 1)]
        for i in range(0, 4 * (n - 1), 4):
            x0, y0, u0, v0, x1, y1, u1, v1 = left[i : i + 8]
            dx, dy = x1 - x0, y1 - y0
            k = math.sqrt(dx * dx + dy * dy) * bend[i >> 2]
            if dx * (u0 + u1) + dy * (v0 + v1) < 0:
                k = 0.0
            coords += (x0 + k * u0, y0 + k * v0, x1 - k * u1, y1 - k * v1, x1, y1)
        x, y, u, v = points[-1]
        self._end(right[-4], right[-3], blunt[1], (u, v, half[-1], left[-4], left[-3]))
        for i in range(4 * (n - 2), -1, -4):
            x1, y1, u1, v1, x0, y0, u0, v0 = right[i : i + 8]
            dx, dy = x1 - x0, y1 - y0
            k = math.sqrt(dx * dx + dy * dy) * bend[i >> 2]
            if dx * (u0 + u1) + dy * (v0 + v1) > 0:
                k = 0.0
            coords += (x0 - k * u0, y0 - k * v0, x1 + k * u1, y1 + k * v1, x1, y1)
        x, y, u, v = points[0]
        verbs = self._verbs
        verbs.append("M" + "C" * (n - 1) + ("L" if blunt[1] else "C") + "C" * (n - 1))
        if not blunt[0]:
            verbs.append("C")
            k = half[0] * _HALF_ROUND
            coords += (right[0] - k * u, right[1] - k * v, left[0] - k * u, left[1] - k * v, left[0], left[1])
        verbs.append("Z")

    def dot(self, x: Pt, y: Pt, radius: Pt) -> None:
        """Add a round dot."""
        k = radius * _HALF_ROUND
        top, bottom = y - radius, y + radius
        self._verbs.append("MCCZ")
        self._coords += (x, top, x + k, top, x + k, bottom, x, bottom, x - k, bottom, x - k, top, x, top)

    def polygon(self, points: Sequence[tuple[Pt, Pt]]) -> None:
        """Add a small polygon; one that turns the other way is a hole in what lies around it."""
        self._verbs.append("M" + "L" * (len(points) - 1) + "Z")
        for point in points:
            self._coords += point

    def _end(self, x: Pt, y: Pt, blunt: bool, tip: tuple[float, float, Pt, Pt, Pt]) -> None:
        """Append the far end's cap, from the left side's end to (x, y) on the right."""
        if blunt:
            self._coords += (x, y)
            return
        u, v, h, left_x, left_y = tip
        k = h * _HALF_ROUND
        self._coords += (left_x + k * u, left_y + k * v, x + k * u, y + k * v, x, y)

    def build(self) -> Path:
        """Return all that was added, as one path."""
        return Path("".join(self._verbs), tuple(self._coords))


def directions(
    s: Sequence[Pt], points: Sequence[tuple[Pt, Pt, float, float]], off: Sequence[tuple[Pt, Pt]]
) -> list[tuple[float, float, float, float]]:
    """Return the places of `points` moved by `off`, with the directions of the moved line."""
    n = len(points)
    out = []
    for i in range(n):
        a, b = (i - 1 if i else 0), (i + 1 if i < n - 1 else i)
        x, y, u, v = points[i]
        gap = s[b] - s[a]
        if gap > 0:
            u += (off[b][0] - off[a][0]) / gap
            v += (off[b][1] - off[a][1]) / gap
        r = math.sqrt(u * u + v * v) or 1.0
        dx, dy = off[i]
        out.append((x + dx, y + dy, u / r, v / r))
    return out


def _slopes(s: Sequence[Pt], half: Sequence[Pt]) -> list[float]:
    """Return how fast the half width changes at each place, so that it never swings past its own values.

    The harmonic mean of the two neighbouring slopes, 0 where they disagree (F. N. Fritsch, J. Butland, "A method for
    constructing local monotone piecewise cubic interpolants", 1984); their limit of 3 is kept with room to spare.
    """
    n = len(half)
    out = [0.0] * n
    before = 0.0
    for i in range(n - 1):
        gap = s[i + 1] - s[i]
        slope = (half[i + 1] - half[i]) / gap if gap > 1e-9 else 0.0
        if slope * before > 0:
            out[i] = 2 * slope * before / (slope + before)
        elif i == 0:
            out[0] = slope
        before = slope
    out[n - 1] = before
    return out


def _handle(p: tuple[float, float, float, float], q: tuple[float, float, float, float]) -> float:
    """Return a cubic's handle between two places as a share of its chord, from the directions there."""
    return 2 / (3 * (1 + math.sqrt(max(0.0, (1 + p[2] * q[2] + p[3] * q[3]) / 2))))
