"""From a sheet of the model to a finished page."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.geometry.point import MM, Pt
from banana_layout.layout.baselines import rested
from banana_layout.layout.concepts import concepts
from banana_layout.layout.contract import Context, Placer
from banana_layout.layout.division import division
from banana_layout.layout.doodles_place import decorated
from banana_layout.layout.fit import Candidate, Fitted, content_room, fit, head_width, overfull, set_content
from banana_layout.layout.limits import check_document, check_pages
from banana_layout.layout.panel import draw_panel, set_head
from banana_layout.layout.paper import paper_items, ruling
from banana_layout.layout.press import Press
from banana_layout.layout.result import ConnectorLine, LaidPage, Layout, PanelBox
from banana_layout.layout.roles import Cast, cast
from banana_layout.layout.roomy import roomy, settled
from banana_layout.layout.title import place_title
from banana_layout.layout.zones import CellBox, ZoneBox
from banana_layout.model.document import Document, Panel, Sheet
from banana_layout.model.inline import plain_text
from banana_layout.scene.item import GlyphRun, Group, Item, Scene
from banana_layout.source import Diagnostic
from banana_layout.theme.theme import Theme

if TYPE_CHECKING:
    from banana_layout.layout.gentle import Settled


def lay_out(document: Document, theme: Theme, book: FontBook, place: Placer) -> Layout:
    """Return every page of a document in its exact geometry.

    Raises BananaError where something cannot fit, naming each panel, what it needs and what would help.
    """
    check_document(document)
    warnings: list[Diagnostic] = []

    def warn(found: Diagnostic) -> None:
        if found not in warnings:
            warnings.append(found)

    press = Press(document, theme, book, place, warn, concepts(document, theme, warn))
    pages: list[LaidPage] = []
    for sheet in document.sheets:
        parts = _parts(sheet, press)
        check_pages(len(pages) + len(parts))
        for part, body_max in parts:
            pages.append(_page(part, press, len(pages), body_max))
    return Layout(tuple(pages), tuple(warnings), document, theme)


def _parts(sheet: Sheet, press: Press) -> Sequence[tuple[Sheet, Pt]]:
    """Return the sheet's pages, all with zones, and how large their text may be.

    Zones are the author's, moved where they allow it, or automatic ones on as many pages as needed.
    """
    context = press.context("")
    # Text on paper larger than A4 may be larger, too.
    page = press.document.settings.page
    most = roomy(context) * max(1.0, min(page.width, page.height) / (210 * MM))
    if sheet.zones is None:
        from banana_layout.layout.automatic import automatic_sheets

        divided = automatic_sheets(sheet, press.content, context)
        return [(part, divided.body_max) for part in divided.sheets]
    if press.document.settings.fit == "rebalance":
        from banana_layout.layout.rebalance import rebalanced

        return [(rebalanced(sheet, press.content, context), most)]
    if press.document.settings.fit == "paginate":
        return [(part, most) for part in _paginated(sheet, press, context)]
    if press.document.settings.fit == "gentle":
        pages = [(sheet, most)]
        return _with_whole_panels(pages, press, context) if press.document.settings.all else pages
    return [(sheet, most)]


def _connected(
    sheet: Sheet, boxes: Sequence[PanelBox], items: Sequence[Item], context: Context
) -> tuple[tuple[ConnectorLine, ...], tuple[Item, ...]]:
    """Return the page's connectors as data and as ink; most pages have none, and need no module that draws them."""
    if not sheet.connectors:
        return (), ()
    from banana_layout.layout import connectors

    return connectors.draw(sheet.connectors, boxes, items, context.at("connector"))


def _paginated(sheet: Sheet, press: Press, context: Context) -> Sequence[Sheet]:
    """Return the author's page with what its panels hold, and automatic pages for what is left over."""
    from banana_layout.layout.automatic import automatic_sheets, cut_to_box

    _, cells = division(sheet, press, context)
    by_id = {p.id: p for p in sheet.panels}
    panels = [by_id[c.panel] for c in cells if c.panel in by_id]
    roles, _ = cast(panels, {c.panel: c.cell for c in cells}, press.theme)
    kept, rest = [], []
    for panel in panels:
        candidate = _candidate(panel, _cell(cells, panel.id), roles[panel.id], context)
        here, over = cut_to_box(candidate, press.theme.type.body_min_pt)
        kept.append(here)
        rest += [over] if over is not None else []
    if not rest:
        return (sheet,)
    further = automatic_sheets(Sheet(panels=tuple(rest)), press.content, context).sheets
    return (msgspec.structs.replace(sheet, panels=tuple(kept)), *further)


