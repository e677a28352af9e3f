"""Where things of a scene stand on a page of the file."""

from __future__ import annotations

from banana_layout.geometry.affine import Affine
from banana_layout.geometry.rect import Rect


def mapped(rect: Rect, matrix: Affine) -> Rect:
    """Return the box of a rectangle's image."""
    if matrix.is_identity:
        return rect
    corners = [matrix.apply(c) for c in rect.corners]
    return Rect.spanning(
        min(c.x for c in corners), min(c.y for c in corners), max(c.x for c in corners), max(c.y for c in corners)
    )


def enlargement(matrix: Affine) -> float:
    """Return by how much a map enlarges lines."""
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)
