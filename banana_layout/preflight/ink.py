"""How much ink a page takes in each place, and how text reads on what lies under it.

The plates are drawn by pdfium, which knows no inks: `separation` leaves of a page's colours the grey of one plate alone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.rect import Rect
from banana_layout.preflight.finding import Finding
from banana_layout.preflight.limits import Limits
from banana_layout.preflight.page_rules import PageView
from banana_layout.preflight.separation import PROCESS, contents, spots, to_plate

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 72.0
"""Resolution of the plates; areas smaller than a point do not smear."""
_SPECK = 4
"""Fewer pixels than this are an edge, not an area."""
_TEXT = frozenset(("Tj", "TJ", "'", '"'))


class Plates(msgspec.Struct, frozen=True):
    """A page's plates."""

    inks: tuple[Image, ...]
    """Cyan, magenta, yellow, black, then inks of their own: 255 is full tone; none where the page has no inks."""
    ground: Image
    """The page without its text, as seen on a screen."""
    scale: float
    """Pixels a point."""
    left: float
    """Where the drawing's left edge stands, in points."""
    top: float
    """Where its upper edge stands, y up."""

    @classmethod
    def of(cls, data: bytes, page: Any, number: int, *, printed: bool) -> Plates:
        """Draw a page's ground and, where it is `printed`, its plates."""
        x0, y0, x1, y1 = (float(v) for v in page.cropbox)
        inks = []
        with _single(data, number) as one:
            own = spots(one) if printed else ()
        for ink in (*PROCESS, *own) if printed else ():
            with _single(data, number) as one:
                to_plate(one, ink)
                inks.append(_inverted(_drawn(one)))
        with _single(data, number) as one:
            _without_text(one)
            ground = _drawn(one)
        return cls(tuple(inks), ground, DPI / 72, min(x0, x1), max(y0, y1))

    def total(self) -> Image | None:
        """Return the sum of the plates, 255 being 400 %; None where the page has no inks."""
        from PIL import ImageChops

        if not self.inks:
            return None
        c, m, y, k, *own = self.inks
        total = ImageChops.add(ImageChops.add(c, m, 2), ImageChops.add(y, k, 2), 2)
        for one in own:
            total = ImageChops.add(total, one.point([v // 4 for v in range(256)]))
        return total

    def area(self, box: tuple[int, int, int, int]) -> Rect:
        """Return a box of pixels in points, y up."""
        x0, y0, x1, y1 = (v / self.scale for v in box)
        return Rect(self.left + x0, self.top - y1, x1 - x0, y1 - y0)

    def pixels(self, rect: Rect) -> tuple[int, int, int, int]:
        """Return a box in points, y up, as pixels: at least one."""
        x0, y0 = int((rect.x - self.left) * self.scale), int((self.top - rect.bottom) * self.scale)
        x1, y1 = int((rect.right - self.left) * self.scale) + 1, int((self.top - rect.y) * self.scale) + 1
        w, h = self.ground.size
        return max(0, min(x0, w - 1)), max(0, min(y0, h - 1)), max(1, min(x1, w)), max(1, min(y1, h))


def findings(plates: Plates, view: PageView, limits: Limits) -> Iterator[Finding]:
    """Yield areas with too much ink, and text that hardly differs from what lies under it; places y up."""
    total = plates.total()
    if limits.printed and total is not None:
        part = plates.pixels(view.bleed)
        inside = total.crop(part)
        # Sums of four rounded values are up to 1 % off.
        over = inside.point([255 if v > limits.ink / 4 * 255 + 1.5 else 0 for v in range(256)])
        count = over.histogram()[255]
        if count >= _SPECK:
            x0, y0, x1, y1 = over.getbbox() or (0, 0, 0, 0)
            place = plates.area((x0 + part[0], y0 + part[1], x1 + part[0], y1 + part[1]))
            most: Any = inside.getextrema()[1]
            yield Finding(
                "ink",
                "there is too much ink",
                place=place,
                value=round(float(most) / 255 * 400),
                limit=round(limits.ink * 100),
                unit="%",
            )
    seen: set[tuple[str, int, int]] = set()
    for mark in view.marks:
        if mark.kind != "text" or not mark.box.w:
            continue
        color = _seen(mark.ink.space, mark.ink.values)
        key = (str(mark.ink), int(mark.box.x / 40), int(mark.box.y / 40))
        if color is None or key in seen:
            continue
        seen.add(key)
        under = plates.ground.crop(plates.pixels(mark.box)).resize((1, 1), 4).getpixel((0, 0))
        assert isinstance(under, tuple)
        contrast = color.contrast(Color(*(v / 255 for v in under[:3])))
        if contrast < limits.contrast:
            yield Finding(
                "contrast",
                "text hardly differs from what lies under it",
                place=mark.box,
                value=round(contrast, 2),
                limit=limits.contrast,
            )


def _single(data: bytes, number: int) -> Any:
    """Return a file with one page of another."""
    import pikepdf

    one = pikepdf.open(io.BytesIO(data))
    for key in ("/StructTreeRoot", "/Outlines", "/AcroForm", "/OutputIntents"):
        if key in one.Root:
            del one.Root[key]
    del one.pages[number + 1 :]
    del one.pages[:number]
    page = one.pages[0].obj
    page["/Rotate"] = 0  # places are counted on the page as it lies in the file
    if "/UserUnit" in page:
        del page["/UserUnit"]
    return one


def _without_text(pdf: Any) -> None:
    """Take the text out of a file of one page."""
    import pikepdf

    for source, stream, _ in contents(pdf):
        kept = [i for i in pikepdf.parse_content_stream(source) if str(i.operator) not in _TEXT]
        stream.write(pikepdf.unparse_content_stream(kept))


def _drawn(pdf: Any) -> Image:
    """Draw a file's only page."""
    import pypdfium2

    out = io.BytesIO()
    pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        drawn: Image = document[0].render(scale=DPI / 72, draw_annots=False).to_pil().convert("RGB")
        return drawn
    finally:
        document.close()


def _inverted(picture: Image) -> Image:
    """Return amounts of ink in place of light."""
    from PIL import ImageChops

    return ImageChops.invert(picture.convert("L"))


def _seen(space: str, values: tuple[float, ...]) -> Color | None:
    """Return about what a colour looks like; None where the file alone does not tell."""
    if space == "DeviceGray" and len(values) == 1:
        return Color(values[0], values[0], values[0])
    if space in ("DeviceRGB", "ICCBased3") and len(values) == 3:
        return Color(*values)
    if space in ("DeviceCMYK", "ICCBased4") and len(values) == 4:
        c, m, y, k = values
        return Color((1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k))
    return None
