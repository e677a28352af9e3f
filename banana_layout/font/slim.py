"""Glyph outlines with as few points as their shape needs: hand fonts are traced, and traced curves carry twice as many.

A stretch of curves that turns gently becomes one quadratic curve between the tangents at its ends, the longest that
stays within a tolerance (as in P. J. Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics
Gems, 1990, but growing greedily, with nothing to search: two tangents leave a quadratic curve no freedom). Where two
curves meet half way between their handles within the tolerance, their joint is set there, because both TrueType and
SVG leave such points out.
"""

from __future__ import annotations

import math

import msgspec

from banana_layout.geometry.path import Path

TOLERANCE = 0.0025
"""How far a slim outline may leave the font's, in em: 0.035 pt in running text, a third of a dot at 600 dpi."""
_JOINT = 0.0015
"""How far setting a joint between its handles may move a curve besides, in em."""
_CORNER = 0.35
"""Directions that differ by more, in radians, meet in a corner, which stays."""
_LONG = 0.2
"""A straight side longer than this, in em, is kept as a curve, so that it can bow."""
_MOST = 64
"""So many curves become one at most: traced letters hold far fewer, and a font of anything else takes its time in step
with its points."""
_LEAN = 0.12
"""How far a curve's ends may lean (sine of the angle) from the straight line that replaces it."""

_Curve = tuple[float, float, float, float, float, float]
"""A quadratic curve: start, handle, end."""
_Vector = tuple[float, float]


class SlimOutline(msgspec.Struct, frozen=True):
    """A glyph's outline (em, y down) in few lines and quadratic curves."""

    path: Path
    """The outline."""
    joints: tuple[int, ...] = ()
    """Where in its coordinates points stand that lie half way between the handles around them, in order."""

    def moved(self, coords: list[float]) -> SlimOutline:
        """Return the outline with other coordinates, its joints set half way between their handles again."""
        for j in self.joints:
            coords[j] = (coords[j - 2] + coords[j + 2]) / 2
            coords[j + 1] = (coords[j - 1] + coords[j + 3]) / 2
        return SlimOutline(Path(self.path.verbs, tuple(coords)), self.joints)


def slimmed(path: Path) -> SlimOutline:
    """Return an outline within `TOLERANCE` + `_JOINT` of another; one of cubic curves stays as it is."""
    if "C" in path.verbs:
        return SlimOutline(path)
    verbs: list[str] = []
    coords: list[float] = []
    joints: list[int] = []
    for part in path.subpaths():
        curves = _curves(part)
        if curves:
            _write(_fewer(curves), verbs, coords, joints)
    return SlimOutline(Path("".join(verbs), tuple(coords)), tuple(joints))


def _curves(part: Path) -> list[_Curve]:
    """Return a contour as quadratic curves; a straight line has its handle in its middle."""
    out: list[_Curve] = []
    x0 = y0 = 0.0
    for verb, c in part.segments():
        if verb == "Q":
            out.append((x0, y0, *c))  # type: ignore[arg-type]
        elif verb == "L" and (x0, y0) != c:
            out.append((x0, y0, (x0 + c[0]) / 2, (y0 + c[1]) / 2, c[0], c[1]))
        if c:
            x0, y0 = c[-2:]
    sx, sy = part.coords[:2]
    if abs(x0 - sx) + abs(y0 - sy) > 1e-9:
        out.append((x0, y0, (x0 + sx) / 2, (y0 + sy) / 2, sx, sy))
    return out


def _unit(x: float, y: float) -> _Vector:
    """Return a vector's direction."""
    r = math.sqrt(x * x + y * y) or 1.0
    return x / r, y / r


def _tangents(curves: list[_Curve]) -> tuple[list[_Vector], list[_Vector], list[bool]]:
    """Return each curve's directions at its start and end, and whether it starts smoothly; smooth ones share theirs."""
    heads, tails = [], []
    for x0, y0, cx, cy, x1, y1 in curves:
        bare = abs(cx - x0) + abs(cy - y0) < 1e-7
        heads.append(_unit(x1 - x0, y1 - y0) if bare else _unit(cx - x0, cy - y0))
        bare = abs(x1 - cx) + abs(y1 - cy) < 1e-7
        tails.append(_unit(x1 - x0, y1 - y0) if bare else _unit(x1 - cx, y1 - cy))
    smooth = []
    for i, (ax, ay) in enumerate(heads):
        bx, by = tails[i - 1]
        smooth.append(abs(math.atan2(bx * ay - by * ax, ax * bx + ay * by)) < _CORNER)
    for i, gentle in enumerate(smooth):
        if gentle:
            heads[i] = tails[i - 1] = _unit(heads[i][0] + tails[i - 1][0], heads[i][1] + tails[i - 1][1])
    return heads, tails, smooth


