"""The constraints every page must meet."""

from __future__ import annotations

from collections.abc import Iterator

from banana_layout.color import WHITE, Color
from banana_layout.constraints.violation import Constraint, Violation
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.scene.item import GlyphRun, Group, Item
from banana_layout.theme.theme import Theme

EPSILON = 1e-6
"""Slack of exact geometry, in points."""
TEXT_SLACK = 0.75
"""How far a line's box may leave its panel's content or share ground with another's, in points: side bearings."""
CONTRAST = 4.5
"""Least contrast of text (WCAG 2.2, success criterion 1.4.3)."""


def zones_exact(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield zones whose heights are not in proportion to their weights, or that do not tile the content box."""
    outer = [z for z in page.zones if "." not in z.id]
    if all(z.weight is None for z in outer):
        return  # lengths alone need not fill the page
    total = sum(z.rect.h for z in outer)
    if abs(total - page.content.h) > EPSILON:
        off = abs(total - page.content.h)
        yield Violation("zones-exact", f"the zones are {off:.3g} pt off the content box's height", 0, amount=off)
    weighted = [z for z in outer if z.weight is not None]
    weights = sum(z.weight or 0.0 for z in weighted)
    height = sum(z.rect.h for z in weighted)
    for z in weighted:
        wanted = height * (z.weight or 0.0) / weights
        if abs(z.rect.h - wanted) > EPSILON:
            off = abs(z.rect.h - wanted)
            yield Violation("zones-exact", f"{z.id} is {off:.3g} pt off its share", 0, rect=z.rect, amount=off)


def panels_disjoint(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield pairs of panels that share ground."""
    for i, p in enumerate(page.panels):
        for q in page.panels[i + 1 :]:
            shared = p.rect.overlap(q.rect)
            if min(shared) > EPSILON:
                message = f'panels "{p.id}" and "{q.id}" overlap'
                yield Violation("panels-disjoint", message, 0, p.id, q.rect, min(shared))


def panels_in_cells(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield panels that leave their cell, and cells that leave the content box."""
    for p in page.panels:
        if not p.cell.holds(p.rect, EPSILON) or not p.rect.holds(p.content, EPSILON):
            yield Violation("panels-in-cells", f'panel "{p.id}" leaves its cell', 0, p.id, p.rect)
        if not page.content.holds(p.cell, EPSILON):
            yield Violation("panels-in-cells", f'the cell of "{p.id}" leaves the page', 0, p.id, p.cell)


def text_in_panels(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield lines of text that leave their panel, or the page's content box."""
    rects = {p.id: p.rect for p in page.panels}
    for line in page.lines():
        home = rects.get(line.panel, page.content)
        if not home.holds(line.rect, TEXT_SLACK):
            over = _outside(home, line.rect)
            message = f'"{_short(line.text)}" leaves its panel by {over:.1f} pt'
            hint = "break up the longest word, or give the panel more room"
            yield Violation("text-in-panels", message, 0, line.panel, line.rect, over, hint)


def text_disjoint(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield pairs of lines whose text shares ground (sweep over y)."""
    lines = sorted(page.lines(), key=lambda n: n.rect.y)
    open_: list[tuple[Rect, str, str]] = []
    for line in lines:
        # Leading is empty ground: what counts is the Hangul box in the middle of the line.
        tall = min(line.rect.h, 0.8 * line.size)
        box = Rect(line.rect.x, line.rect.center.y - tall / 2, line.rect.w, tall)
        open_ = [o for o in open_ if o[0].bottom > box.y]
        for other, text, panel in open_:
            if other.meets(box, TEXT_SLACK):
                amount = min(other.overlap(box))
                message = f'"{_short(text)}" and "{_short(line.text)}" overlap by {amount:.1f} pt'
                yield Violation("text-disjoint", message, 0, panel or line.panel, line.rect, amount)
        open_.append((box, line.text, line.panel))


def type_size(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield panels whose running text is below the theme's floor, and diagrams whose text is too small."""
    scale = theme.type
    for p in page.panels:
        if p.id != "title" and p.body_size < scale.body_min_pt - 0.01:
            message = f'the text of panel "{p.id}" is {p.body_size:.1f} pt, below {scale.body_min_pt:g} pt'
            yield Violation("type-size", message, 0, p.id, p.rect, scale.body_min_pt - p.body_size)
    for d in page.diagrams():
        if d["font_size"] < scale.node_warn_pt:
            message = f"the diagram's text is {d['font_size']:.1f} pt, below {scale.node_warn_pt:g} pt"
            rect = Rect(**d["rect"])
            amount = scale.node_warn_pt - d["font_size"]
            hint = "give its panel more room, or split the diagram"
            yield Violation("type-size", message, 0, d["panel"], rect, amount, hint)


def contrast(page: LaidPage, theme: Theme) -> Iterator[Violation]:
    """Yield text that reads badly on what lies under it: the theme's grounds for the panel it stands in."""
    seen: set[tuple[str, Color]] = set()
    for panel, run in _runs(page.scene.items, ""):
        if run.paint is None or (panel, run.paint.color) in seen:
            continue
        seen.add((panel, run.paint.color))
        grounds = (theme.paper.color.mix(WHITE, theme.paper.wash), theme.note.fill)
        best = max(run.paint.color.contrast(g) for g in grounds)
        if best < CONTRAST:
            message = f"text in {run.paint.color.hex} has a contrast of {best:.1f}:1, below {CONTRAST}:1"
            yield Violation("contrast", message, 0, panel, None, CONTRAST - best, "use a darker pen")


STANDARD = (
    Constraint("zones-exact", zones_exact),
    Constraint("panels-disjoint", panels_disjoint),
    Constraint("panels-in-cells", panels_in_cells),
    Constraint("text-in-panels", text_in_panels),
    Constraint("text-disjoint", text_disjoint),
    Constraint("type-size", type_size),
    Constraint("contrast", contrast),
)
"""What `check` looks for where nothing else is asked."""


def _runs(items: tuple[Item, ...], panel: str) -> Iterator[tuple[str, GlyphRun]]:
    """Yield glyph runs with the panel they stand in."""
    for item in items:
        if isinstance(item, GlyphRun):
            yield panel, item
        elif isinstance(item, Group):
            yield from _runs(item.children, item.key if item.role in ("panel", "title") else panel)


def _outside(home: Rect, r: Rect) -> float:
    """Return how far a rectangle leaves another."""
    return max(home.x - r.x, home.y - r.y, r.right - home.right, r.bottom - home.bottom)


def _short(text: str) -> str:
    """Return a text cut to a readable length."""
    return text if len(text) <= 32 else f"{text[:31]}…"
