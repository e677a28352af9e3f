"""Drawings in characters inside a panel: boxes, arrows, trees, small tables and lists become native content."""

from __future__ import annotations

from banana_layout.syntax.boxart.drawing import blocks_of
from banana_layout.syntax.boxart.hand import Hand

__all__ = ["Hand", "blocks_of"]
