"""Cards stand in their rows and columns, and what joins them stands between them."""

from __future__ import annotations

import pytest

from banana_layout import pipeline
from banana_layout.blocks.cards import shared
from banana_layout.scene.item import Group


def page(art: str):
    """A page with one panel that holds a drawing."""
    return pipeline.layout(pipeline.read(f"---\nlayout:\n  - 1: p\n---\n\n## P\n\n```boxes\n{art}\n```\n")).pages[0]


def boxes(art: str):
    """The cards' boxes in order, and the lines of text."""
    laid = page(art)
    found = []

    def walk(item):
        if isinstance(item, Group):
            if item.role == "callout":
                found.append(item.rect)
            for child in item.children:
                walk(child)

    for item in laid.scene.items:
        walk(item)
    return found, {line.text: line.rect for line in laid.lines()}


def test_cards_stand_as_drawn():
    """Side by side, under one another, equally high in a row, never over one another."""
    rects, _ = boxes(
        "┌─────┐   ┌───────────┐\n│  A  │ → │ B and more│\n└─────┘   └─────┬─────┘\n                ▼\n          ┌───────────┐\n          │ C         │\n          └───────────┘"
    )
    a, b, c = rects
    assert a.right < b.x
    assert (a.y, a.bottom) == pytest.approx((b.y, b.bottom))
    assert c.y > b.bottom
    assert (c.x, c.right) == pytest.approx((b.x, b.right))


def test_words_between_cards_stand_between_them():
    """The VS of a comparison is in the gap, level with the boxes."""
    rects, lines = boxes("┌─────┐    ┌─────┐\n│ one │ VS │ two │\n└─────┘    └─────┘")
    word = lines["VS"]
    assert rects[0].right <= word.x
    assert word.right <= rects[1].x
    assert rects[0].y <= word.center.y <= rects[0].bottom


@pytest.mark.parametrize(
    ("wants", "total", "widths"),
    [((10, 10), 40, (20, 20)), ((10, 90), 60, (10, 50)), ((50, 50, 50), 60, (20, 20, 20)), ((5,), 9, (9,))],
)
def test_columns_share_the_width(wants, total, widths):
    """Slack is shared equally; where room is short, the modest get all they want."""
    assert shared(wants, total) == pytest.approx(widths)


NESTED = "┌────────────┐   ┌─────────┐\n│ Server     │   │ Client  │\n│ ┌────────┐ │ → │         │\n│ │ Cache  │ │   │ Browser │\n│ └────────┘ │   │         │\n└────────────┘   └─────────┘"


def test_text_grows_into_a_roomy_panel_up_to_a_heading():
    """In a panel with room the words of cards are larger than its text, those of cards in cards as large, none broken."""
    laid = page(NESTED)
    sizes = {line.text: line.size for line in laid.lines() if line.text in ("Server", "Cache", "Client", "Browser")}
    most = pipeline.layout(pipeline.read("# T\n\n## P\n\nx\n")).theme.type.hero_heading
    assert len(sizes) == 4
    assert list(sizes.values()) == pytest.approx([laid.panels[0].body_size * most] * 4, rel=0.02)


def test_cards_in_a_card_use_its_height():
    """The inner card of a tall one is stretched as well, and everything stands within what holds it."""
    rects, _ = boxes(NESTED)
    server, cache = rects[:2]
    assert cache.h > 0.3 * server.h
    assert server.y < cache.y
    assert cache.bottom < server.bottom
