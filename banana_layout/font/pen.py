"""Letters of straight bars with square ends, drawn as a pen would: ends round, strokes swell, no two arms equally long."""

from __future__ import annotations

import math
from itertools import pairwise

from banana_layout.font.slim import SlimOutline
from banana_layout.geometry.path import Path

REACH = 0.045
"""Farthest a pen's outline leaves the letter's, in em."""
_END = (0.025, 0.125)
"""Edges of such a length, in em, may be a stroke's end."""
_BACK = -0.75
"""Cosine of the angle between an end's two sides: they run nearly against each other."""
_RUN, _SWING = 0.004, 0.014
"""How much further an end goes on the whole, and how much that changes from end to end, in em."""
_NARROW = 0.10
"""Share of its width that an end loses on the whole, and by which that changes."""
_ROUND = 0.62
"""How far the handle of an end's curve lies before it, against the end's width."""
_SWELL = 0.006
"""Height of the two waves that swell and thin a stroke on each side, in em."""
_LONG = 0.1
"""Straight sides longer than this, in em, may bow."""

_DOT = 0.2
"""A contour of straight sides no larger than this, in em, is a dot."""
_CHAMFER = (0.3, 1.35)
"""Corners that turn outward by so much, in radians, become round …"""
_RADIUS = 0.045
"""… beginning this far from them, in em."""

_Node = tuple[float, float, bool]
"""A point of a contour and whether it lies on it."""


def penned(slim: SlimOutline, number: int) -> SlimOutline:
    """Return a letter of bars as try `number` of a pen has it; within `REACH` of what it was.

    Which end does what follows from where it stands and the number, so the same try is always the same drawing.
    """
    if "C" in slim.path.verbs or not slim.path.verbs:
        return slim
    contours = [_nodes(part) for part in slim.path.subpaths()]
    areas = [_area(c) for c in contours]
    hand = math.copysign(1.0, max(areas, key=abs))  # which way round the letter's outer contours go
    verbs: list[str] = []
    coords: list[float] = []
    for nodes in contours:
        corners = [node for node in nodes if node[2]]
        if _is_dot(nodes, corners):
            drawn = _blob(corners)
        else:
            drawn = _ended(_swollen(_softened(nodes, hand), hand, number), hand, number)
        _write(drawn, verbs, coords)
    return SlimOutline(Path("".join(verbs), tuple(coords)))


def _nodes(part: Path) -> list[_Node]:
    """Return a closed contour's points; long straight sides gain a handle in their middle."""
    out: list[_Node] = []
    x0 = y0 = 0.0
    for verb, c in part.segments():
        if verb == "Q":
            out.append((c[0], c[1], False))
        elif verb == "L" and math.hypot(c[0] - x0, c[1] - y0) > _LONG:
            out.append(((x0 + c[0]) / 2, (y0 + c[1]) / 2, False))
        if c:
            x0, y0 = c[-2:]
            out.append((x0, y0, True))
    if len(out) > 1 and out[0][:2] == out[-1][:2]:
        out.pop()
    return out


def _area(nodes: list[_Node]) -> float:
    """Return twice the area inside a contour's polygon, signed."""
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in zip(nodes, nodes[1:] + nodes[:1], strict=True))


def _is_dot(nodes: list[_Node], corners: list[_Node]) -> bool:
    """Tell whether a contour is a small polygon: its sides hold a handle at most."""
    xs, ys = [x for x, _, _ in nodes], [y for _, y, _ in nodes]
    return len(corners) < 6 and max(max(xs) - min(xs), max(ys) - min(ys)) < _DOT


def _blob(nodes: list[_Node]) -> list[_Node]:
    """Return a small polygon as a round dot of about its size: its corners, a little further out, become handles."""
    n = len(nodes)
    mx, my = math.fsum(x for x, _, _ in nodes) / n, math.fsum(y for _, y, _ in nodes) / n
    far = [(mx + 1.08 * (x - mx), my + 1.08 * (y - my)) for x, y, _ in nodes]
    out: list[_Node] = []
    for (x, y), (x1, y1) in zip(far, far[1:] + far[:1], strict=True):
        out += ((x, y, False), ((x + x1) / 2, (y + y1) / 2, True))
    return out


