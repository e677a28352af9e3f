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
    count: int = 1
    """In how many places it is so; more than 1 where a page has very many and the last stands for the rest."""

    def render(self) -> str:
        """Return the finding as one line; `report` puts equal ones together."""
        where = "" if self.page is None else f"page {self.page}: "
        if self.place is not None:
            where = f"page {self.page} at {round(self.place.x)},{round(self.place.y)} pt: "
        numbers = self.numbers()
        return f"{where}{self.rule}: {self.message}" + (f" ({numbers})" if numbers else "")

    def numbers(self) -> str:
        """Return what was found and what is allowed; empty where nothing was measured."""
        if self.value is None:
            return ""
        found = f"{_said(self.value)}{_unit(self.unit)}"
        return found if self.limit is None else f"{found}, the limit is {_said(self.limit)}{_unit(self.unit)}"

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
            "count": self.count,
        }


def _said(value: float | str | None) -> str:
    """Return a value in few digits."""
    if not isinstance(value, float):
        return str(value)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _unit(unit: str) -> str:
    """Return a unit as it stands behind a number."""
    return f" {unit}" if unit else ""
