"""Draws finished layouts in the formats a command asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from banana_layout.cli.option import Look, read_document, read_theme
from banana_layout.cli.output import Target, Written
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout

LARGEST_IMAGE = 100_000_000
"""A PNG has at most so many pixels."""


class Ink(NamedTuple):
    """How pages are drawn."""

    preset: str
    """What a PDF is made for."""
    dpi: float
    """Dots per inch of a PNG."""
    plain: bool
    """Whether lines are exact instead of a hand's."""


def lay_out(names: Sequence[str], look: Look) -> list[Layout]:
    """Return each input laid out."""
    from banana_layout import pipeline

    theme = read_theme(look.theme)
    found = []
    for name in names:
        document, warnings = read_document(name, look)
        found.append(pipeline.layout(document, theme=theme, warnings=warnings))
    return found


def draw(layouts: Sequence[Layout], target: Target, ink: Ink) -> Iterator[Written]:
    """Yield an output's files: one PDF of all pages, or a file a page."""
    from banana_layout import pipeline

    if target.format == "pdf":
        yield Written(target.path, pipeline.to_pdf(_joined(layouts), preset=ink.preset, plain=ink.plain))
        return
    pages = [(layout, page) for layout in layouts for page in range(len(layout.pages))]
    if target.path is None and len(pages) > 1:
        raise BananaError.single(
            f"stdout holds one {target.format} but there are {len(pages)} pages", hints=("write a PDF, or name a file",)
        )
    for number, (layout, page) in enumerate(pages):
        path = target.page_path(number, len(pages))
        if target.format == "svg":
            yield Written(path, pipeline.to_svg(layout, page, plain=ink.plain).encode())
        else:
            _check_pixels(layout, page, ink.dpi)
            yield Written(path, pipeline.to_png(layout, page, dpi=ink.dpi, plain=ink.plain))


def _joined(layouts: Sequence[Layout]) -> Layout:
    """Return all pages as one layout; title, author and hand are the first one's."""
    first = layouts[0]
    return (
        first if len(layouts) == 1 else msgspec.structs.replace(first, pages=tuple(p for n in layouts for p in n.pages))
    )


def _check_pixels(layout: Layout, page: int, dpi: float) -> None:
    """Refuse an image that would not fit into memory."""
    laid = layout.pages[page]
    pixels = laid.width * laid.height * (dpi / 72) ** 2
    if pixels > LARGEST_IMAGE:
        raise BananaError.single(
            f"a PNG of {pixels / 1e6:.0f} million pixels is too large: at most {LARGEST_IMAGE // 10**6} million",
            hints=("lower --dpi",),
        )
