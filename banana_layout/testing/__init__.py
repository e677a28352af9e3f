"""Hypothesis strategies and helpers for tests of layouts (needs the `testing` extra).

Strategies draw what an author writes, so that a failing example is a text one can read, shrink and render:
`documents()` and `layouts()` fit their page, `sheets()` are their Markdown, and every part (`blocks()`, `panels()`,
`zones()`, `flowcharts()`, `texts()` …) can be drawn by itself. `assert_layout` checks constraints and says what is
broken where; `GoldenPages` and the fixtures of `banana_layout.testing.plugin` serve suites of one's own.
"""

from __future__ import annotations

from banana_layout.testing.assertion import assert_layout
from banana_layout.testing.blocks import blocks
from banana_layout.testing.diagrams import flowcharts, mindmaps
from banana_layout.testing.documents import documents, layouts, panels, sheets
from banana_layout.testing.golden import GoldenPages
from banana_layout.testing.looks import page_sizes, themes
from banana_layout.testing.texts import inlines, texts, titles, words
from banana_layout.testing.zones import zones

__all__ = [
    "GoldenPages",
    "assert_layout",
    "blocks",
    "documents",
    "flowcharts",
    "inlines",
    "layouts",
    "mindmaps",
    "page_sizes",
    "panels",
    "sheets",
    "texts",
    "themes",
    "titles",
    "words",
    "zones",
]
