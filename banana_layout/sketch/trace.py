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
_ASTRAY: Pt = 0.1
"""How far a leg may leave its curve, or round a bend of a polyline: a fifth of a hand's drift."""
_FINEST = 1 / 256
"""The shortest leg of a curve, in its parameter."""


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


def trace(part: Path, astray: Pt = _ASTRAY) -> Trace:
    """Return one subpath's centre line, no farther than `astray` from it; pieces of no length are left out."""
    legs: list[Leg] = []
    s = x = y = start_x = start_y = 0.0
    for verb, c in part.segments():
        if verb == "M":
            x, y = start_x, start_y = c
            continue
        if verb == "C":
            s = _curve(legs, s, (x, y, *c), astray)
        elif verb == "Q":
            s = _curve(legs, s, (x, y, *raised((x, y, *c))), astray)
        else:
            s = _line(legs, s, (x, y, *(c or (start_x, start_y))))
        if c:
            x, y = c[-2], c[-1]
    corners = _corners(legs, part.is_closed, astray)
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


def raised(p: tuple[float, ...]) -> tuple[Pt, Pt, Pt, Pt, Pt, Pt]:
    """Return the operands of the cubic that equals a quadratic Bézier, from its three points."""
    x, y, x1, y1, x2, y2 = p
    return x + (x1 - x) * 2 / 3, y + (y1 - y) * 2 / 3, x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3, x2, y2


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


def _curve(legs: list[Leg], s: Pt, p: tuple[float, ...], astray: Pt) -> Pt:
    """Append a cubic's legs; return the distance at its end."""
    x0, y0, x1, y1, x2, y2, x3, y3 = p
    ax, ay, bx, by, cx, cy = x1 - x0, y1 - y0, x2 - x1, y2 - y1, x3 - x2, y3 - y2
    turn = _angle(ax, ay, bx, by) + _angle(bx, by, cx, cy) if bx or by else _angle(ax, ay, cx, cy)
    if turn < _FLAT:
        return _line(legs, s, (x0, y0, x3, y3))
    n = min(8, max(1, math.ceil(turn / _TURN)))
    here = _on_curve(p, 0.0)
    todo = [i / n for i in range(n, 0, -1)]
    t = 0.0
    while todo:
        there = _on_curve(p, todo[-1])
        dt = todo[-1] - t
        if dt > _FINEST and _astray(here, there, dt) > astray:
            todo.append(t + dt / 2)
            continue
        x, y, u, v, _ = here
        px, py, pu, pv, _ = there
        chord = math.hypot(px - x, py - y)
        if chord > 1e-6:
            # an arc that turns through q is q/2 / sin(q/2) times its chord: 1 + q²/24 and so on
            cosine = u * pu + v * pv
            if cosine < 0:  # a cusp, down to the finest leg
                s = _line(legs, s, (x, y, px, py))
            else:
                d = chord * (1 + (1 - cosine) / 12)
                legs.append(Leg(s, d, x, y, px, py, u, v, pu, pv, False))
                s += d
        t = todo.pop()
        here = there
    return s


def _on_curve(p: tuple[float, ...], t: float) -> tuple[Pt, Pt, float, float, float]:
    """Return a cubic's place, unit direction and speed at `t`."""
    x0, y0, x1, y1, x2, y2, x3, y3 = p
    r = 1 - t
    a, b, e, f = r * r * r, 3 * r * r * t, 3 * r * t * t, t * t * t
    x, y = a * x0 + b * x1 + e * x2 + f * x3, a * y0 + b * y1 + e * y2 + f * y3
    a, b, e = 3 * r * r, 6 * r * t, 3 * t * t
    u = a * (x1 - x0) + b * (x2 - x1) + e * (x3 - x2)
    v = a * (y1 - y0) + b * (y2 - y1) + e * (y3 - y2)
    speed = math.hypot(u, v)
    if speed > 1e-9:
        return x, y, u / speed, v / speed, speed
    u, v = _unit((x2 - x0, y2 - y0), (x3 - x0, y3 - y0)) if t < 0.5 else _unit((x3 - x1, y3 - y1), (x3 - x0, y3 - y0))
    return x, y, u, v, speed


def _astray(p: tuple[float, ...], q: tuple[float, ...], dt: float) -> Pt:
    """Return about how far the even-handled cubic between two places of a curve leaves the curve.

    The curve's own handles are a third of its speed there; what they differ by shows only across the chord.
    """
    x, y, u, v, speed = p
    x1, y1, u1, v1, speed1 = q
    dx, dy = x1 - x, y1 - y
    chord = math.hypot(dx, dy)
    if chord < 1e-6:
        return speed * dt
    if u * u1 + v * v1 < 0:
        return math.inf
    k = chord * handle(u * u1 + v * v1)
    aside = abs(speed * dt / 3 - k) * abs(u * dy - v * dx) + abs(speed1 * dt / 3 - k) * abs(u1 * dy - v1 * dx)
    return 0.375 * aside / chord


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


def _corners(legs: list[Leg], closed: bool, astray: Pt) -> tuple[Pt, ...]:
    """Return where the line bends too sharply to be drawn round; smaller bends are smoothed in place."""
    out = []
    for i in range(0 if closed else 1, len(legs)):
        before, after = legs[i - 1], legs[i]
        cosine = before.u1 * after.u0 + before.v1 * after.v0
        if cosine > 0.99999:
            continue
        half = math.sqrt(max(0.0, (1 - cosine) / (1 + cosine))) if cosine > 0.7 else 9.0
        if max(before.length, after.length) * 4 / 27 * half > astray:
            out.append(after.s)
            continue
        u, v = before.u1 + after.u0, before.v1 + after.v0
        n = math.hypot(u, v)
        u, v = u / n, v / n
        legs[i - 1] = before._replace(u1=u, v1=v, straight=False)
        legs[i] = legs[i]._replace(u0=u, v0=v, straight=False)
    return tuple(out)
