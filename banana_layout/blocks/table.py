"""Hand-ruled tables: widths by content, no outer verticals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.typeset import BOLD, Voice, prepared_text, set_text
from banana_layout.model.block import Align, Table
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

PADDING = 0.44
"""Beside a cell's text, in em: 2.2 mm at 14.2 pt."""
ABOVE = 0.2
"""Over and under a cell's text, in em."""
SHORT = 4.75
"""Columns whose body cells are no wider than this many em hold tokens, not text: they are centred."""
RULES = {"edge": 0.55, "header": 0.42, "row": 0.26, "column": 0.30}
"""Widths of the lines, in mm at 14.2 pt."""


class _Em(msgspec.Struct, frozen=True):
    """How wide a column's cells are, in em of the body size and at the scale of their voice."""

    header: float
    """The header's on one line."""
    header_word: float
    """The header's widest unbreakable word."""
    body: float
    """The widest other cell's, on one line; 0 where there is none."""
    body_word: float
    """The widest unbreakable word of the others."""


class _Plan(msgspec.Struct, frozen=True):
    """A table, measured."""

    widths: tuple[Pt, ...]
    """Of each column."""
    heights: tuple[Pt, ...]
    """Of each row, the header first."""
    cells: tuple[tuple[Frame, ...], ...]
    """Text of each row's cells."""

    def widest(self, column: int) -> Pt:
        """Return the width of the widest text of a column, the header left out."""
        return max((row[column].size.width for row in self.cells[1:]), default=0.0)


def place(node: Table, room: Room, context: Context) -> Frame:
    """Return the table across the room; a height that is offered makes its rows taller."""
    node = _turned(node, room, context)
    aligns = _aligns(node, room, context)
    widths, least = _widths(node, room, context)
    offered = [
        msgspec.structs.replace(room, width=max(1.0, width - 2 * PADDING * room.size), height=None) for width in widths
    ]
    voices = [[_voice(context, r, c, align) for c, align in enumerate(aligns)] for r in (0, 1)]
    cells = tuple(
        tuple(
            set_text(
                cell.content,
                voices[r > 0][c],
                offered[c],
                context if room.draft else context.at(f"r{r}c{c}"),
                "paragraph" if cell.content else "",
            )
            for c, cell in enumerate(row)
        )
        for r, row in enumerate((node.header, *node.rows))
    )
    heights = _heights(cells, room)
    size = Size(room.width, math.fsum(heights))
    if room.draft:
        return Frame(Size(max(room.width, least), size.height))
    return _draw(_Plan(widths, heights, cells), aligns, room, context)


def _turned(node: Table, room: Room, context: Context) -> Table:
    """Return the table, or the same with rows and columns exchanged where its columns cannot stand side by side.

    That is so where their widest words do not fit at the smallest text; whether it is does not hang on the size in force, so
    that a search over sizes always measures the same table.
    """
    floor = msgspec.structs.replace(room, size=context.theme.type.body_min_pt)
    _, least = _widths(node, floor, context)
    if least <= room.width or not node.rows:
        return node
    key = ("turned", id(node))
    if key not in context.memo:
        first, *others = zip(node.header, *node.rows, strict=True)
        aligns = (None,) * len(first)
        turned = msgspec.structs.replace(node, header=tuple(first), rows=tuple(tuple(r) for r in others), align=aligns)
        context.memo[key] = (turned, node)
    turned = context.memo[key][0]
    _, less = _widths(turned, floor, context)
    return turned if less < least else node


def _voice(context: Context, row: int, column: int, align: Align) -> Voice:
    """Return how a cell's text is set."""
    scale = context.theme.type
    if row == 0:
        return Voice(
            "header", scale=scale.header_cell, leading=scale.leading_tight, weight=BOLD, strong="ink", align="center"
        )
    strong: Literal["pen", "marker"] = "pen" if column == 0 else "marker"
    return Voice("cell", scale=scale.cell, leading=scale.leading_tight, strong=strong, align=align)


def _aligns(node: Table, room: Room, context: Context) -> tuple[Align, ...]:
    """Return each column's alignment: the author's, else left for the first column and for text, else centred."""
    wide = SHORT * room.size
    scale = context.theme.type.cell
    out: list[Align] = []
    for c, (asked, column) in enumerate(zip(node.align, _columns(node, context), strict=True)):
        tokens = c > 0 and column.body * room.size * scale <= wide
        out.append(asked or ("center" if tokens else "left"))
    return tuple(out)


def _columns(node: Table, context: Context) -> tuple[_Em, ...]:
    """Return how wide each column's cells are; measured once a layout call."""
    key = ("columns", id(node))
    if key not in context.memo:
        found = []
        for c, head in enumerate(node.header):
            top = prepared_text(head.content, _voice(context, 0, c, "left"), context)
            voice = _voice(context, 1, c, "left")
            cells = [prepared_text(row[c].content, voice, context) for row in node.rows]
            body = max((cell.natural_width for cell in cells), default=0.0)
            word = max((cell.min_width for cell in cells), default=0.0)
            found.append(_Em(top.natural_width, top.min_width, body, word))
        context.memo[key] = (tuple(found), node)  # the node, so that its id stays its own
    known: tuple[_Em, ...] = context.memo[key][0]
    return known


