"""One coordinate of a Bézier curve: values and extremes, pure numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence


def at(p: Sequence[float], t: float) -> float:
    """Return the coordinate at `t` (0 to 1) of a Bézier with control values `p` (3 or 4 of them)."""
    u = 1 - t
    if len(p) == 3:
        return u * u * p[0] + 2 * u * t * p[1] + t * t * p[2]
    return u * u * u * p[0] + 3 * u * u * t * p[1] + 3 * u * t * t * p[2] + t * t * t * p[3]


def extremes(p: Sequence[float]) -> list[float]:
    """Return one coordinate's values at the inner extremes of a Bézier with control values `p` (3 or 4 of them)."""
    if len(p) == 3:
        d = p[0] - 2 * p[1] + p[2]
        roots = [(p[0] - p[1]) / d] if abs(d) > 1e-12 else []
    else:
        a = -p[0] + 3 * p[1] - 3 * p[2] + p[3]
        b = 2 * (p[0] - 2 * p[1] + p[2])
        c = p[1] - p[0]
        roots = _quadratic_roots(a, b, c)
    return [at(p, t) for t in roots if 0 < t < 1]


def _quadratic_roots(a: float, b: float, c: float) -> list[float]:
    """Return the real roots of a t² + b t + c, without cancellation where b² far exceeds a c.

    W. Press et al., "Numerical Recipes", section 5.6: the larger root first, the other from their product.
    """
    if abs(a) < 1e-12:
        return [-c / b] if abs(b) > 1e-12 else []
    d = b * b - 4 * a * c
    if d < 0:
        return []
    q = -(b + math.copysign(math.sqrt(d), b)) / 2
    return [q / a, c / q] if q else [0.0]
