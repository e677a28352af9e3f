"""Draws layouts in box characters, with the slips of people who draw by hand."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, NamedTuple


class Drawing(NamedTuple):
    """How somebody draws."""

    style: str
    """Four corners, two lines, two joints."""
    wide: float
    """How many cells a wide letter is taken for; 1.5 for now one, now two."""
    slip: int
    """By how many cells a right border may be off."""
    gap: int
    """Blanks between boxes."""
    choose: Callable[[int], int]
    """Chooses a number from 0 up to one."""


def width(text: str, drawing: Drawing) -> int:
    """How wide somebody takes a text to be."""
    count = 0
    for char in text:
        wide = unicodedata.east_asian_width(char) in "WF"
        count += 1 if not wide else 1 + drawing.choose(1) if drawing.wide == 1.5 else int(drawing.wide)
    return count


def drawn(zones: list[Any], drawing: Drawing) -> list[str]:
    """The lines of a whole wireframe."""
    tl, tr, bl, br, line, side, left, right = drawing.style
    inner = max(24, *(extent(z) for z in zones)) + 2
    out = [tl + line * inner + tr]
    for number, zone in enumerate(zones):
        if number:
            out.append(left + line * inner + right)
        rows = part(zone, inner - 2, drawing, boxed=number > 0)
        out += [f"{side} {row}{' ' * max(0, inner - 1 - len(row) - wide_extra(row, drawing))}{side}" for row in rows]
    return [*out, bl + line * inner + br]


def wide_extra(row: str, drawing: Drawing) -> int:
    """Cells a row takes beyond its characters, as somebody counts who counts wide letters as two."""
    return sum(unicodedata.east_asian_width(c) in "WF" for c in row) if drawing.wide == 2 else 0


def extent(zone: Any) -> int:
    """How wide a part is to be drawn."""
    if not hasattr(zone, "axis"):
        return 30
    sizes = [extent(p) for p in zone.parts]
    return sum(sizes) + 3 * (len(sizes) - 1) if zone.axis == "columns" else max(sizes)


def part(zone: Any, room: int, drawing: Drawing, *, boxed: bool = True) -> list[str]:
    """The lines of a part."""
    if not hasattr(zone, "axis"):
        return box(zone.lines, room, drawing) if boxed else list(zone.lines)
    if zone.axis == "rows":
        return [row for p in zone.parts for row in part(p, room, drawing)]
    count = len(zone.parts)
    each = (room - drawing.gap * (count - 1)) // count
    columns = [part(p, each, drawing) for p in zone.parts]
    out = []
    for row in range(max(map(len, columns))):
        cells = [column[row] if row < len(column) else " " * each for column in columns]
        out.append((" " * drawing.gap).join(cells).rstrip())
    return out


def box(lines: tuple[str, ...], room: int, drawing: Drawing) -> list[str]:
    """A box with lines of text, its right border off by a slip."""
    tl, tr, bl, br, line, side, _, _ = drawing.style
    inner = room - 2
    rows = []
    for text in lines:
        off = drawing.choose(2 * drawing.slip) - drawing.slip if drawing.slip else 0
        rows.append(side + " " + text + " " * max(1, inner - 1 - width(text, drawing) + off) + side)
    return [tl + line * inner + tr, *rows, bl + line * inner + br]
