"""Where a pen goes along a centre line: stations close enough for smooth ink, and no closer."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from banana_layout.geometry.point import Pt
from banana_layout.sketch.trace import Leg, Station, Trace, locate

Piece = list[Station]
"""A stretch without a corner; at least two stations."""


def pieces(line: Trace, start: Pt, end: Pt, step: Pt, marks: Sequence[Pt] = ()) -> list[Piece]:
    """Return the stations from `start` to `end`, broken at corners.

    An open line goes on straight beyond its ends; a closed one goes round again. Stations are at most about `step`
    apart, closer where the line bends, and stand at `marks` too (places where the width changes fast).
    """
    out: list[Piece] = []
    cuts = [start]
    if line.corners:
        rounds = range(math.floor(start / line.length), math.floor(end / line.length) + 1) if line.closed else (0,)
        cuts += [c for k in rounds for c in (s + k * line.length for s in line.corners) if start < c < end]
    cuts.append(end)
    for a, b in pairwise(cuts):
        if b - a > 1e-6:
            out.append(_piece(line, (a, b), step, marks))
    return out


def _piece(line: Trace, between: tuple[Pt, Pt], step: Pt, marks: Sequence[Pt]) -> Piece:
    """Return the stations of one stretch that holds no corner inside."""
    start, end = between
    out: Piece = []
    run = _legs(line, start, end)
    for at, (leg, back) in enumerate(run):
        a = start if at == 0 else leg.s + back
        b = end if at == len(run) - 1 else leg.s + leg.length + back
        stops = [a, *(m for m in marks if a + 0.15 < m < b - 0.15), b] if marks else [a, b]
        for p, q in pairwise(stops):
            n = max(1, math.ceil((q - p) / step - 0.25))
            for i in range(n):
                s = p + (q - p) * i / n
                here = locate(leg, s - back)
                out.append(here if back == 0.0 else here._replace(s=s))
    leg, back = run[-1]
    out.append(locate(leg, end - back)._replace(s=end))
    return out


def _legs(line: Trace, start: Pt, end: Pt) -> list[tuple[Leg, Pt]]:
    """Return the legs under a stretch in order, each with the length of the rounds gone before it."""
    legs = line.legs
    if not line.closed:
        inside = [(leg, 0.0) for leg in legs if leg.s + leg.length > start + 1e-6 and leg.s < end - 1e-6]
        return inside or [(legs[0] if end <= 0 else legs[-1], 0.0)]
    out = []
    first = math.floor(start / line.length)
    for k in range(first, first + 1 + math.ceil((end - start) / line.length)):
        back = k * line.length
        out += [(leg, back) for leg in legs if leg.s + leg.length + back > start + 1e-6 and leg.s + back < end - 1e-6]
    return out or [(legs[0], first * line.length)]
