"""Which renderer writes which kind of file: a new one is a file beside this one and a row here.

Each is imported when it is first used: an SVG needs no reportlab and a PDF no svgwrite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from banana_layout.font.book import FontBook
from banana_layout.scene.item import Scene


class Renderer(msgspec.Struct, frozen=True):
    """A way to write pages."""

    draw: Callable[[Sequence[Scene], FontBook, float], bytes]
    """Takes pages, fonts and a resolution in dots an inch (used where there are dots); returns the file."""
    whole: bool
    """Whether one file holds all pages; else `draw` takes exactly one."""


def _pdf(scenes: Sequence[Scene], book: FontBook, dpi: float) -> bytes:
    """Draw pages as one PDF file."""
    from banana_layout.render.pdf.document import to_pdf

    return to_pdf(scenes, book)


def _svg(scenes: Sequence[Scene], book: FontBook, dpi: float) -> bytes:
    """Draw one page as SVG."""
    from banana_layout.render.svg import to_svg

    (scene,) = scenes
    return to_svg(scene, book).encode()


def _png(scenes: Sequence[Scene], book: FontBook, dpi: float) -> bytes:
    """Draw one page as PNG."""
    from banana_layout.render.png import to_png

    (scene,) = scenes
    return to_png(scene, book, dpi)


RENDERERS: dict[str, Renderer] = {
    ".pdf": Renderer(_pdf, whole=True),
    ".svg": Renderer(_svg, whole=False),
    ".png": Renderer(_png, whole=False),
}
"""By the output file's suffix, in lower case."""
