"""Pages as SVG in pieces, so that only what has changed is drawn, sent and shown again.

A hand's ink hangs on each item's own key and shape and never on its neighbours, and SVG ids come from content, so an
item drawn by itself is the item as it stands on its page.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from banana_layout.color import Color
from banana_layout.layout.result import LaidPage, Layout
from banana_layout.render.svg import Fragment
from banana_layout.scene.item import Item, Scene

KEPT = 256
"""So many items of pages are kept drawn: several pages of several views."""


class PageInPieces(NamedTuple):
    """One page as SVG; every part is an element."""

    frame: str
    """A whole picture with nothing on it: the `svg` element, and in it `defs` and a `g`."""
    defs: tuple[str, ...]
    """What stands in `defs`: shared outlines and clips, each once."""
    parts: tuple[str, ...]
    """What stands in the `g`, bottom first."""


class _Key(NamedTuple):
    """All that decides how an item is drawn."""

    item: Item
    look: tuple[Any, ...]
    seed: int
    paper: Color


class Pieces:
    """Draws pages and remembers what was drawn."""

    def __init__(self) -> None:
        self._known: dict[_Key, Fragment] = {}
        self.drawn = 0
        """How many items have been drawn; what was remembered does not count."""

    def page(self, laid: Layout, number: int, *, plain: bool) -> PageInPieces:
        """Return a page of a layout."""
        from banana_layout.font.book import FontBook
        from banana_layout.render.svg import fragment, to_svg

        page, book = laid.pages[number], FontBook.standard()
        empty = msgspec.structs.replace(page.scene, items=(), title="", subject="", author="", keywords=())
        paper = fragment(empty, book)
        found = [self._fragment(laid, page, item, plain) for item in page.scene.items]
        defs = dict.fromkeys(one for fragment in found for one in fragment.defs)
        # What an item's fragment starts with is the paper under it, which the page has once.
        parts = paper.parts + tuple(part for fragment in found for part in fragment.parts[len(paper.parts) :])
        return PageInPieces(to_svg(empty, book), tuple(defs), parts)

    def _fragment(self, laid: Layout, page: LaidPage, item: Item, plain: bool) -> Fragment:
        """Return one item on its paper, from memory where it is as it was."""
        from banana_layout.font.book import FontBook
        from banana_layout.render.svg import fragment

        theme, seed = laid.theme, laid.document.settings.seed
        key = _Key(item, (plain, theme.hand, theme.drawing.texture), seed, page.scene.paper.color)
        found = self._known.pop(key, None)
        if found is None:
            self.drawn += 1
            found = fragment(_alone(laid, page, item, plain), FontBook.standard())
        self._known[key] = found  # the last to be forgotten
        if len(self._known) > KEPT:
            del self._known[next(iter(self._known))]
        return found


def _alone(laid: Layout, page: LaidPage, item: Item, plain: bool) -> Scene:
    """Return a page with one of its items, as it is drawn."""
    from banana_layout import pipeline

    scene = msgspec.structs.replace(page.scene, items=(item,))
    one = msgspec.structs.replace(laid, pages=(msgspec.structs.replace(page, scene=scene),))
    return pipeline.scenes(one, plain=plain)[0]
