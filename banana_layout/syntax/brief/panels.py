"""From drawn panes to panels: what is the title, what its icon, what a note to the layouter, what the content."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, Paragraph
from banana_layout.model.document import Heading
from banana_layout.model.inline import AnyInline
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.titles import notes_of
from banana_layout.syntax.headings import find_icons
from banana_layout.syntax.wireframe import Extent, Group, Pane, Part, Strip, extent, leads_on

_BULLET = re.compile(r"\s*(?:[-*•·▪◦●○‣✓✔☑□☐>→]|\d{1,2}[.)]\s+[^A-Z\s]|[①-⑳]|\[[ xX]\])\s*\S")
_LINE = re.compile(r"\s*[─━═┄\-=_~*]{3,}\s*")
_SUBTITLE = re.compile(r"\s*(?:subtitle|sub-title|부제목?|サブタイトル|副題)\s*[:：]\s*", re.IGNORECASE)
_LABELLED_ARROW = re.compile(
    r"[\s│┃║|]*[↓↑↕⬇⬆⇓⇑▼▲▽△]\ufe0f?(?:\s+\S.{0,23})?|\S.{0,23}\s[↓↑↕⬇⬆⇓⇑▼▲▽△]\ufe0f?[\s│┃║|]*|[→←↔⟶⟷⇒⇔➜➡►◀\s]+"
)


class Draft(msgspec.Struct):
    """A panel being read."""

    title: str
    """Its title as drawn, notes included."""
    content: tuple[AnyInline, ...]
    """Its title's inlines."""
    icon: str | None
    """The emoji beside them."""
    hero: bool
    """Whether a note asks for the most room."""
    places: tuple[str, ...]
    """Where a note says it stands."""
    body: tuple[Strip, ...]
    """Its lines under the title."""
    head: tuple[Strip, ...]
    """The title's lines."""
    extent: Extent
    """Where it stands in the drawing."""
    row: int = 0
    """Index of its zone, the title's aside."""
    column: int = 0
    """Index among its zone's panels."""
    columns: int = 1
    """How many panels its zone has."""
    id: str = ""
    """How it is known."""
    blocks: tuple[AnyBlock, ...] = ()
    """What it holds, once that is known."""
    lines: int = 0
    """About how many lines its section takes, where one takes the drawing's place."""
    digest: tuple[AnyBlock, ...] = ()
    """The drawing's own lines, where a section takes their place."""

    @property
    def bare(self) -> bool:
        """Whether nothing but a title is drawn in it."""
        return all(s.blank for s in self.body)


def draft_of(pane: Pane, hand: Hand) -> Draft:
    """Return the panel a pane shows."""
    head, body = _split(pane)
    content, icon, hero, places = title_of(head, hand)
    lines = tuple(s.rebased() for s in body)
    return Draft(" ".join(s.text.strip() for s in head), content, icon, hero, places, lines, tuple(head), extent(pane))


def _split(pane: Pane) -> tuple[list[Strip], list[Strip]]:
    """Return a pane's title lines and the others."""
    inside = list(pane.inside)
    if pane.head:
        lines = [s.trimmed() for s in pane.head]
        count = 2 if len(lines) > 1 and not _BULLET.match(lines[1].text) and _goes_on(lines[0], lines[1], 0) else 1
        return lines[:count], [*pane.head[count:], *inside, *pane.foot]
    row = next((i for i, s in enumerate(inside) if not s.blank), len(inside))
    if row == len(inside) or _BULLET.match(inside[row].text) or re.search("[┌┏╔╭├└┬│]", inside[row].text):
        return [], [*inside, *pane.foot]
    count = 1
    after = row + 1
    width = max(s.place(len(s.text)).high for s in inside)
    closes = after + 1 < len(inside) and (inside[after + 1].blank or _LINE.fullmatch(inside[after + 1].text))
    if (
        closes
        and not inside[after].blank
        and not _BULLET.match(inside[after].text)
        and not _LINE.fullmatch(inside[after].text)
    ):
        count += _goes_on(inside[row], inside[after], width) and any(not s.blank for s in inside[after + 1 :])
    body = inside[row + count :]
    while body and (body[0].blank or _LINE.fullmatch(body[0].text)):
        body.pop(0)
    return [s.trimmed() for s in inside[row : row + count]], [*body, *pane.foot]


