"""Divides a page into zones and cells, `auto` rows as high as their panels need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Context
from banana_layout.layout.fit import Candidate, fits, need
from banana_layout.layout.press import Press
from banana_layout.layout.roles import Cast
from banana_layout.layout.zones import CellBox, ZoneBox, divide
from banana_layout.model.document import Panel, Sheet
from banana_layout.model.zone import PanelCell, RowsCell, Zone
from banana_layout.source import BananaError


def division(sheet: Sheet, press: Press, context: Context) -> tuple[tuple[ZoneBox, ...], tuple[CellBox, ...]]:
    """Return zones and cells; `auto` rows get what their panels need at the largest size that leaves the rest room."""
    by_id = {p.id: p for p in sheet.panels}
    scale = press.theme.type

    def at(size: Pt) -> tuple[tuple[ZoneBox, ...], tuple[CellBox, ...]]:
        def height(cells: Sequence[PanelCell], width: Pt) -> Pt:
            tallest = 0.0
            for cell in cells:
                panel = by_id.get(cell.panel)
                box = Rect(0.0, 0.0, width, 1e5)
                if panel is None:
                    tallest = max(tallest, 28 * press.anatomy.unit)
                else:
                    plain = Cast("plain", context.tone)
                    tallest = max(tallest, need(Candidate(panel, box, plain, context.at(panel.id)), size, 0.4))
            return tallest

        return divide(sheet.zones or (), press.content, press.anatomy, height, press.document.source)

    if not _any_auto(sheet.zones or ()):
        return at(scale.body_max_pt)
    return _divide_auto(at, panels=by_id, context=context, sizes=(scale.body_min_pt, scale.body_max_pt))


def _any_auto(zones: Sequence[Zone]) -> bool:
    """Tell whether any row, nested ones too, is as high as its content."""
    return any(z.track.auto or any(isinstance(c, RowsCell) and _any_auto(c.rows) for c in z.cells) for z in zones)


def _divide_auto(
    at: Callable[[Pt], tuple[tuple[ZoneBox, ...], tuple[CellBox, ...]]],
    panels: dict[str, Panel],
    context: Context,
    sizes: tuple[Pt, Pt],
) -> tuple[tuple[ZoneBox, ...], tuple[CellBox, ...]]:
    """Return the division for the largest size at which every panel fits the box it then has."""
    low, high = sizes
    best = None
    for _ in range(9):
        size = high if best is None and high == sizes[1] else (low + high) / 2
        try:
            found = at(size)
        except BananaError:
            high = size * 0.999 if size == high else size
            continue
        plain = Cast("plain", context.tone)
        good = all(
            fits(Candidate(panels[c.panel], c.rect, plain, context.at(c.panel)), size * 0.999)
            for c in found[1]
            if c.panel in panels
        )
        if good:
            best, low = found, size
            if size == sizes[1]:
                break
        else:
            high = size * 0.999 if size == high else size
    return best if best is not None else at(sizes[0])
