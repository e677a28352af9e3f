"""Raster pictures as PDF image objects: JPEG as it is, PNG decoded by Pillow with its alpha as a soft mask."""

from __future__ import annotations

import io
import struct
from typing import NamedTuple

from banana_layout.color import Color
from banana_layout.render.pdf.coverage import Amounts
from banana_layout.render.pdf.inks import Inks, ScreenInks
from banana_layout.render.pdf.objects import Objects, Value
from banana_layout.scene.item import Image
from banana_layout.source import BananaError

_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
"""JPEG markers that start a frame (ITU T.81, table B.1)."""


class Written(NamedTuple):
    """A picture that is in the file."""

    reference: Value
    """To its object."""
    heaviest: tuple[Amounts, ...] = ()
    """Ink that none of its places exceeds in every plate; empty where it goes to no press."""


def write(objects: Objects, image: Image, inks: Inks, ground: Color | None = None) -> Written:
    """Add a picture to the file; a BananaError where it cannot be read.

    On a press it is converted into inks. `ground` is what shows through a picture's clear parts in a file that knows no
    transparency.
    """
    if image.mime == "image/jpeg" and isinstance(inks, ScreenInks):
        frame = _jpeg_frame(image.data)
        if frame is not None:
            width, height, channels = frame
            space = objects.name("DeviceGray" if channels == 1 else "DeviceRGB")
            entries = _entries(objects, width, height, space)
            entries["Filter"] = objects.name("DCTDecode")
            return Written(objects.stream(image.data, entries, packed=False))
    return _decoded(objects, image, inks, ground)


def _decoded(objects: Objects, image: Image, inks: Inks, ground: Color | None) -> Written:
    """Add a picture decoded by Pillow."""
    from PIL import Image as Pillow

    try:
        with Pillow.open(io.BytesIO(image.data)) as picture:
            picture.load()
            clear = "A" in picture.getbands() or "transparency" in picture.info
            grey = picture.mode in ("L", "1") and not clear
            whole = picture.convert("RGBA" if clear else "L" if grey else "RGB")
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError) as error:
        raise BananaError.single(f"the picture {image.key} cannot be read: {error}") from error
    width, height = whole.size
    mask = whole.getchannel("A") if clear else None
    if mask is not None and ground is not None:
        paper = Pillow.new("RGB", whole.size, tuple(round(255 * v) for v in ground))
        paper.paste(whole, mask=mask)
        whole, mask = paper, None
    samples = inks.picture(whole)
    entries = _entries(objects, width, height, objects.name(samples.space))
    if mask is not None:
        soft = _entries(objects, width, height, objects.name("DeviceGray"))
        entries["SMask"] = objects.stream(mask.tobytes(), soft)
    return Written(objects.stream(samples.data, entries), samples.heaviest)


def _entries(objects: Objects, width: int, height: int, space: Value) -> dict[str, Value]:
    """Return what every image's dictionary says."""
    return {
        "Type": objects.name("XObject"),
        "Subtype": objects.name("Image"),
        "Width": width,
        "Height": height,
        "ColorSpace": space,
        "BitsPerComponent": 8,
    }


def _jpeg_frame(data: bytes) -> tuple[int, int, int] | None:
    """Return a JPEG's width, height and number of channels, or None where it is not plain grey or YCbCr with 8 bits."""
    at = 2
    while data[:2] == b"\xff\xd8" and at + 10 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _FRAMES:
            bits, height, width, channels = struct.unpack_from(">BHHB", data, at + 4)
            plain = bits == 8 and channels in (1, 3) and width and height and marker in (0xC0, 0xC1, 0xC2)
            return (width, height, channels) if plain else None
        if marker in (0x01, *range(0xD0, 0xD8)):
            at += 2
            continue
        at += 2 + int(struct.unpack_from(">H", data, at + 2)[0])
    return None
