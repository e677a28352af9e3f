"""What stands on coloured paper."""

from __future__ import annotations

import pytest

import banana_layout
from banana_layout.scene.item import Group, Item, Path

SHEET = """---
layout:
  - 50: plain
  - 50: note
---
## Plain {#plain}

An idea 💡 here.

## Note {#note .sticky}

An idea 💡 here.
"""


def _edges(items: tuple[Item, ...], key: str) -> list[str]:
    """Return the keys of emoji's edges below a key."""
    found: list[str] = []
    for item in items:
        if isinstance(item, Group):
            found += _edges(item.children, key)
        elif isinstance(item, Path) and item.key.startswith(f"{key}/") and item.key.endswith("/edge"):
            found.append(item.key)
    return found


@pytest.mark.parametrize(("panel", "edges"), [("plain", 0), ("note", 1)])
def test_emoji_on_coloured_paper_have_an_edge(panel: str, edges: int) -> None:
    """A pale emoji on a yellow note is cut out in white; on the page's own paper it needs no edge."""
    page = banana_layout.layout(banana_layout.read(SHEET)).pages[0]
    assert edges == len(_edges(page.scene.items, panel))
