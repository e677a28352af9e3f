"""Zones with their weights: the stated ratios, else the drawing's proportions."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import NamedTuple

from banana_layout.model.document import Connector, PageSize
from banana_layout.model.zone import EQUAL, AnyCell, PanelCell, RowsCell, Track
from banana_layout.model.zone import Zone as ModelZone
from banana_layout.source import Span
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.panels import Draft
from banana_layout.syntax.brief.ratios import Entry
from banana_layout.syntax.layout_rows import numbered
from banana_layout.syntax.wireframe import Mark, Pane, Part, Strip, Zone, extent

TITLE_WEIGHT = 10.0
"""A title's share of the page in percent, where nothing is said."""
TITLE_ROOM = 5.0
"""A title takes at least this many hundredths of the page's shorter side."""
PANEL_ROOM = 9.5
"""A panel with its heading does."""
LOWEST = 0.6
"""Of rows inside a cell, none is lower than this share of their mean."""
DIFFERENT = 4 / 3
"""Cells are drawn differently wide on purpose where they differ by this much."""

_SHAFT = re.compile("[↓↑↕⬇⬆⬍⇓⇑▼▲▽△→←↔⟶⟷⇒⇔➜➡►◀│┃║|]")
_PLAIN_ARROW = re.compile(r"[\s|]*[vV^|](?:[\s|]+[vV^])*[\s|]*")
_DRAWN_ARROWS = str.maketrans("vV^", "▼▼▲")


class Drawn(NamedTuple):
    """A zone and the panels in it."""

    zone: Zone
    """As drawn."""
    drafts: list[Draft]
    """In reading order; none for a zone that only holds arrows."""


class Laid(NamedTuple):
    """The page's division."""

    zones: tuple[ModelZone, ...]
    """Top to bottom, the title's first."""
    connectors: tuple[Connector, ...]
    """Arrows drawn between panels."""


def zones_of(
    drawn: Sequence[Drawn], first: tuple[Zone, bool], entries: Sequence[Entry], page: PageSize, hand: Hand
) -> Laid:
    """Return the zones of the page, and arrows between panels; `first` is the first zone, and whether it is the title's."""
    titled = first[1]
    shown = [d for d in drawn if d.drafts]
    weights, used = _weights(shown, titled, first[0], entries, hand)
    least = [TITLE_ROOM] * titled + [PANEL_ROOM * _rows(d.zone.part) for d in shown]
    weights = _held(weights, [share * min(page.width, page.height) / page.height for share in least], entries, hand)
    out: list[ModelZone] = []
    arrows: list[Connector] = []
    if titled:
        out.append(ModelZone(Track(weight=weights[0]), (PanelCell("title"),)))
    for index, zone in enumerate(shown):
        entry = used[index + titled] if used else None
        if entry is not None and entry.hero and len(zone.drafts) == 1:
            zone.drafts[0].hero = True
        cells = _Cells(zone.drafts, arrows)
        made = cells.of(zone.zone.part, entry)
        out.append(ModelZone(Track(weight=weights[index + titled]), made))
    arrows += _between(drawn)
    single = {(a.source, a.target): a for a in reversed(arrows) if a.source != a.target}
    return Laid(numbered(tuple(out)), tuple(a for a in arrows if a is single.get((a.source, a.target))))


def _weights(
    shown: Sequence[Drawn], titled: bool, first: Zone, entries: Sequence[Entry], hand: Hand
) -> tuple[list[float], list[Entry] | None]:
    """Return each zone's weight, the title's first, and the entry that says so."""
    count = len(shown) + titled
    found = [e for e in entries if e.share > 0]
    drawn = [_lines(d) for d in shown]
    if titled and len(found) == count - 1 and count > 1:
        total = math.fsum(e.share for e in found)
        title = max(4.0, 100 - total) if 80 <= total <= 96 else TITLE_WEIGHT * total / 100
        hand.note("the ratios leave the title out; it gets what they leave", _span(found))
        return [title, *(e.share for e in found)], [found[0], *found]
    if len(found) == count and count > 0:
        total = math.fsum(e.share for e in found)
        if abs(total - 100) > 0.01 and found[0].percent:
            said = " + ".join(f"{e.share:g}" for e in found)
            now = " : ".join(f"{e.share * 100 / total:.1f}" for e in found)
            hand.warn(f"the ratios add up to {total:g} % ({said}); they are normalised to {now}", _span(found))
        return [e.share for e in found], list(found)
    if found:
        hand.warn(
            f"{len(found)} ratio{'s' * (len(found) > 1)} for {count} zones; the zones are as high as drawn",
            _span(found),
            "write one ratio a zone, the title's included",
        )
    total = math.fsum(drawn) or 1.0
    share = 100 - TITLE_WEIGHT if titled else 100.0
    weights = ([TITLE_WEIGHT] if titled else []) + [round(d * share / total, 1) for d in drawn]
    if not found and len(shown) > 1:
        long = any(_lines(d) > len(d.zone.lines) > 1 for d in shown)
        hand.note(
            f"no ratios are stated; the zones are as high as drawn{' or as their sections are long' * long}: "
            f"{' : '.join(f'{w:g}' for w in weights)}",
            hand.span(first.lines[:1]) if first.lines else None,
            "to set them, write a line such as " + " : ".join(f"{w:.0f}" for w in weights),
        )
    return weights, None


