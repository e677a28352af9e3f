"""Which part each panel of a sheet plays, and which inks it gets."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from banana_layout.geometry.rect import Rect
from banana_layout.layout.contract import Tone
from banana_layout.model.block import List
from banana_layout.model.document import Panel
from banana_layout.source import Diagnostic, Source
from banana_layout.theme.theme import Pair, Theme

Part = Literal["plain", "hero", "sticky"]
"""A framed panel, the page's widest one, or a note stuck onto it."""

_LOOKS: tuple[Part, ...] = ("hero", "sticky", "plain")

STICKY_WORDS = ("takeaway", "aha", "remember", "summary", "key point", "tip", "핵심", "정리", "요약", "기억", "まとめ")
"""Words in a title that make a list a note to keep."""


class Cast(msgspec.Struct, frozen=True):
    """A panel's part and inks."""

    part: Part
    """What it is drawn as."""
    tone: Tone
    """Its inks."""
    tape: Literal["", "dots", "stripes"] = ""
    """The strip of tape that holds it; a page has two at most."""


def cast(
    panels: Sequence[Panel], cells: Mapping[str, Rect], theme: Theme, source: Source | None = None
) -> tuple[dict[str, Cast], tuple[Diagnostic, ...]]:
    """Return each panel's part and inks, and warnings about pens the theme has not.

    The author's `{.hero}`, `{.sticky}`, `{.plain}` and `{pen=blue}` come first. Else the panel with the most room is the
    hero where it is clearly larger than the next, and the last panel that is one list of tasks, or one list under a title
    that promises a summary, is a sticky note. The others take the theme's pairs in turn, neighbours never the same.
    """
    warnings: list[Diagnostic] = []
    parts = _parts(panels, cells)
    opens = bool(panels) and parts.get(panels[0].id) == "hero"
    order = [p for p in theme.pairs if p.name != theme.hero.name] or list(theme.pairs)
    out: dict[str, Cast] = {}
    # A hero that opens the page stands in the first pair's place, so that pages of one set agree further down.
    turn = int(opens)
    taped: list[Part] = []
    for panel in panels:
        asked = dict(panel.attributes).get("pen")
        pair = theme.pair(asked) if asked else None
        if asked and pair is None:
            known = [p.name for p in theme.pairs]
            near = (f"did you mean “{name}”?" for name in difflib.get_close_matches(asked.lower(), known, 1, 0.5))
            hint = (*near, f"the theme {theme.name} has {', '.join(known)}")
            message = f"the theme has no pen {asked!r}{_in(panel)}"
            warnings.append(Diagnostic("warning", message, panel.span, hint, source))
        warnings += _misspelled(panel, theme, source)
        part = parts.get(panel.id, "plain")
        if pair is None:
            if part == "hero":
                pair = theme.hero
            else:
                pair = order[turn % len(order)]
                turn += part == "plain"
        tape: Literal["", "dots", "stripes"] = ""
        if part in ("hero", "sticky") and part not in taped:
            taped.append(part)
            tape = "dots" if part == "hero" or opens else "stripes"
        out[panel.id] = Cast(part, _tone(part, pair, theme), tape)
    return out, tuple(warnings)


def _in(panel: Panel) -> str:
    """Return which panel is meant, where no place in a text says so."""
    return "" if panel.span is not None else f", which the panel “{panel.id}” asks for"


def _misspelled(panel: Panel, theme: Theme, source: Source | None) -> Iterator[Diagnostic]:
    """Yield a warning for each class that is almost a look, and each key with a pen's name; others are other tools'."""
    for key, value in panel.attributes:
        if key != "pen" and theme.pair(value) is not None:
            message = f"“{key[:40]}={value}” gives no pen{_in(panel)}"
            yield Diagnostic("warning", message, panel.span, (f"write pen={value}",), source)
    for name in panel.classes:
        near = difflib.get_close_matches(name[:40].lower(), _LOOKS, 1, 0.75)
        if near and name not in _LOOKS:
            message = f"there is no look “{name[:40]}”{_in(panel)}"
            yield Diagnostic("warning", message, panel.span, (f"did you mean “{near[0]}”?",), source)


def _parts(panels: Sequence[Panel], cells: Mapping[str, Rect]) -> dict[str, Part]:
    """Return the parts that are not plain."""
    parts: dict[str, Part] = {}
    for panel in panels:
        for name in panel.classes:
            if name in _LOOKS:
                parts[panel.id] = name
    if "hero" not in parts.values() and len(panels) > 1:
        by_area = sorted((cells[p.id].w * cells[p.id].h, p.id) for p in panels if p.id in cells)
        wide = max((cells[p.id].w for p in panels if p.id in cells), default=0.0)
        if len(by_area) > 1 and by_area[-1][0] > 1.25 * by_area[-2][0] and cells[by_area[-1][1]].w >= 0.95 * wide:
            parts.setdefault(by_area[-1][1], "hero")
    if "sticky" not in parts.values():
        for panel in reversed(panels):
            if panel.id not in parts and _is_summary(panel):
                parts[panel.id] = "sticky"
                break
    return parts


def _is_summary(panel: Panel) -> bool:
    """Tell whether a panel is one list to take home."""
    if len(panel.blocks) != 1 or not isinstance(panel.blocks[0], List):
        return False
    items = panel.blocks[0].items
    title = panel.id.replace("-", " ").lower()
    return all(i.checked is not None for i in items) or any(word in title for word in STICKY_WORDS)


def _tone(part: Part, pair: Pair, theme: Theme) -> Tone:
    """Return the inks of a part."""
    if part == "sticky":
        note = theme.note
        noted = Pair(name="note", pen=note.pen, marker=note.marker, tint=note.fill)
        frame = theme.ink if theme.drawing.callout == "sticky" else theme.danger
        return Tone(noted, frame, note.fill, note.marker)
    frame = theme.ink if part == "hero" else pair.pen
    return Tone(pair, frame, theme.paper.color, pair.marker)
