"""Pages of several documents in one file."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.scene.item import Group, Item, Link, Scene

_LED_TO = frozenset(("title", "panel", "note"))
"""Roles of the groups that links in a document lead to."""


def joined(documents: Sequence[Sequence[Scene]]) -> tuple[Scene, ...]:
    """Return all documents' pages one after another, links within each leading within it; one alone stays as it is."""
    if len(documents) == 1:
        return tuple(documents[0])
    return tuple(page for number, pages in enumerate(documents, 1) for page in apart(pages, number))


def apart(pages: Sequence[Scene], number: int) -> tuple[Scene, ...]:
    """Return a document's pages with links that lead within it, whatever panels of other documents in the file are called.

    `number` tells it from the others. Links to anything else, such as `#page-3` of the whole file, stay as they are.
    """
    own = frozenset(key for page in pages for key in _keys(page.items))
    return tuple(
        msgspec.structs.replace(p, items=tuple(_renamed(i, own, f"@{number}") for i in p.items)) for p in pages
    )


def _keys(items: Sequence[Item]) -> set[str]:
    """Return the keys of the groups that links may lead to."""
    out: set[str] = set()
    for item in items:
        if isinstance(item, Group):
            out |= _keys(item.children) | ({item.key} if item.role in _LED_TO else set())
    return out


def _renamed(item: Item, own: frozenset[str], mark: str) -> Item:
    """Return an item with the keys and links of its document marked."""
    if isinstance(item, Link) and item.url[:1] == "#" and item.url[1:] in own:
        return msgspec.structs.replace(item, url=item.url + mark)
    if not isinstance(item, Group):
        return item
    children = tuple(_renamed(c, own, mark) for c in item.children)
    same = all(a is b for a, b in zip(children, item.children, strict=True))
    if item.role in _LED_TO:
        return msgspec.structs.replace(item, key=item.key + mark, children=children)
    return item if same else msgspec.structs.replace(item, children=children)
