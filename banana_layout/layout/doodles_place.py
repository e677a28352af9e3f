"""Finds room for doodles: who speaks a lone quote, and what stands in a panel's largest empty place."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from banana_layout.geometry.curve import flatten
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.point import Point, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.anatomy import Anatomy
from banana_layout.layout.contract import Context
from banana_layout.layout.doodles import chance, heart, sparkle, star
from banana_layout.layout.doodles_mascot import WIDE, mascot
from banana_layout.layout.result import ConnectorLine, PanelBox
from banana_layout.layout.roles import Cast
from banana_layout.layout.shelves import Shelves
from banana_layout.layout.sticker import sticker
from banana_layout.model.block import Quote
from banana_layout.model.document import Document
from banana_layout.scene.item import GlyphRun, Group, Image, Item, Path

LEAST = 18.0
"""An empty place is at least this wide and high to be drawn in, in millimetres."""
CELL = 1.5
"""Empty places are found on a raster this fine, in millimetres."""
SPEAKERS = 2
"""Lone quotes the mascot speaks on one page, at most."""
ARMS = 2.6
"""What the mascot's arms need beside it, in millimetres."""
FLAT = ("rect", "rounded", "stadium", "fr-rect")
"""Shapes of nodes one can stand on."""
PLACES = 3
"""Panels of a page that are drawn in, at most."""
SOLID = ("line", "emoji", "table", "quote", "callout", "code", "node")
"""Roles whose boxes are taken as a whole."""
CLEAR = 2.0
"""Between a doodle and text, in millimetres."""
SIDES = (36.0, 31.0, 26.0, 22.0, 18.0)
"""How large a panel's icon is drawn once more in its empty corner, in millimetres: the largest that has room."""
STANDS = (26.0, 22.0, 18.0)
"""How tall the mascot stands in such a corner."""
ASIDE = 8.0
"""Beside them so much more is empty, in millimetres: what is squeezed in beside a line looks like an accident."""
FULL = 0.94
"""A panel of text is full where its type is smaller than this share of the page's largest."""
ABOVE = 0.4
"""And above them, as a share of their height."""
CORNER_SHARE = (0.37, 0.46)
"""Neither takes more of the panel's width and height than this."""


def speakers(document: Document) -> dict[Any, Any]:
    """Return what blocks look up in the memo: each quote's place among its panel's, and the quotes the mascot speaks."""
    known: dict[Any, Any] = {}
    for sheet in document.sheets:
        spoken = 0
        for panel in sheet.panels:
            quotes = [b for b in panel.blocks if isinstance(b, Quote)]
            for i, quote in enumerate(quotes):
                known["quote", id(quote)] = i
            if len(panel.blocks) == 1 and quotes:
                known["alone", id(quotes[0])] = True
            if len(quotes) == 1 and quotes[0] is panel.blocks[-1] and spoken < SPEAKERS:
                known["spoken", id(quotes[0])] = True
                spoken += 1
    return known


