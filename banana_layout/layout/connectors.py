"""Arrows between panels: through the gutters, never across text."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import msgspec

from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.gutters import along
from banana_layout.layout.result import ConnectorLine, PanelBox
from banana_layout.layout.typeset import Voice, set_text
from banana_layout.model.document import Connector
from banana_layout.model.inline import Text
from banana_layout.scene.frame import Frame
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import Diagnostic

TAILS = (15.0, 11.0, 8.0, 5.0, 2.5)
"""How far an arrow may reach back into the panel it leaves, in millimetres, the longest first."""
TAIL = 11.0
"""How far it best does, in millimetres: longer ones come among the panel's own lines."""
SWAYS = (-9.0, 9.0, -6.0, 6.0, 0.0)
"""How far aside of its crossing an arrow may begin, in millimetres: it then swings into it, as a hand draws it."""
STIFF = 2.5
"""What an arrow without such a swing costs, as much as a tail shorter by so many millimetres."""
LABEL_PT = (17.0, 13.0)
"""Type sizes of an arrow's words: the first where it has room."""
CLEAR = 1.2
"""Kept between an arrow and any text, in millimetres."""
ACROSS = 4.0
"""What words across a panel's edge cost, as much as a tail shorter by so many millimetres."""


class _Plan(msgspec.Struct, frozen=True):
    """A routed arrow."""

    points: tuple[Point, ...]
    """Its corners, tail first."""
    label: Rect | None
    """Where its words stand."""
    cost: float
    """Lower is better."""


def draw(
    connectors: Sequence[Connector], panels: Sequence[PanelBox], items: Sequence[Item], context: Context
) -> tuple[tuple[ConnectorLine, ...], tuple[Item, ...]]:
    """Return every connector as data and as ink.

    Neighbours are joined straight across the gutter between them, the tail reaching back into free room of the panel it
    leaves; others are joined along the gutters by the shortest way with few turns.
    """
    if not connectors:
        return (), ()
    boxes = {p.id: p for p in panels}
    taken = [*_margins(Rect.around(p.cell for p in panels)), *(r for item in items for r in _taken(item))]
    drops = {i.key: context.memo["anatomy"].frame_drop for i in items if isinstance(i, Group) and _framed(i)}
    unit = context.memo["anatomy"].unit
    edges = [edge for p in panels if p.id != "title" for edge in _edges(p.rect, drops.get(p.id, 0.0), unit)]
    tabs = {i.key: tab for i in items if isinstance(i, Group) for tab in [_tab(i)] if tab is not None}
    lines: list[ConnectorLine] = []
    out: list[Item] = []
    for i, connector in enumerate(connectors):
        source, target = boxes.get(connector.source), boxes.get(connector.target)
        if source is None or target is None or source is target:
            message = f'the connector from "{connector.source}" to "{connector.target}" joins panels of different pages'
            context.warn(Diagnostic("warning", message, connector.span, ("join panels of one page",), context.source))
            continue
        label, plan = _neighbourly(connector, (source, target), (taken, edges, tabs.get(target.id)), context.at(i))
        if plan is None:
            plan = _Plan(along(source, target, panels, context.memo["anatomy"].unit), None, 0.0)
        if label is not None and plan.label is None:
            ground = Rect.around(p.cell for p in panels)
            spot = _label_beside(plan.points, label, (taken, edges), ground, context.memo["anatomy"].unit)
            plan = msgspec.structs.replace(plan, label=spot)
        drawn, line = _ink(connector, plan, label, context.at(i))
        drawn = msgspec.structs.replace(drawn, alt=_said(connector, source, target))
        if plan.label is not None and any(plan.label.meets(e) for e in edges):
            drawn = msgspec.structs.replace(drawn, children=(_tag(plan.label, context.at(i)), *drawn.children))
        out.append(drawn)
        lines.append(line)
        taken += [Rect.spanning(*p, *q).grown(1.0) for p, q in zip(plan.points, plan.points[1:], strict=False)]
        taken += [plan.label] if plan.label else []
    return tuple(lines), tuple(out)


def _neighbourly(
    connector: Connector,
    ends: tuple[PanelBox, PanelBox],
    grounds: tuple[Sequence[Rect], Sequence[Rect], Rect | None],
    context: Context,
) -> tuple[Frame | None, _Plan | None]:
    """Return an arrow's words and its way across the gutter between two neighbours: the words as large as have room."""
    label: Frame | None = None
    for size in LABEL_PT:
        label = _words(connector, size, context)
        plan = _across(*ends, (label, *grounds), context)
        if plan is not None or label is None:
            return label, plan
    return label, None


