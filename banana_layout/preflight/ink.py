"""How much ink a page takes in each place, and how text reads on what lies under it.

The plates are drawn by pdfium, which knows no inks: for each plate the page's colours are replaced by the grey of that plate
alone. Greys multiply as amounts of ink do, so opacity and blend modes come out as on a press (ISO 32000-1, 11.3.5).
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

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 72.0
"""Resolution of the plates; areas smaller than a point do not smear."""
_SPECK = 4
"""Fewer pixels than this are an edge, not an area."""
_UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What decoding a damaged picture raises."""
_TEXT = frozenset(("Tj", "TJ", "'", '"'))


class Plates(msgspec.Struct, frozen=True):
    """A page's plates."""

    inks: tuple[Image, ...]
    """Cyan, magenta, yellow, black: 255 is full tone; none where the page has no inks."""
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
        for plate in range(4) if printed else ():
            with _single(data, number) as one:
                _to_plate(one, plate)
                inks.append(_inverted(_drawn(one)))
        with _single(data, number) as one:
            _edit(one, lambda operands, op: None if op in _TEXT else operands)
            ground = _drawn(one)
        return cls(tuple(inks), ground, DPI / 72, min(x0, x1), max(y0, y1))

    def total(self) -> Image | None:
        """Return the sum of the plates, 255 being 400 %; None where the page has no inks."""
        from PIL import ImageChops

        if len(self.inks) != 4:
            return None
        c, m, y, k = self.inks
        return ImageChops.add(ImageChops.add(c, m, 2), ImageChops.add(y, k, 2), 2)

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
    return one


def _to_plate(pdf: Any, plate: int) -> None:
    """Leave of a page's colours only the share of one plate, as grey."""
    import pikepdf

    def grey(operands: Any, op: str) -> Any:
        if op in ("k", "K"):
            return [1 - float(operands[plate])], ("g" if op == "k" else "G")
        if op in ("g", "G"):
            return operands if plate == 3 else [1], op
        if op in ("rg", "RG"):
            return [1 - _share([float(v) for v in operands], plate)], ("g" if op == "rg" else "G")
        return operands

    _edit(pdf, grey)
    pictures = [o for o in pdf.objects if getattr(o, "_type_name", "") == "stream" and o.get("/Subtype") == "/Image"]
    masks = {
        o[key].objgen
        for o in pictures
        for key in ("/SMask", "/Mask")
        if getattr(o.get(key), "_type_name", "") == "stream"
    }
    for picture in pictures:
        if picture.objgen not in masks and not picture.get("/ImageMask", False):
            _picture_to_plate(picture, plate)
    for found in pdf.objects:
        if getattr(found, "_type_name", "") != "dictionary":
            continue
        if found.get("/S") == "/Transparency" and "/CS" in found:
            found["/CS"] = pikepdf.Name("/DeviceGray")
        if found.get("/op", found.get("/OP", False)) is True and int(found.get("/OPM", 0)) == 1:
            found["/BM"] = pikepdf.Name("/Multiply")  # an ink of which there is nothing leaves what lies under it


def _share(rgb: list[float], plate: int) -> float:
    """Return about how much of one ink a screen's colour would take, with black for all that is grey in it."""
    light = max(rgb)
    if plate == 3:
        return 1 - light
    return (light - rgb[plate]) / light if light > 0 else 0.0


def _picture_to_plate(image: Any, plate: int) -> None:
    """Leave of a picture only one plate, as grey; one that cannot be decoded stays as it is."""
    import pikepdf
    from PIL import Image as Pillow
    from PIL import ImageChops

    # A mask stays one: decoded with the picture, it would take the inks away.
    kept = {key: image[key] for key in ("/SMask", "/Mask") if key in image}
    for key in kept:
        del image[key]
    try:
        picture: Any = pikepdf.PdfImage(image).as_pil_image()
    except (pikepdf.PdfError, OSError, RuntimeError, *_UNREADABLE):
        return
    finally:
        for key, mask in kept.items():
            image[key] = mask
    if picture.mode == "CMYK":
        made = ImageChops.invert(picture.split()[plate])
    else:
        made = picture.convert("L") if plate == 3 else Pillow.new("L", picture.size, 255)
    image.write(made.tobytes())
    image["/ColorSpace"], image["/BitsPerComponent"] = pikepdf.Name("/DeviceGray"), 8
    for key in ("/Decode", "/DecodeParms", "/Intent"):
        if key in image:
            del image[key]


def _edit(pdf: Any, change: Any) -> None:
    """Replace the operators of the page and of all forms: None drops one, a pair gives operands and operator."""
    import pikepdf

    page = pdf.pages[0]
    page.contents_coalesce()
    forms = [o for o in pdf.objects if getattr(o, "_type_name", "") == "stream" and o.get("/Subtype") == "/Form"]
    for source, stream in ((page, page.obj["/Contents"]), *((form, form) for form in forms)):
        out: list[Any] = []
        for instruction in pikepdf.parse_content_stream(source):
            op = str(instruction.operator)
            made = instruction.operands if op == "INLINE IMAGE" else change(instruction.operands, op)
            if isinstance(made, tuple):
                out.append((made[0], pikepdf.Operator(made[1])))
            elif op == "INLINE IMAGE":
                out.append(instruction)
            elif made is not None:
                out.append((made, instruction.operator))
        stream.write(pikepdf.unparse_content_stream(out))


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
