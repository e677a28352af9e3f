"""Paragraphs: prepared text set in lines of a size and a measure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.geometry.size import Size
from banana_layout.scene.frame import Frame, Placed
from banana_layout.scene.item import Group, Role
from banana_layout.text.line import BOX_BOTTOM, BOX_TOP, Pen, line_items
from banana_layout.text.lines import broken, count
from banana_layout.text.prepared import Prepared, Run, prepare
from banana_layout.text.unit import Unit

__all__ = ["Prepared", "Run", "Setting", "height", "paragraph", "prepare"]

_KEPT_BREAKS = 64
_LEAST_MEASURE = 1e-3


class Setting(msgspec.Struct, frozen=True):
    """How prepared text is set."""

    size: Pt
    """Nominal type size."""
    measure: Pt
    """Widest a line may be."""
    leading: float = 1.28
    """Distance of baselines, in em."""
    align: Literal["left", "center", "right"] = "left"
    """Where lines stand in the frame."""
    balance: bool = False
    """Whether lines are made about equally long: headings and labels."""
    style: str = "body"
    """What kind of lines these are, as the layout's geometry names it."""
    key: str = ""
    """Prefix of the items' keys; unique on the page."""
    role: Role = ""
    """What the paragraph means; empty leaves its lines ungrouped."""


def height(prepared: Prepared, size: Pt, measure: Pt, leading: float) -> tuple[int, Pt]:
    """Return how many lines the text takes and how tall they are: the same as `paragraph`, without making them."""
    em = max(measure / size, _LEAST_MEASURE)
    lines = sum([count(row, em) for _, row in prepared.fitted(em)])
    return lines, lines * leading * size


def paragraph(prepared: Prepared, setting: Setting) -> Frame:
    """Return the text in lines, as wide as its widest line; the first baseline is the frame's.

    Vertical metrics count from the Hangul box (0.70 em above the baseline to 0.10 em below), which stands in the middle
    of each line's height (leading times size), never from a font's ascent and descent.
    """
    size, tall = setting.size, setting.leading * setting.size
    lines = _lines(prepared, setting)
    widths = [math.fsum([u.width + u.space_width for u in line]) - line[-1].space_width for line, _ in lines]
    widest = max(widths, default=0.0)
    share = {"left": 0.0, "center": 0.5, "right": 1.0}[setting.align]
    baseline = ((setting.leading - BOX_TOP - BOX_BOTTOM) / 2 + BOX_TOP) * size
    children = []
    for i, ((line, ended), width) in enumerate(zip(lines, widths, strict=True)):
        key = f"{setting.key}/line{i}"
        x, top = (widest - width) * share * size, i * tall
        items, text = line_items(prepared, line, Pen(key, size, x, top + baseline))
        group = Group(
            key=key,
            children=items,
            role="line",
            rect=Rect(x, top, width * size, tall),
            text=text,
            size=size,
            style=setting.style,
            after=" " if (ended or line[-1].space) and i + 1 < len(lines) else "",
        )
        children.append(Placed(0.0, 0.0, group))
    return Frame(
        size=Size(widest * size, len(lines) * tall),
        children=tuple(children),
        baseline=baseline if lines else None,
        group=Group(key=setting.key, children=(), role=setting.role) if setting.role else None,
    )


def _lines(prepared: Prepared, setting: Setting) -> Sequence[tuple[tuple[Unit, ...], bool]]:
    """Return the units of each line and whether the author ended it; remembered, since fitting often ends where it measured."""
    measure = max(setting.measure / setting.size, _LEAST_MEASURE)
    kept: dict[tuple[float, bool], list[tuple[tuple[Unit, ...], bool]]] = prepared.__dict__.setdefault("_broken", {})
    key = (measure, setting.balance)
    known = kept.get(key)
    if known is None:
        if len(kept) >= _KEPT_BREAKS:
            kept.clear()
        known = kept[key] = []
        for units, row in prepared.fitted(measure):
            start = 0
            for end in broken(row, measure, setting.balance):
                known.append((units[start:end], end == len(units)))
                start = end
    return known
