"""Distances kept inside the four sides of a box."""

from __future__ import annotations

from typing import NamedTuple

from banana_layout.geometry.point import Pt


class Insets(NamedTuple):
    """What a box gives up on each side; negative values let it grow."""

    left: Pt = 0.0
    """Given up on the left."""
    top: Pt = 0.0
    """Given up at the top."""
    right: Pt = 0.0
    """Given up on the right."""
    bottom: Pt = 0.0
    """Given up at the bottom."""

    @classmethod
    def even(cls, amount: Pt) -> Insets:
        """Return the same inset on all four sides."""
        return cls(amount, amount, amount, amount)

    @property
    def across(self) -> Pt:
        """The two horizontal insets together."""
        return self.left + self.right

    @property
    def down(self) -> Pt:
        """The two vertical insets together."""
        return self.top + self.bottom
