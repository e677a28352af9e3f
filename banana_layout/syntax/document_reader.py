"""The text of a document behind its front matter: titles, panels, footnotes, every node with its place, no word lost."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from banana_layout.model.block import AnyBlock, Footnote, Footnotes, Paragraph
from banana_layout.model.document import Heading, Panel, Sheet
from banana_layout.model.inline import AnyInline, Text
from banana_layout.source import Diagnostic, Source, Span
from banana_layout.syntax.blocks import BlockReader
from banana_layout.syntax.foreign import SHIELD, cleaned
from banana_layout.syntax.front_matter import Findings, FrontMatter
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.html_headings import with_headings
from banana_layout.syntax.inlines import InlineReader
from banana_layout.syntax.places import line_span
from banana_layout.syntax.sections import Head, PanelPlan, SheetPlan, plan
from banana_layout.syntax.text_places import Offsets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from banana_layout.syntax.yaml_tree import Scalar

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class _Notes:
    """The footnotes of one sheet, numbered in the order of their marks."""

    def __init__(self, before: int = 0) -> None:
        self.before = before
        """How many footnotes the sheet has already."""
        self.numbers: dict[str, int] = {}
        """Label to number."""
        self.written: dict[str, tuple[str, Offsets]] = {}
        """Made-up label to the text of a footnote written where it is used."""
        self.waiting: list[str] = []
        """Labels marked, but not yet set at a panel's end."""

    def number(self, label: str) -> int:
        """Return a footnote's number; the first mark gives it one."""
        known = self.numbers.get(label)
        if known is None:
            known = self.numbers[label] = self.before + len(self.numbers) + 1
            self.waiting.append(label)
        return known


