"""A content stream and the graphics state in force while it is written (ISO 32000-1, 8.4 and annex A)."""

from __future__ import annotations

import math

from banana_layout.color import Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.render.number import number, numbers
from banana_layout.render.pdf.coverage import Coverage, Extent
from banana_layout.render.pdf.inks import Inks
from banana_layout.render.pdf.resources import Resources
from banana_layout.render.shape import cubics
from banana_layout.scene.paint import Paint, Stroke

_OPERATORS = {
    ord("M"): "%.2f %.2f m\n",
    ord("L"): "%.2f %.2f l\n",
    ord("C"): "%.2f %.2f %.2f %.2f %.2f %.2f c\n",
    ord("Z"): "h\n",
}
"""How each verb is written."""

START = {
    "fill": "0 g", "stroke": "0 G", "width": "1 w", "cap": "0 J", "dash": "[] 0 d", "blend": "/N gs",
    "mode": "0 Tr", "rise": "0 Ts", "font": "",
}  # fmt: skip
"""The graphics state at a page's start, each part as the operator that sets it."""


class Stream:
    """Collects operators and leaves out those that would change nothing."""

    def __init__(self, resources: Resources, inks: Inks, paper: Color | None) -> None:
        self.out: list[str] = []
        """The operators, a line each."""
        self.state = dict(START)
        """What is in force."""
        self.alpha = 1.0
        """Opacity of the groups around."""
        self.least = 0.0
        """The thinnest line there may be, in the coordinates in force."""
        self.coverage: Coverage | None = None
        """How much ink lies where; None where the page goes to no press."""
        self._resources = resources
        self._inks = inks
        self._paper = paper

    def set(self, part: str, operator: str) -> None:
        """Bring one part of the graphics state about, unless it is so already."""
        if self.state[part] != operator:
            self.state[part] = operator
            self.out.append(operator)

    def opacity(self, alpha: float) -> None:
        """Set the opacity of what is no paint: pictures and groups."""
        self._blend(alpha * self.alpha, "normal")

    def fill(self, paint: Paint, where: Extent | None = None, *, text: bool = False) -> None:
        """Set what fills areas; black text is printed over what lies under it. `where` is needed on a press."""
        color, over, tint = self._met(paint, where, text=text)
        self._blend(paint.opacity * self.alpha, paint.blend, overprint=over)
        self.set("fill", self._inks.fill(color, text=text, tint=tint))

    def stroke(self, paint: Paint, where: Extent | None = None, *, text: bool = False) -> None:
        """Set what draws lines."""
        color, over, tint = self._met(paint, where, text=text)
        self._blend(paint.opacity * self.alpha, paint.blend, overprint=over)
        self.set("stroke", self._inks.stroke(color, text=text, tint=tint))

    def pen(self, stroke: Stroke, where: Extent | None = None) -> None:
        """Set a line's paint, width, ends and dashes."""
        self.stroke(stroke.paint, where)
        self.set("width", f"{number(max(stroke.width, self.least))} w")
        self.set("cap", "1 J" if stroke.cap == "round" else "0 J")
        self.set(
            "dash",
            f"[{' '.join(numbers(stroke.dash))}] 0 d" if stroke.dash and math.fsum(stroke.dash) > 0 else "[] 0 d",
        )

    def _met(self, paint: Paint, where: Extent | None, *, text: bool) -> tuple[Color, bool, float]:
        """Return a paint's colour here, whether it overprints, and how much of it there may be on what it multiplies with."""
        color = paint.color if self._paper is None else flattened(paint, self.alpha, self._paper)
        over = text and paint.blend == "normal" and self._inks.is_black(color)
        if self.coverage is None or where is None:
            return color, over, 1.0
        amounts = self._inks.amounts(color, text=text)
        opacity = max(0.0, min(1.0, paint.opacity * self.alpha)) if self._paper is None else 1.0
        if over:
            return color, self.coverage.overprint(where, amounts), 1.0
        if paint.blend == "multiply" and self._paper is None:
            return color, False, self.coverage.multiply(where, tuple(v * opacity for v in amounts))
        self.coverage.cover(where, amounts, opaque=opacity >= 1.0)
        return color, False, 1.0

    def _blend(self, opacity: float, mode: str, *, overprint: bool = False) -> None:
        """Set opacity, blend mode and overprinting; a flat file has only the last."""
        if self._paper is not None:
            opacity, mode = 1.0, "normal"
        self.set("blend", f"/{self._resources.blend(opacity, mode, overprint=overprint)} gs")


def flattened(paint: Paint, alpha: float, paper: Color) -> Color:
    """Return the opaque colour that stands in for a paint on plain paper."""
    opacity = max(0.0, min(1.0, paint.opacity * alpha))
    if paint.blend == "multiply":
        full = paint.stand_in or paper.mix(paint.color.multiplied(paper), paint.opacity)
        return paper.mix(full, max(0.0, min(1.0, alpha)))
    if opacity >= 1.0:
        return paint.color
    if paint.stand_in is not None and alpha >= 1.0:
        return paint.stand_in
    return paper.mix(paint.color, opacity)


def outline(path: Outline) -> str:
    """Return a path's operators, each on its line; a ValueError for a coordinate that is no finite number.

    Numbers keep both decimals: most have them, zlib takes the others, and a page's 50,000 are written in one go, in half
    the time that short ones need.
    """
    path = cubics(path)
    text = path.verbs.translate(_OPERATORS) % path.coords
    if "n" in text:
        raise ValueError("a path has a coordinate that is no finite number")
    return text.replace("-0.00 ", "0.00 ") if "-0.00 " in text else text
