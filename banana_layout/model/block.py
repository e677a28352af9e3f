"""What a panel holds, top to bottom: no geometry, only what the author said."""

from __future__ import annotations

from typing import Literal

import msgspec

from banana_layout.model.flowchart import Flowchart
from banana_layout.model.inline import AnyInline
from banana_layout.model.mindmap import MindMap
from banana_layout.source import Span

Align = Literal["left", "center", "right"]
"""Where a table column's text stands."""


class Block(msgspec.Struct, frozen=True, tag_field="type", kw_only=True):
    """Common ground of all blocks."""

    span: Span | None = None
    """Where it stands in the document's source; None for a block made by a program."""
    classes: tuple[str, ...] = ()
    """Names the author gave in `{.name}`."""


class Paragraph(Block, frozen=True, tag="paragraph"):
    """Running text."""

    content: tuple[AnyInline, ...]
    """Its inlines."""


class SubHeading(Block, frozen=True, tag="heading"):
    """A heading inside a panel (`###` and deeper)."""

    level: int
    """3 to 6."""
    content: tuple[AnyInline, ...]
    """Its inlines, the icon taken out."""
    id: str = ""
    """Its GitHub-style slug, or the author's `{#id}`."""
    icon: str | None = None
    """An emoji that stood at its start or end."""


class ListItem(msgspec.Struct, frozen=True):
    """One item of a list."""

    blocks: tuple[AnyBlock, ...]
    """What the item holds: mostly one paragraph, maybe a nested list."""
    checked: bool | None = None
    """Ticked, unticked, or None where the item is no task."""
    span: Span | None = None
    """Where it stands in the source."""


class List(Block, frozen=True, tag="list"):
    """A bulleted, numbered or task list."""

    items: tuple[ListItem, ...]
    """Its items, at least one."""
    ordered: bool = False
    """Whether the items are numbered."""
    start: int = 1
    """The first number of a numbered list."""
    tight: bool = True
    """Whether the author left no empty lines between the items."""


class Cell(msgspec.Struct, frozen=True):
    """One cell of a table."""

    content: tuple[AnyInline, ...]
    """Its inlines; empty for an empty cell."""
    span: Span | None = None
    """Where it stands in the source."""


class Table(Block, frozen=True, tag="table"):
    """A table with a header row."""

    header: tuple[Cell, ...]
    """The header's cells, one a column."""
    rows: tuple[tuple[Cell, ...], ...]
    """The body; each row has as many cells as the header."""
    align: tuple[Align | None, ...]
    """What the author said of each column; None where nothing."""


class Quote(Block, frozen=True, tag="quote"):
    """A block quotation, drawn as a speech bubble."""

    blocks: tuple[AnyBlock, ...]
    """What is quoted."""


class Callout(Block, frozen=True, tag="callout"):
    """`> [!NOTE]`: a framed aside."""

    kind: Literal["note", "tip", "important", "warning", "caution"]
    """Which of GitHub's five."""
    title: tuple[AnyInline, ...]
    """Its own title, or empty for the kind's name."""
    blocks: tuple[AnyBlock, ...]
    """What it holds."""


class CodeBlock(Block, frozen=True, tag="code_block"):
    """Fenced or indented code, and diagrams of a type not drawn."""

    text: str
    """Its lines, joined by line ends, without a last one."""
    language: str = ""
    """The fence's first word, lower case."""


class Diagram(Block, frozen=True, tag="diagram"):
    """A diagram that is redrawn as native shapes."""

    diagram: Flowchart | MindMap
    """What it says."""
    source: str = ""
    """Its text as written."""


class Image(Block, frozen=True, tag="image"):
    """A picture standing by itself."""

    path: str
    """As written, below the document's folder."""
    alt: str = ""
    """What it shows, in words."""
    title: str = ""
    """Its caption."""
    width: float | None = None
    """Asked-for share of the measure, 0 to 1; None for as large as sensible."""


class Rule(Block, frozen=True, tag="rule"):
    """A thematic break."""


class Definition(msgspec.Struct, frozen=True):
    """A term and what it means."""

    term: tuple[AnyInline, ...]
    """The term."""
    details: tuple[tuple[AnyBlock, ...], ...]
    """One or more explanations."""
    span: Span | None = None
    """Where it stands in the source."""


class DefinitionList(Block, frozen=True, tag="definition_list"):
    """Terms with explanations."""

    items: tuple[Definition, ...]
    """At least one."""


class Footnote(msgspec.Struct, frozen=True):
    """The text a footnote mark points at."""

    label: str
    """The author's label."""
    number: int
    """Its number on the page, from 1."""
    blocks: tuple[AnyBlock, ...]
    """What it says."""
    span: Span | None = None
    """Where it stands in the source."""


class Footnotes(Block, frozen=True, tag="footnotes"):
    """The footnotes of a panel, at its end."""

    items: tuple[Footnote, ...]
    """In the order of their numbers."""


class Card(msgspec.Struct, frozen=True):
    """One of several boxes that stand together."""

    blocks: tuple[AnyBlock, ...]
    """What it holds."""
    title: tuple[AnyInline, ...] = ()
    """What stands over it; empty for none."""
    row: int = 0
    """Its row, from 0."""
    column: int = 0
    """Its first column, from 0."""
    across: int = 1
    """How many columns it takes."""
    span: Span | None = None
    """Where it stands in the source."""


class CardLink(msgspec.Struct, frozen=True):
    """What joins two cards: an arrow, a line, or only words such as "VS" between them."""

    source: int
    """Index of the card it leaves."""
    target: int
    """Index of the card it enters."""
    label: tuple[AnyInline, ...] = ()
    """What stands between them."""
    ends: Literal["none", "line", "target", "both"] = "target"
    """Where arrowheads are; a `line` has none, and with `none` only the words are there."""


class Cards(Block, frozen=True, tag="cards"):
    """Boxes that keep the places they were drawn in, and the arrows between them."""

    cards: tuple[Card, ...]
    """In reading order, at least one; no two in one place."""
    links: tuple[CardLink, ...] = ()
    """What joins them."""
    drawing: str = ""
    """The box art they were read from, as written; empty for cards made by a program."""


AnyBlock = (
    Paragraph
    | SubHeading
    | List
    | Table
    | Quote
    | Callout
    | CodeBlock
    | Diagram
    | Image
    | Rule
    | DefinitionList
    | Footnotes
    | Cards
)
"""Any block."""
