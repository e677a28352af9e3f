"""What stands around the boxes of a drawing: arrows, lines, words; and which boxes and words a line joins."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.wireframe import Box, Strip
from banana_layout.syntax.wireframe.glyph import ARMS, DOWN, LEFT, RIGHT, UP, cells, is_line, letters

HEADS = {
    **dict.fromkeys("→⟶⇒⟹➜➡➔⮕▶►▷", RIGHT),
    **dict.fromkeys("←⟵⇐⬅◀◄◁", LEFT),
    **dict.fromkeys("↓⬇⇓▼▽⇩", DOWN),
    **dict.fromkeys("↑⬆⇑▲△⇧", UP),
    **dict.fromkeys("↔⟷⇔⬌", LEFT | RIGHT),
    **dict.fromkeys("↕⇕⬍", UP | DOWN),
}
"""Arrow signs and where they point."""
_ASCII_ARROW = re.compile(r"<?[-=]{1,}>|<[-=]{1,}>?")
_WORDS = re.compile(r"\S+(?: {1,2}\S+)*")
OPPOSITE = {UP: DOWN, DOWN: UP, LEFT: RIGHT, RIGHT: LEFT}
"""The other way."""
STEPS = {UP: (-1, 0), DOWN: (1, 0), LEFT: (0, -1), RIGHT: (0, 1)}
"""Rows and cells of one step."""
DRIFT = 3
"""Lines are followed over this many cells of misalignment."""
FAR = 6
"""A line's end belongs to a box or a word this many cells away."""
MOST_CELLS = 20_000
"""Larger drawings are not followed."""


class Area(NamedTuple):
    """A box or some words, in lines and cells."""

    top: int
    """First line."""
    bottom: int
    """Last line."""
    left: int
    """First cell."""
    right: int
    """Last cell."""


class Ink(NamedTuple):
    """A cell of a line or an arrow."""

    arms: int
    """Where the line goes on."""
    heads: int = 0
    """Where an arrowhead points."""


class Join(NamedTuple):
    """A line and what it ends at."""

    plain: tuple[int, ...]
    """Areas it touches without an arrowhead."""
    pointed: tuple[int, ...]
    """Areas an arrowhead of it points at."""
    bent: bool
    """Whether it turns or branches."""
    cells: tuple[tuple[int, int], ...]
    """Its cells."""


def area_of(box: Box) -> Area:
    """Return where a box stands."""
    return Area(box.top, box.bottom, box.left, box.right)


def inks_and_words(rest: Sequence[Strip]) -> tuple[dict[tuple[int, int], Ink], list[Strip]]:
    """Return the cells of lines and arrows outside the boxes, and the stretches of words."""
    inks: dict[tuple[int, int], Ink] = {}
    words: list[Strip] = []
    for strip in rest:
        kept = list(strip.text)
        for found in _ASCII_ARROW.finditer(strip.text):
            heads = (RIGHT if found[0].endswith(">") else 0) | (LEFT if found[0].startswith("<") else 0)
            if len(found[0]) < 2 or (not heads):
                continue
            _put(inks, strip, found.start(), Ink(LEFT | RIGHT, heads & LEFT))
            for index in range(found.start() + 1, found.end() - 1):
                _put(inks, strip, index, Ink(LEFT | RIGHT))
            _put(inks, strip, found.end() - 1, Ink(LEFT | RIGHT, heads & RIGHT))
            kept[found.start() : found.end()] = " " * len(found[0])
        line = letters(strip.text)
        for index, char in enumerate(strip.text):
            if is_line(char) and line[index] in ARMS:
                _put(inks, strip, index, Ink(ARMS[line[index]]))
                kept[index] = " "
            elif char in HEADS and _stands_free(strip.text, index):
                heads = HEADS[char]
                _put(inks, strip, index, Ink((LEFT | RIGHT) if heads & (LEFT | RIGHT) else (UP | DOWN), heads))
                kept[index] = " "
            elif char == "\ufe0f" and index and kept[index - 1] == " ":
                kept[index] = " "
        text = "".join(kept)
        words += [strip.cut(m.start(), m.end()) for m in _WORDS.finditer(text)]
    return inks, words


