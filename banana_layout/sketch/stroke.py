"""Strokes of pens and markers as filled outlines."""

from __future__ import annotations

import math
from itertools import pairwise

import msgspec

from banana_layout.geometry.path import Path
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.scene.paint import Stroke
from banana_layout.sketch.chalk import crumble
from banana_layout.sketch.course import Piece, pieces
from banana_layout.sketch.drift import Drift
from banana_layout.sketch.hand import SketchHand
from banana_layout.sketch.noise import Dice, noises
from banana_layout.sketch.ribbon import Ribbons, directions
from banana_layout.sketch.trace import Trace, trace

_STEP: Pt = 9.0 * MM
"""Distance of stations on a straight stroke: a third of the drift's wavelength."""
_START_TAPER, _START_SHARE = 0.9 * MM, 0.62
"""Where a pen touches down: over this length from this share of the width."""
_END_TAPER, _END_SHARE = 2.2 * MM, 0.34
"""Where it lifts off."""
_BEND = 2.0 * MM
"""Bends of this radius and tighter are drawn broadest."""
_SLOW, _FAST = 1 / (11 * MM), 1 / (2.3 * MM)
"""How often the width swells, per point."""
_MOST = 1500
"""Stations for length alone at most on a line, however long it is."""
_EXACT: Pt = 0.003
"""How far a stroke that does not wobble may leave its line."""
_TOUCH_SHARE = 0.86
"""Share of the width next to a touchdown dot."""
_PAST = (0.35, 0.95)
"""Shares of the overshoot a stroke may take."""


class Run(msgspec.Struct, frozen=True):
    """One stroke along a centre line: from where to where, and how its ends look."""

    start: Pt
    """Distance along the line; below 0 where the pen starts before it."""
    end: Pt
    """Distance along the line; beyond its length where the pen runs on or goes round again."""
    tapers: tuple[float, float] = (_START_SHARE, _END_SHARE)
    """Share of the width at the start and the end; 1 for none."""
    lengths: tuple[Pt, Pt] = (_START_TAPER, _END_TAPER)
    """How long each taper is."""
    miss: Pt = 0.0
    """How far the end is led past the start beside it: to the left of the line, or right where below 0."""
    touch: Pt = 0.0
    """Radius of the dot where the pen touches down; 0 for none."""


class Pen(msgspec.Struct, frozen=True):
    """What draws: the stroke, its hand and its dice."""

    stroke: Stroke
    """Width, dashes, overshoot."""
    hand: SketchHand
    """How far it strays."""
    ease: float
    """Share of the drift that is left; a ruler's is small."""
    dice: Dice
    """The item's own random numbers."""
    broad: bool = False
    """Whether it is a marker: an even width and blunt ends."""


def stroke_outline(path: Path, pen: Pen) -> Path:
    """Return the ink of a path's line as filled outlines, to be filled nonzero; empty where the path has no length."""
    ink = Ribbons()
    for part in path.subpaths():
        for line in _lines(part, pen.hand):
            _draw(line, pen, ink)
    return ink.build()


def _lines(part: Path, hand: SketchHand) -> list[Trace]:
    """Return a subpath as the lines a pen draws it in: a diamond in two, anything else in one."""
    if not hand.wobble:
        return [trace(part, _EXACT)]
    halves = _diamond(part)
    return [trace(p) for p in halves] if halves else [trace(part)]


def _draw(line: Trace, pen: Pen, ink: Ribbons) -> None:
    """Add the strokes of one line."""
    if not line.legs:
        return
    drift = _drift(line, pen)
    swell = (pen.dice.offset(), pen.dice.offset())
    if _in_sides(line, pen):
        for side, run in _sides(line, pen):
            _ink(side, run, pen, drift, swell, ink)
    else:
        for run in _runs(line, pen):
            _ink(line, run, pen, drift, swell, ink)


def _drift(line: Trace, pen: Pen) -> Drift:
    """Return the line's own drift: short ones are steadier."""
    dice = pen.dice
    steady = min(1.0, 0.35 + line.length / (40 * MM))
    amplitude = dice.between(0.16, 0.20) * MM * steady * pen.ease * pen.hand.wobble
    limit = pen.hand.drift_mm * MM * pen.ease * pen.hand.wobble
    return Drift.of(dice, amplitude, dice.between(24, 30) * MM, limit, line.length if line.closed else None)


def _runs(line: Trace, pen: Pen) -> list[Run]:
    """Return the strokes that draw a line."""
    stroke = pen.stroke
    if stroke.dash is not None and math.fsum(stroke.dash) > 0.2:
        return _dashes(line, pen)
    if pen.broad:
        return [Run(0.0, line.length, tapers=(1.0, 1.0))]
    if not line.closed:
        over = stroke.overshoot * pen.hand.overshoot
        return [_whole(pen, -over * pen.dice.between(*_PAST), line.length + over * pen.dice.between(*_PAST))]
    return [_loop(line, pen)]


