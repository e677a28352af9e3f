"""Lays a sheet out by itself: rows by need, reading order kept, as few pages as hold everything."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.layout.expected import drawing, draws, emptiness, stiff
from banana_layout.layout.fit import Candidate, largest, need
from banana_layout.layout.limits import PAGES, too_many_pages
from banana_layout.layout.pieces import cut, joined
from banana_layout.layout.roles import Cast
from banana_layout.layout.roomy import roomy
from banana_layout.model.block import AnyBlock, Diagram
from banana_layout.model.document import Panel, Sheet
from banana_layout.model.inline import Text
from banana_layout.model.zone import PanelCell, Track, Zone
from banana_layout.source import BananaError

TITLE_SHARE = 0.1
"""Height of the title zone, as a share of the content box."""
PAIR_GAIN = 0.97
"""Two panels stand side by side where that saves at least this much."""
LONE = 0.5
"""How much more a panel alone in its row costs where it is no lower for being broad: half of the row is then empty."""
LONE_GAIN = 0.9
"""Empty halves of rows are avoided at no smaller size than this share of the largest there can be."""
STRETCH = 1.6
"""A row is never higher than this many times its need."""
REMNANT = (0.5, 0.25)
"""Less paper than this share of the page under the last row goes to the rows with diagrams, which can use it; where there are
none, to all."""
TEXT_SHARES = {2: (0.36, 0.42), 3: (0.26, 0.3)}
"""How wide a panel of text may stand in a row with a diagram, by the panels in it, if it grows no higher than the row."""
PAGES_SIZE = 0.4
"""Body size on several pages, between the theme's least and largest: 11.2 pt of 9 to 14.6."""
STUB, FEW_PAGES = 0.3, 8
"""A last page filled less than this is saved by smaller type where it can be, on so few pages that it shows."""
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


class Divided(msgspec.Struct, frozen=True):
    """A sheet divided by the engine."""

    sheets: tuple[Sheet, ...]
    """One a page, each with zones."""
    body_max: Pt
    """Largest body size of its pages; on several pages the size they were divided for, so that all have the same."""


def automatic_sheets(sheet: Sheet, content: Rect, context: Context) -> Divided:
    """Return the sheet on as few pages as hold it, each with zones."""
    if not sheet.panels:
        zone = Zone(Track(weight=1.0), (PanelCell("title"),), "zone-1")
        return Divided((msgspec.structs.replace(sheet, zones=(zone,)),), roomy(context))
    scale = context.theme.type
    first = content.h * (1 - (TITLE_SHARE if sheet.title else 0.0))
    low, high = scale.body_min_pt * 1.02, roomy(context)
    best = _largest(sheet, (first, content), (low, high), context, 0.0)
    if best is None:
        return _paginated(sheet, content, first, context)
    full = _largest(sheet, (first, content), (low, high), context, LONE)
    size, rows = full if full is not None and full[0] >= LONE_GAIN * best[0] else best
    size, rows = _whole(rows, content.w, size, context)
    return Divided((_zoned(sheet, rows, (first, content, size), context, True),), roomy(context))


def _whole(rows: list[_Row], width: Pt, size: Pt, context: Context) -> tuple[Pt, list[_Row]]:
    """Return rows as high as they need to be at the size they will be set at.

    A page with room is not written larger where that breaks rows of tables or lines of code, so its rows need not hold them.
    """
    usual = context.theme.type.body_max_pt
    gutter = context.memo["anatomy"].column_gutter
    firm = [(p, (width - (len(r.panels) - 1) * gutter) / len(r.panels)) for r in rows for p in r.panels if stiff(p)]

    def breaks(size: Pt) -> bool:
        return any(
            _need(p, w, size, context) > size / usual * _need(p, w, usual, context) + 0.5 * size for p, w in firm
        )

    while size > usual and breaks(size):
        size = max(usual, size - SIZE_STEP)

    def tall(row: _Row) -> Pt:
        inner = (width - (len(row.panels) - 1) * gutter) / len(row.panels)
        return max(_need(p, inner, size, context) for p in row.panels)

    return size, [msgspec.structs.replace(row, height=tall(row)) for row in rows]


