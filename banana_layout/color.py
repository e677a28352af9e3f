"""Colours and how well they read on one another."""

from __future__ import annotations

from typing import NamedTuple

_HEX = frozenset("0123456789abcdefABCDEF")


class Color(NamedTuple):
    """An sRGB colour; components from 0 to 1."""

    r: float
    """Red."""
    g: float
    """Green."""
    b: float
    """Blue."""

    @classmethod
    def parse(cls, text: str) -> Color:
        """Read `#rgb` or `#rrggbb`; a ValueError for anything else."""
        digits = text.removeprefix("#")
        if len(digits) == 3:
            digits = "".join(d * 2 for d in digits)
        if not text.startswith("#") or len(digits) != 6 or not _HEX.issuperset(digits):
            raise ValueError(f"{text!r} is not a colour such as #1f5bb5")
        n = int(digits, 16)
        return cls((n >> 16) / 255, (n >> 8 & 255) / 255, (n & 255) / 255)

    @property
    def hex(self) -> str:
        """The colour as `#rrggbb`."""
        r, g, b = (round(v * 255) for v in self)
        return f"#{r:02x}{g:02x}{b:02x}"

    def mix(self, other: Color, share: float) -> Color:
        """Return this colour with `share` (0 to 1) of it replaced by `other`."""
        return Color(*(a + (b - a) * share for a, b in zip(self, other, strict=True)))

    def multiplied(self, under: Color) -> Color:
        """Return what this colour gives when multiplied onto `under` (PDF and CSS blend mode Multiply)."""
        return Color(*(a * b for a, b in zip(self, under, strict=True)))

    @property
    def luminance(self) -> float:
        """Relative luminance (WCAG 2.2, "relative luminance")."""
        r, g, b = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in self)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    def contrast(self, other: Color) -> float:
        """Return the contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio")."""
        a, b = sorted((self.luminance, other.luminance))
        return (b + 0.05) / (a + 0.05)


WHITE = Color(1.0, 1.0, 1.0)
"""Paper white."""
BLACK = Color(0.0, 0.0, 0.0)
"""Full black."""
