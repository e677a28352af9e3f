"""The constraint that nothing is lost: every word the author wrote stands on a page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from banana_layout.constraints.pieces import short
from banana_layout.constraints.violation import Constraint, Violation
from banana_layout.layout.result import Layout
from banana_layout.model.block import (
    Callout,
    CodeBlock,
    DefinitionList,
    Diagram,
    Footnotes,
    Image,
    List,
    Paragraph,
    Quote,
    SubHeading,
    Table,
)
from banana_layout.model.flowchart import Flowchart, LabelRun, label_text
from banana_layout.model.inline import AnyInline, InlineImage, plain_text
from banana_layout.scene.item import GlyphRun, Group, Item


def said(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield every text a document's pages must show, with the panel it belongs to."""
    for sheet in layout.document.sheets:
        placed = {p.id for page in layout.pages for p in page.panels}
        if sheet.title is not None and "title" in placed:
            # The colon after a kicker ("CHEAT SHEET: …") turns into a line of its own.
            yield "title", plain_text(sheet.title.content).replace(":", "", 1).replace("：", "", 1)
            yield from (("title", t) for t in _texts(sheet.title.subtitle))
        for panel in sheet.panels:
            if panel.id in placed or sheet.zones is None:
                yield panel.id, plain_text(panel.title)
                yield from ((panel.id, t) for t in _texts(panel.blocks))
        yield from ((c.source, c.label) for c in sheet.connectors)


def shown(layout: Layout) -> str:
    """Return all text the pages show, without blanks, in the order of painting."""
    return "".join(_plain(t) for page in layout.pages for t in _glyphs(page.scene.items))


def _nothing_lost(layout: Layout) -> Iterator[Violation]:
    """Yield words that were written and do not stand on any page."""
    there = shown(layout)
    wanted: Counter[str] = Counter()
    for panel, text in said(layout):
        wanted.update(_plain(text))
        if _plain(text) in there:
            continue
        for word in text.split():
            if _plain(word) not in there:
                yield Violation("", f'"{short(word)}" of "{short(text)}" is not shown', 0, panel, amount=len(word))
    lost = wanted - Counter(there)
    if lost:
        letters = "".join(sorted(lost))
        yield Violation("", f"{lost.total()} characters are not shown: {short(letters)}", 0, amount=lost.total())


def _plain(text: str) -> str:
    """Return a text as it can be compared: composed, without blanks, marks of direction and selectors of style."""
    composed = unicodedata.normalize("NFC", text)
    return "".join(
        c for c in composed if not c.isspace() and unicodedata.category(c)[0] != "C" and c not in "\ufe0e\ufe0f"
    )


def _glyphs(items: tuple[Item, ...]) -> Iterator[str]:
    """Yield the text of runs."""
    for item in items:
        if isinstance(item, GlyphRun):
            yield item.text
        elif isinstance(item, Group):
            yield from _glyphs(item.children)


def _texts(blocks: tuple[Any, ...]) -> Iterator[str]:
    """Yield the texts of blocks."""
    for block in blocks:
        yield from _block(block)


def _block(block: Any) -> Iterator[str]:
    """Yield the texts of one block."""
    if isinstance(block, (Paragraph, SubHeading)):
        yield from _words(block.content)
    elif isinstance(block, List):
        for item in block.items:
            yield from _texts(item.blocks)
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield from _words(cell.content)
    elif isinstance(block, Callout):
        yield from _words(block.title)
        yield from _texts(block.blocks)
    elif isinstance(block, Quote):
        yield from _texts(block.blocks)
    elif isinstance(block, CodeBlock):
        yield block.text
    elif isinstance(block, Image):
        yield block.title
    elif isinstance(block, DefinitionList):
        for definition in block.items:
            yield from _words(definition.term)
            for detail in definition.details:
                yield from _texts(detail)
    elif isinstance(block, Footnotes):
        for note in block.items:
            yield from _texts(note.blocks)
    elif isinstance(block, Diagram):
        yield from _labels(block.diagram)


def _words(content: tuple[AnyInline, ...]) -> Iterator[str]:
    """Yield a line's text; pictures' alternative texts are not for the eye."""
    yield plain_text(tuple(i for i in content if not isinstance(i, InlineImage)))


def _labels(diagram: Any) -> Iterator[str]:
    """Yield the labels of a diagram."""
    if isinstance(diagram, Flowchart):
        labels: list[tuple[LabelRun, ...]] = [n.label for n in diagram.nodes]
        labels += [e.label for e in diagram.edges if e.line != "invisible"]
        labels += [c.title for c in diagram.clusters]
        yield from (label_text(label) for label in labels)
        return
    stack = [diagram.root]
    while stack:
        node = stack.pop()
        yield label_text(node.label)
        stack += node.children


NOTHING_LOST = Constraint("nothing-lost", _nothing_lost, "every word that was written is shown")
