"""Where a Markdown file's sheets and panels begin: headings found among the block tokens, ids given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from banana_layout.source import BananaError, Span
from banana_layout.syntax.headings import Attributes, Icons, Slugs, find_icons, split_attributes
from banana_layout.syntax.places import Page, line_offsets, line_span
from banana_layout.syntax.text_places import Offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token


LEAD_LONGEST = 240
"""Text of so many characters stands under a title that is laid out by itself; wide ones count twice."""

_HEAVY = ("![", "<img", "[^", "^[")
"""Pictures and footnotes are too much for it."""


class Head(msgspec.Struct):
    """A heading, taken apart."""

    level: int
    """1 to 6."""
    content: str
    """Its text without icons and attributes."""
    offsets: Offsets
    """Where the text stands."""
    icons: Icons
    """The emoji around it."""
    attributes: Attributes
    """What `{…}` says."""
    span: Span
    """Where the heading stands."""
    line: int
    """The line it begins on, from 0."""
    words: str
    """What a reader reads."""
    id: str = ""
    """How it is known; set once all headings are seen."""


class PanelPlan(msgspec.Struct):
    """A panel to come."""

    head: Head | None
    """Its heading; None for text before any."""
    tokens: list[Token]
    """What it holds."""
    id: str = ""
    """How it is known; set once all headings are seen."""
    heading: Sequence[Token] = ()
    """The heading's own three tokens."""


class SheetPlan(msgspec.Struct):
    """A sheet to come."""

    head: Head | None
    """Its `#` heading."""
    lead: list[Token]
    """What stands between that and the first panel."""
    panels: list[PanelPlan]
    """Its panels."""
    inner: list[Head]
    """Headings inside panels."""
    untitled: bool = False
    """Whether a `#` without words begins it: a page that has no title."""


def plan(page: Page, tokens: Sequence[Token], *, deepen: bool = False) -> list[SheetPlan]:
    """Return the sheets a text consists of, at least one, each heading with its id.

    A `#` without words starts a page that has no title. With `deepen`, a sheet that has a single `##`,
    or none, takes its panels from the `###` in it.
    """
    sheets = [SheetPlan(None, [], [], [])]
    current: list[Token] = []
    intro = PanelPlan(None, current)
    skip = 0
    for index, token in enumerate(tokens):
        if index < skip:
            continue
        if token.type != "heading_open":
            current.append(token)
            continue
        head = _head(page, token, tokens[index + 1], find_both=token.tag == "h1")
        if token.level == 0 and token.tag == "h1":
            if sheets[-1].head is not None or sheets[-1].panels or sheets[-1].untitled:
                sheets.append(SheetPlan(None, [], [], []))
            if head.words.strip() or head.icons.before:
                sheets[-1].head = head
            else:
                sheets[-1].untitled = True
            current = sheets[-1].lead
        elif token.level == 0 and token.tag == "h2":
            current = []
            sheets[-1].panels.append(PanelPlan(head, current, heading=tokens[index : index + 3]))
        else:
            sheets[-1].inner.append(head)
            current.append(token)
            continue
        skip = index + 3
    if intro.tokens:
        sheets[0].panels.insert(0, intro)
    for sheet in sheets:
        if sheet.untitled and sheet.lead:
            sheet.panels.insert(0, PanelPlan(None, sheet.lead))
            sheet.lead = []
    sheets = [sheet for sheet in sheets if sheet.panels or not sheet.untitled] or sheets[:1]
    for sheet in sheets:
        if deepen:
            _deepen(sheet)
        _settle_lead(sheet, short=deepen)
        _give_ids(page, sheet)
    return sheets


def _deepen(sheet: SheetPlan) -> None:
    """Where a sheet has a single `##` or none, make the `###` in it the panels.

    Text between the two stays a panel of its own under the `##`; where there is none, the `##` becomes the sheet's title, or
    stands under the title it has.
    """
    headed = [p for p in sheet.panels if p.head is not None]
    if len(headed) > 1:
        return
    if not headed:
        _without_second_level(sheet)
        return
    panel = headed[0]
    before, deeper = _by_third_level(panel.tokens, sheet)
    if not deeper:
        return
    at = sheet.panels.index(panel)
    if before:
        panel.tokens = before
        deeper.insert(0, panel)
    elif sheet.head is None:
        sheet.head = panel.head
    else:
        opening, inline, closing = panel.heading
        sheet.lead += [
            opening.copy(type="paragraph_open", tag="p"),
            inline,
            closing.copy(type="paragraph_close", tag="p"),
        ]
    sheet.panels[at : at + 1] = deeper


