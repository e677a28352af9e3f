"""The front matter's `layout` as a drawing: its boxes get the panels whose titles they bear."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from banana_layout.model.document import Connector, Heading, Sheet
from banana_layout.model.inline import plain_text
from banana_layout.model.zone import Zone
from banana_layout.source import Source, Span
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.panels import Draft, draft_of, heading_of, is_arrow, is_title, panes
from banana_layout.syntax.brief.ratios import Entry
from banana_layout.syntax.brief.shares import parted, shares_of
from banana_layout.syntax.brief.titles import ALIKE, likeness
from banana_layout.syntax.brief.zoning import Drawn, zones_of
from banana_layout.syntax.front_matter import Findings, FrontMatter
from banana_layout.syntax.wireframe import Pane, Wireframe, find

_HOW = "draw an outer frame of ┌─┐│└┘ with a box for each “## Heading”, its title inside, and shares such as 45% beside the titles"


class Placed(NamedTuple):
    """A sheet and where its panels stand."""

    sheet: Sheet
    """The sheet, with the title the drawing has where it had none."""
    zones: tuple[Zone, ...]
    """The page's zones."""
    connectors: tuple[Connector, ...]
    """Arrows drawn between boxes."""


def placed(source: Source, front: FrontMatter, sheet: Sheet, findings: Findings) -> Placed:
    """Return the zones that the drawing under `layout` says, its boxes matched with a sheet's panels by their titles.

    A box no heading has the title of, and a panel without a box, are errors at their place.
    """
    span = front.drawn or Span(0, 0)
    wireframe = find(_alone(source.text, span), asked=True)
    if wireframe is None:
        findings.error("the drawn layout cannot be read", span, _HOW)
        return Placed(sheet, (), ())
    hand = Hand(source, findings)
    title = _title(wireframe, sheet, hand)
    if title is not None and sheet.title is None:
        sheet = msgspec.structs.replace(sheet, title=title[0])
    body = wireframe.zones[1:] if title is not None else wireframe.zones
    drawn = [Drawn(z, [] if is_arrow(z.part) else [draft_of(p, hand) for p in panes(z.part)]) for z in body]
    for zone in drawn:
        zone.drafts[:] = [d for d in zone.drafts if d.content or d.icon or not d.bare]
    entries = shares_of(drawn, title[1] if title is not None else [], hand, asked=True)
    _name([d for zone in drawn for d in zone.drafts], sheet, findings, hand)
    first = (wireframe.zones[0], sheet.title is not None)
    laid = zones_of(drawn, first, entries, front.settings.page, hand)
    return Placed(sheet, laid.zones, laid.connectors)


def _alone(text: str, span: Span) -> str:
    """Return a text in which nothing but blanks stands before a stretch, and nothing behind it."""
    return re.sub(r"[^\n]", " ", text[: span.start]) + text[span.start : span.end]


def _title(wireframe: Wireframe, sheet: Sheet, hand: Hand) -> tuple[Heading, list[Entry]] | None:
    """Return the title drawn in the first zone and its share; None where that zone is a panel's box."""
    first = wireframe.zones[0].part
    if not isinstance(first, Pane) or not is_title(first):
        return None
    pane, share = parted(first)
    heading = heading_of(pane, hand)
    words = plain_text(heading.content) if heading is not None else ""
    if heading is None or any(likeness(plain_text(p.title), words) >= ALIKE for p in sheet.panels):
        return None
    return heading, share


def _name(drafts: Sequence[Draft], sheet: Sheet, findings: Findings, hand: Hand) -> None:
    """Give each box its panel's id: the most alike titles first, and a last box the last panel."""
    pairs = sorted(
        (-max(likeness(plain_text(panel.title), draft.title), float(panel.id == draft.title.strip())), i, k)
        for i, panel in enumerate(sheet.panels)
        for k, draft in enumerate(drafts)
    )
    taken: dict[int, int] = {}
    for score, i, k in pairs:
        if -score >= ALIKE and i not in taken.values() and k not in taken:
            taken[k] = i
    bare = [k for k in range(len(drafts)) if k not in taken]
    left = [i for i in range(len(sheet.panels)) if i not in taken.values()]
    for k, i in taken.items():
        drafts[k].id = sheet.panels[i].id
        if not drafts[k].bare:
            hand.note(
                f"what is drawn in the box “{drafts[k].title}” is a plan: the panel shows its section",
                hand.span([s for s in drafts[k].body if not s.blank][:1]),
            )
    names = ", ".join(f"“{plain_text(sheet.panels[i].title) or sheet.panels[i].id}”" for i in left[:12])
    for k in bare:
        shown = drafts[k].title or "without a title"
        lines = [s for s in (*drafts[k].head, *drafts[k].body) if not s.blank]
        findings.error(
            f"no heading has the title of the box “{shown[:80]}”",
            hand.span(lines[:1]),
            f"there are {names}" if left else "write a “## Heading” with its title, or leave the box out",
        )
    for i in left if not bare else ():
        panel = sheet.panels[i]
        words = plain_text(panel.title) or panel.id
        findings.error(
            f"panel “{words}” has no box in the drawn layout", panel.span, f"draw a box with “{words}” in it"
        )