def _margins(area: Rect) -> tuple[Rect, Rect, Rect, Rect]:
    """Return the ground on all sides of the panels, where neither arrows nor words across gutters may stand."""
    far = 1000.0
    return (
        Rect(area.x - far, area.y - far, area.w + 2 * far, far),
        Rect(area.x - far, area.bottom, area.w + 2 * far, far),
        Rect(area.x - far, area.y, far, area.h),
        Rect(area.right, area.y, far, area.h),
    )


def _framed(panel: Group) -> bool:
    """Tell whether a panel is drawn with a frame, which stands below the panel's top; notes have none."""
    return any(c.key.startswith(f"{panel.key}/frame") for c in panel.children)


def _edges(box: Rect, drop: Pt, unit: Pt) -> tuple[Rect, Rect, Rect, Rect]:
    """Return the ground of a panel's frame and of the shade to its right and below, where words read badly.

    The frame's upper edge stands `drop` below the panel's top, where the tab straddles it.
    """
    frame, shade = 0.5 * unit, 1.8 * unit
    r = Rect(box.x, box.y + drop, box.w, box.h - drop)
    return (
        Rect(r.x - frame, r.y - frame, r.w + frame + shade, 2 * frame),
        Rect(r.x - frame, r.bottom - frame, r.w + frame + shade, frame + shade),
        Rect(r.x - frame, r.y - frame, 2 * frame, r.h + frame + shade),
        Rect(r.right - frame, r.y - frame, frame + shade, r.h + frame + shade),
    )


def _tag(spot: Rect, context: Context) -> Path:
    """Return the clean ground of words that must stand across a panel's edge."""
    unit = context.memo["anatomy"].unit
    shape = Outline.rect(Rect(spot.x - 0.5 * unit, spot.y, spot.w + 1.0 * unit, spot.h), 1.2 * unit)
    pen = Stroke(0.4 * unit, Paint(context.theme.danger))
    return Path(f"{context.key}/tag", shape, fill=Paint(context.theme.clean), stroke=pen, reach=0.4 * unit)


def _words(connector: Connector, size: float, context: Context) -> Frame | None:
    """Return the label, set in the connector's ink."""
    if not connector.label:
        return None
    words = context.memo.setdefault(("connector", connector.label), (Text(text=connector.label),))
    voice = Voice("connector", "heading", context.theme.danger, leading=1.1, weight=0.02, balance=True)
    anatomy: Anatomy = context.memo["anatomy"]
    return set_text(words, voice, Room(42 * anatomy.unit, None, size * anatomy.unit / MM), context.at("label"))


def _taken(item: Item) -> Iterator[Rect]:
    """Yield what an arrow must keep clear of: text, tables, bubbles, nodes and edges of diagrams, tabs, a note's fold."""
    if not isinstance(item, Group):
        if isinstance(item, Path) and item.key.endswith(("/note/back", "/note/crease")):
            yield item.path.bounds()
        return
    if item.role in ("line", "emoji", "table", "quote", "callout", "code", "node") and item.rect is not None:
        yield item.rect
        return
    if item.facts is not None:
        for edge in item.facts.to_dict()["edges"]:
            points = edge["points"]
            for p, q in itertools.pairwise(points):
                yield Rect.spanning(p[0], p[1], q[0], q[1]).grown(1.0)
    if item.role == "heading" and item.rect is not None:
        yield _about(item.rect)
    for child in item.children:
        yield from _taken(child)


def _about(tab: Rect) -> Rect:
    """Return what arrows keep clear of about a tab's words."""
    return tab.grown(0.55 * tab.h)


def _tab(item: Group) -> Rect | None:
    """Return the place of a panel's title, if it has one."""
    if item.role == "heading":
        return item.rect
    return next((tab for c in item.children if isinstance(c, Group) and (tab := _tab(c)) is not None), None)


def _across(
    source: PanelBox,
    target: PanelBox,
    what: tuple[Frame | None, Sequence[Rect], Sequence[Rect], Rect | None],
    context: Context,
) -> _Plan | None:
    """Return the best straight way across the gutter between two neighbours, or None where they are none.

    `what` is the label, what is taken, the panels' edges and the tab of the panel it goes to.
    """
    anatomy: Anatomy = context.memo["anatomy"]
    unit = anatomy.unit
    a, b = source.rect, target.rect
    for turn in (_identity, _turned):
        p, q = turn(a), turn(b)
        gap = (q.y - p.bottom, p.y - q.bottom)
        near = max(gap)
        low, high = max(p.x, q.x), min(p.right, q.right)
        if near < -1e-6 or near > 14 * unit or high - low < 12 * unit:
            continue
        down = gap[0] >= gap[1]
        vertical = turn is _identity
        drop = anatomy.frame_drop if vertical else 0.0
        if down:
            start, end = p.bottom, q.y + drop - 0.6 * unit
        else:
            start, end = p.y + drop, q.bottom + 1.6 * unit
        found = _best_crossing((low, high), (start, end), (*what[:3], unit), vertical)
        tab = what[3]
        if found is None and tab is not None and vertical and down:
            # Nowhere beside the tab: it ends on the tab itself.
            free = [r for r in what[1] if r != _about(tab)]
            across = (max(low, tab.x - 5 * unit), min(high, tab.right + 5 * unit))
            found = _best_crossing(across, (start, q.y - 0.3 * unit), (what[0], free, what[2], unit), vertical)
        if found is not None:
            return found
    return None


