"""Points, straight ways, polygons and boxes: what meets what."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect


def inside(p: Point, polygon: Sequence[Point]) -> bool:
    """Tell whether a point lies inside a closed polygon (W. R. Franklin's crossing test)."""
    odd = False
    x, y = p
    ax, ay = polygon[-1]
    for bx, by in polygon:
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            odd = not odd
        ax, ay = bx, by
    return odd


def first_hit(p: Point, q: Point, polygon: Sequence[Point]) -> Point | None:
    """Return where the straight way from `p` to `q` first meets a closed polygon's border."""
    best = 2.0
    dx, dy = q.x - p.x, q.y - p.y
    a = polygon[-1]
    for b in polygon:
        ex, ey = b.x - a.x, b.y - a.y
        d = dx * ey - dy * ex
        if abs(d) > 1e-12:
            t = ((a.x - p.x) * ey - (a.y - p.y) * ex) / d
            u = ((a.x - p.x) * dy - (a.y - p.y) * dx) / d
            if 0 <= t <= 1 and -1e-9 <= u <= 1 + 1e-9 and t < best:
                best = t
        a = b
    return p.toward(q, best) if best <= 1 else None


def crosses_rect(p: Point, q: Point, r: Rect) -> bool:
    """Tell whether a straight line has a part inside an open rectangle (Liang & Barsky 1984)."""
    if max(p.x, q.x) <= r.x or min(p.x, q.x) >= r.right or max(p.y, q.y) <= r.y or min(p.y, q.y) >= r.bottom:
        return False
    t0, t1 = 0.0, 1.0
    for d, low, high, s in ((q.x - p.x, r.x, r.right, p.x), (q.y - p.y, r.y, r.bottom, p.y)):
        if abs(d) < 1e-12:
            if s <= low or s >= high:
                return False
        else:
            a, b = (low - s) / d, (high - s) / d
            t0, t1 = max(t0, min(a, b)), min(t1, max(a, b))
            if t0 >= t1:
                return False
    return True
