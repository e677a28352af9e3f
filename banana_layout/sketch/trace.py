"""Centre lines measured along their length: where a pen's tip travels."""

from __future__ import annotations

import math
from typing import NamedTuple

from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Pt

_TURN = 0.8
"""A curve is cut into pieces that turn no more than this (radians)."""
_FLAT = 0.004
"""A curve that turns less than this in all (radians) is a straight line."""
_BULGE: Pt = 0.1
"""A bend in a polyline is rounded where that moves the line no more than this; else the pen stops and turns."""


class Leg(NamedTuple):
    """A stretch of a centre line that hardly bends."""

    s: Pt
    """Distance along the line at its start."""
    length: Pt
    """Its length; above 0."""
    x0: Pt
    """Its start."""
    y0: Pt
    """Its start."""
    x1: Pt
    """Its end."""
    y1: Pt
    """Its end."""
    u0: float
    """Unit direction at its start, x."""
    v0: float
    """Unit direction at its start, y."""
    u1: float
    """Unit direction at its end, x."""
    v1: float
    """Unit direction at its end, y."""
    straight: bool
    """Whether it is a straight line."""


class Station(NamedTuple):
    """A place on a centre line."""

    s: Pt
    """Distance along the line."""
    x: Pt
    """Where it is."""
    y: Pt
    """Where it is."""
    u: float
    """Unit direction, x."""
    v: float
    """Unit direction, y."""


class Trace(NamedTuple):
    """One subpath as a centre line."""

    legs: tuple[Leg, ...]
    """Its stretches in order; empty where it has no length."""
    length: Pt
    """Of all together."""
    closed: bool
    """Whether it ends where it starts."""
    corners: tuple[Pt, ...]
    """Where the pen stops and turns: distances, ascending; 0 among them where a closed line's start is one."""

    @property
    def angular(self) -> bool:
        """Whether it is made of straight lines only."""
        return all(leg.straight for leg in self.legs)


def trace(part: Path) -> Trace:
    """Return one subpath's centre line; pieces of no length are left out."""
    legs: list[Leg] = []
    s = x = y = start_x = start_y = 0.0
    for verb, c in part.segments():
        if verb == "M":
            x, y = start_x, start_y = c
            continue
        if verb in "LZ":
            c = c or (start_x, start_y)
            s = _line(legs, s, (x, y, *c))
        elif verb == "Q":
            x1, y1, x2, y2 = c
            c = (x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2, y2)
            s = _curve(legs, s, (x, y, *c))
        else:
            s = _curve(legs, s, (x, y, *c))
        x, y = c[-2], c[-1]
    corners = _corners(legs, part.is_closed)
    return Trace(tuple(legs), s, part.is_closed, corners)


def locate(leg: Leg, s: Pt) -> Station:
    """Return the place at distance `s` on a leg, or beyond its ends along its direction there."""
    d = s - leg.s
    if leg.straight or d <= 0:
        return Station(s, leg.x0 + leg.u0 * d, leg.y0 + leg.v0 * d, leg.u0, leg.v0)
    if d >= leg.length:
        d -= leg.length
        return Station(s, leg.x1 + leg.u1 * d, leg.y1 + leg.v1 * d, leg.u1, leg.v1)
    t = d / leg.length
    r = 1 - t
    k = math.hypot(leg.x1 - leg.x0, leg.y1 - leg.y0) * handle(leg.u0 * leg.u1 + leg.v0 * leg.v1)
    ax, ay, bx, by = leg.x0 + k * leg.u0, leg.y0 + k * leg.v0, leg.x1 - k * leg.u1, leg.y1 - k * leg.v1
    a, b, e, f = r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t
    x = a * leg.x0 + b * ax + e * bx + f * leg.x1
    y = a * leg.y0 + b * ay + e * by + f * leg.y1
    p, q, w = r * r, 2 * r * t, t * t
    u = p * (ax - leg.x0) + q * (bx - ax) + w * (leg.x1 - bx)
    v = p * (ay - leg.y0) + q * (by - ay) + w * (leg.y1 - by)
    n = math.hypot(u, v) or 1.0
    return Station(s, x, y, u / n, v / n)


