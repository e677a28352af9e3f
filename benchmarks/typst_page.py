"""Writes a page of ours as Typst with every coordinate given: what Typst's speed is measured on.

    python benchmarks/typst_page.py SHEET.md OUT.typ

The paper's grid, each panel's frame, each line of text, the diagram's boxes, labels, edges and arrow heads stand where
`banana layout --json` says. Typst has nothing to decide; it shapes the text, and writes the PDF.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FACES = (
    '("Gamja Flower", "Poor Story", "Patrick Hand", "Yomogi", "Noto Emoji", "Noto Sans Symbols 2", "Noto Sans Math")'
)
TITLE = '("Bagel Fat One", "Noto Emoji")'
PENS = ("c2332a", "1f5bb5", "6844b0", "1c7349", "8a5500")
MARKERS = ("ffc4b5", "bfe0ff", "dccdfb", "c2ecc6", "ffe57a")


def typst_source(layout: dict[str, Any]) -> str:
    """Return the first page of a layout as Typst."""
    page = layout["pages"][0]
    parts = [
        f'#set page(width: {page["width"]:.3f}pt, height: {page["height"]:.3f}pt, margin: 0pt, fill: rgb("fffdf4"))',
        f'#set text(font: {FACES}, fill: rgb("2a2933"), top-edge: "ascender", bottom-edge: "descender")',
        *_grid(page["width"], page["height"]),
    ]
    for i, panel in enumerate(p for p in page["panels"] if p["id"] != "title"):
        pen, marker = PENS[i % 5], MARKERS[i % 5]
        parts.append(_rect(panel["rect"], f'radius: 8pt, stroke: 1.6pt + rgb("{pen}"), fill: rgb("ffffffb0")'))
        head = next((n for n in page["lines"] if n["panel"] == panel["id"] and n["role"] == "heading"), None)
        if head:
            parts.append(_rect(head["rect"], f'radius: 4pt, fill: rgb("{marker}")'))
            icon = {**head["rect"], "x": head["rect"]["x"] - 1.5 * head["size"]}
            parts.append(_text(icon, head["size"], panel["icon"] or ""))
    for line in page["lines"]:
        if line["role"] == "header":
            parts.append(_rect(line["rect"], f'fill: rgb("{MARKERS[1]}")'))
        parts.append(_text(line["rect"], line["size"], line["text"], TITLE if line["role"] == "title" else ""))
    for diagram in page["diagrams"]:
        parts += _diagram(diagram)
    return "\n".join(parts) + "\n"


def _grid(width: float, height: float) -> Iterator[str]:
    """Yield the squares of the paper."""
    pitch = 5 / 25.4 * 72
    style = 'stroke: 0.4pt + rgb("cfdde6")'
    for i in range(1, math.ceil(width / pitch)):
        yield f"#place(line(start: ({i * pitch:.2f}pt, 0pt), end: ({i * pitch:.2f}pt, {height:.2f}pt), {style}))"
    for i in range(1, math.ceil(height / pitch)):
        yield f"#place(line(start: (0pt, {i * pitch:.2f}pt), end: ({width:.2f}pt, {i * pitch:.2f}pt), {style}))"


def _diagram(diagram: dict[str, Any]) -> Iterator[str]:
    """Yield a diagram's boxes, labels and edges."""
    for i, node in enumerate(diagram["nodes"]):
        look = f'stroke: 1.4pt + rgb("2a2933"), fill: rgb("{MARKERS[i % 5]}")'
        box = node["rect"]
        x, y, w, h = box["x"], box["y"], box["w"], box["h"]
        if node["shape"] == "diam":
            yield _polygon([(x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)], look)
        elif node["shape"] == "lean-r":
            yield _polygon([(x + h / 4, y), (x + w, y), (x + w - h / 4, y + h), (x, y + h)], look)
        else:
            yield _rect(box, f"radius: {min(w, h) / 2 if node['shape'] == 'stadium' else 4:.2f}pt, {look}")
        text, rows = node["text"], node["label"].split("\n")
        icon, _, rest = rows[0].partition(" ")
        if rest and not icon.isalnum() and not icon.isascii():
            rows[0] = rest
            size = min(26.0, 0.8 * (text["y"] - y))
            yield _text({"x": x, "y": text["y"] - 1.25 * size, "w": w}, size, icon, center=True)
        for n, row in enumerate(rows):
            tall = text["h"] / len(rows)
            yield _text({"x": text["x"], "y": text["y"] + n * tall, "w": text["w"]}, 0.72 * tall, row, center=True)
    for edge in diagram["edges"]:
        points = edge["points"]
        curve = [f"curve.move(({points[0][0]:.2f}pt, {points[0][1]:.2f}pt))"]
        curve += [f"curve.line(({x:.2f}pt, {y:.2f}pt))" for x, y in points[1:]]
        yield f'#place(curve(stroke: 1.4pt + rgb("2a2933"), {", ".join(curve)}))'
        (x0, y0), (x1, y1) = points[-2:]
        angle = math.atan2(y1 - y0, x1 - x0)
        head = [(x1 - 7 * math.cos(angle + a), y1 - 7 * math.sin(angle + a)) for a in (0.45, -0.45)]
        yield _polygon([(x1, y1), *head], 'fill: rgb("2a2933")')
        if edge["label_rect"]:
            yield _rect(edge["label_rect"], 'fill: rgb("fff6cf")')
            yield _text(edge["label_rect"], edge["label_rect"]["h"] / 1.3, edge["label"], center=True)


def _rect(box: dict[str, float], look: str) -> str:
    """Return a rectangle."""
    size = f"width: {box['w']:.2f}pt, height: {box['h']:.2f}pt"
    return f"#place(dx: {box['x']:.2f}pt, dy: {box['y']:.2f}pt, rect({size}, {look}))"


def _polygon(points: list[tuple[float, float]], look: str) -> str:
    """Return a filled polygon."""
    return f"#place(polygon({look}, {', '.join(f'({x:.2f}pt, {y:.2f}pt)' for x, y in points)}))"


def _text(box: dict[str, float], size: float, text: str, font: str = "", *, center: bool = False) -> str:
    """Return a line of text; its characters come as a string, so that none means anything to Typst."""
    face = f"font: {font}, " if font else ""
    line = f"text({face}size: {size:.2f}pt, {json.dumps(text, ensure_ascii=False)})"
    if center:
        line = f"box(width: {box['w'] + 2 * size:.2f}pt, align(center, {line}))"
    left = box["x"] - (size if center else 0.0)
    return f"#place(dx: {left:.2f}pt, dy: {box['y']:.2f}pt, {line})"


def of_sheet(sheet: Path) -> str:
    """Return a sheet's first page as Typst."""
    from banana_layout import pipeline

    return typst_source(pipeline.layout(pipeline.read(sheet)).to_dict())


def main() -> None:
    """Write the page."""
    Path(sys.argv[2]).write_text(of_sheet(Path(sys.argv[1])), encoding="utf-8")


if __name__ == "__main__":
    main()
