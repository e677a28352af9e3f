"""Sheets written in Python become the documents Markdown would give."""

from __future__ import annotations

import pytest

from banana_layout.authoring import Panel, Rows, Sheet, Zone
from banana_layout.model.block import Footnotes, List, Paragraph, SubHeading
from banana_layout.model.codec import from_dict, to_dict, without_spans
from banana_layout.model.inline import FootnoteRef, Text, plain_text
from banana_layout.model.zone import RowsCell
from banana_layout.source import BananaError, Source
from banana_layout.syntax import markdown


def test_python_and_markdown_give_the_same_document():
    """A sheet in Python equals the Markdown sheet that says the same."""
    written = Sheet(
        "🍌 추론",
        Zone(10, "title"),
        Zone("40mm", Panel("🎲 What *is* it?", "- **a**\n- b"), Panel("Why?", "Because.", size="max(2, 30mm)")),
        Zone(
            "auto",
            Rows(Zone(1, Panel("C", "c")), size=2),
            Panel("D", "d", id="dd", classes=["hero"], attributes={"pen": "blue"}),
        ),
        subtitle="under",
        page="A5",
        orientation="landscape",
        connectors=[("c", "dd", "so")],
        author="me",
    ).document()
    text = """---
page: A5
orientation: landscape
author: me
layout:
  - 10: title
  - 40mm: [what-is-it, {why: "max(2, 30mm)"}]
  - auto: [{rows: [{1: c}], weight: 2}, dd]
connectors: [{from: c, to: dd, label: so}]
---
# 🍌 추론

under

## 🎲 What *is* it?

- **a**
- b

## Why?

Because.

## C

c

## D {#dd .hero pen=blue}

d
"""
    read = markdown.read(Source("s.md", text)).value
    assert to_dict(written) == to_dict(read)
    assert written.sheets == without_spans(read.sheets)


def test_blocks_may_stand_beside_markdown():
    """Content mixes Markdown and blocks made by a program, in order."""
    made = Paragraph(content=(Text(text="made"),))
    (panel,) = Sheet("", Panel("P", ["- a", made, "### deeper"])).document().sheets[0].panels
    assert [type(b) for b in panel.blocks] == [List, Paragraph, SubHeading]
    assert panel.blocks[1] is made


def test_panels_alone_are_laid_out_automatically():
    """Without zones there is no layout of the author's."""
    (sheet,) = Sheet("T", Panel("A"), Panel("A")).document().sheets
    assert sheet.zones is None
    assert [p.id for p in sheet.panels] == ["a", "a-1"]


def test_footnotes_number_on_through_the_sheet():
    """Two panels' footnotes share one row of numbers."""
    (sheet,) = Sheet("", Panel("A", "x^[one]"), Panel("B", "y[^n]\n\n[^n]: two")).document().sheets
    marks = [i.number for p in sheet.panels for i in p.blocks[0].content if isinstance(i, FootnoteRef)]
    assert marks == [1, 2]
    assert [p.blocks[-1].items[0].number for p in sheet.panels if isinstance(p.blocks[-1], Footnotes)] == [1, 2]


def test_links_lead_to_other_panels():
    """A panel's Markdown may link to a panel of the same sheet; a link to nowhere is told."""
    found = Sheet("", Panel("A", "[to b](#b) [lost](#z)"), Panel("B")).read()
    assert [w.message for w in found.warnings] == ["the link to “#z” is dropped, its text kept: nothing has that id"]
    assert found.warnings[0].location()[0] == "<a>"


def test_zones_are_numbered():
    """Zone ids are those of the Markdown layout."""
    (sheet,) = Sheet("T", Zone(1, "title"), Zone(1, Rows(Zone(1, Panel("A")), Zone(1, Panel("B"))))).document().sheets
    divided = sheet.zones[1].cells[0]
    assert isinstance(divided, RowsCell)
    assert [z.id for z in (*sheet.zones, *divided.rows)] == ["zone-1", "zone-2", "zone-2.1", "zone-2.2"]


def test_documents_of_programs_survive_json():
    """What Python writes, JSON carries."""
    document = Sheet("T", Zone(1, "title"), Zone(2, Panel("A", "a ==b==\n\n| x |\n|---|\n| y |"))).document()
    assert from_dict(to_dict(document)) == document


SHARED = Panel("A")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Sheet("T", Zone(1, Panel("A"))), "panel “title” has no place"),
        (lambda: Sheet("", Zone(1, "title", Panel("A"))), "there is no panel “title”"),
        (lambda: Sheet("", Zone(0, Panel("A"))), "the weight 0.0 is not above 0"),
        (lambda: Sheet("", Zone(float("nan"), Panel("A"))), "“nan” is no size"),
        (lambda: Sheet("", Zone(None, Panel("A"))), "a size is a number or a text"),
        (lambda: Sheet("", Zone(1, "text")), "a cell is a Panel, Rows or the word “title”"),
        (lambda: Sheet("", Zone(1, Panel("A")), Panel("B")), "zones or panels, not both"),
        (lambda: Sheet("", Zone(1, SHARED, SHARED)), "stands in two places"),
        (lambda: Sheet("", Zone(1)), "a zone needs a cell"),
        (lambda: Sheet("", Panel("A", id="x"), Panel("B", id="x")), "the id “x” is taken"),
        (lambda: Sheet("", Panel("A"), page="A9"), "“A9” is no page size"),
        (lambda: Sheet("", Panel("A"), page=(1, 1)), "the page's width is not between"),
        (lambda: Sheet("", Panel("A"), fit="x"), "a setting is wrong"),
        (lambda: Sheet("", Panel("A"), colour="x"), "a sheet has no setting “colour”"),
        (lambda: Sheet("", Panel("A", 5)), "content is"),
        (lambda: Sheet("", Panel("A", [5])), "content is Markdown or blocks, not int"),
        (lambda: Sheet("", Panel(5)), "a title is a text"),
        (lambda: Sheet("", Panel("A^[note]")), "cannot hold a footnote"),
        (lambda: Sheet("", Panel("A"), connectors=[("a", "z")]), "there is no panel “z”"),
        (lambda: Sheet("", Panel("A"), connectors=["a"]), "a connector is (from, to)"),
        (lambda: Sheet("", Panel("A"), subtitle="x"), "a subtitle needs a title"),
        (lambda: Sheet("", "text"), "a sheet holds Zone and Panel objects"),
    ],
)
def test_mistakes_are_told(make, message):
    """Whatever a program gets wrong is a BananaError that says so."""
    with pytest.raises(BananaError) as caught:
        make().document()
    assert message in str(caught.value)


def test_mermaid_mistakes_name_the_panel():
    """A diagram that does not parse is told with the panel it stands in."""
    with pytest.raises(BananaError) as caught:
        Sheet("", Panel("Flow", "```mermaid\nflowchart LR\n  a --> [[[\n```")).document()
    assert str(caught.value).startswith("<flow>:3:")


def test_the_title_keeps_both_icons():
    """Emoji around the sheet's title become its icons."""
    heading = Sheet("🍌 A *b* 🍌", Panel("A")).document().sheets[0].title
    assert (heading.icons, plain_text(heading.content)) == (("🍌", "🍌"), "A b")
