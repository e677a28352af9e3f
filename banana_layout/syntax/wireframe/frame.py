"""Finds a wireframe in a text: an outer frame with lines across it, its zones between them."""

from __future__ import annotations

import re
from typing import NamedTuple

from banana_layout.syntax.wireframe.arrange import Pane, Part, across, arrange, leads_on
from banana_layout.syntax.wireframe.glyph import letters
from banana_layout.syntax.wireframe.strip import Region, Strip, region_of

NARROWEST = 24
"""An outer frame is at least this many characters wide."""
NARROWEST_ASKED = 8
"""One that must be there is."""
WIDEST = 1000
"""A line longer than this is no part of a wireframe."""
TALLEST = 1500
"""A wireframe has at most this many lines."""
STRAY = 2
"""So many lines in a row may lack both borders."""

_TOP = re.compile(r"[ \t]*1-{10,}2?[ \t]*")
_TOP_ASCII = re.compile(r"[ \t]*\+-{10,}\+?[ \t]*")
_DIVIDED = re.compile(r"[ \t]*1-+(?:T-+)*2?[ \t]*")
_DIVIDED_ASCII = re.compile(r"[ \t]*\+-+(?:\+-+)*\+?[ \t]*")
"""A top edge that columns begin at: a wireframe's, where the columns are panels, or a table's."""
_HEADING = re.compile(r"^[ \t>]{0,6}#{1,6}[ \t]+(.+)$", re.MULTILINE)
_SHARE = re.compile(r"\d+(?:\.\d+)?\s*[%％]")
_BOTTOM = re.compile(r"[ \t]*3[-TA+]{8,}4?[ \t]*")
_BOTTOM_ASCII = re.compile(r"[ \t]*\+[-+]{10,}\+?[ \t]*")
_LABELLED = re.compile(r"[ \t]*[>+]-{2,} ?[^<>|]{1,60}? ?-{3,}[<+]?[ \t]*")
_QUOTED = re.compile(r"^(?:[ \t]{0,3}>){1,4}(?=[ \t]*(?:[┌┏╔╭╒╓┍┎│┃║├┠┣╠└┗╚╰┖┕╘╙|+`~]|$))", re.MULTILINE)
_QUICK = re.compile(r"^[ \t>]*(?:[┌┏╔╭╒╓┍┎][─━═┄┅┈┉╌╍┬┯┰┳╤╥╦]{10}|\+[-=]{10})", re.MULTILINE)
_TABLE_RULE = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*")
_PROSE = re.compile(r"[ \t]*(?:#{1,6}\s|```|~~~|\*\*)")


class Zone(NamedTuple):
    """What stands between two lines across the frame."""

    part: Part
    """Its panes."""
    lines: Region
    """Its lines between the frame's borders."""
    label: Strip | None = None
    """Words in the line above it."""
    above: Region = ()
    """Lines of nothing but arrows over its panes, and the line above it where that holds an arrow."""
    below: Region = ()
    """Lines of nothing but arrows under its panes."""


class Wireframe(NamedTuple):
    """A drawn layout."""

    first: int
    """Number of its first line, from 0."""
    last: int
    """Number of its last line."""
    start: int
    """Offset of its first line."""
    end: int
    """Offset after its last line."""
    zones: tuple[Zone, ...]
    """Top to bottom."""
    closed: bool
    """Whether its bottom is drawn."""

    @property
    def lines(self) -> int:
        """How many lines it takes."""
        return self.last - self.first + 1


def find(text: str, *, asked: bool = False) -> Wireframe | None:
    """Return the largest wireframe of a text, the first of equal ones; None where there is none.

    `asked` is for a text that must be one: it may be narrow, have one zone, and begin with columns.
    """
    return max(find_all(text, asked=asked), key=lambda w: (w.lines, -w.first), default=None)


def find_all(text: str, *, asked: bool = False) -> list[Wireframe]:
    """Return every wireframe of a text: an outer frame, nothing beside it, with at least one line across it.

    One whose top edge is divided could be a table: it counts where headings of the text name two of its panes.
    """
    if not asked and not _QUICK.search(text):
        return []
    lines = region_of(_unquoted(text))
    out: list[Wireframe] = []
    row = 0
    while row < len(lines):
        strip = lines[row]
        found = None
        if len(strip.text) <= WIDEST and strip.text.strip()[:1] in "┌┏╔╭╒╓┍┎+" and strip.text.strip():
            found = _frame(lines, row, text, asked)
        if found is not None:
            out.append(found)
            row = found.last
        row += 1
    return out


def _unquoted(text: str) -> str:
    """Return a text of the same length without the marks of quotations before lines of drawings."""
    if ">" not in text:
        return text
    return _QUOTED.sub(lambda m: m[0].replace(">", " "), text)


def _frame(lines: Region, row: int, text: str, asked: bool) -> Wireframe | None:
    """Return the wireframe whose top edge is a line, or None where it is none."""
    ascii_art = lines[row].text.strip().startswith("+")
    top = letters(lines[row].text, ascii_art=ascii_art)
    if len(top.strip()) < (NARROWEST_ASKED if asked else NARROWEST):
        return None
    plain = (_TOP_ASCII if ascii_art else _TOP).fullmatch(top) is not None
    if not plain and not ((asked or not ascii_art) and (_DIVIDED_ASCII if ascii_art else _DIVIDED).fullmatch(top)):
        return None
    last, closed = _end(lines, row, ascii_art)
    body = lines[row + 1 : last if closed else last + 1]
    zones = _zones(lines[row], body, lines[last] if closed else None, ascii_art)
    if len(zones) < (1 if asked else 2) or not (plain or asked or _named(zones, text)):
        return None
    start, end = lines[row].start, lines[last].start + len(lines[last].text)
    return Wireframe(row, last, start, end, zones, closed)


