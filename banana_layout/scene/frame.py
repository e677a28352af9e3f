"""A box with content placed in it: what layout hands upward."""

from __future__ import annotations

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.scene.item import GlyphRun, Group, Image, Item, Link, Path


class Placed(msgspec.Struct, frozen=True):
    """A child at its place in a frame."""

    x: Pt
    """Where the child's origin stands."""
    y: Pt
    """Where the child's origin stands."""
    what: Frame | Item
    """The child; an item's own coordinates count from its origin."""


class Frame(msgspec.Struct, frozen=True):
    """A box and what stands in it; coordinates count from its top-left corner."""

    size: Size
    """The room it takes."""
    children: tuple[Placed, ...] = ()
    """Bottom first."""
    baseline: Pt | None = None
    """First baseline below the top, where it has text."""
    group: Group | None = None
    """Wraps the children where they mean something together; its own `children` are ignored."""

    def flattened(self, x: Pt = 0.0, y: Pt = 0.0) -> tuple[Item, ...]:
        """Return the items in absolute coordinates when the frame stands at (x, y)."""
        out: list[Item] = []
        for child in self.children:
            if isinstance(child.what, Frame):
                out += child.what.flattened(x + child.x, y + child.y)
            else:
                out.append(shifted(child.what, x + child.x, y + child.y))
        if self.group is None:
            return tuple(out)
        return (msgspec.structs.replace(_moved_group(self.group, x, y), children=tuple(out)),)


def shifted(item: Item, dx: Pt, dy: Pt) -> Item:
    """Return an item moved by (dx, dy)."""
    if isinstance(item, GlyphRun):
        return msgspec.structs.replace(item, x=item.x + dx, y=item.y + dy)
    if isinstance(item, Path):
        return msgspec.structs.replace(item, path=item.path.shifted(dx, dy))
    if isinstance(item, (Image, Link)):
        return msgspec.structs.replace(item, rect=item.rect.shifted(dx, dy))
    group = _moved_group(item, dx, dy)
    if item.transform is not None:
        m = item.transform
        return msgspec.structs.replace(group, transform=m._replace(e=m.e + dx, f=m.f + dy), clip=item.clip)
    return msgspec.structs.replace(group, children=tuple(shifted(c, dx, dy) for c in item.children))


def _moved_group(group: Group, dx: Pt, dy: Pt) -> Group:
    """Return a group with its own coordinates moved, its children untouched."""
    return msgspec.structs.replace(
        group,
        rect=group.rect.shifted(dx, dy) if group.rect is not None else None,
        clip=group.clip.shifted(dx, dy) if group.clip is not None else None,
        facts=group.facts.moved(dx, dy) if group.facts is not None else None,
    )