def decorated(
    items: Sequence[Item],
    boxes: Sequence[PanelBox],
    facts: tuple[Mapping[str, Cast], Sequence[ConnectorLine], Sequence[Item]],
    context: Context,
) -> list[Item]:
    """Return the page's items with doodles in large empty places.

    A diagram has them where it leaves the largest place empty, text in the lower right corner, behind its end: the mascot
    in the hero, the panel's icon drawn large in others, small ones where there is no icon. Which panels may have the
    mascot or small ones hangs on their parts and sizes alone, and what one gets on its own content: a word changed in one
    panel never redraws another.
    """
    if not context.theme.drawing.doodles:
        return list(items)
    roles, lines, arrows = facts
    anatomy: Anatomy = context.memo["anatomy"]
    unit = anatomy.unit
    lanes = [r for a in lines for r in _along(Outline.polyline(a.points), 3 * unit)]
    lanes += [r for a in arrows if isinstance(a, Group) for c in a.children for r in _lettered(c, unit)]
    groups = {i.key: i for i in items if isinstance(i, Group) and i.role == "panel"}
    drawn: dict[str, Group] = {}
    body = max((b.body_size for b in boxes), default=0.0)
    for rank, box in enumerate(_ranked(boxes, roles)):
        group = groups.get(box.id)
        if group is None:
            continue
        walls = [*_walls(group, box.id, unit), *lanes]
        room = box.content.inset(0.5 * unit)
        if not any(True for _ in _nodes(group)):
            if box.body_size < FULL * body:
                continue  # set smaller than the page: full, whatever a short last line leaves beside it
            found = _behind_text(box, walls, (rank, not _speaks(group)), (roles[box.id], context, unit))
            if found:
                drawn[box.id] = Group(f"{box.id}/doodle", tuple(found), role="artifact")
            continue
        if rank >= PLACES:
            continue
        place = _empty(room, walls, CELL * unit)
        if place is not None and place.w >= LEAST * unit and place.h >= LEAST * unit:
            inner = msgspec.structs.replace(context, key=f"{box.id}/doodle", tone=roles[box.id].tone)
            lead = rank == 0 and not _speaks(group)
            drawn[box.id] = _scenery(place, walls, group, lead, (inner, room, unit))
    return [_with(item, drawn.get(item.key)) if isinstance(item, Group) else item for item in items]


def _ranked(boxes: Sequence[PanelBox], roles: Mapping[str, Cast]) -> list[PanelBox]:
    """Return the panels that may be drawn in: the hero first, then the largest, notes last."""
    able = [b for b in boxes if b.id in roles]
    order = {"hero": 0, "plain": 1, "sticky": 2}
    return sorted(able, key=lambda b: (order[roles[b.id].part], -round(b.rect.w * b.rect.h)))


def _behind_text(
    box: PanelBox, walls: Sequence[Rect], place: tuple[int, bool], how: tuple[Cast, Context, Pt]
) -> list[Group]:
    """Return what stands in the lower right corner of a panel of text, clear of all that is written.

    `place` is the panel's rank, and whether the mascot is still free: where it speaks, nothing else stands.
    """
    role, context, unit = how
    rank, free = place
    if not free:
        return []
    inner = msgspec.structs.replace(context, key=f"{box.id}/doodle", tone=role.tone)
    room = box.content
    right = room.right - (6.0 if role.part == "sticky" else 1.0) * unit
    bottom = room.bottom - 0.5 * unit
    if rank == 0:
        for tall in (s * unit for s in STANDS):
            spot = Rect(right - 1.5 * WIDE * tall, bottom - tall, 1.5 * WIDE * tall, tall)
            if _fits_corner(spot, room, walls, unit):
                feet = Point(right - 0.9 * WIDE * tall, bottom)
                banana = mascot(feet, tall, "point", msgspec.structs.replace(inner, key=f"{inner.key}/mascot"), True)
                middle = _Middle(feet.shifted(0.0, -0.5 * tall), tall, 0.5 * WIDE * tall)
                return [banana, *_small(walls, room.inset(0.5 * unit), middle, inner, unit)]
        return []
    if box.icon is not None:
        for side in (s * unit for s in SIDES):
            spot = Rect(right - side, bottom - side, side, side)
            if _fits_corner(spot, room, walls, unit):
                return [_picture(box.icon, spot, inner, unit)]
        return []
    spot = Rect(right - LEAST * unit, bottom - 0.75 * LEAST * unit, LEAST * unit, 0.75 * LEAST * unit)
    if rank < PLACES and role.part != "sticky" and _fits_corner(spot, room, walls, unit):
        return _corner(spot, inner, unit)
    return []


def _fits_corner(spot: Rect, room: Rect, walls: Sequence[Rect], unit: Pt) -> bool:
    """Tell whether a place in a corner is clear of all walls and leaves most of the room to the text."""
    small = spot.w <= CORNER_SHARE[0] * room.w and spot.h <= CORNER_SHARE[1] * room.h
    above = ABOVE * spot.h
    around = Rect(spot.x - ASIDE * unit, spot.y - above, spot.w + ASIDE * unit, spot.h + above)
    return small and not any(w.meets(around) for w in walls)


