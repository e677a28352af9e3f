"""The TrueType tables written for PDF, read back by fontTools."""

from __future__ import annotations

import io

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.path import Path
from banana_layout.geometry.point import Point
from banana_layout.geometry.rect import Rect
from banana_layout.render.pdf.fonts import _subset
from banana_layout.render.pdf.truetype import Sfnt, box_font, drawn, outline_font, with_outlines
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


def test_a_subset_keeps_its_glyphs_and_gains_outlines():
    """The appended glyph has the drawing's shape and the advance it is given."""
    face = BOOK.face("gamja")
    gid, em = face.gid("글"), face.units_per_em
    font, new = _subset(face, [gid])
    path = face.outline(gid).transformed(Affine.rotate(10).then(Affine.translate(0.02, -0.03)))
    read = opened(with_outlines(font, [(777, drawn(path, em))]))
    order = read.getGlyphOrder()
    assert len(order) == font.glyph_count + 1
    assert bounds(read, new[gid]) == bounds(opened(font), new[gid])
    varied = order[font.glyph_count]
    assert read["hmtx"][varied] == (777, read["glyf"][varied].xMin)  # else FreeType would shift the glyph
    expected = path.bounds()
    x0, y0, x1, y1 = (v / em for v in bounds(read, font.glyph_count))
    for found, wanted in ((x0, expected.x), (x1, expected.right), (-y1, expected.y), (-y0, expected.bottom)):
        assert abs(found - wanted) < 0.002


def test_a_blank_drawing_stays_blank():
    """A space can be varied as well; it shows nothing and keeps its advance."""
    font, _ = _subset(BOOK.face("gamja"), [])
    read = opened(with_outlines(font, [(300, drawn(Path(), 1024))]))
    name = read.getGlyphOrder()[font.glyph_count]
    assert read["glyf"][name].numberOfContours == 0
    assert read["hmtx"][name] == (300, 0)


def test_joints_are_left_out_and_read_back():
    """A slim outline's joints cost no point in the file, and readers put them where they were."""
    face = BOOK.face("gamja")
    slim = face.slim(face.gid("를"))
    assert len(slim.joints) > 3
    short, long = drawn(slim.path, 1000, slim.joints), drawn(slim.path, 1000)
    assert long.points - short.points == len(slim.joints)
    assert len(short.data) < len(long.data)
    font, _ = _subset(face, [])
    read = opened(with_outlines(font, [(900, short), (900, long)]))
    first, second = bounds(read, font.glyph_count), bounds(read, font.glyph_count + 1)
    assert all(abs(a - b) <= 1 for a, b in zip(first, second, strict=True))


@given(st.lists(st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000)), min_size=3, max_size=400, unique=True))
def test_steps_of_any_size_are_read_back(points):
    """Short and long steps, standing still and hundreds of equal flags come back as the same points."""
    path = Path.polyline([Point(x / 1000, y / 1000) for x, y in points], closed=True)
    read = opened(outline_font((Path(), path), (0.1, 0.1)))
    name = read.getGlyphOrder()[1]
    coordinates, _, flags = read["glyf"][name].getCoordinates(read["glyf"])
    assert [tuple(p) for p in coordinates] == [(x, -y) for x, y in points]
    assert all(flag & 1 for flag in flags)


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