def _lines(drawn: Drawn) -> float:
    """Return how high a zone is: the lines it is drawn with, or those of its longest section where these are more."""
    return float(max(2, len(drawn.zone.lines), *(d.lines + 3 for d in drawn.drafts)))


def _rows(part: Part) -> int:
    """Return how many panels stand over one another in a part."""
    if isinstance(part, Pane):
        return 1
    rows = [_rows(p) for p in part.parts]
    return sum(rows) if part.axis == "rows" else max(rows)


def _held(weights: list[float], least: Sequence[float], entries: Sequence[Entry], hand: Hand) -> list[float]:
    """Return weights none of which is too little for a title's or a panel's heading, others giving way in proportion."""
    total = math.fsum(weights)
    shares = [100 * w / total for w in weights]
    low = [i for i, (share, need) in enumerate(zip(shares, least, strict=True)) if share < need]
    if not low or math.fsum(least) >= 100:
        return weights
    kept = math.fsum(least[i] for i in low)
    rest = math.fsum(s for i, s in enumerate(shares) if i not in low)
    held = [least[i] if i in low else s * (100 - kept) / rest for i, s in enumerate(shares)]
    said = ", ".join(f"{shares[i]:.3g} % gets {held[i]:.3g} %" for i in low)
    if entries:
        hand.warn(f"a zone's share is too low to hold anything: {said}", _span(entries), "give it a larger ratio")
    return held


def _span(entries: Sequence[Entry]) -> Span:
    """Return where ratios stand."""
    return Span(entries[0].start, max(e.start + e.length for e in entries))


class _Cells:
    """Makes a zone's cells from what was drawn, taking its panels in order."""

    def __init__(self, drafts: Sequence[Draft], arrows: list[Connector]) -> None:
        self._drafts = drafts
        self._used = 0
        self._arrows = arrows

    def of(self, part: Part, entry: Entry | None) -> tuple[AnyCell, ...]:
        """Return the cells of a zone."""
        cell = self._cell(part, EQUAL, entry)
        if isinstance(cell, list):
            return tuple(cell)
        assert cell is not None
        return (cell,)

    def _cell(self, part: Part, track: Track, entry: Entry | None) -> AnyCell | list[AnyCell] | None:
        """Return a part's cell, or its cells where it is a row of them at the top; None for an empty pane."""
        if isinstance(part, Pane):
            if self._used == len(self._drafts) or self._drafts[self._used].extent != extent(part):
                return None  # nothing was written in it, or nothing but a note
            self._used += 1
            return PanelCell(self._drafts[self._used - 1].id, track)
        if part.axis == "columns":
            cells = self._row(part.parts, entry, part.marks)
            if entry is None and track is not EQUAL:
                return RowsCell((ModelZone(EQUAL, tuple(cells)),), track) if cells else None
            return cells or None
        rows = []
        ends: list[int] = [self._used]
        lowest = LOWEST * part.height / len(part.parts)
        for inner in part.parts:
            made = self._cell(inner, EQUAL, None)
            cells = made if isinstance(made, list) else [made] if made is not None else []
            if cells:
                rows.append(ModelZone(Track(weight=float(max(lowest, inner.height))), tuple(cells)))
            ends.append(self._used)
        self._join(part.marks, ends, "rows")
        return RowsCell(tuple(rows), track) if rows else None

    def _row(self, parts: Sequence[Part], entry: Entry | None, marks: Sequence[Mark]) -> list[AnyCell]:
        """Return parts side by side: equally wide where that is said or drawn so, else as wide as said or drawn."""
        widths = [float(max(1, p.width)) for p in parts]
        if entry is not None and len(entry.columns) == len(parts):
            widths = list(entry.columns)
        elif (entry is not None and entry.equal) or max(widths) < DIFFERENT * min(widths):
            widths = [1.0] * len(parts)
        out: list[AnyCell] = []
        ends: list[int] = [self._used]
        for part, width in zip(parts, widths, strict=True):
            made = self._cell(part, Track(weight=width), None)
            if isinstance(made, list):
                made = RowsCell((ModelZone(EQUAL, tuple(made)),), Track(weight=width))
            if made is not None:
                out.append(made)
            ends.append(self._used)
        self._join(marks, ends, "columns")
        return out

    def _join(self, marks: Sequence[Mark], ends: Sequence[int], axis: str) -> None:
        """Note arrows drawn between neighbours; `ends` counts the panels before each part and after the last."""
        for mark in marks:
            before = self._drafts[ends[mark.after] : ends[mark.after + 1]] if mark.after + 1 < len(ends) else ()
            behind = self._drafts[ends[mark.after + 1] : ends[mark.after + 2]] if mark.after + 2 < len(ends) else ()
            if before and behind:
                one = _near(before, mark.strip, axis, before=True)
                self._arrows += _arrows(mark.strip.text, one, _near(behind, mark.strip, axis, before=False))


