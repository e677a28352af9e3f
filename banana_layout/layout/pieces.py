"""Cuts blocks where a column or a page may end, and puts neighbouring pieces together again."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import msgspec

from banana_layout.model.block import AnyBlock, Callout, CodeBlock, DefinitionList, List, Paragraph, Quote, Table
from banana_layout.model.inline import AnyInline, Text

CODE_LINES = 4
"""Code is cut into pieces of this many lines."""


class Piece(msgspec.Struct, frozen=True):
    """A block, or a part of one."""

    origin: int
    """Which block it is part of."""
    block: AnyBlock
    """The part, a block by itself."""


def cut(blocks: Sequence[AnyBlock], kinds: tuple[type[Any], ...] = ()) -> list[Piece]:
    """Return the blocks in pieces.

    Lists are cut by items, tables by rows under their header, paragraphs by sentences, code by lines, quotations by
    their blocks. `kinds` names the only kinds to be cut; none: all that can be.
    """
    out = []
    for i, block in enumerate(blocks):
        parts = _parts(block) if not kinds or isinstance(block, kinds) else [block]
        out += [Piece(i, part) for part in parts]
    return out


def joined(pieces: Sequence[Piece]) -> tuple[AnyBlock, ...]:
    """Return the blocks that pieces make, neighbours of one origin put together."""
    out: list[AnyBlock] = []
    run: list[AnyBlock] = []
    origin: int | None = None
    for piece in pieces:
        if run and piece.origin != origin:
            out.append(_whole(run))
            run = []
        origin = piece.origin
        run.append(piece.block)
    return (*out, _whole(run)) if run else tuple(out)


def _parts(block: AnyBlock) -> list[AnyBlock]:
    """Return the parts a block may be cut into, in order."""
    replace = msgspec.structs.replace
    if isinstance(block, List):
        return [replace(block, items=(item,), start=block.start + i) for i, item in enumerate(block.items)] or [block]
    if isinstance(block, Table):
        return [replace(block, rows=(row,)) for row in block.rows] or [block]
    if isinstance(block, Paragraph):
        return [replace(block, content=tuple(part)) for part in _sentences(block.content)] or [block]
    if isinstance(block, CodeBlock):
        lines = block.text.split("\n")
        starts = range(0, len(lines), CODE_LINES)
        return [replace(block, text="\n".join(lines[i : i + CODE_LINES])) for i in starts]
    if isinstance(block, (Quote, Callout)) and len(block.blocks) > 1:
        return [replace(block, blocks=(inner,)) for inner in block.blocks]
    if isinstance(block, DefinitionList):
        return [replace(block, items=(item,)) for item in block.items] or [block]
    return [block]


def _whole(run: Sequence[Any]) -> AnyBlock:
    """Return one block made of the parts of one block."""
    first: Any = run[0]
    if len(run) == 1:
        whole: AnyBlock = first
        return whole
    if isinstance(first, CodeBlock):
        return msgspec.structs.replace(first, text="\n".join(part.text for part in run))
    names: dict[Any, str] = {List: "items", Table: "rows", Paragraph: "content", DefinitionList: "items"}
    name = names.get(type(first), "blocks")
    together = tuple(child for part in run for child in getattr(part, name))
    joined_block: AnyBlock = msgspec.structs.replace(first, **{name: together})
    return joined_block


def _sentences(content: Sequence[AnyInline]) -> list[list[AnyInline]]:
    """Return inlines cut after the sentences that end in plain text; the blank stays with the sentence before it."""
    out: list[list[AnyInline]] = [[]]
    for item in content:
        if not isinstance(item, Text):
            out[-1].append(item)
            continue
        at = 0
        for match in _sentence_ends().finditer(item.text):
            if match.end() > at:
                out[-1].append(msgspec.structs.replace(item, text=item.text[at : match.end()]))
                out.append([])
            at = match.end()
        if at < len(item.text):
            out[-1].append(msgspec.structs.replace(item, text=item.text[at:]))
    return [part for part in out if part]


@functools.cache
def _sentence_ends() -> Any:
    """Return the pattern of what stands between sentences, made when a paragraph is cut."""
    import regex

    return regex.compile(r"(?<=[.!?。！？…][\"'”’)\]]*)\s+|(?<=[。！？])")
