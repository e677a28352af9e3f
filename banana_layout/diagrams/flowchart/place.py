"""Places a flowchart: fills the room it is given with the largest readable text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from banana_layout.diagrams.flowchart.captions import Ask, Caption, captions
from banana_layout.diagrams.flowchart.chart import EDGE_MEASURE, Chart, chart
from banana_layout.diagrams.flowchart.clusters import draw_clusters
from banana_layout.diagrams.flowchart.edges import band_width, bands, draw_edge, head_boxes, on_cycles
from banana_layout.diagrams.flowchart.facts import chart_facts, in_words
from banana_layout.diagrams.flowchart.fit import Limits, Trial, search
from banana_layout.diagrams.flowchart.lines import Form, Line, edge_line
from banana_layout.diagrams.flowchart.nodes import Easel, Subject, draw_node
from banana_layout.diagrams.flowchart.spread import Spread, natural_extent, spread
from banana_layout.diagrams.flowchart.titles import Title, titles
from banana_layout.diagrams.geometry import EdgeFacts
from banana_layout.diagrams.icons import emoji_for, unknown_icons
from banana_layout.diagrams.ink import Inks, inks, pen_for, strength
from banana_layout.diagrams.labels import Cut, Scribe
from banana_layout.diagrams.offer import judge, offered
from banana_layout.diagrams.polygon import crosses_rect
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.graph.layered import MOST_PASSED, TangledError
from banana_layout.layout.contract import Context, Room
from banana_layout.model.block import Diagram
from banana_layout.model.flowchart import Flowchart, label_text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Item
from banana_layout.source import BananaError, Diagnostic, Span

MARGIN = Insets(0.9 * MM, 0.9 * MM, 2.0 * MM, 2.1 * MM)
"""Kept free around the nodes: overshoot and wobble on all sides, the marker shadow to the right and below."""

LEAST_BAND_PT = 9.0
"""Cycles under smaller text have no marker band."""

ASIDE = 0.3
"""How far an edge's label keeps off its line, in em: nearer, a bow of the line touches its letters."""

TALLEST = 1.4
"""Height over width at most, where the chart may choose its height."""


def place(node: Diagram, room: Room, context: Context) -> Frame:
    """Return a flowchart that fills the room, or stands in it at its natural size where no height is given.

    Raises:
        BananaError: the text would be smaller than the theme allows.
    """
    model = node.diagram
    assert isinstance(model, Flowchart)  # the table of kinds says so
    if not model.nodes and not model.clusters:
        return Frame(Size(0.0, 0.0))
    if room.draft and room.height is not None:
        return Frame(Size(room.width, room.height))
    palette = inks(context, model.settings)
    scribe = Scribe(context)
    measured = _chart(model, scribe, palette, context)
    offer = offered(room, MARGIN, TALLEST, (context.theme.type.node_max_pt, 1.15))
    limits = Limits(offer.inner, offer.largest, context.keep or model.keep)
    memo = ("flowchart fit", id(measured), limits)
    trial: Trial | None = context.memo.get(memo)
    if trial is None:
        trial = context.memo[memo] = _searched(measured, limits, context)
    size = min(offer.largest, trial.size)
    hints: tuple[str, ...] = ("shorten labels or split the chart in two",)
    if limits.keep:
        hints = (*hints, "let the chart choose its direction: take `keep` away")
    judge(size, "flowchart", model.span, hints, context)
    stretch = not offer.natural
    offer = offer.around(natural_extent(trial, size), MARGIN)
    if room.draft:
        return Frame(offer.outer)
    placed = spread(measured, trial, Rect(MARGIN.left, MARGIN.top, *offer.inner), offer.largest, stretch)
    return _frame(placed, offer.outer, Easel(context, palette, scribe, size))


def _chart(model: Flowchart, scribe: Scribe, palette: Inks, context: Context) -> Chart:
    """Return the chart with measured labels, measured once a call of layout; warns of what cannot be drawn."""
    known = context.memo.get(("flowchart", id(model), palette.ground))
    if known is not None:
        found: Chart = known[0]
        return found
    measured = chart(model, scribe, palette)
    context.memo[("flowchart", id(model), palette.ground)] = (measured, model)
    for node in model.nodes:
        for name in unknown_icons(node.label):
            _warn(f"the icon fa-{name} has no drawing: its name is shown", node.span, context)
        if node.icon and emoji_for(node.icon) is None:
            _warn(f"the icon {node.icon!r} has no drawing: its name or label is shown", node.span, context)
    for label in (*measured.labels, *(e for e in measured.edge_labels if e is not None), *measured.titles):
        for cluster in label.missing:
            points = " ".join(f"U+{ord(c):04X}" for c in cluster)
            _warn(f"no font has {points}: a box with its number is drawn instead", model.span, context)
    return measured