def _near(drafts: Sequence[Draft], mark: Strip, axis: str, *, before: bool) -> str:
    """Return the panel that an arrow leaves or enters: of those in its line or column the one next to it.

    Args:
        drafts: the panels on one side of the arrow.
        mark: the arrow.
        axis: `rows` where it leads up or down, `columns` where it leads across.
        before: whether the panels stand above it or to its left.
    """
    lead = mark.text[: len(mark.text) - len(mark.text.lstrip())]
    cell = mark.place(len(lead)).high

    def key(draft: Draft) -> tuple[int, int]:
        lines, cells = draft.extent.off(mark.line, cell)
        far = draft.extent.bottom if axis == "rows" else draft.extent.right
        near = draft.extent.top if axis == "rows" else draft.extent.left
        return (cells if axis == "rows" else lines), -far if before else near

    return min(drafts, key=key).id


def _arrows(text: str, one: str, other: str) -> list[Connector]:
    """Return what a mark between two panels says."""
    text = text.replace("\ufe0f", "")
    backwards = any(c in text for c in "←⟵⇐◀◄↑⬆▲△⇑") or "<-" in text
    forwards = any(c in text for c in "→⟶⇒➜➡➔▶►↓⬇▼▽⇓") or "->" in text or "=>" in text
    both = any(c in text for c in "↔⟷⇔↕⬍")
    words = text.strip(" ─━═-=<>→←↔⟶⟵⟷⇒⇐⇔➜➡➔▶►◀◄↓↑↕⬍⬇⬆⇓⇑▼▲▽△│┃║|")
    out = []
    if forwards or both or (words and not backwards):
        out.append(Connector(one, other, words))
    if backwards or both:
        out.append(Connector(other, one, "" if out else words))
    return out


def _between(drawn: Sequence[Drawn]) -> list[Connector]:
    """Return the arrows between zones: in lines of their own, in zones of nothing else, and in the lines across."""
    out: list[Connector] = []
    above: Drawn | None = None
    marks: list[Strip] = []
    for zone in drawn:
        if not zone.drafts:
            marks += zone.zone.lines
            continue
        if above is not None:
            for shaft in _shafts([*marks, *zone.zone.above]):
                one = _near(above.drafts, shaft[0], "rows", before=True)
                other = _near(zone.drafts, shaft[0], "rows", before=False)
                out += _arrows(" ".join(s.text for s in shaft), one, other)
        above, marks = zone, list(zone.zone.below)
    return out


def _shafts(lines: Sequence[Strip]) -> list[list[Strip]]:
    """Return arrows that lead up or down, each with its pieces from top to bottom; words go with the nearest."""
    arrows: list[list[Strip]] = []
    words: list[Strip] = []
    for line in lines:
        for found in re.finditer(r"\S+(?: \S+)*", line.text):
            piece = line.cut(found.start(), found.end())
            if _PLAIN_ARROW.fullmatch(piece.text):
                piece = piece._replace(text=piece.text.translate(_DRAWN_ARROWS))
            if not _SHAFT.search(piece.text):
                words.append(piece)
                continue
            same = [a for a in arrows if abs(a[-1].place(0).high - piece.place(0).high) <= 3]
            (same[0] if same else _added(arrows)).append(piece)
    for piece in words:
        if arrows:
            min(arrows, key=lambda a, p=piece: abs(a[0].place(0).high - p.place(0).high)).append(piece)  # type: ignore[misc]
    return arrows


def _added(arrows: list[list[Strip]]) -> list[Strip]:
    """Return the pieces of a new arrow."""
    arrows.append([])
    return arrows[-1]
