"""Constructors for a panel's blocks; every text in them is Markdown.

from banana_layout.content import bullets, callout, diagram, table

Panel("🎲 Odds", [bullets("**one** token", "at a time"), table(["token", "p"], [["a", "0.7"], ["b", "0.3"]])])

What comes out are the model's own blocks, which may also be made by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath
from typing import Any, Literal, get_args

from banana_layout.model.block import (
    Align,
    AnyBlock,
    Block,
    Callout,
    Cell,
    CodeBlock,
    Diagram,
    Image,
    List,
    ListItem,
    Table,
)
from banana_layout.model.block import Quote as QuoteBlock
from banana_layout.model.codec import without_spans
from banana_layout.model.inline import AnyInline
from banana_layout.source import BananaError, Source

Content = str | AnyBlock | Sequence[str | AnyBlock]
"""Markdown, a block, or several of both."""

CalloutKind = Literal["note", "tip", "important", "warning", "caution"]
"""What an aside is."""


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

    `align` says for each column `"left"`, `"center"`, `"right"` or None. Raises BananaError where a row has not as many
    cells as the header.
    """
    _sequence(header, "a table's header")
    for number, row in enumerate(_sequence(rows, "a table's rows"), 1):
        if isinstance(row, Mapping):
            hint = "take the values out: [[row[name] for name in header] for row in rows]"
            raise BananaError.single(f"row {number} of the table is a dict, not a list of cells", hints=(hint,))
        if len(_sequence(row, f"row {number} of the table")) != len(header):
            raise BananaError.single(f"row {number} of the table has {len(row)} cells, the header {len(header)}")
    sides = tuple(align or [None] * len(header))
    if len(sides) != len(header):
        raise BananaError.single(f"the table has {len(header)} columns, “align” {len(sides)} entries")
    for side in sides:
        if side not in (None, *get_args(Align)):
            raise BananaError.single(f"a column's “align” is {_listed(get_args(Align))} or None, not {side!r:.60}")
    body = tuple(tuple(Cell(_line(cell)) for cell in row) for row in rows)
    return Table(header=tuple(Cell(_line(h)) for h in header), rows=body, align=sides)


def quote(content: Content) -> QuoteBlock:
    """Return a quotation."""
    return QuoteBlock(blocks=_blocks(content))


def callout(kind: CalloutKind, content: Content, title: str = "") -> Callout:
    """Return a framed aside: a `"note"`, `"tip"`, `"important"`, `"warning"` or `"caution"`.

    Without a title it bears its kind's name.
    """
    kinds = get_args(CalloutKind)
    if kind not in kinds:
        raise BananaError.single(f"a callout is a {_listed(kinds)}, not {kind!r:.60}")
    return Callout(kind=kind, title=_line(title), blocks=_blocks(content))


def code(text: str, language: str = "") -> CodeBlock:
    """Return a block of code, coloured where the language, such as `"python"`, is known."""
    return CodeBlock(text=_text(text, "code").strip("\n"), language=_text(language, "a language").lower())


def diagram(mermaid: str) -> Diagram:
    """Return a Mermaid flowchart or mind map. Raises BananaError with line and column where it does not parse."""
    from banana_layout.syntax import mermaid as syntax

    source = _text(mermaid, "a diagram")
    return Diagram(diagram=without_spans(syntax.read(Source("<diagram>", source)).value), source=source)


def image(path: str | PurePath, alt: str = "", *, title: str = "", width: float | None = None) -> Image:
    """Return a picture below the sheet's `base`; `width` is its share of the measure, 0 to 1."""
    where = path.as_posix() if isinstance(path, PurePath) else _text(path, "an image's path")
    if width is not None and not 0 < width <= 1:
        hint = "0.5 is half of the column"
        raise BananaError.single(f"an image's width is a share above 0 and up to 1, not {width!r:.60}", hints=(hint,))
    return Image(path=where, alt=alt, title=title, width=width)


def _text(value: Any, what: str) -> str:
    """Return a text; what is none is refused."""
    if not isinstance(value, str):
        raise BananaError.single(f"{what} is a text, not {type(value).__name__}")
    return value


def _sequence(value: Any, what: str) -> Any:
    """Return a list or the like; a text is one thing, not a list of its letters."""
    if isinstance(value, str) or not hasattr(value, "__len__") or not hasattr(value, "__iter__"):
        raise BananaError.single(f"{what} must be a list, not {type(value).__name__}")
    return value


def _listed(words: Sequence[str]) -> str:
    """Return words in a row, for messages."""
    return ", ".join(words)


def _blocks(content: Content) -> tuple[AnyBlock, ...]:
    """Return content as blocks."""
    from banana_layout.syntax.fragments import read_blocks

    if isinstance(content, str):
        return without_spans(read_blocks(Source("<content>", content)).value)
    if isinstance(content, (list, tuple)):
        return tuple(block for part in content for block in _blocks(part))
    if not isinstance(content, Block):
        hint = "several items: bullets(*items)" if isinstance(content, (set, dict)) else "write it as text: str(…)"
        raise BananaError.single(f"content is Markdown or blocks, not {type(content).__name__}", hints=(hint,))
    return (content,)


def _line(text: Any) -> tuple[AnyInline, ...]:
    """Return a line of Markdown as inlines."""
    from banana_layout.model.block import Paragraph

    found = _blocks(str(text)) if text is not None and str(text).strip() else ()
    if not found:
        return ()
    if len(found) > 1 or not isinstance(found[0], Paragraph):
        raise BananaError.single(f"a cell or title holds one line of text, not {str(text)[:60]!r}")
    return found[0].content
