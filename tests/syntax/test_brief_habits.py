"""Briefs as untidy as people write them: the page is the one they meant, no word is lost, none of the prose is on it."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import pytest

from banana_layout import pipeline
from banana_layout.layout.result import Layout
from banana_layout.model.document import Document
from banana_layout.model.inline import plain_text
from banana_layout.model.zone import AnyCell, PanelCell
from banana_layout.source import Diagnostic
from banana_layout.syntax.boxart.drawing import words_of
from banana_layout.syntax.brief.outline import outline
from banana_layout.syntax.brief.sections import sections_of
from banana_layout.syntax.wireframe import find

CASES = Path(__file__).parent.parent / "cases"
HABITS = {path.stem: path for path in sorted((CASES / "brief-habits").glob("*.md"))}
BRIEFS = {path.stem: path for path in sorted((CASES / "briefs").glob("*.md"))}

ZONES = {
    "art-in-sections": "10 title | 57.9 alpha-topic beta-topic | 32.1 gamma",
    "ascii-and-percent-in-words": "10 title | 60 first second third fourth | 30 wide-left wide-right",
    "blank-lines-between": "20 title | 50 하나 둘 | 30 셋",
    "double-lines": "10 title | 51.4 left right | 38.6 panel",
    "emoji-of-several-parts": "10 title | 25 무지개 우주 키캡 | 65 흐름",
    "empty-zones": "10 title | 90 last",
    "glued-and-open": "10 title | 50 a b c d | 40 e f",
    "half-drawn": "10 title | 45 left-topic right-topic | 45 bottom",
    "headings-in-bold": "10 title | 40 alpha-topic beta-topic | 50 gamma",
    "headings-underlined": "10 title | 45 alpha-topic beta-topic | 45 gamma",
    "in-a-list-item": "20 title | 80 one two",
    "in-a-quotation": "10 title | 90 one two",
    "indented": "20 title | 30 alpha | 50 beta",
    "nested-panels": "10 title | 90 (inner-one inner-two) right",
    "never-closed": "20 title | 50 a-side b-side | 30 last-one",
    "orders": "10 title | 45 a b c | 45 d e f",
    "percentages-that-are-none": "10 title | 60 sales | 30 costs",
    "sections-ja": "10 title | 35 概要とは 用語集 | 55 流れ",
    "two-wireframes": "30 title | 30 one two | 40 three",
    "versus-and-loop": "10 title | 45 rest-vs-graphql | 45 loop",
    "wide-blanks-ja": "15 title | 35 温度 時間-30秒2分 | 50 手順",
    "wild-content": "9.1 title | 36.4 concepts code | 27.3 tree | 27.3 rest",
    "words-in-lines-across": "10 title | 30 a b | 60 process",
    "zones-too-low": "3.5 title | 6.7 big small | 89.7 last",
}
"""What each is to become: each zone's share of the height in percent, and its panels."""

NOTES = frozenset(
    re.findall(
        r"\w+",
        "이 섹션이 가장 넓어야 함 핵심 중앙 영역 넓게 좌측 우측 상단 하단 make this the widest section 一番広く 一番大きく 最も広く Flowchart Subtitle",
    )
)
"""Words of notes to the layouter and labels: no text."""


@functools.cache
def read(path: Path) -> tuple[Document, tuple[Diagnostic, ...]]:
    return pipeline.read_warned(path)


@functools.cache
def laid(path: Path) -> Layout:
    return pipeline.layout(read(path)[0])


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def glued(text: str) -> str:
    return "".join(words(text))


def shown(layout: Layout) -> list[str]:
    """Every line of text of the first page, and the labels in its diagrams."""
    page = layout.pages[0]
    found = [line.text for line in page.lines()]
    for diagram in page.diagrams():
        found += [node["label"] for node in diagram["nodes"]]
        found += [edge["label"] or "" for edge in diagram["edges"]]
    return found


