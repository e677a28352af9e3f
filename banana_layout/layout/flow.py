"""Stacks blocks top to bottom, in one column or several."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.pieces import Piece, cut, joined
from banana_layout.model.block import AnyBlock, Cards, Diagram, List, Paragraph, Quote, SubHeading, Table
from banana_layout.scene.frame import Frame, Placed

GAP = 0.62
"""Between two blocks, in em: what is left of a line once its leading is drawn."""
LEAST_DRAWING = 6.0
"""Least height of a diagram, in em."""
NESTED_GAP = 0.2
"""Between an item's words and the list under them, in em: as between two items, because the list belongs to them."""
GAP_MOST = 1.3
"""How far slack may open that gap, in em."""
STRETCH = {Table: 1.6, Cards: 2.1}
"""How far slack may stretch a block, as a share of its natural height."""
CARDS_SHARE = 0.5
"""Share of the slack that cards may take beside a drawing, so that their text grows with its."""
ITEM_GAP = 0.8
"""How far slack may open the gap between two items of a list, in em: items stay nearer to each other than lines apart."""
LEAD = 0.45
"""How far slack may move text down from its title, in em: it belongs to it."""
LEAD_SHARE = 0.25
"""Share of the slack that does so."""
MIDDLE = 0.42
"""Share of the slack above bubbles that stand alone: a little less than below."""


class Stack(msgspec.Struct, frozen=True):
    """Blocks in one column, measured."""

    heights: tuple[Pt, ...]
    """Of each block."""
    gaps: tuple[Pt, ...]
    """Above each block; 0 above the first."""
    width: Pt
    """Of the widest; more than the room's where a word or a table cannot be made narrower."""

    @property
    def height(self) -> Pt:
        """Of all."""
        return math.fsum(self.heights) + math.fsum(self.gaps)


def gap_above(block: AnyBlock, before: AnyBlock | None, size: Pt, nested: bool = False) -> Pt:
    """Return the least distance kept above a block; `nested` ones stand in an item of a list."""
    if before is None:
        return 0.0
    if isinstance(before, SubHeading):
        return 0.2 * size
    if isinstance(block, Quote) and isinstance(before, Quote):
        return 0.44 * size  # bubbles part themselves
    if nested and isinstance(block, List) and isinstance(before, Paragraph):
        return NESTED_GAP * size
    return (0.9 if isinstance(block, SubHeading) else GAP) * size


def measure(blocks: Sequence[AnyBlock], room: Room, context: Context) -> Stack:
    """Return the blocks' natural heights in one column of the room's width.

    A diagram counts with the least height it may be given: it takes what the others leave.
    """
    heights, gaps, width = [], [], 0.0
    before: AnyBlock | None = None
    draft = msgspec.structs.replace(room, height=None, draft=True)
    for i, block in enumerate(blocks):
        gaps.append(gap_above(block, before, room.size, context.depth > 0))
        if isinstance(block, Diagram):
            heights.append(LEAST_DRAWING * room.size)
        else:
            size = context.place(block, draft, context.at(i)).size
            heights.append(size.height)
            width = max(width, size.width)
        before = block
    return Stack(tuple(heights), tuple(gaps), width)


def stack(blocks: Sequence[AnyBlock], room: Room, context: Context) -> Frame:
    """Return blocks in one column.

    Where the room has a height, slack goes to diagrams first; without one it opens gaps, stretches tables and lists
    within bounds, and what still is left stands below them: text begins near its title, in every panel of a row alike.
    Bubbles alone stand in the middle.
    """
    if not blocks:
        return Frame(Size(room.width, room.height or 0.0))
    natural = measure(blocks, room, context)
    heights, gaps = list(natural.heights), list(natural.gaps)
    top = 0.0
    if room.height is not None:
        top = _spread(blocks, heights, gaps, room)
    if room.draft:
        return Frame(
            Size(max(room.width, natural.width), max(room.height or 0.0, math.fsum(heights) + math.fsum(gaps)))
        )
    children, y, baseline = [], top, None
    for i, block in enumerate(blocks):
        y += gaps[i]
        offered = heights[i] if room.height is not None else None
        frame = context.place(block, msgspec.structs.replace(room, height=offered), context.at(i))
        children.append(Placed(0.0, y, frame))
        if baseline is None and frame.baseline is not None:
            baseline = y + frame.baseline
        y += max(frame.size.height, offered or 0.0)
    return Frame(Size(room.width, max(room.height or 0.0, y)), tuple(children), baseline)