def _named(zones: tuple[Zone, ...], text: str) -> bool:
    """Tell whether two panes of some zones are named as headings of the text are."""
    headings = {_bare(m[1]) for m in _HEADING.finditer(text)}
    panes = [pane for zone in zones for pane in _panes(zone.part)]
    first = (next((s.text for s in (*p.head, *p.inside) if not s.blank), "") for p in panes)
    return sum(bool(name) and name in headings for name in map(_bare, first)) >= 2


def _panes(part: Part) -> list[Pane]:
    """Return the panes of a part."""
    return [part] if isinstance(part, Pane) else [pane for inner in part.parts for pane in _panes(inner)]


def _bare(title: str) -> str:
    """Return a title's letters and figures, a share beside it left out."""
    return "".join(c for c in _SHARE.sub("", title).casefold() if c.isalnum())


def _end(lines: Region, row: int, ascii_art: bool) -> tuple[int, bool]:
    """Return the last line of the frame that begins at a line, and whether it is its bottom."""
    wide = len(lines[row].text.strip())
    last, stray, bottom = row, 0, -1
    for at in range(row + 1, min(len(lines), row + TALLEST)):
        text = lines[at].text
        line = letters(text, ascii_art=ascii_art).strip()
        if len(text) > WIDEST or _PROSE.match(text):
            break
        if not ascii_art and _BOTTOM.fullmatch(line) and len(line) >= 0.6 * wide:
            return at, True
        if ascii_art and bottom > row and not lines[at - 1].text.strip() and _is_table(lines, at):
            return bottom, True
        if ascii_art and _BOTTOM_ASCII.fullmatch(line) and len(line) >= 0.8 * wide:
            bottom = at
        if line[:1] in ("|", ">", "<", "+") or line[-1:] in ("|", "<", ">", "+"):
            last, stray = at, 0
        else:
            stray += 1
            if stray > STRAY:
                break
    if ascii_art and bottom > row and bottom >= last:
        return bottom, True
    return last, False


def _is_table(lines: Region, row: int) -> bool:
    """Tell whether a Markdown table begins at a line: its bars are no borders."""
    rule = lines[row + 1].text if row + 1 < len(lines) else ""
    return lines[row].text.count("|") > 1 and _TABLE_RULE.fullmatch(rule) is not None


def _zones(top: Strip, body: Region, bottom: Strip | None, ascii_art: bool) -> tuple[Zone, ...]:
    """Return the zones between the lines across a frame's body."""
    rows: list[list[Strip]] = [[]]
    edges: list[Strip] = [top]
    labels: list[Strip | None] = [None]
    for strip in body:
        line = letters(strip.text, ascii_art=ascii_art).strip()
        crossing = line[:1] in (">", "+", "|") and across(_inner(strip, ascii_art).text, ascii_art=ascii_art)
        label = None
        if (
            not crossing
            and line[:1] in (">", "+")
            and _LABELLED.fullmatch(line)
            and len(line) >= 0.6 * len(top.text.strip())
        ):
            crossing, label = True, _label(strip, ascii_art)
        if crossing:
            rows.append([])
            edges.append(strip)
            labels.append(label)
        else:
            rows[-1].append(_inner(strip, ascii_art))
    out = []
    for index, row in enumerate(rows):
        if all(s.blank for s in row) and labels[index] is None:
            continue
        below = edges[index + 1] if index + 1 < len(edges) else bottom
        first, last = _between_arrows(row)
        region = tuple(row[first:last])
        part = arrange(region, (edges[index],), (below,) if below else (), ascii_art=ascii_art)
        label, above = labels[index], tuple(row[:first])
        if label is not None and leads_on(label.text):
            above = (label, *above)
            label = None
        out.append(Zone(part, region, label, above, tuple(row[last:])))
    return tuple(out)


def _between_arrows(row: list[Strip]) -> tuple[int, int]:
    """Return where a zone's lines begin and end without arrows that lead to its neighbours; all where it has no others."""
    filled = [i for i, s in enumerate(row) if not s.blank]
    inner = [i for i in filled if not leads_on(row[i].text)]
    if not inner:
        return 0, len(row)
    heads = [i for i in filled if i < inner[0]]
    tails = [i for i in filled if i > inner[-1]]
    return heads[-1] + 1 if heads else 0, tails[0] if tails else len(row)


def _label(strip: Strip, ascii_art: bool) -> Strip:
    """Return the words in a line across."""
    line = letters(strip.text, ascii_art=ascii_art)
    lead = len(line) - len(line.lstrip(" \t>+-<"))
    return strip.cut(lead, len(line.rstrip(" \t>+-<"))).trimmed()


def _inner(strip: Strip, ascii_art: bool) -> Strip:
    """Return a line between the frame's borders; a border that was not drawn is at the line's end."""
    line = letters(strip.text, ascii_art=ascii_art)
    lead, end = len(line) - len(line.lstrip()), len(line.rstrip())
    begin = lead + 1 if line[lead : lead + 1] in ("|", ">", "<", "+") and lead < end else 0
    if end > begin and line[end - 1] in ("|", "<", ">", "+"):
        end -= 1
    return strip.cut(begin, end)
