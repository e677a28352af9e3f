"""A brief becomes a document: zones and panels from the wireframe, weights from the ratios, content from the sections."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, Paragraph
from banana_layout.model.document import Document, Heading, Overrides, Panel, Settings, Sheet
from banana_layout.model.inline import Text, plain_text
from banana_layout.source import BananaError, Diagnostic, Source, Span, Warned
from banana_layout.syntax import front_matter
from banana_layout.syntax.boxart import drawing
from banana_layout.syntax.brief import content, orders, ratios
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.outline import outline
from banana_layout.syntax.brief.page import lang_of, page_of
from banana_layout.syntax.brief.panels import Draft, draft_of, heading_of, is_arrow, is_title, panes, title_of
from banana_layout.syntax.brief.sections import SURE, Match, Section, matched, sections_of
from banana_layout.syntax.brief.shares import shares_of
from banana_layout.syntax.brief.titles import ALIKE, likeness
from banana_layout.syntax.brief.zoning import Drawn, zones_of
from banana_layout.syntax.front_matter import Findings, FrontMatter
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.wireframe import Group, Pane, Strip, Wireframe, Zone, find
from banana_layout.syntax.wireframe.glyph import cells

LINE = 80
"""Cells that a line of a panel as wide as the page takes about."""
LONGEST = 1_000_000
"""A brief may have this many characters."""


def read(source: Source, overrides: Overrides | None = None, base: str | None = None) -> Warned[Document]:
    """Return the sheet a brief describes, and what was decided on the way.

    Args:
        source: the text; spans in the document count in it.
        overrides: what the command line says.
        base: folder that image paths start from; None where no files may be read.

    Raises:
        BananaError: for a text without a wireframe, and for settings that cannot be used.
    """
    if len(source.text) > LONGEST:
        raise BananaError.single(f"the text has {len(source.text):,} characters, more than {LONGEST:,}", source=source)
    if "\r" in source.text:
        source = msgspec.structs.replace(source, text=source.text.replace("\r\n", "\n").replace("\r", "\n"))
    wireframe = find(source.text)
    if wireframe is None:
        raise BananaError.single("there is no wireframe in this brief", source=source)
    return _Reader(source, wireframe, overrides or Overrides()).read(base)


class _Reader:
    """Reads one brief."""

    def __init__(self, source: Source, wireframe: Wireframe, overrides: Overrides) -> None:
        self._source = source
        self._wireframe = wireframe
        self._overrides = overrides
        self._findings = Findings(source)
        self._hand = Hand(source, self._findings)
        self._skip = (wireframe.first, wireframe.last + 1)
        self._outline = outline(source.text, self._skip)
        self._slugs = Slugs({"title"})

    def read(self, base: str | None) -> Warned[Document]:
        """Return the document."""
        zones = list(self._wireframe.zones)
        first = zones[0].part
        title = heading_of(first, self._hand) if isinstance(first, Pane) and is_title(first) else None
        sections = sections_of(self._outline, self._skip)
        self._front = self._front_matter()
        if title is not None and self._is_panel(title, sections):
            title = None
        body = zones[1:] if title is not None else zones
        drawn = [self._drawn(z, sections) for z in body]
        told = ratios.drawn([s for s in zones[0].lines if not s.blank]) if title is not None else []
        drawn_shares = shares_of(drawn, told, self._hand)
        if title is None and self._front.settings.title:
            title = Heading((Text(text=self._front.settings.title),))
        drafts = self._placed(drawn)
        matches = matched(sections, drafts, sum(1 for d in drawn if d.drafts), self._outline)
        self._fill(drafts, matches)
        count = sum(1 for d in drawn if d.drafts) + (title is not None)
        near, other = self._ratio_lines(matches)
        entries = ratios.read(near, count) or ratios.read(other, count, strict=True) or drawn_shares
        settings = self._settings(matches)
        laid = zones_of(drawn, (zones[0], title is not None), entries, settings.page, self._hand)
        self._tell_unfilled(drafts, matches)
        left = self._left_over(sections, matches)
        self._tell_promises(sections, matches)
        panels = tuple(_panel(d) for d in drafts)
        if title is not None and self._front.subtitle is not None:
            line = Paragraph(span=self._front.subtitle.span, content=(Text(text=self._front.subtitle.value),))
            title = msgspec.structs.replace(title, subtitle=(line, *title.subtitle))
        sheets = [Sheet(panels, title, laid.zones, laid.connectors)]
        if self._overrides.all and left:
            sheets.append(self._further(left))
        self._findings.stop()
        document = Document(settings, tuple(sheets), self._source, base)
        return Warned(document, tuple(sorted(self._findings.warnings, key=_place)))

    def _is_panel(self, title: Heading, sections: Sequence[Section]) -> bool:
        """Tell whether the first zone is a section's rather than the title's, which the front matter says."""
        words = plain_text(title.content)
        return bool(self._front.settings.title) and any(s.sure and likeness(s.title, words) >= SURE for s in sections)

    def _drawn(self, zone: Zone, sections: Sequence[Section]) -> Drawn:
        """Return a zone with its panels; boxes of one line each that arrows join, and no section fills, are a drawing."""
        if is_arrow(zone.part):
            return Drawn(zone, [])
        drafts = [draft_of(p, self._hand) for p in panes(zone.part)]
        part = zone.part
        if isinstance(part, Group) and part.marks and all(d.bare for d in drafts):
            alike = (likeness(s.title, d.title) >= ALIKE for s in sections for d in drafts)
            if not any(alike):
                whole = Pane(zone.lines, width=part.width, height=part.height)
                return Drawn(zone._replace(part=whole), [draft_of(whole, self._hand)])
        return Drawn(zone, drafts)

    def _placed(self, drawn: Sequence[Drawn]) -> list[Draft]:
        """Return all panels in reading order, each knowing where it stands and its id."""
        out: list[Draft] = []
        row = 0
        for zone in drawn:
            kept = [d for d in zone.drafts if d.content or d.icon or any(not s.blank for s in d.body)]
            zone.drafts[:] = kept
            for column, draft in enumerate(kept):
                draft.row, draft.column, draft.columns = row, column, len(kept)
                draft.id = self._slugs.take(plain_text(draft.content), "panel")
                out.append(draft)
            row += bool(kept)
        return out

    def _fill(self, drafts: Sequence[Draft], matches: Sequence[Match]) -> None:
        """Give each panel its content: its section's, else its own lines."""
        by_panel = {m.panel: m for m in matches}
        for index, draft in enumerate(drafts):
            own = tuple(drawing.blocks_of(draft.body, self._hand))
            match = by_panel.get(index)
            if match is None:
                draft.blocks = own
                continue
            section = match.section
            text = self._outline.text(section.first, section.last)
            found = content.blocks_of(text, section, self._outline.starts[section.first], self._hand, self._slugs)
            name = plain_text(draft.content) or draft.id
            span = Span(section.start, section.start + len(section.title))
            if not found:
                draft.blocks = own
                self._hand.note(
                    f"section “{section.title}” holds only orders; panel “{name}” shows the drawing's lines", span
                )
                continue
            draft.blocks, draft.digest = found, own
            wide = LINE // draft.columns
            draft.lines = sum(-(-cells(line.strip()) // wide) for line in text.split("\n") if line.strip(" -"))
            self._hand.note(f"section “{section.title}” fills panel “{name}”: {match.why}", span)

    def _tell_unfilled(self, drafts: Sequence[Draft], matches: Sequence[Match]) -> None:
        """Tell the panels that no section fills, where others are filled."""
        filled = {m.panel for m in matches}
        names = [f"“{plain_text(d.content) or d.id}”" for i, d in enumerate(drafts) if i not in filled]
        if matches and names:
            shown = ", ".join(names[:6]) + (", …" if len(names) > 6 else "")
            one = len(names) == 1
            self._hand.note(
                f"no section has the title of panel{'s' * (not one)} {shown}; "
                f"{'it shows its' if one else 'they show their'} lines of the drawing",
                self._hand.span(next(d for i, d in enumerate(drafts) if i not in filled).head),
            )

    def _ratio_lines(self, matches: Sequence[Match]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
        """Return the lines that may say ratios: those about the layout, and all other prose."""
        taken = {(m.section.first, m.section.last) for m in matches}
        near: list[tuple[int, str]] = []
        other: list[tuple[int, str]] = []
        for part in self._outline.parts:
            if part.kind in ("source", "content") or (part.first, part.last) in taken:
                continue
            into = near if part.kind == "layout" else other
            into.append((part.title_start, part.title))
            for row in range(part.first, part.last):
                if not self._skip[0] <= row < self._skip[1]:
                    into.append((self._outline.starts[row], self._outline.lines[row]))
        return near, other

    def _left_over(self, sections: Sequence[Section], matches: Sequence[Match]) -> list[Section]:
        """Return the sections no panel shows, and tell each."""
        used = {m.section for m in matches}
        left = [s for s in sections if s not in used and s.sure and not s.silent]
        for section in left:
            span = Span(section.start, section.start + len(section.title))
            if self._overrides.all:
                self._hand.note(f"section “{section.title}” belongs to no panel; it stands on a further page", span)
            else:
                self._hand.warn(
                    f"section “{section.title}” belongs to no panel and is left off the sheet",
                    span,
                    "give a panel its title, or use --all to put it on a further page",
                )
        return left

    def _tell_promises(self, sections: Sequence[Section], matches: Sequence[Match]) -> None:
        """Tell each table that the prose orders by its columns: nobody writes its rows."""
        read = [(s.first, s.last) for s in (m.section for m in matches)] + [
            (s.first, s.last) for s in sections if s.sure
        ]
        for part in self._outline.parts:
            if part.kind in ("source", "content") or any(a <= part.first < b for a, b in read):
                continue
            for row in range(part.first, part.last):
                line = self._outline.lines[row]
                words = re.sub(r"^[\s>]*(?:[-*+•]|\d+[.)])?\s*", "", line)
                if not self._skip[0] <= row < self._skip[1] and orders.promised(words):
                    begin = self._outline.starts[row] + len(line) - len(words)
                    self._hand.warn(
                        f"the order “{orders.short(words)}” is left out: it names columns, but no rows",
                        Span(begin, begin + len(words)),
                        "write the table into a section, under a heading that is a panel's title",
                    )

    def _further(self, left: Sequence[Section]) -> Sheet:
        """Return a sheet with the sections no panel shows."""
        panels = []
        slugs = Slugs({"title"})
        for section in left:
            draft = self._section_panel(section, slugs)
            if draft is not None:
                panels.append(draft)
        return Sheet(tuple(panels))

    def _section_panel(self, section: Section, slugs: Slugs) -> Panel | None:
        """Return a section as a panel of its own."""
        text = self._outline.text(section.first, section.last)
        blocks = content.blocks_of(text, section, self._outline.starts[section.first], self._hand, slugs)
        words, icon, _, _ = title_of([Strip(0, section.start, section.title)], self._hand)
        if not blocks:
            return None
        return Panel(slugs.take(plain_text(words), "panel"), words or (Text(text=section.title),), blocks, icon)

    def _settings(self, matches: Sequence[Match]) -> Settings:
        """Return the settings: the front matter's and the command line's, then what the prose says of the page."""
        front, settings = self._front, self._front.settings
        head = self._source.text[: front.end]
        asked = re.search(r"^(?:page|orientation)[ \t]*:", head, re.MULTILINE) or self._overrides.page
        if not asked:
            page = page_of(self._prose())
            if self._overrides.landscape:
                page = msgspec.structs.replace(
                    page, width=max(page.width, page.height), height=min(page.width, page.height)
                )
            settings = msgspec.structs.replace(settings, page=page)
        if not re.search(r"^lang[ \t]*:", head, re.MULTILINE):
            shown = self._source.text[self._wireframe.start : self._wireframe.end]
            shown += "".join(self._outline.text(m.section.first, m.section.last) for m in matches)
            settings = msgspec.structs.replace(settings, lang=lang_of(shown))
        return msgspec.structs.replace(settings, fit="gentle", all=self._overrides.all)

    def _front_matter(self) -> FrontMatter:
        """Return what the front matter says; where it cannot be read it is prose like the rest, with a warning."""
        try:
            found = Findings(self._source)
            front = front_matter.read(self._source, found, self._overrides)
            found.stop()
            # keys of other tools are no business of a brief's
            self._findings.warnings += [w for w in found.warnings if "has no key" not in w.message]
        except BananaError as error:
            if any(d.span is None for d in error.diagnostics):
                raise  # the command line's own mistake
            self._findings.warnings += [msgspec.structs.replace(d, severity="warning") for d in error.diagnostics]
            nothing = Findings(Source(self._source.name, ""))
            front = front_matter.read(nothing.source, nothing, self._overrides)
        return front

    def _prose(self) -> list[str]:
        """Return the lines that speak to the writer: neither source text nor content nor the wireframe."""
        out = []
        for part in self._outline.parts:
            if part.kind in ("source", "content"):
                continue
            out += [part.title]
            out += [
                line
                for row, line in enumerate(self._outline.lines[part.first : part.last], part.first)
                if not self._skip[0] <= row < self._skip[1]
            ]
        return out


def _place(found: Diagnostic) -> tuple[int, int]:
    """Return the line and column of a finding, the first ones where it has no place."""
    where = found.location()
    return (where[1].line, where[1].column) if where else (0, 0)


def _panel(draft: Draft) -> Panel:
    """Return a draft as a panel of the model."""
    span = Span(draft.head[0].start, draft.head[-1].start + len(draft.head[-1].text)) if draft.head else None
    classes = ("hero",) if draft.hero else ()
    digest: tuple[AnyBlock, ...] = draft.digest
    return Panel(draft.id, draft.content, draft.blocks, draft.icon, classes, (), span, digest)
