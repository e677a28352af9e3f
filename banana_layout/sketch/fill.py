"""Filled areas: pen fills beside their outlines, marker fills in overlapping passes, highlighter bands."""

from __future__ import annotations

import math

import msgspec

from banana_layout.color import WHITE, Color
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint
from banana_layout.sketch.drift import Drift
from banana_layout.sketch.hand import HIGHLIGHT_SLANT, SketchHand
from banana_layout.sketch.noise import Dice
from banana_layout.sketch.trace import raised

_STEP: Pt = 12 * MM
"""Straight edges of a fill are bent at about this distance."""
_BASE, _PASS = 0.76, 0.50
"""Cover of a marker's base coat and of one pass over it."""
_BAND = 0.034
"""How much darker a band is than the coat, in the channel that shows it most: never a contrast behind text."""
_LEAN = math.tan(math.radians(3.2))
"""Marker passes rise to the right by this much."""


def strayed(path: Outline, hand: SketchHand, dice: Dice, amplitude_mm: float, beside: bool) -> Outline:
    """Return a filled shape with a hand's drift in its edges, and shifted where it lies beside an outline.

    Curves keep their own handles, so that the shape stays what it is; small shapes are drawn more steadily.
    """
    if not hand.wobble:
        return path
    verbs: list[str] = []
    coords: list[float] = []
    box = path.control_box()
    shift = (0.0, 0.0)
    if beside:
        angle = dice.between(0, 2 * math.pi)
        size = min(1.0, (box.w + box.h) / (30 * MM))
        far = dice.between(0.3, 1.0) * hand.shift_mm * MM * size * hand.wobble
        shift = (far * math.cos(angle), far * math.sin(angle))
    for part in path.subpaths():
        _stray(part, (hand, dice, amplitude_mm, shift), verbs, coords)
    return Outline("".join(verbs), tuple(coords))


def _stray(
    part: Outline,
    how: tuple[SketchHand, Dice, float, tuple[Pt, Pt]],
    verbs: list[str],
    coords: list[float],
) -> None:
    """Append one subpath, drifted."""
    hand, dice, amplitude_mm, (shift_x, shift_y) = how
    nodes, spans, total = _nodes(part)
    steady = min(1.0, 0.35 + total / (40 * MM))
    amplitude = amplitude_mm * MM * steady * hand.wobble
    wavelength = min(dice.between(22, 28) * MM, max(0.6 * total, 0.1))
    limit = hand.fill_drift_mm * MM * steady * hand.wobble
    drift = Drift.of(dice, amplitude, wavelength, limit, total or None)
    moves = drift.along([s for s, _, _ in nodes])
    n = len(nodes)
    slopes = []
    for i in range(n):
        a, b = max(0, i - 1), min(n - 1, i + 1)
        gap = nodes[b][0] - nodes[a][0]
        slopes.append(
            ((moves[b][0] - moves[a][0]) / gap, (moves[b][1] - moves[a][1]) / gap) if gap > 1e-9 else (0.0, 0.0)
        )
    verbs.append("M")
    coords += (nodes[0][1] + moves[0][0] + shift_x, nodes[0][2] + moves[0][1] + shift_y)
    for i, (x1, y1, x2, y2) in enumerate(spans):
        third = (nodes[i + 1][0] - nodes[i][0]) / 3
        (mx, my), (nx, ny) = moves[i], moves[i + 1]
        coords += (
            x1 + mx + shift_x + slopes[i][0] * third,
            y1 + my + shift_y + slopes[i][1] * third,
            x2 + nx + shift_x - slopes[i + 1][0] * third,
            y2 + ny + shift_y - slopes[i + 1][1] * third,
            nodes[i + 1][1] + nx + shift_x,
            nodes[i + 1][2] + ny + shift_y,
        )
    verbs.append("C" * len(spans) + "Z")


_Nodes = list[tuple[Pt, Pt, Pt]]
_Spans = list[tuple[Pt, Pt, Pt, Pt]]


