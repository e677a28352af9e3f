"""A page as a part of another."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.color import WHITE
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.scene.item import GlyphRun, Group, Item, Path, Scene, Variant
from banana_layout.scene.paint import Paint

_STRAY = 24.0
"""How far ink and decoration may leave a group's box, in points."""


def sheet(size: Size, items: Sequence[Item], pages: Sequence[Scene]) -> Scene:
    """Return a white sheet holding items made by `placed` from `pages`; what is said about it is the first page's."""
    first = pages[0]
    return Scene(
        width=size.width,
        height=size.height,
        items=tuple(items),
        paper=Paint(WHITE),
        title=first.title,
        lang=first.lang,
        author=first.author,
        subject=first.subject,
        keywords=first.keywords,
        variants=lettering(pages)[0],
    )


def lettering(pages: Sequence[Scene]) -> tuple[tuple[Variant, ...], tuple[int, ...]]:
    """Return all pages' glyph variants in one list, and for each page where its own begin; equal sets are kept once."""
    known: list[tuple[Variant, ...]] = []
    for page in pages:
        if page.variants not in known:
            known.append(page.variants)
    starts = [sum(len(v) for v in known[:i]) for i in range(len(known))]
    return tuple(v for own in known for v in own), tuple(starts[known.index(p.variants)] for p in pages)


def placed(page: Scene, key: str, where: Affine, window: Rect, *, first: int = 0, bleed: Pt = 0.0) -> Group:
    """Return a page as a group, moved and scaled by `where`, cut to `window` (in the page's own coordinates).

    Its paper runs `bleed` points over its edges, as far as the window shows. `first` is where its glyph variants begin in
    the sheet's list. What lies wholly outside the window is left out.
    """
    whole = Rect(0.0, 0.0, page.width, page.height)
    ground = Path(f"{key}/sheet", Outline.rect(whole.grown(bleed)), fill=page.paper, tool="exact")
    shown = [i for i in page.items if not isinstance(i, Group) or i.rect is None or i.rect.grown(_STRAY).meets(window)]
    items = tuple(_varied(i, first) for i in shown) if first else tuple(shown)
    return Group(key, (ground, *items), clip=Outline.rect(window), transform=where)


def _varied(item: Item, first: int) -> Item:
    """Return an item whose glyph variants count from `first`."""
    if isinstance(item, Group):
        return msgspec.structs.replace(item, children=tuple(_varied(c, first) for c in item.children))
    if isinstance(item, GlyphRun) and any(g.variant for g in item.glyphs):
        glyphs = tuple(msgspec.structs.replace(g, variant=g.variant + first) if g.variant else g for g in item.glyphs)
        return msgspec.structs.replace(item, glyphs=glyphs)
    return item
