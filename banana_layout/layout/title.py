"""The title panel: ribbon, bubble letters, the title's emoji at the sides, subtitle."""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout import lettering
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context, Room
from banana_layout.layout.doodles import sprinkle
from banana_layout.layout.flow import stack
from banana_layout.layout.lettering import Letter
from banana_layout.layout.sticker import EDGE as STICKER_EDGE
from banana_layout.layout.sticker import sticker
from banana_layout.layout.typeset import HEAVY, Voice, marker_ink, set_text
from banana_layout.model.block import AnyBlock, Paragraph
from banana_layout.model.document import Heading
from banana_layout.model.inline import Text, plain_text
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError

RIBBON = 1.46
"""Height of the ribbon, in em of its text."""
RIBBON_SHARE = 0.4
"""Most size of the ribbon's text, as a share of the letters': it announces the title, it never outshouts it."""
LEAST_SUBTITLE = 7.0
"""The subtitle never shrinks below, in points."""
LEAST_PRINTED = 0.62
"""The same on the smallest pages, as a share of the least body size: presses hold type of 5 pt, and faces are drawn at up to
a tenth less than their size."""


class _Plan(msgspec.Struct, frozen=True):
    """A title, measured."""

    rows: tuple[tuple[Letter, ...], ...]
    """Its letters, a row a line."""
    tall: Pt
    """Height of all rows."""
    size: Pt
    """Of the letters."""
    kicker: str
    """What the ribbon says, or empty."""
    kicker_size: Pt
    """Of the ribbon's text."""
    subtitle: Frame | None
    """The text under it."""
    side: Pt
    """Of the emoji's boxes; 0 for none."""


def place_title(heading: Heading, box: Rect, context: Context) -> Frame:
    """Return the title panel filling `box`, in the box's own coordinates.

    What stands before `: ` becomes the ribbon, the rest the big title, in one row or two, as large as the box allows.
    Raises BananaError where even the smallest title and subtitle are too high.
    """
    plan = _plan(heading, box, context)
    parts: list[tuple[Frame, Pt]] = []
    gap = 0.028 * box.h
    if plan.kicker:
        parts.append((_ribbon(plan.kicker, plan.kicker_size, context), gap))
    for i, row in enumerate(plan.rows):
        frame = lettering.draw(row, plan.size, context.at(f"row{i}"))
        parts.append((frame, 0.0))
    if plan.subtitle is not None:
        parts.append((plan.subtitle, 0.0))
    slack = box.h - math.fsum(f.size.height + g for f, g in parts)
    extra = max(0.0, min(slack / (len(parts) + 1), 0.05 * box.h))
    y = max(0.0, (slack - extra * (len(parts) - 1)) / 2)
    children, letters_box, subject = [], Rect(0.0, 0.0, box.w, box.h), box.w
    taken: list[Rect] = []
    for frame, after in parts:
        # A single emoji stands to the left: title and emoji together are centred then.
        lone = 1.1 * plan.side if len(heading.icons) == 1 and frame is not plan.subtitle else 0.0
        x = max(0.0, (box.w - frame.size.width + lone) / 2)
        if frame.group is None and letters_box.h == box.h:
            letters_box = Rect(x, y, frame.size.width, plan.tall)
            subject = lettering.subject_width(plan.rows[0]) * plan.size if len(plan.rows) == 1 else frame.size.width
        elif frame.group is None and frame.size.width > letters_box.w:
            # The emoji stand beside the widest row, not beside the first.
            letters_box, subject = Rect(x, letters_box.y, frame.size.width, plan.tall), frame.size.width
        children.append(Placed(x, y, frame))
        taken.append(Rect(x, y, *frame.size))
        y += frame.size.height + after + extra
    under = Rect(letters_box.x, letters_box.y, subject, letters_box.h)
    behind = (Placed(0.0, 0.0, _swipe(under, plan, context)),) if plan.rows else ()
    colored = context
    if context.theme.paper.color.luminance < 0.5:
        colored = msgspec.structs.replace(
            context, tone=msgspec.structs.replace(context.tone, frame=context.theme.hero.pen)
        )
    stickers = _stickers(heading, letters_box, plan, box, colored)
    sparks = _sparks(box, taken, [s.rect for s in stickers if s.rect is not None], context) if plan.rows else []
    sides = tuple(Placed(0.0, 0.0, s) for s in (*stickers, *sparks))
    group = Group(context.key, (), role="title", rect=Rect(0.0, 0.0, box.w, box.h), level=1)
    return Frame(box.size, (*behind, *sides, *children), None, group)