def _whole(pen: Pen, start: Pt, end: Pt, tapered: bool = True) -> Run:
    """Return a plain stroke, tapered and touched down as the pen does."""
    length, width = end - start, pen.stroke.width
    touch = 0.0
    drawn = pen.dice.between(0, 1) < 0.5
    radius = pen.dice.between(0.5, 0.56) * width
    if not (tapered and pen.stroke.taper) or length < 2 * width:
        return Run(start, end, tapers=(1.0, 1.0))
    if drawn and length > 10 * width and pen.hand.width > 0 and pen.stroke.widths is None:
        touch = radius
    much = min(1.0, pen.hand.width)
    share = _TOUCH_SHARE if touch else _START_SHARE
    broad = max(1.0, width / (0.62 * MM))
    return Run(
        start,
        end,
        tapers=(1 - (1 - share) * much, 1 - (1 - _END_SHARE) * much),
        lengths=(min(_START_TAPER * broad, 0.2 * length), min(_END_TAPER * broad, 0.35 * length)),
        touch=touch,
    )


def _in_sides(line: Trace, pen: Pen) -> bool:
    """Tell whether a line is an angular box, drawn a side at a time."""
    return line.closed and line.angular and len(line.corners) > 1 and pen.stroke.dash is None and not pen.broad


def _sides(line: Trace, pen: Pen) -> list[tuple[Trace, Run]]:
    """Return each side of an angular box as a line of its own, and its stroke, which runs past both corners."""
    over = pen.stroke.overshoot * pen.hand.overshoot
    first = line.corners[0]
    legs = [leg for leg in line.legs if leg.s >= first]
    legs += [leg._replace(s=leg.s + line.length) for leg in line.legs if leg.s < first]
    stops = [*line.corners, first + line.length]
    out = []
    for a, b in pairwise(stops):
        side = Trace(tuple(leg for leg in legs if a <= leg.s < b), line.length, False, ())
        out.append((side, _side(pen, a, b, min(over, 0.25 * (b - a)))))
    return out


def _side(pen: Pen, a: Pt, b: Pt, past: Pt) -> Run:
    """Return one side; the pen tapers only where it runs past the corner."""
    return _whole(pen, a - past * pen.dice.between(*_PAST), b + past * pen.dice.between(*_PAST), past > 0)


def _loop(line: Trace, pen: Pen) -> Run:
    """Return the one stroke that draws a closed smooth line: it overlaps its own start and misses it a little."""
    dice, wobble = pen.dice, min(1.0, pen.hand.wobble)
    start = _loop_start(line, dice)
    overlap = min(dice.between(3, 5) * MM, 0.12 * line.length) * wobble
    small = min(1.0, line.length / (60 * MM))
    miss = dice.between(0.25, pen.hand.miss_mm) * MM * small * wobble * dice.either() * pen.ease
    run = _whole(pen, start, start + line.length + overlap)
    touch = run.touch if line.length > 80 * MM else 0.0
    return msgspec.structs.replace(run, miss=miss, touch=touch)


def _loop_start(line: Trace, dice: Dice) -> Pt:
    """Return where a loop is begun: before the top-right corner of a large one, along the bottom of a small box."""
    straight = [leg for leg in line.legs if leg.straight and leg.length > 4 * MM]
    if straight and line.length < 240 * MM:
        level = [leg for leg in straight if abs(leg.v0) < 0.2]
        if level:
            low = max(level, key=lambda leg: leg.y0 + leg.y1)
            return low.s + low.length * dice.between(0.2, 0.45)
    corner = max(line.legs, key=lambda leg: leg.x0 + leg.x1 - leg.y0 - leg.y1)
    back = min(dice.between(2, 6) * MM, 0.08 * line.length)
    return (corner.s - back) % line.length


def _dashes(line: Trace, pen: Pen) -> list[Run]:
    """Return the dashes along a line: uneven, and the last one whole, so that an arrow's head meets ink."""
    stroke, dice = pen.stroke, pen.dice
    assert stroke.dash is not None
    on, off = stroke.dash
    uneven = 0.2 * min(1.0, pen.hand.wobble)
    lengths: list[Pt] = []
    total = 0.0
    goal = line.length - (off if line.closed else 0.0)
    limit = max(1, min(400, round((goal + off) / (on + off))))
    for _ in range(limit):
        lengths += (on * dice.between(1 - uneven, 1 + uneven), off * dice.between(1 - uneven, 1 + uneven))
        total += lengths[-1] + lengths[-2]
    total -= lengths.pop()
    fit = goal / total
    much = min(1.0, pen.hand.width) if stroke.taper and not pen.broad else 0.0
    tapers = (1 - 0.2 * much, 1 - 0.4 * much)
    out = []
    at = 0.0
    for i, length in enumerate(lengths):
        if i % 2 == 0:
            mark = 0.45 * length * fit
            out.append(Run(at, at + length * fit, tapers, (mark, length * fit - mark)))
        at += length * fit
    return out


