"""What layout hands on: finished pages and their geometry as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.zones import ZoneBox
from banana_layout.model.document import Document
from banana_layout.scene.item import Facts, Group, Item, Scene
from banana_layout.source import Diagnostic
from banana_layout.theme.theme import Theme


class PanelBox(msgspec.Struct, frozen=True):
    """A panel in its place."""

    id: str
    """Its id; `title` for the title panel."""
    title: str
    """Its words."""
    icon: str | None
    """Its emoji."""
    zone: str
    """Id of its zone."""
    cell: Rect
    """The exact proportional cell."""
    rect: Rect
    """The panel inside it: tab, frame and content."""
    content: Rect
    """What its blocks may fill."""
    body_size: Pt
    """Type size of its running text."""
    min_size: Pt
    """Smallest type in it, diagrams aside."""
    digest: bool = False
    """Whether it shows its digest because its own blocks have no room."""


class ConnectorLine(msgspec.Struct, frozen=True):
    """An arrow between panels, drawn."""

    source: str
    """Id of the panel it leaves."""
    target: str
    """Id of the panel it enters."""
    label: str
    """What stands beside it."""
    points: tuple[Point, ...]
    """The drawn line, sampled."""


class Line(msgspec.Struct, frozen=True):
    """A line of text on the page."""

    panel: str
    """Id of the panel it stands in; empty between panels."""
    text: str
    """Its characters."""
    rect: Rect
    """Its box."""
    size: Pt
    """Its nominal type size."""
    role: str
    """What kind of line it is."""


class LaidPage(msgspec.Struct, frozen=True):
    """One finished page."""

    scene: Scene
    """What is drawn, before sketching."""
    content: Rect
    """Page less margins."""
    body_size: Pt
    """Type size of running text."""
    zones: tuple[ZoneBox, ...]
    """Top to bottom; zones inside a cell after the zone that holds them."""
    panels: tuple[PanelBox, ...]
    """In reading order."""
    connectors: tuple[ConnectorLine, ...] = ()
    """In the author's order."""

    @property
    def width(self) -> Pt:
        """Of the sheet."""
        return self.scene.width

    @property
    def height(self) -> Pt:
        """Of the sheet."""
        return self.scene.height

    def lines(self) -> tuple[Line, ...]:
        """Return every line of text but those in diagrams, in the order of the page."""
        return tuple(_lines(self.scene.items, ""))

    def diagrams(self) -> tuple[dict[str, Any], ...]:
        """Return the geometry of every diagram."""
        return tuple(d.to_dict() for d in _figures(self.scene.items))

    def to_dict(self) -> dict[str, Any]:
        """Return the page's part of `banana layout --json`."""
        return {
            "width": self.width,
            "height": self.height,
            "content": rect_dict(self.content),
            "body_size": self.body_size,
            "zones": [{"id": z.id, "weight": z.weight, "rect": rect_dict(z.rect)} for z in self.zones],
            "panels": [
                {
                    **{name: getattr(p, name) for name in ("id", "title", "icon", "zone")},
                    **{name: rect_dict(getattr(p, name)) for name in ("cell", "rect", "content")},
                    "body_size": p.body_size,
                    "min_size": p.min_size,
                }
                for p in self.panels
            ],
            "lines": [
                {"panel": n.panel, "text": n.text, "rect": rect_dict(n.rect), "size": n.size, "role": n.role}
                for n in self.lines()
            ],
            "diagrams": list(self.diagrams()),
            "connectors": [
                {"source": c.source, "target": c.target, "label": c.label, "points": [list(p) for p in c.points]}
                for c in self.connectors
            ],
        }


class Layout(msgspec.Struct, frozen=True):
    """A document laid out: exact geometry, no wobble."""

    pages: tuple[LaidPage, ...]
    """At least one."""
    warnings: tuple[Diagnostic, ...]
    """What was found on the way, reading included."""
    document: Document
    """What was laid out."""
    theme: Theme
    """The look it was laid out for."""

    def __repr__(self) -> str:
        """Return a line that says what was laid out; everything is in `to_dict()`."""
        panels = sum(len(page.panels) for page in self.pages)
        return f"<Layout of {len(self.pages)} page{'s' * (len(self.pages) > 1)}, {panels} panels, {len(self.warnings)} warnings, {self.theme.name!r}>"

    def to_dict(self) -> dict[str, Any]:
        """Return the geometry as `banana layout --json` prints it: points, origin top left, y down."""
        return {
            "version": 1,
            "unit": "pt",
            "warnings": [w.render() for w in self.warnings],
            "pages": [p.to_dict() for p in self.pages],
        }


def rect_dict(r: Rect) -> dict[str, float]:
    """Return a rectangle as data."""
    return {"x": r.x, "y": r.y, "w": r.w, "h": r.h}


def _lines(items: tuple[Item, ...], panel: str) -> Iterator[Line]:
    """Yield the lines below items."""
    for item in items:
        if not isinstance(item, Group):
            continue
        if item.role in ("panel", "title"):
            yield from _lines(item.children, item.key.rsplit("/", 1)[-1] if item.role == "panel" else "title")
        elif item.role == "line":
            if item.style != "diagram" and item.rect is not None:
                yield Line(panel, item.text, item.rect, item.size, item.style)
        else:
            yield from _lines(item.children, panel)


def _figures(items: tuple[Item, ...]) -> Iterator[Facts]:
    """Yield the diagrams below items."""
    for item in items:
        if isinstance(item, Group):
            if item.facts is not None:
                yield item.facts
            yield from _figures(item.children)
