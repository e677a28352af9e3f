"""What a check of a PDF file finds."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from banana_layout.geometry.rect import Rect

Rule = Literal[
    "annotation", "black-build", "bleed", "boxes", "color-space", "contrast", "encryption", "file", "font", "image-resolution",
    "ink", "intent", "line-width", "margin", "metadata", "overprint", "pages", "tags", "transparency", "type-size",
]  # fmt: skip
"""What is broken."""


class Finding(msgspec.Struct, frozen=True):
    """One thing that breaks a limit."""

    rule: Rule
    """What is broken."""
    message: str
    """What is the matter, in one sentence without place and numbers."""
    page: int | None = None
    """The page, from 1; None where the whole file is meant."""
    place: Rect | None = None
    """Where on the page, in points from the trim box's upper left corner; None where the whole page is meant."""
    value: float | str | None = None
    """What was found."""
    limit: float | str | None = None
    """What is allowed."""
    unit: str = ""
    """Of both, such as `pt` or `%`."""

    def render(self) -> str:
        """Return the finding as one line."""
        where = "" if self.page is None else f"page {self.page}: "
        if self.place is not None:
            where = f"page {self.page} at {self.place.x:.0f},{self.place.y:.0f} pt: "
        numbers = ""
        if self.value is not None:
            numbers = f" ({_said(self.value)}{_unit(self.unit)}"
            numbers += f", the limit is {_said(self.limit)}{_unit(self.unit)})" if self.limit is not None else ")"
        return f"{where}{self.rule}: {self.message}{numbers}"

    def to_dict(self) -> dict[str, Any]:
        """Return the finding as data."""
        return {
            "rule": self.rule,
            "message": self.message,
            "page": self.page,
            "place": None if (p := self.place) is None else {"x": p.x, "y": p.y, "w": p.w, "h": p.h},
            "value": self.value,
            "limit": self.limit,
            "unit": self.unit,
        }


def _said(value: float | str | None) -> str:
    """Return a value in few digits."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _unit(unit: str) -> str:
    """Return a unit as it stands behind a number."""
    return f" {unit}" if unit else ""
