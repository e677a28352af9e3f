"""Two columns of text with "VS" between them: a comparison."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from banana_layout.model.block import AnyBlock, Card, CardLink, Cards
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.wireframe import Strip
from banana_layout.syntax.wireframe.glyph import is_line

_VERSUS = re.compile(r"(?P<left>\S.*?\S|\S)(?:\s{2,}|\s+)(?P<vs>(?:VS|vs|Vs)\.?|[↔⟷])(?:\s{2,}|\s+)(?P<right>\S.*?)\s*")
_ALONE = re.compile(r"\s*(?P<vs>(?:VS|vs|Vs)\.?|[↔⟷])\s*")
_BULLET = re.compile(r"\s*(?:[-*•·✓✔☑□☐>]|\d{1,2}[.)])\s")
LONGEST = 60
"""A longer line is a sentence."""


class Versus(NamedTuple):
    """A comparison in some lines."""

    begin: int
    """Its first row."""
    end: int
    """The row after it."""
    row: int
    """Row of the "VS"."""
    left: int
    """Cell its left column ends at."""
    right: int
    """Cell its right column begins at."""
    middle: tuple[int, int]
    """Where the "VS" stands in its line."""

    def cards(
        self, region: Sequence[Strip], hand: Hand, read: Callable[[Sequence[Strip], Hand], list[AnyBlock]]
    ) -> Cards:
        """Return two cards with the "VS" between them."""
        sides: tuple[list[Strip], list[Strip]] = ([], [])
        for strip in region[self.begin : self.end]:
            at = _split(strip, self.left, self.right)
            if strip is region[self.row]:
                sides[0].append(strip.cut(0, self.middle[0]))
                sides[1].append(strip.cut(self.middle[1], len(strip.text)))
            else:
                sides[0].append(strip.cut(0, at))
                sides[1].append(strip.cut(at, len(strip.text)))
        made = []
        for column, side in enumerate(sides):
            lines = [s.trimmed() for s in side if not s.blank]
            title, body = (lines[:1], side[1:]) if len(lines) > 1 else ([], side)
            span = hand.span(lines) if lines else None
            made.append(Card(tuple(read(body, hand)), hand.inlines(title), 0, column, 1, span))
        word = region[self.row].cut(*self.middle).trimmed()
        arrow = word.text in "↔⟷"
        link = CardLink(0, 1, () if arrow else hand.inlines([word]), "both" if arrow else "none")
        whole = region[self.begin : self.end]
        drawing = "\n".join(s.text.rstrip() for s in whole)
        return Cards(
            span=hand.span([s for s in whole if not s.blank]), cards=tuple(made), links=(link,), drawing=drawing
        )


def versus(region: Sequence[Strip], row: int) -> Versus | None:
    """Return the comparison whose first line is a row, or None."""
    strip = region[row]
    found = _VERSUS.fullmatch(strip.text.strip())
    if (
        found is None
        or is_line(strip.text.strip()[0])
        or len(strip.text.strip()) > LONGEST
        or _BULLET.match(strip.text)
    ):
        return None
    lead = len(strip.text) - len(strip.text.lstrip())
    begin, stop = lead + found.start("vs"), lead + found.end("vs")
    wide = re.search(r"\s{2,}\Z", strip.text[:begin]) is not None
    if not wide and not re.fullmatch(r"\S+(?: \S+){0,3}", strip.text[:begin].strip()):
        return None
    left, right = strip.place(begin).low, strip.place(stop).high
    end = row + 1
    while wide and end < len(region) and not region[end].blank:
        if _split(region[end], left, right) < 0 or any(is_line(c) for c in region[end].text):
            break
        end += 1
    return Versus(row, end, row, left, right, (begin, stop))


def _split(strip: Strip, left: int, right: int) -> int:
    """Return where a line is divided: at blanks near the middle column; -1 where words stand across it."""
    best, found = 99.0, -1
    middle = (left + right) / 2
    text = strip.text
    for gap in re.finditer(r"\s{3,}|^\s*|\s*$", text):
        low, high = strip.place(gap.start()).low, strip.place(gap.end()).high
        off = max(0.0, low - middle, middle - high)
        if off < best and off <= 6:
            best, found = off, gap.end()
    return found
