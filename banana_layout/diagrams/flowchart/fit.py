"""The search for the layout with the largest text in a room."""

from __future__ import annotations

import math

import msgspec

from banana_layout.diagrams.flowchart.chart import Chart
from banana_layout.diagrams.shape.form import ellipse_need, rhombus_need
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.size import Size
from banana_layout.graph import layered
from banana_layout.graph.spec import Direction, Drawing, Gaps

GAPS = Gaps(node=0.75, rank=1.3, edge=0.42, cluster=0.55)
"""Least distances in em of a node's head. The search sets them tight; what room is left is spread afterwards."""

MEASURES = (1e9, 16.0, 11.0, 8.0, 6.0, 4.6, 3.4)
"""Measures at which labels are broken, in em, the widest first."""

GAIN = 1.25
"""Another direction or folding must make the text larger by this factor (notes/diagrams.md)."""

FOLD_COST = 0.95
"""What folding costs: reading it takes longer."""

ROW_COST = 0.985
"""What each fold beyond the first costs."""

UPWARD_COST = 0.97
"""What it costs that a column leads up."""

LENGTH_COST = 0.04
"""What each em costs that edges are longer on average than a gap between ranks."""

CROSSING_COST = 0.09
"""What each crossing costs."""

MOST_CROSSINGS = 60
"""Crossings are counted up to so many."""

BREAK_COST = 0.99
"""What each narrower measure costs: words on one line read faster."""

MOST_PASSES = 5
"""A chart in which more edges than this pass from row to row is not folded: the way back would be a tangle."""

MOST_ROWS = 7
"""A chart is folded into at most so many rows."""

TIGHT = Gaps(node=0.6, rank=1.1, edge=0.36, cluster=0.45)
"""The same where room is dear."""

DENSE = Gaps(node=0.5, rank=0.85, edge=0.34, cluster=0.42)
"""The same where room is so dear that arrows are hardly longer than their heads: only for clearly larger text."""

DENSE_GAIN = 1.04
"""By how much larger than at usual gaps."""

ASPECTS: dict[Direction, tuple[float, ...]] = {
    "LR": (1.15, 0.95, 1.5, 0.88),
    "RL": (1.15, 0.95, 1.5, 0.88),
    "TB": (1.45, 1.15, 1.9),
    "BT": (1.45, 1.15, 1.9),
}
"""Width by height of shapes that may choose, such as a rhombus: slim where width is dear."""

ELASTIC = (rhombus_need, ellipse_need)
"""Needs that give width for height."""

EFFORT = 1000
"""A search makes about so many layouts of one node; larger charts are tried in fewer ways."""