def _identity(r: Rect) -> Rect:
    """Return the rectangle as it is."""
    return r


def _turned(r: Rect) -> Rect:
    """Return the rectangle with its axes exchanged."""
    return Rect(r.y, r.x, r.h, r.w)


def _best_crossing(
    span: tuple[Pt, Pt],
    ends: tuple[Pt, Pt],
    what: tuple[Frame | None, Sequence[Rect], Sequence[Rect], Pt],
    vertical: bool,
) -> _Plan | None:
    """Return the crossing with the best free tail, swung aside if it can be, near the middle of what the panels share."""
    label, taken, edges, unit = what
    low, high = span
    start, end = ends
    sign = 1.0 if end > start else -1.0
    rects, bars = (taken, edges) if vertical else ([_turned(r) for r in taken], [_turned(r) for r in edges])
    # Only what lies where arrow and words may come matters: a page has hundreds of lines.
    strip = Rect.spanning(low, start - sign * TAILS[0] * unit, high, end).grown(60 * unit)
    rects = [r for r in rects if r.meets(strip)]
    middle = (low + high) / 2
    best: _Plan | None = None
    steps = 33
    blocked: dict[tuple[int, float], bool] = {}
    for i, (tail, sway) in itertools.product(range(steps), itertools.product(TAILS, SWAYS)):
        x = low + 6 * unit + (high - low - 12 * unit) * i / (steps - 1)
        y0, x0 = start - sign * tail * unit, x + sway * unit
        cost = abs(tail - TAIL) + abs(x - middle) / (high - low) * 6 + (0.0 if sway else STIFF)
        if (sway and abs(sway) > tail) or (best is not None and cost >= best.cost):
            continue
        if (i, tail) not in blocked:
            lane = Rect.spanning(x - 1.6 * unit, y0, x + 1.6 * unit, end).grown(CLEAR * unit)
            blocked[i, tail] = any(lane.meets(r) for r in rects)
        if blocked[i, tail]:
            continue
        swing = Rect.spanning(x0, y0 - unit, x, y0 + sign * 0.5 * tail * unit).grown(CLEAR * unit)
        if any(swing.meets(r) for r in rects):
            continue
        place = _label_place(label, (x0, x), (y0, sign), (rects, bars), (unit, vertical))
        if label is not None and place is None:
            continue
        cost += ACROSS if place is not None and any(place.meets(r) for r in bars) else 0.0
        if best is None or cost < best.cost:
            points = (Point(x0, y0), Point(x, end)) if vertical else (Point(y0, x0), Point(end, x))
            best = _Plan(points, place if place is None or vertical else _turned(place), cost)
    return best


def _label_place(
    label: Frame | None,
    between: tuple[Pt, Pt],
    tail: tuple[Pt, float],
    grounds: tuple[Sequence[Rect], Sequence[Rect]],
    how: tuple[Pt, bool],
) -> Rect | None:
    """Return free room for a label beside an arrow's tail, off the panels' edges where it can be, in the crossing's own axes.

    `between` is where the tail begins and where it crosses: words before a swing stand at its beginning's height.
    """
    if label is None:
        return None
    y0, sign = tail
    unit, vertical = how
    wide, tall = label.size if vertical else label.size[::-1]
    first, x = between
    top = y0 - 0.5 * tall if first != x else y0 if sign > 0 else y0 - tall
    taken, edges = grounds
    free: Rect | None = None
    sides = [(min(between) - 2.2 * unit - wide, first <= x), (max(between) + 2.2 * unit, first >= x)]
    for left, behind in sorted(sides, key=lambda side: not side[1]):
        # Beyond the crossing itself words start below the swing.
        lower = 0.0 if behind else 0.6 * tall * sign
        for shift in (0.0, 0.5 * tall * sign, 1.0 * tall * sign):
            spot = Rect(left, top + lower + shift, wide, tall)
            if any(spot.grown(0.4 * unit).meets(r) for r in taken):
                continue
            if not any(spot.meets(r) for r in edges):
                return spot
            free = free or spot
    return free


