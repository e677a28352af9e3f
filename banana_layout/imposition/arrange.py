"""Several pages on a sheet: side by side, or in the order that makes a booklet when sheets are folded."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.imposition.placing import lettering, placed, sheet
from banana_layout.scene.item import Group, Scene
from banana_layout.source import BananaError

_EDGE = 1.0
"""How near to a sheet's edge a page counts as reaching it, in points: paper sizes are whole millimetres."""
MOST_UP = 64
"""Most pages on one side of a sheet."""


def n_up(pages: Sequence[Scene], count: int, size: Size, bleed: Pt = 0.0) -> tuple[Scene, ...]:
    """Return sheets with `count` pages each, as large as they can be, row by row; the sheet stands or lies as suits them.

    Pages that reach a sheet's edge run `bleed` points over it, as their paper does by itself.
    Postcondition: no page overlaps another or leaves its sheet, and all are scaled alike.
    """
    if not 1 <= count <= MOST_UP:
        raise BananaError.single(f"{count} pages do not go on a sheet", hints=(f"1 to {MOST_UP}",))
    wide, columns = _grid(pages[0], count, size)
    numbered = list(enumerate(pages, 1))
    groups = [numbered[i : i + count] for i in range(0, len(pages), count)]
    return tuple(_side(group, wide, (columns, -(-count // columns)), bleed) for group in groups)


def booklet(pages: Sequence[Scene], size: Size, bleed: Pt = 0.0) -> tuple[Scene, ...]:
    """Return the sides of a saddle-stitched booklet: printed on both sides, folded once and stapled, its pages are in order.

    Blank pages fill up to a multiple of four. Sides come front, back, front, back, the outermost sheet first.
    """
    padded: list[tuple[int, Scene] | None] = [*enumerate(pages, 1), *[None] * (-len(pages) % 4)]
    total = len(padded)
    lying = Size(max(size), min(size))
    sides = []
    for i in range(total // 2):
        pair = (padded[total - 1 - i], padded[i])
        sides.append(_side(pair if i % 2 == 0 else pair[::-1], lying, (2, 1), bleed, pages[0]))
    return tuple(sides)


def _grid(page: Scene, count: int, size: Size) -> tuple[Size, int]:
    """Return how the sheet lies and how many columns it has, for the largest pages; a standing sheet wins a tie."""
    best: tuple[float, Size, int] | None = None
    for lying in (Size(min(size), max(size)), Size(max(size), min(size))):
        for columns in range(1, count + 1):
            rows = -(-count // columns)
            scale = min(lying.width / columns / page.width, lying.height / rows / page.height)
            if best is None or scale > best[0] + 1e-9:
                best = (scale, lying, columns)
    assert best is not None
    return best[1], best[2]


def _side(
    pages: Sequence[tuple[int, Scene] | None],
    size: Size,
    grid: tuple[int, int],
    bleed: Pt,
    like: Scene | None = None,
) -> Scene:
    """Return one side with pages in cells, in columns and rows; None leaves a cell blank.

    Each page is a group called `page-` and its number, to which links to that page lead.
    """
    columns, rows = grid
    present = [p[1] for p in pages if p is not None] or ([like] if like is not None else [])
    _, firsts = lettering(present)
    cell = Size(size.width / columns, size.height / rows)
    items: list[Group] = []
    for i, found in enumerate(pages):
        if found is None:
            continue
        number, page = found
        scale = min(cell.width / page.width, cell.height / page.height)
        x = (i % columns) * cell.width + (cell.width - page.width * scale) / 2
        y = (i // columns) * cell.height + (cell.height - page.height * scale) / 2
        where = Affine.scale(scale).then(Affine.translate(x, y))
        place = Rect(x, y, page.width * scale, page.height * scale)
        window = _window(page, place, size, bleed)
        first = firsts[len(items)]
        group = placed(page, f"page-{number}", where, window, first=first, bleed=bleed / scale)
        items.append(msgspec.structs.replace(group, role="document", rect=place))
    return sheet(size, items, present)


def _window(page: Scene, place: Rect, size: Size, bleed: Pt) -> Rect:
    """Return what is shown of a page that stands at a place of its sheet: all of it, and its bleed where the sheet is cut there."""
    over = bleed * page.width / place.w
    left = over if place.x < _EDGE else 0.0
    top = over if place.y < _EDGE else 0.0
    right = over if place.right > size.width - _EDGE else 0.0
    bottom = over if place.bottom > size.height - _EDGE else 0.0
    return Rect(-left, -top, page.width + left + right, page.height + top + bottom)