def _nodes(part: Outline) -> tuple[_Nodes, _Spans, Pt]:
    """Return a closed subpath's nodes (distance, x, y), the handles between them, and its length."""
    x, y = part.coords[0], part.coords[1]
    first = (x, y)
    s = 0.0
    nodes: _Nodes = [(0.0, x, y)]
    spans: _Spans = []

    def line(to_x: Pt, to_y: Pt) -> None:
        nonlocal s
        dx, dy = to_x - x, to_y - y
        d = math.hypot(dx, dy)
        if d < 1e-6:
            return
        n = min(64, max(1, round(d / _STEP)))
        for i in range(n):
            a, b, e = (i + 1 / 3) / n, (i + 2 / 3) / n, (i + 1) / n
            spans.append((x + dx * a, y + dy * a, x + dx * b, y + dy * b))
            nodes.append((s + d * e, x + dx * e, y + dy * e))
        s += d

    for verb, c in part.segments():
        if verb == "L":
            line(*c)
        elif verb in "QC":
            x1, y1, x2, y2, x3, y3 = raised((x, y, *c)) if verb == "Q" else c
            chord = math.hypot(x3 - x, y3 - y)
            hull = math.hypot(x1 - x, y1 - y) + math.hypot(x2 - x1, y2 - y1) + math.hypot(x3 - x2, y3 - y2)
            s += (chord + hull) / 2
            spans.append((x1, y1, x2, y2))
            nodes.append((s, x3, y3))
        if c:
            x, y = c[-2], c[-1]
    line(*first)
    return nodes, spans, s


def pen_fill(item: Path, hand: SketchHand, dice: Dice) -> Path:
    """Return a pen item's fill; beside its outline where it has one."""
    lined = item.stroke is not None
    shape = strayed(item.path, hand, dice, 0.12 if lined else 0.20, lined)
    return Path(key=f"{item.key}~fill", path=shape, fill=item.fill, tool="exact")


def marker_fill(item: Path, hand: SketchHand, dice: Dice, paper: Color) -> list[Item]:
    """Return a marker's fill: an even coat and, clipped to it, the faint bands where its passes overlap.

    A base coat of 76 % under passes of 50 % that overlap by 0.25 to 0.8 mm looks the same as one coat of 88 % with
    darker bands where passes meet; that takes two paths instead of dozens. An opaque paint stays opaque.
    """
    paint = item.fill
    assert paint is not None
    shape = strayed(item.path, hand, dice, 0.17, True)
    bands = _bands(shape.control_box(), dice) if hand.streaks > 0 else Outline()
    if not bands.verbs:
        return [Path(key=f"{item.key}~fill", path=shape, fill=paint, tool="exact")]
    coat, band = _coats(paint, min(1.0, hand.streaks), paper)
    return [
        Path(key=f"{item.key}~fill", path=shape, fill=coat, tool="exact"),
        Group(
            key=f"{item.key}~passes",
            children=(Path(key=f"{item.key}~bands", path=bands, fill=band, tool="exact"),),
            role="artifact",
            clip=shape,
        ),
    ]


def _coats(paint: Paint, streaks: float, paper: Color) -> tuple[Paint, Paint]:
    """Return what a marker's coat and the bands over it are laid on with."""
    color = paint.color
    clear = (1 - _BASE) * (1 - _PASS) * streaks
    if paint.blend == "normal" and paint.opacity >= 1.0:
        light = color.mix(WHITE if paper.luminance > 0.5 else paper, clear)
        dark = light.multiplied(color)
        apart = max(a - b for a, b in zip(light, dark, strict=True))
        share = min(0.5, _BAND * streaks / apart) if apart > 0 else 0.0
        return Paint(light), Paint(light.mix(dark, share))
    return paint, _deeper(paint, (0.14 if paint.blend == "multiply" else 0.3) * streaks)


def _deeper(paint: Paint, share: float) -> Paint:
    """Return a translucent paint for where it lies on itself once more, and what it looks like there."""
    opacity = paint.opacity * share
    under = paint.stand_in or WHITE.mix(paint.color, paint.opacity)
    deep = under.mix(under.multiplied(paint.color) if paint.blend == "multiply" else paint.color, opacity)
    return msgspec.structs.replace(paint, opacity=opacity, stand_in=deep)


