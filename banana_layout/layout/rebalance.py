"""`fit: rebalance`: rows trade height so that the text can be as large as possible."""

from __future__ import annotations

import math

import msgspec

from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.layout.fit import Candidate, need
from banana_layout.layout.roles import Cast
from banana_layout.layout.zones import size_tracks
from banana_layout.model.document import Panel, Sheet
from banana_layout.model.zone import AnyCell, PanelCell, Track, Zone

DRAWING = 0.3
"""Least height of a diagram when rows are weighed, as a share of its width."""


def rebalanced(sheet: Sheet, content: Rect, context: Context) -> Sheet:
    """Return the sheet with its outer rows' weights moved so that the largest text fits.

    Only weighted rows move; lengths, `auto` rows and the bounds the author gave stay. Where the text already fits at the
    theme's largest size nothing moves.
    """
    zones = sheet.zones or ()
    movable = [i for i, z in enumerate(zones) if z.track.weight is not None and not _is_title(z)]
    if len(movable) < 2:
        return sheet
    by_id = {p.id: p for p in sheet.panels}
    heights = size_tracks([z.track for z in zones], content.h, [0.0] * len(zones))
    budget = math.fsum(heights[i] for i in movable)
    scale = context.theme.type
    low, high = scale.body_min_pt, scale.body_max_pt
    needs = _needs(zones, movable, by_id, content, high, context)
    if all(n <= heights[i] for n, i in zip(needs, movable, strict=True)):
        return sheet
    if math.fsum(needs) > budget:
        for _ in range(12):
            middle = (low + high) / 2
            needs = _needs(zones, movable, by_id, content, middle, context)
            low, high = (middle, high) if math.fsum(needs) <= budget else (low, middle)
        needs = _needs(zones, movable, by_id, content, low, context)
    return msgspec.structs.replace(sheet, zones=_moved(zones, movable, needs, heights, budget))


def _moved(
    zones: tuple[Zone, ...], movable: list[int], needs: list[Pt], heights: tuple[Pt, ...], budget: Pt
) -> tuple[Zone, ...]:
    """Return the rows with new weights: each what it needs, and what is left by the author's own weights."""
    spare = max(0.0, budget - math.fsum(needs))
    missing = [max(0.0, heights[i] - n) for i, n in zip(movable, needs, strict=True)]
    total = math.fsum(missing) or 1.0
    out = list(zones)
    for k, i in enumerate(movable):
        track = zones[i].track
        extent = needs[k] + spare * missing[k] / total
        weight = (track.weight or 1.0) * extent / heights[i] if heights[i] > 0 else track.weight
        out[i] = msgspec.structs.replace(zones[i], track=Track(weight=weight, least=track.least, most=track.most))
    return tuple(out)


def _needs(
    zones: tuple[Zone, ...], movable: list[int], panels: dict[str, Panel], content: Rect, size: Pt, context: Context
) -> list[Pt]:
    """Return what each movable row needs at a size."""
    return [row_need(zones[i], panels, content.w, size, context) for i in movable]


def row_need(zone: Zone, panels: dict[str, Panel], width: Pt, size: Pt, context: Context) -> Pt:
    """Return the height a row's panels need at a size."""
    widths = size_tracks([c.track for c in zone.cells], width, [width / len(zone.cells)] * len(zone.cells))
    return max(_cell_need(c, w, panels, size, context) for c, w in zip(zone.cells, widths, strict=True))


def _cell_need(cell: AnyCell, width: Pt, panels: dict[str, Panel], size: Pt, context: Context) -> Pt:
    """Return the height a cell needs at a size; divided cells keep their rows' proportions."""
    anatomy = context.memo["anatomy"]
    gutter = anatomy.column_gutter / 2
    if isinstance(cell, PanelCell):
        panel = panels.get(cell.panel)
        if panel is None:
            return 28 * float(anatomy.unit)
        gap: Insets = anatomy.gutter_of(cell.panel)
        box = Rect(0.0, 0.0, width - gutter, 1e5)
        candidate = Candidate(panel, box, Cast("plain", context.tone), context.at(panel.id))
        return need(candidate, size, DRAWING) + gap.down
    needs = [row_need(z, panels, width - gutter, size, context) for z in cell.rows]
    weights = [z.track.weight for z in cell.rows]
    if all(w is not None for w in weights):
        whole = math.fsum(w or 0.0 for w in weights)
        return max(n * whole / (w or 1.0) for n, w in zip(needs, weights, strict=True))
    return math.fsum(needs)


def _is_title(zone: Zone) -> bool:
    """Tell whether a row holds the title alone."""
    return len(zone.cells) == 1 and isinstance(zone.cells[0], PanelCell) and zone.cells[0].panel == "title"