LEAST_LAYOUTS = 4
"""Even the largest chart is tried in so many ways."""

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
    serpentine: bool | None = None
    """Whether every other row runs back; None: as usual for the direction."""


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
    direction; folding goes on while it gains. What cannot win by its size alone is measured, but gets no ways.
    """
    return _Search(chart, limits).run()


class _Search:
    """Carries the best trial and what may still be spent."""

    def __init__(self, chart: Chart, limits: Limits) -> None:
        self.chart, self.limits = chart, limits
        declared = chart.model.direction
        self.directions = (declared,) if limits.keep else (declared, _OTHER[declared])
        base = layered.ordered(chart.spec(declared, 1e9, ASPECTS[declared][0]))
        self.bases = {d: layered.turned(base, d) for d in self.directions}
        self.allowed = max(LEAST_LAYOUTS, EFFORT // max(1, len(chart.model.nodes) + len(chart.model.edges)))
        self.best: Trial | None = None
        self.best_score = -1.0
        self.tangled = False

    def run(self) -> Trial:
        """Try every direction with every measure, as long as narrower labels still gain."""
        chart, limits = self.chart, self.limits
        measures = _measures(chart, self.allowed)
        for n, direction in enumerate(self.directions):
            left = self.allowed // (len(self.directions) - n)
            rows, peak = 0, -1.0
            for step, measure in enumerate(measures):
                cost = BREAK_COST**step
                if _bound(chart, direction, measure, limits) * self._factor(direction, 1) * cost <= self.best_score:
                    continue
                rows, reached, spent = self._folds((direction, measure), cost, rows, left)
                left, self.allowed = left - spent, self.allowed - spent
                if reached <= peak or left <= 0:
                    break
                peak = reached
        assert self.best is not None  # every chart has one measure and one row
        return _refined(chart, self.bases[self.best.direction], self.best, limits) if self.allowed > 0 else self.best

    def _factor(self, direction: Direction, rows: int) -> float:
        """Return what a direction and rows are worth beside the text's size."""
        if rows > 1:
            return FOLD_COST * ROW_COST ** (rows - 2)
        return GAIN if direction == self.chart.model.direction else 1.0

    def _folds(self, how: tuple[Direction, float], cost: float, rows: int, left: int) -> tuple[int, float, int]:
        """Try one row for a direction and a measure, and more as long as they gain.

        `cost` weighs the measure; `rows` is what was best for a wider one, 0 where none is known: narrower labels ask for
        about as many. At most `left` layouts are made, but always one. Returns the best rows, the score reached and the
        layouts made.
        """
        direction, measure = how
        limits = self.limits
        aspect = ASPECTS[direction][0]
        ordered = _resized(self.chart, self.bases[direction], direction, measure, aspect)
        shape = limits.room.width / max(limits.room.height, 1e-6)
        spent, best_rows, reached, last = 0, 1, -1.0, 0.0
        most = 1 if limits.keep or self.tangled else MOST_ROWS
        for count in range(max(1, min(rows - 1, most)), most + 1):
            if spent and spent >= left:
                break
            factor = self._factor(direction, count) * cost
            drawing = layered.place(ordered, GAPS, count, shape, None, self._worth(factor))
            spent += 1
            if count > 1 and drawing.rows != count:
                break
            serpentine = None
            if count > 1 and drawing.abreast > 1 and drawing.nodes and direction in ("LR", "RL"):
                # Where several ways lead on, nothing tells the eye to turn round: rows then restart.
                serpentine = False
                drawing = layered.place(ordered, GAPS, count, shape, serpentine, self._worth(factor))
            trial = Trial(direction, measure, aspect, drawing, fitted(drawing, limits.room), serpentine)
            score = self._weighed(trial, factor)
            if count > 1 and drawing.abreast <= 1 and drawing.passes >= count and direction in ("TB", "BT"):
                # A way back is short where every other column leads up.
                upward = layered.place(ordered, GAPS, count, shape, True, self._worth(factor * UPWARD_COST))
                turned = Trial(direction, measure, aspect, upward, fitted(upward, limits.room), True)
                score = max(score, self._weighed(turned, factor * UPWARD_COST))
            if score > reached:
                best_rows, reached = count, score
            if count > 1 and drawing.passes > MOST_PASSES * (count - 1):
                self.tangled = True
                break
            if trial.size < last * 0.98 or trial.size > 1.3 * limits.largest:
                break
            last = max(last, trial.size)
            # One row that is limited by its height gains nothing by folding.
            if count == 1 and _limited_across(trial, limits):
                break
        return best_rows, reached, spent

    def _weighed(self, trial: Trial, factor: float) -> float:
        """Return a trial's score; keep it where it is the best so far. One that was only measured is never kept."""
        score = min(trial.size, self.limits.largest) * factor
        if trial.drawing.nodes or not self.chart.model.nodes:
            score /= _trouble(trial.drawing)
            if score > self.best_score * (1 + 1e-9):
                self.best, self.best_score = trial, score
        return score

    def _worth(self, factor: float) -> Size | None:
        """Return the largest drawing, in em, that can still win; None before there is a best one."""
        if self.best_score <= 0.0:
            return None
        em = self.best_score / factor
        room = self.limits.room
        return Size(room.width / em, room.height / em) if em <= self.limits.largest else Size(0.0, 0.0)


def _trouble(drawing: Drawing) -> float:
    """Return by what long edges and crossings make a drawing worth less."""
    lengths = [math.dist(r.points[0], r.points[-1]) for r in drawing.routes if len(r.points) > 1]
    mean = math.fsum(lengths) / len(lengths) if lengths else 0.0
    long = 1.0 + LENGTH_COST * max(0.0, mean - 1.5)
    return long * (1.0 + CROSSING_COST * crossings(drawing, MOST_CROSSINGS))