def _ink(line: Trace, run: Run, pen: Pen, drift: Drift, swell: tuple[float, float], ink: Ribbons) -> None:
    """Add one stroke's outline."""
    marks = []
    if run.tapers[0] < 1:
        marks.append(run.start + run.lengths[0])
    if run.tapers[1] < 1 and run.end - run.lengths[1] > run.start + run.lengths[0] + 0.3:
        marks.append(run.end - run.lengths[1])
    step = max(_STEP, line.length / _MOST)
    parts = pieces(line, run.start, run.end, step, marks)
    for i, piece in enumerate(parts):
        s = [p.s for p in piece]
        off = drift.along(s)
        if run.miss:
            off = _missed(piece, off, run)
        moved = directions(s, [(p.x, p.y, p.u, p.v) for p in piece], off)
        half = _half_widths(piece, line, run, pen, swell)
        ink.add(s, moved, half, (pen.broad and i == 0, pen.broad and i == len(parts) - 1))
        if pen.hand.texture == "chalk" and not pen.broad:
            crumble(ink, s, moved, half, pen.dice)
        if i == 0 and run.touch:
            x, y, u, v = moved[0]
            ink.dot(x + 0.25 * run.touch * u, y + 0.25 * run.touch * v, run.touch)


def _missed(piece: Piece, off: list[tuple[Pt, Pt]], run: Run) -> list[tuple[Pt, Pt]]:
    """Return the drift with a closing stroke's end led aside, over its last tenth or so."""
    ramp = min(14 * MM, 0.3 * (run.end - run.start))
    start = run.end - ramp
    out = []
    for p, (dx, dy) in zip(piece, off, strict=True):
        t = max(0.0, (p.s - start) / ramp)
        m = run.miss * t * t * (3 - 2 * t)
        out.append((dx + m * p.v, dy - m * p.u))
    return out


def _half_widths(piece: Piece, line: Trace, run: Run, pen: Pen, swell: tuple[float, float]) -> list[Pt]:
    """Return half the ink's width at each station."""
    s = [p.s for p in piece]
    much = pen.hand.width
    half = [0.5 * pen.stroke.width] * len(s)
    if pen.stroke.widths is not None:
        first, last = pen.stroke.widths
        half = [0.5 * (first + (last - first) * min(1.0, max(0.0, d / line.length))) for d in s]
    if much and pen.broad:
        half = [h * (1 + 0.04 * much * n) for h, n in zip(half, noises(swell[0], _SLOW, s), strict=True)]
    elif much:
        most = 1 + (pen.hand.swell - 1) * much
        half = [
            h * min(most, (1 + much * (0.16 * slow + 0.05 * fast)) * bend)
            for h, slow, fast, bend in zip(
                half, noises(swell[0], _SLOW, s), noises(swell[1], _FAST, s), _bends(piece, much), strict=True
            )
        ]
    (share0, share1), (long0, long1) = run.tapers, run.lengths
    for i, d in enumerate(s):
        if share0 < 1 and d < run.start + long0:
            half[i] *= share0 + (1 - share0) * max(0.0, (d - run.start) / long0)
        if share1 < 1 and d > run.end - long1:
            half[i] *= share1 + (1 - share1) * max(0.0, (run.end - d) / long1)
    return half


def _bends(piece: Piece, much: float) -> list[float]:
    """Return how much broader ink is at each station because the line bends there."""
    out = []
    ends = len(piece) - 1
    for i in range(ends + 1):
        a, b = piece[i - 1 if i else 0], piece[i + 1 if i < ends else i]
        cross = a.u * b.v - a.v * b.u
        if cross == 0.0:
            out.append(1.0)
            continue
        turn = abs(math.atan2(cross, a.u * b.u + a.v * b.v))
        out.append(1 + 0.16 * much * min(1.0, turn / (b.s - a.s) * _BEND))
    return out


def _diamond(part: Path) -> tuple[Path, Path] | None:
    """Return the right and the left half of a four-cornered shape that stands on a tip, side tips slightly rounded."""
    if part.verbs not in ("MLLLZ", "MLLLLZ"):
        return None
    points = [Point(part.coords[i], part.coords[i + 1]) for i in range(0, len(part.coords), 2)]
    if len(points) == 5:
        if points[4].distance(points[0]) > 1e-6:
            return None
        points.pop()
    top = min(range(4), key=lambda i: points[i].y)
    a, b, c, d = (points[(top + k) % 4] for k in range(4))
    high = c.y - a.y
    if high <= 0 or abs(a.x - c.x) > 0.1 * abs(b.x - d.x) or abs(b.y - d.y) > 0.1 * high:
        return None
    if b.x < d.x:
        b, d = d, b
    if not (a.y + 0.2 * high < min(b.y, d.y) and max(b.y, d.y) < c.y - 0.2 * high):
        return None
    return _bent(a, b, c), _bent(a, d, c)


def _bent(a: Point, tip: Point, c: Point) -> Path:
    """Return the line from `a` to `c` by way of `tip`, turned round there in a small bend."""
    cut = min(1.0 * MM, 0.2 * a.distance(tip), 0.2 * tip.distance(c))
    p, q = tip.toward(a, cut / a.distance(tip)), tip.toward(c, cut / tip.distance(c))
    m, n = p.toward(tip, 0.6), q.toward(tip, 0.6)
    return Path("MLCL", (*a, *p, *m, *n, *q, *c))
