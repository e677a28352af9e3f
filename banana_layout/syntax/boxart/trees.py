"""Trees drawn with `├──` and `└──`: nested lists."""

from __future__ import annotations

import re
from collections.abc import Sequence

from banana_layout.model.block import AnyBlock, List, ListItem, Paragraph
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.wireframe import Strip

BRANCH = re.compile(r"[\s│┃|]*[├└┣┗╰╚╠][─━═]+[>▶►]?\s*(?=\S)|[\s│┃|]*(?:\|--|`--|\+--)-*\s+(?=[^\s|+-])")
"""What stands before a branch's words."""
_BETWEEN = re.compile(r"[\s│┃|]*")


def tree_end(lines: Sequence[Strip], row: int) -> int:
    """Return the row after the tree whose root or first branch is at a row; the row itself where there is none."""
    first = row if BRANCH.match(lines[row].text) else row + 1
    if first >= len(lines) or not BRANCH.match(lines[first].text):
        return row
    end = first
    while end < len(lines) and (
        BRANCH.match(lines[end].text) or (not lines[end].blank and _BETWEEN.fullmatch(lines[end].text))
    ):
        end += 1
    return end


def tree_of(lines: Sequence[Strip], hand: Hand) -> list[AnyBlock]:
    """Return a tree as nested lists; its root is a paragraph above them."""
    out: list[AnyBlock] = []
    rows: list[tuple[int, Strip]] = []
    for strip in lines:
        found = BRANCH.match(strip.text)
        if found:
            depth = strip.cut(0, found.end()).cells + len(found[0].rstrip().rstrip("─━═->▶►"))
            rows.append((depth, strip.cut(found.end(), len(strip.text)).trimmed()))
        elif not _BETWEEN.fullmatch(strip.text):
            words = strip.trimmed()
            out.append(Paragraph(span=hand.span([words]), content=hand.inlines([words])))
    if rows:
        out.append(_level(rows, hand))
    return out


def _level(rows: list[tuple[int, Strip]], hand: Hand) -> List:
    """Return branches of one depth with what hangs on each."""
    items: list[ListItem] = []
    at = 0
    depth = rows[0][0]
    while at < len(rows):
        end = at + 1
        while end < len(rows) and rows[end][0] > depth:
            end += 1
        strip = rows[at][1]
        blocks: list[AnyBlock] = [Paragraph(span=hand.span([strip]), content=hand.inlines([strip]))]
        if end > at + 1:
            blocks.append(_level(rows[at + 1 : end], hand))
        items.append(ListItem(tuple(blocks), None, hand.span([strip])))
        at = end
    return List(span=hand.span([rows[0][1], rows[-1][1]]), items=tuple(items))
