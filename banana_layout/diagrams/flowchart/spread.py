"""A layout in em brought to its room: scaled, stretched to fill it, nodes grown into their share."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.diagrams.flowchart.chart import Chart
from banana_layout.diagrams.flowchart.fit import MEASURES, Trial
from banana_layout.diagrams.flowchart.justify import justified, upright
from banana_layout.diagrams.flowchart.roomy import roomier
from banana_layout.diagrams.labels import Cut
from banana_layout.diagrams.shape.classic import SLANT
from banana_layout.diagrams.shape.form import Drawn
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.spec import Drawing

MOST_STRETCH = 2.6
"""Gaps and nodes together are stretched at most by this factor; a chart that needs more stands in the middle."""

MOST_GROWTH = 1.75
"""A node's width grows at most by this factor."""

MOST_HEIGHT = 2.3
"""Its height grows at most by this factor: what is wide enough for its words still looks lost in a high room."""


class Spread(msgspec.Struct, frozen=True):
    """A flowchart at its final places, in points."""

    chart: Chart
    """What it shows."""
    trial: Trial
    """How it was laid out."""
    size: Pt
    """Text size of the nodes' heads."""
    boxes: tuple[Rect, ...]
    """The nodes' boxes."""
    drawn: tuple[Drawn, ...]
    """The nodes' outlines."""
    cuts: tuple[Cut, ...]
    """The nodes' labels, broken no more than their boxes ask for."""
    title_cuts: tuple[Cut, ...]
    """The clusters' titles, broken no more than their frames ask for."""
    routes: tuple[tuple[Point, ...], ...]
    """The edges' corners; their ends lie on the nodes' boxes."""
    bare_routes: tuple[tuple[Point, ...], ...]
    """The same as the layout gave them, only stretched: they end somewhat off the boxes, but keep off all others."""
    label_places: tuple[Rect | None, ...]
    """Where the layout kept room for edge labels."""
    clusters: tuple[Rect, ...]
    """The clusters' frames."""
    room: Rect
    """What all of it stands in."""


def spread(chart: Chart, trial: Trial, room: Rect, largest: Pt, stretch: bool = True) -> Spread:
    """Return a trial at its final places.

    Both axes are stretched by their own factor, which keeps everything apart that was apart; each node then takes as much
    of its stretched box as it may, about the same middle.
    """
    size = min(largest, trial.size)
    index = {node.id: i for i, node in enumerate(chart.model.nodes)}
    layout = trial.drawing
    ends = [(index.get(e.source, -1), index.get(e.target, -1)) for e in chart.model.edges]
    if stretch:
        across = trial.direction in ("LR", "RL")
        layout = justified(layout, ends, across, (room.w if across else room.h) / size)
    w, h = layout.size.width * size, layout.size.height * size
    fx = min(MOST_STRETCH, room.w / max(w, 1e-6)) if stretch else 1.0
    fy = min(MOST_STRETCH, room.h / max(h, 1e-6)) if stretch else 1.0
    sx, sy = size * fx, size * fy
    dx = room.x + (room.w - w * fx) / 2
    dy = room.y + (room.h - h * fy) / 2

    def put(r: Rect) -> Rect:
        return Rect(dx + r.x * sx, dy + r.y * sy, r.w * sx, r.h * sy)

    cells = [put(r) for r in layout.nodes]
    ways = [tuple(Point(dx + p.x * sx, dy + p.y * sy) for p in route.points) for route in layout.routes]
    places = [put(r.label) if r.label else None for r in layout.routes]
    fields = cells
    if stretch and trial.direction in ("LR", "RL") and not layout.clusters:
        highest = [_highest(chart, i, cell, trial, size) for i, cell in enumerate(cells)]
        fields = roomier(cells, highest, list(zip(ends, ways, strict=True)), places, size)
    boxes = [_kept(_grown(chart, i, field, trial, size), room) for i, field in enumerate(fields)]
    boxes = _calm(chart, boxes, fields, all(len(r.points) == 2 for r in layout.routes) and not layout.clusters)
    drawn = tuple(s.draw(b, size) for s, b in zip(chart.shapes, boxes, strict=True))
    routes, bare = _followed(chart, layout, ways, (cells, boxes), size)
    if layout.rows > 1:
        routes = upright(routes, boxes, [n.shape in ("diam", "choice") for n in chart.model.nodes], ends)
    labels = tuple(
        None if place is None or r.label is None else _label_place(place, r.label, size)
        for place, r in zip(places, layout.routes, strict=True)
    )
    cuts = tuple(_whole(chart, i, box, trial.measure, size) for i, box in enumerate(boxes))
    frames = tuple(put(c) for c in layout.clusters)
    titles = tuple(_whole_title(chart, i, frame, trial.measure, size) for i, frame in enumerate(frames))
    return Spread(
        chart,
        trial,
        size,
        tuple(boxes),
        drawn,
        cuts,
        titles,
        tuple(routes),
        tuple(bare),
        labels,
        frames,
        room,
    )


