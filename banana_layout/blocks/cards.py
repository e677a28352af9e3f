"""Boxes that keep their places, with arrows or words between them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import msgspec

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.anatomy import at_body
from banana_layout.layout.contract import Context, Placer, Room
from banana_layout.layout.flow import stack
from banana_layout.layout.typeset import HEAVY, Voice, set_text
from banana_layout.model.block import Card, CardLink, Cards, Paragraph
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Path
from banana_layout.scene.paint import Paint, Stroke

PAD = 0.55
"""Around a card's content, in em."""
GAP = 0.9
"""Between cards nothing joins, in em."""
SHAFT = 1.9
"""Between cards an arrow joins, in em."""
NARROWEST = 3.0
"""A column is never narrower, in em."""
GROW = 1.7
"""Cards grow to this share of the height they need where there is room."""
MIDDLE = 0.42
"""Share of the height left over that stands above them: a little less than below."""
EVEN = 1.02
"""Larger text needs so much more height than in proportion at most; else a line broke that did not before."""


class _Grid(msgspec.Struct, frozen=True):
    """Where columns and rows stand."""

    lefts: tuple[Pt, ...]
    """Left edge of each column."""
    widths: tuple[Pt, ...]
    """Of each column."""
    gaps: tuple[Pt, ...]
    """Above each row; 0 above the first."""
    rows: int
    """How many rows."""

    def span(self, card: Card) -> tuple[Pt, Pt]:
        """Return a card's left edge and width."""
        last = card.column + card.across - 1
        return self.lefts[card.column], self.lefts[last] + self.widths[last] - self.lefts[card.column]


class _Plan(msgspec.Struct, frozen=True):
    """Cards measured."""

    grid: _Grid
    """Their columns."""
    heights: tuple[Pt, ...]
    """Of each row."""
    over: Pt
    """By how much the widest card is too wide for its columns."""

    @property
    def height(self) -> Pt:
        """Of all rows and the gaps between them."""
        return math.fsum(self.heights) + math.fsum(self.grid.gaps)


def place(node: Cards, room: Room, context: Context) -> Frame:
    """Return the cards in their rows and columns, in the middle of the room's height.

    Where there is more height than they need, their text grows first, up to a heading's size, then the cards do, up to
    GROW; rows are as high as their highest card.
    """
    return _set(node, room, context, inner=False)


def _set(node: Cards, room: Room, context: Context, *, inner: bool) -> Frame:
    """Return cards; those in a card have the size of its text."""
    plan = _plan(node, room, context)
    if room.height is not None and not room.draft and not inner:
        room, plan = _enlarged(node, room, plan, context)
    grid, heights = plan.grid, list(plan.heights)
    if room.height is not None and room.height > plan.height and math.fsum(heights) > 0:
        grow = min(GROW, 1 + (room.height - plan.height) / math.fsum(heights))
        heights = [h * grow for h in heights]
    size = Size(room.width, math.fsum(heights) + math.fsum(grid.gaps))
    if room.draft:
        return Frame(Size(size.width + plan.over, size.height))
    top = max(0.0, (room.height or 0.0) - size.height) * MIDDLE
    tops = [top + math.fsum(heights[:r]) + math.fsum(grid.gaps[: r + 1]) for r in range(grid.rows)]
    rects: list[Rect] = []
    children: list[Placed] = []
    baseline: Pt | None = None
    for i, card in enumerate(node.cards):
        left, width = grid.span(card)
        offered = msgspec.structs.replace(room, width=width, height=heights[card.row])
        frame = _card(card, offered, context.at(i))
        box = (
            frame.group.rect
            if frame.group is not None and frame.group.rect is not None
            else Rect(0.0, 0.0, *frame.size)
        )
        rects.append(box.shifted(left, tops[card.row]))
        children.append(Placed(left, tops[card.row], frame))
        if baseline is None and frame.baseline is not None:
            baseline = tops[card.row] + frame.baseline
    for k, link in enumerate(node.links):
        children += _link(link, (rects[link.source], rects[link.target]), room, context.at(f"link{k}"))
    size = Size(size.width, max(size.height, room.height or 0.0))
    return Frame(size, tuple(children), baseline, Group(context.key, (), "body", Rect(0.0, 0.0, *size)))


def _plan(node: Cards, room: Room, context: Context) -> _Plan:
    """Return columns, and rows as high as their cards need in them."""
    grid = _grid(node, room, context)
    heights, over = [0.0] * grid.rows, 0.0
    for i, card in enumerate(node.cards):
        _, width = grid.span(card)
        draft = msgspec.structs.replace(room, width=width, height=None, draft=True)
        drafted = _card(card, draft, context.at(i)).size
        heights[card.row] = max(heights[card.row], drafted.height)
        over = max(over, drafted.width - width)
    return _Plan(grid, tuple(heights), over)


