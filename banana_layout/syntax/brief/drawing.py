"""Lines with drawings in them: box art becomes cards and charts, trees become lists, the rest is read as text."""

from __future__ import annotations

from collections.abc import Sequence

from banana_layout.model.block import AnyBlock, CodeBlock
from banana_layout.syntax.brief import lines as plain
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.trees import tree_end, tree_of
from banana_layout.syntax.wireframe import Strip
from banana_layout.syntax.wireframe.glyph import is_line


def blocks_of(region: Sequence[Strip], hand: Hand) -> list[AnyBlock]:
    """Return what some lines say; every word of them is in it."""
    out: list[AnyBlock] = []
    row = begun = 0
    while row < len(region):
        if region[row].blank:
            row += 1
            continue
        end = tree_end(region, row)
        if end > row:
            out += plain.blocks_of(region[begun:row], hand)
            out += tree_of(region[row:end], hand)
            row = begun = end
            continue
        if any(is_line(c) for c in region[row].text):
            end = _art_end(region, row)
            if end > row:
                out += plain.blocks_of(region[begun:row], hand)
                out += art_of(region[row:end], hand)
                row = begun = end
                continue
        row += 1
    return [*out, *plain.blocks_of(region[begun:], hand)]


def _art_end(region: Sequence[Strip], row: int) -> int:
    """Return the row after the drawing that begins at a row; the row itself where lines are only rules or tables."""
    return row


def art_of(region: Sequence[Strip], hand: Hand) -> list[AnyBlock]:
    """Return a drawing as text."""
    text = "\n".join(s.text.rstrip() for s in region)
    return [CodeBlock(span=hand.span(region), text=text)]
