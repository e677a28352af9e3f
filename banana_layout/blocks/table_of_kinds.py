"""Every block and who places it: a new block is a file and a row."""

from __future__ import annotations

from banana_layout.blocks import (
    callout,
    cards,
    code,
    definition,
    footnotes,
    heading,
    image,
    paragraph,
    quote,
    rule,
    table,
)
from banana_layout.blocks import list as list_block
from banana_layout.kind import Kind
from banana_layout.model import block

KINDS: tuple[Kind, ...] = (
    Kind(block.Paragraph, paragraph.place),
    Kind(block.SubHeading, heading.place),
    Kind(block.List, list_block.place),
    Kind(block.Table, table.place),
    Kind(block.Quote, quote.place),
    Kind(block.Callout, callout.place),
    Kind(block.Cards, cards.place),
    Kind(block.CodeBlock, code.place),
    Kind(block.Image, image.place),
    Kind(block.Rule, rule.place),
    Kind(block.DefinitionList, definition.place),
    Kind(block.Footnotes, footnotes.place),
)
"""One row a block; diagrams have their own table."""
