"""Draws the README's gallery anew: `python assets/gallery/build.py` writes every picture beside this file."""

# ruff: noqa: INP001 - a script, no package
from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

import banana_layout
from banana_layout import pipeline

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent / "samples"
LONG_SIDE = 900
"""Pixels."""
LARGEST = 150_000
"""Bytes a picture may have."""
PAGES = (
    (SAMPLES / "inference.md", "nano-banana"),
    (SAMPLES / "inference-overview.md", "nano-banana"),
    (SAMPLES / "inference.md", "exam-notes"),
    (SAMPLES / "inference.md", "chalkboard"),
    (SAMPLES / "inference-overview.md", "kraft"),
    (SAMPLES / "inference.md", "blueprint"),
    *((path, "") for path in sorted(HERE.glob("*.md"))),
)
"""Sheets and the themes they are shown in; an empty theme is the sheet's own."""


def main() -> None:
    """Write every picture, each in as many colours as its bytes allow."""
    for path, theme in PAGES:
        laid = banana_layout.layout(pipeline.read(path), theme=theme or None)
        page = laid.pages[0].scene
        dpi = LONG_SIDE / max(page.width, page.height) * 72
        picture = Image.open(io.BytesIO(banana_layout.to_png(laid, dpi=dpi * 2))).convert("RGB")
        picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        name = f"{path.stem}-{theme}.png" if theme else f"{path.stem}.png"
        (HERE / name).write_bytes(small(picture))


def small(picture: Image.Image) -> bytes:
    """Return a picture as PNG within the limit."""
    for colors in (256, 192, 128, 96, 64, 48):
        out = io.BytesIO()
        reduced = picture.quantize(colors, Image.Quantize.MEDIANCUT, kmeans=3, dither=Image.Dither.NONE)
        reduced.save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


if __name__ == "__main__":
    main()
