"""PNG pictures, and that a page looks the same in every format."""

from __future__ import annotations

import ctypes.util
import io

import pytest
from PIL import Image as Pillow
from PIL import ImageChops, ImageStat

from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.render.png import to_png
from banana_layout.scene.item import Path
from banana_layout.scene.paint import Paint, Stroke
from banana_layout.source import BananaError
from tests.render.scenes import BOOK, INK, MARKER, SKY, busy, marker, page


def picture(data: bytes) -> Pillow.Image:
    """Return a PNG file as Pillow reads it."""
    return Pillow.open(io.BytesIO(data)).convert("RGB")


def test_a_picture_has_the_size_and_resolution_asked_for():
    """300 x 200 points at 144 dpi are 600 x 400 pixels, and the file says so."""
    data = to_png(busy(), BOOK, 144)
    assert picture(data).size == (600, 400)
    assert Pillow.open(io.BytesIO(data)).info["dpi"] == pytest.approx((144, 144), abs=0.1)
    assert to_png(busy(), BOOK, 144) == data


def test_highlighters_multiply():
    """Where a band lies on a tinted box its colour is the product of both, at its opacity."""
    box = Path("b", Outline.rect(Rect(10, 10, 80, 80)), fill=SKY)
    shown = picture(to_png(page(box, marker("m", 30, 30, 40, 40)), BOOK, 72)).getpixel((50, 50))
    expected = SKY.color.mix(MARKER.color.multiplied(SKY.color), MARKER.opacity)
    assert shown == pytest.approx(tuple(v * 255 for v in expected), abs=2)


@pytest.mark.parametrize("dpi", [0, -5, float("nan"), 4000, float("inf")])
def test_senseless_resolutions_are_refused(dpi):
    """Nothing below or at zero, and nothing that would take all memory."""
    with pytest.raises(BananaError):
        to_png(page(width=595, height=842), BOOK, dpi)


def test_the_pdf_and_the_svg_look_alike():
    """What pdfium makes of the PDF and cairo of the SVG differs by little more than smoothing."""
    if ctypes.util.find_library("cairo") is None:
        with pytest.raises(BananaError, match="cairo"):
            to_png(busy(), BOOK, 150, engine="cairo")
        return
    ours, other = (picture(to_png(busy(), BOOK, 150, engine=e)) for e in ("pdfium", "cairo"))
    assert ours.size == other.size
    difference = ImageChops.difference(ours, other)
    assert max(ImageStat.Stat(difference).mean) < 1.5
    # Smoothing differs along edges only: at a third of the size hardly anything is left.
    third = ImageChops.difference(*(p.reduce(6) for p in (ours, other)))
    assert max(high for _, high in third.getextrema()) < 60
    blank = picture(to_png(page(), BOOK, 150))
    assert max(ImageStat.Stat(ImageChops.difference(ours, blank)).mean) > 10


def test_every_item_shows():
    """Each kind of item leaves its ink in the picture."""
    empty = picture(to_png(page(), BOOK, 72))
    for item in busy().items:
        if type(item).__name__ != "Link":
            drawn = picture(to_png(page(item), BOOK, 72))
            assert ImageChops.difference(drawn, empty).getbbox() is not None, item.key


def test_opaque_paint_covers():
    """An opaque paint is shown as it is."""
    paint = Paint(SKY.color)
    shown = picture(to_png(page(Path("b", Outline.rect(Rect(0, 0, 300, 200)), fill=paint)), BOOK, 72))
    assert shown.getextrema() == tuple((round(v * 255),) * 2 for v in SKY.color)


def test_large_pictures_show_no_seams():
    """A page drawn in bands, doubled or not, is one picture: a slanted line crosses them unbroken."""
    slanted = Path("l", Outline.line(20, 0, 180, 800), stroke=Stroke(4, INK, cap="butt"))
    for dpi in (100, 700):
        shown = picture(to_png(page(slanted, width=200, height=800), BOOK, dpi)).convert("L")
        k = dpi / 72
        for row in range(round(5 * k), round(795 * k), 7):
            middle = (20 + 160 * (row + 0.5) / k / 800) * k
            assert shown.getpixel((round(middle - 0.5), row)) < 80, (dpi, row)
            assert shown.getpixel((round(middle + 4 * k), row)) > 240, (dpi, row)