def _with_whole_panels(pages: Sequence[tuple[Sheet, Pt]], press: Press, context: Context) -> Sequence[tuple[Sheet, Pt]]:
    """Return a page, and further ones that hold whole the panels it has room only for a digest of."""
    from banana_layout.layout.automatic import automatic_sheets
    from banana_layout.layout.gentle import whole_panels

    ((sheet, most),) = pages
    zones, cells = division(sheet, press, context)
    candidates, _ = _candidates(sheet, cells, press, context)
    whole = whole_panels(sheet, _settled(candidates, most, zones, press).digested)
    if whole is None:
        return pages
    further = automatic_sheets(whole, press.content, press.context(""))
    return [*pages, *((part, further.body_max) for part in further.sheets)]


def _candidates(
    sheet: Sheet, cells: Sequence[CellBox], press: Press, context: Context
) -> tuple[list[Candidate], dict[str, Cast]]:
    """Return a page's panels in reading order, each with its box, and the parts they play."""
    panels = [p for p in sheet.panels if any(c.panel == p.id for c in cells)]
    order = {c.panel: i for i, c in enumerate(cells)}
    panels.sort(key=lambda p: order[p.id])
    roles, notes = cast(panels, {c.panel: c.cell for c in cells}, press.theme, press.document.source)
    for note in notes:
        press.warn(note)
    return [_candidate(p, _cell(cells, p.id), roles[p.id], context) for p in panels], roles


def _settled(candidates: Sequence[Candidate], most: Pt, zones: Sequence[ZoneBox], press: Press) -> Settled:
    """Return a page's panels in forms that fit."""
    from banana_layout.layout.gentle import settle

    scale = press.theme.type
    scale = msgspec.structs.replace(scale, body_max_pt=min(scale.body_max_pt, most))

    def explain(candidate: Candidate) -> Diagnostic:
        return overfull(candidate, scale.body_min_pt, lambda c, needs, has: _advice(c, needs, has, zones, press))

    return settle(candidates, scale, explain, press.warn, all_pages=press.document.settings.all)


def _page(sheet: Sheet, press: Press, number: int, body_max: Pt) -> LaidPage:
    """Return one page, its text up to `body_max` large."""
    context = press.context("")
    zones, cells = division(sheet, press, context)
    candidates, roles = _candidates(sheet, cells, press, context)
    scale = press.theme.type
    short: tuple[str, ...] = ()
    if press.document.settings.fit == "gentle":
        gentle = _settled(candidates, body_max, zones, press)
        found, candidates, short = gentle.fitted, list(gentle.candidates), gentle.digested
    else:
        sizes = (scale.body_min_pt, min(scale.body_max_pt, body_max))
        found = fit(candidates, sizes, lambda c, needs, has: _advice(c, needs, has, zones, press))
    body, fitted = settled(candidates, found, scale, body_max)
    drawn = [_draw(c, fitted[c.panel.id], _cell(cells, c.panel.id), c.panel.id in short) for c in candidates]
    title = _title(sheet, cells, body, context)
    items = [*(item for item, _ in title), *(item for item, _ in drawn)]
    boxes = [*(box for _, box in title), *(box for _, box in drawn)]
    lines, arrows = _connected(sheet, boxes, items, context)
    items = decorated(items, [box for _, box in drawn], (roles, lines, arrows), context)
    scene = _scene(sheet, press, (*items, *arrows), number)
    return LaidPage(scene, press.content, body, zones, tuple(boxes), lines)


def _cell(cells: Sequence[CellBox], panel: str) -> CellBox:
    """Return a panel's cell."""
    return next(c for c in cells if c.panel == panel)


def _candidate(panel: Panel, cell: CellBox, role: Cast, context: Context) -> Candidate:
    """Return a panel ready to be fitted."""
    inside = msgspec.structs.replace(context.at(panel.id), key=panel.id, tone=role.tone)
    return Candidate(panel, cell.rect, role, inside)