def _grown(chart: Chart, i: int, cell: Rect, trial: Trial, size: Pt) -> Rect:
    """Return a node's box inside its stretched cell."""
    need = trial.drawing.nodes[i]
    w, h = need.w * size, need.h * size
    lean = chart.lean(i, need.h, trial.direction) * size
    rule = chart.shapes[i].grows
    if rule == "free":
        w, h = min(cell.w, w * MOST_GROWTH) + lean, min(cell.h, h * MOST_HEIGHT)
        # Boxes and rhombuses that stand on end look odd: height is taken only as far as the width goes along.
        h = min(h, max(need.h * size, w * 1.15))
    elif rule == "square":
        w = h = min(cell.w, cell.h, max(w, h) * MOST_GROWTH)
    return Rect(cell.center.x - w / 2, cell.center.y - h / 2, w, h)


def _followed(
    chart: Chart,
    layout: Drawing,
    ways: Sequence[tuple[Point, ...]],
    places: tuple[Sequence[Rect], Sequence[Rect]],
    size: Pt,
) -> tuple[list[tuple[Point, ...]], list[tuple[Point, ...]]]:
    """Return the ways from box to box, and as they were on the cells; `places` are the nodes' cells and boxes."""
    cells, boxes = places
    index = {node.id: i for i, node in enumerate(chart.model.nodes)}
    routes: list[tuple[Point, ...]] = []
    bare: list[tuple[Point, ...]] = []
    for edge, route, way in zip(chart.model.edges, layout.routes, ways, strict=True):
        if edge.source == edge.target and len(way) == 4 and edge.source in index:
            loop = _loop(route.points, boxes[index[edge.source]], size)
            routes.append(loop)
            bare.append(loop)
            continue
        points = list(way)
        bare.append(way)
        for at, name in ((0, edge.source), (-1, edge.target)):
            if name in index:
                _follow(points, at, cells[index[name]], boxes[index[name]])
        routes.append(tuple(points))
    return routes, bare


def _highest(chart: Chart, i: int, cell: Rect, trial: Trial, size: Pt) -> Pt:
    """Return how high a node may become beside higher ones: not standing on end, and no steeper than its words allow."""
    most = max(cell.h, 1.15 * cell.w)
    if chart.model.nodes[i].shape in ("lean-r", "lean-l"):
        width = cell.w + chart.lean(i, trial.drawing.nodes[i].h, trial.direction) * size
        most = min(most, (width - (chart.labels[i].cut(trial.measure).text.width + 0.7) * size) / SLANT)
    return most if chart.shapes[i].grows == "free" else cell.h


def _kept(box: Rect, room: Rect) -> Rect:
    """Return a box moved into the room: a slanted one at a row's end reaches beyond its cell, and alone in its row beyond both."""
    wide = min(box.w, room.w)
    return Rect(max(room.x, min(box.x, room.right - wide)), box.y, wide, box.h)


