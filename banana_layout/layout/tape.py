"""Washi tape: short strips with torn ends, striped or dotted, a little askew."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.doodles import chance
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint

TALL = 6.4
"""Height of a strip, in millimetres."""


class Tape(msgspec.Struct, frozen=True):
    """A roll of tape."""

    ground: Color
    """Its own colour."""
    print: Color
    """Of the pattern."""
    pattern: Literal["stripes", "dots"]
    """What is printed on it."""
    ink: Color
    """The page's ink, for the shadow."""


def strip(key: str, center: Point, wide: Pt, unit: Pt, tape: Tape) -> Group:
    """Return a strip `wide` long around `center`, turned 3 to 4 degrees."""
    tall = TALL * unit
    shape = _torn(key, wide, tall, unit)
    ground = Paint(tape.ground, 0.80, stand_in=tape.ground)
    shade = Paint(tape.ink, 0.13, stand_in=tape.ground.mix(tape.ink, 0.13))
    dropped = shape.shifted(0.3 * unit, 0.45 * unit)
    pattern = _stripes(wide, tall, unit) if tape.pattern == "stripes" else _dots(wide, tall, unit)
    printed = Path(f"{key}/print", pattern, fill=Paint(tape.print, 0.85, stand_in=tape.print), tool="exact")
    items: tuple[Item, ...] = (
        Path(f"{key}/shadow", dropped, fill=shade, tool="exact"),
        Path(f"{key}/strip", shape, fill=ground, tool="exact"),
        Group(f"{key}/pattern", (printed,), clip=shape),
    )
    turned = Affine.rotate(3.0 + chance(key, "turn")).then(Affine.translate(*center))
    return Group(key, items, role="artifact", transform=turned)


def _torn(key: str, wide: Pt, tall: Pt, unit: Pt) -> Outline:
    """Return a strip around the origin whose short ends are zigzags."""
    x0, y0, x1, y1 = -wide / 2, -tall / 2, wide / 2, tall / 2
    teeth = 8
    points = [Point(x0, y0), Point(x1, y0)]
    for side, (x, way, top) in enumerate(((x1, 1, y0), (x0, -1, y1))):
        for i in range(1, teeth):
            bite = (0.25 + 0.4 * chance(key, f"tooth{side}{i}")) * unit if i % 2 else -0.1 * unit
            points.append(Point(x - way * bite, top + way * tall * i / teeth))
        points.append(Point(x, y1 if side == 0 else y0))
        if side == 0:
            points.append(Point(x0, y1))
    return Outline.polyline(points[:-1], closed=True)


def _stripes(wide: Pt, tall: Pt, unit: Pt) -> Outline:
    """Return slanted stripes across a strip."""
    b = PathBuilder()
    x = -wide / 2 - tall
    while x < wide / 2:
        b.move(x, tall / 2).line(x + tall, -tall / 2).line(x + tall + 1.1 * unit, -tall / 2)
        b.line(x + 1.1 * unit, tall / 2).close()
        x += 2.6 * unit
    return b.build()


def _dots(wide: Pt, tall: Pt, unit: Pt) -> Outline:
    """Return three rows of dots, every other row set between."""
    dots = Outline()
    r = 0.42 * unit
    for row in (-1, 0, 1):
        x = -wide / 2 + (1.2 if row else 2.2) * unit
        while x < wide / 2:
            dots = dots.joined(Outline.ellipse(Rect(x - r, row * 0.3 * tall - r, 2 * r, 2 * r)))
            x += 2.0 * unit
    return dots
