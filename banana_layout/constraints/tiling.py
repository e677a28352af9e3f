"""Constraints on how zones and cells divide a page, and on the gutters panels leave in their cells."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence

from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout, PanelBox
from banana_layout.layout.zones import ZoneBox
from banana_layout.model.zone import AnyCell, PanelCell, Track, Zone

EPSILON: Pt = 1e-6
"""Slack of exact geometry."""
FAULT = "no sheet should bring this about: report it with the sheet that does"
"""What to do about what only the engine can get wrong."""


def _zones_exact(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield zones that do not tile what they divide, or whose heights are not in proportion to their weights."""
    tree = division_of(page, layout)
    if tree is None:
        yield from _rows([z for z in page.zones if "." not in z.id], page.content, True)
        return
    boxes = {z.id: z for z in page.zones}
    for rows, home in _divided(tree, page):
        bounded = any(z.track.least is not None or z.track.most is not None for z in rows)
        yield from _rows([boxes[z.id] for z in rows], home, not bounded)


def _rows(zones: Sequence[ZoneBox], home: Rect, pure: bool) -> Iterator[Violation]:
    """Yield what is wrong with rows that stand one below another in a home; `pure` where weights alone share it."""
    total = math.fsum(z.rect.h for z in zones)
    weighted = [z for z in zones if z.weight is not None]
    off = total - home.h if weighted else max(0.0, total - home.h)
    if zones and abs(off) > EPSILON:
        message = f"the zones are {abs(off):.3g} pt off the height they divide"
        yield Violation("", message, 0, rects=(home,), amount=abs(off), hint=FAULT)
    top = home.y
    for z in zones:
        off = max(abs(z.rect.y - top), abs(z.rect.x - home.x), abs(z.rect.right - home.right))
        if off > EPSILON:
            message = f"{z.id} stands {off:.3g} pt off its place"
            yield Violation("", message, 0, rects=(z.rect, home), amount=off, hint=FAULT)
        top = z.rect.bottom
    shares = math.fsum(z.weight or 0.0 for z in weighted)
    height = math.fsum(z.rect.h for z in weighted)
    for z in weighted if pure else ():
        off = abs(z.rect.h - height * (z.weight or 0.0) / shares)
        if off > EPSILON:
            message = f"{z.id} is {off:.3g} pt off its share"
            yield Violation("", message, 0, rects=(z.rect,), amount=off, hint=FAULT)


