"""What stands on a page, with the keys and baselines constraints need."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import msgspec

from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.scene.item import GlyphRun, Group, Item, Path


class Piece(msgspec.Struct, frozen=True):
    """A line of text."""

    panel: str
    """Id of the panel it stands in; empty between panels."""
    key: str
    """Of its group."""
    text: str
    """Its characters."""
    rect: Rect
    """Its box."""
    size: Pt
    """Its nominal type size."""
    style: str
    """What kind of line it is; `diagram` inside diagrams."""
    baseline: Pt | None
    """Where its glyphs stand, or None where it has none."""

    @property
    def box(self) -> Rect:
        """The ground its letters cover: the Hangul box in the middle of the line, without the leading."""
        tall = min(self.rect.h, 0.8 * self.size)
        return Rect(self.rect.x, self.rect.center.y - tall / 2, self.rect.w, tall)


def pieces(page: LaidPage) -> tuple[Piece, ...]:
    """Return every line of text on a page, those in diagrams too, in the reading order."""
    return tuple(p for p in _pieces(page.scene.items, "") if p.text.strip())


def in_panels(items: tuple[Item, ...], panel: str = "") -> Iterator[tuple[str, Item]]:
    """Yield every item that is no group with the id of the panel it stands in, bottom first."""
    for item in items:
        if isinstance(item, Group):
            yield from in_panels(item.children, panel_of(item, panel))
        else:
            yield panel, item


def all_groups(items: Sequence[Item]) -> Iterator[Group]:
    """Yield all groups below items, each before those inside it."""
    for item in items:
        if isinstance(item, Group):
            yield item
            yield from all_groups(item.children)


def ink(items: tuple[Item, ...], panel: str = "") -> Iterator[tuple[str, Path]]:
    """Yield the paths a hand draws, decoration of the paper, pictures and emoji aside, with their panels."""
    for item in items:
        if isinstance(item, Path):
            yield panel, item
        elif isinstance(item, Group) and _is_drawn(item):
            yield from ink(item.children, panel_of(item, panel))


def _is_drawn(group: Group) -> bool:
    """Tell whether a group's lines are a hand's, where they stand."""
    return group.role != "emoji" and group.key != "paper" and group.clip is None and group.transform is None


def panel_of(group: Group, panel: str) -> str:
    """Return the panel that the children of a group stand in."""
    if group.role == "panel":
        return group.key.rsplit("/", 1)[-1]
    return "title" if group.role == "title" else panel


def length_inside(points: tuple[Point, ...], rect: Rect) -> Pt:
    """Return how much of a line drawn through points lies inside a rectangle (Liang and Barsky 1984)."""
    total = 0.0
    for a, b in itertools.pairwise(points):
        if max(a.x, b.x) <= rect.x or min(a.x, b.x) >= rect.right:
            continue
        if max(a.y, b.y) <= rect.y or min(a.y, b.y) >= rect.bottom:
            continue
        dx, dy = b.x - a.x, b.y - a.y
        low, high = 0.0, 1.0
        for p, q in ((-dx, a.x - rect.x), (dx, rect.right - a.x), (-dy, a.y - rect.y), (dy, rect.bottom - a.y)):
            if p == 0:
                if q <= 0:
                    high = -1.0
            elif p < 0:
                low = max(low, q / p)
            else:
                high = min(high, q / p)
        if high > low:
            total += (high - low) * (dx * dx + dy * dy) ** 0.5
    return total


def _pieces(items: tuple[Item, ...], panel: str) -> Iterator[Piece]:
    """Yield the lines below items."""
    if any(isinstance(i, Group) and i.order is not None for i in items):
        items = tuple(sorted(items, key=lambda i: i.order if isinstance(i, Group) and i.order is not None else 0))
    for item in items:
        if not isinstance(item, Group):
            continue
        if item.role == "line" and item.rect is not None:
            baseline = next((r.y for _, r in in_panels(item.children) if isinstance(r, GlyphRun) and r.face), None)
            yield Piece(panel, item.key, item.text, item.rect, item.size, item.style, baseline)
        else:
            yield from _pieces(item.children, panel_of(item, panel))


def short(text: str) -> str:
    """Return a text cut to a readable length."""
    return text if len(text) <= 32 else f"{text[:31]}…"