def _largest(
    sheet: Sheet, ground: tuple[Pt, Rect], sizes: tuple[Pt, Pt], context: Context, lone: float
) -> tuple[Pt, list[_Row]] | None:
    """Return the largest size at which rows fit one page, and those rows; None where not even the least does.

    `ground` is the rows' room and the content box; `lone` is what empty halves of rows cost.
    """
    first, content = ground
    low, high = sizes
    top = high
    rows = _rows(sheet.panels, (content, first), low, context, lone)
    if rows is None or _height(rows) > first:
        return None
    while high - low > SIZE_STEP:
        size = high if high == top else (low + high) / 2
        trial = _rows(sheet.panels, (content, first), size, context, lone)
        if trial is not None and _height(trial) <= first:
            low, rows = size, trial
        else:
            high = size - (SIZE_STEP if size == high else 0.0)
    return low, rows


def _page_size(context: Context) -> Pt:
    """Return the body size of sheets that take several pages."""
    scale = context.theme.type
    return scale.body_min_pt + (scale.body_max_pt - scale.body_min_pt) * PAGES_SIZE


def _height(rows: Sequence[_Row]) -> Pt:
    """Return how high rows are together."""
    return math.fsum(r.height for r in rows)


def _paginated(sheet: Sheet, content: Rect, first: Pt, context: Context) -> Divided:
    """Return the sheet on several pages of one size, a little smaller where that saves a last page with little on it."""
    size = _page_size(context)
    pages = _pages(sheet, content, first, size, context)
    if len(pages) <= FEW_PAGES and _height(pages[-1]) < STUB * content.h:
        for smaller in (0.95 * size, 0.9 * size):
            fewer = _pages(sheet, content, first, smaller, context)
            if len(fewer) < len(pages):
                size, pages = smaller, fewer
                break
    rooms = [first, *[content.h] * len(pages)]
    sheets = (_zoned(sheet, rows, (rooms[i], content, size), context, i == 0) for i, rows in enumerate(pages))
    return Divided(tuple(sheets), size)


def _pages(sheet: Sheet, content: Rect, first: Pt, size: Pt, context: Context) -> list[list[_Row]]:
    """Return the rows of each page, broken between rows; panels higher than a page are cut between pieces.

    Raises BananaError as soon as it is certain that there are too many pages.
    """
    parts = (part for p in sheet.panels for part in _cut(p, content, min(first, content.h), size, context))
    rows = _rows(parts, (content, first + (PAGES - 1) * content.h), size, context)
    if rows is None:
        raise too_many_pages()
    pages: list[list[_Row]] = [[]]
    used, room = 0.0, first
    for row in rows:
        if pages[-1] and used + row.height > room:
            pages.append([])
            used, room = 0.0, content.h
        pages[-1].append(row)
        used += row.height
    return pages


def _cut(panel: Panel, content: Rect, room: Pt, size: Pt, context: Context) -> list[Panel]:
    """Return a panel, or the parts of one that is higher than a page."""
    if _need(panel, content.w, size, context) <= room:
        return [panel]
    pieces = cut(panel.blocks)
    parts: list[tuple[AnyBlock, ...]] = []
    at = 0

    def holds(count: int) -> bool:
        trial = msgspec.structs.replace(panel, blocks=joined(pieces[at : at + count]))
        return _measured(trial, content.w, size, context) <= room

    while at < len(pieces):
        count = max(1, _most(holds, len(pieces) - at))
        parts.append(joined(pieces[at : at + count]))
        at += count
    first = msgspec.structs.replace(panel, blocks=parts[0])
    return [first, *(continued(panel, i, blocks, context) for i, blocks in enumerate(parts[1:], 2))]


