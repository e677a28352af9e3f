"""Constraints on text: where it stands, how large it is, that all of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banana_layout.constraints.boxes import outside
from banana_layout.constraints.pieces import Piece, in_panels, ink, panel_of, pieces, short
from banana_layout.constraints.tiling import FAULT
from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.scene.item import GlyphRun, Group, Item

TEXT_SLACK: Pt = 0.75
"""How far a line's box may leave its panel's content or share ground with another's: side bearings."""
CAP = 0.55
"""Height that letters surely have above their baseline, in em."""
SIZES = (0.5, 1.5)
"""How large letters may be beside what their line says: raised ones, code, faces whose letters are small."""


def _text_in_panels(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield lines of text that leave their panel, or the page's content box."""
    rects = {p.id: p.rect for p in page.panels}
    for line in pieces(page):
        home = rects.get(line.panel, page.content)
        over = outside(home, line.rect)
        if over > TEXT_SLACK:
            message = f'"{short(line.text)}" leaves its panel by {over:.1f} pt'
            hint = "break up the longest word, or give the panel more room"
            yield Violation("", message, 0, line.panel, (line.rect, home), over, hint, line.key)


def _letters_in_lines(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield runs of letters that leave their line's box, are of quite another size, or lie over their neighbours."""
    for panel, group in _lines(page.scene.items):
        rect = group.rect
        runs = [r for _, r in in_panels(group.children) if isinstance(r, GlyphRun) and r.face and r.text.strip()]
        before = None
        for run in sorted(runs, key=lambda r: r.x) if rect is not None else ():
            assert rect is not None
            cap = Rect(run.x, run.y - CAP * run.size, run.width, CAP * run.size)
            over = outside(rect, cap)
            if over <= TEXT_SLACK and before is not None and before.meets(cap, TEXT_SLACK):
                over = min(before.overlap(cap))
            ratio = run.size / group.size if group.size > 0 else 1.0
            if over > TEXT_SLACK or not SIZES[0] <= ratio <= SIZES[1]:
                off = over if over > TEXT_SLACK else abs(run.size - group.size)
                message = f'the letters of "{short(run.text)}" are {off:.1f} pt off their line'
                yield Violation("", message, 0, panel, (cap, rect), off, FAULT, group.key)
            before = cap


def _lines(items: Sequence[Item], panel: str = "") -> Iterator[tuple[str, Group]]:
    """Yield the groups that are lines of text, each with its panel."""
    for item in items:
        if isinstance(item, Group) and item.role == "line":
            yield panel, item
        elif isinstance(item, Group):
            yield from _lines(item.children, panel_of(item, panel))


def _text_disjoint(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield pairs of lines whose text shares ground (sweep over y)."""
    open_: list[tuple[Rect, Piece]] = []
    for line in sorted(pieces(page), key=lambda n: n.box.y):
        box = line.box
        open_ = [o for o in open_ if o[0].bottom > box.y]
        for other, piece in open_:
            if other.meets(box, TEXT_SLACK):
                amount = min(other.overlap(box))
                message = f'"{short(piece.text)}" and "{short(line.text)}" overlap by {amount:.1f} pt'
                panel = line.panel or piece.panel
                hint = "give the panel more room, or shorten its text"
                key = piece.key if piece.style == "connector" else line.key
                yield Violation("", message, 0, panel, (line.rect, piece.rect), amount, hint, key)
        open_.append((box, line))


def _type_size(page: LaidPage, layout: Layout) -> Iterator[Violation]:
    """Yield panels whose running text is below the theme's floor, and diagrams whose text is too small."""
    scale = layout.theme.type
    for p in page.panels:
        off = scale.body_min_pt - p.body_size
        if p.id != "title" and off > 0.01:
            message = f'the text of panel "{p.id}" is {p.body_size:.1f} pt, below {scale.body_min_pt:g} pt'
            yield Violation("", message, 0, p.id, (p.rect,), off, "give its row a larger weight, or shorten its text")
    for d in page.diagrams():
        off = scale.node_warn_pt - d["font_size"]
        if off > 0:
            message = f"the diagram's text is {d['font_size']:.1f} pt, below {scale.node_warn_pt:g} pt"
            hint = "give its panel more room, or split the diagram"
            yield Violation("", message, 0, d["panel"], (Rect(**d["rect"]),), off, hint)


def min_size(points: Pt, diagrams: bool = True) -> Constraint:
    """Demand that no text is smaller than a size in points."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        worst: dict[str, Piece] = {}
        for line in pieces(page):
            if line.size < points - 0.005 and (diagrams or line.style != "diagram"):
                known = worst.get(line.panel)
                worst[line.panel] = line if known is None or line.size < known.size else known
        for line in worst.values():
            message = f'"{short(line.text)}" is set in {line.size:.1f} pt, below {points:g} pt'
            hint = "give its panel more room, or shorten its text"
            yield Violation("", message, 0, line.panel, (line.rect,), points - line.size, hint, line.key)

    return Constraint("min-size", each_page(find), f"no text is smaller than {points:g} pt")


def min_line(points: Pt) -> Constraint:
    """Demand that no drawn line is thinner than a width in points: what a printer holds."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        for panel, item in ink(page.scene.items):
            stroke = item.stroke
            if stroke is not None and stroke.width < points - 1e-9:
                message = f"a line of {item.key} is {stroke.width:.2f} pt wide, below {points:g} pt"
                rects = (item.path.bounds(),)
                yield Violation("", message, 0, panel, rects, points - stroke.width, "choose a larger page", item.key)

    return Constraint("min-line", each_page(find), f"no line is thinner than {points:g} pt")


def body_uniform(ratio: float = 1.0) -> Constraint:
    """Demand that the running text of every panel is at least `ratio` times as large as the page's."""

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        top = max((p.body_size for p in page.panels if p.id != "title"), default=page.body_size)
        for p in page.panels:
            off = ratio * top - p.body_size
            if p.id != "title" and off > 0.01:
                message = f'the text of "{p.id}" is {p.body_size:.1f} pt beside {top:.1f} pt elsewhere'
                yield Violation("", message, 0, p.id, (p.rect,), off, "give its row a larger weight")

    return Constraint("body-uniform", each_page(find), f"running text varies by no more than {ratio:.0%}")


TEXT_IN_PANELS = Constraint("text-in-panels", each_page(_text_in_panels), "text stays inside its panel")
LETTERS_IN_LINES = Constraint(
    "letters-in-lines", each_page(_letters_in_lines), "letters stand in the line they belong to"
)
TEXT_DISJOINT = Constraint("text-disjoint", each_page(_text_disjoint), "no text lies over text")
TYPE_SIZE = Constraint("type-size", each_page(_type_size), "no text is smaller than the theme's floor")