def _without_second_level(sheet: SheetPlan) -> None:
    """Make the `###` of a sheet without any `##` its panels; what stands before them stays where it is."""
    before, deeper = _by_third_level(sheet.panels[0].tokens if sheet.panels else sheet.lead, sheet)
    if not deeper:
        return
    if sheet.panels:
        sheet.panels[0].tokens = before
        deeper = ([sheet.panels[0]] if before else []) + deeper
    else:
        sheet.lead = before
    sheet.panels = deeper


def _by_third_level(tokens: list[Token], sheet: SheetPlan) -> tuple[list[Token], list[PanelPlan]]:
    """Return what stands before the first `###` and a panel for each; no panels where there is but one."""
    starts = [i for i, t in enumerate(tokens) if t.type == "heading_open" and t.tag == "h3" and t.level == 0]
    if len(starts) < 2:
        return tokens, []
    by_line = {head.line: head for head in sheet.inner}
    ends = [*starts[1:], len(tokens)]
    deeper = [
        PanelPlan(by_line[(tokens[i].map or [0])[0]], tokens[i + 3 : end], heading=tokens[i : i + 3])
        for i, end in zip(starts, ends, strict=True)
    ]
    sheet.inner = [head for head in sheet.inner if not any(head is p.head for p in deeper)]
    return tokens[: starts[0]], deeper


def _settle_lead(sheet: SheetPlan, *, short: bool) -> None:
    """Keep leading paragraphs under the title where a sheet has no panel, or where only a `short` text may stand there.

    What does not stay makes a panel before the others.
    """
    if sheet.panels and not short:
        return
    index, length = 0, 0
    while index < len(sheet.lead) and sheet.lead[index].type == "paragraph_open":
        content = sheet.lead[index + 1].content
        length += len(content) + sum(c > "\u2e7f" for c in content)
        if short and (length > LEAD_LONGEST or any(mark in content for mark in _HEAVY)):
            break
        index += 3
    rest = sheet.lead[index:]
    if rest:
        del sheet.lead[index:]
        sheet.panels.insert(0, PanelPlan(None, rest))


def _head(page: Page, token: Token, inline: Token, *, find_both: bool) -> Head:
    """Return a heading taken apart."""
    content, attributes = split_attributes(inline.content)
    icons = find_icons(content, both=find_both)
    first, last = token.map or [0, 1]
    words = content[icons.start : icons.end]
    return Head(
        int(token.tag[1]),
        words,
        line_offsets(page, inline).after(icons.start),
        icons,
        attributes,
        line_span(page, first, last),
        first,
        _reading(page, words),
    )


def _reading(page: Page, content: str) -> str:
    """Return a heading's words without their markup."""
    if not any(c in "*_`[<\\&~=!" for c in content):
        return content
    tokens = page.inline_tokens(content)
    return "".join(t.content for t in tokens if t.type in ("text", "text_special", "code_inline"))


def _give_ids(page: Page, sheet: SheetPlan) -> None:
    """Give each heading its id: the author's first, then panels' slugs, then those of the headings inside."""
    taken: dict[str, Head | None] = {"title": None}
    heads = [panel.head for panel in sheet.panels if panel.head] + sheet.inner
    for head in heads:
        name = head.attributes.id
        if not name:
            continue
        if name in taken:
            raise BananaError.single(
                f"the id “{name}” is taken" if name != "title" else "the id “title” is the title panel's",
                head.span,
                ("give each heading an id of its own",),
                page.source,
            )
        taken[name] = head
        head.id = name
    slugs = Slugs(set(taken))
    for panel in sheet.panels:
        if panel.head is None:
            panel.id = slugs.take("intro", "intro")
        else:
            panel.head.id = panel.head.id or slugs.take(panel.head.words, "panel")
            panel.id = panel.head.id
    for head in sheet.inner:
        head.id = head.id or slugs.take(head.words, "heading")
