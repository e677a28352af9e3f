"""The fixed distances of a page and its panels."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect

LOOK_BODY = 14.2
"""Body size, in points, at which the look's millimetres hold."""


def at_body(mm: float, em: Pt) -> Pt:
    """Return a length that is `mm` millimetres beside body text of that size, in the same proportion beside `em`."""
    return mm / LOOK_BODY * em * MM


class Anatomy(msgspec.Struct, frozen=True):
    """Distances for one page size: the look's figures for A4, shrunk with small pages."""

    unit: Pt
    """What counts as a millimetre here: a true one from A4 up, less on smaller pages."""
    margin: Insets
    """Page edge to content box."""
    column_gutter: Pt
    """Between two panels side by side."""
    panel_gap: Insets
    """A panel's share of the gutters above and below it."""
    tab_indent: Pt
    """Panel's left edge to its tab."""
    frame_drop: Pt
    """Panel's top to its frame's top edge: the upper half of the tab."""
    content: Insets
    """Panel box to its content."""
    frame_radius: Pt
    """Corner of a panel's frame."""

    @classmethod
    def of(cls, width: Pt, height: Pt) -> Anatomy:
        """Return the distances for a page."""
        short = min(width, height)
        unit = MM * min(1.0, max(0.42, short / (210 * MM)))
        return cls(
            unit=unit,
            margin=Insets(9 * unit, 8.5 * unit, 9 * unit, 8.5 * unit),
            column_gutter=4.8 * unit,
            panel_gap=Insets(0.0, 1.0 * unit, 0.0, 2.2 * unit),
            tab_indent=4.6 * unit,
            frame_drop=4.6 * unit,
            content=Insets(4.6 * unit, 11.4 * unit, 4.6 * unit, 3.6 * unit),
            frame_radius=3.6 * unit,
        )

    def page_box(self, width: Pt, height: Pt) -> Rect:
        """Return the content box of a page."""
        return Rect(0.0, 0.0, width, height).inset(self.margin)

    def gutter_of(self, panel: str) -> Insets:
        """Return a panel's insets inside its cell; the title needs none, having no frame."""
        return Insets() if panel == "title" else self.panel_gap
