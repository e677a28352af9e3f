"""Page numbers."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from banana_layout.color import BLACK, WHITE
from banana_layout.font.book import FontBook
from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.scene.item import Glyph, GlyphRun, Group, Scene
from banana_layout.scene.paint import Paint

_FACES = ("patrick-hand", "gamja")
_SIZE = 9.0
"""Type size, in points, on A4; smaller on smaller pages."""
_ABOVE = 0.016
"""Distance of the baseline from the lower edge, of the page's height: inside the margin, clear of the cut."""


def numbered(pages: Sequence[Scene], book: FontBook, *, first: int = 1, skip: int = 0) -> tuple[Scene, ...]:
    """Return pages with their numbers at the foot; the first `skip` pages count but show none."""
    out = []
    for i, page in enumerate(pages):
        if i < skip:
            out.append(page)
            continue
        size = min(_SIZE, max(6.0, page.height * 0.0107))
        base = page.height - max(page.height * _ABOVE, 10.5)
        ink = Paint(BLACK.mix(WHITE, 0.3) if page.paper.color.luminance > 0.3 else WHITE)
        box = Rect(0.0, base - size, page.width, size)
        number = Group("folio", words(str(first + i), box, size, ink, book), role="artifact")
        out.append(msgspec.structs.replace(page, items=(*page.items, number)))
    return tuple(out)


def words(text: str, box: Rect, size: Pt, ink: Paint, book: FontBook) -> tuple[GlyphRun, ...]:
    """Return a short text in the middle of a box's lower edge, in the hand of notes."""
    chain = book.chain(_FACES)
    face = next((f for f in chain if all(f.has(c) for c in text)), chain[0])
    glyphs, pen = [], 0.0
    for g in face.shape(text):
        glyphs.append(Glyph(g.gid, pen + g.dx * size, g.dy * size, g.advance * size, text[g.cluster]))
        pen += g.advance * size
    x = box.x + (box.w - pen) / 2
    return (GlyphRun(f"words/{text}", face.id, size * face.scale, x, box.bottom, tuple(glyphs), ink, tool="exact"),)
