"""The constraint that nothing is lost: every word the author wrote stands on a page."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from banana_layout.constraints.pieces import in_panels, short
from banana_layout.constraints.tiling import FAULT
from banana_layout.constraints.violation import Constraint, Violation
from banana_layout.layout.result import Layout
from banana_layout.model.block import (
    Callout,
    Cards,
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
from banana_layout.model.zone import PanelCell, Zone
from banana_layout.scene.item import GlyphRun, Group, Item


def said(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield every text a document's pages must show, with the panel it belongs to."""
    placed = {p.id for page in layout.pages for p in page.panels}
    for sheet in layout.document.sheets:
        named = None if sheet.zones is None else set(_named(sheet.zones))
        if sheet.title is not None and (named is None or "title" in named):
            # The colon after a kicker ("CHEAT SHEET: …") turns into a line of its own.
            yield "title", plain_text(sheet.title.content).replace(":", "", 1).replace("：", "", 1)
            yield from (("title", t) for t in _texts(sheet.title.subtitle))
        for panel in sheet.panels:
            if named is None or panel.id in named or panel.id in placed:
                yield panel.id, plain_text(panel.title)
                yield from ((panel.id, t) for t in _texts(panel.blocks))
        yield from ((c.source, c.label) for c in sheet.connectors)


def _named(zones: Sequence[Zone]) -> Iterator[str]:
    """Yield the panels that stand in zones, those inside their cells too."""
    for zone in zones:
        for cell in zone.cells:
            if isinstance(cell, PanelCell):
                yield cell.panel
            else:
                yield from _named(cell.rows)


def _nothing_lost(layout: Layout) -> Iterator[Violation]:
    """Yield words and arrows that were made and do not stand on any page."""
    there = _Shown(layout)
    broken: list[tuple[str, str]] = []
    # The longest texts choose first: what is left of a page can then only be a shorter one's.
    for panel, text in sorted(said(layout), key=lambda t: -len(t[1])):
        if not there.take(panel, _plain(text)):
            broken.append((panel, text))
    words = sorted(((panel, word, text) for panel, text in broken for word in text.split()), key=lambda w: -len(w[1]))
    # Whole words first, all of them: a broken one is put together from what then is left.
    missing = [w for w in words if not there.take(w[0], _plain(w[1]))]
    for panel, word, text in missing:
        if not there.crumbs(panel, _plain(word)):
            yield _lost(layout, panel, f'"{short(word)}" of "{short(text)}"', len(word))
    yield from _arrows_lost(layout)


def _lost(layout: Layout, panel: str, what: str, amount: float) -> Violation:
    """Return that something of a panel is not shown, with the panel's place where it has one."""
    places = [(i, p) for i, page in enumerate(layout.pages, 1) for p in page.panels if p.id == panel]
    number, box = places[0] if places else (0, None)
    hint = "give the panel more room, or shorten its text" if box is not None and box.digest else FAULT
    return Violation("", f"{what} is not shown", number, panel, (box.rect,) if box else (), amount, hint)


class _Shown:
    """All text on the pages, of which every letter can be taken once."""

    def __init__(self, layout: Layout) -> None:
        self._texts: dict[str, str] = {}
        self._written = {"title", *(p.id for s in layout.document.sheets for p in s.panels)}
        for page in layout.pages:
            for panel, item in in_panels(page.scene.items):
                if isinstance(item, GlyphRun):
                    self._texts[panel] = self._texts.get(panel, "") + _plain(item.text)

    def take(self, panel: str, text: str) -> bool:
        """Take a text from its panel, where that goes on, or from between panels; tell whether it was there."""
        if not text:
            return True
        for name in (panel, *(n for n in self._texts if n not in self._written)):
            before, found, after = self._texts.get(name, "").partition(text)
            if found:
                # What stands around it never makes a word together.
                self._texts[name] = f"{before}\n{after}"
                return True
        return False

    def crumbs(self, panel: str, text: str) -> bool:
        """Take a word letter by letter from its panel, where it is broken or shown in pieces; tell whether all are there."""
        has = self._texts.get(panel, "")
        if Counter(text) - Counter(has):
            return False
        for letter in text:
            has = has.replace(letter, "\n", 1)
        self._texts[panel] = has
        return True


def _arrows_lost(layout: Layout) -> Iterator[Violation]:
    """Yield arrows between panels and edges of diagrams that are drawn nowhere."""
    joined = Counter((c.source, c.target) for page in layout.pages for c in page.connectors)
    placed = {p.id for page in layout.pages for p in page.panels}
    for sheet in layout.document.sheets:
        wanted = Counter((c.source, c.target) for c in sheet.connectors if {c.source, c.target} <= placed)
        for source, target in (wanted - joined).elements():
            yield _lost(layout, source, f'the arrow from "{source}" to "{target}"', 1)
    drawn = Counter((e["source"], e["target"]) for page in layout.pages for d in page.diagrams() for e in d["edges"])
    diagrams = [
        (p.id, d) for s in layout.document.sheets for p in s.panels if p.id in placed for d in _charts(p.blocks)
    ]
    for panel, chart in diagrams:
        edges = Counter((e.source, e.target) for e in chart.edges)
        for source, target in (edges - drawn).elements():
            yield _lost(layout, panel, f"the edge {source} → {target}", 1)
        drawn -= edges
    for page in layout.pages:
        for d in page.diagrams():
            if d["kind"] == "mindmap" and len(d["edges"]) < len(d["nodes"]) - 1:
                lost = len(d["nodes"]) - 1 - len(d["edges"])
                yield _lost(layout, d["panel"], "a branch of the mind map", lost)


def _charts(blocks: tuple[Any, ...]) -> Iterator[Flowchart]:
    """Yield the flowcharts among blocks, those inside others too."""
    for block in blocks:
        if isinstance(block, Diagram) and isinstance(block.diagram, Flowchart):
            yield block.diagram
        for inner in block.items if isinstance(block, (List, Footnotes)) else (block,):
            if not isinstance(block, Diagram):
                yield from _charts(getattr(inner, "blocks", ()))


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
        yield _line(block.content)
    elif isinstance(block, List):
        for number, item in enumerate(block.items, block.start):
            yield str(number) if block.ordered else ""
            yield from _texts(item.blocks)
    elif isinstance(block, Table):
        for row in (block.header, *block.rows):
            for cell in row:
                yield _line(cell.content)
    elif isinstance(block, Callout):
        yield _line(block.title)
        yield from _texts(block.blocks)
    elif isinstance(block, Quote):
        yield from _texts(block.blocks)
    elif isinstance(block, CodeBlock):
        yield block.text
    elif isinstance(block, Image):
        yield block.title
    elif isinstance(block, DefinitionList):
        for definition in block.items:
            yield _line(definition.term)
            for detail in definition.details:
                yield from _texts(detail)
    elif isinstance(block, Footnotes):
        for note in block.items:
            yield str(note.number)
            yield from _texts(note.blocks)
    elif isinstance(block, Cards):
        for card in block.cards:
            yield from (_line(card.title), *_texts(card.blocks))
        yield from (_line(link.label) for link in block.links)
    elif isinstance(block, Diagram):
        yield from _labels(block.diagram)


def _line(content: tuple[AnyInline, ...]) -> str:
    """Return a line's text; pictures' alternative texts are not for the eye."""
    parts = ((i, getattr(i, "children", ())) for i in content if not isinstance(i, InlineImage))
    return "".join(_line(inner) if inner else plain_text((i,)) for i, inner in parts)


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