def _warn(message: str, span: Span | None, context: Context) -> None:
    """Pass a warning on."""
    context.warn(Diagnostic("warning", message, span, (), context.source))


def _frame(placed: Spread, outer: Size, easel: Easel) -> Frame:
    """Return all items and facts."""
    measured, model, key = placed.chart, placed.chart.model, easel.context.key
    subjects = zip(model.nodes, measured.shapes, measured.labels, placed.cuts, placed.drawn, strict=True)
    nodes = [draw_node(Subject(*parts), easel) for parts in subjects]
    lines, named = edge_lines(placed)
    banded = _banded(measured, lines, easel.size)
    places = _captions(placed, lines, banded, [t.rect for t in named])
    frames, over = draw_clusters(placed, named, easel)
    items: list[Item] = [*frames, *_bands(placed, lines, banded, easel)]
    items += [n.group for n in nodes]
    facts = []
    for i, edge in enumerate(model.edges):
        line, caption = lines[i], places.get(i)
        if line is not None:
            items.append(_edge_group(placed, i, line, caption, easel))
        label = label_text(edge.label) if measured.edge_labels[i] is not None else ""
        points = line.points if line is not None else ()
        facts.append(EdgeFacts(edge.source, edge.target, label, points, caption.rect if caption is not None else None))
    items += over
    group = Group(
        f"{key}/flowchart",
        (),
        role="figure",
        rect=Rect(0.0, 0.0, outer.width, outer.height),
        alt=in_words(model),
        facts=chart_facts(placed, nodes, tuple(facts), outer, key.split("/", 1)[0]),
    )
    return Frame(outer, tuple(Placed(0.0, 0.0, item) for item in items), group=group)


def _searched(measured: Chart, limits: Limits, context: Context) -> Trial:
    """Return the layout with the largest text; BananaError for a tangle that would take minutes and could not be read."""
    try:
        return search(measured, limits)
    except TangledError as tangle:
        message = f"the flowchart's edges pass others' ranks at {tangle.args[0]:,} places; the limit is {MOST_PASSED:,}"
        hints = ("split the chart", "or join only what follows directly")
        raise BananaError.single(message, measured.model.span, hints, context.source) from None


def edge_lines(placed: Spread) -> tuple[list[Line | None], tuple[Title, ...]]:
    """Return every edge's curve, None for edges that are not drawn, and where the clusters' titles stand between them."""
    model = placed.chart.model
    drawn = [r for e, r in zip(model.edges, placed.routes, strict=True) if e.line != "invisible" and len(r) > 1]
    named = titles(placed, drawn) if placed.clusters else ()
    over = [t.rect for t in named if not t.crossed]
    index, polygons = _outlines(placed)
    wide = [r.grown(0.3 * MM * strength(placed.size)) for r in placed.boxes]
    words = [(j, r) for j, r in enumerate(placed.label_places) if r is not None]
    out: list[Line | None] = []
    for i, (edge, route) in enumerate(zip(model.edges, placed.routes, strict=True)):
        if edge.line == "invisible" or len(route) < 2:
            out.append(None)
            continue
        s, t = index.get(edge.source, -1), index.get(edge.target, -1)
        others = [r for j, r in enumerate(placed.boxes) if j not in (s, t)]
        air = [r for j, r in enumerate(wide) if j not in (s, t)]
        prices = ((100.0, others), (10.0, air), (1.0, [r for j, r in words if j != i]), (50.0, over))
        ends = (polygons.get(s), polygons.get(t))
        out.append(edge_line((route, placed.bare_routes[i]), ends, placed.size, prices, _form(placed, i)))
    ways = [line.points for line in out if line is not None]
    passed = any(crosses_rect(p, q, r) for r in over for way in ways for p, q in itertools.pairwise(way))
    return out, titles(placed, ways) if passed or len(over) < len(named) else named


