"""Type sizes and their ratios."""

from __future__ import annotations

import msgspec


class TypeScale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sizes in points where the name says so, else as a share of the page's body size."""

    body_max_pt: float = 14.6
    """Body never grows beyond."""
    body_min_pt: float = 9.0
    """Body never shrinks below."""
    panel_min_ratio: float = 0.8
    """A panel's text is at least this share of the page's body size."""
    heading: float = 1.27
    """Panel titles."""
    hero_heading: float = 1.43
    """The hero panel's title."""
    sub_heading: float = 1.12
    """Headings inside a panel."""
    quote: float = 0.98
    """Speech bubbles."""
    cell: float = 0.98
    """Table cells."""
    header_cell: float = 0.98
    """Table headers."""
    code: float = 0.86
    """Code blocks."""
    small: float = 0.82
    """Footnotes and captions."""
    subtitle_pt: float = 12.8
    """Under the title, unless it must shrink to fit."""
    ribbon_pt: float = 14.2
    """The kicker over the title."""
    title_max_pt: float = 50.0
    """The title never grows beyond."""
    title_min_pt: float = 16.0
    """The title never shrinks below."""
    node_max_pt: float = 26.0
    """Diagram text never grows beyond."""
    node_warn_pt: float = 6.0
    """Smaller diagram text is warned about."""
    node_min_pt: float = 4.0
    """Smaller diagram text is an error."""
    leading: float = 1.28
    """Distance of baselines in running text, in em."""
    leading_tight: float = 1.22
    """Distance of baselines in cells, notes and quotes, in em."""
