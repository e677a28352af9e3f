"""Boxes by where they stand, so that what is near a place is found without looking at all of them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect


class Shelves:
    """Boxes by the strips of a page they stand in, each so high: a chart of a thousand edges has tens of thousands."""

    def __init__(self, boxes: Sequence[Rect], high: Pt) -> None:
        self._high = high
        self._boxes = boxes
        self._strips: dict[int, list[int]] = {}
        for i, box in enumerate(boxes):
            for strip in self._passed(box):
                self._strips.setdefault(strip, []).append(i)

    def near(self, place: Rect) -> list[Rect]:
        """Return the boxes that share ground with a place, in their order."""
        found = {i for strip in self._passed(place) for i in self._strips.get(strip, ())}
        return [self._boxes[i] for i in sorted(found) if self._boxes[i].meets(place)]

    @staticmethod
    def within(box: Rect, place: Rect, edge: Pt) -> bool:
        """Tell whether a place holds a box less an edge all around."""
        x, y = box.x + edge, box.y + edge
        if x < place.x or y < place.y:
            return False
        return x + max(0.0, box.w - 2 * edge) <= place.right and y + max(0.0, box.h - 2 * edge) <= place.bottom

    def _passed(self, box: Rect) -> range:
        """Return the strips a box passes."""
        return range(math.floor(box.y / self._high), math.floor(box.bottom / self._high) + 1)
