"""A stretch of one line, and where it stands: counted in characters, and in cells of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.wireframe.glyph import cells

SLACK = 12
"""Borders are looked for this many cells from where they should be."""


class Place(NamedTuple):
    """Where a character stands in its line: between the two ways people count Hangul and emoji."""

    low: int
    """The smaller of characters and cells before it."""
    high: int
    """The larger of them."""

    def off(self, other: Place) -> int:
        """Return how far apart two places are at best."""
        return max(0, self.low - other.high, other.low - self.high)


class Strip(NamedTuple):
    """A stretch of one line."""

    line: int
    """Number of its line, from 0."""
    start: int
    """Offset of its first character in the source."""
    text: str
    """Its characters."""
    chars: int = 0
    """Characters before it in its line."""
    cells: int = 0
    """Cells before it in its line."""

    def place(self, index: int) -> Place:
        """Return where a character stands."""
        one, other = self.chars + index, self.cells + cells(self.text[:index])
        return Place(min(one, other), max(one, other))

    def places(self, indices: Sequence[int]) -> list[Place]:
        """Return where several characters stand, their indices in order."""
        out: list[Place] = []
        at, cell = 0, self.cells
        for index in indices:
            cell += cells(self.text[at:index])
            at = index
            one = self.chars + index
            out.append(Place(min(one, cell), max(one, cell)))
        return out

    def cut(self, begin: int, end: int) -> Strip:
        """Return a part of the strip; an empty one at `begin` where `end` is not beyond it."""
        begin = max(0, min(begin, len(self.text)))
        end = max(begin, min(end, len(self.text)))
        text = self.text[begin:end]
        return Strip(self.line, self.start + begin, text, self.chars + begin, self.cells + cells(self.text[:begin]))

    def trimmed(self) -> Strip:
        """Return the strip without the blanks at its ends."""
        lead = len(self.text) - len(self.text.lstrip())
        return self.cut(lead, max(lead, len(self.text.rstrip())))

    def rebased(self) -> Strip:
        """Return the strip with its place counted from its own beginning, which crooked neighbours do not move."""
        return self._replace(chars=0, cells=0)

    @property
    def indent(self) -> int:
        """Cells before its first character that is no blank."""
        return self.cells + len(self.text) - len(self.text.lstrip())

    @property
    def blank(self) -> bool:
        """Whether there is nothing but blanks."""
        return not self.text.strip()


Region = tuple[Strip, ...]
"""Strips of neighbouring lines, top to bottom: the inside of a box."""


def region_of(text: str, start: int = 0, line: int = 0) -> Region:
    """Return the lines of a text that begins at an offset of the source."""
    out = []
    for index, row in enumerate(text.split("\n")):
        out.append(Strip(line + index, start, row))
        start += len(row) + 1
    return tuple(out)
