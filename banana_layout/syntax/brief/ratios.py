"""How high a brief wants its zones and how wide its cells: a table, a list, or a line of ratios."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.syntax.brief.titles import asks_hero, places_in
from banana_layout.syntax.wireframe import Strip

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*[%％]")
_NOTED = re.compile(
    r"[(\[（［【]\s*(\d{1,3}(?:\.\d+)?)\s*[%％]\s*[)\]）］】]|\A\W*(?:\w+\s*)?(\d{1,3}(?:\.\d+)?)\s*[%％]\W*\Z"
)
"""A share in brackets, or one that is all a line says beside a word such as `Middle`."""
_ENTRY = re.compile(r"[ \t]*(?:[-*+•·]|\d{1,2}[.)]|\|)\s*\S")
_COLON = re.compile(r"(?<![\d.:])(\d{1,3}(?:\s*[:：]\s*\d{1,3}){1,7})(?![\d.:])")
_RUN = re.compile(r"\d{1,3}(?:\.\d+)?\s*[%％](?:\s*[/:|,·+、→-]\s*\d{1,3}(?:\.\d+)?\s*[%％])+")
_EQUAL = re.compile(
    r"등분|좌우\s*(?:분할|균등|배치)|균등|equal|halves|thirds|quarters|side\s*by\s*side|split|等分|左右(?:分割|に)",
    re.IGNORECASE,
)
_SIDES = re.compile(
    r"(?:좌측|우측|왼쪽|오른쪽|좌|우|중앙|가운데|left|right|center|centre|middle|左|右|中央)\s*[:：=(]?\s*(\d{1,3}(?:\.\d+)?)\s*[%％]",
    re.IGNORECASE,
)
_RULE = re.compile(r"[ \t]*\|?[ \t:|+-]+\|?[ \t]*")


class Entry(NamedTuple):
    """What a brief says of one zone."""

    share: float
    """Its share of the height, as written."""
    words: str
    """The rest of the line."""
    start: int
    """Offset of its line."""
    length: int
    """Characters in its line."""
    equal: bool = False
    """Whether its cells are to be equally wide."""
    columns: tuple[float, ...] = ()
    """Its cells' shares of the width, where they are said."""
    hero: bool = False
    """Whether it is to get the most room."""
    places: tuple[str, ...] = ()
    """Words about places, such as `top`."""


def read(lines: list[tuple[int, str]], zones: int) -> list[Entry]:
    """Return the entries among some lines (offset and text): a table's or a list's, else ratios in one line.

    Of several lists the one with as many entries as there are zones is taken, else one with one less (the title
    left out), else the first.
    """
    runs: list[list[Entry]] = [[]]
    for start, line in lines:
        entry = _entry(start, line)
        if entry is not None:
            runs[-1].append(entry)
        elif line.strip() and not (runs[-1] and (_RULE.fullmatch(line) or line[:1] in " \t|")) and runs[-1]:
            runs.append([])
    found = [r for r in runs if r]
    for wanted in (zones, zones - 1):
        for run in found:
            if len(run) == wanted and wanted > 0:
                return run
    if not any(len(r) > 1 for r in found):
        inline = _inline(lines, zones)
        if inline:
            return inline
    return max(found, key=len, default=[])


def drawn(lines: Sequence[Strip]) -> list[Entry]:
    """Return the share written in a zone's own words, such as `PROCESS (45%)`, as a list of one; none where none is."""
    for strip in lines:
        found = _NOTED.search(strip.text)
        if found:
            return [Entry(float(found[1] or found[2]), "", strip.start, len(strip.text), hero=asks_hero(strip.text))]
    return []


def _entry(start: int, line: str) -> Entry | None:
    """Return what one line of a table or a list says, or None."""
    if not _ENTRY.match(line) and not re.match(r"\s*\*\*", line) and not _PERCENT.search(line[:40]):
        return None
    shares = _PERCENT.findall(line)
    if not shares or (len(shares) > 2 and not _SIDES.search(line) and not line.lstrip().startswith("|")):
        return None
    rest = line[_end_of_first(line) :]
    columns = tuple(float(s) for s in _SIDES.findall(rest))
    if not columns:
        colon = _COLON.search(rest)
        columns = tuple(float(s) for s in re.split(r"\s*[:：]\s*", colon[1])) if colon else ()
    share = float(shares[0])
    return Entry(
        share,
        _PERCENT.sub("", line),
        start,
        len(line),
        bool(_EQUAL.search(line)),
        columns if len(columns) > 1 and all(c > 0 for c in columns) else (),
        asks_hero(line),
        places_in(line.lstrip(" \t-*+•|0123456789.)").split("|")[0].split(":")[0][:30]),
    )


def _end_of_first(line: str) -> int:
    """Return where the first percentage of a line ends."""
    found = _PERCENT.search(line)
    return found.end() if found else 0


def _inline(lines: list[tuple[int, str]], zones: int) -> list[Entry]:
    """Return ratios written in one line, such as `10:25:45:20` or `10% / 60% / 30%`."""
    for start, line in lines:
        for run in (*_RUN.finditer(line), *_COLON.finditer(line)):
            shares = [float(s) for s in re.findall(r"\d+(?:\.\d+)?", run[0])]
            if len(shares) in (zones, zones - 1) and len(shares) > 1 and all(s > 0 for s in shares):
                return [Entry(s, "", start, len(line)) for s in shares]
    return []
