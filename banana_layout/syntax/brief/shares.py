"""Shares of the height that a drawing's own words say, and the words in lines across it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from banana_layout.model.inline import plain_text
from banana_layout.syntax.brief import ratios
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.panels import Draft, title_of
from banana_layout.syntax.brief.ratios import Entry
from banana_layout.syntax.brief.titles import place_words
from banana_layout.syntax.brief.zoning import Drawn
from banana_layout.syntax.wireframe import Pane

_LAST = re.compile(r"\s+(\d{1,3}(?:\.\d+)?)\s*[%％]\s*\Z")
"""A share behind a title."""


def shares_of(drawn: Sequence[Drawn], said: list[Entry], hand: Hand, *, asked: bool = False) -> list[Entry]:
    """Take the words in lines across: a lone panel's title, a note or a ratio; return the ratios drawn so.

    `said` is the title's share, if it has one. `asked` is for a drawing that is nothing but a layout: whatever
    percentage is in it is a ratio, and a lone zone without one gets the rest. A percentage behind a title, such as `PROCESS 45%`, is a ratio where every zone has one and they make a hundred; it
    is then no part of the title.
    """
    noted = [_labels(zone, hand) for zone in drawn]
    behind = [entries or _behind(zone) for zone, entries in zip(drawn, noted, strict=True)]
    found = [entry for entries in behind for entry in entries]
    whole = math.fsum(e.share for e in (*said, *found))
    bare = [i for i, zone in enumerate(drawn) if zone.drafts and not behind[i]]
    if asked and len(bare) == 1 and found and whole < 100:
        rest = next(s for d in drawn[bare[0]].drafts for s in (*d.head, *d.body))
        behind[bare[0]] = [Entry(100 - whole, "", rest.start, len(rest.text))]
        found, bare, whole = [entry for entries in behind for entry in entries], [], 100.0
    # a title may be left out of the hundred
    if not asked and (bare or not (99 if said else 80) <= whole <= 101):
        return said + [entry for entries in noted for entry in entries]
    for zone, entries in zip(drawn, behind, strict=True):
        for draft in zone.drafts:
            _strip(draft, entries, hand)
    return said + found


def parted(pane: Pane) -> tuple[Pane, list[Entry]]:
    """Return a title's pane without the share behind its first words, and that share."""
    row = next((i for i, s in enumerate(pane.inside) if not s.blank), None)
    if row is None:
        return pane, []
    strip = pane.inside[row]
    found = _LAST.search(strip.text)
    if found is None:
        return pane, ratios.drawn([strip])
    inside = (*pane.inside[:row], strip.cut(0, found.start()), *pane.inside[row + 1 :])
    return pane._replace(inside=inside), [Entry(float(found[1]), "", strip.start, len(strip.text))]


def _labels(zone: Drawn, hand: Hand) -> list[Entry]:
    """Take the words in the line across above a zone; return the ratio drawn for it."""
    label = zone.zone.label
    lone = zone.drafts[0] if len(zone.drafts) == 1 else None
    entries = ratios.drawn([label] if label is not None else list(lone.head) if lone is not None else [])
    if label is None:
        return entries
    words, icon, hero, places = title_of([label], hand)
    if lone is not None:
        lone.hero |= hero
        lone.places += places
    if words and lone is not None and not lone.content:
        lone.content, lone.icon, lone.title, lone.head = words, icon or lone.icon, label.text, (label,)
    elif words and not place_words(plain_text(words)):
        hand.warn(
            f"the words “{plain_text(words)}” in a line across belong to no panel and are left off the sheet",
            hand.span([label]),
            "write them into a box under the line",
        )
    return entries


def _behind(zone: Drawn) -> list[Entry]:
    """Return the one share that stands behind titles of a zone."""
    found = [(m, d.head[-1]) for d in zone.drafts if d.head and (m := _LAST.search(d.head[-1].text))]
    if len({float(m[1]) for m, _ in found}) != 1:
        return []  # none, or several: those are widths
    share, strip = found[0]
    return [Entry(float(share[1]), "", strip.start, len(strip.text))]


def _strip(draft: Draft, entries: Sequence[Entry], hand: Hand) -> None:
    """Take its zone's share off a panel's title."""
    found = _LAST.search(draft.head[-1].text) if draft.head else None
    if found is None or float(found[1]) not in [e.share for e in entries]:
        return
    draft.head = (*draft.head[:-1], draft.head[-1].cut(0, found.start()))
    draft.content, draft.icon, _, _ = title_of(draft.head, hand)
    draft.title = " ".join(s.text.strip() for s in draft.head)
