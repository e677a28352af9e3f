"""A panel's lines as they were typed into a box: bullets, checks, quotes, small tables, chains and plain lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import (
    AnyBlock,
    Cell,
    CodeBlock,
    List,
    ListItem,
    Paragraph,
    Quote,
    Rule,
    SubHeading,
    Table,
)
from banana_layout.model.inline import AnyInline, HardBreak, Strong
from banana_layout.syntax.boxart import chain, columns
from banana_layout.syntax.boxart.hand import Hand
from banana_layout.syntax.wireframe import Strip
from banana_layout.syntax.wireframe.glyph import cells

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_MARKER = re.compile(
    rf"(?P<box>\[[ xX]\]|[✓✔☑□☐]\ufe0f?)\s*(?=\S)|(?P<bullet>[•●○◦▪▸►▶‣∙·・◆◇■*–-])\s+(?=\S)|(?P<dot>[•●▪・])(?=\S)|"
    rf"(?P<number>\d{{1,3}})[.)]\s+(?=\S)|(?P<circled>[{_CIRCLED}])\s*(?=\S)"
)
_QUOTED = re.compile(r"[\"“『「].{3,}[\"”』」](?:\s*[-–—].*)?")
_KEY = re.compile(r"([^:：\s][^:：]{0,30}?)\s?[:：](?=\s+\S|[가-힣])")
_COMMAND = re.compile(
    r"\$ \S|(?:git|npm|npx|pip|docker|kubectl|cargo|curl|brew|apt|sudo|python3?|yarn|make|ssh|chmod|terraform|helm)\s+[a-z$./<\[-]"
)
_UNDERLINE = re.compile(r"[─━═┄┈\-=_~]{3,}")
_BAR = re.compile(r"\s*[│┃║|]\s*")
_CROSS = re.compile(r"[─━═┼╋╬├┤+|\-\s]{3,}")
_OPEN_END = re.compile(
    r"(?:[,(·/&+]|\b(?:a|an|the|of|and|or|to|in|on|for|with|is|are|by|from|as)|[가-힣](?:와|과|의|을|를|은|는|고|며|서|면))\Z",
    re.IGNORECASE,
)
"""A line that ends so cannot be all."""
_HEADING = re.compile(r"(?:【(?P<a>[^】]+)】|\[(?P<b>[^\]]{2,40})\]|<(?P<c>[^<>]{2,30})>|#{1,6}\s+(?P<d>\S.*))\s*")


def blocks_of(strips: Sequence[Strip], hand: Hand, *, card: bool = False) -> list[AnyBlock]:
    """Return what some lines say; every word of them is in it. On a card plain lines stay lines instead of items."""
    lines = [piece for s in strips for piece in _apart(s.trimmed())]
    width = max((s.place(len(s.text)).high for s in strips), default=0)
    out: list[AnyBlock] = []
    row = 0
    while row < len(lines):
        if lines[row].blank:
            row += 1
            continue
        for reader in (_rule, _heading, _table, _chain, _quote, _commands, _list, _pairs, _card if card else _plain):
            found = reader(lines, row, hand, width)
            if found is not None:
                blocks, row = found
                out += blocks
                break
    return out


def _apart(strip: Strip) -> list[Strip]:
    """Return the items of a line that holds several of them side by side."""
    pieces = [strip.cut(m.start(), m.end()) for m in re.finditer(r"\S+(?: \S+)*", strip.text)]
    marks = [_MARKER.match(p.text) for p in pieces]
    if len(pieces) < 2 or not all(m and (m["box"] or m["circled"] or m["bullet"] in set("•●·・")) for m in marks):
        return [strip]
    return [p._replace(chars=strip.chars, cells=strip.cells) for p in pieces]


Found = tuple[list[AnyBlock], int] | None
"""Blocks and the row after them, or None where a reader finds nothing of its kind."""


def _rule(lines: list[Strip], row: int, _hand: Hand, _width: int) -> Found:
    """Read a line drawn across; one at an end of the panel only decorates."""
    if not _UNDERLINE.fullmatch(lines[row].text):
        return None
    inner = any(not s.blank for s in lines[:row]) and any(not s.blank for s in lines[row + 1 :])
    return ([Rule(span=_hand.span([lines[row]]))] if inner else []), row + 1


def _heading(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read an underlined line, or one in corner brackets."""
    strip = lines[row]
    found = _HEADING.fullmatch(strip.text)
    if found is not None:
        group = found.lastgroup or "a"
        if group == "b" and (row + 1 == len(lines) or found["b"].strip().lower() in ("", "x")):
            return None
        if group == "c" and not re.search(r"[가-힣ぁ-ん一-龥]", found["c"]):
            return None
        return [_sub_heading([strip.cut(found.start(group), found.end(group))], hand)], row + 1
    if row + 1 < len(lines) and not _MARKER.match(strip.text) and _UNDERLINE.fullmatch(lines[row + 1].text):
        return [_sub_heading([strip], hand)], row + 2
    return None