def _enlarged(node: Cards, room: Room, plan: _Plan, context: Context) -> tuple[Room, _Plan]:
    """Return the room with the largest text the cards hold in its height, no line broken anew for it, and their plan."""
    most, steps = context.theme.type.hero_heading, 8
    best = room, plan
    low, high = 0, steps
    while low < high:
        middle = (low + high + 1) // 2
        ratio = 1 + (most - 1) * middle / steps
        larger = msgspec.structs.replace(room, size=room.size * ratio)
        trial = _plan(node, larger, context)
        whole = trial.height <= ratio * plan.height * EVEN and trial.over <= max(0.0, plan.over) + 1e-6
        if whole and trial.height <= (room.height or 0.0):
            low, best = middle, (larger, trial)
        else:
            high = middle - 1
    return best


def _grid(node: Cards, room: Room, context: Context) -> _Grid:
    """Return columns as wide as their cards want, sharing what is left or missing, and the gaps between rows."""
    em = room.size
    columns = max(c.column + c.across for c in node.cards)
    rows = max(c.row for c in node.cards) + 1
    across = [GAP * em] * (columns - 1)
    down = [0.0] + [GAP * em] * (rows - 1)
    for k, link in enumerate(node.links):
        a, b = node.cards[link.source], node.cards[link.target]
        label = _label(link, msgspec.structs.replace(room, width=8 * em, draft=True), context.at(f"link{k}"))
        if a.row == b.row:
            first, last = sorted((a.column, b.column))
            wide = max(SHAFT * em, label.size.width + (0.7 if link.ends == "none" else 1.2) * em)
            for gap in range(first, last):
                across[gap] = max(across[gap], wide if gap == last - 1 else SHAFT * em)
        else:
            top, bottom = sorted((a.row, b.row))
            tall = max(SHAFT * 0.85 * em, label.size.height + 0.5 * em)
            for gap in range(top + 1, bottom + 1):
                down[gap] = max(down[gap], tall)
    wants = [NARROWEST * em] * columns
    loose = msgspec.structs.replace(room, width=room.width * 2, height=None, draft=True)
    for i, card in enumerate(node.cards):
        need = _natural(card, loose, context.at(i)) + 2 * PAD * em
        for column in range(card.column, card.column + card.across):
            wants[column] = max(wants[column], need / card.across)
    widths = shared(wants, room.width - math.fsum(across))
    lefts, at = [], 0.0
    for column in range(columns):
        lefts.append(at)
        at += widths[column] + (across[column] if column < columns - 1 else 0.0)
    return _Grid(tuple(lefts), tuple(widths), tuple(down), rows)


def shared(wants: Sequence[Pt], total: Pt) -> list[Pt]:
    """Return widths that add up to a total: slack is shared equally, and where room is short the modest get all they want."""
    count = len(wants)
    total = max(total, 1.0 * count)
    if math.fsum(wants) <= total:
        spare = (total - math.fsum(wants)) / count
        return [w + spare for w in wants]
    out = [0.0] * count
    left, open_ = total, sorted(range(count), key=lambda i: (wants[i], i))
    while open_:
        share = left / len(open_)
        first = open_[0]
        if wants[first] <= share:
            out[first] = wants[first]
            left -= wants[first]
            open_.pop(0)
            continue
        for i in open_:
            out[i] = share
        break
    return out


def _natural(card: Card, room: Room, context: Context) -> Pt:
    """Return how wide a card's content is on lines of its own."""
    widths = [context.place(b, room, context.at(i)).size.width for i, b in enumerate(card.blocks)]
    if any(w >= 0.98 * room.width for w in widths):
        widths = [min(w, 0.5 * room.width) for w in widths]
    head = set_text(card.title, _voice(context), room, context.at("title")).size.width if card.title else 0.0
    return max([head, *widths])


def _voice(context: Context) -> Voice:
    """Return how a card's title is set."""
    scale = context.theme.type.sub_heading
    return Voice("heading", "heading", context.tone.pair.pen, scale, 1.15, HEAVY * 0.7, align="center")


def _card(card: Card, room: Room, context: Context) -> Frame:
    """Return one card: its title over it, its content centred in a tinted box."""
    em = room.size
    inner = msgspec.structs.replace(room, width=max(em, room.width - 2 * PAD * em), height=None)
    head = set_text(card.title, _voice(context), inner, context.at("title")) if card.title else Frame(Size(0.0, 0.0))
    body = _content(card, inner, context)
    above = head.size.height + (0.2 * em if card.title else 0.0)
    tall = above + body.size.height + 1.5 * PAD * em
    if room.draft:
        return Frame(Size(max(room.width, max(head.size.width, body.size.width) + 2 * PAD * em), tall))
    tall = max(tall, room.height or 0.0)
    if tall > body.size.height + above + 1.5 * PAD * em and any(isinstance(b, Cards) for b in card.blocks):
        body = _content(card, msgspec.structs.replace(inner, height=tall - above - 1.5 * PAD * em), context)
    box = Rect(0.0, above, room.width, tall - above)
    tone = context.tone
    shape = Path(
        f"{context.key}/box",
        Outline.rect(box, 0.5 * em),
        fill=Paint(tone.pair.tint),
        stroke=Stroke(at_body(0.45, em), Paint(tone.pair.pen)),
        reach=0.16 * em,
    )
    y = above + (box.h - body.size.height) / 2
    x = (room.width - body.size.width) / 2
    children = [Placed(0.0, 0.0, shape)]
    if card.title:
        children.append(Placed((room.width - head.size.width) / 2, 0.0, head))
    children.append(Placed(x, y, body))
    baseline = head.baseline if card.title else None if body.baseline is None else y + body.baseline
    return Frame(Size(room.width, tall), tuple(children), baseline, Group(context.key, (), "callout", box))


