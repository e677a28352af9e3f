"""Writes a page of ours as Typst with everything given: what Typst's speed is measured on.

    python benchmarks/typst_page.py SHEET.md OUT.typ [--plain]

Every path of the page (paper, frames, pen strokes, highlights, emoji) becomes a curve, and every run of glyphs a text in
its face, size and place, so that Typst has nothing to decide: it shapes the runs and writes the same page as PDF. With
`--plain` the page has exact lines, as a hand that places things with Typst would draw it. Left out: what multiplies
(Typst has no blend modes; it becomes its opaque stand-in), clips (their outline is filled instead), and glyph variants.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from banana_layout.geometry.affine import Affine
from banana_layout.render.shape import cubics
from banana_layout.scene.item import GlyphRun, Group, Scene
from banana_layout.scene.item import Path as Drawn
from banana_layout.scene.paint import Paint

FAMILIES = {
    "gamja": "Gamja Flower",
    "poor-story": "Poor Story",
    "nanum-pen": "Nanum Pen Script",
    "bagel": "Bagel Fat One",
    "patrick-hand": "Patrick Hand",
    "yomogi": "Yomogi",
    "comic-mono": "Comic Mono",
    "comic-mono-bold": "Comic Mono",
    "noto-math": "Noto Sans Math",
    "noto-symbols": "Noto Sans Symbols 2",
    "noto-emoji": "Noto Emoji",
}
"""The names Typst knows our faces by."""
WORDS = {"M": "move", "L": "line", "C": "cubic", "Z": "close"}
"""Typst's words for a path's verbs."""


def typst_source(scene: Scene) -> str:
    """Return a page as Typst."""
    size = f"width: {scene.width:.3f}pt, height: {scene.height:.3f}pt"
    head = [
        f"#set page({size}, margin: 0pt, fill: {_color(scene.paper)})",
        '#set text(top-edge: "baseline", bottom-edge: "baseline")',
    ]
    return "\n".join((*head, *_items(scene.items, None))) + "\n"


def _items(items: tuple[Any, ...], matrix: Affine | None) -> Iterator[str]:
    """Yield items in drawing order."""
    for item in items:
        if isinstance(item, Drawn):
            yield from _path(item, matrix)
        elif isinstance(item, GlyphRun):
            yield from _run(item, matrix)
        elif isinstance(item, Group):
            inner = item.transform if matrix is None else item.transform.then(matrix) if item.transform else matrix
            if item.clip is not None:
                first = next((c for c in item.children if isinstance(c, Drawn)), None)
                if first is not None and first.fill is not None:
                    yield from _path(Drawn(first.key, item.clip, fill=first.fill), inner)
            else:
                yield from _items(item.children, inner)


def _path(item: Drawn, matrix: Affine | None) -> Iterator[str]:
    """Yield a path as a curve."""
    look = []
    if item.fill is not None:
        look.append(f"fill: {_color(item.fill)}")
    if item.stroke is not None:
        width = item.stroke.width
        look.append(f'stroke: (paint: {_color(item.stroke.paint)}, thickness: {width:.2f}pt, cap: "round")')
    if not look or not item.path.verbs:
        return
    outline = item.path if matrix is None else item.path.transformed(matrix)
    parts = []
    for verb, c in cubics(outline).segments():
        points = ", ".join(f"({c[i]:.2f}pt, {c[i + 1]:.2f}pt)" for i in range(0, len(c), 2))
        parts.append(f"curve.{WORDS[verb]}({points})")
    yield f"#place(curve({', '.join((*look, *parts))}))"


def _run(run: GlyphRun, matrix: Affine | None) -> Iterator[str]:
    """Yield a run of glyphs as a text; its characters come as a string, so that none means anything to Typst."""
    text = "".join(g.text for g in run.glyphs)
    if run.paint is None or run.face not in FAMILIES or not text.strip():
        return
    size, x, y = run.size, run.x, run.y
    if matrix is not None:
        x, y = matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f
        size *= abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    look = f'font: "{FAMILIES[run.face]}", size: {size:.2f}pt, fill: {_color(run.paint)}'
    yield f"#place(dx: {x:.2f}pt, dy: {y:.2f}pt, box(width: 600pt, text({look}, {json.dumps(text, ensure_ascii=False)})))"


def _color(paint: Paint) -> str:
    """Return a paint as Typst's colour."""
    if paint.blend != "normal" and paint.stand_in is not None:
        return f'rgb("{paint.stand_in.hex}")'
    return f'rgb("{paint.color.hex}{round(paint.opacity * 255):02x}")'


def of_sheet(sheet: Path, *, plain: bool = False) -> str:
    """Return a sheet's first page as Typst."""
    from banana_layout import pipeline

    return typst_source(pipeline.scenes(pipeline.read(sheet), plain=plain)[0])


def main() -> None:
    """Write the page."""
    Path(sys.argv[2]).write_text(of_sheet(Path(sys.argv[1]), plain="--plain" in sys.argv), encoding="utf-8")


if __name__ == "__main__":
    main()
