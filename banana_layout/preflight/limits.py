"""What a file is held to: what print shops publish, and what the standards ask for."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.geometry.point import MM, Pt
from banana_layout.source import BananaError


class Limits(msgspec.Struct, frozen=True):
    """The limits of one purpose."""

    purpose: Literal["screen", "print", "print-x1a"]
    """What the file is for."""
    printed: bool
    """Whether it goes to a press: inks, boxes and bleed count then."""
    tagged: bool
    """Whether it must say what everything means."""
    flat: bool = False
    """Whether it must do without transparency."""
    bleed: Pt = 3 * MM
    """How far the page must run over the cut."""
    safe: Pt = 3 * MM
    """How far text stays away from the cut."""
    line: Pt = 0.25
    """The thinnest line; presses lose thinner ones."""
    type: Pt = 5.0
    """The smallest type."""
    reversed_type: Pt = 6.0
    """The smallest light type on a dark ground, which ink runs into."""
    ink: float = 3.0
    """Most ink in one place, 1 being one plate's full tone; 2.8 on uncoated paper."""
    dpi: float = 300.0
    """Coarsest picture; 100 on screens."""
    contrast: float = 3.0
    """Least contrast of text with what lies under it (WCAG 2.2, 1.4.3, large text)."""


LIMITS = {
    "screen": Limits("screen", printed=False, tagged=True, bleed=0.0, safe=0.0, line=0.1, type=4.0, reversed_type=4.0, dpi=100.0),
    "print": Limits("print", printed=True, tagged=True),
    "print-x1a": Limits("print-x1a", printed=True, tagged=False, flat=True),
}  # fmt: skip
"""By preset."""


def limits(purpose: str) -> Limits:
    """Return a preset's limits; BananaError where there is none of that name."""
    found = LIMITS.get(purpose)
    if found is None:
        raise BananaError.single(f"there is no preset {purpose!r}", hints=(f"presets: {', '.join(LIMITS)}",))
    return found