def _spread(blocks: Sequence[AnyBlock], heights: list[Pt], gaps: list[Pt], room: Room) -> Pt:
    """Share the slack of a column among its blocks and gaps; return what stays above the first block."""
    slack = (room.height or 0.0) - math.fsum(heights) - math.fsum(gaps)
    drawings = [i for i, b in enumerate(blocks) if isinstance(b, Diagram)]
    if drawings:
        for i, block in enumerate(blocks):
            if isinstance(block, Cards) and slack > 0:
                given = min(CARDS_SHARE * slack, heights[i] * (STRETCH[Cards] - 1))
                heights[i] += given
                slack -= given
        # A drawing takes what is left, more or less than its natural height: its own search makes the best of it.
        for i in drawings:
            heights[i] = max(0.0, heights[i] + slack / len(drawings))
        return 0.0
    if slack <= 0:
        return 0.0
    if len(blocks) == 1 and isinstance(blocks[0], (Quote, Cards)):
        heights[0] += slack
        return 0.0
    wants = _wants(blocks, heights, gaps, room.size)
    total = math.fsum(w for _, _, w in wants)
    given = min(slack, total)
    for where, i, want in wants:
        share = given * want / total if total > 0 else 0.0
        if where == "height":
            heights[i] += share
        else:
            gaps[i] += share
    if all(isinstance(b, Quote) for b in blocks):
        return (slack - given) * MIDDLE
    return min(LEAD * room.size, (slack - given) * LEAD_SHARE)


def _wants(
    blocks: Sequence[AnyBlock], heights: Sequence[Pt], gaps: Sequence[Pt], size: Pt
) -> list[tuple[str, int, Pt]]:
    """Return which heights and gaps slack may open, and how far."""
    wants = [("height", i, heights[i] * (STRETCH[type(b)] - 1)) for i, b in enumerate(blocks) if type(b) in STRETCH]
    wants += [("height", i, ITEM_GAP * size * (len(b.items) - 1)) for i, b in enumerate(blocks) if isinstance(b, List)]
    wants += [("gap", i, GAP_MOST * size - g) for i, g in enumerate(gaps) if i and g < GAP_MOST * size]
    return wants


def opened(blocks: Sequence[AnyBlock], natural: Stack, size: Pt) -> Pt:
    """Return the height of a column with its gaps opened as far as slack may open them."""
    return natural.height + math.fsum(w for _, _, w in _wants(blocks, natural.heights, natural.gaps, size))


def columns(blocks: Sequence[AnyBlock], count: int, room: Room, context: Context, gutter: Pt) -> Frame:
    """Return blocks in `count` columns of equal width, filled in reading order and balanced."""
    width = (room.width - gutter * (count - 1)) / count
    inner = msgspec.structs.replace(room, width=width)
    parts = split(blocks, count, msgspec.structs.replace(inner, height=None), context)
    children, tallest, baseline = [], 0.0, None
    for i, part in enumerate(parts):
        frame = stack(part, inner, context.at(f"column{i}"))
        children.append(Placed(i * (width + gutter), 0.0, frame))
        tallest = max(tallest, frame.size.height)
        baseline = frame.baseline if i == 0 else baseline
    return Frame(Size(room.width, tallest), tuple(children), baseline)


def split(blocks: Sequence[AnyBlock], count: int, room: Room, context: Context) -> list[tuple[AnyBlock, ...]]:
    """Cut blocks into `count` parts in reading order so that the tallest is as low as can be.

    Lists may be cut between items; a heading stays with what follows it. The bound is found by bisection over the
    pieces' heights, as in the classic linear partition problem (Skiena, "The Algorithm Design Manual", 10.7).
    """
    pieces = cut(blocks, (List,))
    natural = measure([p.block for p in pieces], room, context)
    tall = list(zip(natural.gaps, natural.heights, strict=True))
    low, high = max(natural.heights, default=0.0), math.fsum(gap + h for gap, h in tall)
    for _ in range(24):
        middle = (low + high) / 2
        if len(_fill(pieces, tall, middle)) <= count:
            high = middle
        else:
            low = middle
    return [joined(part) for part in _fill(pieces, tall, high)]


def _fill(pieces: Sequence[Piece], tall: Sequence[tuple[Pt, Pt]], bound: Pt) -> list[list[Piece]]:
    """Fill columns up to a bound, first fit in reading order; `tall` is each piece's gap, none atop a column, and height."""
    parts: list[list[Piece]] = [[]]
    used = before = 0.0
    for piece, (gap, h) in zip(pieces, tall, strict=True):
        if parts[-1] and used + gap + h > bound + 1e-9:
            heading = len(parts[-1]) > 1 and isinstance(parts[-1][-1].block, SubHeading)
            parts.append([parts[-1].pop()] if heading else [])
            used = before if heading else 0.0
        used += h + (gap if parts[-1] else 0.0)
        parts[-1].append(piece)
        before = h
    return parts
