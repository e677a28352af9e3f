"""HTML between the lines of Markdown: lists, tables, code, quotations and headings become blocks, their words with their places.

Elements that only group (`<div>`, `<p>`, `<details>` …) part paragraphs. What is never closed ends with the HTML itself, and what
closes nothing is passed over, as browsers do; markup inside a line is left to the inline reader.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import msgspec

from banana_layout.model.block import (
    AnyBlock,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Image,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    SubHeading,
    Table,
)
from banana_layout.model.inline import AnyInline, Code, HardBreak, InlineImage, Strong, Text
from banana_layout.source import Span
from banana_layout.syntax.html_tags import TAG, attributes_of, without_comments
from banana_layout.syntax.places import Page
from banana_layout.syntax.text_places import Offsets

Running = Callable[[str, Offsets, Span], tuple[AnyBlock, ...]]
"""Reads running text as blocks."""

_GROUPS = frozenset(
    [
        "p",
        "div",
        "center",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "nav",
        "aside",
        "figure",
        "figcaption",
        "details",
        "address",
        "form",
        "fieldset",
        "picture",
        "thead",
        "tbody",
        "tfoot",
        "colgroup",
        "col",
        "caption",
        "html",
        "body",
        "head",
    ]
)
_BOXES = frozenset(
    [
        "ul",
        "ol",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "pre",
        "blockquote",
        "dl",
        "dt",
        "dd",
        "summary",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
    ]
)
_MUTE = frozenset(["script", "style", "template", "noscript", "iframe", "object", "svg"])
_CLOSES = {
    "li": (("li",), ("ul", "ol")),
    "tr": (("tr",), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
}
"""Which open elements an opening one ends, and which it does not reach beyond."""
_PART = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LANGUAGE = re.compile(r"(?:lang|language|highlight-source)[-\"'=]+([\w+#-]+)")
_DEEPEST = 24
"""Elements nested deeper only group."""


class _Box(msgspec.Struct):
    """An element still open."""

    name: str
    """In lower case; empty for the whole."""
    start: int
    """Where it begins."""
    attributes: dict[str, str] = msgspec.field(default_factory=dict)
    """What its tag says."""
    blocks: list[AnyBlock] = msgspec.field(default_factory=list)
    """What it holds so far."""
    items: list[ListItem] = msgspec.field(default_factory=list)
    """A list's."""
    rows: list[tuple[bool, list[Cell]]] = msgspec.field(default_factory=list)
    """A table's, and whether each is a header."""
    cells: list[tuple[bool, Cell]] = msgspec.field(default_factory=list)
    """A row's, and whether each is a header."""
    terms: list[Definition] = msgspec.field(default_factory=list)
    """A definition list's."""


