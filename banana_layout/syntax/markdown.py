"""Sheet Markdown: CommonMark and GFM with front matter become a document, every node with its place, no word lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from banana_layout.model.document import Document, Overrides, Sheet
from banana_layout.source import BananaError, Source, Warned
from banana_layout.syntax import front_matter
from banana_layout.syntax.agreement import agrees, check_layout, connectors_of
from banana_layout.syntax.document_reader import DocumentReader
from banana_layout.syntax.front_matter import Findings, FrontMatter
from banana_layout.syntax.language import language_of

if TYPE_CHECKING:
    from collections.abc import Sequence


LONGEST = 1_000_000
"""A sheet may have this many characters."""
MOST_LINES = 100_000
"""And this many lines that are not empty: half a million `#` take more time and memory to read than to refuse."""


def read(source: Source, overrides: Overrides | None = None, base: str | None = None) -> Warned[Document]:
    """Return what a sheet says, and warnings.

    Args:
        source: the text; spans in the document count in it.
        overrides: what the command line says over the front matter.
        base: folder that image paths start from; None where no files may be read.

    Raises:
        BananaError: for input that cannot be used, at its place.
    """
    if len(source.text) > LONGEST:
        raise BananaError.single(f"the text has {len(source.text):,} characters, more than {LONGEST:,}", source=source)
    lines = source.text.count("\n")
    if lines > MOST_LINES and (lines := sum(map(bool, map(str.strip, source.text.split("\n"))))) > MOST_LINES:
        raise BananaError.single(f"the text has {lines:,} lines that are not empty; the limit is {MOST_LINES:,}")
    if "\r" in source.text:
        source = msgspec.structs.replace(source, text=source.text.replace("\r\n", "\n").replace("\r", "\n"))
    findings = Findings(source)
    front = front_matter.read(source, findings, overrides)
    findings.stop()
    if not front.lang_said:
        spoken = language_of(source.text[front.end :], front.settings.lang)
        front = msgspec.structs.replace(front, settings=msgspec.structs.replace(front.settings, lang=spoken))
    reader = DocumentReader(source, front.end, findings)
    sheets = _arranged(reader.sheets(front), front, findings)
    findings.stop()
    return Warned(Document(front.settings, tuple(sheets), source, base), tuple(findings.warnings))


def _arranged(sheets: Sequence[Sheet], front: FrontMatter, findings: Findings) -> list[Sheet]:
    """Return the sheets with the layout and the connectors the front matter gives them."""
    zones, arrows = front.zones, front.connectors
    if front.drawn is not None:
        from banana_layout.syntax.brief.drawn import placed

        first, zones, drawn = placed(findings.source, front, sheets[0], findings)
        findings.stop()
        sheets, arrows = [first, *sheets[1:]], (*arrows, *drawn)
    connectors = connectors_of(arrows, sheets, findings)
    out = [msgspec.structs.replace(sheet, connectors=c) for sheet, c in zip(sheets, connectors, strict=True)]
    if zones is None:
        return out
    fitting = [agrees(zones, sheet) for sheet in sheets]
    if not any(fitting):
        check_layout(zones, sheets[0], findings, front.layout_span)
    return [msgspec.structs.replace(s, zones=zones) if fits else s for s, fits in zip(out, fitting, strict=True)]
