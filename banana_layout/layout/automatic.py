"""Lays a sheet out by itself: rows by need, reading order kept, as few pages as hold everything."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import MM, Anatomy
from banana_layout.layout.contract import Context
from banana_layout.layout.fit import Candidate, largest, need
from banana_layout.layout.roles import Cast
from banana_layout.model.block import AnyBlock, Diagram, List, Table
from banana_layout.model.document import Panel, Sheet
from banana_layout.model.inline import Text
from banana_layout.model.zone import PanelCell, Track, Zone
from banana_layout.source import BananaError

TITLE_SHARE = 0.1
"""Height of the title zone, as a share of the content box."""
DRAWING = 0.42
"""Height of a diagram the automatic layout plans with, as a share of its width."""
PAIR_GAIN = 0.97
"""Two panels stand side by side where that saves at least this much."""
STRETCH = 1.6
"""A row is never higher than this many times its need."""
SIZE_STEP = 0.25
"""The size rows are planned for is searched to this many points."""
NARROWEST_DRAWING = 85.0
"""A diagram stands beside another panel only where it gets this many millimetres."""
CONTINUED = {"ko": "(계속)", "ja": "(続き)"}
"""What is added to the title of a panel that goes on; `(continued)` in other languages."""


class _Row(msgspec.Struct, frozen=True):
    """Panels side by side."""

    panels: tuple[Panel, ...]
    """Left to right."""
    height: Pt
    """What they need."""


def automatic_sheets(sheet: Sheet, content: Rect, context: Context) -> tuple[Sheet, ...]:
    """Return the sheet on as few pages as hold it, each with zones."""
    if not sheet.panels:
        zone = Zone(Track(weight=1.0), (PanelCell("title"),), "zone-1")
        return (msgspec.structs.replace(sheet, zones=(zone,)),)
    scale = context.theme.type
    first = content.h * (1 - (TITLE_SHARE if sheet.title else 0.0))
    rows = _rows(sheet.panels, content.w, roomy(context), context)
    if _height(rows) > first:
        low, high = scale.body_min_pt * 1.02, roomy(context)
        rows = _rows(sheet.panels, content.w, low, context)
        if _height(rows) > first:
            return _paginated(sheet, content, first, context)
        while high - low > SIZE_STEP:
            middle = (low + high) / 2
            trial = _rows(sheet.panels, content.w, middle, context)
            if _height(trial) <= first:
                low, rows = middle, trial
            else:
                high = middle
    return (_zoned(sheet, rows, first, content, True),)


def roomy(context: Context) -> Pt:
    """Return the largest body size of a page that is divided by itself."""
    scale = context.theme.type
    anatomy: Anatomy = context.memo["anatomy"]
    return max(scale.body_max_pt, scale.body_roomy_pt * anatomy.unit / MM)


def _height(rows: Sequence[_Row]) -> Pt:
    """Return how high rows are together."""
    return sum(r.height for r in rows)


def _paginated(sheet: Sheet, content: Rect, first: Pt, context: Context) -> tuple[Sheet, ...]:
    """Return the sheet on several pages, broken between rows; panels higher than a page are cut between blocks."""
    size = context.theme.type.body_min_pt * 1.15
    panels = [part for p in sheet.panels for part in _cut(p, content, min(first, content.h), size, context)]
    pages: list[list[_Row]] = [[]]
    used, room = 0.0, first
    for row in _rows(panels, content.w, size, context):
        if pages[-1] and used + row.height > room:
            pages.append([])
            used, room = 0.0, content.h
        pages[-1].append(row)
        used += row.height
    return tuple(_zoned(sheet, rows, first if i == 0 else content.h, content, i == 0) for i, rows in enumerate(pages))


def _cut(panel: Panel, content: Rect, room: Pt, size: Pt, context: Context) -> list[Panel]:
    """Return a panel, or the parts of one that is higher than a page."""
    if _need(panel, content.w, size, context) <= room:
        return [panel]
    parts: list[list[AnyBlock]] = [[]]
    for block in (piece for b in panel.blocks for piece in pieces(b)):
        trial = msgspec.structs.replace(panel, blocks=(*parts[-1], block))
        if parts[-1] and _need(trial, content.w, size, context) > room:
            parts.append([])
        parts[-1].append(block)
    first = msgspec.structs.replace(panel, blocks=merged(parts[0]))
    return [first, *(continued(panel, i, blocks, context) for i, blocks in enumerate(parts[1:], 2))]


def cut_to_box(candidate: Candidate, floor: Pt) -> tuple[Panel, Panel | None]:
    """Return what of a panel its box holds at the smallest size, and a panel that goes on with the rest.

    The whole panel and None where it fits, and also where not even its first piece does: that is for `fit` to refuse.
    """
    panel = candidate.panel
    if largest(candidate, floor, floor) is not None:
        return panel, None
    parts = [piece for block in panel.blocks for piece in pieces(block)]
    low, high = 0, len(parts)
    while high - low > 1:
        middle = (low + high) // 2
        trial = msgspec.structs.replace(candidate, panel=msgspec.structs.replace(panel, blocks=merged(parts[:middle])))
        low, high = (middle, high) if largest(trial, floor, floor) is not None else (low, middle)
    if low == 0:
        return panel, None
    here = msgspec.structs.replace(panel, blocks=merged(parts[:low]))
    return here, continued(panel, 2, parts[low:], candidate.context)


def continued(panel: Panel, part: int, blocks: Sequence[AnyBlock], context: Context) -> Panel:
    """Return a panel that goes on with `blocks`, its title saying so."""
    word = CONTINUED.get(context.lang[:2], "(continued)")
    title = (*panel.title, Text(text=f" {word}"))
    return msgspec.structs.replace(panel, id=f"{panel.id}--{part}", title=title, blocks=merged(blocks))


def pieces(block: AnyBlock) -> list[AnyBlock]:
    """Return what a block may be cut into: list items, table rows under a repeated header."""
    if isinstance(block, List) and len(block.items) > 1:
        return [msgspec.structs.replace(block, items=(it,), start=block.start + i) for i, it in enumerate(block.items)]
    if isinstance(block, Table) and len(block.rows) > 1:
        return [msgspec.structs.replace(block, rows=(row,)) for row in block.rows]
    return [block]


def merged(blocks: Sequence[AnyBlock]) -> tuple[AnyBlock, ...]:
    """Put neighbouring pieces of one block together again."""
    out: list[AnyBlock] = []
    for block in blocks:
        last = out[-1] if out else None
        if isinstance(last, Table) and isinstance(block, Table) and last.header is block.header:
            out[-1] = msgspec.structs.replace(last, rows=last.rows + block.rows)
        elif isinstance(last, List) and isinstance(block, List) and block.start == last.start + len(last.items):
            out[-1] = msgspec.structs.replace(last, items=last.items + block.items)
        else:
            out.append(block)
    return tuple(out)


def _rows(panels: Sequence[Panel], width: Pt, size: Pt, context: Context) -> list[_Row]:
    """Group panels into rows of one to three, the least total height, in reading order (dynamic programming)."""
    anatomy = context.memo["anatomy"]
    most = 3 if width > 240 * anatomy.unit else 2
    needs: dict[tuple[str, int], Pt] = {}
    for panel in panels:
        for count in range(1, most + 1):
            inner = (width - (count - 1) * anatomy.column_gutter) / count
            needs[panel.id, count] = _need(panel, inner, size, context)
    best: list[tuple[Pt, int]] = [(0.0, 0)]
    for end in range(1, len(panels) + 1):
        options = []
        for count in range(1, min(most, end) + 1):
            group = panels[end - count : end]
            narrow = width / count < NARROWEST_DRAWING * anatomy.unit
            if count > 1 and narrow and any(isinstance(b, Diagram) for p in group for b in p.blocks):
                continue
            height = max(needs[p.id, count] for p in group)
            options.append((best[end - count][0] + height / (PAIR_GAIN if count == 1 else 1.0), count))
        best.append(min(options))
    rows: list[_Row] = []
    end = len(panels)
    while end:
        count = best[end][1]
        group = tuple(panels[end - count : end])
        rows.append(_Row(group, max(needs[p.id, count] for p in group)))
        end -= count
    return rows[::-1]


def _need(panel: Panel, width: Pt, size: Pt, context: Context) -> Pt:
    """Return the height a panel needs, gutters included."""
    gap = context.memo["anatomy"].gutter_of(panel.id)
    candidate = Candidate(panel, Rect(0.0, 0.0, width, 1e5), Cast("plain", context.tone), context.at(panel.id))
    try:
        return need(candidate, size, DRAWING) + float(gap.down)
    except BananaError:
        return 1e4


def _zoned(sheet: Sheet, rows: Sequence[_Row], room: Pt, content: Rect, titled: bool) -> Sheet:
    """Return a page of the sheet with one zone a row, as high as it needs; slack is shared in proportion."""
    # Rows never grow far beyond their need: paper under the last one looks better than air inside each.
    slack = room / max(_height(rows), 1.0)
    zones = []
    if titled and sheet.title is not None:
        zones.append(Zone(Track(length=content.h - room), (PanelCell("title"),), "zone-1"))
    for row in rows:
        cells = tuple(PanelCell(p.id) for p in row.panels)
        track = Track(weight=row.height) if slack <= STRETCH else Track(length=row.height * STRETCH)
        zones.append(Zone(track, cells, f"zone-{len(zones) + 1}"))
    panels = tuple(p for row in rows for p in row.panels)
    return msgspec.structs.replace(
        sheet, zones=tuple(zones), panels=panels, title=sheet.title if titled else None, connectors=sheet.connectors
    )
