"""Pieces of Markdown that programs write: a panel's content, a heading's text."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from banana_layout.model.block import AnyBlock
from banana_layout.model.inline import AnyInline, plain_text
from banana_layout.source import BananaError, Source, Warned
from banana_layout.syntax.document_reader import DocumentReader
from banana_layout.syntax.front_matter import Findings
from banana_layout.syntax.headings import Slugs, find_icons
from banana_layout.syntax.inlines import InlineReader
from banana_layout.syntax.text_places import Offsets


class Title(NamedTuple):
    """A heading's text, taken apart."""

    content: tuple[AnyInline, ...]
    """Its inlines, icons taken out."""
    icons: tuple[str, ...]
    """Emoji that stood at its start and end."""
    words: str
    """What a reader reads."""


def read_blocks(source: Source, targets: Collection[str] = (), notes: int = 0) -> Warned[tuple[AnyBlock, ...]]:
    """Return the blocks of a text without front matter; every heading in it is one inside a panel.

    Args:
        source: the text.
        targets: ids that links within the page may lead to.
        notes: how many footnotes the sheet has already.
    """
    findings = Findings(source)
    reader = DocumentReader(source, 0, findings)
    blocks = reader.fragment(Slugs(set(targets) | {"title"}), notes)
    return Warned(blocks, tuple(findings.warnings))


def read_title(source: Source, *, both: bool) -> Warned[Title]:
    """Return a heading's text, one line of Markdown, taken apart; `both` takes an emoji at its end as well."""
    findings = Findings(source)
    line = " ".join(source.text.split("\n"))
    icons = find_icons(line, both=both)
    content = line[icons.start : icons.end].rstrip()
    lead = len(content) - len(content.lstrip())
    offsets = Offsets((0,), (icons.start + lead,))
    reader = DocumentReader(source, 0, findings)
    inlines = InlineReader(reader, content.lstrip(), offsets).read() if content.strip() else ()
    if reader.has_open_notes:
        raise BananaError.single("a title written by a program cannot hold a footnote", None, (), source)
    found = tuple(icon for icon in (icons.before, icons.after) if icon is not None)
    return Warned(Title(inlines, found, plain_text(inlines)), tuple(findings.warnings))
