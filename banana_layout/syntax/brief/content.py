"""A section's text: Markdown, box art and trees in it, orders to the writer."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from banana_layout.model.block import AnyBlock, List, ListItem, Paragraph, Rule
from banana_layout.model.inline import AnyInline, Text
from banana_layout.syntax.boxart import chain, drawing
from banana_layout.syntax.boxart.trees import BRANCH
from banana_layout.syntax.brief import orders
from banana_layout.syntax.brief.hand import Hand
from banana_layout.syntax.brief.outline import fence_end
from banana_layout.syntax.brief.sections import Section
from banana_layout.syntax.headings import Slugs
from banana_layout.syntax.wireframe import Strip, region_of

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*([^`\n]*?)[ \t]*\Z")
_PLAIN_FENCES = ("", "text", "txt", "ascii", "plaintext", "plain", "diagram", "boxes", "wireframe")
_EDGE = re.compile(r"[┌┏╔╭└┗╚╰├┣╠┬┴┼][─━═]|[─━═]{2}|[│┃║]|\+-{3,}|[↓▼⬇]")
_STRONG = re.compile(r"[┌┏╔╭└┗╚╰├┣╠]|\+-{3,}\+")
_NO_CHAIN = re.compile(r"[ \t]*(?:[-*+>|#•]|\d+[.)])\s| {4}|[^\n]*(?:\*\*|`|\]\()")
LONGEST_STEP = 28
"""Paragraphs of longer steps are sentences with arrows in them."""
_TICK = re.compile(r"([✓✔☑□☐])\ufe0f?\s+")


def blocks_of(text: str, section: Section, start: int, hand: Hand, slugs: Slugs) -> tuple[AnyBlock, ...]:
    """Return what a section says whose text begins at an offset."""
    lines = region_of(text, start, section.first)
    out: list[AnyBlock] = []
    row = begun = 0
    texts = tuple(s.text for s in lines)
    while row < len(lines):
        end, art = _art(lines, texts, row)
        if art is None:
            row = end
            continue
        out += _markdown(lines[begun:row], hand, slugs)
        out += drawing.blocks_of(art, hand)
        row = begun = end
    out += _markdown(lines[begun:], hand, slugs)
    while out and isinstance(out[-1], Rule):
        out.pop()
    while out and isinstance(out[0], Rule):
        out.pop(0)
    return tuple(_ticked(block) for block in orders.carried_out(out, hand, ready=section.ready))


def _art(lines: Sequence[Strip], texts: tuple[str, ...], row: int) -> tuple[int, tuple[Strip, ...] | None]:
    """Return the row after what begins at a row, and its lines where they are a drawing."""
    fence = _FENCE.fullmatch(texts[row])
    if fence:
        end = fence_end(texts, row, fence[1])
        closed = end - 1 > row and _FENCE.fullmatch(texts[end - 1]) is not None
        inside = tuple(lines[row + 1 : end - 1 if closed else end])
        info = fence[2].split()[0].lower() if fence[2].split() else ""
        if info in _PLAIN_FENCES and _is_drawing(inside):
            return end, inside
        return end, None
    if (row == 0 or not texts[row - 1].strip()) and not _NO_CHAIN.match(texts[row]):
        found = chain.at(lines, row)
        whole = found is not None and (found[1] == len(lines) or lines[found[1]].blank)
        if found is not None and whole and len(found[0].steps) > 2 and max(map(len, found[0].steps)) <= LONGEST_STEP:
            return found[1], tuple(lines[row : found[1]])
    if not _EDGE.search(texts[row]) or texts[row].lstrip().startswith((">", "|", "-", "*")):
        return row + 1, None
    first = row
    end = row
    while (
        end < len(lines)
        and (texts[end].strip() and not texts[end].lstrip().startswith("#"))
        and not _FENCE.fullmatch(texts[end])
    ):
        end += 1
    drawn = tuple(lines[first:end])
    return (end, drawn) if _is_drawing(drawn) else (max(end, row + 1), None)


def _is_drawing(lines: Sequence[Strip]) -> bool:
    """Tell whether lines are box art or a tree rather than prose."""
    strong = sum(bool(_STRONG.search(s.text) or BRANCH.match(s.text)) for s in lines)
    return strong >= 2 or (strong >= 1 and sum(bool(_EDGE.search(s.text)) for s in lines) >= 3)


def _markdown(lines: Sequence[Strip], hand: Hand, slugs: Slugs) -> list[AnyBlock]:
    """Return the blocks of lines that are Markdown."""
    if all(s.blank for s in lines):
        return []
    return list(hand.blocks("\n".join(s.text for s in lines), lines[0].start, slugs))


def _ticked(block: AnyBlock) -> AnyBlock:
    """Return a list whose items begin with a tick or a box as a list of tasks."""
    if not isinstance(block, List):
        return block
    return msgspec.structs.replace(block, items=tuple(_tick(item) for item in block.items))


def _tick(item: ListItem) -> ListItem:
    """Return an item with its tick taken as what it means."""
    blocks = tuple(_ticked(b) for b in item.blocks)
    if item.checked is None and blocks and isinstance(blocks[0], Paragraph) and blocks[0].content:
        first = blocks[0].content[0]
        found = _TICK.match(first.text) if isinstance(first, Text) else None
        if isinstance(first, Text) and found:
            rest: tuple[AnyInline, ...] = blocks[0].content[1:]
            if found.end() < len(first.text):
                span = first.span and msgspec.structs.replace(first.span, start=first.span.start + found.end())
                rest = (Text(span=span, text=first.text[found.end() :]), *rest)
            if rest:
                paragraph = msgspec.structs.replace(blocks[0], content=rest)
                return msgspec.structs.replace(item, blocks=(paragraph, *blocks[1:]), checked=found[1] in "✓✔☑")
    return msgspec.structs.replace(item, blocks=blocks)
