"""The search for the layout with the largest text in a room."""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from banana_layout.diagrams.flowchart.chart import Chart
from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.graph import layered
from banana_layout.graph.spec import Direction, Drawing, Gaps

GAPS = Gaps(node=0.75, rank=1.3, edge=0.42, cluster=0.55)
"""Least distances in em of a node's head. The search sets them tight; what room is left is spread afterwards."""

MEASURES = (1e9, 16.0, 11.0, 8.0, 6.0, 4.6, 3.4)
"""Measures at which labels are broken, in em, the widest first."""

GAIN = 1.25
"""Another direction or folding must make the text larger by this factor (notes/diagrams.md)."""

FOLD_COST = 0.985
"""What each fold beyond the first costs: reading it takes longer."""

BREAK_COST = 0.99
"""What each narrower measure costs: words on one line read faster."""

MOST_ROWS = 7
"""A chart is folded into at most so many rows."""

ASPECT: dict[Direction, float] = {"LR": 1.15, "RL": 1.15, "TB": 1.45, "BT": 1.45}
"""Width by height of shapes that may choose, such as a rhombus: slim where width is dear."""

_OTHER: dict[Direction, Direction] = {"LR": "TB", "RL": "TB", "TB": "LR", "BT": "LR"}


class Trial(msgspec.Struct, frozen=True):
    """One layout, in em."""

    direction: Direction
    """Where it flows."""
    measure: float
    """At which labels are broken."""
    aspect: float
    """Width by height of shapes that can choose."""
    drawing: Drawing
    """The layout."""
    size: Pt
    """Text size at which it just fits the room, the theme's maximum not regarded."""


class Limits(msgspec.Struct, frozen=True):
    """What the search may do."""

    room: Size
    """What is to be filled, in points."""
    largest: Pt
    """Text never grows beyond."""
    keep: bool = False
    """Whether the declared direction stays and nothing is folded."""


def search(chart: Chart, limits: Limits) -> Trial:
    """Return the layout with the largest text; the declared direction in one row unless another gains a quarter.

    Text that reaches the largest size is as good as any larger one. Measures are tried from wide to narrow for each
    direction; folding goes on while it gains.
    """
    declared = chart.model.direction
    directions = (declared,) if limits.keep else (declared, _OTHER[declared])
    best: Trial | None = None
    best_score = -1.0
    base = layered.ordered(chart.spec(declared, 1e9, ASPECT[declared]))
    for direction in directions:
        for step, measure in enumerate(_measures(chart)):
            bonus = GAIN if direction == declared else 1.0
            if _bound(chart, direction, measure, limits) * BREAK_COST**step * bonus <= best_score:
                continue
            for trial in _folded(chart, base, direction, measure, limits):
                score = min(trial.size, limits.largest) * BREAK_COST**step
                score *= FOLD_COST ** max(0, trial.drawing.rows - 1)
                if direction == declared and trial.drawing.rows == 1:
                    score *= GAIN
                if score > best_score * (1 + 1e-9):
                    best, best_score = trial, score
    assert best is not None  # every chart has one measure and one row
    return best


def fitted(drawing: Drawing, room: Size) -> Pt:
    """Return the em at which a drawing just fits a room."""
    return min(room.width / max(drawing.size.width, 1e-6), room.height / max(drawing.size.height, 1e-6))


def _folded(
    chart: Chart, base: layered.Ordered, direction: Direction, measure: float, limits: Limits
) -> Iterator[Trial]:
    """Yield layouts in one row, then in more while they gain."""
    spec = chart.spec(direction, measure, ASPECT[direction])
    sizes = [Size(n.width, n.height) for n in spec.nodes]
    ordered = layered.resized(layered.turned(base, direction), sizes, [e.label for e in spec.edges])
    shape = limits.room.width / max(limits.room.height, 1e-6)
    last = 0.0
    for rows in range(1, 2 if limits.keep else MOST_ROWS + 1):
        drawing = layered.place(ordered, GAPS, rows, shape)
        size = fitted(drawing, limits.room)
        if rows > 1 and drawing.rows != rows:
            break
        yield Trial(direction, measure, ASPECT[direction], drawing, size)
        if size < last * 0.98 or size > 1.3 * limits.largest:
            break
        last = max(last, size)


def _measures(chart: Chart) -> list[float]:
    """Return the measures that break labels differently."""
    out, seen = [], set()
    for measure in MEASURES:
        mark = tuple(c.text.width for c in chart.cuts(measure))
        if mark not in seen:
            seen.add(mark)
            out.append(measure)
    return out


def _bound(chart: Chart, direction: Direction, measure: float, limits: Limits) -> Pt:
    """Return a size no layout with these labels can exceed: the nodes' areas alone would fill the room."""
    aspect = ASPECT[direction]
    area = 0.0
    for i in range(len(chart.labels)):
        w, h = chart.node_size(i, measure, aspect, direction)
        area += w * h
    return math.sqrt(limits.room.width * limits.room.height / max(area, 1e-6))
