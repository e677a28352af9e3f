"""Axis-parallel rectangles."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.size import Size


class Rect(msgspec.Struct, frozen=True, array_like=False):
    """A rectangle by its top-left corner and its extents."""

    x: Pt
    """Left edge."""
    y: Pt
    """Top edge."""
    w: Pt
    """Width; 0 or more."""
    h: Pt
    """Height; 0 or more."""

    @classmethod
    def spanning(cls, x0: Pt, y0: Pt, x1: Pt, y1: Pt) -> Rect:
        """Return the rectangle between two opposite corners, given in any order."""
        return cls(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0))

    @classmethod
    def around(cls, rects: Iterable[Rect]) -> Rect:
        """Return the smallest rectangle holding all of `rects`; an empty one at the origin for none."""
        found = tuple(rects)
        if not found:
            return cls(0.0, 0.0, 0.0, 0.0)
        return cls.spanning(
            min(r.x for r in found),
            min(r.y for r in found),
            max(r.right for r in found),
            max(r.bottom for r in found),
        )

    @property
    def right(self) -> Pt:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> Pt:
        """Bottom edge."""
        return self.y + self.h

    @property
    def center(self) -> Point:
        """The middle."""
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    @property
    def origin(self) -> Point:
        """The top-left corner."""
        return Point(self.x, self.y)

    @property
    def size(self) -> Size:
        """Both extents."""
        return Size(self.w, self.h)

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The four corners, clockwise from the top left."""
        return (
            Point(self.x, self.y),
            Point(self.right, self.y),
            Point(self.right, self.bottom),
            Point(self.x, self.bottom),
        )

    def shifted(self, dx: Pt, dy: Pt) -> Rect:
        """Return the rectangle moved by (dx, dy)."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def inset(self, by: Insets | Pt) -> Rect:
        """Return the rectangle shrunk by `by`; an extent never falls below 0."""
        i = by if isinstance(by, Insets) else Insets.even(by)
        return Rect(self.x + i.left, self.y + i.top, max(0.0, self.w - i.across), max(0.0, self.h - i.down))

    def grown(self, by: Pt) -> Rect:
        """Return the rectangle enlarged by `by` on each side."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def holds(self, other: Rect, slack: Pt = 0.0) -> bool:
        """Tell whether `other` lies inside, sticking out at most `slack`."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )

    def contains(self, p: Point, slack: Pt = 0.0) -> bool:
        """Tell whether the point lies inside or at most `slack` outside."""
        return self.x - slack <= p.x <= self.right + slack and self.y - slack <= p.y <= self.bottom + slack

    def overlap(self, other: Rect) -> Size:
        """Return how far the two rectangles share ground on each axis; 0 on an axis where they do not."""
        return Size(
            max(0.0, min(self.right, other.right) - max(self.x, other.x)),
            max(0.0, min(self.bottom, other.bottom) - max(self.y, other.y)),
        )

    def meets(self, other: Rect, slack: Pt = 0.0) -> bool:
        """Tell whether the two share more than `slack` on both axes."""
        return (
            self.x + self.w - other.x > slack
            and other.x + other.w - self.x > slack
            and self.y + self.h - other.y > slack
            and other.y + other.h - self.y > slack
            and min(self.w, other.w, self.h, other.h) > slack
        )