def material(path: Path) -> tuple[list[str], list[str]]:
    """The wireframe's words, and those of the sections that fill panels, their headings aside."""
    document, findings = read(path)
    assert document.source is not None
    text = document.source.text
    frame = find(text)
    assert frame is not None
    skip = (frame.first, frame.last + 1)
    parts = outline(text, skip)
    filled = [m[1] for f in findings if (m := re.match(r"section “(.*)” fills", f.message))]
    used = [s for s in sections_of(parts, skip) if s.title in filled]
    drawn = [
        w for zone in frame.zones for s in (*zone.lines, *([zone.label] if zone.label else [])) for w in words(s.text)
    ]
    return drawn, [w for s in used for w in words(parts.text(s.first, s.last))]


@pytest.mark.parametrize("name", HABITS)
def test_zones_and_panels_are_those_meant(name):
    """Each zone has its share and its panels in their order, whatever the drawing and the ratios look like."""
    zones = read(HABITS[name])[0].sheets[0].zones
    assert zones is not None
    total = sum(zone.track.weight or 0.0 for zone in zones)

    def panels(cell: AnyCell) -> str:
        if isinstance(cell, PanelCell):
            return cell.panel
        return f"({' '.join(panels(c) for row in cell.rows for c in row.cells)})"

    found = (f"{100 * (z.track.weight or 0.0) / total:.1f} {' '.join(map(panels, z.cells))}" for z in zones)
    assert " | ".join(re.sub(r"^(\d+)\.0 ", r"\1 ", z) for z in found) == ZONES[name]


@pytest.mark.parametrize("path", [*HABITS.values(), *BRIEFS.values()], ids=lambda p: p.stem)
def test_every_word_of_a_panel_is_on_the_page(path):
    """One page shows every word of its panels, and those hold every word that was drawn, but for notes."""
    document, _ = read(path)
    layout, sheet = laid(path), document.sheets[0]
    assert len(layout.pages) == 1
    text = glued(" ".join(shown(layout)))
    digests = {box.id for box in layout.pages[0].panels if box.digest}
    held = [plain_text(sheet.title.content) + " " + words_of(sheet.title.subtitle)] if sheet.title else []
    for panel in sheet.panels:
        blocks = panel.digest if panel.id in digests else panel.blocks
        for word in words(_without_syntax(words_of(blocks)) + " " + plain_text(panel.title)):
            assert word in text, word
        held += [plain_text(panel.title), words_of(panel.digest or panel.blocks)]
    held += [arrow.label for arrow in sheet.connectors]
    kept = glued(" ".join(held))
    drawn, _ = material(path)
    assert [w for w in drawn if w not in kept and w not in NOTES and not w.isdigit() and w not in ("x", "v")] == []


def _without_syntax(text: str) -> str:
    """Text without Mermaid's own words and names of languages."""
    return re.sub(
        r"\b(?:flowchart|mindmap|LR|TB|RL|BT|root|[sn]\d+|bash|python|text|mermaid|[\w-]*level|[A-D])\b|<br/>",
        " ",
        text,
    )


@pytest.mark.parametrize("path", [*HABITS.values(), *BRIEFS.values()], ids=lambda p: p.stem)
def test_nothing_but_the_drawing_and_its_sections_is_on_the_page(path):
    """Every word of the page was drawn or stands in a section that fills a panel: no prose, no order, no ratio."""
    drawn, said = material(path)
    allowed = glued(" ".join(drawn)) + glued(" ".join(said))
    assert [w for line in shown(laid(path)) for w in words(line) if w not in allowed and not w.isdigit()] == []


def test_line_ends_marks_and_tabs_do_not_matter():
    """A byte order mark, carriage returns, tabs as indentation and blanks at the ends leave the sheet as it is."""
    text = HABITS["glued-and-open"].read_text(encoding="utf-8")
    plain = pipeline.to_svg(pipeline.read(text))
    assert pipeline.to_svg(pipeline.read("\ufeff" + text.replace("\n", "\r\n"))) == plain
    assert pipeline.to_svg(pipeline.read(text.replace("\n", "  \t\n"))) == plain
    assert pipeline.to_svg(pipeline.read(text.replace("││", "│\t│"))) == plain
