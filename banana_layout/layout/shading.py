"""What lies below and to the right of a panel or a node: a marker's edge, or short strokes of a pen."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from hashlib import blake2s
from itertools import pairwise

from banana_layout.color import Color
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Pt
from banana_layout.scene.item import Path
from banana_layout.scene.paint import Paint

APART, LONG, WIDE = 1.2, 1.5, 0.24
"""Distance, length and width of pen ticks, in millimetres."""
LEAN = math.radians(57)
"""Ticks rise to the right at this angle."""


def chances(key: str) -> Iterator[float]:
    """Yield numbers from 0 to 1 that belong to a key, without end."""
    block = 0
    while True:
        for byte in blake2s(f"{key}/{block}".encode()).digest():
            yield byte / 255
        block += 1


def ticks(key: str, outline: Outline, unit: Pt, ink: Color) -> Path:
    """Return ticks along those sides of a closed outline that face down or right; the outline runs clockwise."""
    b = PathBuilder()
    chance = chances(key)
    for line in flatten(outline, 0.3):
        rest = 0.6 * APART * unit
        for p, q in pairwise(line):
            d = math.dist(p, q)
            if d < 1e-6:
                continue
            u, v = (q.x - p.x) / d, (q.y - p.y) / d
            nx, ny = -v, u
            if _area(line) > 0:
                nx, ny = v, -u
            if nx * 0.55 + ny * 0.84 < 0.36:
                rest = 0.6 * APART * unit
                continue
            c, s = _lean(u, v)
            while rest < d:
                half = LONG / 2 * unit * (0.8 + 0.4 * next(chance))
                # The nearer end keeps 0.3 mm off the line whatever way the side faces.
                off = 0.32 * unit + half * abs(nx * c + ny * s)
                x, y = p.x + u * rest + nx * off, p.y + v * rest + ny * off
                turn = (next(chance) - 0.5) * 0.22
                dx, dy = half * (c - s * turn), half * (s + c * turn)
                w = WIDE / 2 * unit * (0.8 + 0.4 * next(chance))
                px, py = -s * w, c * w
                b.move(x + dx - px, y + dy - py).line(x + dx + px, y + dy + py)
                b.line(x - dx + 0.3 * px, y - dy + 0.3 * py).line(x - dx - 0.3 * px, y - dy - 0.3 * py).close()
                rest += APART * unit * (0.82 + 0.36 * next(chance))
            rest -= d
    return Path(key, b.build(), fill=Paint(ink), tool="exact")


def _lean(u: float, v: float) -> tuple[float, float]:
    """Return the direction of ticks along an edge: never nearly along the edge itself."""
    c, s = math.cos(LEAN), -math.sin(LEAN)
    return (c, s) if abs(c * v - s * u) > 0.42 else (math.cos(0.12), -math.sin(0.12))


def _area(line: Sequence[tuple[float, float]]) -> float:
    """Return twice the signed area of a closed line: above 0 where it runs clockwise on the page."""
    return math.fsum(p[0] * q[1] - q[0] * p[1] for p, q in pairwise(line))
