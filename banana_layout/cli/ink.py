"""Lays out inputs and draws finished scenes in the formats a command asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from banana_layout.cli.option import Look, read_document, read_theme
from banana_layout.cli.output import Target, Written
from banana_layout.cli.terminal import followed
from banana_layout.source import BananaError

if TYPE_CHECKING:
    from banana_layout.layout.result import Layout
    from banana_layout.render.pdf.preset import Preset
    from banana_layout.scene.item import Scene

LARGEST_IMAGE = 100_000_000
"""A PNG has at most so many pixels."""


def lay_out(names: Sequence[str], look: Look, *, demanding: bool = True) -> list[Layout]:
    """Return each input laid out; `demanding` False leaves the constraints it asks for to whoever checks them."""
    from banana_layout import pipeline

    theme = read_theme(look.theme)
    found = []
    for name in followed(names, "laying out"):
        document, warnings = read_document(name, look)
        found.append(pipeline.layout(document, theme=theme, warnings=warnings, demanding=demanding))
    return found


def draw(scenes: Sequence[Scene], target: Target, dpi: float) -> Iterator[Written]:
    """Yield an output's files: one of all pages, or one a page where the format holds no more."""
    from banana_layout.font.book import FontBook
    from banana_layout.render.table import RENDERERS

    renderer = RENDERERS[f".{target.format}"]
    if renderer.whole:
        yield Written(target.path, renderer.draw(scenes, FontBook.standard(), dpi))
        return
    if target.path is None and len(scenes) > 1:
        raise BananaError.single(
            f"stdout holds one {target.format} but there are {len(scenes)} pages",
            hints=("write a PDF, or name a file",),
        )
    for page, scene in enumerate(scenes):
        if target.format == "png":
            _check_pixels(scene, dpi)
        data = renderer.draw((scene,), FontBook.standard(), dpi)
        yield Written(target.page_path(page, len(scenes)), data)


def printed(scenes: Sequence[Scene], target: Target, preset: Preset) -> Written:
    """Return a PDF file for a print shop, of all pages."""
    from banana_layout.font.book import FontBook
    from banana_layout.render.pdf.document import to_pdf

    return Written(target.path, to_pdf(scenes, FontBook.standard(), preset))


def _check_pixels(scene: Scene, dpi: float) -> None:
    """Refuse an image that would not fit into memory."""
    pixels = scene.width * scene.height * (dpi / 72) ** 2
    if pixels > LARGEST_IMAGE:
        raise BananaError.single(
            f"a PNG of {pixels / 1e6:.0f} million pixels is too large: at most {LARGEST_IMAGE // 10**6} million",
            hints=("ask for fewer dots",),
        )
