"""What a page does with room to spare: type grows before gaps do.

First the whole page's body, where every panel could hold more; then the text of single panels that stay nearly empty, in
few steps, so that sizes look chosen. A panel's growth hangs on the page's body size and on its own content alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from banana_layout.geometry.point import MM, Pt
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.fit import COLUMN_GUTTER, STEP, Candidate, Fitted, content_room, held
from banana_layout.layout.flow import Stack, columns, measure, opened
from banana_layout.layout.statement import SPOKEN_LEAST, STATED_LINES, is_statement, statement_height
from banana_layout.model.block import AnyBlock, Diagram, Image, List, Paragraph, Quote
from banana_layout.model.inline import Code
from banana_layout.theme.scale import TypeScale

EVEN = 0.95
"""Above the theme's usual largest body, the tightest panel has at least this share of the page's."""
DRAWN = 0.3
"""Where text beside a diagram grows, the diagram keeps a height of this share of the panel's width."""
STEP_UP = 1.25
"""How much larger than the page's body the text of a nearly empty panel is: one step, so that it looks meant."""
STATED = (1.6, 1.4, STEP_UP, 1.0)
"""The same for a panel that says one short thing, the largest that fits."""
QUOTED = 3.2
"""A lone quotation is no higher than this when it grows, in em: two lines in their bubble."""
AIRED = (4, 0.65)
"""A crowded list of so many items stands in two columns where they are no higher than this share of it."""
SAME = 1.001
"""Heights that differ by less are the same."""


def roomy(context: Context) -> Pt:
    """Return the largest body size of a page whose panels all have room."""
    scale = context.theme.type
    anatomy: Anatomy = context.memo["anatomy"]
    return max(scale.body_max_pt, scale.body_roomy_pt * anatomy.unit / MM)


def settled(
    candidates: Sequence[Candidate], found: Mapping[str, Fitted], scale: TypeScale, most: Pt
) -> tuple[Pt, dict[str, Fitted]]:
    """Return the page's body size, up to `most`, and each panel's setting, from the largest sizes found for them.

    Up to the theme's usual largest body, a panel may be set at 80 % of the page's. Beyond, where every panel holds that
    body in one column, sizes stay within 95 % of each other: what needs columns for the usual size has no room to spare,
    or text that fills one column would be set larger when there is more of it.
    """
    usual = min(scale.body_max_pt, most)
    sizes = [f.size for f in found.values()]
    fair = [s for s in sizes if s >= scale.body_min_pt] or [max(sizes, default=usual)]
    body = min(usual, *(s / scale.panel_min_ratio for s in fair))
    if most > usual and min(sizes, default=0.0) >= usual and all(f.columns == 1 for f in found.values()):
        found = {c.panel.id: _lifted(c, found[c.panel.id], usual, most) for c in candidates}
        body = min(most, *(f.size / EVEN for f in found.values()))
    kept = {c.panel.id: _aired(c, held(candidates, c.panel.id, found[c.panel.id], body)) for c in candidates}
    # Either the page's text grows or that of single panels: sizes of neighbours then differ by a step or not at all.
    return body, {c.panel.id: _grown(c, kept[c.panel.id], body, most if body <= usual else body) for c in candidates}


def _lifted(candidate: Candidate, fitted: Fitted, low: Pt, high: Pt) -> Fitted:
    """Return a panel's setting at its largest size between one that fits and a larger one.

    Running text may take more lines for it, and lists where there is room even with open gaps; no row of a table and no
    code is broken, and a diagram beside text keeps its room.
    """
    base = _natural(candidate, low, low)
    blocks = candidate.panel.blocks
    charts = sum(isinstance(b, Diagram) for b in blocks)
    drawn = DRAWN * candidate.box.w * charts if len(blocks) > charts else 0.0

    def holds(size: Pt) -> bool:
        room, _ = content_room(candidate, size)
        natural = _natural(candidate, size, size)
        if natural.height > room.h or natural.width > room.w + 1e-6:
            return False
        if not _unbroken(candidate, (base, natural), size / low, opened(blocks, natural, size) <= room.h):
            return False
        return not drawn or room.h - _text(candidate, natural) >= drawn

    return msgspec.structs.replace(fitted, size=_largest(holds, low, high))