def _refined(chart: Chart, base: layered.Ordered, best: Trial, limits: Limits) -> Trial:
    """Return the best trial with tighter gaps or other aspects of its shapes, where that still enlarges the text."""
    shape = limits.room.width / max(limits.room.height, 1e-6)
    aspects = ASPECTS[best.direction] if any(s.need in ELASTIC for s in chart.shapes) else (best.aspect,)
    gaps = GAPS
    tries = ((None, DENSE, DENSE_GAIN), (None, TIGHT, 1.005), *((a, None, 1.005) for a in aspects[1:]))
    for other, tighter, gain in tries:
        if best.size >= limits.largest:
            break
        if tighter is TIGHT and gaps is DENSE:
            continue
        aspect, chosen, em = other or best.aspect, tighter or gaps, best.size * gain
        ordered = _resized(chart, base, best.direction, best.measure, aspect)
        most = Size(limits.room.width / em, limits.room.height / em)
        drawing = layered.place(ordered, chosen, best.drawing.rows, shape, best.serpentine, most)
        size = fitted(drawing, limits.room)
        if size > em and drawing.nodes and drawing.rows == best.drawing.rows:
            best, gaps = Trial(best.direction, best.measure, aspect, drawing, size, best.serpentine), chosen
    return best


def crossings(drawing: Drawing, most: int) -> int:
    """Return how often edges cross, counted up to `most`; ways that start or end together do not count there."""
    legs = [
        (p, q, i)
        for i, route in enumerate(drawing.routes)
        for p, q in zip(route.points, route.points[1:], strict=False)
    ]
    legs.sort(key=lambda leg: min(leg[0].x, leg[1].x))
    count = 0
    for a, (p, q, i) in enumerate(legs):
        right = max(p.x, q.x)
        for b in range(a + 1, len(legs)):
            r, s, j = legs[b]
            if min(r.x, s.x) >= right:
                break
            if i != j and _crosses(p, q, r, s):
                count += 1
                if count >= most:
                    return count
    return count


def _crosses(p: Point, q: Point, r: Point, s: Point) -> bool:
    """Tell whether two legs cross inside both."""
    if max(p.y, q.y) <= min(r.y, s.y) or max(r.y, s.y) <= min(p.y, q.y):
        return False
    a = (q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x)
    b = (q.x - p.x) * (s.y - p.y) - (q.y - p.y) * (s.x - p.x)
    c = (s.x - r.x) * (p.y - r.y) - (s.y - r.y) * (p.x - r.x)
    d = (s.x - r.x) * (q.y - r.y) - (s.y - r.y) * (q.x - r.x)
    return a * b < -1e-9 and c * d < -1e-9


def fitted(drawing: Drawing, room: Size) -> Pt:
    """Return the em at which a drawing just fits a room."""
    return min(room.width / max(drawing.size.width, 1e-6), room.height / max(drawing.size.height, 1e-6))


def _limited_across(trial: Trial, limits: Limits) -> bool:
    """Tell whether a layout is already as wide across its flow as the room allows: folding would make it wider still."""
    across = trial.direction in ("LR", "RL")
    w, h = trial.drawing.size
    return (
        h / limits.room.height >= 0.98 * w / limits.room.width
        if across
        else (w / limits.room.width >= 0.98 * h / limits.room.height)
    )


def _resized(
    chart: Chart, base: layered.Ordered, direction: Direction, measure: float, aspect: float
) -> layered.Ordered:
    """Return the ordered graph with the sizes labels have at a measure."""
    spec = chart.spec(direction, measure, aspect)
    sizes = [Size(n.width, n.height) for n in spec.nodes]
    return layered.resized(base, sizes, [e.label for e in spec.edges], [c.title for c in spec.clusters])


def _measures(chart: Chart, allowed: int) -> list[float]:
    """Return the measures that break labels differently; fewer where few layouts are allowed."""
    out, seen = [], set()
    for measure in MEASURES if allowed >= 20 else (MEASURES[::3] if allowed >= 10 else MEASURES[3:4]):
        mark = tuple(c.text.width for c in chart.cuts(measure))
        mark += tuple(chart.title_cut(i, measure).text.width for i in range(len(chart.titles)))
        if mark not in seen:
            seen.add(mark)
            out.append(measure)
    return out


def _bound(chart: Chart, direction: Direction, measure: float, limits: Limits) -> Pt:
    """Return a size no layout with these labels can exceed: the nodes' areas alone would fill the room."""
    aspect = ASPECTS[direction][0]
    area = 0.0
    for i in range(len(chart.labels)):
        w, h = chart.node_size(i, measure, aspect, direction)
        area += w * h
    return math.sqrt(limits.room.width * limits.room.height / max(area, 1e-6))
