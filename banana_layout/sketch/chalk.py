"""Chalk on a board: strokes broken along their sides, with dust beside them (look/LOOK.md, section 10)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from banana_layout.color import Color
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.scene.item import GlyphRun, Path
from banana_layout.scene.paint import Paint
from banana_layout.sketch.hand import DUST_MM, MM
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.ribbon import Ribbons

Places = Sequence[tuple[float, float, float, float]]
"""Places of a line with its unit directions there."""

_EVERY = (0.45 * MM, 1.5 * MM)
"""Distance from one gap in the chalk to the next."""
_LONG = (0.5 * MM, 2.6 * MM)
"""How long a gap is."""
_CORE = 0.28
"""Gaps stay outside this share of the half width, so that a line is never broken through."""


def crumble(ink: Ribbons, s: Sequence[Pt], places: Places, half: Sequence[Pt], dice: Dice) -> None:
    """Cut gaps into the stroke just added and strew dust beside it.

    Gaps turn against the outline, so that filling nonzero leaves them open; none is wider than what is left between
    the core and the edge.
    """
    if len(places) < 2 or s[-1] - s[0] < 1.2 * MM:
        return
    end = s[-1]
    at = s[0] + dice.between(*_EVERY) * 0.5
    i = 0
    side = dice.either()
    while True:
        long = min(dice.between(*_LONG), _straight(s, places, half, i))
        if at + long > end - 0.2 * MM:
            return
        while s[i + 1] < at and i < len(s) - 2:
            i += 1
        side = -side if dice.between(0, 1) < 0.7 else side
        where = dice.between(0.42, 0.9) * side
        h = half[i] + (half[i + 1] - half[i]) * (at - s[i]) / max(s[i + 1] - s[i], 1e-9)
        long = min(long, _straight(s, places, half, i))
        thick = min(dice.between(0.10, 0.26), abs(where) - _CORE) * h
        points = [
            _beside(s, places, i, at + long * t, where * h + w)
            for t, w in ((0, 0), (0.4, thick), (1, 0), (0.6, -thick))
        ]
        ink.polygon(points)
        if dice.between(0, 1) < 0.3:
            grain = dice.between(0.05, 0.11) * MM
            x, y = _beside(s, places, i, at, side * (h + dice.between(0.2, 1) * DUST_MM * MM - grain))
            ink.polygon([(x - grain, y), (x, y - grain), (x + grain, y), (x, y + grain * 0.8)])
        at += dice.between(*_EVERY) + 0.35 * long


def _straight(s: Sequence[Pt], places: Places, half: Sequence[Pt], i: int) -> Pt:
    """Return how long a gap may be about a station and still follow the bend: its chord leaves it by a tenth of `half`."""
    longest = 1e9
    for j in (i, i + 1):
        if j + 1 < len(places):
            _, _, u0, v0 = places[j]
            _, _, u1, v1 = places[j + 1]
            turn = abs(math.atan2(u0 * v1 - v0 * u1, u0 * u1 + v0 * v1))
            if turn > 1e-4:
                longest = min(longest, math.sqrt(0.8 * half[j] * (s[j + 1] - s[j]) / turn))
    return longest


def worn(run: GlyphRun, board: Color, seed: int) -> Path:
    """Return what the board's grain leaves blank in a run of chalk writing: thin flecks in the board's own colour.

    They lie within the glyphs' boxes and are too thin to break a stroke.
    """
    dice = Dice.of(seed, run.key + "~flecks")
    b = PathBuilder()
    em = run.size
    for glyph in run.glyphs:
        if glyph.text.isspace() or glyph.advance <= 0:
            continue
        for _ in range(max(3, round(7 * glyph.advance / em))):
            x = run.x + glyph.x + dice.between(0.05, 0.95) * glyph.advance
            y = run.y + glyph.dy - dice.between(-0.05, 0.68) * em
            long, thick = dice.between(0.014, 0.034) * em, dice.between(0.009, 0.016) * em
            rise = dice.between(-0.55, -0.15) * long
            b.move(x - long, y - rise).line(x, y - thick).line(x + long, y + rise).line(x, y + thick).close()
    return Path(key=f"{run.key}~flecks", path=b.build(), fill=Paint(board), tool="exact")


def _beside(s: Sequence[Pt], places: Places, i: int, at: Pt, aside: Pt) -> tuple[Pt, Pt]:
    """Return the place at distance `at` and `aside` to the right of the line, on the cubic between its stations."""
    while s[i + 1] < at and i < len(s) - 2:
        i += 1
    x0, y0, u0, v0 = places[i]
    x1, y1, u1, v1 = places[i + 1]
    gap = max(s[i + 1] - s[i], 1e-9)
    t = min(1.0, max(0.0, (at - s[i]) / gap))
    r = 1 - t
    k = gap / 3
    a, b, c, d = r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t
    x = a * x0 + b * (x0 + k * u0) + c * (x1 - k * u1) + d * x1
    y = a * y0 + b * (y0 + k * v0) + c * (y1 - k * v1) + d * y1
    u, v = r * u0 + t * u1, r * v0 + t * v1
    return x - aside * v, y + aside * u
