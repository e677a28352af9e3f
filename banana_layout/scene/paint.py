"""What colours an area or a line."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.point import Pt

Blend = Literal["normal", "multiply"]
"""How a paint meets what lies under it."""

Tool = Literal["exact", "pen", "ruler", "marker", "highlighter", "grid"]
"""What the sketch stage draws an item with.

`exact` is left alone; `pen` wobbles and varies in width; `ruler` is a pen led along an edge; `marker` fills in
overlapping bands and its lines are broad and blunt; `highlighter` is a marker band with slanted ends under text;
`grid` is the paper's own faint ruling.
"""


class Paint(msgspec.Struct, frozen=True):
    """A flat colour and how it is laid on."""

    color: Color
    """The colour itself."""
    opacity: float = 1.0
    """0 to 1."""
    blend: Blend = "normal"
    """Whether it multiplies onto what lies under it."""
    stand_in: Color | None = None
    """The opaque colour that looks the same on plain paper; given wherever the paint is translucent or multiplies."""


class Stroke(msgspec.Struct, frozen=True):
    """How a path's line is drawn."""

    width: Pt
    """Full width of the line; above 0."""
    paint: Paint
    """Its colour."""
    dash: tuple[Pt, Pt] | None = None
    """Lengths on and off, or None for a whole line."""
    overshoot: Pt = 0.0
    """How far a pen may run past the corners of an angular box or the ends of a line."""
    taper: bool = True
    """Whether a pen's line thins out at its ends."""
    cap: Literal["round", "butt"] = "round"
    """How a line ends when it is not sketched."""
    widths: tuple[Pt, Pt] | None = None
    """Width at the path's start and end where they differ (the limbs of a mind map); `width` is then the larger."""
