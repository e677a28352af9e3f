"""Where things stand: from markdown-it's line numbers and cut-together texts back to offsets in the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from banana_layout.source import Diagnostic, Source, Span
from banana_layout.syntax.inlines import Surroundings
from banana_layout.syntax.text_places import Offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


class Page(Surroundings, Protocol):
    """What blocks need to know of the document around them."""

    source: Source
    """What spans count in."""
    text: str
    """What was parsed: as long as the source's text, with what is no Markdown blanked."""
    starts: Sequence[int]
    """Offset of each line's first character."""
    ends: Sequence[int]
    """Offset after each line's last character."""

    def heading_id(self, line: int) -> str:
        """Return the id of the heading at a line, counted from 0."""

    def keep(self, warning: Diagnostic) -> None:
        """Note a finding somebody else made."""


def line_span(page: Page, first: int, last: int) -> Span:
    """Return the stretch from one line to before another, without the blanks around it."""
    start = page.starts[first]
    end = page.ends[min(last, len(page.ends)) - 1]
    text = page.text[start:end]
    body = text.strip()
    if not body:
        return Span(start, start)
    lead = len(text) - len(text.lstrip())
    return Span(start + lead, start + lead + len(body))


def line_offsets(page: Page, inline: Token) -> Offsets:
    """Return where the lines of an inline token's text stand.

    markdown-it cuts what stands before a line (indents, `>`, list markers) and the blanks at both ends, so each of its
    lines is the last occurrence of itself in its source line.
    """
    first = (inline.map or [0])[0] + int(inline.meta.get("cut", 0))
    inside: list[int] = []
    outside: list[int] = []
    at = 0
    for index, line in enumerate(inline.content.split("\n")):
        number = min(first + index, len(page.ends) - 1)
        inside.append(at)
        outside.append(code_line_start(page, number, line))
        at += len(line) + 1
    return Offsets(tuple(inside), tuple(outside))


def code_line_start(page: Page, number: int, line: str) -> int:
    """Return where a line that lost its indent begins in its source line."""
    if number >= len(page.starts):
        return len(page.text)
    start, end = page.starts[number], page.ends[number]
    if not line:
        return end
    found = page.text.rfind(line, start, end)
    if found < 0:  # a tab was cut in two: the blanks are not the source's
        found = page.text.rfind(line.lstrip(), start, end) - (len(line) - len(line.lstrip()))
    return max(found, start)


def split_cells(row: str, start: int) -> list[tuple[str, Offsets]]:
    r"""Return a table row's cells and where they stand (GFM section 4.10: `\|` is a pipe, outer pipes are optional)."""
    cells: list[tuple[str, Offsets]] = []
    end = len(row.rstrip(" \t"))
    begin = at = 0
    inside, outside, text = [0], [start], ""
    while at <= end:
        char = row[at] if at < end else "|"
        if char == "|" and at < end and at and row[at - 1] == "\\":
            text += row[begin : at - 1]
            inside.append(len(text))
            outside.append(start + at)
            begin = at
        elif char == "|":
            text += row[begin:at]
            cells.append(_trimmed(text, Offsets(tuple(inside), tuple(outside))))
            begin = at + 1
            inside, outside, text = [0], [start + begin], ""
        at += 1
    if cells and row.startswith("|"):
        cells.pop(0)
    if cells and row[:end].endswith("|") and not row[:end].endswith("\\|"):
        cells.pop()
    return cells


def _trimmed(text: str, offsets: Offsets) -> tuple[str, Offsets]:
    """Return a cell's text without the blanks around it."""
    body = text.strip()
    if not body:
        return "", offsets
    return body, offsets.after(len(text) - len(text.lstrip()))