def _most(holds: Callable[[int], bool], limit: int) -> int:
    """Return the largest count up to `limit` that holds, 0 for none.

    Doubling, then bisection: pieces far beyond are never measured.
    """
    low, high = 0, 1
    while high <= limit and holds(high):
        low, high = high, high * 2
    high = min(high, limit + 1)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def cut_to_box(candidate: Candidate, floor: Pt) -> tuple[Panel, Panel | None]:
    """Return what of a panel its box holds at the smallest size, and a panel that goes on with the rest.

    The whole panel and None where it fits, and also where not even its first piece does: that is for `fit` to refuse.
    """
    panel = candidate.panel
    if largest(candidate, floor, floor) is not None:
        return panel, None
    pieces = cut(panel.blocks)

    def holds(count: int) -> bool:
        trial = msgspec.structs.replace(panel, blocks=joined(pieces[:count]))
        return largest(msgspec.structs.replace(candidate, panel=trial), floor, floor) is not None

    count = _most(holds, len(pieces))
    if count == 0:
        return panel, None
    here = msgspec.structs.replace(panel, blocks=joined(pieces[:count]))
    return here, continued(panel, 2, joined(pieces[count:]), candidate.context)


def continued(panel: Panel, part: int, blocks: tuple[AnyBlock, ...], context: Context) -> Panel:
    """Return a panel that goes on with `blocks`, its title saying so."""
    word = CONTINUED.get(context.lang[:2], "(continued)")
    title = (*panel.title, Text(text=f" {word}"))
    return msgspec.structs.replace(panel, id=f"{panel.id}--{part}", title=title, blocks=blocks)


def _rows(
    panels: Iterable[Panel], ground: tuple[Rect, Pt], size: Pt, context: Context, lone: float = 0.0
) -> list[_Row] | None:
    """Group panels into rows of one to three, the least total height, in reading order (dynamic programming).

    No row of several panels is higher than a page. `ground` is the content box and the rows' room: None as soon as the rows
    are certain to be higher than it, of which each counts as one page at most: no panel beyond is measured. A row of one panel
    counts up to `lone` of its height more, as far as half of the width would hold it as well.
    """
    content, room = ground
    anatomy = context.memo["anatomy"]
    most = 3 if content.w > 240 * anatomy.unit else 2
    narrow = [content.w / count < NARROWEST_DRAWING * anatomy.unit for count in range(1, most + 1)]
    seen: list[Panel] = []
    needs: list[tuple[Pt, ...]] = []
    best: list[tuple[Pt, int]] = [(0.0, 0)]
    beyond = 0.0
    for end, panel in enumerate(panels, 1):
        seen.append(panel)
        inners = ((content.w - (count - 1) * anatomy.column_gutter) / count for count in range(1, most + 1))
        needs.append(tuple(_need(panel, inner, size, context) for inner in inners))
        options = []
        for count in range(1, min(most, end) + 1):
            group = seen[end - count :]
            if count > 1 and narrow[count - 1] and any(isinstance(b, Diagram) for p in group for b in p.blocks):
                continue
            height = max(tall[count - 1] for tall in needs[end - count :])
            if count > 1 and height > content.h:
                continue
            cost = height
            if count == 1:
                cost *= max(1 / PAIR_GAIN, 1 + lone * emptiness(panel, *needs[-1][:2]))
            options.append((best[end - count][0] + cost, count))
        best.append(min(options))
        beyond += max(0.0, needs[-1][0] - content.h)
        # one of the last few ends a row, whatever follows, and no row is lower than its share of what it was chosen by
        if min(best[-most:])[0] / max(1 + lone, 1 / PAIR_GAIN) - beyond > room + 1e-6:
            return None
    return _chosen(seen, needs, best)


