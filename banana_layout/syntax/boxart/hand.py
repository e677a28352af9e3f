"""Turns stretches of a text into inlines and diagrams that know their place in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Protocol

from banana_layout.model.block import Diagram
from banana_layout.model.inline import AnyInline
from banana_layout.source import BananaError, Diagnostic, Source, Span, Warned
from banana_layout.syntax.inlines import InlineReader, Surroundings
from banana_layout.syntax.text_places import Offsets
from banana_layout.syntax.wireframe import Strip

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Around(Surroundings, Protocol):
    """The document a drawing stands in."""

    def keep(self, warning: Diagnostic) -> None:
        """Note a finding somebody else made."""


class Hand:
    """Reads lines of one source."""

    def __init__(self, source: Source, around: Around) -> None:
        self.source = source
        """What places count in."""
        self._around = around

    def inlines(self, strips: Sequence[Strip]) -> tuple[AnyInline, ...]:
        """Return the inlines of some lines that belong together; line ends between them count as blanks."""
        inside, outside, at = [], [], 0
        for strip in strips:
            inside.append(at)
            outside.append(strip.start)
            at += len(strip.text) + 1
        content = _UNPRINTABLE.sub("\ufffd", "\n".join(s.text for s in strips)).replace("^[", "^\\[")
        return InlineReader(self._around, content, Offsets(tuple(inside), tuple(outside))).read() if strips else ()

    def span(self, strips: Sequence[Strip]) -> Span:
        """Return where some lines stand, from the first to the last."""
        return Span(strips[0].start, strips[-1].start + len(strips[-1].text)) if strips else Span(0, 0)

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
        self._around.keep(Diagnostic("warning", message, span, hints, self.source))

    def note(self, message: str, span: Span | None, *hints: str) -> None:
        """Note something worth knowing that is no fault."""
        self._around.keep(Diagnostic("note", message, span, hints, self.source))
