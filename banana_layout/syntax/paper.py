"""Paper sizes by name and by measure."""

from __future__ import annotations

import re

from banana_layout.model.document import PageSize
from banana_layout.syntax.track import UNITS, parse_length

_MM = UNITS["mm"]
_NAMES: dict[str, tuple[str, float, float]] = {
    "a3": ("A3", 297, 420),
    "a4": ("A4", 210, 297),
    "a5": ("A5", 148, 210),
    "a6": ("A6", 105, 148),
    "b5": ("B5", 176, 250),
    "letter": ("letter", 215.9, 279.4),
    "legal": ("legal", 215.9, 355.6),
    "16:9": ("16:9", 13.333333333333334 * 25.4, 7.5 * 25.4),
}
"""Name, width and height in mm as the paper usually lies (ISO 216, ANSI, and a 13.33 in wide slide)."""

NAMES = tuple(name for name, _, _ in _NAMES.values())
"""What a page may be called."""

SMALLEST_MM, LARGEST_MM = 20.0, 5080.0
"""Extents a page may have; the larger one is PDF's own bound (ISO 32000-1, annex C: 14,400 units)."""

_MEASURE = re.compile(r"([\d.]+)\s*(mm|cm|in|pt)?\s*[x×X*]\s*([\d.]+)\s*(mm|cm|in|pt)", re.IGNORECASE)
_TURNED = re.compile(
    r"(?P<before>landscape|portrait|가로|세로|横|縦)(?:형|방향|向き)?[\s,_/-]+(?P<rest>.+)|(?P<size>.+?)[\s,_/-]+\(?(?P<after>landscape|portrait|가로|세로|横|縦)(?:형|방향|向き)?\)?",
    re.IGNORECASE,
)
LONGEST = 100
"""Nothing longer is a page's size."""
_LYING = ("landscape", "가로", "横")


def named(name: str) -> PageSize | None:
    """Return a paper by its name, or by a measure such as `200x100mm`; None where the text is neither.

    A word for how the paper lies may stand beside it, as in CSS (Paged Media, section 5): `A4 landscape`, `A4 가로`.
    """
    if len(name) > LONGEST:
        return None
    turn = _TURNED.fullmatch(name.strip())
    if turn is None:
        return _sized(name.strip())
    page = _sized(turn["rest"] or turn["size"])
    return page and turned(page, landscape=(turn["before"] or turn["after"]).lower() in _LYING)


def _sized(name: str) -> PageSize | None:
    """Return a paper as it usually lies."""
    known = _NAMES.get(name.lower())
    if known:
        return PageSize(known[1] * _MM, known[2] * _MM, known[0])
    found = _MEASURE.fullmatch(name)
    if found is None:
        return None
    width = parse_length(found[1] + (found[2] or found[4]))
    height = parse_length(found[3] + found[4])
    return None if width is None or height is None else PageSize(width, height)


def is_possible(page: PageSize) -> bool:
    """Tell whether paper of that size can be made."""
    return all(SMALLEST_MM * _MM - 1e-9 <= extent <= LARGEST_MM * _MM + 1e-9 for extent in (page.width, page.height))


def turned(page: PageSize, *, landscape: bool) -> PageSize:
    """Return the paper lying or standing."""
    short, long = sorted((page.width, page.height))
    return PageSize(long, short, page.name) if landscape else PageSize(short, long, page.name)
