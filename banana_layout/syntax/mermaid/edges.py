"""What the arrows between nodes mean."""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.model.flowchart import Head, LineStyle

LONGEST = 10
"""Longest edge in ranks; Mermaid's own limit."""

ARROW = re.compile(r"[xo<]?(?:--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?)|~~~+")
"""A whole arrow."""

ARROW_BELOW = re.compile(r"<?(?:--+[-xo>]|==+[=xo>]|-?\.+-[xo>]?)|~~~+")
"""A whole arrow on the line below its node: there a leading x or o is rather the next statement's node."""

OPENING = re.compile(r"[xo<]?(?:--|==|-\.)")
"""The first half of an arrow with its label inside."""

OPENING_BELOW = re.compile(r"<?(?:--|==|-\.)")
"""The same on the line below its node."""

CLOSING: dict[str, re.Pattern[str]] = {
    "normal": re.compile(r"(?:(?<=\s)[xo]|<)?--+[-xo>]"),
    "thick": re.compile(r"(?:(?<=\s)[xo]|<)?==+[=xo>]"),
    "dotted": re.compile(r"(?:(?<=\s)[xo]|<)?-?\.+-[xo>]?"),
}
"""The second half, by the first half's line. A letter x or o counts as a head only after a blank (Mermaid takes the
last letter of `A--hello-->B` for one)."""

MISSPELT = re.compile(
    r"<?(?:[-\u2013\u2014]+>+|=>+|\u2013\u2013+|\u2014+|[\u2192\u27f6\u279c\u2794\u21d2\u27f9])|<[-\u2013\u2014](?![-.])"
)
"""What people write for an arrow and Mermaid does not know: `->`, `=>`, a dash made by a word processor, `→`."""

_HEADS: dict[str, Head] = {">": "arrow", "x": "cross", "o": "circle"}
_START_HEADS: dict[str, Head] = {"<": "arrow", "x": "cross", "o": "circle"}


class Link(NamedTuple):
    """An arrow's meaning."""

    line: LineStyle
    """How the line is drawn."""
    source_head: Head
    """What stands at its start."""
    target_head: Head
    """What stands at its end."""
    length: int
    """Least number of ranks, 1 to 10."""
    odd: str = ""
    """What is wrong with its spelling, or empty."""


def whole(text: str) -> Link:
    """Return what an arrow without a label inside means.

    A head at the start counts only when the same kind stands at the end; Mermaid reads `x-->` as a longer `-->` and
    `<---` as a longer `---`.
    """
    body, end = text[:-1], _HEADS.get(text[-1], "none")
    start: Head = "none"
    odd = ""
    if _START_HEADS.get(text[0], "none") != "none":
        if _START_HEADS[text[0]] == end:
            start, body = end, body[1:]
        else:
            odd = "the heads at both ends differ; only the one at the end counts"
    if body.startswith("~"):
        return Link("invisible", "none", "none", min(LONGEST, max(1, len(body) - 1)))
    dots = text.count(".")
    line: LineStyle = "dotted" if dots else "thick" if body.startswith("=") else "normal"
    return Link(line, start, end, min(LONGEST, max(1, dots or len(body) - 1)), odd)


def opening_line(text: str) -> str:
    """Return the line style of an arrow's first half, as a key of `CLOSING`."""
    return "dotted" if "." in text else "thick" if "=" in text else "normal"


def halves(first: str, second: str) -> Link:
    """Return what an arrow with its label inside means; the length is the second half's."""
    link = whole(second)
    start = _START_HEADS.get(first[0], "none")
    odd = "" if opening_line(first) == link.line else "the two halves have different lines"
    if start == "none":
        return Link(link.line, link.source_head, link.target_head, link.length, odd or link.odd)
    if start != link.target_head:
        odd = odd or "the two halves have different heads"
    return Link(link.line, start, link.target_head, link.length, odd)
