"""Small drawings at the margin: sparkles, stars, hearts, swashes."""

from __future__ import annotations

import math
from hashlib import blake2s

from banana_layout.color import Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

LINE = 0.3
"""Width of a doodle's line, in millimetres."""


def chance(key: str, name: str) -> float:
    """Return a number from 0 to 1 that belongs to a key: the same whenever the page is made."""
    return blake2s(f"{key}/{name}".encode(), digest_size=2).digest()[0] / 256


def sparkle(key: str, center: Point, radius: Pt, unit: Pt, inks: tuple[Color, Color | None]) -> Group:
    """Return a four-pointed sparkle; `inks` are its line and what fills it."""
    x, y = center
    waist = 0.13 * radius
    b = PathBuilder().move(x, y - radius)
    tips = ((x + 0.82 * radius, y), (x, y + radius), (x - 0.82 * radius, y), (x, y - radius))
    waists = ((1, -1), (1, 1), (-1, 1), (-1, -1))
    for (tx, ty), (wx, wy) in zip(tips, waists, strict=True):
        b.quad(x + wx * waist, y + wy * waist, tx, ty)
    return _drawn(key, b.close().build(), unit, inks)


def star(key: str, center: Point, radius: Pt, unit: Pt, inks: tuple[Color, Color | None]) -> Group:
    """Return a five-pointed star in one crossing stroke, turned a little."""
    turn = -90 + 26 * (chance(key, "turn") - 0.5)
    points = []
    for i in range(5):
        a = math.radians(turn + 144 * i)
        points.append(Point(center.x + radius * math.cos(a), center.y + radius * math.sin(a)))
    return _drawn(key, Outline.polyline(points, closed=True), unit, inks)


def heart(key: str, center: Point, radius: Pt, unit: Pt, inks: tuple[Color, Color | None]) -> Group:
    """Return a heart."""
    x, y, r = center.x, center.y, radius
    b = PathBuilder().move(x, y - 0.42 * r)
    b.cubic(x + 0.3 * r, y - 1.05 * r, x + 1.1 * r, y - 0.75 * r, x + 0.92 * r, y - 0.1 * r)
    b.cubic(x + 0.8 * r, y + 0.3 * r, x + 0.35 * r, y + 0.6 * r, x, y + 0.92 * r)
    b.cubic(x - 0.4 * r, y + 0.6 * r, x - 0.85 * r, y + 0.25 * r, x - 0.94 * r, y - 0.12 * r)
    b.cubic(x - 1.08 * r, y - 0.75 * r, x - 0.3 * r, y - 1.02 * r, x, y - 0.42 * r)
    return _drawn(key, b.close().build(), unit, inks)


def swash(key: str, span: tuple[Pt, Pt], y: Pt, pen: Stroke, drop: Pt) -> Path:
    """Return a fast underline from left to right, hooked back below itself; `drop` is how far below."""
    left, right = span
    wide = right - left
    b = PathBuilder().move(left, y + 0.3 * drop)
    b.cubic(left + 0.3 * wide, y - 0.1 * drop, left + 0.7 * wide, y + 0.1 * drop, right, y - 0.05 * drop)
    hook = min(0.07 * wide, 2.2 * drop)
    b.cubic(right + hook, y - 0.05 * drop, right + 0.6 * hook, y + 0.55 * drop, right - 0.12 * wide, y + 0.7 * drop)
    b.cubic(right - 0.3 * wide, y + 0.82 * drop, right - 0.5 * wide, y + 0.9 * drop, left + 0.3 * wide, y + 1.05 * drop)
    return Path(key, b.build(), stroke=pen, reach=0.5 * drop)


def _drawn(key: str, shape: Outline, unit: Pt, inks: tuple[Color, Color | None]) -> Group:
    """Return a small closed shape, filled and outlined."""
    line, fill = inks
    pen = Stroke(LINE * unit, Paint(line))
    items = [Path(f"{key}/line", shape, stroke=pen, reach=0.8 * unit)]
    if fill is not None:
        items.insert(0, Path(f"{key}/fill", shape, fill=Paint(fill), tool="exact"))
    return Group(key, tuple(items), role="artifact", rect=shape.bounds())


def sprinkle(key: str, spots: list[Point], taken: list[Rect], unit: Pt, context: Context) -> list[Group]:
    """Return a sparkle near each of the spots that can be moved clear of everything taken; at most seven.

    Each stays 2 mm from what is taken, except from other doodles; what is taken grows by what is drawn.
    """
    theme = context.theme
    out: list[Group] = []
    walls = [r.grown(2 * unit) for r in taken]
    for i, spot in enumerate(spots[:7]):
        name = f"{key}/{i}"
        radius = (1.9 + 0.5 * chance(name, "size") if i == 0 else 1.1 + 0.5 * chance(name, "size")) * unit
        for dx, dy in _OFFSETS:
            at = spot.shifted(dx * unit, dy * unit)
            box = Rect(at.x - radius, at.y - radius, 2 * radius, 2 * radius)
            if not any(w.meets(box) for w in walls):
                fill = theme.mascot.fill if i in (0, 3) else theme.clean
                out.append(sparkle(name, at, radius, unit, (theme.ink, fill)))
                walls.append(box.grown(1.5 * unit))
                break
    return out


_OFFSETS = ((0, 0), (0, -1.5), (-2, 0), (2, 0), (0, 2), (-3, -2), (3, -2), (-4, 1), (4, 1), (0, 4), (-6, 0), (6, 0))
"""Where a sparkle may move, in millimetres, the nearest first."""
