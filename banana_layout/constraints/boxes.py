"""Constraints on where panels stand and how large they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from banana_layout.constraints.pieces import all_groups, pieces
from banana_layout.constraints.tiling import EPSILON, FAULT
from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.insets import Insets
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout, PanelBox

Edge = Literal["left", "right", "top", "bottom", "center", "middle", "baseline"]
"""What panels can be aligned by: `center` across, `middle` down, `baseline` of their headings."""
EDGES: tuple[Edge, ...] = ("left", "right", "top", "bottom", "center", "middle", "baseline")
"""All of them."""


def _panels_disjoint(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield pairs of panels that share ground."""
    for i, p in enumerate(page.panels):
        for q in page.panels[i + 1 :]:
            shared = min(p.rect.overlap(q.rect))
            if shared > EPSILON:
                message = f'panels "{p.id}" and "{q.id}" overlap by {shared:.1f} pt'
                yield Violation("", message, 0, p.id, (q.rect, p.rect), shared, FAULT)


def _panels_in_cells(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels that leave their cell, and cells that leave the content box."""
    for p in page.panels:
        for home, inner, what in (
            (p.cell, p.rect, f'panel "{p.id}" leaves its cell'),
            (p.rect, p.content, f'the content of panel "{p.id}" leaves its frame'),
            (page.content, p.cell, f'the cell of "{p.id}" leaves the page'),
        ):
            over = outside(home, inner)
            if over > EPSILON:
                yield Violation("", f"{what} by {over:.2g} pt", 0, p.id, (inner, home), over, FAULT)


def safe_area(margin_mm: float = 5.0) -> Constraint:
    """Demand that panels and text keep a distance in millimetres from the sheet's edges."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        area = Rect(0.0, 0.0, page.width, page.height).inset(Insets.even(margin_mm * MM))
        things = [(p.id, "", f'panel "{p.id}"', p.rect) for p in page.panels]
        things += [(n.panel, n.key, f'"{n.text}"', n.rect) for n in pieces(page)]
        for panel, key, what, rect in things:
            over = outside(area, rect)
            if over > EPSILON:
                message = f"{what} is {over / MM:.1f} mm nearer to the edge than {margin_mm:g} mm"
                yield Violation("", message, 0, panel, (rect, area), over, "choose a larger page", key)

    return Constraint("safe-area", each_page(find), f"everything stays {margin_mm:g} mm from the sheet's edges")


def equal_sizes(*panels: str, axis: Literal["width", "height", "both"] = "both") -> Constraint:
    """Demand that panels are equally wide, equally high, or both, to 0.01 pt."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        boxes = _chosen(page, panels)
        for p in boxes[1:]:
            for name, has, wanted in (
                ("width", p.rect.w, boxes[0].rect.w),
                ("height", p.rect.h, boxes[0].rect.h),
            ):
                if axis in (name, "both") and abs(has - wanted) > 0.01:
                    message = f'the {name} of "{p.id}" is {has:.1f} pt, that of "{boxes[0].id}" {wanted:.1f} pt'
                    hint = "give their tracks the same weight"
                    yield Violation("", message, 0, p.id, (p.rect, boxes[0].rect), abs(has - wanted), hint)

    return Constraint("equal-sizes", each_page(find), f"{_list(panels)} are equally large", panels)


def aligned(*panels: str, edge: Edge = "left") -> Constraint:
    """Demand that panels share an edge, a middle line or their headings' baseline, to 0.5 pt."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        baselines = {n.panel: n.baseline for n in reversed(pieces(page)) if n.style == "heading" and "/title/" in n.key}
        boxes = _chosen(page, panels)
        places = [(p, _place(p, edge, baselines.get(p.id))) for p in boxes]
        known = [(p, at) for p, at in places if at is not None]
        for p, at in known[1:]:
            first, wanted = known[0]
            if abs(at - wanted) > 0.5:
                message = f'the {edge} of "{p.id}" is {abs(at - wanted):.1f} pt off that of "{first.id}"'
                hint = "put them into one column" if edge in ("left", "right", "center") else "put them into one row"
                yield Violation("", message, 0, p.id, (p.rect, first.rect), abs(at - wanted), hint)

    return Constraint("aligned", each_page(find), f"{_list(panels)} are aligned by {edge}", panels)


def _place(p: PanelBox, edge: Edge, baseline: Pt | None) -> Pt | None:
    """Return where a panel's edge stands."""
    r = p.rect
    return {
        "left": r.x,
        "right": r.right,
        "top": r.y,
        "bottom": r.bottom,
        "center": r.center.x,
        "middle": r.center.y,
        "baseline": baseline,
    }[edge]


def widest(panel: str) -> Constraint:
    """Demand that a panel is at least as wide as every other one on its page."""
    return _largest(panel, "wide")


def tallest(panel: str) -> Constraint:
    """Demand that a panel is at least as high as every other one on its page, the title aside."""
    return _largest(panel, "high")


def _largest(panel: str, word: Literal["wide", "high"]) -> Constraint:
    def extent(p: PanelBox) -> Pt:
        return p.rect.w if word == "wide" else p.rect.h

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        own = next((p for p in page.panels if p.id == panel), None)
        if own is None:
            return
        rival = max((p for p in page.panels if p.id != "title"), key=extent, default=own)
        over = extent(rival) - extent(own)
        if over > EPSILON:
            message = f'"{rival.id}" is {over:.1f} pt more {word} than "{panel}"'
            hint = f'give "{panel}" a larger weight, or a row of its own'
            yield Violation("", message, 0, panel, (own.rect, rival.rect), over, hint)

    name = {"wide": "widest", "high": "tallest"}[word]
    return Constraint(name, each_page(find), f'"{panel}" is the {name} panel', (panel,))


def aspect(panel: str, least: float = 0.0, most: float = float("inf")) -> Constraint:
    """Demand that a panel's width divided by its height lies between two bounds."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        for p in _chosen(page, (panel,)):
            ratio = p.rect.w / p.rect.h
            if not least - 1e-9 <= ratio <= most + 1e-9:
                off = max(least - ratio, ratio - most)
                bound = f"below {least:g}" if ratio < least else f"above {most:g}"
                hint = "give it a larger share of its row" if ratio < least else "give its row a larger weight"
                message = f'"{panel}" is {ratio:.4g} times as wide as high, {bound}'
                yield Violation("", message, 0, panel, (p.rect,), off, hint)

    return Constraint("aspect", each_page(find), f'"{panel}" keeps its proportions', (panel,))


def fill(least: float = 0.0, most: float = 1.0, *panels: str) -> Constraint:
    """Demand that the content of panels, or of all, takes a share of the height they offer between two bounds."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        for p in _chosen(page, panels) if panels else page.panels:
            used = content_height(page, p)
            if p.id == "title" or used is None or p.content.h <= 0:
                continue
            share = used / p.content.h
            if not least - 1e-6 <= share <= most + 1e-3:
                off = max(least - share, share - most)
                hint = "say more, or give it less room" if share < least else "say less, or give it more room"
                message = f'the content of "{p.id}" takes {share:.0%} of its height'
                yield Violation("", message, 0, p.id, (p.content,), off, hint)

    return Constraint("fill", each_page(find), f"panels are filled from {least:.0%} to {most:.0%}", panels)


def content_height(page: LaidPage, panel: PanelBox) -> Pt | None:
    """Return how high the content of a panel stands, from its topmost to its lowest box; None for an empty one."""
    group = next(
        (g for g in all_groups(page.scene.items) if g.role == "panel" and g.key.rsplit("/", 1)[-1] == panel.id), None
    )
    rects = [
        g.rect
        for g in (all_groups(group.children) if group is not None else ())
        if g.rect is not None and g.key.startswith(f"{group.key}/") and _numbered(g.key, panel.id)  # type: ignore[union-attr]
    ]
    if not rects:
        return None
    return max(r.bottom for r in rects) - min(r.y for r in rects)


def _numbered(key: str, panel: str) -> bool:
    """Tell whether a key leads to one of a panel's blocks and not to its heading or frame."""
    rest = key.split(f"{panel}/", 1)[-1]
    return rest.split("/", 1)[0].isdecimal()


def page_count(least: int = 1, most: int | None = None) -> Constraint:
    """Demand a number of pages; `most` None for exactly `least`."""
    top = least if most is None else most

    def find(layout: Layout) -> Iterator[Violation]:
        has = len(layout.pages)
        if not least <= has <= top:
            off = max(least - has, has - top)
            wanted = f"{least}" if least == top else f"{least} to {top}"
            hint = "shorten the text, or choose a larger page" if has > top else "begin further pages with `#` titles"
            yield Violation("", f"the document has {has} pages, not {wanted}", 0, amount=off, hint=hint)

    return Constraint("page-count", find, f"the document has {least} to {top} pages")


def _panel_order(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels that come later in the reading order but stand before others."""
    for i, p in enumerate(page.panels):
        for q in page.panels[i + 1 :]:
            across, down = p.rect.overlap(q.rect)
            above = q.rect.bottom <= p.rect.y + EPSILON and across > EPSILON
            left = q.rect.right <= p.rect.x + EPSILON and down > EPSILON
            if above or left:
                message = f'"{q.id}" is read after "{p.id}" but stands {"above" if above else "left of"} it'
                amount = max(p.rect.y - q.rect.bottom if above else p.rect.x - q.rect.right, 0.0)
                yield Violation("", message, 0, q.id, (q.rect, p.rect), amount, FAULT)


def _line_order(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield lines of a panel that are read after a line they stand above, in the same column."""
    last: dict[str, tuple[Rect, str]] = {}
    for piece in pieces(page):
        if piece.style in ("title", "marker"):
            continue
        block = "/".join(piece.key.split("/")[:2])
        if piece.style == "diagram":  # nodes stand anywhere, the lines of one do not
            block = piece.key.rpartition("/label/")[0] or piece.key.rpartition("/title/")[0]
        before = last.get(block)
        if before is not None and before[0].y >= piece.rect.center.y and before[0].overlap(piece.rect).width > EPSILON:
            message = f'"{piece.text}" is read after "{before[1]}" but stands above it'
            amount = before[0].y - piece.rect.center.y
            yield Violation("", message, 0, piece.panel, (piece.rect, before[0]), amount, FAULT, piece.key)
        last[block] = (piece.rect, piece.text)


def outside(home: Rect, r: Rect) -> Pt:
    """Return how far a rectangle leaves another; below 0 where it does not."""
    return max(home.x - r.x, home.y - r.y, r.right - home.right, r.bottom - home.bottom)


def _chosen(page: LaidPage, panels: Sequence[str]) -> list[PanelBox]:
    """Return the boxes of named panels that stand on a page, in the order of the names; all but the title for none."""
    if not panels:
        return [p for p in page.panels if p.id != "title"]
    by_id = {p.id: p for p in page.panels}
    return [by_id[name] for name in panels if name in by_id]


def _list(names: Sequence[str]) -> str:
    """Return names for a sentence."""
    return ", ".join(f'"{n}"' for n in names) or "all panels"


def _reading_order(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels and lines that stand before what is read before them."""
    yield from _panel_order(page, layout)
    yield from _line_order(page, layout)


PANELS_DISJOINT = Constraint("panels-disjoint", each_page(_panels_disjoint), "no two panels share ground")
PANELS_IN_CELLS = Constraint("panels-in-cells", each_page(_panels_in_cells), "panels stay inside their cells")
READING_ORDER = Constraint("reading-order", each_page(_reading_order), "what is read later stands later")
