"""Where the characters of a text that was cut together stand in the source."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING, NamedTuple

from banana_layout.source import Span

if TYPE_CHECKING:
    from collections.abc import Sequence


class Offsets(NamedTuple):
    """Where the characters of a text that was cut together stand in the source."""

    inside: tuple[int, ...]
    """Offsets in the text at which a new stretch begins; the first is 0."""
    outside: tuple[int, ...]
    """Where each stretch begins in the source."""

    def at(self, position: int) -> int:
        """Return a character's offset in the source."""
        index = bisect.bisect_right(self.inside, position) - 1
        return self.outside[index] + position - self.inside[index]

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the text stands."""
        if end <= start:
            at = self.at(start)
            return Span(at, at)
        return Span(self.at(start), self.at(end - 1) + 1)

    def after(self, start: int) -> Offsets:
        """Return the offsets of the text from a character on."""
        index = bisect.bisect_right(self.inside, start)
        inside = (0, *(i - start for i in self.inside[index:]))
        return Offsets(inside, (self.at(start), *self.outside[index:]))


class TextPlaces:
    """Where the characters of text put together from several tokens stand."""

    def __init__(self, pieces: Sequence[tuple[str, int, int]], offsets: Offsets) -> None:
        self._pieces = pieces
        self._offsets = offsets
        self._starts: list[int] = []
        at = 0
        for text, _, _ in pieces:
            self._starts.append(at)
            at += len(text)

    def span(self, start: int, end: int) -> Span:
        """Return where a stretch of the text stands; escapes and entities count whole."""
        first = bisect.bisect_right(self._starts, start) - 1
        last = bisect.bisect_right(self._starts, end - 1) - 1
        text, begin, stop = self._pieces[first]
        out_start = begin + (start - self._starts[first] if stop - begin == len(text) else 0)
        text, begin, stop = self._pieces[last]
        out_end = begin + end - self._starts[last] if stop - begin == len(text) else stop
        return self._offsets.span(out_start, out_end)