def _softened(nodes: list[_Node], hand: float) -> list[_Node]:
    """Return a contour whose cut-off corners are round."""
    out: list[_Node] = []
    n = len(nodes)
    for i, (x, y, on) in enumerate(nodes):
        before, after = nodes[i - 1], nodes[(i + 1) % n]
        a, b = math.dist((x, y), before[:2]), math.dist((x, y), after[:2])
        ux, uy = _toward(before, nodes[i])
        vx, vy = _toward(nodes[i], after)
        turn = hand * math.atan2(ux * vy - uy * vx, ux * vx + uy * vy)
        if not on or not _CHAMFER[0] < turn < _CHAMFER[1] or min(a, b) < 1e-6:
            out.append((x, y, on))
            continue
        r, q = min(_RADIUS, a / 2), min(_RADIUS, b / 2)
        out += ((x - r * ux, y - r * uy, True), (x, y, False), (x + q * vx, y + q * vy, True))
    return out


def _swollen(nodes: list[_Node], hand: float, number: int) -> list[_Node]:
    """Return a contour pushed out and in by waves along its normals: both sides of a stroke are, so it swells and thins."""
    out: list[_Node] = []
    n = len(nodes)
    for i, (x, y, on) in enumerate(nodes):
        ax, ay, _ = nodes[i - 1]
        bx, by, _ = nodes[(i + 1) % n]
        dx, dy = bx - ax, by - ay
        r = math.hypot(dx, dy)
        if r < 1e-9:
            out.append((x, y, on))
            continue
        push = _SWELL * hand * (math.sin(9.1 * x + 4.3 * y + 2.4 * number) + math.sin(3.7 * x - 8.3 * y + 4.1 * number))
        out.append((x + push * dy / r, y - push * dx / r, on))
    return out


def _ended(nodes: list[_Node], hand: float, number: int) -> list[_Node]:
    """Return a contour whose square ends run on or stop short, narrow a little and are round."""
    n = len(nodes)
    moved: dict[int, _Node] = {}
    caps: dict[int, _Node] = {}
    for i in range(n):
        j = (i + 1) % n
        (x0, y0, on0), (x1, y1, on1) = nodes[i], nodes[j]
        width = math.hypot(x1 - x0, y1 - y0)
        if not (on0 and on1) or not _END[0] < width < _END[1]:
            continue
        ax, ay = _toward(nodes[i - 1], nodes[i])
        bx, by = _toward(nodes[j], nodes[(j + 1) % n])
        ex, ey = (x1 - x0) / width, (y1 - y0) / width
        if ax * bx + ay * by > _BACK or hand * (ax * ey - ay * ex) < 0.4 or hand * (ex * by - ey * bx) < 0.4:
            continue
        ox, oy = _toward((bx, by, True), (ax, ay, True))  # the way the stroke goes
        run = _RUN + _SWING * math.sin(31 * x0 + 17 * y0 + 1.9 * number) - 0.25 * _ROUND * width
        slim = _NARROW * (1 + math.sin(23 * x0 - 29 * y0 + 2.7 * number)) / 2 * width
        moved[i] = (x0 + run * ox + slim * ex, y0 + run * oy + slim * ey, True)
        moved[j] = (x1 + run * ox - slim * ex, y1 + run * oy - slim * ey, True)
        far = run + _ROUND * width
        caps[i] = ((x0 + x1) / 2 + far * ox, (y0 + y1) / 2 + far * oy, False)
    out: list[_Node] = []
    for i, node in enumerate(nodes):
        out.append(moved.get(i, node))
        if i in caps:
            out.append(caps[i])
    return out


def _toward(a: _Node, b: _Node) -> tuple[float, float]:
    """Return the direction from one point to another."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    r = math.hypot(dx, dy) or 1.0
    return dx / r, dy / r


def _write(nodes: list[_Node], verbs: list[str], coords: list[float]) -> None:
    """Append a contour, beginning at a point that lies on it."""
    first = next((i for i, node in enumerate(nodes) if node[2]), 0)
    nodes = nodes[first:] + nodes[: first + 1]
    verbs.append("M")
    coords += nodes[0][:2]
    for a, b in pairwise(nodes):
        if not b[2]:
            coords += b[:2]
        elif not a[2]:
            verbs.append("Q")
            coords += b[:2]
        elif math.dist(a[:2], b[:2]) > 1e-6:
            verbs.append("L")
            coords += b[:2]
    verbs.append("Z")
