"""Lines in two columns, such as words and what each means: items whose first column is bold."""

from __future__ import annotations

import re
from collections.abc import Sequence

from banana_layout.model.block import List, ListItem, Paragraph
from banana_layout.model.inline import Strong, Text
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.wireframe import Strip
from banana_layout.syntax.wireframe.glyph import cells
from banana_layout.syntax.wireframe.strip import Place

FEWEST = 3
"""Fewer lines in two columns are lines with a wide blank."""
WIDEST_KEY = 18
"""A first column is at most this many cells wide."""
_WIDE_GAP = re.compile(r"\S\s{2,}(?=\S)")
_GAP = re.compile(r"\S\s+(?=\S)")


def pairs(lines: Sequence[Strip], hand: Hand) -> List | None:
    """Return lines whose second words begin at one column as items; None where they do not.

    At least half of them keep their columns apart by two blanks or more, and no first column is wide.
    """
    column = _column(lines)
    if column is None or len(lines) < FEWEST:
        return None
    cuts: list[int] = []
    for strip in lines:
        begins = [m.end() for m in _GAP.finditer(strip.text) if strip.place(m.end()).off(column) == 0]
        if not begins or cells(strip.text[: begins[0]].strip()) > WIDEST_KEY:
            return None
        cuts.append(begins[0])
    wide = sum(s.text[:i].endswith("  ") for s, i in zip(lines, cuts, strict=True))
    if 2 * wide < len(lines):
        return None
    items = tuple(_item(strip, at, hand) for strip, at in zip(lines, cuts, strict=True))
    return List(span=hand.span(lines), items=items)


def _column(lines: Sequence[Strip]) -> Place | None:
    """Return where the second column begins, as the first wide gap says; None where no line has one."""
    for strip in lines:
        found = _WIDE_GAP.search(strip.text)
        if found:
            return strip.place(found.end())
    return None


def _item(strip: Strip, at: int, hand: Hand) -> ListItem:
    """Return a line cut at a character as an item."""
    key, rest = strip.cut(0, at).trimmed(), strip.cut(at, len(strip.text))
    head = Strong(span=hand.span([key]), children=hand.inlines([key]))
    content = (head, Text(text=" "), *hand.inlines([rest]))
    return ListItem((Paragraph(span=hand.span([strip]), content=content),), None, hand.span([strip]))