def _fewer(curves: list[_Curve]) -> list[tuple[_Curve, bool, bool]]:
    """Return a contour in longer curves: each with whether it starts smoothly and whether it is straight."""
    heads, tails, smooth = _tangents(curves)
    n = len(curves)
    first = next((i for i in range(n) if not smooth[i]), 0)
    curves, heads, tails = curves[first:] + curves[:first], heads[first:] + heads[:first], tails[first:] + tails[:first]
    smooth = smooth[first:] + smooth[:first]
    out: list[tuple[_Curve, bool, bool]] = []
    i = 0
    while i < n:
        x0, y0, cx, cy, x1, y1 = curves[i]
        handle = (cx, cy, abs(x0 + x1 - 2 * cx) + abs(y0 + y1 - 2 * cy) < 1e-9)
        end, misses = i + 1, 0
        for k in range(i + 2, min(n, i + _MOST) + 1):
            if not smooth[k - 1] or misses > 1:
                break
            found = _handle(curves, i, k, heads[i], tails[k - 1])
            if found is not None:
                handle, end, misses = found, k, 0
            else:
                misses += 1
        out.append(((x0, y0, *handle[:2], *curves[end - 1][4:]), smooth[i], handle[2]))
        i = end
    return out


def _handle(curves: list[_Curve], i: int, k: int, head: _Vector, tail: _Vector) -> tuple[float, float, bool] | None:
    """Return the handle of the curve that stands for `curves[i:k]`, and whether it is straight; None where none does."""
    x0, y0 = curves[i][:2]
    x1, y1 = curves[k - 1][4:]
    dx, dy = x1 - x0, y1 - y0
    hx, hy = head
    tx, ty = tail
    cross = hx * ty - hy * tx
    chord = math.sqrt(dx * dx + dy * dy)
    if chord < 1e-6:
        return None
    if abs(cross) > 0.02:
        a, b = (dx * ty - dy * tx) / cross, (hx * dy - hy * dx) / cross
        if 0 < a < 3 * chord and 0 < b < 3 * chord:
            if hx * tx + hy * ty < -0.2 or not _near(curves, i, k, (a * hx, a * hy)):
                return None
            return x0 + a * hx, y0 + a * hy, False
    ux, uy = dx / chord, dy / chord
    if abs(hx * uy - hy * ux) > _LEAN or abs(tx * uy - ty * ux) > _LEAN:
        return None
    for _, _, cx, cy, ex, ey in curves[i:k]:
        if abs((ex - x0) * uy - (ey - y0) * ux) > TOLERANCE or abs((cx - x0) * uy - (cy - y0) * ux) > 2 * TOLERANCE:
            return None
    return (x0 + x1) / 2, (y0 + y1) / 2, True


def _near(curves: list[_Curve], i: int, k: int, to_handle: _Vector) -> bool:
    """Tell whether `curves[i:k]` keep to the quadratic curve over their ends with this handle (from the start).

    In coordinates of its triangle the curve is v² = 4uw; a point's value over its gradient is its distance, to first order.
    """
    x0, y0 = curves[i][:2]
    ex, ey = to_handle
    dx, dy = curves[k - 1][4] - x0, curves[k - 1][5] - y0
    area = ex * dy - ey * dx
    if abs(area) < 1e-12:
        return False
    vx, vy, wx, wy = dy / area, -dx / area, -ey / area, ex / area
    limit = TOLERANCE * TOLERANCE
    last = k - 1
    for m in range(last, i - 1, -1):
        ax, ay, cx, cy, bx, by = curves[m]
        places = [((ax + 2 * cx + bx) / 4 - x0, (ay + 2 * cy + by) / 4 - y0)]
        if m < last:
            places.append((bx - x0, by - y0))
        for x, y in places:
            v, w = x * vx + y * vy, x * wx + y * wy
            u = 1 - v - w
            if u < -0.05 or w < -0.05:
                return False
            gx = 2 * v * vx - 4 * (u * wx - w * (vx + wx))
            gy = 2 * v * vy - 4 * (u * wy - w * (vy + wy))
            value = v * v - 4 * u * w
            if value * value > limit * (gx * gx + gy * gy):
                return False
    return True


def _write(curves: list[tuple[_Curve, bool, bool]], verbs: list[str], coords: list[float], joints: list[int]) -> None:
    """Append a contour; short straight curves become lines, and joints are set between their handles where they may be."""
    places = [list(c) for c, _, _ in curves]
    bare = [straight and math.dist(c[:2], c[4:]) <= _LONG for c, _, straight in curves]
    verbs.append("M")
    coords += places[0][:2]
    for i, one in enumerate(places):
        if bare[i]:
            verbs.append("L")
        else:
            verbs.append("Q")
            coords += one[2:4]
            if i + 1 < len(places) and curves[i + 1][1] and not bare[i + 1] and _joined(one, places[i + 1]):
                joints.append(len(coords))
        coords += one[4:]
    verbs.append("Z")


def _joined(a: list[float], b: list[float]) -> bool:
    """Set the joint of two curves half way between their handles, if that moves neither too far."""
    x0, y0, ax, ay, x, y = a
    _, _, bx, by, x1, y1 = b
    mx, my = (ax + bx) / 2, (ay + by) / 2
    dx, dy = mx - x, my - y
    for sx, sy, cx, cy in ((x0, y0, ax, ay), (x1, y1, bx, by)):
        # Shifting an end moves the place two thirds along the curve by 4/9 of the shift; across it that counts.
        ux, uy = _unit((cx - sx) + 2 * (x - cx), (cy - sy) + 2 * (y - cy))
        if abs(dx * uy - dy * ux) * 0.45 > _JOINT:
            return False
    ux, uy = _unit(bx - ax, by - ay)
    if abs(dx * uy - dy * ux) > _JOINT:
        return False
    a[4], a[5], b[0], b[1] = mx, my, mx, my
    return True
