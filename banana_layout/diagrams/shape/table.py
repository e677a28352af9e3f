"""All shapes by name."""

from __future__ import annotations

from banana_layout.diagrams.shape.classic import CLASSIC
from banana_layout.diagrams.shape.form import Shape
from banana_layout.diagrams.shape.mark import MARKS
from banana_layout.diagrams.shape.process import PROCESS

SHAPES: dict[str, Shape] = {**CLASSIC, **PROCESS, **MARKS}
"""Every shape of Mermaid's `@{ shape }` list, by canonical short name."""

SAME: dict[str, str] = {"note": "notch-rect", "state": "rounded", "composite": "rounded", "icon": "rounded"}
"""Undocumented names Mermaid accepts, and what they are drawn as."""


def shape(name: str) -> Shape:
    """Return a shape by its canonical name; a box for a name that is none."""
    return SHAPES.get(SAME.get(name, name), SHAPES["rect"])
