"""Turns stretches of a brief into blocks that know their place in it."""

from __future__ import annotations

import re

import msgspec

from banana_layout.model.block import AnyBlock
from banana_layout.model.flowchart import Flowchart
from banana_layout.model.mindmap import MindMap
from banana_layout.source import BananaError, Source, Span
from banana_layout.syntax import boxart
from banana_layout.syntax.document_reader import DocumentReader
from banana_layout.syntax.front_matter import Findings
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.spans import respanned

_UNREADABLE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,})[ \t]*)(mermaid)", re.MULTILINE)


class Hand(boxart.Hand):
    """Reads pieces of one brief."""

    def __init__(self, source: Source, findings: Findings) -> None:
        super().__init__(source, DocumentReader(Source(source.name, ""), 0, findings))
        self.findings = findings
        """Takes warnings."""

    def blocks(self, text: str, start: int, slugs: Slugs, notes: int = 0) -> tuple[AnyBlock, ...]:
        """Return the blocks of a stretch of Markdown that begins at an offset.

        A Mermaid diagram that cannot be read stays text, with a warning: a brief always gives its page.
        """
        offsets, at = [], start
        for line in text.split("\n"):
            offsets.append(at)
            at += len(line) + 1
        piece = Source(self.source.name, text, self.source, tuple(offsets))
        found = Findings(piece)
        try:
            blocks = DocumentReader(piece, 0, found).fragment(Slugs(set(slugs.taken)), notes)
        except BananaError as error:
            self.findings.warnings += [msgspec.structs.replace(d, severity="warning") for d in error.diagnostics]
            found = Findings(piece)
            plain = msgspec.structs.replace(piece, text=_UNREADABLE.sub(lambda m: m[1] + " " * len(m[2]), text))
            blocks = DocumentReader(plain, 0, found).fragment(slugs, notes)
        self.findings.warnings += found.warnings
        # What diagrams say has its places in the brief already.
        return respanned(blocks, lambda span: Span(span.start + start, span.end + start), keep=(Flowchart, MindMap))
