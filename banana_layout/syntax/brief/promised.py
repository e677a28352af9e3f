"""Tables that orders to the writer describe: made where columns and rows are both there."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import Cell, List, ListItem, Paragraph, Table
from banana_layout.model.inline import AnyInline, Text, plain_text

TABLE = re.compile(
    r"\b(?:table|matrix)\b|매트릭스|테이블|(?:비교|정리)?\s?표(?=[를로\s:：]|\Z)|一覧|[比較]?表", re.IGNORECASE
)
"""Names a table."""
COLUMNS = re.compile(
    r"(?:\b(?:columns?|headers?)\b|컬럼|칼럼|(?<![가-힣])열(?=[은는이:：\s(]|\Z)|列|カラム)"
    r"(?:\s+(?:are|named|titled|with|for|은|는|이))?\s*[은는]?\s*[:：=(]?\s*(?P<v>\S.*)",
    re.IGNORECASE,
)
"""Names a table's columns."""
_ROW = re.compile(r"\s*(?:row|행|行)\s*\d*\s*[:：]\s*", re.IGNORECASE)
_ROWS = re.compile(r"\s*(?:the\s+)?(?:rows?|행|내용|行|data|데이터)\s*[:：]?\s*", re.IGNORECASE)
_SEPARATORS = (r"\s*[|｜]\s*", r"\s*[,，、;]\s*", r"\s+/\s+|\s+[-–—]\s+", r"\s*[:：]\s*")
"""What keeps cells apart, the surest first."""


def columns_of(text: str) -> tuple[str, ...]:
    """Return the names of a table's columns that a line says; two or more, or none."""
    found = COLUMNS.search(text)
    if found is None:
        return ()
    said = found["v"].rstrip(" .)）")
    for separator in (*_SEPARATORS[:2], r"\s+/\s+|\s*·\s*", r"\s+(?:and|및)\s+"):
        parts = [p.strip(" []\"'“”*`") for p in re.split(separator, said)]
        parts = [p for p in parts if p]
        if len(parts) > 1:
            return tuple(parts)
    return ()


def table_of(order: str, items: Sequence[ListItem]) -> Table | None:
    """Return the table an order and the list under it describe in full; None where a column's name or a row is missing.

    Args:
        order: the order's own words.
        items: what is listed under it: rows, maybe under "Rows:", and maybe a line that names the columns.
    """
    columns = columns_of(order)
    rows: list[ListItem] = []
    for item in items:
        words = _words(item)
        named = columns_of(words) if not columns else ()
        if named:
            columns = named
        elif _ROWS.fullmatch(words):
            rows += [inner for b in item.blocks if isinstance(b, List) for inner in b.items]
        else:
            rows.append(item)
    if len(columns) < 2 or not rows or any(_children(item) for item in rows):
        return None
    cells = [_cells(_content(item), len(columns)) for item in rows]
    if any(row is None for row in cells):
        return None
    span = rows[0].span and rows[-1].span and msgspec.structs.replace(rows[0].span, end=rows[-1].span.end)
    header = tuple(Cell((Text(text=name),)) for name in columns)
    body = tuple(tuple(Cell(c) for c in row) for row in cells if row is not None)
    return Table(span=span, header=header, rows=body, align=(None,) * len(columns))


def _words(item: ListItem) -> str:
    """Return an item's own words."""
    return plain_text(_content(item))


def _content(item: ListItem) -> tuple[AnyInline, ...]:
    """Return an item's own inlines."""
    return next((b.content for b in item.blocks if isinstance(b, Paragraph)), ())


def _children(item: ListItem) -> bool:
    """Tell whether anything hangs on an item."""
    return len(item.blocks) > 1


def _cells(content: tuple[AnyInline, ...], count: int) -> list[tuple[AnyInline, ...]] | None:
    """Return an item's inlines as so many cells; None where no separator makes so many."""
    first = content[0] if content else None
    if isinstance(first, Text):
        lead = _ROW.match(first.text)
        content = (_shortened(first, first.text[lead.end() :] if lead else first.text), *content[1:])
    for separator in _SEPARATORS:
        limit = 1 if separator == _SEPARATORS[-1] else 0
        cells = _split(content, re.compile(separator), limit)
        if len(cells) > 2 and separator == _SEPARATORS[0]:
            cells = [c for i, c in enumerate(cells) if plain_text(c).strip() or 0 < i < len(cells) - 1]
        if len(cells) == count and all(plain_text(c).strip() for c in cells):
            return [_trimmed(c) for c in cells]
    return None


def _split(content: tuple[AnyInline, ...], separator: re.Pattern[str], limit: int) -> list[tuple[AnyInline, ...]]:
    """Return inlines cut at a separator in their plain text, at most `limit` times where that is not 0."""
    cells: list[list[AnyInline]] = [[]]
    for item in content:
        if not isinstance(item, Text):
            cells[-1].append(item)
            continue
        left = limit - len(cells) + 1 if limit else 0
        pieces = [item.text] if limit and left <= 0 else separator.split(item.text, maxsplit=max(0, left))
        cells[-1].append(_shortened(item, pieces[0]))
        cells += [[_shortened(item, piece)] for piece in pieces[1:]]
    return [tuple(c) for c in cells]


def _shortened(item: Text, text: str) -> Text:
    """Return a text that is a part of another one."""
    return item if text == item.text else Text(text=text)


def _trimmed(content: tuple[AnyInline, ...]) -> tuple[AnyInline, ...]:
    """Return a cell's inlines without blanks at their ends."""
    out = list(content)
    if isinstance(out[0], Text):
        out[0] = _shortened(out[0], out[0].text.lstrip(" []"))
    if isinstance(out[-1], Text):
        out[-1] = _shortened(out[-1], out[-1].text.rstrip(" []"))
    return tuple(item for item in out if not isinstance(item, Text) or item.text)