def _chosen(panels: Sequence[Panel], needs: Sequence[tuple[Pt, ...]], best: Sequence[tuple[Pt, int]]) -> list[_Row]:
    """Return the rows that lead to the best of all panels; `best` has what each number of panels costs, and its last row."""
    rows: list[_Row] = []
    end = len(panels)
    while end:
        count = best[end][1]
        height = max(tall[count - 1] for tall in needs[end - count : end])
        rows.append(_Row(tuple(panels[end - count : end]), height))
        end -= count
    return rows[::-1]


def _need(panel: Panel, width: Pt, size: Pt, context: Context) -> Pt:
    """Return the height a panel of the sheet needs, gutters included; measured once a layout call."""
    key = ("need", id(panel), width, size)
    if key not in context.memo:
        context.memo[key] = (_measured(panel, width, size, context), panel)  # the panel, so that its id stays its own
    height: Pt = context.memo[key][0]
    return height


def _measured(panel: Panel, width: Pt, size: Pt, context: Context) -> Pt:
    """Return the height a panel needs, gutters included."""
    gap = context.memo["anatomy"].gutter_of(panel.id)
    candidate = Candidate(panel, Rect(0.0, 0.0, width, 1e5), Cast("plain", context.tone), context.at(panel.id))
    try:
        return need(candidate, size, drawing(panel, width, size, context)) + float(gap.down)
    except BananaError:
        return 1e4


def _zoned(sheet: Sheet, rows: Sequence[_Row], ground: tuple[Pt, Rect, Pt], context: Context, titled: bool) -> Sheet:
    """Return a page of the sheet with one zone a row, as high as it needs; slack is shared in proportion.

    `ground` is the rows' room, the content box and the body size they were planned for.
    """
    room, content, size = ground
    # Rows never grow far beyond their need: paper under the last one looks better than air inside each.
    slack = room / max(_height(rows), 1.0)
    drawn = [r for r in rows if any(draws(p) for p in r.panels)]
    takers, most = (drawn, REMNANT[0]) if drawn else (rows, REMNANT[1])
    left = room - STRETCH * _height(rows)
    more = left / _height(takers) if 0.0 < left < most * room else 0.0
    zones = []
    if titled and sheet.title is not None:
        zones.append(Zone(Track(length=content.h - room), (PanelCell("title"),), "zone-1"))
    for row in rows:
        weights = _weights(row, content.w, size, context)
        cells = tuple(PanelCell(p.id, Track(weight=w)) for p, w in zip(row.panels, weights, strict=True))
        grown = STRETCH + (more if row in takers else 0.0)
        track = Track(weight=row.height) if slack <= STRETCH else Track(length=row.height * grown)
        zones.append(Zone(track, cells, f"zone-{len(zones) + 1}"))
    panels = tuple(p for row in rows for p in row.panels)
    return msgspec.structs.replace(
        sheet, zones=tuple(zones), panels=panels, title=sheet.title if titled else None, connectors=sheet.connectors
    )


def _weights(row: _Row, width: Pt, size: Pt, context: Context) -> tuple[float, ...]:
    """Return the widths of a row's panels against each other: text beside a diagram gets only what it needs.

    Rows of tables and lines of code are not broken for it.
    """
    count = len(row.panels)
    texts = [p for p in row.panels if not draws(p)]
    if count < 2 or len(texts) != count - 1:
        return (1.0,) * count
    for share in TEXT_SHARES[count]:
        if all(_holds(p, (share * width, width / count), row.height, size, context) for p in texts):
            return tuple(share if p in texts else 1.0 - share * len(texts) for p in row.panels)
    return (1.0,) * count


def _holds(panel: Panel, widths: tuple[Pt, Pt], height: Pt, size: Pt, context: Context) -> bool:
    """Tell whether a panel grows no higher than a row in the first of two widths, and is as whole as in the second."""
    tall = _need(panel, widths[0], size, context)
    return tall <= height and not (stiff(panel) and tall > _need(panel, widths[1], size, context) + 0.5 * size)