def _calm(chart: Chart, boxes: list[Rect], cells: list[Rect], straight: bool) -> list[Rect]:
    """Return the boxes with equal heights where boxes of one kind stand in one line and their cells allow it.

    A chart that is one column is as wide all along, whatever the cells: nothing stands beside it where ways are `straight`.
    """
    out = list(boxes)
    for vertical in (False, True):
        lines: dict[int, list[int]] = {}
        for i, box in enumerate(out):
            if chart.shapes[i].grows == "free" and chart.model.nodes[i].shape not in ("diam", "text"):
                middle = box.center.x if vertical else box.center.y
                lines.setdefault(round(middle), []).append(i)
        for members in lines.values():
            if len(members) < 2:
                continue
            most = max((out[i].w if vertical else out[i].h) for i in members)
            for i in members:
                box, cell = out[i], cells[i]
                if vertical:
                    alone = straight and len(members) == len(out)
                    w = most if alone else min(most, max(cell.w, box.w), box.w * 1.6)
                    out[i] = Rect(box.center.x - w / 2, box.y, w, box.h)
                else:
                    h = min(most, max(cell.h, box.h), box.h * 1.6)
                    out[i] = Rect(box.x, box.center.y - h / 2, box.w, h)
    return out


def _whole(chart: Chart, i: int, box: Rect, measure: float, size: Pt) -> Cut:
    """Return a label with the fewest lines its grown box holds."""
    label, shape = chart.labels[i], chart.shapes[i]
    for wider in MEASURES:
        if wider <= measure:
            break
        cut = label.cut(wider)
        need = shape.need(cut.load, box.w / max(box.h, 1e-6))
        if need.width * size <= box.w and need.height * size <= box.h:
            return cut
    return label.cut(measure)


def _whole_title(chart: Chart, i: int, frame: Rect, measure: float, size: Pt) -> Cut:
    """Return a title with the fewest lines its stretched frame holds."""
    for wider in MEASURES:
        cut = chart.title_cut(i, wider)
        if wider <= measure or (cut.text.width + 0.8) * size <= frame.w:
            return cut
    return chart.title_cut(i, measure)


def _loop(given: Sequence[Point], box: Rect, size: Pt) -> tuple[Point, ...]:
    """Return a loop as wide and high as it was laid out, at the node's box: stretched, it would be no loop."""
    first, out, _, last = given
    reach = Point((out.x - first.x) * size, (out.y - first.y) * size)
    span = Point((last.x - first.x) / 2 * size, (last.y - first.y) / 2 * size)
    at = Point(box.center.x + _sign(reach.x) * box.w / 2, box.center.y + _sign(reach.y) * box.h / 2)
    a, b = Point(at.x - span.x, at.y - span.y), Point(at.x + span.x, at.y + span.y)
    return (a, a.shifted(*reach), b.shifted(*reach), b)


def _sign(value: float) -> int:
    """Return -1, 0 or 1."""
    return (value > 1e-9) - (value < -1e-9)


def _follow(points: list[Point], at: int, cell: Rect, box: Rect) -> None:
    """Move a route's end from its cell's border to the same share of the border of the box in it.

    The corner before it moves along, as long as the leg between them runs straight to the border.
    """
    end = points[at]
    beside = at + 1 if at == 0 else at - 1
    kx = box.w / cell.w if cell.w else 1.0
    ky = box.h / cell.h if cell.h else 1.0
    moved = Point(box.center.x + (end.x - cell.center.x) * kx, box.center.y + (end.y - cell.center.y) * ky)
    if len(points) > 2:
        near = points[beside]
        if abs(near.x - end.x) < 1e-6:
            points[beside] = Point(moved.x, near.y)
        elif abs(near.y - end.y) < 1e-6:
            points[beside] = Point(near.x, moved.y)
    points[at] = moved


def _label_place(stretched: Rect, given: Rect, size: Pt) -> Rect:
    """Return a label's box in the middle of its stretched place."""
    w, h = given.w * size, given.h * size
    return Rect(stretched.center.x - w / 2, stretched.center.y - h / 2, w, h)


def natural_extent(trial: Trial, size: Pt) -> Size:
    """Return what a trial takes at a text size."""
    return trial.drawing.size.scaled(size)
