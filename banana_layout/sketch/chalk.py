"""Chalk on a board: strokes broken along their sides, with dust beside them."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence

from banana_layout.color import Color
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.scene.item import GlyphRun, Path, Variant
from banana_layout.scene.paint import Paint
from banana_layout.sketch.hand import DUST_MM
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.ribbon import Ribbons

Places = Sequence[tuple[float, float, float, float]]
"""Places of a line with its unit directions there."""

Forms = Callable[[str, int, Variant | None], Outline]
"""The outline (em, y down) of a face's glyph in a variant."""

_EVERY = (0.45 * MM, 1.5 * MM)
"""Distance from one gap in the chalk to the next."""
_LONG = (0.5 * MM, 2.6 * MM)
"""How long a gap is."""
_CORE = 0.28
"""Gaps stay outside this share of the half width, so that a line is never broken through."""

_ROW = 0.1
"""Distance of the lines across a letter along which it is worn, in em."""
_FULL = 16.0
"""From this size on, in points, flecks are as large as they get against the letters."""
_GRAINS = 4
"""How many ways a letter may be worn."""
_DUSTY = 0.3
"""Share of the worn places that leave a grain of dust."""


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


def worn(run: GlyphRun, forms: Sequence[Outline], board: Color, seed: int) -> tuple[Path, ...]:
    """Return what makes a run of writing chalk: flecks of the board's colour that its grain leaves blank, and dust.

    Flecks begin within a letter's strokes and are too thin to break one; most bite its edges, as grain does. Dust lies
    close beside. `forms` are the letters' outlines, in em.
    """
    dice = Dice.of(seed, run.key + "~flecks")
    flecks, dust = PathBuilder(), PathBuilder()
    em, lean = run.size, math.tan(math.radians(run.slant))
    small = min(1.0, em / _FULL) * em  # small writing is worn less, or it could not be read
    for glyph, form in zip(run.glyphs, forms, strict=True):
        if glyph.text.isspace():
            continue
        for at, y, long, thick, side in _grain(form, dice.bits() % _GRAINS):
            px = run.x + glyph.x + at * em - (y * em + glyph.dy) * lean
            py = run.y + glyph.dy + y * em
            if side:
                r = thick * em
                px += side * long * em
                dust.move(px - r, py).line(px, py - r).line(px + r, py).line(px, py + 0.8 * r).close()
            else:
                u, v, w = long * small, thick * small, -0.4 * long * small
                flecks.move(px - u, py - w).line(px - 0.1 * u, py - v).line(px + u, py + w).line(
                    px + 0.2 * u, py + v
                ).close()
    assert run.paint is not None
    out = (("flecks", flecks.build(), Paint(board)), ("dust", dust.build(), run.paint))
    return tuple(Path(f"{run.key}~{name}", path, fill=ink, tool="exact") for name, path, ink in out if path.verbs)


@functools.lru_cache(maxsize=20_000)
def _grain(form: Outline, number: int) -> tuple[tuple[float, float, float, float, int], ...]:
    """Return one of a few ways a letter's chalk is worn, in em: places, half lengths, half widths, and 1 or -1 for dust.

    Lines across the letter are cut at its outline; one stretch of each that lies within a stroke is worn.
    """
    if not form.verbs:
        return ()
    dice = Dice.of(number, "~grain")
    lines = flatten(form, 0.01)
    ys = [p.y for line in lines for p in line]
    top, bottom = min(ys), max(ys)
    out: list[tuple[float, float, float, float, int]] = []
    y = top + dice.between(0.1, 1.0) * _ROW
    while y < bottom:
        spans = _inside(lines, y)
        if spans:
            x0, x1 = spans[dice.bits() % len(spans)]
            wide = min(x1 - x0, 0.2)
            edge = x0 if dice.either() < 0 else x1
            inward = 1 if edge == x0 else -1
            at = edge + inward * dice.between(0.0, 0.3) * wide if wide < 0.15 else dice.between(x0, x1)
            out.append((at, y, dice.between(0.014, 0.036), dice.between(0.008, 0.015), 0))
            if dice.between(0, 1) < _DUSTY:
                out.append((edge, y, dice.between(0.025, 0.05), dice.between(0.006, 0.011), -inward))
        y += dice.between(0.5, 1.5) * _ROW
    return tuple(out)


def _inside(lines: Sequence[Sequence[Point]], y: float) -> list[tuple[float, float]]:
    """Return where the line at height `y` runs within closed lines (nonzero)."""
    cuts: list[tuple[float, int]] = []
    for line in lines:
        ax, ay = line[-1]
        for bx, by in line:
            if (ay <= y) != (by <= y):
                cuts.append((ax + (y - ay) / (by - ay) * (bx - ax), 1 if by > ay else -1))
            ax, ay = bx, by
    out: list[tuple[float, float]] = []
    turns, start = 0, 0.0
    for x, turn in sorted(cuts):
        if not turns:
            start = x
        turns += turn
        if not turns and x > start:
            out.append((start, x))
    return out


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
