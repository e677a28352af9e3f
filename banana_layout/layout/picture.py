"""Opens pictures: PNG and JPEG as they are, SVG as shapes; only files below the document's folder."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Literal

import msgspec

from banana_layout import resources
from banana_layout.geometry.path import Path as Outline
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.layout.contract import Context
from banana_layout.layout.picture_color import in_srgb
from banana_layout.scene.item import Group, Item, Path
from banana_layout.scene.item import Image as Raster
from banana_layout.source import BananaError, Diagnostic, Source, Span, Warned

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""Kinds of raster files that are read."""
MAX_PIXELS = 50_000_000
"""Most pixels a picture may have."""
MAX_BYTES = 40_000_000
"""Most bytes a picture file may have."""


class Picture(msgspec.Struct, frozen=True):
    """An opened picture."""

    size: Size
    """In pixels, or in an SVG's user units."""
    data: bytes | None = None
    """The encoded raster; None for shapes."""
    mime: Literal["image/png", "image/jpeg"] = "image/png"
    """What `data` is."""
    shapes: tuple[Path, ...] = ()
    """An SVG's shapes in its user units from its top left."""


def open_picture(path: str, root: FilePath | None, span: Span | None, source: Source | None) -> Warned[Picture | None]:
    """Return the picture a path names; None with a warning where it is remote, outside `root`, missing or unreadable."""

    def refused(why: str, *hints: str) -> Warned[Picture | None]:
        return Warned(
            None, (Diagnostic("warning", f"image {path!r} {why}: a frame stands in for it", span, hints, source),)
        )

    if "://" in path or path.startswith(("//", "data:")):
        return refused("is remote, and the engine never uses the network", "save it beside the document")
    if root is None:
        return refused(
            "cannot be opened: a text without a file has no folder",
            'read the document from a file, or name a folder in Python: Sheet(…, base="folder")',
        )
    file = resources.below(root, path)
    if file is None:
        return refused("lies outside the document's folder", "copy it below that folder")
    try:
        if file.exists() and not (file.is_file() or file.is_dir()):
            return refused("is a device or a pipe", "name a file")
        if file.stat().st_size > MAX_BYTES:
            return refused(f"is larger than {MAX_BYTES // 1_000_000} MB")
        data = file.read_bytes()
    except OSError as e:
        return refused(f"cannot be read ({e.strerror or e})", "check the path")
    try:
        return Warned(_decoded(data, file.suffix.lower()))
    except (BananaError, ValueError, OSError, SyntaxError, ZeroDivisionError, _bomb()) as e:
        # Pillow names the object it read from, whose address is another one in every run.
        return refused(f"is no picture that can be shown ({str(e).partition(' <_io.')[0]})", "use PNG, JPEG or SVG")


def _bomb() -> type[Exception]:
    """Return what Pillow raises for a picture that claims to be absurdly large."""
    from PIL import Image

    return Image.DecompressionBombError


def picture_of(path: str, span: Span | None, context: Context) -> Picture | None:
    """Return the picture a document names, opened once a layout call; None with a warning where it cannot be shown."""
    key = ("image", path)
    if key not in context.memo:
        root = FilePath(context.base) if context.base is not None else None
        found = open_picture(path, root, span, context.source)
        for warning in found.warnings:
            context.warn(warning)
        context.memo[key] = found.value
    opened: Picture | None = context.memo[key]
    return opened


def picture_item(picture: Picture, rect: Rect, alt: str, key: str) -> Item:
    """Return a picture drawn into a box of its own proportions."""
    if picture.data is not None:
        return Raster(key, rect, picture.data, picture.mime, alt)
    k = rect.w / picture.size.width
    shapes = tuple(_enlarged(shape, k, rect, f"{key}/shape{i}") for i, shape in enumerate(picture.shapes))
    return Group(key, shapes, clip=Outline.rect(rect), rect=rect)


def _enlarged(shape: Path, k: float, rect: Rect, key: str) -> Path:
    """Return a vector picture's shape at its final size and place."""
    outline = Outline(shape.path.verbs, tuple(v * k for v in shape.path.coords)).shifted(rect.x, rect.y)
    stroke = shape.stroke
    if stroke is not None:
        dash = (stroke.dash[0] * k, stroke.dash[1] * k) if stroke.dash else None
        stroke = msgspec.structs.replace(stroke, width=stroke.width * k, dash=dash)
    return msgspec.structs.replace(shape, key=key, path=outline, stroke=stroke)


@contextlib.contextmanager
def _whole_files() -> Iterator[None]:
    """Refuse files that are cut short, whatever another library in the process (WeasyPrint) has told Pillow to accept."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _decoded(data: bytes, suffix: str) -> Picture:
    """Return a picture from its bytes."""
    if suffix == ".svg" or data.lstrip()[:5] in (b"<?xml", b"<svg "):
        from banana_layout.layout.svg_picture import read_svg

        size, shapes = read_svg(data)
        return Picture(size, shapes=shapes)
    from PIL import Image, ImageOps

    # Only these: Pillow would hand PostScript to Ghostscript, a program of its own.
    with _whole_files(), Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > MAX_PIXELS:
            raise ValueError(f"{image.width} by {image.height} pixels, more than {MAX_PIXELS:,}")
        turned = image.getexif().get(0x0112, 1) != 1
        converted = in_srgb(image) if image.mode == "CMYK" or "icc_profile" in image.info else None
        if converted is not None:
            return _encoded(_upright(converted, image), image.format == "JPEG")
        if image.format == "JPEG" and image.mode in ("RGB", "L") and not turned:
            return Picture(Size(*image.size), data, "image/jpeg")
        if image.format == "PNG" and image.mode in ("RGB", "RGBA", "L"):
            return Picture(Size(*image.size), data, "image/png")
        return _encoded(ImageOps.exif_transpose(image).convert("RGBA"), False)


def _upright(made: Image, like: Image) -> Image:
    """Return a picture turned as another says of itself."""
    from PIL import ImageOps

    made.getexif().update({0x0112: like.getexif().get(0x0112, 1)})
    return ImageOps.exif_transpose(made)


def _encoded(image: Image, photographic: bool) -> Picture:
    """Return a picture made here, without anything its file said beside its pixels."""
    out = io.BytesIO()
    for said in ("icc_profile", "exif", "transparency"):
        image.info.pop(said, None)
    if photographic:
        image.save(out, "JPEG", quality=95, subsampling=0, icc_profile=None, exif=b"")
    else:
        image.save(out, "PNG", compress_level=6, icc_profile=None, exif=b"")
    return Picture(Size(*image.size), out.getvalue(), "image/jpeg" if photographic else "image/png")
