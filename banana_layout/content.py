"""Constructors for a panel's blocks; every text in them is Markdown.

from banana_layout.content import bullets, callout, diagram, table

Panel("🎲 Odds", [bullets("**one** token", "at a time"), table(["token", "p"], [["a", "0.7"], ["b", "0.3"]])])

What comes out are the model's own blocks, which may also be made by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from banana_layout.model.block import Align, AnyBlock, Callout, Cell, CodeBlock, Diagram, Image, List, ListItem, Table
from banana_layout.model.block import Quote as QuoteBlock
from banana_layout.model.codec import without_spans
from banana_layout.model.inline import AnyInline
from banana_layout.source import BananaError, Source

Content = str | AnyBlock | Sequence[str | AnyBlock]
"""Markdown, a block, or several of both."""


def bullets(*items: Content) -> List:
    """Return a bulleted list."""
    return List(items=tuple(ListItem(_blocks(item)) for item in items))


def numbers(*items: Content, start: int = 1) -> List:
    """Return a numbered list that counts from `start`."""
    return List(items=tuple(ListItem(_blocks(item)) for item in items), ordered=True, start=start)


def tasks(**items: bool) -> List:
    """Return a list of tasks, ticked where the value is True: `tasks(**{"read **this**": True})`."""
    return List(items=tuple(ListItem(_blocks(text), done) for text, done in items.items()))


def table(header: Sequence[str], rows: Sequence[Sequence[Any]], align: Sequence[Align | None] | None = None) -> Table:
    """Return a table; cells that are no text are written as `str` does, and None is empty.

    Raises BananaError where a row has not as many cells as the header.
    """
    for number, row in enumerate(rows, 1):
        if len(row) != len(header):
            raise BananaError.single(f"row {number} of the table has {len(row)} cells, the header {len(header)}")
    body = tuple(tuple(Cell(_line(cell)) for cell in row) for row in rows)
    return Table(header=tuple(Cell(_line(h)) for h in header), rows=body, align=tuple(align or [None] * len(header)))


def quote(content: Content) -> QuoteBlock:
    """Return a quotation."""
    return QuoteBlock(blocks=_blocks(content))


def callout(
    kind: Literal["note", "tip", "important", "warning", "caution"], content: Content, title: str = ""
) -> Callout:
    """Return a framed aside; without a title it bears its kind's name."""
    return Callout(kind=kind, title=_line(title), blocks=_blocks(content))


def code(text: str, language: str = "") -> CodeBlock:
    """Return a block of code, coloured where the language is known."""
    return CodeBlock(text=text.strip("\n"), language=language.lower())


def diagram(mermaid: str) -> Diagram:
    """Return a Mermaid flowchart or mind map. Raises BananaError with line and column where it does not parse."""
    from banana_layout.syntax import mermaid as syntax

    return Diagram(diagram=without_spans(syntax.read(Source("<diagram>", mermaid)).value), source=mermaid)


def image(path: str, alt: str = "", *, title: str = "", width: float | None = None) -> Image:
    """Return a picture below the document's folder; `width` is its share of the measure, 0 to 1."""
    return Image(path=path, alt=alt, title=title, width=width)


def _blocks(content: Content) -> tuple[AnyBlock, ...]:
    """Return content as blocks."""
    from banana_layout.syntax.fragments import read_blocks

    if isinstance(content, str):
        return without_spans(read_blocks(Source("<content>", content)).value)
    if isinstance(content, (list, tuple)):
        return tuple(block for part in content for block in _blocks(part))
    return (content,)  # type: ignore[return-value]  # what is left is one block


def _line(text: Any) -> tuple[AnyInline, ...]:
    """Return a line of Markdown as inlines."""
    from banana_layout.model.block import Paragraph

    found = _blocks(str(text)) if text is not None and str(text).strip() else ()
    if not found:
        return ()
    if len(found) > 1 or not isinstance(found[0], Paragraph):
        raise BananaError.single(f"a cell or title holds one line of text, not {str(text)[:60]!r}")
    return found[0].content
