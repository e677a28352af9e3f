"""Paints and strokes as SVG attributes."""

from __future__ import annotations

import functools
import math

from banana_layout.color import Color
from banana_layout.render.number import number, numbers, ratio
from banana_layout.scene.paint import Paint, Stroke


@functools.lru_cache(maxsize=4096)
def _hex(color: Color) -> str:
    """Return a colour as `#rgb` or `#rrggbb`."""
    text = color.hex
    return f"#{text[1]}{text[3]}{text[5]}" if text[1::2] == text[2::2] else text


def filled(paint: Paint) -> dict[str, str]:
    """Return the attributes of a filling paint."""
    out = {"fill": _hex(paint.color)}
    if paint.opacity < 1.0:
        out["fill-opacity"] = ratio(max(0.0, paint.opacity))
    return out


def lined(stroke: Stroke) -> dict[str, str]:
    """Return the attributes of a stroke."""
    out = {"stroke": _hex(stroke.paint.color), "stroke-width": number(stroke.width)}
    if stroke.paint.opacity < 1.0:
        out["stroke-opacity"] = ratio(max(0.0, stroke.paint.opacity))
    if stroke.cap == "round":
        out["stroke-linecap"] = "round"
    if stroke.dash and math.fsum(stroke.dash) > 0:
        out["stroke-dasharray"] = " ".join(numbers(stroke.dash))
    return out
