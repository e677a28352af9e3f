"""Choosing where lines end, in pure numbers.

A hard line is a row of units (words). Unit `i` starts at `starts[i]` and ends at `ends[i]` when all stand on one endless
line; a line of units `i` to `j - 1` is `ends[j - 1] - starts[i]` wide. All lengths are in em.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import msgspec

EPSILON = 1e-9
"""Slack for sums of floats."""
SHORT = 0.34
"""A last line shorter than this share of the measure is narrowed away."""
STEP = 0.04
"""By which the measure is narrowed, as a share of it (the same place)."""
BLOCK = 24
"""Lines optimised together in long text: beyond, a choice no longer shows."""


class Row(msgspec.Struct, frozen=True):
    """The units of one hard line; see the module's docstring."""

    starts: Sequence[float]
    """Where each unit starts on an endless line; never falls."""
    ends: Sequence[float]
    """Where each ends; never falls."""
    penalties: Sequence[float]
    """Cost of a line end after each unit, in squared shares of the measure."""


def greedy(row: Row, measure: float, first: int = 0, last: int | None = None) -> list[int]:
    """Return the index after each line's last unit when every line takes what it can: the fewest lines there can be."""
    starts, ends = row.starts, row.ends
    stop = len(starts) if last is None else last
    out = []
    i = first
    limit = measure + EPSILON
    while i < stop:
        i = max(bisect_right(ends, starts[i] + limit, i, stop), i + 1)
        out.append(i)
    return out


def count(row: Row, measure: float) -> int:
    """Return the fewest lines that hold the units."""
    starts, ends = row.starts, row.ends
    stop = len(starts)
    if not stop or ends[-1] - starts[0] <= measure + EPSILON:
        return min(stop, 1)
    return len(greedy(row, measure))


def broken(row: Row, measure: float, balance: bool = False) -> list[int]:
    """Return the index after each line's last unit: as few lines as can be, as equal as can be.

    Ragged setting after Knuth and Plass, "Breaking Paragraphs into Lines" (1981): the sum over all lines but the last of
    the squared share of the measure left empty, plus penalties, is least. Unlike theirs the number of lines is held at
    its least, so that measuring needs no search. A short last line narrows the measure step by step; `balance`
    narrows it as far as the number of lines allows. Long text is optimised in blocks, which keeps the time linear.
    """
    filled = greedy(row, measure)
    if len(filled) < 2:
        return filled
    if balance:
        return _balanced(row, measure, len(filled))
    out: list[int] = []
    first = 0
    for k in range(0, len(filled), BLOCK):
        block = filled[k : k + BLOCK]
        if len(filled) - k - BLOCK <= 2:
            block = filled[k:]
        if block[-1] == filled[-1]:
            return out + _ended_well(row, measure, first, len(block))
        out += _optimal(row, measure, first, block[-1], len(block), ragged_end=False)
        first = block[-1]
    return out


def _balanced(row: Row, measure: float, lines: int) -> list[int]:
    """Break a row in lines as equal as can be; wider ones where that ends no line at a place with a penalty."""
    narrow = _narrowest(row, measure, lines)
    best = _optimal(row, narrow, 0, len(row.starts), lines)
    least = _penalty(row, best)
    while least > 0.0 and narrow < measure:
        narrow = min(measure, narrow + STEP * measure)
        tried = _optimal(row, narrow, 0, len(row.starts), lines)
        if _penalty(row, tried) < least:
            best, least = tried, _penalty(row, tried)
    return best


def _penalty(row: Row, ends: list[int]) -> float:
    """Return what line ends cost by where they are."""
    return math.fsum([row.penalties[end - 1] for end in ends[:-1]])


def _narrowest(row: Row, measure: float, lines: int) -> float:
    """Return the least measure that takes no more lines; at least the widest unit."""
    low = max(e - s for s, e in zip(row.starts, row.ends, strict=True))
    high = measure
    low = min(low, high)
    for _ in range(24):
        middle = (low + high) / 2
        if len(greedy(row, middle)) <= lines:
            high = middle
        else:
            low = middle
    return high


def _ended_well(row: Row, measure: float, first: int, lines: int) -> list[int]:
    """Break the rest of the text so that its last line is no shorter than `SHORT`, where that takes no further line."""
    stop = len(row.starts)
    best = _optimal(row, measure, first, stop, lines)
    if lines < 2:
        return best
    longest = _last_width(row, best)
    narrow = measure * (1 - STEP)
    while longest < SHORT * measure and narrow > SHORT * measure:
        if len(greedy(row, narrow, first)) > lines:
            break
        tried = _optimal(row, narrow, first, stop, lines)
        width = _last_width(row, tried)
        if width > longest + EPSILON:
            best, longest = tried, width
        narrow -= measure * STEP
    return best


def _last_width(row: Row, ends: list[int]) -> float:
    return row.ends[ends[-1] - 1] - row.starts[ends[-2]]


def _optimal(row: Row, measure: float, first: int, stop: int, lines: int, ragged_end: bool = True) -> list[int]:
    """Return the breaks of least cost with exactly `lines` lines, the least that hold units `first` to `stop - 1`.

    Line `k` can end nowhere after the greedy break from the front, nowhere before the greedy break from the back;
    the windows between are about a line's raggedness wide, which keeps the search near linear.
    """
    if lines < 2:
        return [stop]
    starts, ends, penalties = row.starts, row.ends, row.penalties
    latest = greedy(row, measure, first, stop)
    earliest = _greedy_backward(row, measure, first, stop, lines)
    limit = measure + EPSILON
    costs = {first: 0.0}
    back: list[dict[int, int]] = []
    for k in range(lines):
        final = k == lines - 1
        new: dict[int, float] = {}
        came: dict[int, int] = {}
        for j in range(max(earliest[k], first + k + 1), latest[k] + 1):
            end = ends[j - 1]
            penalty = 0.0 if final else penalties[j - 1]
            best, best_i = -1.0, -1
            for i, cost in costs.items():
                if i >= j:
                    break
                width = end - starts[i]
                if width > limit and i < j - 1:
                    continue
                if not (final and ragged_end):
                    slack = (measure - width) / measure if width < measure else 0.0
                    cost += slack * slack + penalty  # noqa: PLW2901
                # The later start wins a tie: fuller lines come first.
                if best_i < 0 or cost <= best:
                    best, best_i = cost, i
            if best_i >= 0:
                new[j], came[j] = best, best_i
        costs = new
        back.append(came)
    out = [stop]
    for came in reversed(back[1:]):
        out.append(came[out[-1]])
    out.reverse()
    return out


def _greedy_backward(row: Row, measure: float, first: int, stop: int, lines: int) -> list[int]:
    """Return the earliest place each line can end at when the lines after it take all they can."""
    starts, ends = row.starts, row.ends
    out = [stop]
    j = stop
    for _ in range(lines - 1):
        j = max(first, min(bisect_left(starts, ends[j - 1] - measure - EPSILON, first, j), j - 1))
        out.append(j)
        if j <= first:
            j = first + 1
    out.reverse()
    return out