def _picture(icon: str, spot: Rect, context: Context, unit: Pt) -> Group:
    """Return a panel's icon as a large drawing, for the eye alone, with a sparkle at its shoulder."""
    inner = msgspec.structs.replace(context, key=f"{context.key}/icon")
    drawn = sticker(icon, spot.center, 0.86 * spot.w, inner, turn=True)
    children = tuple(i for i in drawn.children if not isinstance(i, GlyphRun))
    # Off the sticker's edge by its own reach, turned as it may be.
    radius = 1.7 * unit
    at = Point(spot.x - 0.75 * radius, spot.y + 0.12 * spot.h)
    shine = sparkle(f"{context.key}/sparkle", at, radius, unit, (context.theme.ink, context.theme.mascot.fill))
    return Group(inner.key, (Group(f"{inner.key}/art", children, role="artifact"), shine), role="artifact")


def _with(group: Group, more: Group | None) -> Group:
    """Return a panel with its doodles on top."""
    if more is None or group.role != "panel":
        return group
    return msgspec.structs.replace(group, children=(*group.children, more))


def _speaks(item: Item) -> bool:
    """Tell whether the mascot stands in what a panel holds."""
    if not isinstance(item, Group):
        return False
    return item.key.endswith("/mascot") or (item.role != "figure" and any(_speaks(c) for c in item.children))


def _nodes(item: Item) -> Iterator[tuple[Rect, bool]]:
    """Yield the boxes of a diagram's nodes and whether they are flat on top."""
    if isinstance(item, Group):
        if item.facts is not None:
            for node in item.facts.to_dict()["nodes"]:
                r = node["rect"]
                # A pill is flat only between its round ends.
                end = 0.3 * min(r["w"], r["h"]) if node["shape"] == "stadium" else 0.0
                yield Rect(r["x"] + end, r["y"], r["w"] - 2 * end, r["h"]), node["shape"] in FLAT
        for child in item.children:
            yield from _nodes(child)


def _walls(group: Group, panel: str, unit: Pt) -> list[Rect]:
    """Return what is drawn in a panel, each thing with the distance doodles keep from it; its frame left out."""
    own = {f"{panel}/{name}" for name in ("shadow", "wash", "frame")}
    drawn = [c for c in group.children if c.key not in own and not c.key.startswith(f"{panel}/note/")]
    return [r for child in drawn for r in _occupied(child, unit)]


def _occupied(item: Item, unit: Pt) -> Iterator[Rect]:
    """Yield the boxes an item takes; long lines and bands as a row of small boxes."""
    if isinstance(item, (GlyphRun, Image)):
        r = item.rect if isinstance(item, Image) else Rect(item.x, item.y - 0.75 * item.size, item.width, item.size)
        yield r.grown(CLEAR * unit)
    elif isinstance(item, Path):
        box = item.path.control_box()
        wide = item.stroke.width if item.stroke is not None else 0.0
        if item.fill is not None or min(box.w, box.h) < 4 * unit:
            yield box.grown(1.2 * unit + wide / 2)
        else:
            yield from _along(item.path, 1.2 * unit + wide / 2)
    elif isinstance(item, Group):
        if item.role in SOLID and item.rect is not None:
            yield item.rect.grown((CLEAR if item.role != "node" else 0.8) * unit)
        # A card's title stands over its box.
        if item.transform is None and (item.role == "callout" or item.rect is None or item.role not in SOLID):
            for child in item.children:
                yield from _occupied(child, unit)


def _lettered(item: Item, unit: Pt) -> Iterator[Rect]:
    """Yield the boxes of an arrow's words and of what lies under them."""
    if isinstance(item, Group) or (isinstance(item, Path) and item.fill is not None):
        yield from _occupied(item, unit)