def _draw(candidate: Candidate, fitted: Fitted, cell: CellBox, digest: bool) -> tuple[Item, PanelBox]:
    """Return a panel drawn and its geometry."""
    room, context = content_room(candidate, fitted.size)
    content = set_content(candidate, fitted, room, context)
    head = set_head(candidate.panel, candidate.cast, head_width(candidate), fitted.size, context)
    panel = candidate.panel
    frame = draw_panel(panel, candidate.cast, candidate.box, head, (room, content), context)
    item = frame.flattened()[0]
    lines = ruling(context.theme, context.memo["anatomy"])
    if lines is not None and isinstance(item, Group):
        item = rested(item, lines, room)
    box = PanelBox(
        panel.id,
        plain_text(panel.title),
        panel.icon,
        cell.zone,
        cell.cell,
        candidate.box,
        room,
        fitted.size,
        _smallest(item, fitted.size),
        digest,
    )
    return item, box


def _title(sheet: Sheet, cells: Sequence[CellBox], body: Pt, context: Context) -> list[tuple[Item, PanelBox]]:
    """Return the title panel drawn and its geometry, where the page has one."""
    cell = next((c for c in cells if c.panel == "title"), None)
    if cell is None or sheet.title is None:
        return []
    inside = msgspec.structs.replace(context.at("title"), key="title")
    frame = place_title(sheet.title, cell.rect, inside)
    item = frame.flattened(cell.rect.x, cell.rect.y)[0]
    icon = sheet.title.icons[0] if sheet.title.icons else None
    words = plain_text(sheet.title.content)
    smallest = _smallest(item, body)
    return [(item, PanelBox("title", words, icon, cell.zone, cell.cell, cell.rect, cell.rect, body, smallest))]


def _smallest(item: Item, size: Pt) -> Pt:
    """Return the smallest type below an item, diagrams aside; `size` where it has no text."""
    found: list[Pt] = []
    stack: list[Item] = [item]
    while stack:
        one = stack.pop()
        if isinstance(one, Group) and one.role != "figure":
            if one.role == "line" and one.style != "marker":
                found.append(one.size)
            stack.extend(one.children)
        elif isinstance(one, GlyphRun):
            continue
    return min(found, default=size)


def _scene(sheet: Sheet, press: Press, items: Sequence[Item], number: int) -> Scene:
    """Return the page as a scene."""
    settings, anatomy = press.document.settings, press.anatomy
    paper, ground = paper_items(settings.page.width, settings.page.height, press.theme, anatomy)
    named = (sheet.title.content if sheet.title is not None else (), *(panel.title for panel in sheet.panels))
    own = next((words for words in map(plain_text, named) if words.strip()), "")
    return Scene(
        width=settings.page.width,
        height=settings.page.height,
        items=(Group("paper", paper, role="artifact"), *items),
        paper=ground,
        title=settings.title or own or f"page {number + 1}",
        lang=settings.lang,
        author=settings.author,
        subject=settings.subject,
        keywords=settings.keywords,
    )


def _advice(candidate: Candidate, needs: Pt, has: Pt, zones: Sequence[ZoneBox], press: Press) -> tuple[str, ...]:
    """Return what would help a panel that does not fit."""
    hints = []
    zone = next(
        (z for z in zones if z.rect.y <= candidate.box.y and candidate.box.bottom <= z.rect.bottom + 1e-6), None
    )
    total = press.content.h
    if zone is not None and zone.weight is not None and needs < 0.85 * total:
        others = math.fsum(z.weight or 0.0 for z in zones if z.weight is not None and "." not in z.id) - zone.weight
        share = min(0.9, (zone.rect.h + needs - has) / total)
        hints.append(f"give its row a weight of about {others * share / (1 - share):.0f} instead of {zone.weight:g}")
    if zone is not None and zone.weight is None and zone.rect.h + needs - has < 0.95 * total:
        mm = math.ceil((zone.rect.h + needs - has) / MM)
        hints.append(f"give its row {mm}mm instead of {zone.rect.h / MM:.0f}mm")
    if press.document.settings.fit == "strict":
        hints.append("or write `fit: rebalance` to let rows trade height, or `fit: paginate` to use more pages")
    hints.append("or shorten the panel's text")
    return tuple(hints)
