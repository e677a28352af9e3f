"""The constraint that text reads well on what lies under it."""

from __future__ import annotations

from collections.abc import Iterator

from banana_layout.color import Color
from banana_layout.constraints.pieces import panel_of
from banana_layout.constraints.violation import Constraint, Violation, each_page
from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.scene.item import GlyphRun, Group, Item, Path
from banana_layout.scene.paint import Paint

TEXT = 4.5
"""Least contrast of text (WCAG 2.2, success criterion 1.4.3)."""
LARGE = 3.0
"""Least contrast of large text (the same)."""
LARGE_PT = 18.0
"""Text is large from this size on (the same)."""


def contrast(least: float = TEXT, large: float | None = None) -> Constraint:
    """Demand a contrast between text and its ground; text of 18 pt and more may have `large`.

    The ground is what has been painted under the middle of a run before it, colours laid over one another as they are
    drawn.
    """
    relaxed = min(least, LARGE) if large is None else large

    def find(page: LaidPage, layout: Layout) -> Iterator[Violation]:
        seen: set[tuple[str, Color, Color]] = set()
        for panel, run, ground in _grounds(page):
            assert run.paint is not None
            color = ground.mix(run.paint.color, run.paint.opacity)
            if (panel, color, ground) in seen:
                continue
            seen.add((panel, color, ground))
            wanted = relaxed if run.size >= LARGE_PT else least
            has = color.contrast(ground)
            if has < wanted - 1e-9:
                message = f"text in {color.hex} on {ground.hex} has a contrast of {has:.2f}:1, below {wanted:g}:1"
                rect = Rect(run.x, run.y - 0.7 * run.size, run.width, 0.8 * run.size)
                yield Violation("", message, 0, panel, (rect,), wanted - has, "use a darker pen", run.key)

    return Constraint("contrast", each_page(find), f"text has a contrast of {least:g}:1 or more")


def _grounds(page: LaidPage) -> Iterator[tuple[str, GlyphRun, Color]]:
    """Yield every run that is seen with its panel and the colour under its middle."""
    paper = page.scene.paper
    painted: list[tuple[Rect, Outline, Paint, float]] = []
    for panel, item, opacity in _painted(page.scene.items, "", 1.0):
        if isinstance(item, Path):
            if item.fill is not None and item.path.verbs:
                painted.append((item.path.bounds(), item.path, item.fill, opacity))
        elif item.paint is not None and item.face and item.text.strip():
            at = Point(item.x + item.width / 2, item.y - 0.3 * item.size)
            yield panel, item, _ground(at, painted, paper.color)


def _ground(at: Point, painted: list[tuple[Rect, Outline, Paint, float]], paper: Color) -> Color:
    """Return the colour at a place after everything painted there so far."""
    color = paper
    for box, path, paint, opacity in painted:
        if box.contains(at) and (_is_box(path) or _inside(at, path)):
            over = paint.color.multiplied(color) if paint.blend == "multiply" else paint.color
            color = color.mix(over, paint.opacity * opacity)
    return color


def _is_box(path: Outline) -> bool:
    """Tell whether a path is a plain rectangle."""
    return path.verbs == "MLLLZ"


def _inside(at: Point, path: Outline) -> bool:
    """Tell whether a place lies inside an outline (nonzero winding)."""
    winding = 0
    for points in flatten(path, 0.5):
        for a, b in zip(points, [*points[1:], points[0]], strict=True):
            if (a.y <= at.y) != (b.y <= at.y) and a.x + (at.y - a.y) / (b.y - a.y) * (b.x - a.x) > at.x:
                winding += 1 if b.y > a.y else -1
    return winding != 0


def _painted(items: tuple[Item, ...], panel: str, opacity: float) -> Iterator[tuple[str, Path | GlyphRun, float]]:
    """Yield paths and runs in the order of painting with their panel and opacity; pictures and emoji aside."""
    for item in items:
        if isinstance(item, (Path, GlyphRun)):
            yield panel, item, opacity
        elif isinstance(item, Group) and item.role != "emoji" and item.clip is None and item.transform is None:
            yield from _painted(item.children, panel_of(item, panel), opacity * item.opacity)


CONTRAST = contrast()