def _stands_free(text: str, index: int) -> bool:
    """Tell whether an arrow sign is drawn rather than written: blanks or lines on both sides."""
    before, after = text[index - 1 : index], text[index + 1 : index + 2]
    free = [not c.strip("\ufe0f ") or is_line(c) or c in HEADS for c in (before, after)]
    wide = text[:index].rstrip("→ ").endswith(("  ", "")) and not text[:index].strip()
    return all(free) or wide


def _put(inks: dict[tuple[int, int], Ink], strip: Strip, index: int, ink: Ink) -> None:
    """Note a cell."""
    inks[strip.line, strip.cells + cells(strip.text[:index])] = ink


def joins(inks: dict[tuple[int, int], Ink], areas: Sequence[Area]) -> list[Join]:
    """Return every connected line and the areas it ends at; lines are followed from cell to cell by their arms."""
    out: list[Join] = []
    seen: set[tuple[int, int]] = set()
    if len(inks) > MOST_CELLS:
        return out
    for start in sorted(inks):
        if start in seen:
            continue
        member = _component(start, inks, seen)
        plain: list[int] = []
        pointed: list[int] = []
        for at in member:
            ink = inks[at]
            for way in (UP, DOWN, LEFT, RIGHT):
                if not (ink.arms | ink.heads) & way or _next(at, way, inks) is not None:
                    continue
                area = _touched(at, way, areas)
                if area is not None:
                    (pointed if ink.heads & way else plain).append(area)
        horizontal = all(inks[at].arms & (UP | DOWN) == 0 for at in member)
        vertical = all(inks[at].arms & (LEFT | RIGHT) == 0 for at in member)
        ends = dict.fromkeys(pointed)
        out.append(
            Join(
                tuple(a for a in dict.fromkeys(plain) if a not in ends),
                tuple(ends),
                not (horizontal or vertical),
                tuple(member),
            )
        )
    return out


def _component(
    start: tuple[int, int], inks: dict[tuple[int, int], Ink], seen: set[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return all cells connected with one."""
    member: list[tuple[int, int]] = []
    queue = deque([start])
    seen.add(start)
    while queue:
        at = queue.popleft()
        member.append(at)
        ink = inks[at]
        for way in (UP, DOWN, LEFT, RIGHT):
            if not (ink.arms | ink.heads) & way:
                continue
            then = _next(at, way, inks)
            if then is not None and then not in seen:
                seen.add(then)
                queue.append(then)
    return sorted(member)


def _next(at: tuple[int, int], way: int, inks: dict[tuple[int, int], Ink]) -> tuple[int, int] | None:
    """Return the cell a line goes on in, over a little misalignment; None where it ends."""
    back = OPPOSITE[way]
    row, column = at[0] + STEPS[way][0], at[1] + STEPS[way][1]
    if way in (LEFT, RIGHT):
        for off in (0, 1):
            found = inks.get((row, column + (off if way == RIGHT else -off)))
            if found is not None and found.arms & back:
                return (row, column + (off if way == RIGHT else -off))
        return None
    for off in (0, 1, -1, 2, -2, DRIFT, -DRIFT):
        found = inks.get((row, column + off))
        if found is not None and (found.arms | found.heads) & back:
            return (row, column + off)
    return None


def _touched(at: tuple[int, int], way: int, areas: Sequence[Area]) -> int | None:
    """Return the nearest area a line's end points at."""
    row, column = at
    best: tuple[int, int] | None = None
    for index, area in enumerate(areas):
        if way in (LEFT, RIGHT):
            aside = max(0, area.top - row, row - area.bottom)
            ahead = area.left - column if way == RIGHT else column - area.right
            reach = FAR if aside == 0 else 0
            within = area.left <= column <= area.right
        else:
            aside = max(0, area.left - column, column - area.right)
            ahead = area.top - row if way == DOWN else row - area.bottom
            reach = 2 if aside <= DRIFT else 0
            within = area.top <= row <= area.bottom
        # a line may end on a border; what lies right behind it is another matter
        if reach and (0 <= ahead <= reach or (ahead == -1 and within)):
            key = (ahead + 2 * aside, index)
            if best is None or key < best:
                best = key
    return None if best is None else best[1]