def _bands(box: Rect, dice: Dice) -> Outline:
    """Return the wedges where one pass of a marker overlaps the next, across a box."""
    out = PathBuilder()
    rise = box.w * _LEAN
    y = box.y + dice.between(1.6, 4.0) * MM
    while y < box.bottom + rise:
        thick = dice.between(0.25, 0.8) * MM
        left, right = thick * dice.between(0.1, 1.4), thick * dice.between(0.1, 1.4)
        tilt = rise * dice.between(0.75, 1.25)
        x0, x1 = box.x - MM, box.right + MM
        out.move(x0, y).line(x1, y - tilt).line(x1, y - tilt + right).line(x0, y + left).close()
        y += dice.between(2.6, 4.6) * MM
        if y - box.y > 2000 * MM:
            break
    return out.build()


def highlighter(item: Path, hand: SketchHand, dice: Dice) -> list[Item]:
    """Return a highlighter's band over the item's box: slanted flat ends, and darker where the ink pooled at them."""
    paint = item.fill
    assert paint is not None
    r = item.path.bounds()
    if r.w <= 0 or r.h <= 0:
        return []
    wobble = hand.wobble
    if not wobble:
        return [Path(key=f"{item.key}~band", path=Outline.rect(r), fill=paint, tool="exact")]
    slants = [min(dice.between(0.10, HIGHLIGHT_SLANT) * r.h, 0.3 * r.w) * wobble for _ in (0, 1)]
    tilt = math.tan(math.radians(dice.between(-0.35, 0.35))) * wobble
    tilt = max(-0.25 * MM, min(0.25 * MM, tilt * r.w / 2)) / (r.w / 2)
    edges = [Drift.of(dice, 0.17 * MM * wobble, 16 * MM, 0.24 * MM * wobble) for _ in (0, 1)]
    mid_x, mid_y = r.center
    top, bottom = (
        [
            (x, y + tilt * (x - mid_x) + stray)
            for (x, y), (_, stray) in zip(line, drift.along([x - line[0][0] for x, _ in line]), strict=True)
        ]
        for line, drift in (
            (_edge(r.x + slants[0], r.right + slants[1], mid_y - r.h / 2), edges[0]),
            (_edge(r.x - slants[0], r.right - slants[1], mid_y + r.h / 2), edges[1]),
        )
    )
    b = PathBuilder().move(*top[0])
    _through(b, top)
    bottom.reverse()
    b.line(*bottom[0])
    _through(b, bottom)
    b.close()
    widths = [min(dice.between(0.3, 1.0) * MM, 0.2 * r.w) for _ in (0, 1)]
    (a, d), (c, e) = (top[0], top[-1]), (bottom[0], bottom[-1])
    pools = PathBuilder()
    pools.move(*a).line(a[0] + widths[0], a[1]).line(e[0] + widths[0] * 0.7, e[1]).line(*e).close()
    pools.move(*d).line(*c).line(c[0] - widths[1], c[1]).line(d[0] - widths[1] * 0.7, d[1]).close()
    extra = _deeper(paint, dice.between(0.35, 0.50))
    return [
        Path(key=f"{item.key}~band", path=b.build(), fill=paint, tool="exact"),
        Path(key=f"{item.key}~pools", path=pools.build(), fill=extra, tool="exact"),
    ]


def _edge(x0: Pt, x1: Pt, y: Pt) -> list[tuple[Pt, Pt]]:
    """Return places along a level edge, close enough for its drift."""
    n = min(64, max(1, round((x1 - x0) / (8 * MM))))
    return [(x0 + (x1 - x0) * i / n, y) for i in range(n + 1)]


def _through(b: PathBuilder, points: list[tuple[Pt, Pt]]) -> None:
    """Continue with cubics through the points after the first."""
    n = len(points)
    if n == 2:
        b.line(*points[1])
        return
    for i in range(n - 1):
        p0, p1, p2, p3 = points[max(0, i - 1)], points[i], points[i + 1], points[min(n - 1, i + 2)]
        b.cubic(
            p1[0] + (p2[0] - p0[0]) / 6, p1[1] + (p2[1] - p0[1]) / 6,
            p2[0] - (p3[0] - p1[0]) / 6, p2[1] - (p3[1] - p1[1]) / 6, *p2,
        )  # fmt: skip
