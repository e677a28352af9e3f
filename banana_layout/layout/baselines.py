"""Running text on the paper's lines: where a panel has room, baselines rest on the ruling as they do in an exercise book.

This comes after everything else: sizes, breaks and the order of things are settled, and text only moves up or down. A panel
whose text cannot rest without being crowded, torn apart or pushed out of its room stays as it was.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.frame import shifted
from banana_layout.scene.item import GlyphRun, Group, Item

TEXT = frozenset({"list", "paragraph", "item", "body", "label"})
"""Groups whose lines move."""
LINES_EM = (1.16, 1.62)
"""Within a paragraph, baselines are so far apart."""
ITEMS_EM = (1.3, 2.8)
"""From one item or paragraph to the next."""
OPEN = 0.8
"""Where the room allows, a gap that is this near to the next line takes it: text that is short of rules looks squeezed."""
ABOVE_EM, BELOW_EM = 0.84, 0.32
"""What a line keeps free above and below its baseline."""
GAP_EM = 0.27
"""Least distance between text and anything else."""
LARGE = 1.25
"""Text larger than so many pitches is a display, not writing on lines."""
LIFT_EM = 0.6
"""How far the first line may move up …"""
HIGH_EM = 0.57
"""… and how near its baseline may come to the top of its panel's room, which keeps clear of the title."""


class Ruling(msgspec.Struct, frozen=True):
    """The level lines printed on a sheet."""

    first: Pt
    """Where one of them stands."""
    pitch: Pt
    """Their distance."""

    def at_or_below(self, y: Pt) -> Pt:
        """Return the first line that is not above `y`."""
        return self.first + self.pitch * math.ceil((y - self.first) / self.pitch - 1e-9)

    def steps(self, bounds: tuple[float, float], em: Pt, wanted: Pt, up: float = 0.5) -> int | None:
        """Return how many lines on a next baseline stands: as near to `wanted` as the bounds (in em) let it; None for none.

        `up` is added before parts of a line are dropped: 0.5 rounds to the nearest, more opens gaps rather than closing them.
        """
        low = math.ceil(bounds[0] * em / self.pitch - 1e-9)
        high = math.floor(bounds[1] * em / self.pitch + 1e-9)
        return max(low, min(high, math.floor(wanted / self.pitch + up))) if max(1, low) <= high else None


class _Row(msgspec.Struct, frozen=True):
    """A line of text or anything else that stands in the column."""

    key: str
    """Its group's key."""
    top: Pt
    """Upper edge of a thing; of a line, what it keeps free above."""
    bottom: Pt
    """Lower edge."""
    baseline: Pt | None = None
    """Of a line."""
    paragraph: str = ""
    """Which paragraph a line belongs to."""


def rested(panel: Group, ruling: Ruling, room: Rect) -> Group:
    """Return a panel with the baselines of its running text on the ruling, or as it is where that cannot be."""
    rows = _rows(panel)
    if rows is None or not any(r.baseline is not None for r in rows):
        return panel
    for up, apart in itertools.product((OPEN, 0.5, 0.0), (True, False)):
        moves = _moves(rows, ruling, room, (up, apart))
        if moves is not None:
            return msgspec.structs.replace(panel, children=tuple(_moved(c, moves) for c in panel.children))
    return panel


def _rows(panel: Group) -> list[_Row] | None:
    """Return what stands in a panel's column from top to bottom; None where it is no column, or holds what cannot be parted."""
    out: list[_Row] = []
    own = len(panel.key) + 1
    for block in panel.children:
        name = block.key[own:]
        if not name[:1].isdigit():
            continue  # the title and what decorates the panel
        if not isinstance(block, Group) or not name.isdigit():
            return None
        if block.role in ("list", "paragraph"):
            found = list(_lines(block, block.key))
            if None in found or not found:
                return None
            out += [row for row in found if row is not None]
        elif block.rect is None:
            return None
        else:
            out.append(_Row(block.key, block.rect.y, block.rect.bottom))
    return out if all(a.top < b.top for a, b in itertools.pairwise(out)) else None


