"""Block markup: markdown-it's flat tokens become nested blocks with exact places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from banana_layout.model.block import (
    Align,
    AnyBlock,
    Callout,
    Cell,
    CodeBlock,
    Definition,
    DefinitionList,
    Diagram,
    Image,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    SubHeading,
    Table,
)
from banana_layout.model.inline import AnyInline, HardBreak, InlineImage, SoftBreak, Text
from banana_layout.source import Source, Span
from banana_layout.syntax.callouts import CalloutKind, kind_of, title_of
from banana_layout.syntax.foreign import SHIELD
from banana_layout.syntax.headings import find_icons, parse_attributes, split_attributes
from banana_layout.syntax.html_blocks import HtmlReader
from banana_layout.syntax.inlines import InlineReader
from banana_layout.syntax.places import Page, code_line_start, line_offsets, line_span, split_cells
from banana_layout.syntax.text_places import Offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

_CALLOUT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*")
_TASK = re.compile(r"\[([ xX])\](?:[ \t]+|\Z)")


class BlockReader:
    """Reads blocks from a list of tokens."""

    def __init__(self, page: Page, tokens: Sequence[Token]) -> None:
        self._page = page
        self._tokens = tokens
        self._at = 0
        self._readers: dict[str, Callable[[Token], tuple[AnyBlock, ...]]] = {
            "paragraph_open": self._paragraph,
            "heading_open": self._heading,
            "bullet_list_open": self._list,
            "ordered_list_open": self._list,
            "blockquote_open": self._quote,
            "table_open": self._table,
            "dl_open": self._definitions,
            "fence": self._fence,
            "code_block": self._code,
            "hr": self._rule,
            "html_block": self._html,
            "math_block": self._formula,
            "admonition_open": self._admonition,
        }

    def read(self) -> tuple[AnyBlock, ...]:
        """Return all blocks."""
        return self._until("")

    def _until(self, closer: str) -> tuple[AnyBlock, ...]:
        """Return the blocks up to a closing token, and step past it."""
        out: list[AnyBlock] = []
        while self._at < len(self._tokens):
            token = self._tokens[self._at]
            self._at += 1
            if token.type == closer:
                break
            reader = self._readers.get(token.type)
            if reader is not None:
                out.extend(reader(token))
        return tuple(out)

    def _next(self) -> Token:
        """Return the next token, and step past it."""
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _span(self, token: Token) -> Span:
        """Return the lines of a token, without the blanks around them."""
        first, last = token.map or [0, 1]
        return line_span(self._page, first, max(first + 1, last))

    def _inlines(self, content: str, offsets: Offsets) -> tuple[AnyInline, ...]:
        """Return a text's inlines."""
        return InlineReader(self._page, content, offsets).read()

    def _paragraph(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a paragraph, or an image that stands alone."""
        inline = self._next()
        self._at += 1
        return self._running(inline.content, line_offsets(self._page, inline), self._span(token))

    def _running(self, content: str, offsets: Offsets, span: Span) -> tuple[AnyBlock, ...]:
        """Return running text as a paragraph, an image, or nothing where only comments stood."""
        inlines = self._inlines(content, offsets)
        if inlines and isinstance(inlines[0], InlineImage):
            image = _lone_image(inlines, span)
            if image is not None:
                return (image,)
        if not any(not isinstance(i, (SoftBreak, HardBreak)) and not _is_blank(i) for i in inlines):
            return ()
        return (Paragraph(span=span, content=inlines),)

    def _heading(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a heading inside a panel."""
        inline = self._next()
        self._at += 1
        content, attributes = split_attributes(inline.content)
        icons = find_icons(content, both=False)
        offsets = line_offsets(self._page, inline).after(icons.start)
        return (
            SubHeading(
                span=self._span(token),
                classes=attributes.classes,
                level=max(3, int(token.tag[1])),
                content=self._inlines(content[icons.start : icons.end], offsets),
                id=self._page.heading_id((token.map or [0])[0]),
                icon=icons.before or icons.after,
            ),
        )

    def _list(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a list with its items."""
        ordered = token.type == "ordered_list_open"
        closer = token.type.replace("_open", "_close")
        items: list[ListItem] = []
        first = self._at
        while True:
            item = self._next()
            if item.type == closer:
                break
            if item.type != "list_item_open":
                continue
            checked = self._task()
            items.append(ListItem(self._until("list_item_close"), checked, self._span(item)))
        tight = all(
            t.hidden
            for t in self._tokens[first : self._at]
            if t.type == "paragraph_open" and t.level == token.level + 2
        )
        start = int(token.attrs.get("start", 1)) if ordered else 1
        return (List(span=self._span(token), items=tuple(items), ordered=ordered, start=start, tight=tight),)

    def _task(self) -> bool | None:
        """Take the box off an item's first paragraph; return whether it is ticked, None where there is none."""
        if self._tokens[self._at].type != "paragraph_open":
            return None
        inline = self._tokens[self._at + 1]
        found = _TASK.match(inline.content)
        if found is None:
            return None
        _cut(inline, found.end())
        return found[1] != " "

    def _quote(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a quotation or a callout."""
        span = self._span(token)
        kind: CalloutKind | None = None
        title: tuple[AnyInline, ...] = ()
        if self._tokens[self._at].type == "paragraph_open":
            inline = self._tokens[self._at + 1]
            found = _CALLOUT.match(inline.content)
            if found is not None:
                kind = kind_of(found[1])
                if kind is None:
                    self._page.warn(
                        f"“[!{found[1]}]” is no callout; it stays a quotation",
                        span,
                        "use NOTE, TIP, IMPORTANT, WARNING or CAUTION",
                    )
                else:
                    head = inline.content[found.end() :].split("\n", 1)[0]
                    title = (
                        self._inlines(head, line_offsets(self._page, inline).after(found.end())) if head.strip() else ()
                    )
                    title = title or title_of(found[1])
                    rest = found.end() + len(head) + 1
                    _cut(inline, min(rest, len(inline.content)))
        blocks = self._until("blockquote_close")
        if kind is None:
            return (Quote(span=span, blocks=blocks),)
        return (Callout(span=span, kind=kind, title=title, blocks=blocks),)

    def _admonition(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read the callout of MkDocs and Sphinx: `!!! note "Title"` and what is indented under it."""
        tag = str(token.meta["tag"])
        kind = kind_of(tag) or "note"
        title: tuple[AnyInline, ...] = title_of(tag)
        if self._tokens[self._at].type == "admonition_title_open":
            self._at += 1
            inline = self._next()
            self._at += 1
            words = token.info.partition('"')[2].rpartition('"')[0]
            if words:
                title = self._inlines(words, line_offsets(self._page, inline.copy(content=words)))
        blocks = self._until("admonition_close")
        return (Callout(span=self._span(token), kind=kind, title=title, blocks=blocks),)

    def _formula(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a formula between `$$`, or fenced as `math`: lines of text, or as written where these cannot hold it."""
        from banana_layout.syntax.tex import inlines_of

        span = self._span(token)
        content = inlines_of(token.content, span, self._page.warn)
        if content:
            return (Paragraph(span=span, content=content),)
        lines = [line.strip() for line in token.content.strip("\n").split("\n")]
        return (CodeBlock(span=span, text="\n".join(lines), language="tex"),)

    def _table(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a table; a row longer than the header widens it, so that no cell is lost."""
        rows: list[list[Cell]] = []
        align: list[Align | None] = []
        while True:
            part = self._next()
            if part.type == "table_close":
                break
            if part.type == "th_open":
                style = str(part.attrs.get("style", ""))
                align.append(_ALIGNS.get(style))
            elif part.type == "tr_open":
                rows.append(self._row(part))
        columns = len(align)
        for row in rows[1:]:
            if len(row) > columns:
                self._page.warn(
                    f"this row has {len(row)} cells, the header {columns}; the header is widened", row[columns].span
                )
                break
        width = max([columns, *map(len, rows)])
        align.extend([None] * (width - columns))
        padded = [tuple(row) + (Cell(()),) * (width - len(row)) for row in rows]
        return (Table(span=self._span(token), header=padded[0], rows=tuple(padded[1:]), align=tuple(align)),)

    def _row(self, token: Token) -> list[Cell]:
        """Read a table row from the source itself: markdown-it leaves out cells the header has no column for."""
        line = (token.map or [0])[0]
        start = int(token.meta["at"])
        cells = split_cells(self._page.text[start : self._page.ends[line]], start)
        return [
            Cell(self._inlines(content, offsets) if content else (), offsets.span(0, len(content)))
            for content, offsets in cells
        ]

    def _definitions(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read terms with explanations."""
        items: list[Definition] = []
        term: tuple[AnyInline, ...] = ()
        details: list[tuple[AnyBlock, ...]] = []
        span = self._span(token)
        while True:
            part = self._next()
            if part.type in ("dt_open", "dl_close"):
                if details or term:
                    items.append(Definition(term, tuple(details), span))
                if part.type == "dl_close":
                    break
                inline = self._next()
                offsets = line_offsets(self._page, inline)
                term, details = self._inlines(inline.content, offsets), []
                span = offsets.span(0, len(inline.content))
            elif part.type == "dd_open":
                details.append(self._until("dd_close"))
        return (DefinitionList(span=self._span(token), items=tuple(items)),) if items else ()

    def _fence(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read fenced code, or the diagram it is."""
        words, attributes = split_attributes(" " + token.info.strip())
        language = words.split()[0].lower() if words.split() else ""
        text = token.content.removesuffix("\n").replace(SHIELD, "{")
        span = self._span(token)
        if language == "mermaid" or (not language and attributes.classes[:1] == ("mermaid",)):
            return (self._diagram(token, text, span, attributes.classes),)
        if language == "math":
            return self._formula(token)
        if language == "boxes":
            return self._boxes(token, text)
        return (CodeBlock(span=span, classes=attributes.classes, text=text, language=language.strip("{.}")),)

    def _diagram(self, token: Token, text: str, span: Span, classes: tuple[str, ...]) -> AnyBlock:
        """Read a Mermaid diagram; a type that is not drawn stays code."""
        from banana_layout.syntax import mermaid

        page = self._page
        kind = mermaid.diagram_kind(text)
        if kind not in ("flowchart", "mindmap", ""):
            page.warn(
                f"{kind} diagrams are not drawn yet; the text is shown as code",
                span,
                once=f"mermaid {kind} {span.start}",
            )
            return CodeBlock(span=span, classes=classes, text=text, language="mermaid")
        lines = text.split("\n")
        first = (token.map or [0])[0] + 1
        starts = tuple(code_line_start(page, first + i, line) for i, line in enumerate(lines))
        read = mermaid.read(Source(page.source.name, text, page.source, starts))
        for warning in read.warnings:
            page.keep(warning)
        return Diagram(span=span, classes=classes, diagram=read.value, source=text)

    def _boxes(self, token: Token, text: str) -> tuple[AnyBlock, ...]:
        """Read a drawing in box characters."""
        from banana_layout.syntax import boxart
        from banana_layout.syntax.wireframe import Strip

        first = (token.map or [0])[0] + 1
        rows = enumerate(text.split("\n"), first)
        strips = [Strip(row, code_line_start(self._page, row, line), line) for row, line in rows]
        return tuple(boxart.blocks_of(strips, boxart.Hand(self._page.source, self._page)))

    def _code(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read indented code."""
        return (CodeBlock(span=self._span(token), text=token.content.rstrip("\n").replace(SHIELD, "{")),)

    def _rule(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read a thematic break."""
        return (Rule(span=self._span(token)),)

    def _html(self, token: Token) -> tuple[AnyBlock, ...]:
        """Read an HTML block: its text is kept, its comments are not."""
        place = token.meta.get("place")
        span = Span(*place) if place else self._span(token)
        return HtmlReader(self._page, span, self._running).read()


_ALIGNS: dict[str, Align] = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


def _cut(inline: Token, count: int) -> None:
    """Take characters off the front of an inline token's text; its last lines stay where they are."""
    inline.meta = {**inline.meta, "cut": inline.meta.get("cut", 0) + inline.content.count("\n", 0, count)}
    inline.content = inline.content[count:]


def _is_blank(inline: AnyInline) -> bool:
    """Tell whether an inline is blank text."""
    return isinstance(inline, Text) and not inline.text.strip()


def _lone_image(inlines: tuple[AnyInline, ...], span: Span) -> Image | None:
    """Return the image a paragraph consists of, maybe followed by `{width=50%}`; None where there is more."""
    image = inlines[0]
    assert isinstance(image, InlineImage)
    tail = "".join(i.text for i in inlines[1:] if isinstance(i, Text)).strip()
    if len(inlines) > 2 or (len(inlines) > 1 and not isinstance(inlines[1], Text)):
        return None
    classes: tuple[str, ...] = ()
    width = None
    if tail:
        attributes = parse_attributes(tail[1:-1]) if tail.startswith("{") and tail.endswith("}") else None
        if attributes is None:
            return None
        classes = attributes.classes
        width = _share(dict(attributes.pairs).get("width", ""))
    return Image(span=span, classes=classes, path=image.path, alt=image.alt, title=image.title, width=width)


def _share(value: str) -> float | None:
    """Return `50%` or `0.5` as a share of the measure."""
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?|\.\d+)(%?)", value.strip())
    if found is None:
        return None
    share = float(found[1]) / (100 if found[2] else 1)
    return share if 0 < share <= 1 else None
