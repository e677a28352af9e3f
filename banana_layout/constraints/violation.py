"""What a broken constraint says."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from banana_layout.geometry.point import Pt
from banana_layout.geometry.rect import Rect
from banana_layout.layout.result import LaidPage
from banana_layout.theme.theme import Theme


class Violation(msgspec.Struct, frozen=True):
    """One place where a page breaks a constraint."""

    constraint: str
    """Name of the constraint."""
    message: str
    """What is wrong, in one sentence without a full stop."""
    page: int
    """Number of the page, from 1."""
    panel: str = ""
    """Id of the panel it concerns, or empty."""
    rect: Rect | None = None
    """Where on the page."""
    amount: Pt = 0.0
    """By how much, in points, or in the constraint's own measure."""
    hint: str = ""
    """What would mend it."""

    def render(self) -> str:
        """Return the finding in one line, places in millimetres."""
        mm = 25.4 / 72
        where = f" at {self.rect.x * mm:.1f}, {self.rect.y * mm:.1f} mm" if self.rect is not None else ""
        hint = f"\n  hint: {self.hint}" if self.hint else ""
        return f"page {self.page}{where}: {self.constraint}: {self.message}{hint}"


class Constraint(msgspec.Struct, frozen=True):
    """Something that must hold of every page."""

    name: str
    """Such as `panels-disjoint`."""
    find: Callable[[LaidPage, Theme], Iterable[Violation]]
    """Yields where a page breaks it; the page's number is filled in later."""