def _cells_exact(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels whose cells do not stand where the division puts them."""
    tree = division_of(page, layout)
    boxes = {z.id: z.rect for z in page.zones}
    if tree is None:
        yield from _in_rows(page, boxes)
        return
    cells = {p.id: p.cell for p in page.panels}
    for rows, _ in _divided(tree, page):
        for zone in rows:
            home = boxes[zone.id]
            places = _places(zone.cells, home)
            for cell, at in zip(zone.cells, places, strict=True):
                has = cells.get(cell.panel) if isinstance(cell, PanelCell) else None
                if has is not None and isinstance(cell, PanelCell):
                    yield from _placed(cell.panel, has, at or Rect(has.x, home.y, has.w, home.h))
                if at is not None and not isinstance(cell, PanelCell):
                    ends = cell is zone.cells[0], cell is zone.cells[-1]
                    yield from _rows_placed(boxes[cell.rows[0].id], at, ends, cell.rows[0].id)
            known = [cells[c.panel] for c in zone.cells if isinstance(c, PanelCell) and c.panel in cells]
            yield from _in_order(known, home, len(known) == len(zone.cells))


def _placed(panel: str, has: Rect, at: Rect) -> Iterator[Violation]:
    """Yield a cell that is not where it should be."""
    off = max(abs(a - b) for a, b in ((has.x, at.x), (has.y, at.y), (has.right, at.right), (has.bottom, at.bottom)))
    if off > EPSILON:
        message = f'the cell of "{panel}" is {off:.3g} pt off its share of its row'
        yield Violation("", message, 0, panel, (has, at), off, FAULT)


def _rows_placed(has: Rect, at: Rect, ends: tuple[bool, bool], name: str) -> Iterator[Violation]:
    """Yield rows inside a cell that do not stand in its middle, half a gutter on each side but at the ends of its row."""
    left, right = has.x - at.x, at.right - has.right
    offs = [-left, -right, *(abs(gap) for gap, end in ((left, ends[0]), (right, ends[1])) if end)]
    off = max(offs if any(ends) else [*offs, abs(left - right)])
    if off > EPSILON:
        message = f"the rows from {name} on stand {off:.3g} pt off their cell"
        yield Violation("", message, 0, rects=(has, at), amount=off, hint=FAULT)


def _in_order(cells: Sequence[Rect], home: Rect, whole: bool) -> Iterator[Violation]:
    """Yield cells that do not stand side by side from a row's one end to the other; gaps only where it is not `whole`."""
    edges = [home.x, *itertools.chain.from_iterable((c.x, c.right) for c in cells), home.right]
    for end, start in zip(edges[::2], edges[1::2], strict=True):
        off = abs(start - end) if whole else end - start
        if off > EPSILON and cells:
            message = f"the cells of a row are {off:.3g} pt off one another"
            yield Violation("", message, 0, rects=(home,), amount=off, hint=FAULT)


def _in_rows(page: LaidPage, boxes: dict[str, Rect]) -> Iterator[Violation]:
    """Yield cells of a page the engine divided by itself that do not tile their zones."""
    for name, home in boxes.items():
        inside = [p for p in page.panels if p.zone == name]
        yield from _in_order([p.cell for p in inside], home, True)
        for p in inside:
            yield from _placed(p.id, p.cell, Rect(p.cell.x, home.y, p.cell.w, home.h))


def _places(cells: Sequence[AnyCell], home: Rect) -> list[Rect | None]:
    """Return where weights alone put a row's cells; None for each where lengths or bounds have a say."""
    tracks = [c.track for c in cells]
    if not all(_is_pure(t) for t in tracks):
        return [None] * len(tracks)
    shares = [t.weight or 0.0 for t in tracks]
    cuts = [home.x + home.w * s / math.fsum(shares) for s in itertools.accumulate(shares, initial=0.0)]
    return [Rect(a, home.y, b - a, home.h) for a, b in itertools.pairwise(cuts)]


def _is_pure(track: Track) -> bool:
    """Tell whether a track is a weight and nothing else."""
    return track.weight is not None and track.least is None and track.most is None


def _divided(tree: Sequence[Zone], page: LaidPage) -> Iterator[tuple[Sequence[Zone], Rect]]:
    """Yield all lists of rows with the room they divide: the page's own, then those inside cells."""
    boxes = {z.id: z.rect for z in page.zones}
    stack: list[tuple[Sequence[Zone], Rect]] = [(tree, page.content)]
    while stack:
        rows, home = stack.pop()
        yield rows, home
        for zone in rows:
            for cell in zone.cells:
                if not isinstance(cell, PanelCell):
                    # Half a gutter on either side belongs to the cell and not to its rows: how wide it is they tell.
                    first = boxes[cell.rows[0].id]
                    stack.append((cell.rows, Rect(first.x, boxes[zone.id].y, first.w, boxes[zone.id].h)))


def division_of(page: LaidPage, layout: Layout) -> tuple[Zone, ...] | None:
    """Return how the author divided a page; None where the engine did."""
    ids = [z.id for z in page.zones]
    for sheet in layout.document.sheets:
        if sheet.zones is None:
            continue
        named = list(_named(sheet.zones))
        if [z.id for z, _ in named] == ids and {p.id for p in page.panels} <= {n for _, names in named for n in names}:
            return sheet.zones
    return None


def _named(zones: Sequence[Zone]) -> Iterator[tuple[Zone, tuple[str, ...]]]:
    """Yield zones in the order they are laid out, each with the panels that stand in it directly."""
    for zone in zones:
        yield zone, tuple(c.panel for c in zone.cells if isinstance(c, PanelCell))
        for cell in zone.cells:
            if not isinstance(cell, PanelCell):
                yield from _named(cell.rows)


def _gutters_even(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels that stand nearer to an edge of their cell, or farther from it, than the others on their page."""
    framed = [p for p in page.panels if p.id != "title"]
    for sides in (("left", "right"), ("above",), ("below",)):
        gaps = [(p, side, _gap(p, side)) for p in framed for side in sides]
        # A panel at the end of its row has no gutter there.
        ends = (0.0,) if "left" in sides else ()
        usual = Counter(round(g, 6) for _, _, g in gaps if not ends or abs(g) > EPSILON)
        wanted = (*ends, *(g for g, _ in usual.most_common(1)))
        for p, side, gap in gaps:
            off = min((abs(gap - w) for w in wanted), default=0.0)
            if off > 2 * EPSILON:
                message = f'the gutter {_BESIDE[side]} "{p.id}" is {off:.2g} pt off that of the others'
                yield Violation("", message, 0, p.id, (p.rect, p.cell), off, FAULT)


_BESIDE = {"left": "left of", "right": "right of", "above": "above", "below": "below"}


def _gap(p: PanelBox, side: str) -> Pt:
    """Return how far a panel keeps off an edge of its cell."""
    return {
        "left": p.rect.x - p.cell.x,
        "right": p.cell.right - p.rect.right,
        "above": p.rect.y - p.cell.y,
        "below": p.cell.bottom - p.rect.bottom,
    }[side]


ZONES_EXACT = Constraint(
    "zones-exact", each_page(_zones_exact), "zones tile the content box in proportion to their weights"
)
CELLS_EXACT = Constraint("cells-exact", each_page(_cells_exact), "cells tile their zones as the author divided them")
GUTTERS_EVEN = Constraint("gutters-even", each_page(_gutters_even), "panels keep the same distance from their cells")
