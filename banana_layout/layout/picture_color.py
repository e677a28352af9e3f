"""Pictures in the colours of the page: what their own profile says becomes sRGB (ISO 15076-1)."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from banana_layout.resources import asset

if TYPE_CHECKING:
    from PIL.Image import Image

_LARGEST = 4_000_000
"""Longer profiles are not read."""
_NEAR = 3
"""A profile whose colours are so near to sRGB's, in 255 steps, says nothing new."""
_PRESS = "icc/FOGRA39L_coated.icc"
"""What four inks without a profile are taken for: offset on coated paper."""
_SRGB = "icc/sRGB2014.icc"
_STEPS = (0, 36, 73, 109, 146, 182, 219, 255)


def in_srgb(image: Image) -> Image | None:
    """Return a picture in sRGB, its clear parts kept; None where it is so already, or its profile cannot be used.

    Four inks without a profile are taken for the printing condition that comes along.
    """
    from PIL import ImageCms

    profile = image.info.get("icc_profile") or b""
    mode = {"CMYK": "CMYK", "L": "L", "LA": "L", "RGB": "RGB", "RGBA": "RGB", "P": "RGB"}.get(image.mode)
    if mode == "CMYK" and not profile:
        profile = asset(_PRESS).read_bytes()
    if mode is None or not profile or len(profile) > _LARGEST:
        return None
    try:
        transform = _transform(profile, mode)
        if mode != "CMYK" and _is_srgb(transform, mode):
            return None
        clear = image.mode in ("LA", "RGBA") or "transparency" in image.info
        made = ImageCms.applyTransform(image.convert(mode), transform)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return _taken_for_press(image) if mode == "CMYK" else None
    if made is not None and clear:
        made.putalpha(image.convert("RGBA").getchannel("A"))
    return made


def _taken_for_press(image: Image) -> Image | None:
    """Return four inks whose own profile cannot be used."""
    from PIL import ImageCms

    return ImageCms.applyTransform(image, _transform(asset(_PRESS).read_bytes(), "CMYK"))


def _transform(profile: bytes, mode: str) -> Any:
    """Return the way from a profile's colours to sRGB."""
    from PIL import ImageCms

    own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    srgb = ImageCms.ImageCmsProfile(io.BytesIO(asset(_SRGB).read_bytes()))
    how = {"renderingIntent": ImageCms.Intent.RELATIVE_COLORIMETRIC, "flags": ImageCms.Flags.BLACKPOINTCOMPENSATION}
    made: Any = ImageCms.buildTransform(own, srgb, mode, "RGB", **how)  # type: ignore[arg-type]
    made.output_profile = srgb
    return made


def _is_srgb(transform: Any, mode: str) -> bool:
    """Whether a way changes colours by nothing worth telling."""
    from PIL import Image as Pillow
    from PIL import ImageChops, ImageCms

    values = [(v,) for v in _STEPS] if mode == "L" else [(r, g, b) for r in _STEPS for g in _STEPS for b in _STEPS]
    sample = Pillow.frombytes(mode, (len(values), 1), bytes(v for value in values for v in value))
    shown = ImageCms.applyTransform(sample, transform)
    assert shown is not None
    extremes: Any = ImageChops.difference(shown, sample.convert("RGB")).getextrema()
    return bool(max(high for _, high in extremes) <= _NEAR)
