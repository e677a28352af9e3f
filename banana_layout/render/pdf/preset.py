"""What a PDF file is for: the standards it keeps and how its pages are printed."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.color import Color
from banana_layout.geometry.point import MM, Pt
from banana_layout.source import BananaError

Standard = Literal["a1b", "a2a", "ua1", "x1a", "x4"]
"""PDF/A-1b (ISO 19005-1), PDF/A-2a (ISO 19005-2), PDF/UA-1 (ISO 14289-1), PDF/X-1a:2003 (ISO 15930-4), PDF/X-4 (ISO 15930-7)."""


class Press(msgspec.Struct, frozen=True):
    """How pages are printed."""

    bleed: Pt = 3 * MM
    """How far the paper's pattern runs over the trimmed edge; 0 for none."""
    marks: bool = True
    """Whether crop marks stand outside the bleed."""
    registration: bool = False
    """Whether registration marks stand at the middle of each side, on every plate."""
    bars: bool = False
    """Whether patches of each ink and its half tone stand under the page."""
    slug: str = ""
    """A line of text under the page, outside the bleed; empty for none."""
    profile: bytes = b""
    """ICC profile of the printing condition, CMYK; empty for FOGRA39 on coated paper."""
    condition: str = ""
    """The printing condition's name where a profile is given; empty for the profile's own description."""
    ink_limit: float = 3.0
    """Most ink in one place, 1 being one plate's full tone."""
    grey: bool = False
    """Whether everything is printed in black ink alone."""
    overprint: bool = True
    """Whether black text is printed over what lies under it, so that plates that slip leave no white edges."""
    outline_text: bool = False
    """Whether text is drawn as shapes: nothing can be copied then, and no font is in the file; tags still tell the words."""
    spots: tuple[tuple[Color, str], ...] = ()
    """Colours that have an ink of their own, and its name, such as `PANTONE 116 C`."""


class Preset(msgspec.Struct, frozen=True):
    """What a file promises."""

    name: str
    """As the command line spells it."""
    standards: tuple[Standard, ...]
    """What it conforms to."""
    version: str = "1.7"
    """Of PDF, in the header."""
    press: Press | None = None
    """How it is printed; None for a file that is read on screens."""

    @property
    def tagged(self) -> bool:
        """Whether it says what everything means."""
        return "ua1" in self.standards or "a2a" in self.standards

    @property
    def flat(self) -> bool:
        """Whether it does without transparency (ISO 15930-4, 6.12; ISO 19005-1, 6.4)."""
        return "x1a" in self.standards

    @property
    def packed(self) -> bool:
        """Whether objects stand in compressed streams, which PDF 1.4 does not know (ISO 32000-1, 7.5.7)."""
        return self.version >= "1.5"

    @property
    def dated(self) -> bool:
        """Whether it must tell when it was made (ISO 15930-7, 6.7)."""
        return self.press is not None


SCREEN = Preset("screen", ("a2a", "ua1"))
"""Read on screens and by screen readers, archived, printed at home."""
PRINT = Preset("print", ("x4", "a2a", "ua1"), "1.6", Press())
"""For a print shop, with live transparency."""
PRINT_X1A = Preset("print-x1a", ("x1a", "a1b"), "1.4", Press())
"""For a print shop that wants everything flat."""
PRESETS = {p.name: p for p in (SCREEN, PRINT, PRINT_X1A)}
"""Each preset by its name."""


def preset(name: str, press: Press | None = None) -> Preset:
    """Return the preset of a name, printed as `press` says; BananaError where there is none, or `press` does not go with it."""
    found = PRESETS.get(name)
    if found is None:
        raise BananaError.single(f"there is no preset {name!r}", hints=(f"presets: {', '.join(PRESETS)}",))
    if press is None:
        return found
    if found.press is None:
        raise BananaError.single(
            f"the preset {name} is not printed: it takes no printing options", hints=("use --preset print",)
        )
    if not 0 <= press.bleed <= 50 * MM:
        raise BananaError.single(
            f"a bleed of {press.bleed / MM:g} mm is out of range", hints=("0 to 50 mm; shops ask for 3",)
        )
    if not 1.0 <= press.ink_limit <= 4.0:
        raise BananaError.single(
            f"an ink limit of {press.ink_limit * 100:g} % is out of range", hints=("100 to 400 %",)
        )
    if "x1a" in found.standards and press.profile[8:9] > b"\x02":
        # PDF 1.4 knows profiles of ICC.1:1999 and before (ISO 15930-4, 6.3; ISO 19005-1, 6.2.2).
        raise BananaError.single(
            f"PDF/X-1a takes output profiles of version 2, and this one is of version {press.profile[8]}",
            hints=("use --preset print, or the same profile in version 2",),
        )
    return msgspec.structs.replace(found, press=press)
