"""Points and vectors of the page plane."""

from __future__ import annotations

import math
from typing import NamedTuple

Pt = float
"""A length in points (1/72 in): the unit of every number inside the engine."""
MM: Pt = 72 / 25.4
"""A millimetre in points."""


class Point(NamedTuple):
    """A place on the page, or a vector between two; origin top left, y down."""

    x: Pt
    """Distance to the right of the origin."""
    y: Pt
    """Distance below the origin."""

    def shifted(self, dx: Pt, dy: Pt) -> Point:
        """Return the point moved by (dx, dy)."""
        return Point(self.x + dx, self.y + dy)

    def toward(self, other: Point, t: float) -> Point:
        """Return the point at share `t` (0 here, 1 there) of the straight way to `other`."""
        return Point(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)

    def distance(self, other: Point) -> Pt:
        """Return the straight distance to `other`."""
        return math.hypot(other.x - self.x, other.y - self.y)