def _aired(candidate: Candidate, fitted: Fitted) -> Fitted:
    """Return a panel's setting with a crowded list in two columns, where half of the width holds its items as they are.

    In one column such a list has no air between its items and much to the right of them.
    """
    blocks = candidate.panel.blocks
    if fitted.columns > 1 or not blocks or not all(isinstance(b, List) for b in blocks):
        return fitted
    if sum(len(b.items) for b in blocks if isinstance(b, List)) < AIRED[0]:
        return fitted
    room, context = content_room(candidate, fitted.size)
    natural = _natural(candidate, fitted.size, fitted.size)
    if opened(blocks, natural, fitted.size) <= room.h:
        return fitted
    draft = Room(room.w, None, fitted.size, draft=True)
    beside = columns(blocks, 2, draft, context, COLUMN_GUTTER * fitted.size)
    return msgspec.structs.replace(fitted, columns=2) if beside.size.height <= AIRED[1] * natural.height else fitted


def _largest(holds: Callable[[Pt], bool], low: Pt, high: Pt) -> Pt:
    """Return the largest size that holds, by bisection; `low` is taken to hold."""
    if holds(high):
        return high
    exact = STEP * high
    while high - low > exact:
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _grown(candidate: Candidate, fitted: Fitted, body: Pt, most: Pt) -> Fitted:
    """Return a panel's setting with its text a step larger where much of it is empty even with open gaps.

    Only what is quoted, or is said in one short line, grows beyond `most`.
    """
    blocks = candidate.panel.blocks
    loose = fitted.size >= body * 0.999 and fitted.columns == 1
    if not loose or not blocks or any(isinstance(b, (Diagram, Image)) for b in blocks):
        return fitted
    room, context = content_room(candidate, fitted.size)
    said = is_statement(candidate.panel)
    base = _natural(candidate, fitted.size, fitted.size)
    bubbles = all(isinstance(b, Quote) for b in blocks)
    for step in STATED if said else (STEP_UP,) if bubbles or body <= most / STEP_UP else ():
        if step * base.height > room.h:
            continue
        size = step * fitted.size
        if said and isinstance(blocks[0], Paragraph):
            needs, lines = statement_height(blocks[0], Room(room.w, None, size), context)
            good = needs.height * 1.3 <= room.h and needs.width <= room.w and lines <= STATED_LINES
        else:
            natural = _natural(candidate, fitted.size, size)
            good = natural.width <= room.w + 1e-6 and opened(blocks, natural, size) <= room.h
            if said:
                good = good and _sayable(blocks[0], natural.height / size, (step, room.w / size), context)
            else:
                good = good and _unbroken(candidate, (base, natural), step, True)
        if good:
            return msgspec.structs.replace(fitted, grow=step, stated=said)
    return fitted


def _sayable(quote: AnyBlock, high: float, how: tuple[float, float], context: Context) -> bool:
    """Tell whether a lone quotation may be a step larger: in few lines, and with room for the mascot that speaks it.

    Height and width are in em.
    """
    step, wide = how
    if step <= 1:
        return True
    spoken = ("spoken", id(quote)) in context.memo and context.theme.drawing.doodles
    return high <= QUOTED and not (spoken and wide < SPOKEN_LEAST)


def _natural(candidate: Candidate, head: Pt, size: Pt) -> Stack:
    """Return a panel's blocks measured at a size, its title at another."""
    room, context = content_room(candidate, head)
    return measure(candidate.panel.blocks, Room(room.w, None, size, draft=True), context)


def _unbroken(candidate: Candidate, stacks: tuple[Stack, Stack], step: float, ample: bool) -> bool:
    """Tell whether blocks keep their lines when they grow by a step.

    Running text need not; lists and quotations need not where room is `ample`, unless they hold code.
    """
    for block, before, now in zip(candidate.panel.blocks, *(s.heights for s in stacks), strict=True):
        if isinstance(block, (Paragraph, Diagram)):
            continue
        taller = now > step * before * SAME
        if taller and not (ample and isinstance(block, (List, Quote)) and not _holds_code(block)):
            return False
        if now < step * before / SAME:  # the mascot stays beside what it says
            return False
    return True


def _holds_code(item: Any) -> bool:
    """Tell whether code stands anywhere in the lines of a block."""
    if isinstance(item, Code):
        return True
    inner = (*getattr(item, "items", ()), *getattr(item, "blocks", ()), *getattr(item, "content", ()))
    return any(_holds_code(i) for i in (*inner, *getattr(item, "children", ())))


def _text(candidate: Candidate, natural: Stack) -> Pt:
    """Return the height of all but the diagrams, gaps included."""
    heights = zip(candidate.panel.blocks, natural.heights, strict=True)
    return math.fsum(natural.gaps) + math.fsum(h for block, h in heights if not isinstance(block, Diagram))