def _goes_on(first: Strip, second: Strip, width: int) -> bool:
    """Tell whether a title's first line goes on in the next: indented beneath it, or for want of room."""
    if second.indent >= first.indent + 2 or first.text.count("(") > first.text.count(")"):
        return True
    words = second.text.split()
    return bool(width) and first.place(len(first.text.rstrip())).high + 1 + 2 * len(words[0]) > width


def title_of(head: Sequence[Strip], hand: Hand) -> tuple[tuple[AnyInline, ...], str | None, bool, tuple[str, ...]]:
    """Return a title's inlines, its icon, whether it asks for the most room, and where it is to stand."""
    kept: list[Strip] = []
    icon = None
    hero, places = False, list[str]()
    for strip in head:
        found = notes_of(strip.text)
        hero |= found.hero
        places += found.places
        for begin, end in found.keep:
            piece = strip.cut(begin, end).trimmed()
            piece = _bare(piece)
            icons = find_icons(piece.text, both=False)
            if icon is None and (icons.before or icons.after):
                icon = icons.before or icons.after
                piece = piece.cut(icons.start, icons.end).trimmed()
            if piece.text:
                kept.append(piece)
    return hand.inlines(kept), icon, hero, tuple(places)


def _bare(strip: Strip) -> Strip:
    """Return a title without Markdown marks around it."""
    found = re.fullmatch(r"(?:#{1,6}\s+)?(\*\*|\[(?!\[))?(.*?)(?:\*\*|\])?", strip.text)
    if found is None or not (strip.text.startswith(("#", "**")) or (found[1] == "[" and strip.text.endswith("]"))):
        return strip
    return strip.cut(found.start(2), found.end(2)).trimmed()


def heading_of(pane: Pane, hand: Hand) -> Heading | None:
    """Return the sheet's title and the lines under it."""
    lines = [s.trimmed() for s in (*pane.head, *pane.inside, *pane.foot) if not s.blank]
    lines = [s for s in lines if not _LINE.fullmatch(s.text)]
    if not lines:
        return None
    first, icons = lines[0], list[str]()
    kept = [first.cut(a, b).trimmed() for a, b in notes_of(first.text).keep] or [first]
    while not icons:
        found = find_icons(kept[0].text, both=False)
        if not found.before or not kept[0].text[found.start :].strip():
            break
        icons.append(found.before)
        kept[0] = kept[0].cut(found.start, len(kept[0].text)).trimmed()
    tail: list[str] = []
    while not tail:
        found = find_icons(kept[-1].text, both=False)
        if found.before and not kept[-1].text[found.start :].strip() and len(kept) > 1:
            tail.insert(0, found.before)
            kept.pop()
            break
        if not found.after or not kept[-1].text[: found.end].strip():
            break
        tail.insert(0, found.after)
        kept[-1] = kept[-1].cut(0, found.end).trimmed()
    subtitle: list[AnyBlock] = []
    for strip in lines[1:]:
        label = _SUBTITLE.match(strip.text)
        words = strip.cut(label.end(), len(strip.text)) if label else strip
        parts = [words.cut(a, b).trimmed() for a, b in notes_of(words.text).keep]
        if parts:
            subtitle.append(Paragraph(span=hand.span(parts), content=hand.inlines(parts)))
    return Heading(hand.inlines(kept), (*icons, *tail), tuple(subtitle), hand.span([first]))


def is_title(part: Part) -> bool:
    """Tell whether the first zone is a title rather than panels."""
    if isinstance(part, Group):
        return False
    lines = [s for s in (*part.head, *part.inside, *part.foot) if not s.blank]
    return 0 < len(lines) <= 4 and not any(_BULLET.match(s.text) for s in lines)


def is_arrow(part: Part) -> bool:
    """Tell whether a zone holds nothing but arrows from the zone above to the one below."""
    if isinstance(part, Group):
        return False
    lines = [s.text.strip() for s in (*part.head, *part.inside, *part.foot) if not s.blank]
    return bool(lines) and all(
        leads_on(piece) or _LABELLED_ARROW.fullmatch(piece) for line in lines for piece in re.split(r"\s{3,}", line)
    )


def panes(part: Part) -> list[Pane]:
    """Return a zone's panes in reading order."""
    if isinstance(part, Pane):
        return [part]
    return [pane for one in part.parts for pane in panes(one)]