class HtmlReader:
    """Reads one stretch of HTML."""

    def __init__(self, page: Page, place: Span, running: Running) -> None:
        self._page = page
        self._from, self._end = place.start, place.end
        self._raw = without_comments(page.text[place.start : place.end])
        self._running = running
        self._stack = [_Box("", place.start)]
        self._begin = 0

    def read(self) -> tuple[AnyBlock, ...]:
        """Return the blocks."""
        at = 0
        while (tag := TAG.search(self._raw, at)) is not None:
            at = self._take(tag)
        self._flush(len(self._raw))
        while len(self._stack) > 1:
            self._pop(len(self._raw))
        return tuple(self._stack[0].blocks)

    def _take(self, tag: re.Match[str]) -> int:
        """Take one tag; return where to go on."""
        name, closing = tag[2].lower(), bool(tag[1])
        if self._stack[-1].name == "pre" and not (name == "pre" and closing):
            if name == "code":
                self._stack[-1].attributes = {**attributes_of(tag[0]), **self._stack[-1].attributes}
            return tag.end()
        if name in _MUTE:
            self._flush(tag.start())
            return self._skip(tag, name)
        if name == "hr":
            self._flush(tag.start())
            self._add(Rule(span=self._span(tag.start(), tag.end())))
        elif name in _GROUPS or name in _BOXES:
            self._flush(tag.start())
            if name in _BOXES:
                (self._close if closing else self._open)(name, tag)
        else:
            return tag.end()
        self._begin = tag.end()
        return tag.end()

    def _skip(self, tag: re.Match[str], name: str) -> int:
        """Step over an element whose content is no text for readers."""
        if not tag[1]:
            self._page.warn(f"HTML <{name}> is left out", self._span(tag.start(), tag.end()), once=f"html {name}")
        end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self._raw, tag.end()) if not tag[1] else None
        self._begin = end.end() if end else (tag.end() if tag[1] or tag[0].endswith("/>") else len(self._raw))
        return self._begin

    def _open(self, name: str, tag: re.Match[str]) -> None:
        """Begin an element, ending those it cannot stand in."""
        ends, limit = _CLOSES.get(name, ((), ()))
        for index in range(len(self._stack) - 1, 0, -1):
            if self._stack[index].name in limit:
                break
            if self._stack[index].name in ends:
                self._pop_to(index, tag.start())
                break
        if len(self._stack) < _DEEPEST:
            self._stack.append(_Box(name, tag.start(), attributes_of(tag[0])))

    def _close(self, name: str, tag: re.Match[str]) -> None:
        """End an element and all inside it; one that is not open is passed over."""
        for index in range(len(self._stack) - 1, 0, -1):
            if self._stack[index].name == name:
                self._pop_to(index, tag.end())
                return

    def _pop_to(self, index: int, end: int) -> None:
        """End the elements from the innermost to one."""
        while len(self._stack) > index:
            self._pop(end)

    def _span(self, start: int, end: int) -> Span:
        """Return a stretch of the HTML as one of the source."""
        return Span(self._from + start, self._from + max(start, end))

    def _add(self, block: AnyBlock) -> None:
        """Put a block into the innermost element."""
        self._stack[-1].blocks.append(block)

    def _flush(self, end: int) -> None:
        """Make the text since the last tag into blocks."""
        begin, self._begin = self._begin, end
        if self._stack[-1].name == "pre":
            self._code(begin, end)
            return
        at = begin
        for part in [*_PART.finditer(self._raw, begin, end), None]:
            stop = part.start() if part else end
            text = self._raw[at:stop]
            if text.strip():
                lead = len(text) - len(text.lstrip())
                body = text.strip()
                offsets = Offsets((0,), (self._from + at + lead,))
                self._stack[-1].blocks += self._running(body, offsets, offsets.span(0, len(body)))
            at = part.end() if part else end

    def _code(self, begin: int, end: int) -> None:
        """Take preformatted text."""
        box = self._stack[-1]
        text = html.unescape(TAG.sub("", self._raw[begin:end]))
        text = text.removeprefix("\n").rstrip("\n")
        said = " ".join(box.attributes.get(key, "") for key in ("class", "lang"))
        found = _LANGUAGE.search(said) or re.search(r"(?<!\S)([\w+#-]+)$", box.attributes.get("lang", ""))
        if text.strip():
            box.blocks.append(CodeBlock(span=self._span(begin, end), text=text, language=found[1] if found else ""))

    def _pop(self, end: int) -> None:
        """End the innermost element."""
        box = self._stack.pop()
        parent = self._stack[-1]
        span = Span(box.start + (self._from if box.name else 0), self._from + end)
        blocks = tuple(box.blocks)
        match box.name:
            case "li":
                items = [ListItem(blocks, None, span)] if blocks else []
                if parent.name in ("ul", "ol"):
                    parent.items += items
                elif items:
                    parent.blocks.append(List(span=span, items=tuple(items)))
            case "ul" | "ol":
                self._list(box, parent, span)
            case "td" | "th":
                self._cell(box, parent, span)
            case "tr":
                self._row(box, parent, span)
            case "table":
                parent.blocks += [*blocks, *_table(box.rows, span)]
            case "blockquote":
                parent.blocks += [Quote(span=span, blocks=blocks)] if blocks else []
            case "dl":
                parent.blocks += blocks
                parent.blocks += [DefinitionList(span=span, items=tuple(box.terms))] if box.terms else []
            case "dt" | "dd":
                _define(box, parent, span)
            case "summary":
                words = flat(blocks)
                parent.blocks += [Paragraph(span=span, content=(Strong(span=span, children=words),))] if words else []
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                words = flat(blocks)
                level = max(3, int(box.name[1]))
                parent.blocks += [SubHeading(span=span, level=level, content=words)] if words else []
            case _:
                parent.blocks += blocks

    def _list(self, box: _Box, parent: _Box, span: Span) -> None:
        """End a list; text beside its items makes an item, a list right inside a list goes to the item before it."""
        items = list(box.items)
        if box.blocks:
            stray = tuple(box.blocks)
            if items and all(isinstance(b, List) for b in stray):
                items[-1] = msgspec.structs.replace(items[-1], blocks=(*items[-1].blocks, *stray))
            else:
                items.insert(0, ListItem(stray, None, span))
        if items:
            start = box.attributes.get("start", "1")
            first = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
            parent.blocks.append(List(span=span, items=tuple(items), ordered=box.name == "ol", start=first))

    def _cell(self, box: _Box, parent: _Box, span: Span) -> None:
        """End a table's cell; one without a row makes a paragraph."""
        if parent.name != "tr":
            parent.blocks += box.blocks
            return
        across = box.attributes.get("colspan", "1")
        empty = min(int(across), 40) - 1 if across.isascii() and across.isdigit() and len(across) < 5 else 0
        head = box.name == "th"
        parent.cells += [(head, Cell(flat(tuple(box.blocks)), span)), *[(head, Cell(()))] * max(0, empty)]

    def _row(self, box: _Box, parent: _Box, span: Span) -> None:
        """End a table's row; one without a table makes a table."""
        if not box.cells:
            parent.blocks += box.blocks
            return
        row = (all(head for head, _ in box.cells), [cell for _, cell in box.cells])
        if parent.name == "table":
            parent.blocks += box.blocks
            parent.rows.append(row)
        else:
            parent.blocks += [*box.blocks, *_table([row], span)]


