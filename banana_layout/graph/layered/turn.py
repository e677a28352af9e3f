"""The ranks' axes (x across, y along) and the page's."""

from __future__ import annotations

from typing import Literal

from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered.measures import Side
from banana_layout.graph.spec import Direction, Route

Compass = Literal["N", "E", "S", "W"]
"""A side on the page."""

_SIDES: dict[Direction, tuple[Compass, Compass, Compass, Compass]] = {
    "TB": ("N", "S", "W", "E"),
    "BT": ("S", "N", "W", "E"),
    "LR": ("W", "E", "N", "S"),
    "RL": ("E", "W", "N", "S"),
}
"""For each direction: where its first, last, low and high sides lie."""

_NAMES: tuple[Side, Side, Side, Side] = ("first", "last", "low", "high")


class Turn:
    """The way between the ranks' axes and the page's, for one direction."""

    def __init__(self, direction: Direction) -> None:
        self.across = direction in ("LR", "RL")
        """Whether ranks advance along the page's x."""
        self.back = direction in ("BT", "RL")
        """Whether they advance against it."""
        self._sides = _SIDES[direction]

    @property
    def title_side(self) -> Side:
        """Where the page's upper side lies."""
        return self.side("N")

    @property
    def label_side(self) -> Literal["low", "high"]:
        """Above the line where lines run across the page, at its right where they run down or up."""
        return "low" if self.across else "high"

    def side(self, compass: Compass) -> Side:
        """Return which side of the ranks a side of the page is."""
        return _NAMES[self._sides.index(compass)]

    def compass(self, side: Side) -> Compass:
        """Return which side of the page a side of the ranks is."""
        return self._sides[_NAMES.index(side)]

    def size(self, size: Size) -> Size:
        """Turn a size; the way there and back are the same."""
        return Size(size.height, size.width) if self.across else size

    def point(self, p: Point, size: Size) -> Point:
        """Turn a place within an extent given in the ranks' axes."""
        y = size.height - p.y if self.back else p.y
        return Point(y, p.x) if self.across else Point(p.x, y)

    def rect(self, r: Rect, size: Size) -> Rect:
        """Turn a rectangle."""
        y = size.height - r.y - r.h if self.back else r.y
        return Rect(y, r.x, r.h, r.w) if self.across else Rect(r.x, y, r.w, r.h)

    def route(self, route: Route, size: Size) -> Route:
        """Turn a way and its label."""
        label = None if route.label is None else self.rect(route.label, size)
        return Route(tuple(self.point(p, size) for p in route.points), label)
