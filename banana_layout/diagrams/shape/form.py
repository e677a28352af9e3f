"""The parts of a shape, and the rules by which a label asks for room inside one."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Literal, NamedTuple

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size


class Band(NamedTuple):
    """A part of a label: a picture or the lines of text."""

    width: Pt
    """Its extent along x; the band stands in the label's middle."""
    top: Pt
    """Its top above (negative) or below the label's middle."""
    bottom: Pt
    """Its bottom, counted the same way."""


class Load(NamedTuple):
    """What a shape has to hold, as bands stacked about their common middle."""

    bands: tuple[Band, ...]
    """Top first; empty for a node without a label."""

    @property
    def width(self) -> Pt:
        """The widest band."""
        return max((b.width for b in self.bands), default=0.0)

    @property
    def height(self) -> Pt:
        """From the first band's top to the last one's bottom."""
        return self.bands[-1].bottom - self.bands[0].top if self.bands else 0.0


class Drawn(msgspec.Struct, frozen=True):
    """A shape at its place."""

    outline: Path
    """The closed outline: what is filled, and where edges end."""
    area: Rect
    """Where the label stands, in the middle."""
    lines: tuple[Path, ...] = ()
    """Further lines, thinner than the outline."""
    rim: tuple[Path, ...] | None = None
    """What the pen draws instead of the outline; None for the outline itself, empty for nothing."""
    behind: tuple[Path, ...] = ()
    """Closed outlines of further sheets lying under it, the lowest first."""


class Shape(msgspec.Struct, frozen=True):
    """How a shape is drawn and how much room it needs."""

    draw: Callable[[Rect, Pt], Drawn]
    """Draws it into a box; the second number is the em of the node's text."""
    need: Callable[[Load, float], Size]
    """The smallest box, in em, for a label in em; the second number is the wished width by height, where there is a choice."""
    pair: str = "blue"
    """Which pen and marker it takes."""
    angular: bool = False
    """Whether its corners are drawn by separate strokes that overshoot."""
    grows: Literal["free", "square", "fixed"] = "free"
    """Whether it may be stretched to any box, only evenly, or not at all."""
    fill: Literal["tint", "ink", "none"] = "tint"
    """What covers it."""
    labelled: bool = True
    """Whether its label is shown."""
    settle: Callable[[Load, float], float] | None = None
    """How far below the middle of its room a label stands, in em, for a label and the box's width by height."""


def padded(pad: Insets, share: Insets = Insets()) -> Callable[[Load, float], Size]:
    """Return the need of a box-like shape: insets in em, and shares of its own extents."""

    def need(load: Load, _aspect: float) -> Size:
        return Size(
            (load.width + pad.across) / (1.0 - share.across),
            (load.height + pad.down) / (1.0 - share.down),
        )

    return need


def area(r: Rect, u: Pt, pad: Insets, share: Insets = Insets()) -> Rect:
    """Return the label's room in a box that `padded` sized."""
    return r.inset(
        Insets(
            pad.left * u + share.left * r.w,
            pad.top * u + share.top * r.h,
            pad.right * u + share.right * r.w,
            pad.bottom * u + share.bottom * r.h,
        )
    )


def polygon(r: Rect, *shares: tuple[float, float]) -> Path:
    """Return a closed polygon; its corners are given as shares of the box's extents."""
    return Path.polyline([Point(r.x + fx * r.w, r.y + fy * r.h) for fx, fy in shares], closed=True)


def rhombus_need(load: Load, aspect: float) -> Size:
    """Return the smallest rhombus of an aspect that holds every band: |x|/(W/2) + |y|/(H/2) <= 1 at each corner.

    The label stands where its upper and lower bands need the same width; a padding of a third of an em keeps the pen off.
    """
    above, below = _leaning(load, aspect)
    width = max(1.6, (above + below) / 2 + 0.7) if load.bands else 1.6
    return Size(width, width / aspect)


def rhombus_settle(load: Load, aspect: float) -> float:
    """Return how far below a rhombus's middle a label stands: negative where its lower bands are the wider ones."""
    above, below = _leaning(load, aspect)
    return (above - below) / (4.0 * aspect)


def _leaning(load: Load, aspect: float) -> tuple[float, float]:
    """Return the width a label asks for at its upper and at its lower side, the label in the middle."""
    above = max((b.width + 2.0 * aspect * max(0.0, -b.top) for b in load.bands), default=0.0)
    return above, max((b.width + 2.0 * aspect * max(0.0, b.bottom) for b in load.bands), default=0.0)


def ellipse_need(load: Load, aspect: float) -> Size:
    """Return the smallest ellipse of an aspect that holds every band's corners, a quarter of an em inside."""
    reach = max(
        (math.hypot((b.width / 2 + 0.25) / aspect, max(-b.top, b.bottom) + 0.2) for b in load.bands), default=0.8
    )
    return Size(max(1.6, 2 * reach * aspect), max(1.6, 2 * reach))


def circle_need(load: Load, _aspect: float) -> Size:
    """Return the smallest circle that holds every band's corners."""
    return ellipse_need(load, 1.0)


def rounded_need(radius_share: float, pad_x: float, pad_y: float) -> Callable[[Load, float], Size]:
    """Return the need of a rounded box whose radius is a share of its shorter side.

    The box is widened until the label's corners lie inside the rounding.
    """

    def need(load: Load, _aspect: float) -> Size:
        w, h = load.width + 2 * pad_x, load.height + 2 * pad_y
        for _ in range(24):
            radius = radius_share * min(w, h)
            if all(_inside_corner(b, w, h, radius) for b in load.bands):
                break
            w += 0.12
            h += 0.04
        return Size(w, h)

    return need


def fixed_need(width: float, height: float) -> Callable[[Load, float], Size]:
    """Return the need of a shape without a label: always the same, in em."""

    def need(_load: Load, _aspect: float) -> Size:
        return Size(width, height)

    return need


def _inside_corner(band: Band, w: Pt, h: Pt, radius: Pt) -> bool:
    """Tell whether a band's corner keeps a sixth of an em from a rounded box's corner."""
    dx = band.width / 2 - (w / 2 - radius)
    dy = max(-band.top, band.bottom) - (h / 2 - radius)
    return dx <= 0 or dy <= 0 or math.hypot(dx, dy) <= radius - 0.15