def _lines(group: Group, paragraph: str) -> Iterator[_Row | None]:
    """Yield the lines below a group of text in order; None for anything that does not move with lines."""
    for child in group.children:
        if not isinstance(child, Group):
            yield None
        elif child.role == "line":
            base = next((c.y for c in child.children if isinstance(c, GlyphRun)), None)
            if child.style != "body" or base is None:
                yield None
            else:
                em = child.size
                yield _Row(child.key, base - ABOVE_EM * em, base + BELOW_EM * em, base, paragraph)
        elif child.role in TEXT:
            if child.role != "label":
                yield from _lines(child, child.key)
        else:
            yield None


def _moves(rows: Sequence[_Row], ruling: Ruling, room: Rect, how: tuple[float, bool]) -> dict[str, Pt] | None:
    """Return how far each row moves down, or None where the rows do not fit.

    Gaps between items are rounded with the first of `how`, see `Ruling.steps`; 0 keeps items as near as may be. The second
    keeps items farther apart than the lines of one of them; without it that is asked only where lines skip rules.
    """
    up, apart = how
    tight = up == 0.0
    inner = _inner(rows, ruling, tight)
    if inner == 0 and apart:
        return None  # the same as without it
    moves: dict[str, Pt] = {}
    before: _Row | None = None
    at = down = 0.0  # the last row's baseline or lower edge as moved, and how far it moved
    for row in rows:
        if row.baseline is None:
            top = row.top + down
            if before is not None and before.baseline is not None:
                em = (before.bottom - before.top) / (ABOVE_EM + BELOW_EM)
                top = max(at + (BELOW_EM + GAP_EM) * em, min(row.top, top + 0.5 * em))
            down = top - row.top
            at = row.bottom + down
        else:
            em = (row.bottom - row.top) / (ABOVE_EM + BELOW_EM)
            if em > LARGE * ruling.pitch:
                return None
            if before is None:
                lift = LIFT_EM * em if tight else min(LIFT_EM * em, 0.5 * ruling.pitch)
                target = ruling.at_or_below(max(room.y + HIGH_EM * em, row.baseline - lift))
            elif before.baseline is None:
                least = at + (GAP_EM + ABOVE_EM) * em
                target = ruling.at_or_below(
                    least if tight else max(least, row.baseline + min(0.0, down) - 0.5 * ruling.pitch)
                )
            else:
                same = row.paragraph == before.paragraph
                wanted = 0.0 if tight else row.baseline - before.baseline
                steps = ruling.steps(LINES_EM, em, wanted) if same else ruling.steps(ITEMS_EM, em, wanted, up)
                if steps is not None and not same and steps <= inner and (apart or inner > 1):
                    steps = inner + 1 if (inner + 1) * ruling.pitch <= ITEMS_EM[1] * em + 1e-9 else None
                if steps is None:
                    return None
                target = at + steps * ruling.pitch
            down = target - row.baseline
            at = target
        moves[row.key] = down
        before = row
    if before is None or before.bottom + down > room.bottom + 1e-6:
        return None
    return moves


def _inner(rows: Sequence[_Row], ruling: Ruling, tight: bool) -> int:
    """Return how many rules on the next line of one paragraph stands, at the most; 0 where none has two lines."""
    most = 0
    for a, b in itertools.pairwise(rows):
        if a.baseline is not None and b.baseline is not None and a.paragraph == b.paragraph:
            em = (b.bottom - b.top) / (ABOVE_EM + BELOW_EM)
            most = max(most, ruling.steps(LINES_EM, em, 0.0 if tight else b.baseline - a.baseline) or 0)
    return most


def _moved(item: Item, moves: dict[str, Pt]) -> Item:
    """Return an item with the lines in it moved; its boxes grow or shrink with them."""
    if not isinstance(item, Group):
        return item
    if item.key in moves:
        return shifted(item, 0.0, moves[item.key])
    if item.role not in TEXT:
        return item
    found = [moves[key] for key in _keys(item) if key in moves]
    if not found:
        return item
    children = tuple(
        shifted(c, 0.0, found[0]) if isinstance(c, Group) and c.role == "label" else _moved(c, moves)
        for c in item.children
    )
    rect = item.rect
    if rect is not None:
        rect = Rect(rect.x, rect.y + found[0], rect.w, rect.h + found[-1] - found[0])
    return msgspec.structs.replace(item, children=children, rect=rect)


def _keys(item: Group) -> Iterator[str]:
    """Yield the keys of the lines below a group."""
    for child in item.children:
        if isinstance(child, Group):
            if child.role == "line":
                yield child.key
            else:
                yield from _keys(child)