def _label_beside(
    points: Sequence[Point], label: Frame, grounds: tuple[Sequence[Rect], Sequence[Rect]], area: Rect, unit: Pt
) -> Rect:
    """Return room for a label beside an arrow along the gutters: on the page, clear of text where there is such room.

    `grounds` is what is taken and, less grave, the panels' edges.
    """
    taken, edges = grounds
    wide, tall = label.size
    best, least = Rect(0.0, 0.0, wide, tall), math.inf
    for a, b in sorted(itertools.pairwise(points), key=lambda s: -s[0].distance(s[1])):
        for share in (0.5, 0.35, 0.65, 0.2, 0.8):
            x, y = a.toward(b, share)
            beside = ((x + 1.5 * unit, y - tall / 2), (x - 1.5 * unit - wide, y - tall / 2))
            across = ((x - wide / 2, y - tall - unit), (x - wide / 2, y + unit))
            for left, top in beside if a.x == b.x else across:
                # Kept on the page, whatever it then lies on.
                held = max(area.x, min(left, area.right - wide)), max(area.y, min(top, area.bottom - tall))
                spot = Rect(*held, wide, tall)
                shared = math.fsum(s.width * s.height for s in (spot.overlap(r) for r in taken))
                shared += 0.05 * math.fsum(s.width * s.height for s in (spot.overlap(r) for r in edges))
                if shared < least - 1e-6:
                    best, least = spot, shared
        if least == 0.0:
            break
    return best


def _ink(connector: Connector, plan: _Plan, label: Frame | None, context: Context) -> tuple[Group, ConnectorLine]:
    """Return an arrow: one curved stroke, a V head of two strokes, its label."""
    anatomy: Anatomy = context.memo["anatomy"]
    unit = anatomy.unit
    shaft = _shaft(plan.points, unit)
    pen = Stroke(1.0 * unit, Paint(context.theme.danger))
    line = tuple(flatten(shaft, 0.1)[0])
    tip, before = line[-1], line[max(0, len(line) - 4)]
    angle = math.atan2(tip.y - before.y, tip.x - before.x)
    head = PathBuilder()
    for turn in (-27.0, 27.0):
        a = angle + math.pi + math.radians(turn)
        head.move(*tip).line(tip.x + 4.2 * unit * math.cos(a), tip.y + 4.2 * unit * math.sin(a))
    strokes = [Path(f"{context.key}/shaft", shaft, stroke=pen, reach=0.8 * unit)]
    thin = msgspec.structs.replace(pen, width=0.9 * unit)
    for i, part in enumerate(head.build().subpaths()):
        strokes.append(Path(f"{context.key}/head{i}", part, stroke=thin, reach=0.8 * unit))
    words = label.flattened(plan.label.x, plan.label.y) if label is not None and plan.label is not None else ()
    group = Group(context.key, (*strokes, *words), role="connector")
    return group, ConnectorLine(connector.source, connector.target, connector.label, line)


def _shaft(points: Sequence[Point], unit: Pt) -> Outline:
    """Return the arrow's line: bowed where it is straight, with rounded corners where it turns."""
    b = PathBuilder().move(*points[0])
    if len(points) == 2 and min(abs(points[1].x - points[0].x), abs(points[1].y - points[0].y)) > unit:
        p, q = points
        # It leaves sideways and arrives straight.
        if abs(q.y - p.y) >= abs(q.x - p.x):
            one, two = Point(p.x + 0.72 * (q.x - p.x), p.y + 0.02 * (q.y - p.y)), Point(q.x, p.y + 0.42 * (q.y - p.y))
        else:
            one, two = Point(p.x + 0.02 * (q.x - p.x), p.y + 0.72 * (q.y - p.y)), Point(p.x + 0.42 * (q.x - p.x), q.y)
        return b.cubic(*one, *two, *q).build()
    if len(points) == 2:
        p, q = points
        bow = min(1.6 * unit, 0.12 * p.distance(q))
        length = max(p.distance(q), 1e-6)
        nx, ny = -(q.y - p.y) / length, (q.x - p.x) / length
        one, two = p.toward(q, 0.3), p.toward(q, 0.72)
        return b.cubic(one.x + nx * bow, one.y + ny * bow, two.x + nx * bow, two.y + ny * bow, *q).build()
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(3 * unit, before.distance(corner) / 2, corner.distance(after) / 2)
        start = corner.toward(before, r / max(before.distance(corner), 1e-6))
        end = corner.toward(after, r / max(corner.distance(after), 1e-6))
        b.line(*start).quad(*corner, *end)
    return b.line(*points[-1]).build()


def _said(connector: Connector, source: PanelBox, target: PanelBox) -> str:
    """Return an arrow in words: the titles of the panels it joins, and its label."""
    way = f"{source.title or source.id} → {target.title or target.id}"
    return f"{way}: {connector.label}" if connector.label else way
