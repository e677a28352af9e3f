"""A page's boxes (ISO 32000-1, 14.11.2; ISO 15930-7, 6.9): what is cut, what runs over the cut, what holds the marks."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.render.number import numbers
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.render.pdf.preset import Press
from banana_layout.scene.item import Scene

_MARKS = 8 * MM
"""Room for marks outside the bleed."""


class Boxes(msgspec.Struct, frozen=True):
    """In points from the bottom left of the medium, as PDF counts; the origin is always (0, 0)."""

    media: Rect
    """The whole medium."""
    bleed: Rect
    """As far as the page's paper is printed."""
    trim: Rect
    """The finished page; `trim.bottom` is its upper edge."""

    @classmethod
    def of(cls, scene: Scene, press: Press | None) -> Boxes:
        """Return a page's boxes; all the same where it is not printed."""
        if press is None:
            page = Rect(0.0, 0.0, scene.width, scene.height)
            return cls(page, page, page)
        outside = press.bleed + (_MARKS if press.marks or press.registration or press.bars or press.slug else 0.0)
        media = Rect(0.0, 0.0, scene.width + 2 * outside, scene.height + 2 * outside)
        trim = Rect(outside, outside, scene.width, scene.height)
        return cls(media, trim.grown(press.bleed), trim)

    def entries(self, objects: Objects, *, printed: bool) -> dict[str, Value]:
        """Return the page's entries."""
        out = {"MediaBox": _corners(objects, self.media)}
        if printed:
            out |= {
                "CropBox": _corners(objects, self.media),
                "BleedBox": _corners(objects, self.bleed),
                "TrimBox": _corners(objects, self.trim),
            }
        return out

    def shown(self, rect: Rect) -> tuple[Pt, Pt, Pt, Pt]:
        """Return a rectangle of the scene, y down, as left, bottom, right and top on the medium."""
        x, top = self.trim.x, self.trim.bottom
        return x + rect.x, top - rect.bottom, x + rect.right, top - rect.y


def _corners(objects: Objects, rect: Rect) -> Value:
    """Return a rectangle by two corners."""
    return objects.array(numbers((rect.x, rect.y, rect.right, rect.bottom)))
