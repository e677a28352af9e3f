"""The paper's own faint ruling."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import MM, Pt
from banana_layout.scene.item import Path
from banana_layout.sketch.drift import Drift
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice

_SHADES = ((0.76, 0.78), (1.22, 0.86), (0.92, 1.0), (1.08, 0.94), (0.86, 0.9), (1.16, 0.8))
"""Width and opacity factors; a pattern of many lines takes them in turn, one path a shade."""


def ruling(item: Path, hand: SketchHand, dice: Dice) -> list[Path]:
    """Return the lines of a paper pattern, each a little off its place, uneven in width and strength.

    They stay stroked curves of few nodes. Many lines share a path with the others of their shade: equal in looks to
    a path each, and small.
    """
    stroke = item.stroke
    if stroke is None:
        return [msgspec.structs.replace(item, tool="exact")]
    buckets: list[tuple[list[str], list[float]]] = [([], []) for _ in _SHADES]
    for part in item.path.subpaths():
        shade = dice.bits() % len(_SHADES)
        _line(part, hand, dice, buckets[shade])
    out = []
    much = min(1.0, hand.width)
    for i, (verbs, coords) in enumerate(buckets):
        if not verbs:
            continue
        wide, strong = _SHADES[i]
        paint = msgspec.structs.replace(stroke.paint, opacity=stroke.paint.opacity * (1 - (1 - strong) * much))
        line = msgspec.structs.replace(stroke, width=stroke.width * (1 + (wide - 1) * much), paint=paint)
        shape = Outline("".join(verbs), tuple(coords))
        out.append(Path(key=f"{item.key}~lines{i}", path=shape, stroke=line, tool="exact"))
    return out


def _line(part: Outline, hand: SketchHand, dice: Dice, out: tuple[list[str], list[float]]) -> None:
    """Append one line, drifted and shifted; anything but a straight line keeps its own nodes."""
    verbs, coords = out
    shift = (dice.between(-0.05, 0.05) * MM * hand.wobble, dice.between(-0.05, 0.05) * MM * hand.wobble)
    drift = Drift.of(dice, 0.10 * MM * hand.wobble, 70 * MM, 0.14 * MM * hand.wobble)
    if part.verbs != "ML" or not hand.wobble:
        verbs.append(part.verbs)
        coords += part.shifted(*shift).coords
        return
    x0, y0, x1, y1 = part.coords
    d = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
    n = min(16, max(1, round(d / (60 * MM))))
    points = [
        (x0 + (x1 - x0) * i / n + dx + shift[0], y0 + (y1 - y0) * i / n + dy + shift[1])
        for i, (dx, dy) in enumerate(drift.along([d * i / n for i in range(n + 1)]))
    ]
    verbs.append("M" + "C" * n)
    coords += points[0]
    for i in range(n):
        p0, p1, p2, p3 = points[max(0, i - 1)], points[i], points[i + 1], points[min(n, i + 2)]
        coords += _handles(p0, p1, p2, p3)


def _handles(
    p0: tuple[Pt, Pt], p1: tuple[Pt, Pt], p2: tuple[Pt, Pt], p3: tuple[Pt, Pt]
) -> tuple[Pt, Pt, Pt, Pt, Pt, Pt]:
    """Return the cubic from `p1` to `p2` with Catmull-Rom tangents."""
    return (
        p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6,
        p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6, *p2,
    )  # fmt: skip
