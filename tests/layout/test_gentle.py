"""`fit: gentle`: a page always comes, and each panel gives way only as far as it must."""

from __future__ import annotations

import pytest

from banana_layout import pipeline
from banana_layout.layout.gentle import SMALL
from banana_layout.source import BananaError

ITEM = "- one more line of words that has to stand somewhere\n"


def laid(items: int, fit: str = "gentle", theme: str = "nano-banana"):
    """A page whose first panel holds so many items."""
    text = f"---\npage: A5\ntheme: {theme}\nfit: {fit}\nlayout:\n  - 10: title\n  - 45: [a, b]\n  - 45: c\n---\n\n# T\n\n## A\n\n{ITEM * items}\n\n## B\n\nb\n\n## C\n\nc\n"
    return pipeline.layout(pipeline.read(text))


def sizes(layout):
    return {p.id: p.body_size for p in layout.pages[0].panels}


def test_room_enough_changes_nothing():
    """A page that fits is set as it would be anyway, only larger where there is room."""
    assert sizes(laid(2))["a"] >= sizes(laid(2, "strict"))["a"]


@pytest.mark.parametrize("items", [8, 11, 14, 20, 60])
def test_page_always_comes(items):
    """However full a panel is, the page is laid out, and inside its box."""
    layout = laid(items)
    (page,) = layout.pages
    for panel in page.panels:
        lines = [line.rect for line in page.lines() if line.panel == panel.id]
        assert all(r.bottom <= panel.rect.bottom + 0.5 for r in lines)


def test_full_panel_shrinks_alone():
    """Text goes below the floor in the full panel only; the rest of the page keeps a readable size."""
    with pytest.raises(BananaError):
        laid(12, "strict")
    found = sizes(laid(12))
    assert SMALL <= found["a"] < 9.0
    assert found["b"] >= 9.0


def test_far_too_full_is_warned_about():
    """Text that nobody should have to read is named, with what would help."""
    layout = laid(60)
    assert any("far too full" in w.message and w.hints for w in layout.warnings)
