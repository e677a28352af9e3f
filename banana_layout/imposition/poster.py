"""One page over several sheets, to be glued together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from banana_layout.color import Color
from banana_layout.font.book import FontBook
from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import PathBuilder
from banana_layout.geometry.point import MM, Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.imposition.folio import words
from banana_layout.imposition.placing import placed, sheet
from banana_layout.scene.item import Group, Path, Scene
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError

MARGIN = 8 * MM
"""Edge that home printers leave white, and the marks' place."""
OVERLAP = 10 * MM
"""How much neighbouring sheets share, for the glue."""
MOST = 20
"""Most sheets across or down."""
_INK = Color.parse("#333333")


def poster(page: Scene, columns: int, rows: int, size: Size, book: FontBook) -> tuple[Scene, ...]:
    """Return the sheets of a poster, row by row: the page as large as they allow, each showing its part and some of the next.

    They stand or lie, whichever makes the page larger.
    Ticks in the margin say where the next sheet's edge comes; the corner names row and column.
    Postcondition: glued at their ticks, the sheets show the page whole and once.
    """
    if not (1 <= columns <= MOST and 1 <= rows <= MOST):
        raise BananaError.single(f"a poster of {columns} by {rows} sheets", hints=(f"1 to {MOST} each way",))
    if min(size) - 2 * MARGIN <= 2 * OVERLAP:
        raise BananaError.single("the sheets are too small for a poster", hints=("take A5 or larger",))
    ways = (Size(min(size), max(size)), Size(max(size), min(size)))
    size = max(ways, key=lambda way: round(_scale(page, _whole(way, columns, rows)), 9))
    shown = Size(size.width - 2 * MARGIN, size.height - 2 * MARGIN)
    step = Size(shown.width - OVERLAP, shown.height - OVERLAP)
    whole = _whole(size, columns, rows)
    scale = _scale(page, whole)
    left, top = (whole.width - page.width * scale) / 2, (whole.height - page.height * scale) / 2
    corners = [(column * step.width, row * step.height) for row in range(rows) for column in range(columns)]
    windows = [
        Rect((x - left) / scale, (y - top) / scale, shown.width / scale, shown.height / scale) for x, y in corners
    ]
    readers = _readers(page, windows)
    out: list[Scene] = []
    for i, ((x, y), window) in enumerate(zip(corners, windows, strict=True)):
        where = Affine.scale(scale).then(Affine.translate(MARGIN + left - x, MARGIN + top - y))
        part = placed(_told(page, readers, i), "page", where, window)
        row, column = divmod(i, columns)
        more = (column + 1 < columns, row + 1 < rows)
        marks = _marks(size, more, f"{chr(65 + row)}{column + 1}", book)
        out.append(sheet(size, (part, marks), (page,)))
    return tuple(out)


def _readers(page: Scene, windows: Sequence[Rect]) -> dict[str, int]:
    """Return, for each group of a page by its key, the sheet on which it is read out: the one that shows most of it."""
    out: dict[str, int] = {}
    for item in page.items:
        if isinstance(item, Group):
            box = item.rect or Rect(0.0, 0.0, page.width, page.height)
            areas = [(shared := box.overlap(window)).width * shared.height for window in windows]
            out[item.key] = max(range(len(windows)), key=areas.__getitem__)
    return out


def _told(page: Scene, readers: Mapping[str, int], number: int) -> Scene:
    """Return a page in which what is read out on other sheets is decoration, so that everything is heard once."""
    items = tuple(
        msgspec.structs.replace(i, role="artifact") if isinstance(i, Group) and readers[i.key] != number else i
        for i in page.items
    )
    return msgspec.structs.replace(page, items=items)


def _whole(size: Size, columns: int, rows: int) -> Size:
    """Return the size of sheets glued together."""
    return Size(
        (size.width - 2 * MARGIN - OVERLAP) * columns + OVERLAP, (size.height - 2 * MARGIN - OVERLAP) * rows + OVERLAP
    )


def _scale(page: Scene, whole: Size) -> float:
    """Return by how much a page is enlarged to fill a size."""
    return min(whole.width / page.width, whole.height / page.height)


def _marks(size: Size, more: tuple[bool, bool], name: str, book: FontBook) -> Group:
    """Return ticks where the sheets to the right and below begin, and the sheet's name."""
    b = PathBuilder()
    right, bottom = size.width - MARGIN - OVERLAP, size.height - MARGIN - OVERLAP
    if more[0]:
        _tick(b, right, size.height)
    if more[1]:
        for x in (0.2 * MARGIN, size.width - 0.8 * MARGIN):
            b.move(x, bottom).line(x + 0.6 * MARGIN, bottom)
    items: list[Path | Group] = []
    if any(more):
        items.append(
            Path("ticks/lines", b.build(), stroke=Stroke(0.5, Paint(_INK), taper=False, cap="butt"), tool="exact")
        )
    label = words(name, Rect(MARGIN, 0.0, 30.0, MARGIN * 0.8), 8.0, Paint(_INK), book)
    return Group("ticks", (*items, *label), role="artifact")


def _tick(b: PathBuilder, x: Pt, height: Pt) -> None:
    """Add upright ticks in the upper and the lower margin."""
    for y in (0.2 * MARGIN, height - 0.8 * MARGIN):
        b.move(x, y).line(x, y + 0.6 * MARGIN)
