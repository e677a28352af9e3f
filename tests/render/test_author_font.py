"""Fonts an author names: PostScript outlines too."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.ttLib import TTFont

from banana_layout.font.face import Face, FaceFacts
from banana_layout.render.pdf.document import to_pdf
from banana_layout.scene.item import Glyph, GlyphRun
from tests.render.scenes import BOOK, INK, page
from tests.render.test_pdf import streams, texts


def written(path):
    """Write a font with PostScript outlines whose glyph for A is a disc of 0.6 em."""
    builder = FontBuilder(1000, isTTF=False)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    pen = T2CharStringPen(700, None)
    k = 300 * 0.5523
    pen.moveTo((50, 300))
    pen.curveTo((50, 300 + k), (350 - k, 600), (350, 600))
    pen.curveTo((350 + k, 600), (650, 300 + k), (650, 300))
    pen.curveTo((650, 300 - k), (350 + k, 0), (350, 0))
    pen.curveTo((350 - k, 0), (50, 300 - k), (50, 300))
    pen.closePath()
    blank = T2CharStringPen(500, None)
    shapes = {".notdef": blank.getCharString(), "A": pen.getCharString()}
    builder.setupCFF("Disc", {"FullName": "Disc"}, shapes, {})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (700, 50)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Disc", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)
    return path


def test_postscript_outlines_are_drawn_embedded_and_copied(tmp_path):
    """Such a font goes into the file as TrueType: same shape, same text."""
    book = BOOK.extended(Face(FaceFacts("disc", "", 1.0), written(tmp_path / "Disc.otf")))
    glyphs = (Glyph(1, 0.0, 0.0, 70.0, "A"), Glyph(1, 70.0, 0.0, 70.0, "A", 1))
    data = to_pdf([page(GlyphRun("r", "disc", 100.0, 50.0, 150.0, glyphs, INK))], book)
    assert texts(data).strip() == "AA"
    document = pypdfium2.PdfDocument(data)
    shown = document[0].render(scale=1).to_pil().convert("L")
    document.close()
    dark = [x for x in range(300) if shown.getpixel((x, 120)) < 128]
    assert (min(dark), max(dark)) == pytest.approx((55, 184), abs=2)
    programs = [s for s in streams(data) if s.startswith(b"\0\1\0\0")]
    assert "glyf" in TTFont(io.BytesIO(programs[0]))