def _sub_heading(strips: Sequence[Strip], hand: Hand) -> SubHeading:
    """Return a heading inside the panel."""
    return SubHeading(span=hand.span(strips), level=3, content=hand.inlines(strips))


def _table(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read rows of cells kept apart by bars."""
    rows: list[list[Strip]] = []
    end, ruled, drawn = row, -1, False
    while end < len(lines) and not lines[end].blank:
        text = lines[end].text
        if _CROSS.fullmatch(text) and re.search("[─━═-]{2}", text):
            ruled = ruled if ruled >= 0 else len(rows)
        elif _BAR.search(text):
            drawn |= bool(re.search("[│┃║]", text))
            rows.append(_cells(lines[end]))
        else:
            break
        end += 1
    wide = max(map(len, rows), default=0)
    if len(rows) < 2 or wide < 2 or any(len(r) < 2 for r in rows) or (ruled < 0 and not drawn and len(rows) < 3):
        return None
    filled = [[Cell(hand.inlines([c] if c.text else []), hand.span([c])) for c in r] for r in rows]
    padded = [tuple(r) + (Cell(()),) * (wide - len(r)) for r in filled]
    span = hand.span([lines[row], lines[end - 1]])
    return [Table(span=span, header=padded[0], rows=tuple(padded[1:]), align=(None,) * wide)], end


def _cells(strip: Strip) -> list[Strip]:
    """Return a row's cells."""
    out, at = [], 0
    body = strip.text
    lead = re.match(r"[│┃║|]\s*", body)
    at = lead.end() if lead else 0
    stop = len(body.rstrip().rstrip("│┃║|")) if re.search(r"[│┃║|]\s*\Z", body) else len(body)
    for found in _BAR.finditer(body, at, stop):
        out.append(strip.cut(at, found.start()).trimmed())
        at = found.end()
    out.append(strip.cut(at, stop).trimmed())
    return out


def _chain(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read a chain of arrows as a flowchart."""
    stated = chain.statements(lines, row)
    found = None if stated is not None else chain.at(lines, row)
    text, end = stated or ((chain.mermaid_of(found[0]), found[1]) if found is not None else ("", row))
    diagram = hand.diagram(text, lines[row:end]) if text else None
    return None if diagram is None else ([diagram], end)


def _quote(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read a line in quotation marks, or lines after `>`."""
    quoted: list[Strip] = []
    end = row
    while end < len(lines) and re.match(r">\s?\S", lines[end].text):
        quoted.append(lines[end].cut(1, len(lines[end].text)).trimmed())
        end += 1
    if not quoted:
        span = 1
        text = lines[row].text
        while span < 4 and text[:1] in '"“『「' and not _QUOTED.fullmatch(text) and row + span < len(lines):
            if lines[row + span].blank:
                break
            text += " " + lines[row + span].text
            span += 1
        if not _QUOTED.fullmatch(text):
            return None
        quoted, end = list(lines[row : row + span]), row + span
    paragraph = Paragraph(span=hand.span(quoted), content=hand.inlines(quoted))
    return [Quote(span=hand.span(quoted), blocks=(paragraph,))], end


def _commands(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read lines that are commands as code."""
    end = row
    while end < len(lines) and (
        _COMMAND.match(lines[end].text) or (end > row and re.match(r"#\s", lines[end].text) and not lines[end].blank)
    ):
        if re.search(r"[가-힣ぁ-ん]", lines[end].text.split("#")[0]):
            break
        end += 1
    if end == row:
        return None
    text = "\n".join(s.text for s in lines[row:end])
    return [CodeBlock(span=hand.span(lines[row:end]), text=text, language="bash")], end


class _Item(msgspec.Struct):
    """An item being read."""

    indent: int
    """Cells before its marker."""
    text: int
    """Cells before its text."""
    strips: list[list[Strip]]
    """Its lines; each inner list is one line, wrapped."""
    number: int | None = None
    """Where it is numbered."""
    checked: bool | None = None
    """Where it is a task."""
    children: list[_Item] = msgspec.field(default_factory=list)
    """Items under it."""


def _list(lines: list[Strip], row: int, hand: Hand, width: int) -> Found:
    """Read items and what is indented under them."""
    if _MARKER.match(lines[row].text) is None:
        return None
    roots: list[_Item] = []
    stack: list[_Item] = []
    end = row
    while end < len(lines):
        strip = lines[end]
        if strip.blank:
            following = lines[end + 1] if end + 1 < len(lines) else None
            if following is None or following.blank or _MARKER.match(following.text) is None:
                break
            end += 1
            continue
        marker = _MARKER.match(strip.text)
        if marker is None:
            if not stack or strip.cells <= stack[-1].indent or end == row:
                break
            _go_on(stack[-1], strip, width)
        else:
            item = _item(strip, marker)
            while stack and stack[-1].indent >= item.indent - 1:
                stack.pop()
            (stack[-1].children if stack else roots).append(item)
            stack.append(item)
        end += 1
    return list(_lists(roots, hand)), end


def _item(strip: Strip, marker: re.Match[str]) -> _Item:
    """Return the item a line begins."""
    text = strip.cut(marker.end(), len(strip.text))
    number = checked = None
    if marker["number"]:
        number = int(marker["number"])
    elif marker["circled"]:
        number = _CIRCLED.index(marker["circled"]) + 1
    elif marker["box"]:
        checked = marker["box"][0] in "✓✔☑" or (marker["box"][1:2] in "xX" and marker["box"][0] == "[")
    if marker["bullet"] and checked is None:
        box = re.match(r"\[([ xX])\]\s+(?=\S)", text.text)
        if box:
            checked, text = box[1] != " ", text.cut(box.end(), len(text.text))
    return _Item(strip.cells, text.cells, [[text]], number, checked)


def _go_on(item: _Item, strip: Strip, width: int) -> None:
    """Add a line without a marker to the item above it: more of its text, or a line of its own under it."""
    last = item.strips[-1][-1]
    if item.children:
        child = item.children[-1]
        if strip.cells > item.text + 1 or strip.cells >= child.indent:
            child.strips.append([strip])
            return
    if strip.cells > item.text + 1 and not _wrapped(last, strip, width):
        item.children.append(_Item(strip.cells, strip.cells, [[strip]]))
    elif re.match(r"[→⇒➜➡=+≠]|->|=>", strip.text) or _KEY.match(strip.text):
        item.strips.append([strip])
    else:
        item.strips[-1].append(strip)


def _wrapped(last: Strip, following: Strip, width: int) -> bool:
    """Tell whether a line goes on in the next for want of room: it is full, and one of them is no end or no beginning."""
    words = following.text.split()
    full = bool(words) and last.place(len(last.text)).high + 1 + cells(words[0]) > width - 1
    goes_on = following.text[:1] in ",.)]" or (following.text[:1].islower() and last.text[:1].isupper())
    return full and bool(_OPEN_END.search(last.text) or goes_on)


def _lists(items: Sequence[_Item], hand: Hand) -> list[List]:
    """Return items as lists, a new one where bullets turn to numbers or numbers do not go on."""
    runs: list[list[_Item]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        together = last is not None and (
            (last.number is None and item.number is None)
            or (last.number is not None and item.number is not None and item.number == last.number + 1)
        )
        if together:
            runs[-1].append(item)
        else:
            runs.append([item])
    return [
        List(
            span=hand.span([run[0].strips[0][0], run[-1].strips[-1][-1]]),
            items=tuple(_list_item(item, hand) for item in run),
            ordered=run[0].number is not None,
            start=run[0].number if run[0].number is not None else 1,
        )
        for run in runs
    ]


def _list_item(item: _Item, hand: Hand) -> ListItem:
    """Return one item with what is under it."""
    strips = [s for line in item.strips for s in line]
    content = _joined(item.strips, hand, keyed=True)
    blocks: list[AnyBlock] = [Paragraph(span=hand.span(strips), content=content)]
    blocks += _lists(item.children, hand)
    return ListItem(tuple(blocks), item.checked, hand.span(strips))


def _joined(lines: Sequence[Sequence[Strip]], hand: Hand, *, keyed: bool) -> tuple[AnyInline, ...]:
    """Return lines of text with breaks between them; the key of a `key: value` is bold where `keyed` is set."""
    out: list[AnyInline] = []
    for line in lines:
        if out:
            out.append(HardBreak())
        key = _KEY.match(line[0].text) if keyed else None
        if key and "**" not in line[0].text and "`" not in key[1] and "http" not in key[1]:
            head = line[0].cut(0, key.end(1))
            out.append(Strong(span=hand.span([head]), children=hand.inlines([head])))
            out += hand.inlines([line[0].cut(key.end(1), len(line[0].text)), *line[1:]])
        else:
            out += hand.inlines(line)
    return tuple(out)


def _pairs(lines: list[Strip], row: int, hand: Hand, _width: int) -> Found:
    """Read lines in two columns."""
    end = row
    while end < len(lines) and not lines[end].blank and _MARKER.match(lines[end].text) is None:
        end += 1
    made = columns.pairs(lines[row:end], hand)
    return None if made is None else ([made], end)


def _plain(lines: list[Strip], row: int, hand: Hand, width: int) -> Found:
    """Read lines without any mark: one alone, or one wrapped, is a paragraph; several are a list."""
    end = row + 1
    items: list[_Item] = [_Item(lines[row].cells, lines[row].cells, [[lines[row]]])]
    stack = [items[0]]
    while end < len(lines) and not lines[end].blank and not _starts_something(lines, end, hand, width):
        strip, last = lines[end], stack[-1].strips[-1][-1]
        if _wrapped(last, strip, width):
            stack[-1].strips[-1].append(strip)
        else:
            item = _Item(strip.cells, strip.cells, [[strip]])
            while stack and stack[-1].indent >= item.indent - 1:
                stack.pop()
            (stack[-1].children if stack else items).append(item)
            stack.append(item)
        end += 1
    if len(items) == 1 and not items[0].children:
        strips = items[0].strips[0]
        return [Paragraph(span=hand.span(strips), content=_joined([strips], hand, keyed=True))], end
    if len(items) == 1 and items[0].children:
        head = items[0].strips[0]
        paragraph = Paragraph(span=hand.span(head), content=_joined([head], hand, keyed=True))
        return [paragraph, *_lists(items[0].children, hand)], end
    return list(_lists(items, hand)), end


def _card(lines: list[Strip], row: int, hand: Hand, width: int) -> Found:
    """Read lines without any mark as one paragraph that keeps them apart; the first of several is bold."""
    end = row + 1
    while end < len(lines) and not lines[end].blank and not _starts_something(lines, end, hand, width):
        end += 1
    rows = lines[row:end]
    content = _joined([[s] for s in rows], hand, keyed=len(rows) == 1)
    if row == 0 and len(rows) > 1 and not any("**" in s.text for s in rows):
        first = hand.inlines(rows[:1])
        content = (Strong(span=hand.span(rows[:1]), children=first), *content[len(first) :])
    return [Paragraph(span=hand.span(rows), content=content)], end


def _starts_something(lines: list[Strip], row: int, hand: Hand, width: int) -> bool:
    """Tell whether a line begins something other than plain text."""
    if _MARKER.match(lines[row].text):
        return True
    if chain.at(lines, row) is not None:
        return True
    return any(r(lines, row, hand, width) is not None for r in (_rule, _heading, _table, _quote, _commands))
