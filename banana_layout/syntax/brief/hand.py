"""Turns stretches of a brief into inlines, blocks and diagrams that know their place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from banana_layout.model.block import AnyBlock, Diagram
from banana_layout.model.inline import AnyInline
from banana_layout.source import BananaError, Diagnostic, Source, Span, Warned
from banana_layout.syntax.front_matter import Findings
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.inlines import InlineReader, Offsets
from banana_layout.syntax.markdown import DocumentReader
from banana_layout.syntax.wireframe import Strip

S = TypeVar("S")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Hand:
    """Reads pieces of one source."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self.source = source
        """The whole brief."""
        self.findings = findings
        """Takes warnings."""
        self._inline = DocumentReader(Source(source.name, ""), 0, findings)

    def inlines(self, strips: Sequence[Strip]) -> tuple[AnyInline, ...]:
        """Return the inlines of some lines that belong together; line ends between them count as blanks."""
        inside, outside, at = [], [], 0
        for strip in strips:
            inside.append(at)
            outside.append(strip.start)
            at += len(strip.text) + 1
        content = _UNPRINTABLE.sub("\ufffd", "\n".join(s.text for s in strips)).replace("^[", "^\\[")
        return InlineReader(self._inline, content, Offsets(tuple(inside), tuple(outside))).read() if strips else ()

    def span(self, strips: Sequence[Strip]) -> Span:
        """Return where some lines stand, from the first to the last."""
        return Span(strips[0].start, strips[-1].start + len(strips[-1].text)) if strips else Span(0, 0)

    def blocks(self, text: str, start: int, slugs: Slugs, notes: int = 0) -> tuple[AnyBlock, ...]:
        """Return the blocks of a stretch of Markdown that begins at an offset.

        Raises:
            BananaError: for Markdown that cannot be used, at its place.
        """
        offsets, at = [], start
        for line in text.split("\n"):
            offsets.append(at)
            at += len(line) + 1
        piece = Source(self.source.name, text, self.source, tuple(offsets))
        found = Findings(piece)
        reader = DocumentReader(piece, 0, found)
        blocks = reader.fragment(slugs, notes)
        self.findings.warnings += found.warnings
        return tuple(moved(block, start) for block in blocks)

    def diagram(self, text: str, strips: Sequence[Strip]) -> Diagram | None:
        """Return the diagram a Mermaid text made from some lines says; None, with a warning, where it says none."""
        from banana_layout.syntax import mermaid

        span = self.span(strips)
        lines = text.count("\n") + 1
        try:
            read: Warned[Any] = mermaid.read(Source(self.source.name, text, self.source, (span.start,) * lines))
        except BananaError:
            self.warn("this drawing could not be understood; it is kept as text", span)
            return None
        return Diagram(span=span, diagram=read.value, source=text)

    def warn(self, message: str, span: Span | None, *hints: str) -> None:
        """Note a warning."""
        self.findings.warn(message, span, *hints)

    def note(self, message: str, span: Span | None, *hints: str) -> None:
        """Note something worth knowing that is no fault."""
        self.findings.warnings.append(Diagnostic("note", message, span, hints, self.source))


def moved(value: S, by: int) -> S:
    """Return a piece of a model with its places moved; diagrams keep theirs, which count in their own text."""
    if isinstance(value, Span):
        return Span(value.start + by, value.end + by)  # type: ignore[return-value]
    if isinstance(value, Diagram):
        span = None if value.span is None else moved(value.span, by)
        return msgspec.structs.replace(value, span=span)
    if isinstance(value, msgspec.Struct):
        changed = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            new = moved(old, by) if isinstance(old, (msgspec.Struct, tuple)) else old
            if new is not old:
                changed[name] = new
        return msgspec.structs.replace(value, **changed) if changed else value
    if isinstance(value, tuple):
        items = tuple(moved(item, by) if isinstance(item, (msgspec.Struct, tuple)) else item for item in value)
        return items  # type: ignore[return-value]
    return value