class DocumentReader:
    """Reads a whole text; the surroundings of its blocks and inlines (`places.Page`)."""

    def __init__(self, source: Source, start: int, findings: Findings) -> None:
        from banana_layout.syntax.markdown_parser import Parsed

        self.source = source
        self.text, tags, comments = cleaned(_readable(source.text, start))
        _tell(tags, "a template tag says nothing on a page and is left out", source, findings)
        _tell(
            comments,
            "a comment, an anchor or a list of contents says nothing on a page and is left out",
            source,
            findings,
        )
        self._parsed = Parsed(self.text, source)
        self.starts: Sequence[int] = self._parsed.starts
        self.ends: Sequence[int] = self._parsed.ends
        self._findings = findings
        self._said: set[str] = set()
        self._notes = _Notes()
        self._definitions: dict[str, tuple[list[Token], Span]] = {}
        self._used: set[str] = set()
        self._ids: dict[int, str] = {}
        self._targets: set[str] = set()

    # what blocks and inlines ask

    @property
    def has_open_notes(self) -> bool:
        """Whether a footnote was marked whose text is not set yet."""
        return bool(self._notes.waiting)

    def inline_tokens(self, content: str) -> list[Token]:
        """Return markdown-it's tokens of a text."""
        tokens = self._parsed.inline(content)
        if SHIELD in content:
            for token in tokens:
                token.content = token.content.replace(SHIELD, "{")
        return tokens

    def heading_id(self, line: int) -> str:
        """Return the id of the heading at a line, counted from 0."""
        return self._ids.get(line, "")

    def note_number(self, label: str) -> int:
        """Return the number of the footnote with a label on this sheet."""
        self._used.add(label)
        return self._notes.number(label)

    def written_note(self, content: str, offsets: Offsets) -> tuple[str, int]:
        """Take a footnote written where it is used; return its label and number."""
        label = f"note at {offsets.at(0)}"
        self._notes.written[label] = (content, offsets)
        return label, self._notes.number(label)

    def page_target(self, url: str) -> str | None:
        """Return the `#id` a link within the page leads to, or None where nothing has that id."""
        name = unquote(url[1:])
        for candidate in (name, name.lower(), name.lower().strip("-")):
            if candidate in self._targets:
                return "#" + candidate
        return None

    def warn(self, message: str, span: Span | None, *hints: str, once: str = "") -> None:
        """Note a finding; a second one with the same `once` is left out."""
        if once and once in self._said:
            return
        self._said.add(once)
        self._findings.warn(message, span, *hints)

    def keep(self, warning: Diagnostic) -> None:
        """Note a finding somebody else made."""
        self._findings.warnings.append(warning)

    # the document

    def sheets(self, front: FrontMatter) -> list[Sheet]:
        """Return all sheets."""
        plans = plan(self, self._without_definitions(), deepen=not front.has_layout)
        self._targets = {"title"}
        for sheet in plans:
            self._ids.update((head.line, head.id) for head in sheet.inner)
            self._targets.update(panel.id for panel in sheet.panels)
            self._targets.update(head.id for head in sheet.inner)
        out = [self._sheet(sheet, front, last=sheet is plans[-1]) for sheet in plans]
        if not front.has_layout and out[0].title is None and front.settings.title and out[0].panels:
            out[0] = msgspec.structs.replace(out[0], title=Heading((Text(text=front.settings.title),)))
        if front.subtitle is not None:
            out[0] = self._under(out[0], front.subtitle)
        self._warn_of_definitions()
        if not any(sheet.panels or sheet.title for sheet in out):
            self.warn("the sheet is empty", Span(0, 0), "write “# Title” and a “## Heading” for each panel")
        return out

    def fragment(self, slugs: Slugs, notes: int) -> tuple[AnyBlock, ...]:
        """Return the blocks of a text that is one panel's content, footnotes numbered on from `notes`."""
        tokens = self._without_definitions()
        self._notes = _Notes(notes)
        for token, inline in itertools.pairwise(tokens):
            if token.type == "heading_open":
                self._ids[(token.map or [0])[0]] = slugs.take(inline.content, "heading")
        self._targets = slugs.taken
        blocks = self._blocks(tokens)
        unused = self._unused()
        self._warn_of_definitions()
        return blocks if unused is None else _with_notes(blocks, unused)

    def _sheet(self, sheet: SheetPlan, front: FrontMatter, *, last: bool) -> Sheet:
        """Return one sheet."""
        self._notes = _Notes()
        title = self._title(sheet.head, sheet.lead)
        if title is None and not sheet.untitled and front.settings.title and front.has_layout:
            title = Heading((Text(text=front.settings.title),))
        panels = [self._panel(panel) for panel in sheet.panels]
        # what was before a heading may have been grouping HTML only
        panels = [panel for panel in panels if panel.title or panel.blocks or panel.span is not None]
        if last:
            unused = self._unused()
            if unused is not None and panels:
                panels[-1] = msgspec.structs.replace(panels[-1], blocks=_with_notes(panels[-1].blocks, unused))
            elif unused is not None and title is not None:
                title = msgspec.structs.replace(title, subtitle=_with_notes(title.subtitle, unused))
            elif unused is not None:
                panels = [Panel("intro", (), (unused,))]
        return Sheet(tuple(panels), title)

    def _under(self, sheet: Sheet, line: Scalar) -> Sheet:
        """Return a sheet with the front matter's line under its title."""
        if sheet.title is None:
            self.warn("the subtitle has no title above it and is left out", line.span, "write “# Title” or “title: …”")
            return sheet
        places = Offsets((0,), (line.span.start + (not line.plain),))
        words = Paragraph(span=line.span, content=InlineReader(self, " ".join(line.value.split()), places).read())
        title = msgspec.structs.replace(sheet.title, subtitle=(words, *sheet.title.subtitle))
        return msgspec.structs.replace(sheet, title=title)

    def _title(self, head: Head | None, lead: list[Token]) -> Heading | None:
        """Return a sheet's title and the text under it."""
        if head is None:
            return None
        content = self._inlines(head)
        icons = tuple(icon for icon in (head.icons.before, head.icons.after) if icon is not None)
        return Heading(content, icons, self._blocks(lead), head.span)

    def _panel(self, panel: PanelPlan) -> Panel:
        """Return one panel."""
        head = panel.head
        if head is None:
            return Panel(panel.id, (), self._blocks(panel.tokens))
        title = self._inlines(head)
        return Panel(
            panel.id,
            title,
            self._blocks(panel.tokens),
            head.icons.before or head.icons.after,
            head.attributes.classes,
            head.attributes.pairs,
            head.span,
        )

    def _inlines(self, head: Head) -> tuple[AnyInline, ...]:
        """Return a heading's inlines."""
        return InlineReader(self, head.content, head.offsets).read() if head.content.strip() else ()

    def _blocks(self, tokens: list[Token]) -> tuple[AnyBlock, ...]:
        """Return blocks and, at their end, the footnotes they mark."""
        blocks = BlockReader(self, tokens).read()
        notes: list[Footnote] = []
        while self._notes.waiting:
            notes.append(self._footnote(self._notes.waiting.pop(0)))
        return _with_notes(blocks, Footnotes(items=tuple(notes))) if notes else blocks

    def _footnote(self, label: str) -> Footnote:
        """Return the text of a footnote."""
        number = self._notes.numbers[label]
        written = self._notes.written.get(label)
        if written is not None:
            content, offsets = written
            span = offsets.span(0, len(content))
            inlines = InlineReader(self, content, offsets).read()
            return Footnote(label, number, (Paragraph(span=span, content=inlines),), span)
        tokens, span = self._definitions[label]
        return Footnote(label, number, BlockReader(self, [token.copy() for token in tokens]).read(), span)

    def _without_definitions(self) -> list[Token]:
        """Return the block tokens without footnote definitions, which are put aside."""
        rest: list[Token] = []
        stack: list[tuple[str, list[Token], Span]] = []
        for token in self._parsed.tokens:
            if token.type == "footnote_reference_open":
                first, end = token.map or [0, 1]
                stack.append((str(token.meta["label"]), [], line_span(self, first, end)))
            elif token.type == "footnote_reference_close":
                label, tokens, span = stack.pop()
                self._define(label, tokens, span)
            else:
                (stack[-1][1] if stack else rest).append(token)
        return with_headings(self, rest)

    def _define(self, label: str, tokens: list[Token], span: Span) -> None:
        """Put a footnote's definition aside; a second one of a label is kept as an unused one."""
        if label in self._definitions:
            self.warn(f"footnote “{label}” is defined twice", span, "give each footnote a label of its own")
            count = 2
            while f"{label} ({count})" in self._definitions:
                count += 1
            label = f"{label} ({count})"
        self._definitions[label] = (tokens, span)

    def _unused(self) -> Footnotes | None:
        """Return the footnotes no mark points at, so that they are not lost."""
        notes: list[Footnote] = []
        for label, (_, span) in self._definitions.items():
            if label not in self._used:
                self.warn(
                    f"nothing refers to footnote “{label}”; it is set at the end", span, f"write [^{label}] in the text"
                )
                self._notes.number(label)
        while self._notes.waiting:
            notes.append(self._footnote(self._notes.waiting.pop(0)))
        return Footnotes(items=tuple(notes)) if notes else None

    def _warn_of_definitions(self) -> None:
        """Tell link definitions that say nothing on the page: those given twice, and those no link uses."""
        for reference in self._parsed.env.get("duplicate_refs", ()):
            first, end = reference["map"]
            label = str(reference["label"])
            self.warn(f"link “{label[:80]}” is defined twice; the first one holds", line_span(self, first, end))
        for label, first, end in self._parsed.unused_links():
            self.warn(f"nothing uses the link definition “{label[:80].lower()}”", line_span(self, first, end))


def _tell(places: Sequence[Span], message: str, source: Source, findings: Findings) -> None:
    """Warn of what is left out: each kind once, with how many there are."""
    if places:
        written = " ".join(source.text[places[0].start : places[0].end].split())
        more = f" (and {len(places) - 1} more)" if len(places) > 1 else ""
        findings.warn(f"{message}: {written[:60]}{more}", places[0])


def _with_notes(blocks: tuple[AnyBlock, ...], notes: Footnotes) -> tuple[AnyBlock, ...]:
    """Return blocks with footnotes at their end."""
    if blocks and isinstance(blocks[-1], Footnotes):
        return (*blocks[:-1], Footnotes(items=blocks[-1].items + notes.items))
    return (*blocks, notes)


def _readable(text: str, start: int) -> str:
    """Return a text of the same length with its front matter blanked and without characters no page can show."""
    if start or text.startswith("\ufeff"):
        start = max(start, 1)
        text = re.sub(r"[^\n]", " ", text[:start]) + text[start:]
    return _UNPRINTABLE.sub("\ufffd", text)