def _widths(node: Table, room: Room, context: Context) -> tuple[tuple[Pt, ...], Pt]:
    """Return the columns' widths, which add up to the room's, and the least they could add up to (CSS 2.2, section 17.5.2.2, "automatic table layout").

    Where every cell fits on one line, what is left is shared in proportion to the columns' needs; else each column gets
    its widest word and a share of the rest by how much more it would like.
    """
    pad = 2 * PADDING * room.size
    size, scale = room.size, context.theme.type
    columns = _columns(node, context)
    natural = [max(c.header * size * scale.header_cell, c.body * size * scale.cell) + pad for c in columns]
    least = [max(c.header_word * size * scale.header_cell, c.body_word * size * scale.cell) + pad for c in columns]
    if math.fsum(natural) <= room.width:
        spare = room.width - math.fsum(natural)
        even = math.fsum(natural) / len(natural)
        shares = [0.5 * even + 0.5 * n for n in natural]
        return tuple(n + spare * s / math.fsum(shares) for n, s in zip(natural, shares, strict=True)), math.fsum(least)
    if math.fsum(least) >= room.width:
        return tuple(room.width * w / math.fsum(least) for w in least), math.fsum(least)
    spare = room.width - math.fsum(least)
    more = [n - w for n, w in zip(natural, least, strict=True)]
    return tuple(w + spare * m / math.fsum(more) for w, m in zip(least, more, strict=True)), math.fsum(least)


def _heights(cells: Sequence[Sequence[Frame]], room: Room) -> tuple[Pt, ...]:
    """Return the rows' heights; spare height goes to all rows alike."""
    em = room.size
    empty = em * 1.22
    natural = [max([f.size.height for f in row] + [empty]) + 2 * ABOVE * em for row in cells]
    spare = max(0.0, (room.height or 0.0) - math.fsum(natural)) / len(natural)
    return tuple(h + spare for h in natural)


def _draw(plan: _Plan, aligns: Sequence[Align], room: Room, context: Context) -> Frame:
    """Return ground, rules and text."""
    size = Size(room.width, math.fsum(plan.heights))
    children = [Placed(0.0, 0.0, item) for item in _ruling(plan, room, context)]
    y = 0.0
    for r, (row, tall) in enumerate(zip(plan.cells, plan.heights, strict=True)):
        children.append(Placed(0.0, y, _row(plan, r, row, tall, (aligns, room, context))))
        y += tall
    first = next((f.baseline for f in plan.cells[0] if f.baseline is not None), None)
    baseline = None if first is None else (plan.heights[0] - plan.cells[0][0].size.height) / 2 + first
    return Frame(size, tuple(children), baseline, Group(context.key, (), "table", Rect(0.0, 0.0, *size)))


def _row(plan: _Plan, r: int, row: Sequence[Frame], tall: Pt, how: tuple[Sequence[Align], Room, Context]) -> Frame:
    """Return one row's cells."""
    aligns, room, context = how
    cells, x = [], 0.0
    for c, (frame, width) in enumerate(zip(row, plan.widths, strict=True)):
        inner = width - 2 * PADDING * room.size
        align = "center" if r == 0 else aligns[c]
        slack = max(0.0, inner - frame.size.width)
        # What is set flush right shares one right edge, and stands as a whole under the middle of its header.
        flush = slack - max(0.0, inner - plan.widest(c)) / 2
        indent = {"left": 0.0, "center": slack / 2, "right": flush}[align]
        role: Literal["header_cell", "cell"] = "header_cell" if r == 0 else "cell"
        group = Group(f"{context.key}/cell{r}.{c}", (), role, Rect(0.0, 0.0, width, tall))
        text = Placed(PADDING * room.size + indent, (tall - frame.size.height) / 2, frame)
        cells.append(Placed(x, 0.0, Frame(Size(width, tall), (text,), None, group)))
        x += width
    group = Group(f"{context.key}/row{r}", (), "row", Rect(0.0, 0.0, room.width, tall))
    return Frame(Size(room.width, tall), tuple(cells), None, group)


def _ruling(plan: _Plan, room: Room, context: Context) -> list[Path]:
    """Return the header's ground and all lines."""
    em, pen, marker = room.size, context.tone.pair.pen, context.tone.pair.marker
    right, bottom = room.width, math.fsum(plan.heights)
    unit = at_body(1.0, em)
    over = 0.7 * unit

    def rule(name: str, kind: str, ends: tuple[Pt, Pt, Pt, Pt], opacity: float = 1.0) -> Path:
        paint = Paint(pen, opacity, stand_in=pen.mix(context.tone.ground, 1 - opacity) if opacity < 1 else None)
        stroke = Stroke(RULES[kind] * unit, paint, overshoot=over)
        return Path(f"{context.key}/{name}", Outline.line(*ends), stroke=stroke, tool="ruler", reach=1.1 * unit)

    ground = Rect(0.0, 0.0, right, plan.heights[0])
    items = [rule("top", "edge", (0.0, 0.0, right, 0.0)), rule("bottom", "edge", (0.0, bottom, right, bottom))]
    if context.theme.drawing.shading != "ticks":  # where ticks shade, a marker is for words alone
        shape = Outline.rect(ground)
        items.insert(0, Path(f"{context.key}/header", shape, fill=Paint(marker), tool="marker", reach=0.4 * unit))
    y = 0.0
    for r, tall in enumerate(plan.heights[:-1]):
        y += tall
        faint = 0.6 if r else 1.0
        items.append(rule(f"under{r}", "row" if r else "header", (0.0, y, right, y), faint))
    x = 0.0
    for c, width in enumerate(plan.widths[:-1]):
        x += width
        items.append(rule(f"beside{c}", "column", (x, 0.0, x, bottom), 0.8))
    return items
