"""The one place that searches: the largest readable text at which every panel holds its content."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.flow import columns, measure, stack
from banana_layout.layout.panel import content_insets, set_head
from banana_layout.layout.roles import Cast
from banana_layout.layout.statement import set_statement
from banana_layout.model.block import Diagram, Paragraph
from banana_layout.model.document import Panel
from banana_layout.scene.frame import Frame
from banana_layout.source import BananaError, Diagnostic

STEP = 0.004
"""Sizes are searched to this share of the largest one, so that a page of another scale is searched alike."""
COLUMN_LEAST = 15.0
"""A column is never narrower than this many em."""
COLUMN_GUTTER = 1.5
"""Between columns, in em."""


class Candidate(msgspec.Struct, frozen=True):
    """A panel to be fitted into its box."""

    panel: Panel
    """What it says."""
    box: Rect
    """What it may fill."""
    cast: Cast
    """Its part and inks."""
    context: Context
    """Keys, fonts and theme."""


class Fitted(msgspec.Struct, frozen=True):
    """How a panel is set."""

    size: Pt
    """Its body size."""
    columns: int = 1
    """Into how many columns its blocks go."""
    grow: float = 1.0
    """How much larger than its body size its blocks are set, where they would leave much of the panel empty."""
    stated: bool = False
    """Whether it says one short thing, set in its middle."""


def fit(
    candidates: Sequence[Candidate], sizes: tuple[Pt, Pt], explain: Callable[[Candidate, Pt, Pt], tuple[str, ...]]
) -> dict[str, Fitted]:
    """Return the largest size between two at which each panel holds its content.

    Raises BananaError naming every panel that does not fit at the smallest; `explain(candidate, needs, has)` gives the hints.
    """
    found: dict[str, Fitted] = {}
    problems: list[Diagnostic] = []
    for candidate in candidates:
        best = largest(candidate, *sizes)
        if best is None:
            problems.append(overfull(candidate, sizes[0], explain))
        else:
            found[candidate.panel.id] = best
    if problems:
        raise BananaError(*problems)
    return found


def held(candidates: Sequence[Candidate], name: str, fitted: Fitted, body: Pt) -> Fitted:
    """Return a panel's setting at no more than the page's body size, with as few columns as that allows."""
    if fitted.size <= body or fitted.columns == 1:
        return Fitted(min(fitted.size, body), fitted.columns)
    candidate = next(c for c in candidates if c.panel.id == name)
    for count in range(1, fitted.columns):
        if fits(candidate, body, count):
            return Fitted(body, count)
    return Fitted(body, fitted.columns)


def largest(candidate: Candidate, floor: Pt, most: Pt) -> Fitted | None:
    """Return the largest size at which a panel holds its content, or None where even the floor is too large.

    It is the largest over all numbers of columns, the fewest that reach it. No gain is asked of a further column: with a
    threshold a panel could say more and be set larger, in the columns that less text was not worth.
    """
    best: Fitted | None = None
    for count in (1, 2, 3):
        if count > 1 and not _may_split(candidate, count, floor):
            break
        size = _largest_in(candidate, count, floor, most)
        if size is not None and (best is None or size > best.size):
            best = Fitted(size, count)
        if best is not None and best.size >= most:
            break
    if best is None and fits(candidate, floor, 1, may_break=True):
        return Fitted(floor)
    return best


def _largest_in(candidate: Candidate, count: int, floor: Pt, most: Pt) -> Pt | None:
    """Return the largest size for a number of columns, by bisection."""
    if fits(candidate, most, count):
        return most
    if not fits(candidate, floor, count):
        return None
    low, high = floor, most
    while high - low > STEP * most:
        middle = (low + high) / 2
        if fits(candidate, middle, count):
            low = middle
        else:
            high = middle
    return low


def _may_split(candidate: Candidate, count: int, size: Pt) -> bool:
    """Tell whether a panel may be set in columns at a size."""
    blocks = candidate.panel.blocks
    if any(isinstance(b, Diagram) for b in blocks):
        return False
    width = candidate.box.w - 4 * size
    return width >= (count * COLUMN_LEAST + (count - 1) * COLUMN_GUTTER) * size


def fits(candidate: Candidate, size: Pt, count: int = 1, may_break: bool = False) -> bool:
    """Tell whether a panel's content stands in its box at a size; `may_break` allows words to be broken."""
    room, context = content_room(candidate, size)
    draft = Room(room.w, None, size, draft=True)
    if room.w < 4 * size or room.h <= 0:
        return False
    if count > 1:
        width = (room.w - COLUMN_GUTTER * size * (count - 1)) / count
        if width < COLUMN_LEAST * size:
            return False
        frame = columns(candidate.panel.blocks, count, draft, context, COLUMN_GUTTER * size)
        return frame.size.height <= room.h
    natural = measure(candidate.panel.blocks, draft, context)
    return natural.height <= room.h and (may_break or natural.width <= room.w + 1e-6)


def need(candidate: Candidate, size: Pt, drawing: float = 0.0) -> Pt:
    """Return the height a panel needs at a size, its head and insets included.

    `drawing` is the least height of a diagram as a share of the panel's width.
    """
    room, context = content_room(candidate, size)
    natural = measure(candidate.panel.blocks, Room(room.w, None, size, draft=True), context)
    charts = sum(isinstance(b, Diagram) for b in candidate.panel.blocks)
    return candidate.box.h - room.h + natural.height + charts * drawing * room.w


def content_room(candidate: Candidate, size: Pt) -> tuple[Rect, Context]:
    """Return where a panel's content stands at a size, and the context to place it in."""
    context = msgspec.structs.replace(candidate.context, tone=candidate.cast.tone)
    head = set_head(candidate.panel, candidate.cast, head_width(candidate), size, context)
    insets = content_insets(head, candidate.cast, context.memo["anatomy"], size)
    box = candidate.box
    return Rect(box.x + insets.left, box.y + insets.top, box.w - insets.across, box.h - insets.down), context


def head_width(candidate: Candidate) -> Pt:
    """Return how wide a panel's tab may be."""
    anatomy: Anatomy = candidate.context.memo["anatomy"]
    return candidate.box.w - 2 * anatomy.tab_indent


def set_content(candidate: Candidate, fitted: Fitted, room: Rect, context: Context) -> Frame:
    """Return a panel's blocks, placed for good."""
    offered = Room(room.w, room.h, fitted.size * fitted.grow)
    blocks = candidate.panel.blocks
    if fitted.stated and isinstance(blocks[0], Paragraph):
        return set_statement(blocks[0], offered, context)
    if fitted.columns > 1:
        return columns(candidate.panel.blocks, fitted.columns, offered, context, COLUMN_GUTTER * fitted.size)
    return stack(candidate.panel.blocks, offered, context)


def overfull(candidate: Candidate, floor: Pt, explain: Callable[[Candidate, Pt, Pt], tuple[str, ...]]) -> Diagnostic:
    """Return the error for a panel that does not fit."""
    needs, has = need(candidate, floor), candidate.box.h
    message = (
        f'panel "{candidate.panel.id}" does not fit: at the smallest text, {floor:g} pt, '
        f"it needs {needs / MM:.0f} mm of height and has {has / MM:.0f} mm"
    )
    hints = explain(candidate, needs, has)
    return Diagnostic("error", message, candidate.panel.span, hints, candidate.context.source)
