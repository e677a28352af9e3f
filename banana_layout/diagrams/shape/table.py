"""All shapes by name."""

from __future__ import annotations

import functools

from banana_layout.diagrams.shape.classic import CLASSIC
from banana_layout.diagrams.shape.form import Shape

SAME: dict[str, str] = {"note": "notch-rect", "state": "rounded", "composite": "rounded", "icon": "rounded"}
"""Undocumented names Mermaid accepts, and what they are drawn as."""


def shape(name: str) -> Shape:
    """Return a shape by its canonical name; a box for a name that is none."""
    name = SAME.get(name, name)
    return CLASSIC[name] if name in CLASSIC else every_shape().get(name, CLASSIC["rect"])


@functools.cache
def every_shape() -> dict[str, Shape]:
    """Return every shape of Mermaid's `@{ shape }` list, by canonical short name; few charts need more than the classic ones."""
    from banana_layout.diagrams.shape.mark import MARKS
    from banana_layout.diagrams.shape.process import PROCESS

    return {**CLASSIC, **PROCESS, **MARKS}