def _content(card: Card, room: Room, context: Context) -> Frame:
    """Return what a card holds; lone paragraphs stand in its middle."""
    if len(card.blocks) == 1 and isinstance(card.blocks[0], Paragraph):
        voice = Voice("body", leading=context.theme.type.leading_tight, align="center")
        return set_text(card.blocks[0].content, voice, room, context.at(0), "paragraph")
    return stack(card.blocks, room, msgspec.structs.replace(context, place=_Inner(context.place)))


class _Inner:
    """Places what stands in a card."""

    def __init__(self, place: Placer) -> None:
        self._place = place

    def __call__(self, node: Any, room: Room, context: Context) -> Frame:
        """Return the node's frame; cards do not enlarge their text once more."""
        if isinstance(node, Cards):
            return _set(node, room, context, inner=True)
        return self._place(node, room, context)


def _label(link: CardLink, room: Room, context: Context) -> Frame:
    """Return the words of a link."""
    if not link.label:
        return Frame(Size(0.0, 0.0))
    plain = link.ends == "none"
    voice = Voice(
        "connector",
        "heading",
        context.theme.danger,
        1.25 if plain else 0.82,
        1.1,
        HEAVY if plain else 0.02,
        align="center",
    )
    return set_text(link.label, voice, room, context.at("label"))


def _link(link: CardLink, rects: tuple[Rect, Rect], room: Room, context: Context) -> list[Placed]:
    """Return an arrow between two cards and its words."""
    em = room.size
    a, b = _ends(*rects, em)
    label = _label(link, msgspec.structs.replace(room, width=8 * em, height=None), context)
    middle = Point((a.x + b.x) / 2, (a.y + b.y) / 2)
    across = abs(b.x - a.x) >= abs(b.y - a.y)
    out: list[Placed] = []
    if link.ends != "none":
        out += [Placed(0.0, 0.0, item) for item in _strokes(link, a, b, em, context)]
        shift = -label.size.height / 2 - 0.35 * em if across else 0.0
        aside = 0.0 if across else label.size.width / 2 + 0.45 * em
        middle = Point(middle.x + aside, middle.y + shift)
    if link.label:
        x, y = middle.x - label.size.width / 2, middle.y - label.size.height / 2
        out.append(Placed(min(max(0.0, x), max(0.0, room.width - label.size.width)), max(0.0, y), label))
    return out


def _ends(one: Rect, other: Rect, em: Pt) -> tuple[Point, Point]:
    """Return where an arrow leaves a card and where it enters the other: straight across the gap between them."""
    keep = 0.22 * em
    if other.x >= one.right - 1e-6 or other.right <= one.x + 1e-6:
        low, high = max(one.y, other.y), min(one.bottom, other.bottom)
        y = (low + high) / 2 if high > low else None
        right = other.x >= one.right - 1e-6
        start, stop = (one.right + keep, other.x - keep) if right else (one.x - keep, other.right + keep)
        return Point(start, y if y is not None else one.center.y), Point(stop, y if y is not None else other.center.y)
    low, high = max(one.x, other.x), min(one.right, other.right)
    x = (low + high) / 2
    down = other.y >= one.bottom - 1e-6
    return Point(x, one.bottom + keep if down else one.y - keep), Point(
        x, other.y - keep if down else other.bottom + keep
    )


def _strokes(link: CardLink, a: Point, b: Point, em: Pt, context: Context) -> list[Path]:
    """Return a shaft and its heads."""
    pen = Stroke(0.075 * em, Paint(context.theme.ink))
    out = [Path(f"{context.key}/shaft", PathBuilder().move(*a).line(*b).build(), stroke=pen, reach=0.1 * em)]
    tips = [] if link.ends == "line" else [(b, a)] if link.ends == "target" else [(b, a), (a, b)]
    for i, (tip, tail) in enumerate(tips):
        angle = math.atan2(tail.y - tip.y, tail.x - tip.x)
        head = PathBuilder()
        for k, turn in enumerate((-0.5, 0.5)):
            x, y = tip.x + 0.5 * em * math.cos(angle + turn), tip.y + 0.5 * em * math.sin(angle + turn)
            head = head.move(x, y).line(*tip) if k == 0 else head.line(x, y)
        out.append(Path(f"{context.key}/head{i}", head.build(), stroke=pen, reach=0.1 * em))
    return out