def _along(path: Outline, grow: Pt) -> Iterator[Rect]:
    """Yield boxes along a line."""
    for line in flatten(path, 0.5):
        for p, q in itertools.pairwise(line):
            n = max(1, int(p.distance(q) // 12))
            for i in range(n):
                a, b = p.toward(q, i / n), p.toward(q, (i + 1) / n)
                yield Rect.spanning(*a, *b).grown(grow)


def _empty(room: Rect, walls: Sequence[Rect], cell: Pt) -> Rect | None:
    """Return the largest empty rectangle in a room, as far as a raster shows it; None where nothing is empty.

    For each row the heights of empty columns above it form a histogram, whose largest rectangle a stack finds in one
    pass (as in D. Vandevoorde, "The maximal rectangle problem", Dr. Dobb's Journal, 1998). Shape counts too: what is
    longer than twice its width counts as twice its width only.
    """
    columns, rows = int(room.w // cell), int(room.h // cell)
    if columns < 1 or rows < 1:
        return None
    taken = [bytearray(columns) for _ in range(rows)]
    for wall in walls:
        x0, x1 = max(0, int((wall.x - room.x) // cell)), min(columns, int((wall.right - room.x) // cell) + 1)
        y0, y1 = max(0, int((wall.y - room.y) // cell)), min(rows, int((wall.bottom - room.y) // cell) + 1)
        if x1 > x0:
            full = b"\1" * (x1 - x0)
            for y in range(y0, y1):
                taken[y][x0:x1] = full
    heights = [0] * columns
    best, found = 0, (0, 0, 0, 0)
    for y, row in enumerate(taken):
        heights = [0 if covered else h + 1 for covered, h in zip(row, heights, strict=True)]
        stack: list[tuple[int, int]] = []
        last = 0
        for x, h in enumerate((*heights, 0)):
            if h == last:
                continue
            left, last = x, h
            while stack and stack[-1][1] >= h:
                left, tall = stack.pop()
                wide = min(x - left, 2 * tall)
                area = wide * min(tall, 2 * wide)
                if area > best:
                    best, found = area, (left, y - tall + 1, wide, tall)
            stack.append((left, h))
    x, y, w, h = found
    return Rect(room.x + x * cell, room.y + y * cell, w * cell, h * cell) if best else None


def _scenery(place: Rect, walls: Sequence[Rect], group: Group, lead: bool, how: tuple[Context, Rect, Pt]) -> Group:
    """Return what stands in an empty place: the mascot with small doodles about it, or the small ones alone."""
    context, room, unit = how
    key = context.key
    nodes = [r for r, flat in _nodes(group) if flat]
    if not lead:
        return Group(key, tuple(_corner(place, context, unit)), role="artifact")
    feet, tall = _footing(place, walls, nodes, (room, unit))
    left = feet.x > room.center.x
    banana = mascot(feet, tall, "point", msgspec.structs.replace(context, key=f"{key}/mascot"), left)
    middle = _Middle(feet.shifted(0.0, -0.5 * tall), tall, 0.5 * WIDE * tall)
    return Group(key, (banana, *_small(walls, room, middle, context, unit)), role="artifact")


def _footing(place: Rect, walls: Sequence[Rect], nodes: Sequence[Rect], how: tuple[Rect, Pt]) -> tuple[Point, Pt]:
    """Return where the mascot stands and how tall it is: on a node with room above it, else on the empty place's floor.

    Of all nodes the one with the freest air is taken; the mascot leaves the node's middle for the side with more of it.
    """
    room, unit = how
    best: tuple[float, Point, Pt] | None = None
    shelves = Shelves(walls, 20 * unit)
    wide = 0.5 * WIDE * 20 * unit + (ARMS + 6) * unit
    for node in nodes:
        # All the ground a mascot on the node could touch, and the air about it.
        above = Rect(node.x - wide, node.y - 27 * unit, node.w + 2 * wide, 33 * unit)
        around = [w for w in shelves.near(above) if not (w.holds(node) or shelves.within(w, node, 3 * unit))]
        for share in (0.5, 0.36, 0.64, 0.26, 0.74):
            x = node.x + share * node.w
            for tall in (20 * unit, 18 * unit, 16 * unit):
                half = (0.5 * WIDE * tall) + ARMS * unit
                body = Rect(x - half, node.y - tall - unit, 2 * half, tall + 0.5 * unit)
                if not room.holds(body) or any(w.meets(body) for w in around):
                    continue
                wider = body.grown(6 * unit)
                air = sum(1 for w in around if w.meets(wider))
                score = air + abs(share - 0.5) * 2 - tall / unit / 8
                if best is None or score < best[0]:
                    best = (score, Point(x, node.y + 0.35 * unit), tall)
                break
    if best is not None:
        return best[1], best[2]
    tall = min(20 * unit, place.h - unit)
    # In a corner to the right, where a hand would doodle when the writing is done.
    x = max(place.center.x, place.right - 0.5 * WIDE * tall - 8 * unit)
    return Point(x, min(place.bottom - 0.5 * unit, place.center.y + 0.9 * tall)), tall


class _Middle(msgspec.Struct, frozen=True):
    """What small doodles gather about."""

    center: Point
    """Its middle."""
    tall: Pt
    """Its height; 0 where nothing stands there."""
    half: Pt
    """Half its width."""


def _corner(place: Rect, context: Context, unit: Pt) -> list[Group]:
    """Return two small doodles in the lower right of an empty place, of kinds that change from panel to panel."""
    theme, key = context.theme, context.key
    marker = context.tone.pair.marker
    x, y = place.right - 7 * unit, place.bottom - 6 * unit
    large, small = Point(x - 4.2 * unit, y - 1.2 * unit), Point(x + 1.6 * unit, y + 1.4 * unit)
    pick = int(chance(key, "kind") * 3)
    if pick == 0:
        fills = (theme.mascot.fill, theme.clean)
        radii = (2.6 * unit, 1.4 * unit)
        return [
            sparkle(f"{key}/sparkle{i}", at, r, unit, (theme.ink, fill))
            for i, (at, r, fill) in enumerate(zip((large, small), radii, fills, strict=True))
        ]
    first = star if pick == 1 else heart
    return [
        first(f"{key}/one", large, 2.4 * unit, unit, (theme.ink if pick == 1 else theme.danger, marker)),
        sparkle(f"{key}/sparkle", small, 1.6 * unit, unit, (theme.ink, theme.mascot.fill)),
    ]


def _small(walls: Sequence[Rect], room: Rect, middle: _Middle, context: Context, unit: Pt) -> list[Group]:
    """Return a sparkle, a heart and a star around what stands in an empty place, as far as it has room."""
    theme, key = context.theme, context.key
    pairs = theme.pairs
    side = 1.0 if chance(key, "side") < 0.5 else -1.0
    mascot_box = Rect(middle.center.x - middle.half, middle.center.y - middle.tall / 2, 2 * middle.half, middle.tall)
    out: list[Group] = []
    spots = (
        ("sparkle", -middle.half - 4.2 * unit, -0.26 * middle.tall - 1.0 * unit, 2.4),
        ("heart", -middle.half - 5.6 * unit, 0.27 * middle.tall + 1.4 * unit, 2.1),
        ("star", middle.half + 3.8 * unit, 0.2 * middle.tall + 0.6 * unit, 2.4),
    )
    for name, dx, dy, radius in spots:
        r = radius * unit
        center = Point(
            middle.center.x + side * dx + (chance(key, f"{name}x") - 0.5) * 1.6 * unit,
            middle.center.y + dy + (chance(key, f"{name}y") - 0.5) * 1.6 * unit,
        )
        box = Rect(center.x - r, center.y - r, 2 * r, 2 * r)
        if not room.holds(box) or any(w.meets(box) for w in (*walls, mascot_box.inset(0.8 * unit))):
            continue
        if name == "sparkle":
            out.append(sparkle(f"{key}/{name}", center, r, unit, (theme.ink, theme.mascot.fill)))
        elif name == "heart":
            out.append(heart(f"{key}/{name}", center, r, unit, (theme.danger, pairs[0].marker)))
        else:
            out.append(star(f"{key}/{name}", center, r, unit, (theme.ink, pairs[0].marker)))
    return out
