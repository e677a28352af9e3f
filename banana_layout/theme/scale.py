"""Type sizes and their ratios."""

from __future__ import annotations

from typing import Annotated

import msgspec

Points = Annotated[float, msgspec.Meta(ge=1, le=2000)]
"""A size of type in points."""
Ratio = Annotated[float, msgspec.Meta(ge=0.1, le=10)]
"""A size relative to another."""


class TypeScale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes in points where the name says so, else as a share of the page's body size."""

    body_max_pt: Points = 14.6
    """The usual largest body: it is grown beyond only where every panel of the page has room."""
    body_roomy_pt: Points = 22.0
    """Body never grows beyond; on pages smaller than A4 to a like share of it, on larger ones to more."""
    body_min_pt: Points = 9.0
    """Body never shrinks below."""
    panel_min_ratio: Ratio = 0.8
    """A panel's text is at least this share of the page's body size."""
    heading: Ratio = 1.27
    """Panel titles."""
    hero_heading: Ratio = 1.43
    """The hero panel's title."""
    sub_heading: Ratio = 1.12
    """Headings inside a panel."""
    quote: Ratio = 0.98
    """Speech bubbles."""
    cell: Ratio = 0.98
    """Table cells."""
    header_cell: Ratio = 0.98
    """Table headers."""
    code: Ratio = 0.86
    """Code blocks."""
    small: Ratio = 0.82
    """Footnotes and captions."""
    subtitle_pt: Points = 12.8
    """Under the title, unless it must shrink to fit."""
    ribbon_pt: Points = 14.2
    """The kicker over the title."""
    title_max_pt: Points = 50.0
    """The title never grows beyond."""
    title_min_pt: Points = 16.0
    """The title never shrinks below."""
    node_max_pt: Points = 26.0
    """Diagram text never grows beyond."""
    node_warn_pt: Points = 6.0
    """Smaller diagram text is warned about."""
    node_min_pt: Points = 4.0
    """Smaller diagram text is an error."""
    leading: Ratio = 1.28
    """Distance of baselines in running text, in em."""
    leading_tight: Ratio = 1.22
    """Distance of baselines in cells, notes and quotes, in em."""