def _plan(heading: Heading, box: Rect, context: Context) -> _Plan:
    """Return the largest title that fits."""
    scale = context.theme.type
    unit = _unit(context)
    small = unit / MM
    kicker, main = _split(plain_text(heading.content))
    letters = lettering.letters(main, context)
    kicker_size = scale.ribbon_pt * small if kicker else 0.0
    side = min(0.7 * box.h, 19 * unit) if heading.icons and main.strip() else 0.0
    subtitle = _subtitle(heading.subtitle, box, context, small)
    fixed = (subtitle.size.height if subtitle is not None else 0.0) + 0.035 * box.h
    room_w = box.w - (2.3 if len(heading.icons) > 1 else 1.3) * side - 4 * unit
    best = _largest(letters, room_w, box.h - fixed, kicker_size, scale.title_max_pt * small)
    kicker_size = min(kicker_size, max(RIBBON_SHARE * best[0], LEAST_SUBTITLE * small)) if best[1] else kicker_size
    used = fixed + kicker_size * RIBBON
    if main.strip() and best[0] < scale.title_min_pt * small * 0.55:
        need = (used + scale.title_min_pt * small) / MM
        low = f"its zone is {box.h / MM:.0f} mm high and it needs about {need:.0f} mm"
        long = f"its {len(main):,} characters are too many for a zone of {box.w / MM:.0f} by {box.h / MM:.0f} mm"
        raise BananaError.single(
            f"the title does not fit: {low if need > box.h / MM else long}",
            heading.span,
            ("give the title zone more weight, or shorten the title or the text under it",),
            context.source,
        )
    return _Plan(best[1], best[2], best[0], kicker, kicker_size, subtitle, side)


def _largest(
    letters: Sequence[Letter], wide: Pt, high: Pt, kicker: Pt, most: Pt
) -> tuple[Pt, tuple[tuple[Letter, ...], ...], Pt]:
    """Return the largest size of the letters, their rows and these rows' height, in a room shared with the ribbon.

    The ribbon's text is of size `kicker`, or smaller where the letters leave it no more than `RIBBON_SHARE`.
    """
    best: tuple[Pt, tuple[tuple[Letter, ...], ...], Pt] = (0.0, (), 0.0)
    for count in (1, 2, 3):
        rows = _rows(letters, count)
        if len(rows) != count:
            continue
        widest = max(lettering.width(r) for r in rows)
        tall = math.fsum(math.fsum(lettering.extents(r)) for r in rows)
        beside, below = (high - kicker * RIBBON) / tall, high / (tall + RIBBON_SHARE * RIBBON)
        # Where the full ribbon would be too large beside the letters, it shrinks with them.
        size = min(most, wide / max(widest, 0.1), below if kicker > RIBBON_SHARE * beside else beside)
        # One row more must win clearly: a title reads best in one line.
        if size > best[0] * (1.4 if best[1] else 1.0):
            best = (size, rows, tall * size)
    return best


def _split(text: str) -> tuple[str, str]:
    """Return what stands before `: ` and what after it; nothing and all where there is none."""
    head, mark, rest = text.partition(": ")
    return (head.strip(), rest.strip()) if mark and rest.strip() and len(head) > 2 else ("", text.strip())


def _rows(letters: Sequence[Letter], count: int) -> tuple[tuple[Letter, ...], ...]:
    """Cut letters at spaces into `count` rows of like width; fewer where there are too few words."""
    words: list[list[Letter]] = [[]]
    for letter in letters:
        if letter.text.isspace() and words[-1]:
            words.append([])
        elif not letter.text.isspace():
            words[-1].append(letter)
    words = [w for w in words if w]
    if count > len(words):
        return ()
    space = Letter(Outline(), 0.26, " ", "main")
    target = math.fsum(lettering.width(w) + 0.26 for w in words) / count
    rows: list[list[Letter]] = [[]]
    for i, word in enumerate(words):
        row = rows[-1]
        left = len(words) - i
        full = lettering.width(row) + lettering.width(word) / 2 > target if row else False
        if row and (full or left <= count - len(rows)) and len(rows) < count:
            rows.append([])
            row = rows[-1]
        if row:
            row.append(space)
        row.extend(word)
    return tuple(tuple(r) for r in rows)


def _subtitle(blocks: tuple[AnyBlock, ...], box: Rect, context: Context, small: float) -> Frame | None:
    """Return the text under the title: centred where it is one paragraph, smaller where it would take half the box."""
    if not blocks:
        return None
    full, body = context.theme.type.subtitle_pt, context.theme.type.body_min_pt
    # Text is as large on the smallest pages as on any: where there is room, this starts from the least of it.
    size = max(full * small, min(full, body))
    least = min(full * small, max(LEAST_SUBTITLE * small, LEAST_PRINTED * body))
    inner = context.at("subtitle")
    while True:
        room = Room(box.w * 0.92, None, size)
        if len(blocks) == 1 and isinstance(blocks[0], Paragraph):
            voice = Voice("subtitle", color=context.theme.soft, leading=1.24, align="center", balance=True)
            frame = set_text(blocks[0].content, voice, room, inner, "paragraph")
        else:
            frame = stack(blocks, room, inner)
        if frame.size.height <= 0.42 * box.h or size <= least:
            break
        size = max(least, size * 0.94)
    if frame.size.height > 0.72 * box.h:
        raise BananaError.single(
            f"the text under the title does not fit: it needs {frame.size.height / MM:.0f} mm of the zone's "
            f"{box.h / MM:.0f} mm",
            blocks[0].span,
            ("give the title zone more weight, or move the text into a panel of its own",),
            context.source,
        )
    return frame


