"""Affine maps of the page plane."""

from __future__ import annotations

import math
from typing import NamedTuple

from banana_layout.geometry.point import Point, Pt


class Affine(NamedTuple):
    """The map x' = a x + c y + e, y' = b x + d y + f: the order SVG's and PDF's matrices use."""

    a: float = 1.0
    """x to x."""
    b: float = 0.0
    """x to y."""
    c: float = 0.0
    """y to x."""
    d: float = 1.0
    """y to y."""
    e: Pt = 0.0
    """Shift along x."""
    f: Pt = 0.0
    """Shift along y."""

    @classmethod
    def translate(cls, dx: Pt, dy: Pt) -> Affine:
        """Return a shift."""
        return cls(1.0, 0.0, 0.0, 1.0, dx, dy)

    @classmethod
    def scale(cls, sx: float, sy: float | None = None) -> Affine:
        """Return a scaling about the origin; one factor serves both axes."""
        return cls(sx, 0.0, 0.0, sx if sy is None else sy, 0.0, 0.0)

    @classmethod
    def rotate(cls, degrees: float, about: Point | None = None) -> Affine:
        """Return a turn, clockwise as seen on the page (y points down), about a point or the origin."""
        c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
        x, y = about if about is not None else (0.0, 0.0)
        return cls(c, s, -s, c, x - c * x + s * y, y - s * x - c * y)

    @classmethod
    def slant(cls, degrees: float) -> Affine:
        """Return a shear that leans upright strokes to the right, keeping the line y = 0."""
        return cls(1.0, 0.0, -math.tan(math.radians(degrees)), 1.0, 0.0, 0.0)

    def then(self, after: Affine) -> Affine:
        """Return the map that applies this one first and `after` next."""
        a, b, c, d, e, f = self
        p, q, r, s, t, u = after
        return Affine(
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        )

    def apply(self, p: Point) -> Point:
        """Return the image of a point."""
        return Point(self.a * p.x + self.c * p.y + self.e, self.b * p.x + self.d * p.y + self.f)

    @property
    def is_identity(self) -> bool:
        """Whether the map moves nothing."""
        return self == IDENTITY


IDENTITY = Affine()
"""The map that leaves everything where it is."""