def handle(cosine: float) -> float:
    """Return the handle of a cubic as a share of its chord, from the cosine of the angle it turns through.

    On a circle's arc this is 4/3 tan(angle/4) radii; a third of the chord where nothing turns.
    """
    return 2 / (3 * (1 + math.sqrt(max(0.0, (1 + cosine) / 2))))


def _line(legs: list[Leg], s: Pt, p: tuple[float, ...]) -> Pt:
    """Append a straight leg, unless it has no length; return the distance at its end."""
    x0, y0, x1, y1 = p
    d = math.hypot(x1 - x0, y1 - y0)
    if d < 1e-6:
        return s
    u, v = (x1 - x0) / d, (y1 - y0) / d
    legs.append(Leg(s, d, x0, y0, x1, y1, u, v, u, v, True))
    return s + d


def _curve(legs: list[Leg], s: Pt, p: tuple[float, ...]) -> Pt:
    """Append a cubic's legs; return the distance at its end."""
    x0, y0, x1, y1, x2, y2, x3, y3 = p
    ax, ay, bx, by, cx, cy = x1 - x0, y1 - y0, x2 - x1, y2 - y1, x3 - x2, y3 - y2
    turn = _angle(ax, ay, bx, by) + _angle(bx, by, cx, cy) if bx or by else _angle(ax, ay, cx, cy)
    if turn < _FLAT:
        return _line(legs, s, (x0, y0, x3, y3))
    n = min(24, max(1, math.ceil(turn / _TURN)))
    px, py = x0, y0
    u0, v0 = _unit((ax, ay), (x2 - x0, y2 - y0), (x3 - x0, y3 - y0))
    for i in range(1, n + 1):
        if i == n:
            x, y = x3, y3
            u, v = _unit((cx, cy), (x3 - x1, y3 - y1), (x3 - x0, y3 - y0))
        else:
            t = i / n
            r = 1 - t
            a, b, e, f = r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t
            x, y = a * x0 + b * x1 + e * x2 + f * x3, a * y0 + b * y1 + e * y2 + f * y3
            a, b, e = r * r, 2 * r * t, t * t
            u, v = _unit((a * ax + b * bx + e * cx, a * ay + b * by + e * cy), (x - px, y - py), (1.0, 0.0))
        chord = math.hypot(x - px, y - py)
        if chord > 1e-6:
            # an arc that turns through q is q/2 / sin(q/2) times its chord: 1 + q²/24 and so on
            d = chord * (1 + (1 - max(-1.0, u0 * u + v0 * v)) / 12)
            legs.append(Leg(s, d, px, py, x, y, u0, v0, u, v, False))
            s += d
            px, py, u0, v0 = x, y, u, v
    return s


def _angle(ax: float, ay: float, bx: float, by: float) -> float:
    """Return the angle between two vectors; 0 where one has no length."""
    return abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by))


def _unit(*vectors: tuple[float, float]) -> tuple[float, float]:
    """Return the direction of the first vector that has a length."""
    for u, v in vectors:
        n = math.hypot(u, v)
        if n > 1e-9:
            return u / n, v / n
    return 1.0, 0.0


def _corners(legs: list[Leg], closed: bool) -> tuple[Pt, ...]:
    """Return where the line bends too sharply to be drawn round; smaller bends are smoothed in place."""
    out = []
    for i in range(0 if closed else 1, len(legs)):
        before, after = legs[i - 1], legs[i]
        cosine = before.u1 * after.u0 + before.v1 * after.v0
        if cosine > 0.99999:
            continue
        half = math.sqrt(max(0.0, (1 - cosine) / (1 + cosine))) if cosine > 0.7 else 9.0
        if max(before.length, after.length) * 4 / 27 * half > _BULGE:
            out.append(after.s)
            continue
        u, v = before.u1 + after.u0, before.v1 + after.v0
        n = math.hypot(u, v)
        u, v = u / n, v / n
        legs[i - 1] = before._replace(u1=u, v1=v, straight=False)
        legs[i] = legs[i]._replace(u0=u, v0=v, straight=False)
    return tuple(out)