def _table(rows: list[tuple[bool, list[Cell]]], span: Span) -> list[AnyBlock]:
    """Return a table; its first row is the header, and one that has a single cell in all is what it holds."""
    if not rows:
        return []
    wide = max(len(row) for _, row in rows)
    if wide == 1 and len(rows) == 1:
        return [Paragraph(span=span, content=rows[0][1][0].content)] if rows[0][1][0].content else []
    padded = [tuple(row) + (Cell(()),) * (wide - len(row)) for _, row in rows]
    return [Table(span=span, header=padded[0], rows=tuple(padded[1:]), align=(None,) * wide)]


def _define(box: _Box, parent: _Box, span: Span) -> None:
    """End a term or what explains one."""
    if parent.name != "dl":
        parent.blocks += box.blocks
    elif box.name == "dt":
        parent.terms.append(Definition(flat(tuple(box.blocks)), (), span))
    elif parent.terms:
        last = parent.terms[-1]
        parent.terms[-1] = msgspec.structs.replace(last, details=(*last.details, tuple(box.blocks)))
    else:
        parent.terms.append(Definition((), (tuple(box.blocks),), span))


def flat(blocks: tuple[AnyBlock, ...]) -> tuple[AnyInline, ...]:
    """Return blocks as inlines, a line each: what a table's cell or a heading can hold."""
    lines: list[tuple[AnyInline, ...]] = []
    for block in blocks:
        if isinstance(block, (Paragraph, SubHeading)):
            lines.append(block.content)
        elif isinstance(block, Image):
            lines.append((InlineImage(span=block.span, path=block.path, alt=block.alt, title=block.title),))
        elif isinstance(block, CodeBlock):
            lines += [(Code(text=line),) for line in block.text.split("\n") if line.strip()]
        elif isinstance(block, List):
            lines += [(Text(text="• "), *flat(item.blocks)) for item in block.items]
        elif isinstance(block, Table):
            rows = [block.header, *block.rows]
            lines += [tuple(i for cell in row for i in (*cell.content, Text(text=" "))) for row in rows]
        elif isinstance(block, DefinitionList):
            for item in block.items:
                lines += [item.term, *(flat(detail) for detail in item.details)]
        elif isinstance(block, Quote):
            lines.append(flat(block.blocks))
    out: list[AnyInline] = []
    for line in lines:
        if line:
            out += [*([HardBreak()] if out else []), *line]
    return tuple(out)
