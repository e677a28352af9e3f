"""Widths and heights."""

from __future__ import annotations

from typing import NamedTuple

from banana_layout.geometry.point import Pt


class Size(NamedTuple):
    """A width and a height."""

    width: Pt
    """Extent along x; 0 or more."""
    height: Pt
    """Extent along y; 0 or more."""

    def scaled(self, factor: float) -> Size:
        """Return the size with both extents multiplied by `factor`."""
        return Size(self.width * factor, self.height * factor)
