"""How high a brief wants its zones and how wide its cells: a table, a list, or a line of ratios."""

from __future__ import annotations

import math
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
_WORDED = re.compile(r"\d{1,3}(?:\s*[/:,]\s*\d{1,3}){1,7}\s*(?:percent|per\s*cent|퍼센트|パーセント)", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*[/|,，、·・→;；+]\s*|\s+[-–—]\s+")
_TOPIC = re.compile(
    r"ratio|proportion|height|\bzones?\b|\brows?\b|layout|title|비율|비중|영역|구역|높이|배치|타이틀|제목|比率|割合|高さ|配置|タイトル|段",
    re.IGNORECASE,
)
"""Says that shares are those of zones."""
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
    percent: bool = True
    """Whether it is a share of 100, rather than of the sum of all."""


def read(lines: list[tuple[int, str]], zones: int, *, strict: bool = False) -> list[Entry]:
    """Return the entries among some lines (offset and text): a table's or a list's, else ratios in one line.

    Of several the one with as many entries as there are zones is taken, else one with one less (the title left out),
    else the first. With `strict`, for lines that may speak of anything, it must say that it is about zones, or be as
    many and add up to 100.
    """
    runs: list[list[Entry]] = [[]]
    before = [""]
    for start, line in lines:
        entry = _entry(start, line)
        if entry is not None:
            runs[-1].append(entry)
        elif line.strip() and not (runs[-1] and (_RULE.fullmatch(line) or line[:1] in " \t|")):
            if runs[-1]:
                runs.append([])
                before.append("")
            before[-1] = line
    found = [r for r, b in zip(runs, before, strict=True) if r and (not strict or _is_about_zones(r, b))]
    written = _inline(lines, strict=strict)
    exact = [r for r in (*filter(None, runs), *_inline(lines, strict=False)) if len(r) == zones > 1]
    whole = [r for r in exact if abs(math.fsum(e.share for e in r) - 100) < 0.5]
    for wanted in (zones, zones - 1):
        for run in (*found, *written, *whole):
            if len(run) == wanted and wanted > 0:
                return run
    return max(found, key=len, default=[])


def _is_about_zones(run: Sequence[Entry], before: str) -> bool:
    """Tell whether entries name places or zones, or a line before them says what they are."""
    named = sum(bool(e.places or _TOPIC.search(e.words)) for e in run)
    return 2 * named > len(run) or (bool(_TOPIC.search(before)) and len(run) > 1)


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
    rest = line[_end_of_first(line) :]
    run = _RUN.search(rest)
    if not shares or len(_segments(line)) > 1:
        return None
    if len(shares) > 2 and not _SIDES.search(line) and not line.lstrip().startswith("|") and run is None:
        return None
    columns = tuple(float(s) for s in _SIDES.findall(rest))
    if not columns and run is not None:
        columns = tuple(float(s) for s in _PERCENT.findall(run[0]))
    if not columns:
        colon = _COLON.search(rest)
        columns = tuple(float(s) for s in re.split(r"\s*[:：]\s*", colon[1])) if colon else ()
    share = float(shares[0])
    if not 0 < share <= 100:
        return None
    head = line.lstrip(" \t-*+•|0123456789.)").split("|")[0].split(":")[0]
    return Entry(
        share,
        _PERCENT.sub("", line),
        start,
        len(line),
        bool(_EQUAL.search(line)),
        columns if len(columns) > 1 and all(c > 0 for c in columns) else (),
        asks_hero(line),
        places_in(head[:30]),
    )


def _end_of_first(line: str) -> int:
    """Return where the first percentage of a line ends."""
    found = _PERCENT.search(line)
    return found.end() if found else 0


def _segments(line: str) -> list[str]:
    """Return the parts of a line that names several zones, each with its share; none where it does not."""
    parts = [p for p in _BETWEEN.split(line) if p.strip()]
    if len(parts) < 2 or not all(len(_PERCENT.findall(p)) == 1 for p in parts):
        return []
    sides = [{"left", "right"} & set(places_in(p)) for p in parts]
    return [] if any(len(s) == 1 for s in sides) else parts  # left or right of something is a cell of one zone


def _inline(lines: list[tuple[int, str]], *, strict: bool) -> list[list[Entry]]:
    """Return all ratios written in one line: `10:25:45:20`, `10% / 60% / 30%`, `top 10%, middle 60%, bottom 30%`."""
    out: list[list[Entry]] = []
    for start, line in lines:
        parts = _segments(line)
        if parts and (not strict or _TOPIC.search(line) or all(places_in(p) for p in parts)):
            shares = [float(_PERCENT.findall(p)[0]) for p in parts]
            out.append(
                [
                    Entry(s, p, start, len(line), bool(_EQUAL.search(p)), (), asks_hero(p), places_in(p))
                    for s, p in zip(shares, parts, strict=True)
                ]
            )
        for found in (*_RUN.finditer(line), *_COLON.finditer(line), *_WORDED.finditer(line)):
            numbers = [float(s) for s in re.findall(r"\d+(?:\.\d+)?", found[0])]
            percent = "%" in found[0] or "％" in found[0] or bool(_WORDED.fullmatch(found[0]))
            out.append([Entry(n, "", start, len(line), percent=percent) for n in numbers])
    return [run for run in out if all(e.share > 0 for e in run)]