def _unit(context: Context) -> Pt:
    """Return the page's millimetre."""
    found: Anatomy = context.memo["anatomy"]
    return found.unit


def _ribbon(text: str, size: Pt, context: Context) -> Frame:
    """Return the kicker on a swallow-tailed ribbon."""
    voice = Voice("kicker", "heading", leading=1.0, weight=HEAVY * 0.8)
    words = context.memo.setdefault(("kicker", text), (Text(text=text),))
    set_ = set_text(words, voice, Room(1e6, None, size), context.at("kicker"))
    tall, notch = RIBBON * size, 0.5 * size
    wide = set_.size.width + 2.6 * size
    b = PathBuilder().move(0.0, 0.0).line(wide, 0.06 * size).line(wide - notch, tall / 2).line(wide - 0.04 * size, tall)
    shape = b.line(0.05 * size, tall * 0.98).line(notch, tall / 2).close().build()
    ink = Stroke(0.5 * _unit(context), Paint(context.theme.ink), overshoot=0.25 * _unit(context))
    ground = Path(
        f"{context.key}/ribbon", shape, fill=Paint(context.theme.hero.marker), tool="marker", reach=size * 0.1
    )
    line = Path(f"{context.key}/ribbon/outline", shape, stroke=ink, reach=0.5 * _unit(context))
    x, y = (wide - set_.size.width) / 2, (tall - set_.size.height) / 2
    rect = Rect(0.0, 0.0, wide, tall)
    group = Group(f"{context.key}/kicker", (), rect=rect)
    placed = (Placed(0.0, 0.0, ground), Placed(0.0, 0.0, line), Placed(x, y, set_))
    return Frame(rect.size, placed, None, group)


def _swipe(letters: Rect, plan: _Plan, context: Context) -> Path:
    """Return the broad marker stroke behind the letters."""
    unit = _unit(context)
    tall = min(5 * unit, 0.3 * plan.size)
    y = letters.bottom - 0.16 * plan.size - 1.2 * unit
    reach = 0.34 * plan.size
    band = Rect(letters.x - reach, y - tall / 2, letters.w + 2 * reach, tall)
    paint = marker_ink(context.theme.hero.marker, 0.95, context.theme)
    return Path(f"{context.key}/swipe", Outline.rect(band), fill=paint, tool="highlighter", reach=unit)


def _sparks(box: Rect, taken: list[Rect], stickers: list[Rect], context: Context) -> list[Group]:
    """Return sparkles in the title's upper corners, clear of everything else."""
    if not context.theme.drawing.doodles:
        return []
    unit = _unit(context)
    low = 1.6 * unit
    spots = [Point(0.012 * box.w, max(0.12 * box.h, low)), Point(0.988 * box.w, max(0.15 * box.h, low))]
    for r in stickers:
        left = r.center.x < box.center.x
        inner, way = (r.right, 1.0) if left else (r.x, -1.0)
        spots.insert(0, Point(inner + way * 4.0 * unit, max(r.y + (1.2 if left else 0.4) * unit, low)))
        spots.append(Point(inner - way * 2.4 * unit, max(r.y - 3.2 * unit, low)))
    if not stickers:
        spots += [Point(0.153 * box.w, 0.16 * box.h), Point(0.845 * box.w, 0.13 * box.h)]
    elif len(stickers) == 1:
        spots.append(Point(0.72 * box.w, max(0.1 * box.h, low)))
    return sprinkle(f"{context.key}/sparkle", spots, [*taken, *stickers], unit, context)


def _stickers(heading: Heading, letters: Rect, plan: _Plan, box: Rect, context: Context) -> list[Group]:
    """Return the title's emoji: one to the left, a second one to the right, further ones left out of the drawing never."""
    out: list[Group] = []
    side = plan.side
    for i, icon in enumerate(heading.icons):
        rank = i // 2
        step = rank * side * 0.9
        x = letters.x - 0.68 * side - step if i % 2 == 0 else letters.right + 0.68 * side + step
        x = min(max(x, side / 2), box.w - side / 2)
        low = letters.bottom + 0.02 * box.h - side / 2 * (1 + 2 * STICKER_EDGE)
        center = Point(x, min(letters.center.y - 0.06 * side, low))
        out.append(sticker(icon, center, side, context.at(f"icon{i}"), turn=True))
    return out
