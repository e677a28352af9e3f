"""The TrueType tables written for PDF, read back by fontTools."""

from __future__ import annotations

import io

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path
from banana_layout.geometry.rect import Rect
from banana_layout.render.pdf.fonts import _subset
from banana_layout.render.pdf.truetype import Sfnt, box_font, outline_font, with_composites
from tests.render.scenes import BOOK


def opened(font: Sfnt) -> TTFont:
    """Return a font as fontTools reads it, checksums and all."""
    read = TTFont(io.BytesIO(font.serialise()), checkChecksums=2, recalcBBoxes=False)
    for tag in ("head", "hhea", "maxp", "hmtx", "loca", "glyf"):
        read[tag]
    return read


def bounds(font: TTFont, number: int) -> tuple[float, ...]:
    """Return the exact box of a glyph's outline, in units."""
    glyphs = font.getGlyphSet()
    pen = BoundsPen(glyphs)
    glyphs[font.getGlyphOrder()[number]].draw(pen)
    return pen.bounds


def test_a_subset_keeps_its_glyphs_and_gains_composites():
    """The appended glyph draws its base through the map, with the base's advance."""
    face = BOOK.face("gamja")
    gid = face.gid("글")
    font, new = _subset(face.path, [gid])
    matrix = Affine.rotate(10).then(Affine.translate(0.02, -0.03))
    read = opened(with_composites(font, [(new[gid], matrix)]))
    base, varied = new[gid], font.glyph_count
    order = read.getGlyphOrder()
    assert len(order) == font.glyph_count + 1
    assert read["hmtx"][order[varied]][0] == read["hmtx"][order[base]][0]
    expected = face.outline(gid).transformed(matrix).bounds()
    x0, y0, x1, y1 = (v / face.units_per_em for v in bounds(read, varied))
    for found, wanted in ((x0, expected.x), (x1, expected.right), (-y1, expected.y), (-y0, expected.bottom)):
        assert abs(found - wanted) < 0.005
    header = read["glyf"][order[varied]]
    assert read["hmtx"][order[varied]][1] == header.xMin  # else FreeType would shift the glyph


def test_a_blank_glyph_s_variant_stays_blank():
    """A space can be varied as well; it shows nothing and keeps its advance."""
    face = BOOK.face("gamja")
    space = face.gid(" ")
    font, new = _subset(face.path, [space])
    read = opened(with_composites(font, [(new[space], Affine.rotate(3))]))
    name = read.getGlyphOrder()[font.glyph_count]
    assert read["glyf"][name].numberOfContours == 0
    assert read["hmtx"][name][0] == read["hmtx"][read.getGlyphOrder()[new[space]]][0]


def test_boxes_are_as_wide_as_their_advances():
    """Readers that measure a hidden glyph by itself find the width the PDF gives it."""
    read = opened(box_font([10, 500, 2000]))
    order = read.getGlyphOrder()
    assert [read["hmtx"][n][0] for n in order] == [0, 10, 500, 2000]
    assert [bounds(read, i) for i in (1, 2, 3)] == [(0, 0, w, 700) for w in (10, 500, 2000)]


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-1, 1), st.floats(-1, 1), st.floats(0.05, 1), st.floats(0.05, 1)), min_size=1, max_size=4
    )
)
def test_outlines_become_glyphs_of_the_same_shape(boxes):
    """Curves of any kind end up where they were, within a thousandth or two of an em."""
    path = Path()
    for i, (x, y, w, h) in enumerate(boxes):
        r = Rect(x, y, w, h)
        path = path.joined(Path.ellipse(r) if i % 2 else Path.rect(r, 0.02))
    read = opened(outline_font((Path(), path), (0.5, 0.7)))
    wanted = path.bounds()
    x0, y0, x1, y1 = (v / 1000 for v in bounds(read, 1))
    for found, exact in ((x0, wanted.x), (x1, wanted.right), (-y1, wanted.y), (-y0, wanted.bottom)):
        assert abs(found - exact) <= 0.002
    assert read["hmtx"][read.getGlyphOrder()[1]][0] == 700
