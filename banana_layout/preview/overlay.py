"""What a person who lays out a page wants to see over it: zones, boxes and baselines, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.point import MM, Point
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.scene.item import GlyphRun, Group, Item


def overlay(page: LaidPage) -> str:
    """Return an SVG as large as the page; its classes `zone`, `cell`, `panel`, `content`, `line`, `baseline` are for CSS."""
    parts = [_box("content-box", page.content)]
    for zone in page.zones:
        parts.append(_box("zone", zone.rect))
        parts.append(_label("zone", zone.rect, f"{zone.id} · {zone.rect.h:.1f} pt · {zone.rect.h / MM:.1f} mm"))
    for panel in page.panels:
        parts += [_box("cell", panel.cell), _box("panel", panel.rect), _box("content", panel.content)]
        parts.append(_label("panel", panel.rect, f"{panel.id} · {panel.body_size:.2f} pt"))
    parts += [_box("line", line.rect) for line in page.lines()]
    for start, end in _baselines(page.scene.items, None):
        parts.append(
            f'<line class="baseline" x1="{start.x:.2f}" y1="{start.y:.2f}" x2="{end.x:.2f}" y2="{end.y:.2f}"/>'
        )
    size = f'viewBox="0 0 {page.width:.3f} {page.height:.3f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="overlay" {size}>{"".join(parts)}</svg>'


def _box(kind: str, rect: Rect) -> str:
    """Return a box."""
    return f'<rect class="{kind}" x="{rect.x:.2f}" y="{rect.y:.2f}" width="{rect.w:.2f}" height="{rect.h:.2f}"/>'


def _label(kind: str, rect: Rect, text: str) -> str:
    """Return what a box is: a zone in its upper right corner, a panel in its lower one."""
    from html import escape

    y = rect.y + 7 if kind == "zone" else rect.y + rect.h - 3
    return f'<text class="{kind}" x="{rect.x + rect.w - 2:.2f}" y="{y:.2f}">{escape(text)}</text>'


def _baselines(items: Sequence[Item], within: Affine | None) -> Iterator[tuple[Point, Point]]:
    """Yield the ends of every run's baseline on the page."""
    for item in items:
        if isinstance(item, Group):
            inner = item.transform
            if inner is not None and within is not None:
                inner = inner.then(within)
            yield from _baselines(item.children, inner or within)
        elif isinstance(item, GlyphRun) and item.paint is not None and item.width > 0:
            ends = Point(item.x, item.y), Point(item.x + item.width, item.y)
            yield (within.apply(ends[0]), within.apply(ends[1])) if within is not None else ends