def _form(placed: Spread, i: int) -> Form:
    """Return to which side an edge bows, and the curve asked for: by the edge, by `linkStyle`, or for the whole chart."""
    model = placed.chart.model
    edge = model.edges[i]
    found = next((v for k, v in reversed(edge.settings) if k == "curve"), None) or edge.style.get("interpolate")
    if found is None:
        found = next((v for k, v in reversed(model.settings) if k == "flowchart.curve"), "")
    return Form(1 if i % 2 == 0 else -1, found, placed.trial.direction in ("TB", "BT"))


def _captions(
    placed: Spread, lines: Sequence[Line | None], banded: Sequence[int], named: Sequence[Rect]
) -> dict[int, Caption]:
    """Return where the edge labels stand; `named` are the boxes of the clusters' titles."""
    measured, size = placed.chart, placed.size
    shapes = {node.id: node.shape for node in measured.model.nodes}
    asks = []
    for i, edge in enumerate(measured.model.edges):
        cuts = _edge_cuts(measured, i, placed.trial.measure)
        line = lines[i]
        if cuts and line is not None:
            asks.append(
                Ask(
                    i,
                    tuple(c.text.scaled(size) for c in cuts),
                    placed.label_places[i],
                    band_width(size) / 2 + 0.06 * size if i in banded else ASIDE * size,
                    shapes.get(edge.source) == "diam",
                    head_boxes(edge, line, size),
                )
            )
    blocks = [*placed.boxes, *named]
    return captions(asks, lines, blocks, placed.room, 0.16 * size)


def _edge_cuts(measured: Chart, i: int, measure: float) -> tuple[Cut, ...]:
    """Return an edge's label on as few lines as the author wrote, and as the layout kept room for."""
    label, cut = measured.edge_labels[i], measured.edge_cut(i, measure)
    if label is None or cut is None:
        return ()
    whole = label.cut(1e9)
    return (cut,) if whole.text == cut.text or whole.text.width > 2 * EDGE_MEASURE else (whole, cut)


def _banded(measured: Chart, lines: Sequence[Line | None], size: Pt) -> tuple[int, ...]:
    """Return which edges have a marker band under them: those on a plain cycle, where the text is large enough."""
    if size < LEAST_BAND_PT:
        return ()
    model = measured.model
    index = {node.id: i for i, node in enumerate(model.nodes)}
    drawn = [i for i, line in enumerate(lines) if line is not None]
    ends = [(index.get(model.edges[i].source, -1), index.get(model.edges[i].target, -1)) for i in drawn]
    return tuple(i for i, on in zip(drawn, on_cycles(ends, len(model.nodes)), strict=True) if on)


def _bands(placed: Spread, lines: Sequence[Line | None], banded: Sequence[int], easel: Easel) -> list[Item]:
    """Return the marker bands."""
    index, polygons = _outlines(placed)
    edges = placed.chart.model.edges
    found = [
        (line, (polygons.get(index.get(edges[i].source, -1)), polygons.get(index.get(edges[i].target, -1))))
        for i in banded
        if (line := lines[i]) is not None
    ]
    return bands(found, easel.size, easel.inks, f"{easel.context.key}/band")


def _outlines(placed: Spread) -> tuple[dict[str, int], dict[int, tuple[Point, ...]]]:
    """Return the nodes' numbers by their ids, and their outlines as polygons by number."""
    index = {node.id: i for i, node in enumerate(placed.chart.model.nodes)}
    return index, {i: tuple(flatten(d.outline, 0.2)[0]) for i, d in enumerate(placed.drawn)}


def _edge_group(placed: Spread, i: int, line: Line, caption: Caption | None, easel: Easel) -> Group:
    """Return an edge's items."""
    measured = placed.chart
    edge = measured.model.edges[i]
    key = f"{easel.context.key}/edge/{i}"
    pen = pen_for(edge, easel.inks)
    items = draw_edge(edge, line, pen, easel.size, easel.inks.ground, key)
    label = measured.edge_labels[i]
    if label is not None and caption is not None:
        cut, box = _edge_cuts(measured, i, placed.trial.measure)[caption.choice], caption.rect
        frame = easel.scribe.write(label, cut, easel.size, f"{key}/label")
        items += frame.flattened(box.center.x - frame.size.width / 2, box.center.y - frame.size.height / 2)
    rect = Rect.spanning(
        min(p.x for p in line.points),
        min(p.y for p in line.points),
        max(p.x for p in line.points),
        max(p.y for p in line.points),
    )
    return Group(key, tuple(items), role="edge", rect=rect)
